"""A text that is to be edited: what it says, how it is written, and which of its places are one and the same."""

from __future__ import annotations

from functools import cached_property

from callsheet.named_tuple import NamedTuple
from callsheet.patch import Move, Put, moved_to, patch, same
from callsheet.source.document import read_text
from callsheet.source.edit import Edit, Unable, edited, edits
from callsheet.source.layout import Layout
from callsheet.source.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from callsheet.patch import Change
    from callsheet.pointer import Path
    from callsheet.source.document import Document
    from callsheet.source.node import Node


class Local(NamedTuple):
    """A change in the terms of one text: at one of the places that it shows at, and at all of them.

    Several they are where the value stands behind aliases or merge keys. `left_out` says by how many steps the paths
    are shorter than those of the profile, which may have taken this text in further down.
    """

    change: Change
    everywhere: tuple[Change, ...]
    left_out: int


class Source:
    """One text, read for itself, with nothing of what it builds on."""

    def __init__(self, document: Document) -> None:
        if document.root is None:
            raise Unable
        self.document = document
        self.text = document.text
        self.root: Node = document.root
        self.data: Any = document.data

    @cached_property
    def layout(self) -> Layout:
        """How it is written."""
        return Layout(self.text, self.root)

    @cached_property
    def _paths(self) -> tuple[dict[int, list[Path]], dict[int, list[Path]], dict[tuple[int, bool], Node]]:
        """The paths of each node, and of each written key; and the collections by where they start."""
        nodes: dict[int, list[Path]] = {}
        keys: dict[int, list[Path]] = {}
        collections: dict[tuple[int, bool], Node] = {}
        for path, node in self.root.walk():
            nodes.setdefault(id(node), []).append(path)
            if node.children is not None:
                collections[node.start, isinstance(node.children, dict)] = node
            for key, (_text, start, _end) in (node.keys or {}).items():
                keys.setdefault(start, []).append((*path, key))
        return nodes, keys, collections

    def local(self, change: Change, holder: Node) -> Local:
        """A change at a path of a profile, whose `holder` there is written in this text. Raises Unable."""
        nodes, keys, collections = self._paths
        last: Any = change.path[-1]
        existing = holder.child(last)
        mark = (holder.keys or {}).get(last) if existing is not None else None
        if mark is not None:
            paths = keys.get(mark[1], [])
            found = self.layout.entry(mark[1])
            if isinstance(change, Put) and found and found[0].written.entries[found[1]].value.anchor is not None:
                paths = nodes[id(self._at(paths[0]))]  # its aliases get another value, too
        else:
            own = collections.get((holder.start, isinstance(holder.children, dict)))
            paths = [(*path, last) for path in nodes.get(id(own), [])]
        path = self._here(change.path, paths)
        left_out = len(change.path) - len(path)
        if isinstance(change, Move) and (len(paths) > 1 or change.to[:left_out] != change.path[:left_out]):
            raise Unable
        if isinstance(change, Move):
            return Local(here := moved_to(change, (), left_out), (here,), left_out)
        return Local(change._replace(path=path), tuple(change._replace(path=other) for other in paths), left_out)

    def _at(self, path: Path) -> Node:
        node = self.root
        for step in path:
            below = node.child(step)
            if below is None:
                raise Unable
            node = below
        return node

    def _here(self, path: Path, paths: Sequence[Path]) -> Path:
        """The one of some paths here with which the path of a profile ends, the longest."""
        ends = [end for end in paths if path[len(path) - len(end) :] == end]
        if not ends:
            raise Unable
        return max(ends, key=len)

    def edits(self, changes: Sequence[Local]) -> tuple[Edit, ...]:
        """The edits that make the changes, one change after the other. Raises Unable."""
        if len(changes) == 1:
            return tuple(edits(self.layout, self.root, changes[0].change))
        source = self
        for local in changes:
            source = source.with_edits(edits(source.layout, source.root, local.change))
        return tuple(difference(self.text.content, source.text.content))

    def with_edits(self, made: Sequence[Edit]) -> Source:
        """The text after some edits, read again. Raises Unable where they broke it."""
        text = Text(self.text.path, edited(self.text.content, made))
        document = read_text(text, mapping=isinstance(self.data, dict))
        if len(document.faults) > len(self.document.faults):
            raise Unable
        return Source(document)

    def proves(self, made: Sequence[Edit], changes: Sequence[Change]) -> bool:
        """Whether the text after the edits says what the data says after the changes, and nothing else."""
        try:
            return same(self.with_edits(made).data, patch(self.data, changes))
        except (Unable, LookupError):
            return False


def difference(old: str, new: str) -> list[Edit]:
    """The edits that lead from one text to another, line by line."""
    from difflib import SequenceMatcher

    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    found: list[Edit] = []
    for what, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        gone, come = old[starts[first] : starts[last]], "".join(after[begin:end])
        head = _common(gone, come)
        tail = _common(gone[head:][::-1], come[head:][::-1])
        found.append(Edit(starts[first] + head, starts[last] - tail, come[head : len(come) - tail]))
    return found


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
