"""The files that a text names, and where it names them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from callsheet.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def naming(root: Node | None, path: str) -> Span:
    """Where a text names a file, or else what may lead to it through others."""
    named = list(references(root))
    where = real(path)
    for reference in named:
        if real(reference.path) == where:
            return reference.span
    return named[0].span if named else Span(0, 0)


def real(path: str) -> str:
    """What a file is known by, whatever links lead to it; the path itself where that cannot be told."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _names(path: tuple[str | int, ...]) -> bool:
    own = path[:1] == ("$extends",) and (len(path) == 1 or (len(path) == 2 and isinstance(path[1], int)))  # noqa: PLR2004 - an entry of its list
    return own or (len(path) > 1 and path[-1] == "$file")
