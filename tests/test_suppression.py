"""Comments that answer findings: which are understood, what they cover, and what is said of those that do nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.cli import main
from callsheet.lint import Linter, Options
from callsheet.selection import selection
from callsheet.source.document import read

if TYPE_CHECKING:
    from collections.abc import Callable

    Lint = Callable[..., list[str]]

LINTER = Linter(Options(today="2026-11-20"))
HEAD = "type: realtime\nmodel: gpt-realtime-2.1\n"


def codes(text: str, linter: Linter = LINTER, name: str = "a.yaml") -> list[str]:
    return [f"{found.location.line}:{found.code}" for found in linter.document(read(name, text.encode()))]


@pytest.mark.parametrize(
    "comment",
    [
        "# callsheet: ignore[CS105]",
        "#callsheet:ignore[CS105]",
        "#  callsheet:   ignore[CS105]",
        "# callsheet: ignore[CS105] tuned by ear",
        "# callsheet: ignore[ CS105 , CS101 ]",
        "# callsheet: ignore[out-of-range]",
        "# callsheet: ignore[Out-Of-Range]",
        "# callsheet: ignore[cs105]",
        "# callsheet: ignore[CS1]",
        "# fast talker # callsheet: ignore[CS105]",
        "# callsheet: ignore-file[CS105]",
    ],
)
def test_what_ignores(comment: str) -> None:
    left = codes(f"{HEAD}audio: {{output: {{speed: 2.0}}}}  {comment}\n")
    assert left in ([], ["3:CS022"])
    assert (left == ["3:CS022"]) == ("CS101" in comment)


@pytest.mark.parametrize(
    ("comment", "meant"),
    [
        ("# callsheet: ignore CS105 tuned by ear", "ignore[CS105]"),
        ("# callsheet: ignores[CS105]", "ignore[CS105]"),
        ("# callsheet: ignore [out-of-range]", "ignore[out-of-range]"),
        ("# callsheet: ignore_file[CS105]", "ignore-file[CS105]"),
        ("# callsheet: disable-file=CS105,CS318", "ignore-file[CS105, CS318]"),
        ("# callsheet: ignore CS105 CS318", "ignore[CS105, CS318]"),
        ("# callsheet ignore[CS105]", "ignore[CS105]"),
    ],
)
def test_a_comment_of_another_form_is_told_how_to_write_what_it_means(comment: str, meant: str) -> None:
    *_, told = LINTER.document(read("a.yaml", f"{HEAD}audio: {{output: {{speed: 2.0}}}}  {comment}\n".encode()))
    assert (told.code, told.message) == ("CS023", "this comment ignores nothing")
    assert told.help == f"write `# callsheet: {meant} reason`"


def test_words_about_callsheet_are_no_suppression() -> None:
    assert codes(f"# callsheet ignores what is no session\n# callsheet ignore\n{HEAD}") == []


def test_a_comment_on_a_line_of_its_own_is_told_where_it_belongs() -> None:
    (told, _) = LINTER.document(
        read("a.yaml", f"{HEAD}# callsheet: ignore[CS105]\naudio: {{output: {{speed: 2.0}}}}\n".encode())
    )
    assert (told.code, told.help) == ("CS022", "put it at the end of the line that it is about, or remove it")


@pytest.mark.parametrize(
    "comment",
    [
        "# callsheet: ignore",
        "# callsheet: ignore[]",
        "# callsheet: ignore[ , ]",
        "# callsheet: ignore [CS105]",
        "# callsheet: ignore(CS105)",
        "# callsheet: ignores[CS105]",
        "# callsheet: ignore-line[CS105]",
        "# callsheet: ignore[CS105]reason",
        "# callsheet: ignore[CS999]",
        "# callsheet: ignore[ALL]",
        "# callsheet: ignore[speed]",
        "# callsheet: noqa",
        "# callsheet: disable=CS105",
        "# callsheet: skip-file",
    ],
)
def test_what_is_meant_to_ignore_and_does_not(comment: str) -> None:
    assert codes(f"{HEAD}audio: {{output: {{speed: 2.0}}}}  {comment}\n") == ["3:CS105", "3:CS023"]


SHAPE = "write `# callsheet: ignore[CS301] reason`, or `ignore-file[CS301]` for the whole file"
WHOLE = "write `# callsheet: ignore[CS105] reason`"
UNSAID = "this comment does not say which rule to ignore"
NOTHING = "this comment ignores nothing"
MOVE = "put it at the end of the line that it is about, or remove it"


@pytest.mark.parametrize(
    ("comment", "at", "message", "help_"),
    [
        ("# callsheet: ignore", "# callsheet: ignore", UNSAID, SHAPE),
        ("# callsheet: ignore[ , ] why", "# callsheet: ignore", UNSAID, SHAPE),
        ("# fast # callsheet:  ignore-file", "# callsheet:  ignore-file", UNSAID, SHAPE),
        ("# callsheet: ignore\tCS105", "# callsheet: ignore", NOTHING, WHOLE),
        ("# callsheet: ignore[CS105]why", "# callsheet: ignore", NOTHING, WHOLE),
        ("# callsheet: noqa", "# callsheet: noqa", NOTHING, SHAPE),
        ("# callsheet: noqa [speed]", "# callsheet: noqa", NOTHING, SHAPE),
        ("# callsheet: noqa [ALL, CS105]", "# callsheet: noqa", NOTHING, SHAPE),
        ("# callsheet: noqa CS105 # CS301", "# callsheet: noqa", NOTHING, WHOLE),
        ("# callsheet: skip-the-file: CS105", "# callsheet: skip-the-file", NOTHING, WHOLE.replace("re[", "re-file[")),
        (
            "# callsheet: ignore[CS105, CS999]",
            "CS999",
            "there is no rule `CS999`",
            "`callsheet explain --all` lists them",
        ),
        ("# callsheet: ignore[CS105,  all ]", "all", "a comment ignores single rules, not all", SHAPE),
        ("# callsheet: ignore[CS105, CS2]", "CS2", "there is no finding of `CS2` on this line to ignore", "remove it"),
        ("# callsheet: ignore-file[CS2]", "CS2", "there is no finding of `CS2` in this file to ignore", "remove it"),
        ("\n# callsheet: ignore[CS2]", "CS2", "there is no finding of `CS2` on this line to ignore", MOVE),
        (
            "\n  # callsheet: ignore-file[CS2]",
            "CS2",
            "there is no finding of `CS2` in this file to ignore",
            "remove it",
        ),
    ],
)
def test_what_is_said_of_a_comment_that_answers_nothing(comment: str, at: str, message: str, help_: str) -> None:
    text = f"{HEAD}audio: {{output: {{speed: 2.0}}}}  {comment}\n"
    (told,) = (found for found in LINTER.document(read("a.yaml", text.encode())) if found.code != "CS105")
    assert (text[slice(*told.span)], told.message, told.help) == (at, message, help_)


@pytest.mark.parametrize(
    "comment",
    ["# callsheet: tuned by ear", "# callsheet checks this", "# callsheet:", "# see callsheet: ignore[CS105]"],
)
def test_what_is_only_a_note(comment: str) -> None:
    assert codes(f"{HEAD}audio: {{output: {{speed: 2.0}}}}  {comment}\n") == ["3:CS105"]


def test_it_counts_on_each_line_that_the_finding_touches() -> None:
    nested = HEAD + "audio:\n  output:\n    format:{0}\n      type: audio/pcm{1}\n      rate: 8000{2}\n{3}"
    note = "  # callsheet: ignore[pcm-rate]"
    assert codes(nested.format("", "", "", "")) == ["7:CS203"]
    assert codes(nested.format("", "", note, "")) == []
    assert codes(nested.format("", note, "", "")) == ["7:CS203", "6:CS022"][::-1]
    over = HEAD + "tracing:\n  - 1{0}\n  - 2{1}\n"
    assert codes(over.format("", "")) == ["4:CS103"]
    for comments in (("  # callsheet: ignore[CS103]", ""), ("", "  # callsheet: ignore[CS103]")):
        assert codes(over.format(*comments)) == []


def test_text_is_no_comment_and_a_header_may_have_one() -> None:
    text = (
        HEAD
        + 'instructions: "x  # callsheet: ignore[CS101]"\nfoo: |  # callsheet: ignore[CS101]\n  # callsheet: ignore\n'
    )
    assert codes(text) == []
    assert codes('{"type": "realtime", "a": "# callsheet: ignore[CS101]"}', name="a.json") == ["1:CS101"]


def test_a_rule_that_is_not_checked_makes_no_comment_useless() -> None:
    text = f"{HEAD}audio: {{}}  # callsheet: ignore[CS105, CS2]\n"
    assert codes(text) == ["3:CS022", "3:CS022"]
    assert codes(text, Linter(Options(selected=selection(ignore=["CS105"])))) == ["3:CS022"]
    assert codes(text, Linter(Options(selected=selection(select=["CS3"])))) == []


def test_a_text_that_cannot_be_read_has_no_comments() -> None:
    assert codes("type: [  # callsheet: ignore-file[CS001]\n") == ["2:CS001"]


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    monkeypatch.chdir(tmp_path)

    def run(*words: str, **files: str) -> list[str]:
        for name, text in files.items():
            Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        main(["lint", "-q", "--output-format", "concise", *words])
        return [line.split(" ")[0] + line.split(" ")[1] for line in capsys.readouterr().out.splitlines()]

    return run


def test_a_base_answers_for_itself_and_its_comments_serve_its_profiles(lint: Lint) -> None:
    base = "audio: {output: {speed: 2.0}}\nvoice: marin\n"
    child = f"$extends: ./base.yaml\n{HEAD}"
    assert lint("child.yaml", base=base, child=child) == ["base.yaml:1:25:CS105", "base.yaml:2:1:CS107"]
    answered = base.replace("}}\n", "}} # callsheet: ignore[CS105]\n")
    assert lint("child.yaml", base=answered) == ["base.yaml:2:1:CS107"]
    assert lint(".") == ["base.yaml:2:1:CS107"]


def test_a_comment_in_a_base_is_not_useless_before_its_profiles_have_shown_it(lint: Lint) -> None:
    base = "$partial: true\nmodel: gpt-realtime-2.1\ntracing: auto  # callsheet: ignore[CS316]\n"
    assert lint("base.yaml", base=base) == []
    assert lint("base.yaml", base=base.replace("$partial: true\n", "type: realtime\n")) == ["base.yaml:3:36:CS022"]


def test_a_comment_in_a_profile_does_not_answer_for_its_base(lint: Lint) -> None:
    child = f"$extends: ./base.yaml\n{HEAD}# callsheet: ignore-file[CS105]\n"
    assert lint("child.yaml", base="audio: {output: {speed: 2.0}}\n", child=child) == [
        "child.yaml:4:26:CS022",
        "base.yaml:1:25:CS105",
    ]
