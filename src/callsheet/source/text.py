"""A text and its lines."""

from __future__ import annotations

from bisect import bisect_right

from callsheet.named_tuple import NamedTuple
from callsheet.redact import key_blocks, mask_line, secrets_by_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.diagnostic import Span


class Location(NamedTuple):
    """A line and a column, both counted from 1; columns are code points."""

    line: int
    column: int


class Text:
    """The decoded content of one file, with its path as the user wrote it.

    Lines end at LF, CR LF or CR, as editors count them. A byte-order mark is not part of the content.
    """

    __slots__ = ("_hidden", "_secrets", "_shown", "_starts", "content", "path")

    def __init__(self, path: str, content: str) -> None:
        self.path = path
        self.content = content
        self._secrets: tuple[Span, ...] | None = None
        self._hidden: tuple[list[int], list[int]] | None = None
        self._shown: tuple[int, str] = (0, "")
        self._starts: list[int] | None = None

    @property
    def secrets(self) -> tuple[Span, ...] | None:
        """The stretches that are never shown, as the tree tells them; None as long as there is no tree."""
        return self._secrets

    @secrets.setter
    def secrets(self, spans: tuple[Span, ...] | None) -> None:
        self._secrets = spans
        self._hidden = None
        self._shown = (0, "")

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

    def bounds(self, number: int) -> tuple[int, int]:
        """Where a line starts, and where it ends without its end."""
        starts = self.starts
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.content)
        while end > start and self.content[end - 1] in "\r\n":
            end -= 1
        return start, end

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        start, end = self.bounds(number)
        return self.content[start:end]

    def masked(self, number: int, first: int = 0, last: int | None = None) -> str:
        """A line as it may be shown, of the same length; or the stretch of it from `first` to `last`.

        The line that was asked for last is kept: a megabyte in one line may have a thousand findings.
        """
        if self._shown[0] != number:
            self._shown = (number, self._mask(number))
        return self._shown[1][first:last]

    def hidden(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a stretch that must not be shown for where they stand, in order."""
        if self._hidden is None:
            self._hidden = self._join(key_blocks(self.content))
        begins, ends = self._hidden
        for index in range(bisect_right(ends, start), len(begins)):
            if begins[index] >= end:
                return
            yield max(begins[index], start), min(ends[index], end)

    def _join(self, more: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
        """Where the hidden stretches start and end: in order, and apart from each other."""
        spans: Iterable[tuple[int, int]] | None = self._secrets
        if spans is None:
            spans = secrets_by_lines(self.content, [self.bounds(number + 1) for number in range(len(self.starts))])
        begins: list[int] = []
        ends: list[int] = []
        for begin, end in sorted((*spans, *more)):
            if begin >= end:
                continue
            if ends and begin <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                begins.append(begin)
                ends.append(end)
        return begins, ends

    def _mask(self, number: int) -> str:
        start, end = self.bounds(number)
        pieces: list[str] = []
        at = start
        for begin, stop in self.hidden(start, end):
            pieces += (self.content[at:begin], "*" * (stop - begin))
            at = stop
        return mask_line("".join((*pieces, self.content[at:end])))
