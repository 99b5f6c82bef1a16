"""Nodes laid over each other: the plain work of `$extends` and `$unset`, without any files."""

from __future__ import annotations

from callsheet.source.node import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from callsheet.pointer import Path
    from callsheet.source.node import Mark

    Tree: TypeAlias = dict[str | int, "Tree | None"]
    """Paths that begin alike, folded together; None ends one."""


def merged(base: Node, over: Node, *, at_top: bool = False) -> Node:
    """One node over another: mappings merge, everything else replaces, and null is a value.

    A mapping that stands for a value from elsewhere is one value; at the top of a profile there is none.
    """
    if base is over or not (_merges(base, at_top=at_top) and _merges(over, at_top=at_top)):
        return over
    assert isinstance(base.children, dict)  # noqa: S101 - for mypy
    assert isinstance(over.children, dict)  # noqa: S101 - likewise
    members = dict(base.children)
    lost = [*(over.lost or ()), *(base.lost or ())]
    for key, child in over.children.items():
        below = members.get(key)
        members[key] = child if below is None else merged(below, child)
        if below is not None and members[key] is child:
            lost.append((key, below))
    marks = dict(over.keys or {})
    for key, mark in (base.keys or {}).items():
        marks.setdefault(key, mark)
    return mapping(over, members, marks, lost)


def without(node: Node, paths: Iterable[Path]) -> tuple[Node, set[Path]]:
    """A node without the values at some paths, and those paths that lead nowhere."""
    tree: Tree = {}
    for path in paths:
        inner = tree
        for step in path[:-1]:
            below = inner.setdefault(step, {})
            if below is None:
                break
            inner = below
        else:
            inner[path[-1]] = None
    nowhere: set[Path] = set()
    return _without(node, tree, (), nowhere), nowhere


def _without(node: Node, tree: Tree, at: Path, nowhere: set[Path]) -> Node:
    if not isinstance(node.children, dict):
        nowhere.update(_ends(tree, at))
        return node
    members = dict(node.children)
    gone: set[str] = set()
    for step, below in tree.items():
        child = members.get(step) if isinstance(step, str) else None
        if child is None or not isinstance(step, str):
            nowhere.update([(*at, step)] if below is None else _ends(below, (*at, step)))
        elif below is None:
            gone.add(step)
        else:
            members[step] = _without(child, below, (*at, step), nowhere)
    return without_keys(mapping(node, members, node.keys, node.lost), frozenset(gone))


def _ends(tree: Tree, at: Path) -> list[Path]:
    found: list[Path] = []
    for step, below in tree.items():
        found += [(*at, step)] if below is None else _ends(below, (*at, step))
    return found


def without_keys(node: Node, keys: frozenset[str]) -> Node:
    """A mapping without some of its keys."""
    if not isinstance(node.children, dict) or keys.isdisjoint(node.children):
        return node
    kept = {key: child for key, child in node.children.items() if key not in keys}
    marks = {key: mark for key, mark in (node.keys or {}).items() if key not in keys}
    gone = [(key, child) for key, child in node.children.items() if key in keys]
    return mapping(node, kept, marks, [*(node.lost or ()), *gone])


def mapping(
    at: Node, members: dict[str, Node], keys: dict[str, Mark] | None, lost: list[tuple[str, Node]] | None
) -> Node:
    """A mapping that stands where another one does."""
    value = {key: child.value for key, child in members.items()}
    once = list({id(child): (key, child) for key, child in lost or ()}.values())  # bases may meet again and again
    return Node(at.text, value, at.start, at.end, members, keys, once or None)


def size(node: Node) -> int:
    """How many values a node holds, itself included."""
    below = node.children
    if below is None:
        return 1
    return 1 + sum(map(size, below.values() if isinstance(below, dict) else below))


def _merges(node: Node, *, at_top: bool) -> bool:
    return isinstance(node.children, dict) and (at_top or not ("$file" in node.children or "$env" in node.children))
