"""What can happen to a flat body on its way, each named by a path in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from callsheet.pointer import Path


class Replace(NamedTuple):
    """Another value for a key."""

    path: Path
    value: Any


class First(NamedTuple):
    """A new key, the first of the mapping at a path."""

    path: Path
    key: str
    value: Any


class Drop(NamedTuple):
    """A key that has no place any more, and why; where a text can say so, it stays as a comment."""

    path: Path
    why: str


class Unwrap(NamedTuple):
    """A mapping whose entries move into the mapping around it, in its place."""

    path: Path


Change: TypeAlias = Replace | First | Drop | Unwrap


class Note(NamedTuple):
    """Something that somebody should know about a place; `open` where it is left for them to do."""

    path: Path
    said: str
    open: bool = False


class Plan(NamedTuple):
    """How a body gets to today's shape.

    `changes` are made first, each at its path in the body as it was. Then every top-level key of the session, which
    stands at `at`, goes where `moves` says, and what is not named there stays. `kind` is the type of the session,
    None where it is not to be written. With `wrapped`, a session that was the whole body comes to stand in `session`.
    """

    at: Path
    kind: str | None
    moves: dict[str, Path]
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    wrapped: bool = False
