"""Changes to JSON data, named by paths: what a fix does, before it becomes an edit of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.pointer import Path

Applicability: TypeAlias = Literal["safe", "unsafe"]


class Remove(NamedTuple):
    """Take a key or an entry away."""

    path: Path


class Put(NamedTuple):
    """Set a value, in place of the one that stands there or as a new key."""

    path: Path
    value: Any


class Rename(NamedTuple):
    """Give a key another name, at its place."""

    path: Path
    name: str


Change: TypeAlias = Remove | Put | Rename


class Fix(NamedTuple):
    """What mends a fault: `safe` where nothing but the fault changes, `unsafe` where somebody should look."""

    message: str
    changes: tuple[Change, ...]
    applicability: Applicability = "safe"


def below(fix: Fix, prefix: Path) -> Fix:
    """The fix for data that stands below a path."""
    return fix._replace(changes=tuple(change._replace(path=(*prefix, *change.path)) for change in fix.changes))


def patch(data: Any, changes: Iterable[Change]) -> Any:
    """The data with the changes made; what was given stays as it was.

    Raises LookupError where a path leads nowhere.
    """
    from copy import deepcopy

    result = deepcopy(data)
    for change in changes:
        holder: Any = result
        for step in change.path[:-1]:
            holder = holder[step]
        last: Any = change.path[-1]
        match change:
            case Remove():
                del holder[last]
            case Put(value=value):
                holder[last] = deepcopy(value)
            case Rename(name=name):
                entries = [(name if key == last else key, value) for key, value in holder.items()]
                holder.clear()
                holder.update(entries)
    return result
