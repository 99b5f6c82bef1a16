"""Places in a text as an editor counts them, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from callsheet.lsp.position import Lines
from callsheet.source.text import Text

ENCODINGS = ("utf-8", "utf-16", "utf-32")
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXTS = st.text(st.sampled_from("ab \n\r\t\u00e9\u2028\x85\N{GRINNING FACE}\ue000"), max_size=40)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(content=TEXTS, data=st.data())
def test_an_offset_comes_back(encoding: str, content: str, data: st.DataObject) -> None:
    lines = Lines(Text("a.yaml", content), encoding)
    offset = data.draw(st.integers(0, len(content)))
    inside = content[offset - 1 : offset + 1] == "\r\n"  # no place that an editor knows
    assert lines.offset(lines.position(offset)) == offset - inside


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(content=TEXTS, data=st.data())
def test_columns_are_the_units_before_it(encoding: str, content: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(content)))
    place = Lines(Text("a.yaml", content), encoding).position(offset)
    before = content[:offset].replace("\r\n", "\n").replace("\r", "\n")
    codec, size = CODECS[encoding]
    if content[offset - 1 : offset + 1] != "\r\n":
        assert place == Position(before.count("\n"), len(before.rpartition("\n")[2].encode(codec)) // size)


@given(content=TEXTS, line=st.integers(0, 60), character=st.integers(0, 2**31 - 1))
def test_every_place_has_an_offset(content: str, line: int, character: int) -> None:
    assert 0 <= Lines(Text("a.yaml", content), "utf-16").offset(Position(line, character)) <= len(content)


def test_a_place_inside_of_a_letter_is_after_it() -> None:
    assert Lines(Text("a.yaml", "\N{GRINNING FACE}b"), "utf-16").offset(Position(0, 1)) == 1


def test_what_stands_before_the_text_counts_on_its_first_line() -> None:
    lines = Lines(Text("a.yaml", "ab\ncd"), "utf-16", lead=1)
    assert lines.position(1) == Position(0, 2)
    assert lines.position(4) == Position(1, 1)
    assert lines.offset(Position(0, 2)) == 1
    assert lines.offset(Position(0, 0)) == 0
