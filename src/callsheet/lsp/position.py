"""Places as editors count them: lines from 0, and columns in units of an encoding, mostly UTF-16."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

if TYPE_CHECKING:
    from callsheet.source.text import Text


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
        start = self.text.starts[line - 1]
        units = self._units(self.text.content[start:offset])
        return Position(line - 1, units + (self.lead if line == 1 else 0))

    def range(self, start: int, end: int) -> Range:
        """The range of a stretch."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a place; of one beyond the end of a line or the text, that end."""
        if position.line >= len(self.text.starts):
            return len(self.text.content)
        start, end = self.text.bounds(position.line + 1)
        left = position.character - (self.lead if position.line == 0 else 0)
        at = start
        while at < end and left > 0:
            left -= self._units(self.text.content[at])
            at += 1
        return at

    def _units(self, piece: str) -> int:
        if self.encoding is PositionEncodingKind.Utf32 or piece.isascii():
            return len(piece)
        if self.encoding is PositionEncodingKind.Utf8:
            return len(piece.encode("utf-8", "surrogatepass"))
        return len(piece) + sum(letter > "\uffff" for letter in piece)
