"""What stands at an offset of a text that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callsheet.diagnostic import Span

if TYPE_CHECKING:
    from callsheet.pointer import Path
    from callsheet.source.node import Node


class Here(NamedTuple):
    """A key or a value: its path, its place, and the node of the value."""

    path: Path
    span: Span
    node: Node
    is_key: bool


def here(root: Node, offset: int) -> Here:
    """The narrowest thing at an offset; the whole where there is nothing else."""
    path: Path = ()
    node = root
    while True:
        step = _step(node, offset)
        if step is None:
            return Here(path, node.span, node, is_key=False)
        name, below, key = step
        path = (*path, name)
        if key is not None:
            return Here(path, key, below, is_key=True)
        node = below


def _step(node: Node, offset: int) -> tuple[str | int, Node, Span | None] | None:
    if isinstance(node.children, dict):
        for name, child in node.children.items():
            mark = (node.keys or {}).get(name)
            if mark is not None and mark[1] <= offset <= mark[2] and mark[0] is node.text:
                return name, child, Span(mark[1], mark[2])
            if _within(child, node, offset):
                return name, child, None
    elif isinstance(node.children, list):
        for index, child in enumerate(node.children):
            if _within(child, node, offset):
                return index, child, None
    return None


def _within(child: Node, node: Node, offset: int) -> bool:
    """Whether a value is written at an offset, and not only meant there by an alias."""
    written = node.start <= child.start and child.end <= node.end
    return written and child.text is node.text and child.start <= offset <= child.end
