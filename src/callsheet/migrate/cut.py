"""Cuts the entries of a mapping out of their text, comments included, and makes the changes below them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from callsheet.migrate.piece import BREAK, Block, Piece, said_by, shifted
from callsheet.migrate.sheet import BLANK
from callsheet.migrate.todo import CannotMove
from callsheet.source import quote
from callsheet.source.edit import Edit, edited

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from callsheet.migrate.piece import Part
    from callsheet.migrate.sheet import Sheet
    from callsheet.migrate.todo import Todo
    from callsheet.pointer import Path
    from callsheet.source.layout import Entry, Written
    from callsheet.source.node import Node

    Arrange: TypeAlias = Callable[[list[Piece], str], list[Part]]
    """Pieces in order, for a text with this between its keys and its values."""

_NEXT_LINE = re.compile(r"\A[ \t]*:[ \t]*(?:\r\n|\r|\n)[ \t]*")
"""What stands before a value on the next line, which inside of brackets may stand anywhere."""


class Cutter:
    """Cuts up one text, and makes the changes in it that are to be made.

    The pieces of the mapping `at` a path are put into a new order by `arrange`. With `inline`, each alias gives way to
    what it stands for.
    """

    def __init__(self, sheet: Sheet, todo: Todo, at: Path, arrange: Arrange, *, inline: bool = False) -> None:
        self.sheet = sheet
        self.todo = todo
        self.at = at
        self.arrange = arrange
        self.inline = inline
        self.block = Block(sheet.unit(), sheet.newline)
        self.floating: list[str] = []
        """Comments that have lost their place, and wait for the next one above which they can stand."""

    def rewritten(self, entry: Entry, value: Any, *, lines: bool = False) -> Edit:
        """The edit that gives an entry a new value. Comments inside of the old one float."""
        written = entry.value
        anchor = f"&{written.anchor} " if written.anchor else ""
        content = anchor + self.sheet.new(value, entry, lines=lines)
        in_lines = written.kind in ("mapping", "sequence") and not written.flow
        start = entry.key_end if in_lines else written.start
        self.floating += [comment.content for comment in self.sheet.within(start, written.end)]
        return Edit(start, written.end, f": {content}" if in_lines else content)

    def edits(self, written: Written, node: Node, path: Path, begin: int | None = None) -> list[Edit]:
        """The edits inside of a mapping or list that make the changes below a path; its lines start at `begin`."""
        if isinstance(node.children, list):
            edits: list[Edit] = []
            for index, (entry, child) in enumerate(zip(written.entries, node.children, strict=True)):
                edits += self.below(entry, child, (*path, index))
            return edits
        if path == self.at:
            pieces = self.pieces(written, node, path, begin)
            return [self.laid(written, self.arrange(pieces, self._colon(written)), begin)]
        if self.todo.comes_or_goes(path, node):
            return [self.laid(written, self.pieces(written, node, path))]
        names = self.sheet.names(node)
        edits = []
        for entry in written.entries:
            name = names.get(entry.start)
            if name is not None and node.children is not None:
                edits += self.below(entry, node.children[name], (*path, name))
        return edits

    def below(self, entry: Entry, node: Node, path: Path, *, lines: bool = False) -> list[Edit]:
        """The edits inside of the value of an entry."""
        if path in self.todo.values:
            return [self.rewritten(entry, self.todo.values[path], lines=lines)]
        if self.inline and entry.value.kind == "alias":
            return [Edit(entry.value.start, entry.value.end, self.sheet.new(self.todo.at(path)))]
        if path == self.at and entry.value.kind == "mapping":
            return self.edits(entry.value, node, path)
        if path not in self.todo.touched and not self.inline:
            return []
        if not self.todo.is_plain(self.sheet, entry.value, node, path):
            return [self.rewritten(entry, self.todo.at(path), lines=lines)]
        return self.edits(entry.value, node, path)

    def pieces(self, written: Written, node: Node, path: Path, begin: int | None = None) -> list[Piece]:
        """The entries of a mapping, with the changes made in them; the first lead starts at `begin`."""
        names = self.sheet.names(node)
        children: Any = node.children
        done = self.sheet.begin(written) if begin is None else begin
        found: list[Piece] = []
        first = self.todo.firsts.get(path)
        if first is not None:
            key = quote.key(first.key, self.sheet.style)
            found.append(Piece(key, self._colon(written) + self.sheet.new(first.value), 0, name=first.key))
        flow = self.sheet.flow(written) if written.flow else None
        if written.flow and not written.entries:
            self.floating += self._said(written.start, written.end)
        for index, entry in enumerate(written.entries):
            lead = self._lead(done, self.sheet.start(entry), whole=index == 0 and not written.flow)
            end = self.sheet.extent(written, index)
            tail: tuple[str, ...] = ()
            comment = self.sheet.tail(end)
            done, gap = end, " "
            if comment is not None:
                between = self.sheet.content[end : comment.start]
                gap = between if between and not between.strip(" \t") else gap
                tail, done = (comment.content,), comment.end
            if written.flow and index == len(written.entries) - 1:
                tail += tuple(other.content for other in self.sheet.within(done, written.end))
            name = names.get(entry.start)
            if name is None:
                found.append(Piece("", "", 0, (*lead, *tail, *self._said(entry.start, end))))
                found += self._merged(node, names, path)
                continue
            below = (*path, name)
            if below in self.todo.dropped:
                found.append(self._left(entry, end, self.todo.dropped[below], lead, tail)._replace(name=name))
            elif below in self.todo.unwrapped and not self.todo.is_plain(
                self.sheet, entry.value, children[name], below
            ):
                said = tuple(comment.content for comment in self.sheet.within(entry.key_end, end))
                found.append(Piece("", "", 0, (*lead, *tail, *said)))
                found += [self._written(key, self.todo.at((*path, key))) for key in children[name].children]
            elif below in self.todo.unwrapped:
                inner = self.pieces(entry.value, children[name], below)
                head = (*lead, *(c.content for c in self.sheet.within(entry.key_end, self.sheet.begin(entry.value))))
                if not entry.value.flow and entry.value.entries:
                    last = self.sheet.last(entry.value)
                    tail = (*(comment.content for comment in self.sheet.within(last, end)), *tail)
                found += _around([self._levelled(piece, entry, written) for piece in inner], head, tail)
            else:
                edits = self.below(entry, children[name], below, lines=flow is not None and flow.lines)
                found.append(self._piece(entry, end, edits, lead, tail)._replace(name=name, gap=gap))
        return [piece for piece in found if piece.key or piece.lead]

    def _levelled(self, piece: Piece, entry: Entry, written: Written) -> Piece:
        """A piece out of a mapping whose brackets or key go, as if it had always stood around it."""
        if written.flow and piece.column == len(self.sheet.margin(entry.start)):
            return piece
        column = len(self.sheet.margin(entry.start)) if written.flow else self.sheet.column(self.sheet.start(entry))
        own = piece.rest if written.flow or not entry.value.flow else _NEXT_LINE.sub(": ", piece.rest)
        rest = shifted(own, column - piece.column)
        return piece._replace(rest=rest, column=column)

    def _colon(self, written: Written) -> str:
        """What stands between a key of a mapping and its value."""
        return self.sheet.flow(written).colon if written.flow else ": "

    def _lead(self, start: int, end: int, *, whole: bool) -> tuple[str, ...]:
        """The comments and empty lines of a stretch, which starts with a `whole` line or with the rest of one."""
        comments = {comment.start: comment.content for comment in self.sheet.within(start, end)}
        lead: list[str] = []
        lines = BREAK.split(self.sheet.content[start:end])
        at = start
        for number, line in enumerate(lines):
            said = next((comments[here] for here in range(at, at + len(line)) if here in comments), None)
            if said is not None:
                lead.append(said)
            elif (whole or number) and number < len(lines) - 1 and not line.strip(BLANK + ","):
                lead.append("")
            at += len(line)
            found = BREAK.match(self.sheet.content, at)
            at += len(found[0]) if found else 0
        return tuple(lead)

    def _piece(self, entry: Entry, end: int, edits: list[Edit], lead: tuple[str, ...], tail: tuple[str, ...]) -> Piece:
        start, key_end, value = self.sheet.start(entry), entry.key_end, entry.value
        edits = sorted(edits)
        key = self.sheet.content[entry.start : key_end]
        if start == entry.start or (edits and edits[0].start == key_end):
            rest = edited(self.sheet.content[:end], [*edits, Edit(0, key_end, "")])
        else:  # the key stands behind a question mark, on a line of its own
            self.floating += [comment.content for comment in self.sheet.within(key_end, value.start)]
            rest = edited(
                self.sheet.content[:end], [*edits, Edit(0, min([value.start, *(e.start for e in edits)]), "")]
            )
            compact = value.flow or value.kind in ("scalar", "alias") or value.anchor or value.tagged
            blanks = " " * self.sheet.column(value.start)
            rest = f": {rest}" if compact else f":{self.sheet.newline}{blanks}{rest.lstrip(BLANK)}"
        if value.start == value.end and not self.sheet.in_lines(entry):
            rest = (rest.rstrip() or ":") + " "
        floated, self.floating = tuple(self.floating), []
        column = self.sheet.column(start) if self.sheet.in_lines(entry) else len(self.sheet.margin(entry.start))
        return Piece(key, rest, column, (*lead, *floated), tail)

    def _left(self, entry: Entry, end: int, why: str, lead: tuple[str, ...], tail: tuple[str, ...]) -> Piece:
        """What is left of an entry that goes: its comments, and itself as one."""
        inner = self.sheet.within(entry.key_end, end)
        if self.sheet.json:
            return Piece("", "", 0, lead)
        value, gone = entry.value, [Edit(comment.start, comment.end, "") for comment in inner]
        if value.flow or value.kind in ("scalar", "alias"):
            key = self.sheet.content[entry.start : entry.key_end]
            own = edited(
                self.sheet.content[:end],
                [*(edit for edit in gone if edit.start >= value.start), Edit(0, value.start, "")],
            )
            bare = f"{key}: {own if own[:1] in {'|', '>'} else ' '.join(own.split())}"
        else:
            bare = edited(self.sheet.content[:end], [*gone, Edit(0, entry.start, "")])
        bare = shifted(bare, -self.sheet.column(self.sheet.start(entry)))
        said = [f"# {line.rstrip()}" for line in BREAK.split(bare) if line.strip()]
        said[0] += f"  ({why})"
        return Piece("", "", 0, (*lead, *tail, *(comment.content for comment in inner), *said))

    def _said(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(comment.content for comment in self.sheet.within(start, end))

    def _merged(self, node: Node, names: dict[int, str], path: Path) -> list[Piece]:
        """What a merge key brings, written out."""
        written = set(names.values())
        children: Any = node.children
        merged = [name for name in children if name not in written and (*path, name) not in self.todo.dropped]
        if any((*path, name) in self.todo.unwrapped for name in merged):
            raise CannotMove("`<<` brings a setting that has to be taken apart; write it out first")
        return [self._written(name, self.todo.at((*path, name))) for name in merged if name in self.todo.at(path)]

    def _written(self, key: str, value: Any) -> Piece:
        """A piece for an entry that stood nowhere."""
        return Piece(quote.key(key, self.sheet.style), self.sheet.style.colon + self.sheet.new(value), 0, name=key)

    def laid(self, written: Written, parts: Sequence[Part], begin: int | None = None) -> Edit:
        """The edit that puts parts at the place of a mapping."""
        if written.flow:
            flow = self.sheet.flow(written)
            if not flow.lines:
                self.floating += [line for part in parts for line in said_by(part)]
            start = self.sheet.begin(written) - (not self.sheet.bare(written))
            return Edit(start, written.end, flow.write(parts))
        start = self.sheet.begin(written) if begin is None else begin
        end = self.sheet.last(written)
        end += len(self.sheet.content[end:]) - len(self.sheet.content[end:].lstrip(BLANK))
        column = self.sheet.column(self.sheet.start(written.entries[0]))
        content = self.block.write(parts, column)
        for comment in self.sheet.comments[bisect_left(self.sheet.starts, end) :]:
            if self.sheet.content[end : comment.start].strip() or self.sheet.column(comment.start) <= column:
                break
            content += f"{self.sheet.newline}{' ' * column}{comment.content}"
            end = comment.end
        if self.sheet.column(start):  # behind a dash
            content = content.lstrip(BLANK)
        return Edit(start, end, content)


def _around(pieces: list[Piece], lead: tuple[str, ...], tail: tuple[str, ...]) -> list[Piece]:
    """Pieces with comments above the first and behind the last."""
    if not pieces:
        return [Piece("", "", 0, (*lead, *tail))]
    pieces[0] = pieces[0]._replace(lead=(*lead, *pieces[0].lead))
    last = pieces[-1]
    if not last.key or BREAK.search(last.rest):  # nothing may follow what stands on several lines
        return [*pieces, Piece("", "", 0, tail)]
    return [*pieces[:-1], last._replace(tail=(*last.tail, *tail))]
