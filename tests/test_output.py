"""Where the findings go: formats, files, and what is refused."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.cli import main
from callsheet.cli.whole import write_whole
from callsheet.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Lint = Callable[..., tuple[int, str, str]]

BAD = "type: realtime\naudio: {output: {speed: 2.0}}\n"
GOOD = "type: realtime\n"
LINE = "a.yaml:2:25: CS105 `audio.output.speed` is 2.0; it must be a number from 0.25 to 1.5\n"


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    """Runs `callsheet lint -q` on one profile in an empty folder; gives the exit status and both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, text: str = BAD) -> tuple[int, str, str]:
        Path("a.yaml").write_text(text, encoding="utf-8")
        status = main(["lint", "-q", "a.yaml", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_several_formats_in_one_run(lint: Lint) -> None:
    flags = [f"--output-format={name}={name}.out" for name in FORMATS if name != "concise"]
    assert lint("--output-format=concise", *flags) == (1, LINE, "")
    for name in FORMATS:
        if name != "concise":
            report = Path(f"{name}.out").read_text(encoding="utf-8")
            assert report == lint("--output-format", name)[1]
            assert "CS105" in report


def test_a_file_for_the_format_that_names_none(lint: Lint) -> None:
    assert lint("--output-file", "out.txt", "--output-format", "concise") == (1, "", "")
    assert Path("out.txt").read_text(encoding="utf-8") == LINE
    assert lint("--output-file", "-", "--output-format", "concise") == (1, LINE, "")
    both = ["--output-format", "json=a.json", "--output-format", "concise", "--output-file", "b.txt"]
    assert lint(*both) == (1, "", "")
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["version"] == 1
    assert Path("b.txt").read_text(encoding="utf-8") == LINE


@pytest.mark.parametrize("name", FORMATS)
def test_an_older_report_does_not_stay_when_all_is_well(lint: Lint, name: str) -> None:
    lint("--output-format", f"{name}=out")
    assert "CS105" in Path("out").read_text(encoding="utf-8")
    assert lint("--output-format", f"{name}=out", text=GOOD) == (0, "", "")
    report = json.loads(Path("out").read_text(encoding="utf-8")) if name == "sarif" else None
    told = report["runs"][0]["results"] if report else "CS105" in Path("out").read_text(encoding="utf-8")
    assert not told


def test_edits_are_worked_out_for_a_format_that_tells_them_whatever_the_others(lint: Lint) -> None:
    lint("--output-format", "concise", "--output-format", "sarif=out")
    assert '"fixes"' in Path("out").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--output-format", "yaml"], "there is no output format `yaml`; there are full, concise, json, "),
        (["--output-format", "sarif="], "`sarif=` names no file; write `sarif=FILE`"),
        (
            ["--output-format", "full", "--output-format", "json"],
            "two formats cannot both go to standard output; write FORMAT=FILE for one of them",
        ),
        (
            ["--output-format", "sarif=x", "--output-format", "json=x"],
            "two formats cannot both go to x; write FORMAT=FILE for one of them",
        ),
        (
            ["--output-format", "sarif=x", "--output-file", "y"],
            "--output-file is for a format that names no file itself, and each of these does",
        ),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_done(lint: Lint, flags: list[str], says: str) -> None:
    status, out, err = lint(*flags)
    assert (status, out) == (2, "")
    assert err.startswith(f"callsheet: {says}")
    assert [file.name for file in Path().iterdir()] == ["a.yaml"]


def test_the_environment_gives_the_default(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLSHEET_OUTPUT_FORMAT", "concise")
    assert lint()[1] == LINE
    assert lint("--output-format", "github")[1].startswith("::error ")
    monkeypatch.setenv("CALLSHEET_OUTPUT_FORMAT", "consice")
    status, _, err = lint()
    assert status == 2
    assert "`consice`" in err
    assert err.endswith(" ($CALLSHEET_OUTPUT_FORMAT says so)\n")
    monkeypatch.setenv("CALLSHEET_OUTPUT_FORMAT", "")
    assert lint()[1].startswith("error[CS105]")


def test_a_file_that_cannot_be_written_exits_2_and_the_others_are(lint: Lint) -> None:
    flags = ["--output-format", "concise", "--output-format", "json=no/a.json", "--output-format", "gitlab=b.json"]
    status, out, err = lint(*flags)
    assert (status, out) == (2, LINE)
    assert err == "callsheet: cannot write no/a.json: No such file or directory\n"
    assert json.loads(Path("b.json").read_text(encoding="utf-8"))


def test_a_folder_is_no_file(lint: Lint) -> None:
    Path("folder").mkdir()
    assert lint("--output-format", "json=folder")[::2] == (2, "callsheet: cannot write folder: Is a directory\n")


def test_a_report_in_a_file_is_not_coloured(lint: Lint) -> None:
    assert "\x1b[" in lint("--color", "always")[1]
    lint("--color", "always", "--output-file", "out")
    assert "\x1b[" not in Path("out").read_text(encoding="utf-8")


def test_warnings_fail_the_junit_report_where_they_fail_the_run(lint: Lint) -> None:
    warned = "type: realtime\ntemperature: 0.8\n"
    assert 'failures="0"' in lint("--output-format", "junit", text=warned)[1]
    assert 'failures="1"' in lint("--strict", "--output-format", "junit", text=warned)[1]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("before", encoding="utf-8")

    def pieces() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(str(place), pieces())
    assert place.read_text(encoding="utf-8") == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_a_file_keeps_its_mode_and_a_link_stays_one(tmp_path: Path) -> None:
    place, link = tmp_path / "out", tmp_path / "link"
    place.write_text("before", encoding="utf-8")
    place.chmod(0o640)
    link.symlink_to(place)
    write_whole(str(link), ["ünd\udcff\n"])
    assert link.is_symlink()
    assert place.read_bytes() == "ünd\\udcff\n".encode()
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_whole(str(tmp_path / "out"), ["x"])
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout")
def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BAD, encoding="utf-8")
    words = [sys.executable, "-m", "callsheet", "lint", "-q", "a.yaml"]
    for device, printed in (("/dev/stdout", LINE), ("/dev/null", "")):
        flags = [f"--output-format=concise={device}"]
        done = subprocess.run([*words, *flags], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (1, printed, "")
        assert not Path(device).is_file() or Path(device).is_symlink()


@pytest.mark.skipif(not Path("/dev/stderr").exists(), reason="there is no /dev/stderr")
def test_people_and_the_runner_can_read_the_same_step(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BAD, encoding="utf-8")
    words = [sys.executable, "-m", "callsheet", "lint", "a.yaml", "--output-format=github"]
    with (tmp_path / "err").open("w") as err:
        err.write("before\n")
        err.flush()
        flags = ["--output-format=concise=/dev/stderr"]
        done = subprocess.run(
            [*words, *flags], cwd=tmp_path, stdout=subprocess.PIPE, stderr=err, text=True, check=False
        )
    assert done.stdout.startswith("::error ")
    assert sorted((tmp_path / "err").read_text(encoding="utf-8").splitlines(keepends=True)) == sorted(
        ["before\n", LINE, "1 error in 1 file. `callsheet lint --diff --unsafe-fixes` shows what can be mended.\n"]
    )


def test_files_are_named_from_the_top_of_the_repository(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".git").mkdir()
    Path("sub").mkdir()
    lint()
    monkeypatch.chdir("sub")
    Path("link.yaml").symlink_to("../a.yaml")
    for name in ("a.yaml", "link.yaml"):
        Path("a.yaml").write_text(BAD, encoding="utf-8")
        main(["lint", "-q", name, "--output-format", "gitlab=out"])
        (found,) = json.loads(Path("out").read_text(encoding="utf-8"))
        assert found["location"]["path"] == ("sub/a.yaml" if name == "a.yaml" else "a.yaml")


def test_the_configuration_gives_the_default_and_the_environment_counts_more(
    lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("callsheet.toml").write_text('output-format = "github"\nstrict = true\n', encoding="utf-8")
    assert lint()[1].startswith("::error ")
    monkeypatch.setenv("CALLSHEET_OUTPUT_FORMAT", "concise")
    assert lint()[1] == LINE
    warned = "type: realtime\ntemperature: 0.8\n"
    assert 'failures="1"' in lint("--output-format", "junit", text=warned)[1]


def test_a_finding_in_a_base_leads_to_the_profile_that_was_checked(lint: Lint) -> None:
    Path(".git").mkdir()
    Path("base.yaml").write_text("audio: {output: {speed: 2.0}}\n", encoding="utf-8")
    out = lint("--output-format", "sarif", text="type: realtime\n$extends: base.yaml\n")[1]
    (result,) = json.loads(out)["runs"][0]["results"]
    assert result["message"]["text"].endswith(" It was met through [a.yaml](1).")
    places = [result["locations"][0], result["relatedLocations"][0]]
    assert [place["physicalLocation"]["artifactLocation"]["uri"] for place in places] == ["base.yaml", "a.yaml"]
    assert places[1]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 20}


def test_several_processes_write_the_same_reports(lint: Lint) -> None:
    Path("base.yaml").write_text("audio: {output: {speed: 2.0}}\n", encoding="utf-8")
    for number in range(300):
        Path(f"{number}.yaml").write_text(f"$extends: base.yaml\ntype: realtime\nx{number}: 1\n", encoding="utf-8")
    reports = []
    for jobs in ("1", "2"):
        flags = [f"--output-format={name}={name}.out" for name in ("sarif", "gitlab", "junit")]
        assert lint(".", "--no-cache", "--jobs", jobs, *flags)[0] == 1
        reports.append([Path(f"{name}.out").read_bytes() for name in ("sarif", "gitlab", "junit")])
    assert reports[0] == reports[1]
    assert reports[0][0].count(b'"ruleId"') > 300
