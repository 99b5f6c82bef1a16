"""Where everything stands in a text that `simple` reads, so that a fault in one brings in no libyaml either.

The data is there already, and with it that the text is right: its lines are only followed here, and not questioned.
"""

from __future__ import annotations

from callsheet.source.node import Node
from callsheet.source.simple import (
    BLOCK,
    DEEPEST,
    OPENS,
    PLAIN,
    REMEMBERED,
    START,
    continued,
    remembered,
    scan,
    simple_data,
    text_block,
    understand,
)
from callsheet.source.yaml_place import block_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from callsheet.source.simple import Entry
    from callsheet.source.text import Text


def simple_root(text: Text) -> Node | None:
    """The top node of a text; None where `simple` declines it."""
    data = simple_data(text.content)
    return None if data is None else _Places(text).root(data)


class _Places:
    """Follows the lines of a text."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.lines = text.content.split("\n")
        self.number = 0
        """The line that comes next."""
        self.offset = 0
        """Where it starts."""
        self.opened: list[Node] = []

    def root(self, data: dict[str, Any]) -> Node:
        """The node of the data that the lines hold. What a line opens and closes is as `simple` has it."""
        holder: Any = Node(self.text, {"": data}, 0, 0, {}, {})
        level = -1
        slot: Any = ""
        opens = True
        above: list[tuple[int, Any]] = []
        self.go(int(self.lines[0] == "---"))
        while self.number < len(self.lines):
            line, here = self.lines[self.number], self.offset
            self.go(self.number + 1)
            understood = remembered(line) if len(line) <= REMEMBERED else understand(line)
            if understood is None:
                continue
            column, inner, key, kind, head = understood
            is_item = inner >= 0
            if opens and (column > level or (is_item and column == level and type(holder.children) is dict)):
                above.append((level, holder))
                holder, level = self.open(holder, slot, here + column), column
            while column < level:
                level, holder = above.pop()
            if not is_item and type(holder.children) is list:
                level, holder = above.pop()
            end = here + column + 1
            if is_item:
                slot = len(holder.children)
                holder.children.append(None)
                if key:
                    above.append((level, holder))
                    holder, level = self.open(holder, slot, here + inner), inner
            if key:
                slot, end = key, here + line.index(":", level) + 1
                holder.keys[key] = self.text, here + level, end - 1
            opens = kind == OPENS
            found = holder.value[slot]
            at = end if opens else here + _start(line)
            if kind == BLOCK:
                self.go(text_block(self.lines, self.number, level, head)[0])
                end = block_end(self.text.content, found, at, self.offset)
            elif kind == PLAIN and (after := continued(self.lines, self.number, level, "")[0]) > self.number:
                self.go(after)
                end = self.offset - len(self.lines[after - 1]) - 1 + len(self.lines[after - 1].rstrip(" "))
            elif not opens:
                holder.children[slot] = self.within(line, here, found, at - here)
                continue
            holder.children[slot] = Node(self.text, None if opens else found, at, end)
        for node in reversed(self.opened):
            node.end = _end(node.children)
        return self.opened[0]

    def go(self, number: int) -> None:
        """Go to a line further down."""
        self.offset += sum(map(len, self.lines[self.number : number])) + number - self.number
        self.number = number

    def open(self, holder: Any, slot: Any, start: int) -> Any:
        """A collection without brackets, put where it belongs; it ends with the last of its values."""
        value = holder.value[slot]
        mapping = type(value) is dict
        node = Node(self.text, value, start, start, {} if mapping else [], {} if mapping else None)
        holder.children[slot] = node
        self.opened.append(node)
        return node

    def within(self, line: str, here: int, value: Any, at: int) -> Node:
        """A value that ends on its line, which starts at `here`."""
        if line[at] not in "\"'[{":
            return Node(self.text, value, here + at, here + at + len(line[at:].partition(" #")[0].rstrip(" ")))
        inside: list[Entry] = []
        _, end = scan(line, at, DEEPEST, inside)
        return self.bracketed(line, here, value, (at, at, end, inside))

    def bracketed(self, line: str, here: int, value: Any, entry: Entry) -> Node:
        """A value in quotes or brackets, or within some."""
        _, start, end, inside = entry
        node = Node(self.text, value, here + start, here + end)
        if type(value) is dict:
            pairs = list(zip(value.items(), inside or (), strict=True))
            node.keys = {
                key: (self.text, here + below[0], here + line.index(":", below[0])) for (key, _), below in pairs
            }
            node.children = {key: self.bracketed(line, here, item, below) for (key, item), below in pairs}
        elif type(value) is list:
            node.children = [
                self.bracketed(line, here, item, below) for item, below in zip(value, inside or (), strict=True)
            ]
        return node


def _end(children: Any) -> int:
    """Where the last of some nodes ends."""
    last: Node = children[-1 if type(children) is list else next(reversed(children))]
    return last.end


def _start(line: str) -> int:
    """Where the value of a line starts."""
    start = START(line)
    assert start is not None  # noqa: S101 - everything in it may be absent
    return start.end()
