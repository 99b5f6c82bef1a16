"""Places as editors count them: lines from 0, and columns in units of an encoding, mostly UTF-16."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

if TYPE_CHECKING:
    from callsheet.source.text import Text

_WIDE = {
    PositionEncodingKind.Utf8: re.compile("[^\0-\x7f]"),
    PositionEncodingKind.Utf16: re.compile("[\U00010000-\U0010ffff]"),
}
"""The letters that are several units long."""


class Lines:
    """The places of one text. `lead` is the number of letters before its content, which is 1 for a byte-order mark."""

    def __init__(self, text: Text, encoding: PositionEncodingKind | str, *, lead: int = 0) -> None:
        self.text = text
        self.encoding = PositionEncodingKind(encoding)
        self.lead = lead

    def position(self, offset: int) -> Position:
        """The place of an offset."""
        offset = min(max(offset, 0), len(self.text.content))
        line = self.text.location(offset).line
        units = self._units(self.text.starts[line - 1], offset)
        return Position(line - 1, units + (self.lead if line == 1 else 0))

    def range(self, start: int, end: int) -> Range:
        """The range of a stretch."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a place; of one beyond the end of a line or the text, that end."""
        if position.line >= len(self.text.starts):
            return len(self.text.content)
        start, end = self.text.bounds(position.line + 1)
        units = position.character - (self.lead if position.line == 0 else 0)
        return start + bisect_left(range(start, end), units, key=lambda at: self._units(start, at))

    def _units(self, start: int, end: int) -> int:
        """How many units a stretch is long."""
        offsets, extra = self._wide
        return end - start + extra[bisect_left(offsets, end)] - extra[bisect_left(offsets, start)]

    @cached_property
    def _wide(self) -> tuple[list[int], list[int]]:
        """Where the long letters stand, and how many units more than letters there are before each, and at the end."""
        if self.encoding not in _WIDE or self.text.content.isascii():
            return [], [0]
        found = list(_WIDE[self.encoding].finditer(self.text.content))
        return [one.start() for one in found], list(accumulate((self._more(one[0]) for one in found), initial=0))

    def _more(self, letter: str) -> int:
        """How many units a long letter has beyond the first."""
        return 1 if self.encoding is PositionEncodingKind.Utf16 else len(letter.encode("utf-8", "surrogatepass")) - 1
