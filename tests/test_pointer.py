"""The ways a path is written: for machines as RFC 6901 has it, for people as the API names its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.pointer import from_dotted, to_dotted, to_pointer

if TYPE_CHECKING:
    from callsheet.pointer import Path


@pytest.mark.parametrize(
    ("path", "pointer", "dotted"),
    [
        ((), "", ""),
        (("tools", 0, "name"), "/tools/0/name", "tools[0].name"),
        (("$file",), "/$file", "$file"),
        (("x-note", "a"), "/x-note/a", "x-note.a"),
        (("a", "two words", "b"), "/a/two words/b", "a['two words'].b"),
        (("a.b", 1), "/a.b/1", "['a.b'][1]"),
        (("a/b~c", "~1"), "/a~1b~0c/~01", "['a/b~c']['~1']"),
        (("a", ""), "/a/", "a['']"),
    ],
)
def test_a_path_is_written_in_two_ways(path: Path, pointer: str, dotted: str) -> None:
    assert to_pointer(path) == pointer
    assert to_dotted(path) == dotted


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("tools[0].name", ("tools", 0, "name")),
        ("session.tools[12]", ("session", "tools", 12)),
        ("tools.0.name", ("tools", 0, "name")),
        ("a['0'].b", ("a", "0", "b")),
        ('a["two words"]', ("a", "two words")),
        ("", ()),
    ],
)
def test_the_name_of_a_parameter_is_a_path(name: str, path: Path) -> None:
    assert from_dotted(name) == path


STEPS = st.integers(0, 20) | st.text("ab$-_ .[]é", max_size=4)


@given(st.lists(STEPS, max_size=5).map(tuple))
def test_a_dotted_path_is_read_back(path: Path) -> None:
    assert from_dotted(to_dotted(path)) == path
