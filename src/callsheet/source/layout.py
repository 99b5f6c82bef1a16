"""How a document is written: every entry where it stands, an alias as an alias.

A tree of nodes says what a text means and where each value is written. Whoever edits the text has to know as well
what stands around a value: brackets or lines, anchors, keys that are merged in. That is read a second time, from
libyaml's events, because only edits ask for it.
"""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple
from callsheet.source import yaml_place
from callsheet.source.document import is_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from callsheet.source.node import Node
    from callsheet.source.text import Text

    Kind: TypeAlias = Literal["mapping", "sequence", "scalar", "alias"]


class Entry(NamedTuple):
    """One entry of a mapping or a list. Of a list in block style, `start` is where its dash stands."""

    start: int
    key_end: int
    value: Written

    @property
    def end(self) -> int:
        """Where it ends: with its value, or where that is left out, after its colon or its dash."""
        return max(self.value.end, self.key_end)


class Written:
    """One value as it is written; `flow` says of a collection that it has brackets."""

    __slots__ = ("anchor", "end", "entries", "flow", "kind", "start", "tagged")

    def __init__(
        self, kind: Kind, start: int, end: int, *, flow: bool = False, anchor: str | None = None, tagged: bool = False
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.flow = flow
        self.anchor = anchor
        self.tagged = tagged
        self.entries: list[Entry] = []


class Place(NamedTuple):
    """A collection, and the entry that holds it; None for the one at the top."""

    written: Written
    holder: Entry | None


class Layout:
    """The collections of one text, found by where they start."""

    def __init__(self, text: Text, root: Node) -> None:
        self.text = text
        self.json = is_json(text)
        self.top = _of_node(root) if self.json else _Reader(text).top()
        self._mappings: dict[int, Place] = {}
        self._sequences: dict[int, Place] = {}
        self._keys: dict[int, tuple[Place, int]] = {}
        self._index(self.top)

    def _index(self, top: Written) -> None:
        pending = [Place(top, None)]
        while pending:
            place = pending.pop()
            written = place.written
            if written.kind == "mapping":
                self._mappings[written.start] = place
                self._keys.update((entry.start, (place, index)) for index, entry in enumerate(written.entries))
            elif written.kind == "sequence":
                self._sequences[written.start] = place
            pending += [Place(entry.value, entry) for entry in written.entries]

    def collection(self, node: Node) -> Place | None:
        """Where a mapping or a list is written."""
        return (self._mappings if isinstance(node.children, dict) else self._sequences).get(node.start)

    def entry(self, key_start: int) -> tuple[Place, int] | None:
        """The mapping and the index of the entry whose key starts at an offset."""
        return self._keys.get(key_start)


def _of_node(node: Node) -> Written:
    """JSON as it is written, which its nodes tell but for a key that stands there twice."""
    if isinstance(node.children, dict):
        written = Written("mapping", node.start, node.end, flow=True)
        keys = node.keys or {}
        if not node.lost:
            written.entries = [Entry(*keys[key][1:], _of_node(child)) for key, child in node.children.items()]
        return written
    if node.children is not None:
        written = Written("sequence", node.start, node.end, flow=True)
        written.entries = [Entry(child.start, child.start, _of_node(child)) for child in node.children]
        return written
    return Written("scalar", node.start, node.end)


class _Reader:
    """Reads YAML a second time, for its form alone."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.stack: list[Written] = []
        self.keys: list[tuple[int, int] | None] = []
        """For each mapping on the stack, the key that waits for its value."""
        self.ends: list[int] = []
        """For each collection on the stack, where what was read of it last ends."""

    def top(self) -> Written:
        import yaml
        from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out

        content, self.restore = yaml_place.hide_old_breaks(self.text.content)
        parser: Any = CParser(content)
        top: Written | None = None
        while top is None:
            event: Any = parser.get_event()
            match event:
                case yaml.ScalarEvent():
                    written = self.scalar(event)
                case yaml.AliasEvent(start_mark=start, end_mark=end):
                    written = Written("alias", start.index, end.index)  # type: ignore[union-attr]  # it has marks
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self.open(event, "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence")
                    continue
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    written = self.close(event)
                case _:
                    continue
            if self.stack:
                self.attach(written)
            else:
                top = written
        parser.dispose()
        return top

    def scalar(self, event: Any) -> Written:
        start, end = event.start_mark.index, event.end_mark.index
        if start == end and self.keys and self.keys[-1]:
            start = end = yaml_place.empty_value(self.text.content, self.ends[-1])
        elif event.style in ("|", ">"):
            raw = event.value.translate(self.restore) if self.restore else event.value
            end = yaml_place.block_end(self.text.content, raw, start, end)
        return Written("scalar", start, end, anchor=event.anchor, tagged=event.tag is not None)

    def open(self, event: Any, kind: Kind) -> None:
        start = event.start_mark.index
        flow = bool(event.flow_style)
        self.stack.append(Written(kind, start, start, flow=flow, anchor=event.anchor, tagged=event.tag is not None))
        self.keys.append(None)
        self.ends.append(event.end_mark.index)

    def close(self, event: Any) -> Written:
        written = self.stack.pop()
        self.keys.pop()
        last = self.ends.pop()
        start, end = event.start_mark.index, event.end_mark.index
        written.end = last if start == end else end
        return written

    def attach(self, written: Written) -> None:
        holder = self.stack[-1]
        if holder.kind == "sequence":
            start = written.start if holder.flow else self.dash(self.ends[-1], written.start)
            holder.entries.append(Entry(start, start if holder.flow else start + 1, written))
        elif self.keys[-1] is None:
            self.keys[-1] = (written.start, written.end)
        else:
            holder.entries.append(Entry(*self.keys[-1], written))
            self.keys[-1] = None
        self.ends[-1] = written.end

    def dash(self, after: int, start: int) -> int:
        """Where the dash of an entry stands that starts at `start`, and before which the last one ends at `after`."""
        content = self.text.content
        at = start
        while at > after:
            line = max(content.rfind("\n", after, at), content.rfind("\r", after, at)) + 1 or after
            head = content[line:at]
            if head.lstrip(" ").startswith("-"):
                return line + len(head) - len(head.lstrip(" "))
            at = line - 1
        head = content[:start].rstrip(" \t\r\n")
        return len(head) - 1 if head.endswith("-") else start
