"""What differs between two tables, without what follows from something else that is told.

A document may have any number of keys that callsheet lacks, and is compared with every revision: nothing here looks
through a whole table for the sake of one key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.drift.upstream import Unread
from callsheet.shape.difference import Difference, differences
from callsheet.shape.shape import Choice, Either, Entries, Items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.shape.shape import Shape
    from callsheet.shape.table import Row

_VARIANT = re.compile(r"\[[^\]]+\]")
_TEXTS = frozenset({"string", "array<string>"})


class Told(NamedTuple):
    """A difference in one place."""

    path: str
    aspect: str
    name: str
    ours: Any
    theirs: Any


class Table:
    """Rows by path; `above` are the paths that have something below them, `variants` those that end in a `[name]`."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self.rows = rows
        self.above = {above for path in rows for above in _above(path)}
        self.variants = {variant for path in rows for variant, _ in _variants(path)}
        self.unread = {path for path, row in rows.items() if _is_unread(row.field.shape)}


def between(ours: Table, theirs: Table) -> Iterator[Told]:
    """What differs between two tables."""
    plain: set[str] = set()
    """Paths at which only one side goes on below, while the types say so already."""
    seen: set[str] = set()
    for path, aspect, left, right, name in _differences(ours.rows, theirs.rows):
        if path in theirs.unread and path in ours.rows:
            continue
        if any(above in theirs.unread or above in plain for above in _above(path)):
            continue
        if aspect == "type" and not (path in ours.above and path in theirs.above):
            plain.add(path)
        told = Told(path, aspect, name, left, right)
        if aspect == "key":
            told = _variant(told, theirs if right is None else ours)
            if told.path in seen:
                continue
            seen.add(told.path)
        yield told
    for path, row in ours.rows.items():
        if path in theirs.rows and path not in theirs.unread:
            yield from _beyond(row, theirs.rows[path])


def _differences(ours: Mapping[str, Row], theirs: Mapping[str, Row]) -> Iterator[Difference]:
    """Everything that differs, path by path; of a key that one side lacks, the keys below are not told."""
    lacking: set[str] = set()
    for path in [*ours, *(path for path in theirs if path not in ours)]:
        if any(above in lacking for above in _above(path)):
            continue
        left, right = ours.get(path), theirs.get(path)
        if left is not None and right is not None:
            yield from differences({path: left}, {path: right})
            continue
        lacking.add(path)
        yield Difference(path, "key", left and " | ".join(left.types), right and " | ".join(right.types))


def _beyond(ours: Row, theirs: Row) -> Iterator[Told]:
    """What two rows say that is no difference between revisions of callsheet: defaults, and open lists of values."""
    if _TEXTS & {*ours.types} and _TEXTS & {*theirs.types} and ours.open != theirs.open:
        yield Told(ours.path, "open", "", ours.open, theirs.open)
    fixed = isinstance(ours.field.shape, Choice) and len(ours.field.shape.values) == 1 and ours.required
    left, right = ours.field.default, theirs.field.default
    if not fixed and left != right:
        yield Told(ours.path, "default", "", left, right)


def _variant(told: Told, other: Table) -> Told:
    """A key that is missing because the whole variant of its object is: then that is told instead."""
    for variant, name in _variants(told.path):
        if variant not in other.variants:
            return told._replace(path=variant, aspect="variant", ours=told.ours and name, theirs=told.theirs and name)
    return told


def _variants(path: str) -> Iterator[tuple[str, str]]:
    """The beginnings of a path that end with a variant, each with the name of that."""
    for match in _VARIANT.finditer(path):
        yield path[: match.end()], match[0][1:-1]


def _above(path: str) -> Iterator[str]:
    """The paths that a path is below, nearest first."""
    end = max(path.rfind("."), path.rfind("["))
    while end >= 0:
        yield path[:end]
        end = max(path.rfind(".", 0, end), path.rfind("[", 0, end))


def _is_unread(shape: Shape) -> bool:
    match shape:
        case Either(options=options):
            return any(map(_is_unread, options))
        case Items(items=inner) | Entries(values=inner):
            return _is_unread(inner)
    return isinstance(shape, Unread)
