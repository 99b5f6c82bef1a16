"""A value and where it stands."""

from __future__ import annotations

from callsheet.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from callsheet.diagnostic import Place
    from callsheet.pointer import Path
    from callsheet.source.text import Text

    Mark: TypeAlias = tuple[Text, int, int]
    """A stretch of one text: where it starts and, exclusively, ends."""


UNREADABLE: Any = object()
"""The value of a node whose text has a fault of its own; whoever judges values passes over it."""
LOST_KEY = "\0"
"""What stands for a key that could not be read, with the value that is lost for it."""


class Node:
    """One value of a document: the plain data, its span, and the nodes below it.

    `value` is plain JSON data for the whole subtree. `children` is a dict for a mapping, a list for a
    sequence, None for a scalar. `keys` holds where each key of a mapping is written. A node that is reached
    through an alias or a merge key is the node at its anchor: it stands where it is written. `lost` holds, with
    their keys, the nodes that are written in a mapping and did not make it into its data.
    """

    __slots__ = ("children", "end", "keys", "lost", "start", "text", "value")

    def __init__(
        self,
        text: Text,
        value: Any,
        start: int,
        end: int,
        children: dict[str, Node] | list[Node] | None = None,
        keys: dict[str, Mark] | None = None,
        lost: list[tuple[str, Node]] | None = None,
    ) -> None:
        self.text = text
        self.value = value
        self.start = start
        self.end = end
        self.children = children
        self.keys = keys
        self.lost = lost

    @property
    def span(self) -> Span:
        """Where the value is written."""
        return Span(self.start, self.end)

    def child(self, step: str | int) -> Node | None:
        """The node one step below, or None."""
        match self.children:
            case dict() as members:
                return members.get(step) if isinstance(step, str) else None
            case list() as items:
                return items[step] if isinstance(step, int) and 0 <= step < len(items) else None
        return None

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Every node from here down with its path, in the order of the text; aliases are followed."""
        yield path, self
        match self.children:
            case dict() as members:
                for key, node in members.items():
                    yield from node.walk((*path, key))
            case list() as items:
                for index, node in enumerate(items):
                    yield from node.walk((*path, index))

    def locate(self, place: Place) -> tuple[Text, Span]:
        """The text and the span of a place. A path that leads nowhere ends at the last node on its way."""
        node: Node = self
        holder: Node | None = None
        last: str | int | None = None
        for step in place.path:
            below = node.child(step)
            if below is None:
                break
            holder, last, node = node, step, below
        mark = holder.keys.get(last) if holder is not None and holder.keys and isinstance(last, str) else None
        if mark is None and node.keys:
            mark = next(iter(node.keys.values()))
        if place.part == "value" or mark is None:
            return node.text, node.span
        text, start, end = mark
        return text, Span(start, end)
