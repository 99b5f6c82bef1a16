"""Pieces of a text: an entry with its comments, cut out so that it can be put down elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BREAK = re.compile(r"\r\n|\r|\n")


class Piece(NamedTuple):
    """One entry, its `key` as it is written and as it is meant. Without one it is comments alone.

    `lead` are the comments above it, "" being an empty line; `tail` are those behind it. `rest` is what follows the
    key, from the colon on, as it was written where the entry stood at `column`; `gap` is what keeps the first comment
    behind it apart.
    """

    key: str
    rest: str
    column: int
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    name: str = ""
    gap: str = " "


class Group(NamedTuple):
    """A mapping that is new, with what moves into it."""

    key: str
    entries: list[Part]


Part: TypeAlias = "Piece | Group"


def shifted(content: str, columns: int, blank: str = " ") -> str:
    """The text with every line but its first moved; lines without a single character stay without."""
    if columns == 0:
        return content
    pieces: list[str] = []
    at = 0
    for match in BREAK.finditer(content):
        pieces.append(content[at : match.end()])
        at = match.end()
        if columns > 0:
            pieces.append("" if BREAK.match(content, at) or at == len(content) else blank * columns)
            continue
        gone = 0
        while gone < -columns and content[at + gone : at + gone + 1] in {" ", "\t"}:
            gone += 1
        at += gone
    return "".join((*pieces, content[at:]))


def hoisted(parts: list[Part]) -> tuple[tuple[str, ...], list[Part]]:
    """The empty lines above the first of some parts, and the parts without them."""
    if not parts:
        return (), parts
    first = parts[0]
    if isinstance(first, Group):
        blanks, entries = hoisted(first.entries)
        return blanks, [first._replace(entries=entries), *parts[1:]]
    count = 0
    while count < len(first.lead) and not first.lead[count]:
        count += 1
    return first.lead[:count], [first._replace(lead=first.lead[count:]), *parts[1:]]


def said_by(part: Part) -> list[str]:
    """The comments around the entries of a part."""
    if isinstance(part, Group):
        return [line for entry in part.entries for line in said_by(entry)]
    return [line for line in (*part.lead, *part.tail) if line]


class Block(NamedTuple):
    """How to put parts down as lines; `unit` is how far a mapping is moved in."""

    unit: int
    newline: str

    def write(self, parts: Sequence[Part], column: int) -> str:
        """The lines, without an end to the last one and with the blanks before the first."""
        return self.newline.join(self._lines(parts, column))

    def _lines(self, parts: Iterable[Part], column: int) -> Iterable[str]:
        blanks = " " * column
        for part in parts:
            if isinstance(part, Group):
                above, entries = hoisted(part.entries)
                yield from above
                yield f"{blanks}{part.key}:"
                yield from self._lines(entries, column + self.unit)
                continue
            yield from (blanks + line if line else "" for line in part.lead)
            if part.key:
                tail = f"{part.gap}{part.tail[0]}" if part.tail else ""
                yield blanks + part.key + shifted(part.rest or ":", column - part.column) + tail
                yield from (blanks + comment for comment in part.tail[1:])


class Flow(NamedTuple):
    """How to put parts down in brackets.

    `lines` says that each stands on a line of its own, and then `margin` is what the line starts with on which the
    bracket opens, and `unit` what is added to it for each level.
    """

    lines: bool
    margin: str
    unit: str
    newline: str
    colon: str = ": "
    comma: str = ", "
    padding: str = ""

    def write(self, parts: Sequence[Part]) -> str:
        """The brackets with everything in them."""
        if not self.lines:
            return self._in_line(parts)
        return "{" + self.newline + self.newline.join(self._lines(parts, 1)) + self.newline + self.margin + "}"

    def _in_line(self, parts: Iterable[Part]) -> str:
        entries = [
            f"{part.key}{self.colon}{self._in_line(part.entries)}" if isinstance(part, Group) else part.key + part.rest
            for part in parts
            if part.key
        ]
        return "{" + self.padding + self.comma.join(entries) + self.padding + "}" if entries else "{}"

    def _lines(self, parts: Sequence[Part], level: int) -> Iterable[str]:
        blanks = self.margin + self.unit * level
        last = max((number for number, part in enumerate(parts) if part.key), default=-1)
        for number, part in enumerate(parts):
            comma = "," if number < last else ""
            if isinstance(part, Group):
                above, entries = hoisted(part.entries)
                yield from above
                yield f"{blanks}{part.key}{self.colon}{{"
                yield from self._lines(entries, level + 1)
                yield f"{blanks}}}{comma}"
                continue
            yield from (blanks + line if line else "" for line in part.lead)
            if part.key:
                rest = shifted(part.rest, len(blanks) - part.column, self.unit[:1] or " ")
                tail = f"{part.gap}{part.tail[0]}" if part.tail else ""
                yield blanks + part.key + rest + comma + tail
                yield from (blanks + comment for comment in part.tail[1:])
