"""Pieces of a flat session, each put where it stands in today's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.facts.key import BETA_KEYS
from callsheet.migrate.order import rank
from callsheet.migrate.piece import Group, Piece
from callsheet.source import quote

if TYPE_CHECKING:
    from callsheet.migrate.change import Plan
    from callsheet.migrate.piece import Part
    from callsheet.pointer import Path
    from callsheet.source.quote import Style

_OWN = ("$", "x-")
_BESIDE_TEMPERATURE = "max_output_tokens"
"""Behind which setting the comment stands that is left of `temperature`."""


def requoted(raw: str, name: str) -> str:
    """Another key, in the quotes of this one."""
    mark = quote.quote_of(raw)
    return mark + name + mark


def arranged(pieces: list[Piece], plan: Plan, style: Style, kind: str) -> list[Part]:
    """The pieces of a session in today's order and groups; `kind` is its type, from the colon on, as it is written."""
    parts: list[tuple[tuple[int, ...], Path, Piece]] = []
    begun = False
    previous: tuple[int, ...] = (-1,)
    for piece in pieces:
        name = piece.name
        path = plan.moves.get(name, (name,))
        key = piece.key if path == (name,) or not piece.key else requoted(piece.key, str(path[-1]))
        if not piece.key:
            order = _left(piece) or previous
            path = path[:-1]
        elif name.startswith(_OWN):
            order = rank(path) if not begun or "&" in piece.rest else (len(BETA_KEYS) * 9,)
        else:
            begun = True
            order = previous = rank(path)
        parts.append((order, path, piece._replace(key=key)))
    if plan.kind is not None:
        parts.append((rank(("type",)), ("type",), Piece(quote.key("type", style), kind, 0)))
    parts.sort(key=lambda part: part[0])
    _spaced(parts)
    if not plan.wrapped:
        return _grouped([(path, piece) for _, path, piece in parts], style)
    beside = [part for part in parts if part[1] and (str(part[1][0]).startswith(_OWN) or part[1][0] == "expires_after")]
    inside = [(path, piece) for order, path, piece in parts if (order, path, piece) not in beside]
    own = [piece for _, _, piece in beside]
    return [*own, Group(quote.key("session", style), _grouped(inside, style))]


def _spaced(parts: list[tuple[tuple[int, ...], Path, Piece]]) -> None:
    """Let the type, where it stands below directives, have the empty line that was above the first setting."""
    for number, (order, path, piece) in enumerate(parts[1:-1], 1):
        following = parts[number + 1]
        lead = following[2].lead
        if path == ("type",) and lead[:1] == ("",) and not piece.lead:
            parts[number] = (order, path, piece._replace(lead=("",)))
            parts[number + 1] = (*following[:2], following[2]._replace(lead=lead[1:]))


def _left(piece: Piece) -> tuple[int, ...] | None:
    """Where the comment belongs that a key has left behind."""
    key = BETA_KEYS.get(piece.name)
    return None if key is None else rank((key.path or _BESIDE_TEMPERATURE,))


def _grouped(parts: list[tuple[Path, Piece]], style: Style) -> list[Part]:
    """The pieces, with those that go deeper below new keys."""
    result: list[Part] = []
    groups: dict[Path, list[Part]] = {(): result}
    for path, piece in parts:
        holder: Path = ()
        placed = _without_blanks(piece, groups.get(path[:1])) if len(path) > 1 else piece
        for step in path[:-1]:
            inner = (*holder, step)
            if inner not in groups:
                groups[inner] = []
                groups[holder].append(Group(quote.key(str(step), style), groups[inner]))
            holder = inner
        groups[holder].append(placed)
    return result


def _without_blanks(piece: Piece, group: list[Part] | None) -> Piece:
    """A piece that goes into a group; only the first of the group keeps the empty lines above it, for the group."""
    bare = tuple(line for line in piece.lead if line)
    if group is None and piece.lead[:1] == ("",):
        return piece._replace(lead=("", *bare))
    return piece._replace(lead=bare)
