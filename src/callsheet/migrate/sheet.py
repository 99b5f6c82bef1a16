"""A text as whoever cuts it up has to see it: its comments, its lines, and how its mappings are written."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from callsheet.migrate.piece import BREAK, Flow
from callsheet.source import quote
from callsheet.source.comment import comments
from callsheet.source.layout import Layout
from callsheet.source.quote import Style

if TYPE_CHECKING:
    from callsheet.source.comment import Comment
    from callsheet.source.layout import Entry, Written
    from callsheet.source.node import Node
    from callsheet.source.text import Text

BLANK = " \t"
STEP = 2
"""How far a mapping is moved in below its key, where the text has no other habit."""


class Sheet:
    """One text, and where everything in it stands."""

    def __init__(self, text: Text, root: Node) -> None:
        self.content = text.content
        self.lines = text.starts
        self.layout = Layout(text, root)
        self.json = self.layout.json
        self.comments = comments(text)
        self.starts = [comment.start for comment in self.comments]
        found = BREAK.search(self.content)
        self.newline = found[0] if found else "\n"
        keys = [self.content[entry.start : entry.key_end] for entry in self.layout.top.entries]
        self.style = Style(self.json, '"' if self.json else "", quote.common_quote(keys))
        if self.layout.top.flow:
            flow = self.flow(self.layout.top)
            self.style = self.style._replace(colon=flow.colon, comma=flow.comma)

    def unit(self) -> int:
        """How far mappings are moved in below their keys."""
        for entry in self.layout.top.entries:
            value = entry.value
            if value.kind == "mapping" and not value.flow and value.entries:
                return max(self.column(value.entries[0].start) - self.column(entry.start), 1)
        return STEP

    def line_start(self, at: int) -> int:
        """Where the line of an offset starts."""
        return self.lines[bisect_right(self.lines, at) - 1]

    def column(self, at: int) -> int:
        """How far an offset is from the start of its line."""
        return at - self.line_start(at)

    def margin(self, at: int) -> str:
        """The blanks with which the line of an offset starts."""
        line = self.content[self.line_start(at) : at]
        return line[: len(line) - len(line.lstrip(BLANK))]

    def within(self, start: int, end: int) -> list[Comment]:
        """The comments that start in a stretch."""
        return self.comments[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def tail(self, at: int) -> Comment | None:
        """The comment behind what ends at an offset, on the same line."""
        index = bisect_left(self.starts, at)
        comment = self.comments[index] if index < len(self.comments) else None
        if comment is None or self.content[at : comment.start].strip(BLANK + ","):
            return None
        return comment

    def start(self, entry: Entry) -> int:
        """Where an entry starts: with its key, or with the question mark before it."""
        before = self.content[: entry.start].rstrip(BLANK)
        if not before.endswith("?") or self.json:
            return entry.start
        mark = len(before) - 1
        return mark if not self.content[mark - 1 : mark].strip(BLANK + "\r\n{,-[") else entry.start

    def extent(self, written: Written, index: int) -> int:
        """Where an entry ends; of a mapping in lines, with the comments that are moved in deeper than its key."""
        entry = written.entries[index]
        end = entry.end
        if written.flow or entry.value.kind not in ("mapping", "sequence") or entry.value.flow:
            return end
        tail = self.tail(end)
        end = tail.end if tail else end
        for comment in self.comments[bisect_left(self.starts, end) :]:
            deeper = self.column(comment.start) > self.column(self.start(entry))
            if not deeper or self.content[end : comment.start].strip():
                break
            end = comment.end
        return end

    def last(self, written: Written) -> int:
        """Where the last entry of a mapping in lines ends, with the comment behind it."""
        end = self.extent(written, len(written.entries) - 1)
        tail = self.tail(end)
        return tail.end if tail else end

    def names(self, node: Node) -> dict[int, str]:
        """The keys of a mapping that are written in it, by where they stand."""
        starts = {entry.start for entry in self._entries(node)}
        return {start: name for name, (_, start, _) in (node.keys or {}).items() if start in starts}

    def _entries(self, node: Node) -> list[Entry]:
        place = self.layout.collection(node)
        return place.written.entries if place is not None else []

    def in_lines(self, entry: Entry) -> bool:
        """Whether an entry stands in a mapping without brackets."""
        place = self.layout.entry(entry.start)
        return place is not None and not place[0].written.flow

    def begin(self, written: Written) -> int:
        """Where the lines of a mapping start, or its inside, if it has brackets."""
        if written.flow:
            return written.start if self.bare(written) else self.content.index("{", written.start) + 1
        if not written.entries:
            return written.start
        first = self.start(written.entries[0])
        line = self.line_start(first)
        if self.content[line:first].strip(BLANK):
            return first
        number = bisect_right(self.lines, line) - 1
        while number > 0:
            above = self.content[self.lines[number - 1] : self.lines[number]].strip()
            if above and not above.startswith("#"):
                break
            number -= 1
        return self.lines[number]

    def bare(self, written: Written) -> bool:
        """Whether a mapping in a list with brackets has none of its own: `[name: x]`."""
        return not (written.anchor or written.tagged or self.content[written.start : written.start + 1] == "{")

    def unit_of(self, written: Written) -> str:
        """What is added to the start of a line for each level, where that can be seen at a mapping in brackets."""
        if not written.entries or not BREAK.search(self.content, written.start, written.entries[0].start):
            return ""
        margin, inside = self.margin(written.start), self.margin(written.entries[0].start)
        return inside[len(margin) :] if inside.startswith(margin) else ""

    def flow(self, written: Written) -> Flow:
        """How a mapping in brackets is written."""
        content, entries = self.content, written.entries
        opened = self.begin(written)
        if not entries:
            return Flow(False, "", "", self.newline)
        edges = [opened, *(entry.end for entry in entries)]
        starts = [*(self.start(entry) for entry in entries), written.end - (not self.bare(written))]
        said = any(self.within(edge, start) for edge, start in zip(edges, starts, strict=True))
        lines = said or BREAK.search(content, opened, entries[0].start) is not None
        between = content[entries[0].key_end : entries[0].value.start]
        colon = between if between.strip(BLANK) == ":" and (self.json or between[-1:] == " ") else ": "
        comma = "," if colon == ":" else ", "
        padding = " " if not lines and content[opened : opened + 1] == " " else ""
        unit = self.unit_of(written) or self.unit_of(self.layout.top) or " " * STEP
        return Flow(lines, self.margin(written.start), unit, self.newline, colon, comma, padding)

    def new(self, value: Any, entry: Entry | None = None, *, lines: bool = False) -> str:
        """A new value, in the style of the one at whose place it stands."""
        style = self.style
        if entry is not None and self.json and lines and self._spreads(entry, value):
            unit = self.unit_of(self.layout.top) or " " * STEP
            spread = json.dumps(value, indent=unit, ensure_ascii=False)
            return spread.replace("\n", self.newline + self.margin(entry.start))
        if entry is not None and not self.json and entry.value.kind == "scalar" and isinstance(value, str):
            style = style._replace(quote=quote.quote_of(self.content[entry.value.start : entry.value.end]))
        return quote.written(value, style)

    def _spreads(self, entry: Entry, value: Any) -> bool:
        written = entry.value
        spread = BREAK.search(self.content, written.start, written.end) is not None
        return isinstance(value, (dict, list)) and (spread or written.kind == "scalar")
