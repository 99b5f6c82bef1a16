"""Where the comments of a text stand, and where a `#` is none."""

from __future__ import annotations

import pytest

from callsheet.source.comment import comments
from callsheet.source.text import Text


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", []),
        ("a: 1\n", []),
        ("# a", ["# a"]),
        ("#\na: 1 #\n#", ["#", "#", "#"]),
        ("# a\nb: 1  # c \t\n# d", ["# a", "# c", "# d"]),
        ("# a # b\n", ["# a # b"]),
        ("a: b#c\nd: '#' # e\n", ["# e"]),
        ("a: 'x # y'  # z\n", ["# z"]),
        ('a: "x # y"  # z\n', ["# z"]),
        ("a: 'x\n  # y\n  # z'\n", []),
        ("a: x # y\n", ["# y"]),
        ("a: x\n  y # z\n", ["# z"]),
        ("# a\r\nb: 1 # c\r\n# d\r\n", ["# a", "# c", "# d"]),
        ("# a\rb: 1 # c\r# d\r", ["# a", "# c", "# d"]),
        ("a: [1, # b\n  2] # c\n", ["# b", "# c"]),
        ("a: | # b\n  # c\n  d\n# e\n", ["# b", "# e"]),
        ("a: >-2 # b\n    c # d\ne: |\n  # f\n# g\n", ["# b", "# g"]),
        ("a: |\n  # b\n", []),
        ("a: ''  # b\n", ["# b"]),
        ("a: # b\n", ["# b"]),
        ("x\u2028# a: 1 # b\n", ["# b"]),
        ("'a\u2028# b': 1 # c\n", ["# c"]),
        ("\U0001f600: 1 # \U0001f600\n# c", ["# \U0001f600", "# c"]),
    ],
)
def test_comments(content: str, found: list[str]) -> None:
    text = Text("a.yaml", content)
    assert [comment.content for comment in comments(text)] == found
    assert [content[comment.start : comment.end] for comment in comments(text)] == found
    starts = [comment.start for comment in comments(text)]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("name", ["a.json", "-"])
def test_json_has_none(name: str) -> None:
    assert comments(Text(name, '{"a": "b # c"}\n')) == []
