"""A change of data as edits of the text that holds it: what it does not touch stays as it is, comments included.

What goes is the entry with the lines that it stands on, and with a comment that ends one of these. A comment on a
line of its own above it stays.
"""

from __future__ import annotations

import json
import re

from callsheet.named_tuple import NamedTuple
from callsheet.patch import Insert, Move, Put, Remove, Rename
from callsheet.source import quote, yaml_place
from callsheet.source.quote import Style

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from callsheet.patch import Change
    from callsheet.pointer import Path
    from callsheet.source.layout import Entry, Layout, Place, Written
    from callsheet.source.node import Node

_REST = re.compile(r"[ \t]*((?<=[ \t])#[^\r\n]*)?(\r\n|\r|\n|\Z)")
"""What may follow the last value on a line: blanks, a comment, the end."""
_COMMA = re.compile(r"\s*,")
_BREAK = re.compile(r"\r\n|\r|\n")
_STEP = 2
"""How far a mapping is moved in below its key."""


class Edit(NamedTuple):
    """A stretch of text, as offsets, and what takes its place."""

    start: int
    end: int
    content: str


class Unable(Exception):  # noqa: N818 - it is no error of the program
    """The change cannot be made in this text without touching more than is meant."""


def edited(content: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. Raises Unable where two of them are about the same stretch."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            raise Unable
        pieces += (content[at : edit.start], edit.content)
        at = edit.end
    return "".join((*pieces, content[at:]))


def edits(layout: Layout, root: Node, change: Change) -> list[Edit]:
    """The edits that make one change. Raises Unable.

    They are made with care and without proof: whoever makes them reads the result and compares.
    """
    editor = _Editor(layout, root)
    match change:
        case Remove(path):
            return editor.remove(*editor.entry(path))
        case Rename(path, name):
            place, index = editor.entry(path)
            return [editor.rename(place.written, index, name)]
        case Move(path, to):
            return editor.move(path, to)
        case Insert(path, value):
            return editor.insert(editor.holder(path), int(path[-1]), value)
        case Put(path, value, first):
            node = editor.node(path[:-1])
            old = node.child(path[-1])
            if old is not None:
                editor.check_quoted(old, value)
                return editor.replace(*editor.entry(path), value)
            if not isinstance(path[-1], str):
                raise Unable
            return editor.add(editor.holder(path).written, path[-1], value, first=first)


class _Editor:
    """Makes edits of one text."""

    def __init__(self, layout: Layout, root: Node) -> None:
        self.layout = layout
        self.root = root
        self.content = layout.text.content

    def node(self, path: Path) -> Node:
        node = self.root
        for step in path:
            below = node.child(step)
            if below is None:
                raise Unable
            node = below
        return node

    def holder(self, path: Path) -> Place:
        """Where the mapping or list is written that holds a path."""
        place = self.layout.collection(self.node(path[:-1]))
        if place is None:
            raise Unable
        return place

    def entry(self, path: Path) -> tuple[Place, int]:
        """Where an entry is written: the collection, and its index there."""
        node, last = self.node(path[:-1]), path[-1]
        if isinstance(last, int):
            place = self.holder(path)
            if not 0 <= last < len(place.written.entries):
                raise Unable
            return place, last
        mark = (node.keys or {}).get(last)
        found = mark and self.layout.entry(mark[1])
        if not found:
            raise Unable
        return found

    # What is there goes, or is replaced.

    def remove(self, place: Place, index: int) -> list[Edit]:
        holder = place.written
        if len(holder.entries) == 1:
            return self.empty(place)
        return self.out_of_flow(holder, index) if holder.flow else self.out_of_block(holder, index)

    def out_of_block(self, holder: Written, index: int) -> list[Edit]:
        entry = holder.entries[index]
        line = self.line_start(entry.start)
        stop = self.rest(entry.end)
        if self.content[line : entry.start].strip(" "):  # the first, on the line of the dash that opens the mapping
            if index:
                raise Unable
            return [Edit(entry.start, stop + len(re.match(r"\s*", self.content[stop:])[0]), "")]  # type: ignore[index]  # it always matches
        return [self.lines(line, stop)]

    def lines(self, start: int, stop: int) -> Edit:
        """Whole lines taken out; a text whose last line had no end has none afterwards either."""
        if stop == len(self.content) and self.content[stop - 1 : stop] not in "\r\n":
            start = len(self.content[:start].removesuffix("\n").removesuffix("\r"))
        return Edit(start, stop, "")

    def out_of_flow(self, holder: Written, index: int) -> list[Edit]:
        content = self.content
        entry = holder.entries[index]
        line = self.line_start(entry.start)
        alone = not content[line : entry.start].strip(" \t")
        comma = _COMMA.match(content, entry.end)
        if comma:
            rest = _REST.match(content, comma.end())
            if alone and rest and not _BREAK.search(content, entry.end, comma.end()):
                return [Edit(line, rest.end(), "")]
            stop = comma.end()
            if rest:
                return [Edit(len(content[: entry.start].rstrip(" \t")), stop, "")]
            return [Edit(entry.start, stop + len(content[stop:]) - len(content[stop:].lstrip(" \t")), "")]
        if not index:
            raise Unable
        before = holder.entries[index - 1].end
        rest = _REST.match(content, entry.end) if alone else None
        if "#" in content[before : entry.start]:
            return [Edit(line, rest.end(), "") if rest else Edit(entry.start, entry.end, "")]
        return [Edit(before, rest.start(2) if rest else entry.end, "")]

    def empty(self, place: Place) -> list[Edit]:
        """The only entry of a collection gone."""
        holder = place.written
        (entry,) = holder.entries
        if not holder.flow:
            return self.collapse(place, "{}" if holder.kind == "mapping" else "[]")
        comma = _COMMA.match(self.content, entry.end)
        stop = comma.end() if comma else entry.end
        if "#" in self.content[stop : holder.end] or "#" in self.content[holder.start : entry.start]:
            return [Edit(entry.start, stop, "")]
        opening = len(self.content[: entry.start].rstrip())
        return [Edit(opening, holder.end - 1, "")]

    def collapse(self, place: Place, text: str) -> list[Edit]:
        """A collection in block style gives way to something on one line, that of its key."""
        written, holder = place
        if written.anchor is not None or written.tagged:
            raise Unable
        opened = holder and self.opened(holder)
        if opened is None or not _BREAK.search(self.content, opened, written.start):
            return [Edit(written.start, written.end, text)]
        first = self.line_start(written.entries[0].start)
        return [Edit(opened, opened, f" {text}"), self.lines(first, self.rest(written.end))]

    def opened(self, holder: Entry) -> int:
        """Where the value of an entry may start: after its colon or its dash."""
        if self.content[holder.start : holder.key_end] == "-":
            return holder.key_end
        return yaml_place.empty_value(self.content, holder.key_end)

    def replace(self, place: Place, index: int, value: Any) -> list[Edit]:
        holder = place.written
        entry = holder.entries[index]
        old = entry.value
        style = self.style(holder)
        if old.kind == "scalar" and isinstance(value, str):
            style = style._replace(quote=quote.quote_of(self.content[old.start : old.end]))
        text = quote.written(value, style, flow=holder.flow)
        if old.kind in {"mapping", "sequence"} and not old.flow:
            return self.collapse(self.place(old, entry), text)
        if old.start == old.end:
            return [Edit(old.end, old.end, f" {text}")]
        if old.anchor is not None:
            text = f"&{old.anchor} {text}"
        return [Edit(old.start, old.end, text)]

    def place(self, written: Written, holder: Entry) -> Place:
        from callsheet.source.layout import Place

        return Place(written, holder)

    def check_quoted(self, old: Node, value: Any) -> None:
        """Raise Unable where quotes are to stand around a number that is not written as it counts: `0x10`, `1.10`."""
        if isinstance(old.value, (bool, int, float)) and value == json.dumps(old.value):
            raw = yaml_place.bare(self.content[old.start : old.end])
            if raw != value:
                raise Unable

    def rename(self, holder: Written, index: int, name: str) -> Edit:
        entry = holder.entries[index]
        raw = self.content[entry.start : entry.key_end]
        style = Style(self.layout.json, key_quote=quote.quote_of(raw))
        return Edit(entry.start, entry.key_end, quote.key(name, style))

    # What is new.

    def add(self, holder: Written, key: str, value: Any, *, first: bool = False) -> list[Edit]:
        """A new key."""
        style = self.style(holder)
        colon = style.colon if holder.flow else ": "
        pair = f"{quote.key(key, style)}{colon}{quote.written(value, style, flow=holder.flow)}"
        index = next((index for index, entry in enumerate(holder.entries) if not self.is_directive(entry)), None)
        if first and index is not None:
            return [self.before(holder, pair, index)]
        return self.into_flow(holder, [pair]) if holder.flow else [self.into_block(holder, [pair])]

    def insert(self, place: Place, index: int, value: Any) -> list[Edit]:
        """A new entry of a list."""
        holder = place.written
        if not 0 <= index <= len(holder.entries):
            raise Unable
        item = quote.written(value, self.style(holder), flow=holder.flow)
        if not holder.flow:
            item = f"- {item}"
        if index == len(holder.entries):
            return self.into_flow(holder, [item]) if holder.flow else [self.into_block(holder, [item])]
        return [self.before(holder, item, index)]

    def is_directive(self, entry: Entry) -> bool:
        """Whether a key is meant for callsheet; such ones stand above the rest."""
        return self.content[entry.start : entry.key_end].lstrip("\"'").startswith("$")

    def before(self, holder: Written, text: str, index: int) -> Edit:
        """Something new before an entry."""
        at = holder.entries[index].start
        line = self.line_start(at)
        alone = not self.content[line:at].strip(" \t")
        gap = self.newline() + self.content[line:at] if alone else " "
        if not holder.flow:
            return Edit(at, at, text + self.newline() + " " * (at - line))
        return Edit(at, at, f"{text},{gap}")

    def into_block(self, holder: Written, lines: list[str]) -> Edit:
        """Lines after the last entry of a collection in block style."""
        start, last = holder.entries[0].start, holder.entries[-1]
        margin = " " * (start - self.line_start(start))
        stop = self.rest(last.end)
        newline = self.newline()
        text = newline.join(margin + line if line else line for line in lines)
        if self.content[stop - 1 : stop] in {"\n", "\r"}:
            return Edit(stop, stop, text + newline)
        return Edit(stop, stop, newline + text)

    def into_flow(self, holder: Written, texts: list[str]) -> list[Edit]:
        """Something after the last entry of a collection in brackets."""
        content = self.content
        style = self.style(holder)
        text = style.comma.join(texts)
        if not holder.entries:
            at = content.rindex("{" if holder.kind == "mapping" else "[", holder.start, holder.end - 1) + 1
            if content[at : holder.end - 1].strip():
                raise Unable
            return [Edit(at, holder.end - 1, text)]
        last = holder.entries[-1]
        line = self.line_start(last.start)
        if content[line : last.start].strip(" \t"):
            return [Edit(last.end, last.end, style.comma.rstrip("\r\n\t ") + self.gap(style) + text)]
        margin = content[line : last.start]
        comma = _COMMA.match(content, last.end)
        rest = _REST.match(content, comma.end() if comma else last.end)
        if rest is None or (comma and not rest[2]):
            return [Edit(last.end, last.end, f",{self.newline()}{margin}{text}")]
        at = rest.start(2)
        new = Edit(at, at, f"{self.newline()}{margin}{text}{',' if comma else ''}")
        return [new] if comma else self.joined(Edit(last.end, last.end, ","), new)

    def gap(self, style: Style) -> str:
        return " " if style.comma.endswith(" ") else ""

    def joined(self, comma: Edit, new: Edit) -> list[Edit]:
        """A comma and what follows it, which are one edit where nothing stands between them."""
        return [Edit(comma.start, new.end, comma.content + new.content)] if comma.end == new.start else [comma, new]

    # What goes elsewhere.

    def move(self, path: Path, to: Path) -> list[Edit]:
        place, index = self.entry(path)
        source = place.written
        entry = source.entries[index]
        target, missing = self.target(to)
        style = self.style(target)
        raw_key = self.content[entry.start : entry.key_end]
        steps = [quote.key(str(step), style) for step in missing[:-1]]
        key = quote.key(str(missing[-1]), style._replace(key_quote=quote.quote_of(raw_key)))
        nested = entry.value.kind in {"mapping", "sequence"} and not entry.value.flow
        if not target.flow and not source.flow:
            stay = target is source
            start = entry.start if stay else target.entries[0].start
            return self.move_lines(place, index, target, [*steps, key], start - self.line_start(start))
        if nested:
            raise Unable
        value = self.content[entry.value.start : entry.value.end]
        if target is not source:
            margin = self.margin(target.entries[-1].start if target.entries else target.start)
            deeper = 0 if target.flow else _STEP * len(steps)
            value = self.shifted(value, margin + deeper - self.margin(entry.start))
        colon = style.colon if target.flow else ": "
        if not target.flow:
            lines = [" " * (_STEP * depth) + f"{step}:" for depth, step in enumerate(steps)]
            lines.append(" " * (_STEP * len(steps)) + f"{key}: {value}".rstrip())
            return [*self.remove(place, index), self.into_block(target, lines)]
        pair = f"{key}{colon}{value}".rstrip()
        for step in reversed(steps):
            pair = f"{step}{colon}{{{pair}}}"
        if target is source:
            return [Edit(entry.start, entry.end, pair)]
        return [*self.without_comment(place, index), *self.into_flow(target, [pair])]

    def target(self, to: Path) -> tuple[Written, Path]:
        """The innermost mapping on the way to a place that is there already, and the steps that are missing."""
        node = self.root
        for index, step in enumerate(to):
            below = node.child(step)
            if below is None:
                place = self.layout.collection(node)
                if place is None or place.written.kind != "mapping":
                    raise Unable
                return place.written, to[index:]
            node = below
        raise Unable

    def move_lines(self, place: Place, index: int, target: Written, keys: list[str], margin: int) -> list[Edit]:
        """Lines of block style moved to another mapping of that style, and further in."""
        source = place.written
        entry = source.entries[index]
        line = self.line_start(entry.start)
        deeper = margin + _STEP * (len(keys) - 1) - (entry.start - line)
        newline = self.newline()
        heads = [" " * (margin + _STEP * depth) + key for depth, key in enumerate(keys)]
        if target is source:
            body = self.shifted(self.content[entry.key_end : entry.end], deeper)
            return [Edit(entry.start, entry.end, f":{newline}".join(heads)[margin:] + body)]
        stop = self.rest(entry.end)
        tail = self.content[entry.key_end : stop].rstrip("\r\n")
        if self.content[line : entry.start].strip(" "):
            raise Unable
        above = self.comment_above(source, index, line)
        indent = heads[-1][: -len(keys[-1])]
        notes = [f"{indent}{note.lstrip(' ')}{newline}" for note in re.findall(r"[^\r\n]+", self.content[above:line])]
        heads[-1] = "".join([*notes, heads[-1]])
        text = f":{newline}".join(heads) + self.shifted(tail, deeper)
        gone = [self.lines(above, stop)] if above < line else self.remove(place, index)
        return [*gone, self.into_block(target, [text[margin:]])]

    def comment_above(self, holder: Written, index: int, line: int) -> int:
        """Where the comment begins whose lines end right above an entry, at its own margin; else the entry's `line`.

        What stands at the top of the text is about all of it, and what a lone entry leaves behind keeps its comment.
        """
        if len(holder.entries) == 1:
            return line
        margin = self.content[line : holder.entries[index].start]
        before = holder.entries[index - 1].end if index else 0
        found = line
        while found > 0:
            end = len(self.content[:found].removesuffix("\n").removesuffix("\r"))
            start = self.line_start(end)
            if start < before or not self.content.startswith(f"{margin}#", start):
                return found
            found = start
        return line

    def shifted(self, text: str, by: int) -> str:
        """The lines after the first one, moved in or out."""
        if by < 0:
            if re.search(rf"(?:\r\n|\r|\n)(?! {{{-by}}}|[ \t]*(?:[\r\n]|\Z))", text):
                raise Unable
            return re.sub(rf"(\r\n|\r|\n) {{{-by}}}", r"\1", text)
        return re.sub(r"(\r\n|\r(?!\n)|(?<!\r)\n)(?![ \t]*(?:[\r\n]|\Z))", rf"\g<1>{' ' * by}", text)

    def without_comment(self, place: Place, index: int) -> list[Edit]:
        """An entry removed whose comment stays, as the line that it was on goes elsewhere without it."""
        holder = place.written
        entry = holder.entries[index]
        rest = _REST.match(self.content, entry.end)
        if holder.flow or rest is None or not rest[1] or len(holder.entries) == 1:
            return self.remove(place, index)
        return [Edit(entry.start, rest.start(1), "")]

    # What stands around it.

    def style(self, holder: Written) -> Style:
        """How the entries of a collection are written, which a new one follows."""
        content = self.content
        keys = [content[entry.start : entry.key_end] for entry in holder.entries if holder.kind == "mapping"]
        values = [entry.value for entry in holder.entries if entry.value.kind == "scalar"]
        texts = [raw for value in values if quote.is_text(raw := content[value.start : value.end])]
        needed = next((mark for raw in texts if (mark := quote.quote_of(raw))), '"')
        style = Style(self.layout.json, quote.common_quote(texts), quote.common_quote(keys), needed)
        if holder.flow and holder.entries:
            last = holder.entries[-1]
            if holder.kind == "mapping" and content[last.key_end : last.value.start] == ":" and self.layout.json:
                style = style._replace(colon=":")
            gap = content[holder.entries[-2].end : last.start] if len(holder.entries) > 1 else style.colon
            if gap in {",", ":"}:  # what is dense here is dense everywhere
                style = style._replace(comma=",")
        return style

    def margin(self, at: int) -> int:
        """How far the line of an offset is indented."""
        line = self.line_start(at)
        return len(self.content[line:at]) - len(self.content[line:at].lstrip(" "))

    def line_start(self, at: int) -> int:
        """Where the line of an offset starts."""
        return max(self.content.rfind("\n", 0, at), self.content.rfind("\r", 0, at)) + 1

    def rest(self, at: int) -> int:
        """Where the line of an offset ends, with its end, after which nothing but a comment may follow on it."""
        match = _REST.match(self.content, at)
        if match is None:
            raise Unable
        return match.end()

    def newline(self) -> str:
        """What ends the lines of this text."""
        match = _BREAK.search(self.content)
        return match[0] if match else "\n"
