"""What of a document is a directive, what a note, and which texts need to be looked through for them at all."""

from __future__ import annotations

from typing import Any

import pytest

from callsheet.directives import Parts, may_suppress, names_files, split


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("type: realtime\n", False),
        ("$extends: a.yaml\n", True),
        ("$unset: [a]\n", True),
        ("instructions: {$file: a.md}\n", True),
        ("$kind: realtime\n", False),
        ("instructions: pay $5 and extend\n", False),
        ("extends: a.yaml\nfile: b\nunset: c\n", False),
        ('"\\u0024extends": a.yaml\n', True),
        ('"$ext\\u0065nds": a.yaml\n', True),
        ('"\\x24extends": a.yaml\n', True),
        ('"\\U00000024extends": a.yaml\n', True),
        ('? "$ext\\\n  ends"\n: a.yaml\n', True),
        ('? "$ext\\\r\n  ends"\n: a.yaml\n', True),
        ('instructions: "a\\tb\\n"\n', False),
        ("instructions: '\\u2028'\n", False),
    ],
)
def test_a_text_may_name_files_or_cannot(content: str, named: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert names_files(content) is named


@pytest.mark.parametrize(
    ("content", "may"),
    [("# callsheet: ignore[CS1]", True), ("# callsheet ignore[CS1]", True), ("# callsheet", False), ("ignore", False)],
)
def test_a_text_may_answer_findings_or_cannot(content: str, may: bool) -> None:  # noqa: FBT001 - likewise
    assert may_suppress(content) is may


@pytest.mark.parametrize(
    ("data", "body", "directives"),
    [
        ({}, {}, {}),
        ({"a": 1, "b$": 2, "ax-": 3}, {"a": 1, "b$": 2, "ax-": 3}, {}),
        ({"$kind": 1, "a": {"$file": "x", "x-b": 1}}, {"a": {"$file": "x", "x-b": 1}}, {"$kind": 1}),
        ({"x-note": 1, "a": 2}, {"a": 2}, {}),
        ({"$": 1, "x-": 2, "x": 3, "": 4}, {"x": 3, "": 4}, {"$": 1}),
    ],
)
def test_directives_and_notes_come_off_the_top(data: dict[str, Any], body: Any, directives: Any) -> None:
    assert split(data) == Parts(body, directives)


@pytest.mark.parametrize(
    ("name", "said", "means"),
    [
        ("kind", {"$kind": "call"}, "call"),
        ("kind", {"$kind": "letter"}, None),
        ("kind", {"$kind": ["call"]}, None),
        ("kind", {}, None),
        ("target", {"$target": "azure"}, "azure"),
        ("target", {"$target": "azur"}, None),
        ("target", {"$target": {"azure": 1}}, None),
        ("target", {}, None),
        ("revision", {"$revision": "2026-01-01"}, "2026-01-01"),
        ("revision", {"$revision": "latest"}, "latest"),
        ("revision", {"$revision": "2026-01-01T00:00"}, None),
        ("revision", {"$revision": "since 2026-01-01"}, None),
        ("revision", {"$revision": 2026}, None),
        ("revision", {}, None),
        ("extends", {"$extends": "a.yaml"}, True),
        ("extends", {"$unset": "a"}, False),
        ("partial", {"$partial": True}, True),
        ("partial", {"$partial": False}, False),
        ("partial", {"$partial": "true"}, False),
        ("partial", {"$partial": 1}, False),
        ("partial", {}, False),
    ],
)
def test_a_directive_says_what_it_may_say_or_nothing(name: str, said: dict[str, Any], means: Any) -> None:
    found = getattr(Parts({}, said), name)
    assert (type(found), found) == (type(means), means)
