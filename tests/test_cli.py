"""The command line as a person or a script meets it: exit status, streams, formats."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.cli import main
from callsheet.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    Lint = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parent.parent
GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"
BAD = "type: realtime\naudio: {output: {speed: 2.0}}\n"
WARNED = "type: realtime\ntemperature: 0.8\n"
MENDS = " `callsheet lint --diff --unsafe-fixes` shows what can be mended."
"""What is said of BAD and of WARNED besides."""


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    """Runs `callsheet lint` in an empty folder; gives the exit status and both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str | bytes = b"", **files: str) -> tuple[int, str, str]:
        for name, text in files.items():
            Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        status = main(["lint", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_a_good_profile_prints_nothing_and_exits_0(lint: Lint) -> None:
    assert lint("a.yaml", a=GOOD) == (0, "", "All is well in 1 file.\n")


def test_an_error_exits_1_and_stands_on_standard_output(lint: Lint) -> None:
    status, out, err = lint("a.yaml", a=BAD)
    assert status == 1
    assert out == (
        "error[CS105]: `audio.output.speed` is 2.0; it must be a number from 0.25 to 1.5\n"
        " --> a.yaml:2:26\n"
        "  |\n"
        "2 | audio: {output: {speed: 2.0}}\n"
        "  |                         ^^^\n"
        "  |\n"
        "  = help: write 1.5 or less\n"
        "\n"
    ).replace("a.yaml:2:26", "a.yaml:2:25")
    assert err == f"1 error in 1 file.{MENDS}\n"


def test_a_warning_exits_0(lint: Lint) -> None:
    status, out, err = lint("a.yaml", a=WARNED)
    assert status == 0
    assert out.startswith("warning[CS114]: ")
    assert err == f"1 warning in 1 file.{MENDS}\n"


def test_exit_zero(lint: Lint) -> None:
    status, out, _ = lint("--exit-zero", "a.yaml", a=BAD)
    assert status == 0
    assert "CS105" in out


def test_quiet_leaves_the_findings_only(lint: Lint) -> None:
    status, out, err = lint("-q", "--output-format", "concise", "a.yaml", a=BAD)
    assert (status, err) == (1, "")
    assert out == "a.yaml:2:25: CS105 `audio.output.speed` is 2.0; it must be a number from 0.25 to 1.5\n"


def test_statistics_go_to_standard_error(lint: Lint) -> None:
    _, out, err = lint("--statistics", "-q", ".", a=BAD, b=BAD, c=WARNED)
    assert out.count("error[CS105]") == 2
    assert err == "    2  CS105  error    out-of-range\n    1  CS114  warning  removed-key\n"


def test_json(lint: Lint) -> None:
    status, out, _ = lint("--output-format", "json", "a.yaml", a=BAD)
    assert status == 1
    assert json.loads(out) == {
        "version": 1,
        "summary": {"files": 1, "errors": 1, "warnings": 0},
        "findings": [
            {
                "code": "CS105",
                "name": "out-of-range",
                "severity": "error",
                "message": "`audio.output.speed` is 2.0; it must be a number from 0.25 to 1.5",
                "path": "a.yaml",
                "pointer": "/audio/output/speed",
                "location": {"line": 2, "column": 25},
                "end_location": {"line": 2, "column": 28},
                "help": "write 1.5 or less",
                "fix": {
                    "applicability": "unsafe",
                    "message": "write 1.5",
                    "edits": [
                        {
                            "path": "a.yaml",
                            "location": {"line": 2, "column": 25},
                            "end_location": {"line": 2, "column": 28},
                            "content": "1.5",
                        }
                    ],
                },
            }
        ],
    }


def test_json_of_a_clean_run_is_json(lint: Lint) -> None:
    _, out, _ = lint("--output-format", "json", "a.yaml", a=GOOD)
    assert json.loads(out) == {"version": 1, "summary": {"files": 1, "errors": 0, "warnings": 0}, "findings": []}


def test_a_missing_file_exits_2_and_the_others_are_checked(lint: Lint) -> None:
    status, out, err = lint("missing.yaml", "a.yaml", a=BAD)
    assert status == 2
    assert "CS105" in out
    assert err.startswith("callsheet: cannot read missing.yaml: No such file or directory\n")


def test_no_profile_at_all_exits_2(lint: Lint, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "web", "version": "1.0.0"}')
    status, out, err = lint(".")
    assert (status, out) == (2, "")
    others = "1 file without a session passed over, but one that is named is always checked"
    assert err == f"callsheet: no profile found below .; {others}\n"
    (tmp_path / "package.json").unlink()
    assert lint(".")[2] == "callsheet: no profile found below .; `callsheet new --output phone.yaml` begins one\n"
    (tmp_path / "callsheet.toml").write_text('include = ["profiles"]\n')
    said = "`include` in callsheet.toml says where profiles are"
    assert lint(".") == (2, "", f"callsheet: no profile found below .; {said}\n")


def test_a_file_in_a_folder_that_is_no_session_is_passed_over(lint: Lint) -> None:
    status, _, err = lint(".", a=GOOD, compose="services: {}\n", tool="type: function\nname: dial\n")
    assert (status, err) == (0, "All is well in 1 file. 2 other files without a session passed over.\n")


def test_a_file_in_a_folder_that_cannot_be_read_and_is_no_session_is_passed_over(lint: Lint) -> None:
    status, out, err = lint(".", a=GOOD, playbook="- hosts: all\n", empty="", helm="{{- if .Values.on }}\na: b\n")
    assert (status, out, err) == (0, "", "All is well in 1 file. 3 other files without a session passed over.\n")
    assert lint("empty.yaml")[0] == 1


def test_a_file_that_is_named_is_always_checked(lint: Lint) -> None:
    status, out, _ = lint("-q", "--output-format", "concise", "compose.yaml", compose="services: {}\n")
    assert status == 1
    assert out.startswith("compose.yaml:1:1: CS115 ")


def test_a_broken_file_in_a_folder_is_reported(lint: Lint) -> None:
    status, out, _ = lint(".", a="type: 'realtime\n")
    assert status == 1
    assert out.startswith("error[CS001]")


def test_standard_input(lint: Lint) -> None:
    status, out, _ = lint("-", "-q", "--output-format", "concise", stdin=BAD)
    assert (status, out.split(" ")[0]) == (1, "-:2:25:")


def test_standard_input_with_a_name(lint: Lint) -> None:
    _, out, _ = lint("-", "--stdin-filename", "call.json", "--output-format", "concise", stdin='{"type": "realtime",}')
    assert out.startswith("call.json:1:20: CS001 ")


def test_json_on_standard_input_is_known_by_its_quoted_key(lint: Lint) -> None:
    status, out, _ = lint("-", "--output-format", "concise", stdin='{\n  "type": "realtime",\n}')
    assert (status, out.split(" ")[1]) == (1, "CS001")


def test_kind_overrules_what_the_file_says(lint: Lint) -> None:
    status, out, _ = lint("--kind", "transcription", "a.yaml", "--output-format", "concise", a="model: x\n")
    assert status == 1
    assert "a transcription session takes no `model` of its own" in out


def test_an_unknown_kind_exits_2(lint: Lint) -> None:
    status, out, err = lint("--kind", "telephone", "a.yaml", a=GOOD)
    assert (status, out) == (2, "")
    assert "there is no kind `telephone`; the kinds are realtime" in err


def test_a_file_named_twice_is_checked_once(lint: Lint) -> None:
    assert lint("a.yaml", "a.yaml", a=GOOD)[2] == "All is well in 1 file.\n"


def test_names_with_spaces_quotes_and_other_letters(lint: Lint) -> None:
    name = "mein 'Profil' für Öl"
    status, out, _ = lint(f"{name}.yaml", "--output-format", "concise", **{name: BAD})
    assert (status, out.split(": CS")[0]) == (1, f"{name}.yaml:2:25")


@pytest.mark.parametrize("again", ["./a.yaml", "link.yaml", "."])
def test_a_file_named_twice_in_other_words_is_checked_once(lint: Lint, tmp_path: Path, again: str) -> None:
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    assert lint("a.yaml", again, a=GOOD)[2] == "All is well in 1 file.\n"


def test_a_folder_that_cannot_be_read_exits_2_and_the_others_are_checked(
    lint: Lint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    (tmp_path / "locked").mkdir()
    monkeypatch.setattr(os, "scandir", guarded)
    status, out, err = lint(".", z=BAD)
    assert status == 2
    assert "CS105" in out
    assert err == f"callsheet: cannot read locked: Permission denied\n1 error in 1 file.{MENDS}\n"


def test_a_path_that_is_empty_or_too_long_exits_2_and_the_others_are_checked(lint: Lint) -> None:
    status, out, err = lint("", "x" * 5000, "a.yaml", a=BAD)
    assert status == 2
    assert "CS105" in out
    said = err.splitlines()
    assert said[0] == "callsheet: cannot read an empty path"
    assert said[1].startswith("callsheet: cannot read xxx")
    assert said[2:] == [f"1 error in 1 file.{MENDS}"]


def test_a_selection_without_any_rule_exits_2(lint: Lint) -> None:
    for words in (["--ignore", "CS"], ["--ignore", "all"], ["--select", "CS203", "--ignore", "pcm-rate"]):
        assert lint(*words, "a.yaml", a=BAD) == (
            2,
            "",
            "callsheet: no rule is left to check; select some, or ignore less\n",
        )


def test_rules_are_selected_in_any_case(lint: Lint) -> None:
    assert lint("--select", "cs105", "a.yaml", a=BAD)[0] == 1
    assert lint("--ignore", "Out-Of-Range", "a.yaml", a=BAD)[0] == 0


def test_rules_are_explained_in_any_case_and_a_prefix_is_no_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["explain", "cs203"]), main(["explain", "PCM-rate"])) == (0, 0)
    assert capsys.readouterr().out.count("CS203 pcm-rate (error)\n") == 2
    assert main(["explain", "cs1"]) == 2
    assert capsys.readouterr().err == "callsheet: `cs1` stands for several rules; name one, such as CS101\n"


@pytest.mark.parametrize(
    ("environment", "flags", "colored"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": ""}, [], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"FORCE_COLOR": "1"}, ["--output-format", "concise"], False),
        ({}, ["--color", "always", "--output-format", "json"], False),
    ],
)
def test_color(
    lint: Lint,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    flags: list[str],
    colored: bool,  # noqa: FBT001 - a column of the table
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in lint("a.yaml", *flags, a=BAD)[1]) is colored


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["diff", "a.yaml"],
        ["diff", "--live", "a.yaml"],
        ["render", "--format", "curl"],
        ["send", "accept", "1"],
    ],
    ids=" ".join,
)
def test_each_command_that_shows_findings_takes_the_same_word_for_colour(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(BAD, encoding="utf-8")
    Path("b.yaml").write_text(BAD + "tools: []\n", encoding="utf-8")
    for flags, variable, colored in (
        (["--color", "always"], "NO_COLOR", True),
        (["--color", "never"], "FORCE_COLOR", False),
        ([], "FORCE_COLOR", True),
        ([], "NO_COLOR", False),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(variable, "1")
            main([*words, "b.yaml", *flags])
        assert ("\x1b[" in capsys.readouterr().out) is colored


def test_no_credential_is_printed_in_any_format(lint: Lint) -> None:
    secret = "crm-7f3b9c2e51"  # noqa: S105 - that is the point
    text = (
        "type: realtime\ntools:\n"
        f"- {{type: mcp, server_label: crm, authorization: '{secret}', headers: {{X-Key: {secret}}}, sever_url: x}}\n"
        f"- {{type: mcp, server_label: b, authorization: [{secret}]}}\n"
        "- {type: mcp, server_label: sk-proj-qzxjvkwypbnmfhdg, connector_id: sk-proj-qzxjvkwypbnmfhdg}\n"
    )
    for output in FORMATS:
        _, out, err = lint("--output-format", output, "a.yaml", a=text)
        assert "CS101" in out
        assert "CS103" in out
        assert "CS104" in out
        assert secret not in out + err
        assert "qzxjvkwypbnmfhdg" not in out + err


def test_a_mistake_of_our_own_is_one_line_and_quotes_nothing(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise ValueError("sk-secret-of-the-profile")

    monkeypatch.setattr("callsheet.lint.Linter.judged", broken)
    status, out, err = lint("a.yaml", a=GOOD)
    assert (status, out) == (2, "")
    assert err == ("callsheet: this is a mistake in callsheet itself (ValueError); CALLSHEET_TRACEBACK=1 shows where\n")
    monkeypatch.setenv("CALLSHEET_TRACEBACK", "1")
    status, out, err = lint("a.yaml", a=GOOD)
    assert (status, out) == (2, "")
    assert err.startswith("Traceback (most recent call last):\n")
    assert ", in broken\n" in err
    assert err.endswith("callsheet: this is a mistake in callsheet itself (ValueError)\n")
    assert "sk-secret" not in err.replace('raise ValueError("sk-secret-of-the-profile")', "")


# As processes: what only a real process can show.


def process(*arguments: str, **keywords: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "callsheet", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        **keywords,
    )


def test_the_shipped_profiles_are_fine() -> None:
    done = process("lint", "profiles")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("All is well in ")


def test_help_and_version() -> None:
    assert "examples:" in process("--help").stdout
    assert "exit status:" in process("lint", "--help").stdout
    assert process("--version").stdout.startswith("callsheet ")


def test_wrong_usage_exits_2() -> None:
    assert process("lint", "--nonsense").returncode == 2
    assert process().returncode == 2


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.yaml").write_text(BAD, encoding="utf-8")
    reader, writer = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "callsheet", "lint", str(tmp_path)], stdout=writer, stderr=subprocess.PIPE, text=True
    ) as running:
        os.close(writer)
        os.close(reader)
        _, err = running.communicate()
    assert "Traceback" not in err
    assert "BrokenPipe" not in err


def shell(command: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a line of shell in which `$C` is callsheet, with bad.yaml and good.yaml beside it."""
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("$C", f"'{sys.executable}' -m callsheet")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, **environment},
        timeout=60,
    )


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")


@FULL
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["lint bad.yaml", "explain CS203", "schema realtime", "--help", "--version"])
def test_a_full_disk_is_said(command: str, unbuffered: str, tmp_path: Path) -> None:
    done = shell(f"$C {command} > /dev/full", tmp_path, PYTHONUNBUFFERED=unbuffered)
    assert (done.returncode, done.stderr) == (2, "callsheet: cannot write: No space left on device\n")


@FULL
def test_a_full_disk_for_messages_is_no_traceback(tmp_path: Path) -> None:
    assert shell("$C lint missing.yaml 2> /dev/full", tmp_path).returncode == 2


@pytest.mark.parametrize("command", ["lint bad.yaml", "explain CS203", "lint --help"])
def test_closed_standard_output_is_said_where_something_is_written(command: str, tmp_path: Path) -> None:
    done = shell(f"$C {command} >&-", tmp_path)
    assert (done.returncode, done.stderr) == (2, "callsheet: cannot write: Bad file descriptor\n")
    assert shell("$C lint good.yaml >&-", tmp_path).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the folder that one is in cannot be removed there")
def test_a_folder_that_is_gone_under_our_feet_is_said(lint: Lint, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    os.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    assert lint(".") == (2, "", "callsheet: the current folder is gone\n")


def test_closed_standard_error_leaves_standard_output_alone(tmp_path: Path) -> None:
    done = shell("$C lint --output-format json good.yaml 2>&-", tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["summary"]["files"] == 1


@pytest.mark.parametrize("closed", ["<&-", "<&- >&-"])
def test_closed_standard_input_is_said(closed: str, tmp_path: Path) -> None:
    done = shell(f"$C lint - {closed}", tmp_path)
    assert (done.returncode, done.stderr) == (2, "callsheet: cannot read standard input: it is closed\n")


def test_help_and_usage_are_printed_in_any_encoding(tmp_path: Path) -> None:
    for command, status in (("lint --help", 0), ("lint --nö", 2), ("explain CS203", 0), ("lint bad.yaml", 1)):
        done = shell(f"$C {command}", tmp_path, PYTHONIOENCODING="ascii")
        assert done.returncode == status
        assert "Traceback" not in done.stderr
        assert (done.stdout + done.stderr).isascii()


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.yaml")
    assert shell("$C lint .", tmp_path).stderr == f"1 error in 2 files.{MENDS}\n"


def test_an_interrupt_is_no_traceback_from_the_first_import_of_ours_on(tmp_path: Path) -> None:
    script = (
        "import sys\nimport callsheet.cli\nassert 'argparse' not in sys.modules\n"
        "class Interrupt:\n    def find_spec(self, *_):\n        raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\nsys.argv[1:] = ['lint', '.']\ncallsheet.cli.script()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_schema_prints_the_published_schema() -> None:
    printed = json.loads(process("schema", "realtime").stdout)
    published = json.loads((ROOT / "schemas/latest/realtime.schema.json").read_text(encoding="utf-8"))
    assert printed == published
    assert process("schema", "telephone").returncode == 2
