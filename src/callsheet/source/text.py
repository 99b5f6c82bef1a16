"""A text and its lines."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from callsheet.redact import mask

if TYPE_CHECKING:
    from callsheet.diagnostic import Span


_LONGEST_SECRET = 2000
"""How far around a stretch to look for the rest of a credential: lines can be a megabyte long."""


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

    def masked(self, number: int, first: int = 0, last: int | None = None) -> str:
        """A line as it may be shown, of the same length; or the stretch of it from `first` to `last`."""
        line = self.line(number)
        last = len(line) if last is None else min(last, len(line))
        left, right = max(first - _LONGEST_SECRET, 0), min(last + _LONGEST_SECRET, len(line))
        shown = line[left:right]
        offset = self.starts[number - 1] + left
        for start, end in self.secrets:
            begin, stop = max(start - offset, 0), min(end - offset, len(shown))
            if begin < stop:
                shown = shown[:begin] + "*" * (stop - begin) + shown[stop:]
        return mask(shown)[first - left : last - left]
