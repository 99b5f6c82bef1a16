"""The files that a text names, and where it names them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Span
    from callsheet.source.node import Node


class Reference(NamedTuple):
    """A name of a file in a text: what is written, its place, and the path that it means."""

    name: str
    span: Span
    path: str


def references(root: Node | None) -> Iterator[Reference]:
    """All that a text names in `$extends` and `$file`; nothing for one that cannot be read."""
    if root is None:
        return
    seen: set[int] = set()
    for path, node in root.walk():
        if path and _names(path) and isinstance(node.value, str) and node.value and id(node) not in seen:
            seen.add(id(node))
            folder = os.path.dirname(node.text.path)
            yield Reference(node.value, node.span, os.path.join(folder, node.value))


def _names(path: tuple[str | int, ...]) -> bool:
    own = path[:1] == ("$extends",) and (len(path) == 1 or (len(path) == 2 and isinstance(path[1], int)))  # noqa: PLR2004 - an entry of its list
    return own or (len(path) > 1 and path[-1] == "$file")
