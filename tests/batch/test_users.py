"""A file that others build on: naming it checks them as well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.cli import main
from callsheet.content import content

if TYPE_CHECKING:
    from collections.abc import Callable

    Lint = Callable[..., tuple[int, list[str], str]]

WHOLE = "type: realtime\nmodel: gpt-realtime-2.1\n"
BASE = "$partial: true\nmodel: gpt-realtime-2.1\naudio: {output: {voice: marin}}\n"
FAULTY = "$extends: ../base.yaml\ntype: realtime\nspeed: 1\n"


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    """Runs `callsheet lint` in a repository; gives the exit status, file, line and code of each finding, the rest."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()

    def run(*words: str) -> tuple[int, list[str], str]:
        status = main(["lint", "--output-format", "concise", *words])
        out, err = capsys.readouterr()
        lines = [line.split(" ") for line in out.splitlines()]
        return status, [f"{place.rsplit(':', 3)[0]} {code}" for place, code, *_ in lines], err

    return run


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_base_alone_has_its_profiles_checked(lint: Lint) -> None:
    write(
        base_yaml=BASE, lines__de_yaml=FAULTY, lines__en_yaml=FAULTY.replace("speed: 1\n", ""), other_yaml="speed: 1\n"
    )
    status, found, err = lint("base.yaml")
    assert (status, found) == (1, ["lines/de.yaml CS107"])
    assert err == (
        "1 error in 1 file and 2 profiles that build on what was named. "
        "`callsheet lint --diff` shows what can be mended.\n"
    )


def test_a_file_that_goes_before_it_is_read_is_no_user(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    write(base_yaml=BASE, lines__de_yaml=FAULTY, lines__en_yaml=FAULTY)

    def read(path: str) -> bytes:
        if path.endswith("en.yaml"):
            raise FileNotFoundError(path)
        return content(path)

    monkeypatch.setattr("callsheet.batch.users.content", read)
    assert lint("base.yaml")[1] == ["lines/de.yaml CS107"]


def test_a_file_that_is_no_text_is_no_user_and_ends_nothing(lint: Lint) -> None:
    write(base_yaml=BASE, lines__de_yaml=FAULTY)
    Path("lines/a.yaml").write_bytes(b"type: \xff\n")
    Path("lines/b.yaml").write_bytes(b"$extends: ../base.yaml\ntype: \xff\n")
    assert lint("base.yaml")[1] == ["lines/de.yaml CS107"]


def test_through_others_and_from_another_folder(lint: Lint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(
        base_yaml=BASE,
        lines__mid_yaml="$extends: ../base.yaml\n$partial: true\n",
        lines__de_yaml="$extends: mid.yaml\na: 1\n",
    )
    assert lint("base.yaml")[1] == ["lines/de.yaml CS102", "lines/de.yaml CS101"]
    monkeypatch.chdir("lines")
    assert lint("../base.yaml")[1] == [f"{tmp_path}/lines/de.yaml CS102", f"{tmp_path}/lines/de.yaml CS101"]


def test_a_prompt_and_a_list_of_tools_are_no_profiles_but_their_users_are(lint: Lint) -> None:
    user = WHOLE + "instructions: {$file: words/de.md}\ntools: {$file: tools.yaml}\n"
    tools = "- {type: function, name: dial, parameters: {type: object}}\n"
    write(words__de_md="Sei freundlich.\n", tools_yaml=tools, a_yaml=user)
    assert lint("words/de.md") == (0, [], "All is well in 1 profile that builds on what was named.\n")
    assert lint("tools.yaml")[:2] == (0, [])
    write(tools_yaml=tools.replace("function,", "function, strict: true,"))
    assert lint("tools.yaml")[:2] == (1, ["tools.yaml CS403"])
    assert lint("words/de.md", "tools.yaml")[:2] == (1, ["tools.yaml CS403"])
    write(words__de_md="Use the key sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH\n")
    assert lint("words/de.md")[1] == ["tools.yaml CS403", "words/de.md CS503"]


def test_words_that_nobody_uses_are_passed_over(lint: Lint) -> None:
    write(README_md="# Hotel\n", a_yaml=WHOLE)
    said = "Nothing was checked: 1 file without a session, on which no profile builds that was found.\n"
    assert lint("README.md") == (0, [], said)
    write(tools_yaml="- {type: function, name: dial}\n")
    assert lint("tools.yaml")[:2] == (1, ["tools.yaml CS016"])


def test_a_whole_session_has_users_where_it_is_configured_which_files_are_profiles(lint: Lint) -> None:
    write(base_yaml=WHOLE, lines__de_yaml=FAULTY)
    assert lint("base.yaml")[:2] == (0, [])
    write(callsheet_toml='include = ["lines"]\n')
    assert lint("base.yaml")[:2] == (1, ["lines/de.yaml CS107"])
    write(callsheet_toml='include = ["others"]\n')
    assert lint("base.yaml")[:2] == (0, [])
    write(callsheet_toml='include = ["lines"]\nexclude = ["de.yaml"]\n')
    assert lint("base.yaml")[:2] == (0, [])


def test_a_user_that_is_named_too_is_checked_once(lint: Lint) -> None:
    write(base_yaml=BASE, lines__de_yaml=FAULTY)
    for words in (
        ("base.yaml", "lines/de.yaml"),
        ("lines/de.yaml", "base.yaml"),
        ("base.yaml", "lines"),
        (".", "base.yaml"),
    ):
        status, found, err = lint(*words)
        assert (status, found) == (1, ["lines/de.yaml CS107"])
        assert err == "1 error in 2 files. `callsheet lint --diff` shows what can be mended.\n"


def test_a_fault_of_the_base_is_told_once(lint: Lint) -> None:
    write(base_yaml=BASE + "voice: marin\n", lines__de_yaml=FAULTY, lines__en_yaml=FAULTY)
    assert lint("base.yaml")[1] == ["base.yaml CS107", "lines/de.yaml CS107", "lines/en.yaml CS107"]


def test_the_files_keep_their_order_behind_a_base(lint: Lint) -> None:
    wrong = WHOLE + "speed: 1\n"
    write(
        a_yaml="model: gpt-realtime-2.1\naudio: {}\nvoice: x\n",
        b_yaml=wrong,
        c_yaml="$extends: a.yaml\ntype: realtime\n",
        d_yaml=wrong,
    )
    assert lint(".")[1] == ["a.yaml CS107", "b.yaml CS107", "d.yaml CS107"]
    assert lint("d.yaml", "b.yaml", "a.yaml")[1] == ["d.yaml CS107", "b.yaml CS107", "a.yaml CS107"]


def test_fixing_a_base_tells_what_is_left_in_its_profiles(lint: Lint) -> None:
    write(base_yaml=BASE + "tool_choice: AUTO\n", lines__de_yaml=FAULTY)
    status, found, err = lint("base.yaml", "--fix", "--unsafe-fixes")
    assert (status, found) == (1, ["lines/de.yaml CS107"])
    assert err == "1 fixed, 1 left in 1 file.\n"
