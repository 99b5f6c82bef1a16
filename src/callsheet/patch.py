"""Changes to JSON data, named by paths: what a fix does, before it becomes an edit of the text."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Literal, TypeAlias

    from callsheet.pointer import Path

    Applicability: TypeAlias = Literal["safe", "unsafe"]


class Remove(NamedTuple):
    """Take a key or an entry away."""

    path: Path


class Put(NamedTuple):
    """Set a value, in place of the one that stands there or as a new key: the `first` of its mapping or the last."""

    path: Path
    value: Any
    first: bool = False


class Insert(NamedTuple):
    """A new entry of a list, before the one that has its index, or at the end."""

    path: Path
    value: Any


class Rename(NamedTuple):
    """Give a key another name, at its place."""

    path: Path
    name: str


class Move(NamedTuple):
    """Take a key with its value to another place, where there is nothing yet; mappings on the way there are made."""

    path: Path
    to: Path


Change: TypeAlias = Remove | Put | Insert | Rename | Move


class Fix(NamedTuple):
    """What mends a fault: `safe` where the author surely meant what it gives, `unsafe` where somebody should look."""

    message: str
    changes: tuple[Change, ...]
    applicability: Applicability = "safe"


def moved_to(change: Change, prefix: Path, left_out: int = 0) -> Change:
    """The change at a place below `prefix`, the first `left_out` steps of its own path left out."""
    path = (*prefix, *change.path[left_out:])
    if isinstance(change, Move):
        return change._replace(path=path, to=(*prefix, *change.to[left_out:]))
    return change._replace(path=path)


def below(fix: Fix, prefix: Path) -> Fix:
    """The fix for data that stands below a path."""
    return fix._replace(changes=tuple(moved_to(change, prefix) for change in fix.changes))


def patch(data: Any, changes: Iterable[Change]) -> Any:
    """The data with the changes made; what was given stays as it was.

    Raises LookupError where a path leads nowhere, or to where there is something already.
    """
    result = _copy(data)
    try:
        for change in changes:
            _make(result, change)
    except (TypeError, AttributeError):  # a step into a text or a number
        raise LookupError from None
    return result


def _make(data: Any, change: Change) -> None:
    """Make one change, in place."""
    holder: Any = data
    for step in change.path[:-1]:
        holder = holder[step]
    last: Any = change.path[-1]
    match change:
        case Remove():
            del holder[last]
        case Put(value=value):
            holder[last] = _copy(value)
        case Insert(value=value):
            if not isinstance(holder, list) or not 0 <= last <= len(holder):
                raise LookupError(last)
            holder.insert(last, _copy(value))
        case Rename(name=name):
            if name in holder:
                raise LookupError(name)
            entries = [(name if key == last else key, value) for key, value in holder.items()]
            holder.clear()
            holder.update(entries)
        case Move(to=to):
            _set(data, to, holder.pop(last))


def _set(data: Any, path: Path, value: Any) -> None:
    """Set a value where there is none, and what is missing on the way there."""
    holder: Any = data
    for step in path[:-1]:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
    if path[-1] in holder:
        raise LookupError(path)
    holder[path[-1]] = value


def _copy(data: Any) -> Any:
    """The data anew, in which no two places share anything."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def same(one: Any, other: Any) -> bool:
    """Whether two pieces of JSON data are the same, where 1, 1.0 and true are three things."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
