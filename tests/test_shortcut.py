"""The way past argparse: what it reads of a command line is what argparse reads, and what it leaves is little."""

from __future__ import annotations

from contextlib import redirect_stderr
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.cli import lint, parser
from callsheet.cli.shortcut import Shortcut

PARSER = parser(("lint",), listed=False)
WORDS = (
    *("a.yaml", "-", ".", "profiles", "", "a b.yaml", "-a b", "--", "-1", "-x", "--fixx", "--fi", "-qq", "-h", "lint"),
    *("realtime", "azure", "CS2,other-voice", "2026-11-20", "2026-13-20", "latest", "json", "sarif=out", "always"),
    *("tests", "2", "0", "=", "a=b"),
)


def quick(words: list[str]) -> Any:
    """What the shortcut makes of the words of `lint`."""
    shortcut = Shortcut()
    command: Any = lint
    command.arguments(shortcut)
    return shortcut.read(words)


def slow(words: list[str]) -> dict[str, Any] | None:
    """What argparse makes of them; None where it refuses, or helps."""
    with redirect_stderr(StringIO()):
        try:
            options = vars(PARSER.parse_args(["lint", *words]))
        except SystemExit:
            return None
    del options["run"]
    return options


def flags() -> list[str]:
    """Every flag of `lint`."""
    shortcut = Shortcut()
    command: Any = lint
    command.arguments(shortcut)
    return sorted(shortcut.flags)


PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(flags()),
    st.builds("{}={}".format, st.sampled_from(flags()), st.sampled_from(WORDS)),
    st.tuples(st.sampled_from(flags()), st.sampled_from(WORDS)),
)


@given(st.lists(PIECES, max_size=5))
def test_what_it_reads_argparse_reads_as_well(pieces: list[str | tuple[str, str]]) -> None:
    words = [word for piece in pieces for word in ([piece] if isinstance(piece, str) else piece)]
    found = quick(words)
    assert found is None or vars(found) == slow(words)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a.yaml"],
        ["-q", "--no-cache", "a.yaml", "b.yaml"],
        ["a.yaml", "b.yaml", "--output-format", "json", "--output-format=sarif=out.sarif"],
        ["--force-exclude", "--select", "CS2,CS3", "--select=CS4", "--kind=realtime", "--target", "azure", "-"],
        ["--today", "2026-11-20", "--revision", "latest", "--jobs", "2", "--color", "always", "--root", "."],
    ],
)
def test_the_lines_that_people_write_are_read(words: list[str]) -> None:
    found = quick(words)
    assert vars(found) == slow(words)


@pytest.mark.parametrize(
    "words",
    [["-h"], ["--kind"], ["--kind", "no"], ["--fi"], ["-qq"], ["a", "-q", "b"], ["--today", "soon"], ["--color=red"]],
)
def test_what_argparse_answers_is_left_to_it(words: list[str]) -> None:
    assert quick(words) is None
