"""A text and its lines."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from callsheet.redact import mask

if TYPE_CHECKING:
    from callsheet.diagnostic import Span


class Location(NamedTuple):
    """A line and a column, both counted from 1; columns are code points."""

    line: int
    column: int


class Text:
    """The decoded content of one file, with its path as the user wrote it.

    Lines end at LF, CR LF or CR, as editors count them. A byte-order mark is not part of the content.
    """

    __slots__ = ("_starts", "content", "path", "secrets")

    def __init__(self, path: str, content: str) -> None:
        self.path = path
        self.content = content
        self.secrets: tuple[Span, ...] = ()
        """The stretches that are never shown; known once the document has been read."""
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line starts; worked out when first asked for."""
        if self._starts is None:
            starts = [0]
            offset = 0
            for line in self.content.replace("\r\n", "\0\n").replace("\r", "\n").split("\n"):
                offset += len(line) + 1
                starts.append(offset)
            starts.pop()
            self._starts = starts
        return self._starts

    def location(self, offset: int) -> Location:
        """The line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return Location(line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        starts = self.starts
        end = starts[number] if number < len(starts) else len(self.content)
        return self.content[starts[number - 1] : end].rstrip("\r\n")

    def masked(self, number: int) -> str:
        """The text of a line as it may be shown, of the same length."""
        line = self.line(number)
        first = self.starts[number - 1]
        for start, end in self.secrets:
            left, right = max(start - first, 0), min(end - first, len(line))
            if left < right:
                line = line[:left] + "*" * (right - left) + line[right:]
        return mask(line)
