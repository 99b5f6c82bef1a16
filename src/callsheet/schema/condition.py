"""The condition of a rule as it is said in the schema of a revision.

A published schema never changes, and the lists that rules are made of grow. So the condition that stands in it names
only what a revision has a date for: a model or a voice that a catalogue of `callsheet.facts` lists with its first day.
A name without a date, and a name that came later, is left out, and so is a key that the body did not have yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.facts import entries
from callsheet.shape.shape import Entries, Items, Record, Tagged, Text, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from callsheet.shape.shape import Shape

    Json: TypeAlias = dict[str, Any]

NEVER: dict[str, Any] = {"not": {}}
"""The condition that nothing meets."""
_CATALOGUES = ("model", "transcription-model", "voice")


def as_of(condition: Json, shape: Shape, date: str) -> Json:
    """A condition on a body as it was on a date (ISO); `shape` is that of the body on that day."""
    return _cut(condition, (shape,), date)


def _cut(condition: Json, here: tuple[Shape, ...], date: str) -> Json:
    names = any(isinstance(shape, Text) and shape.known is not None for shape in here)
    kept: Json = {}
    for keyword, said in condition.items():
        match keyword:
            case "allOf":
                parts = [_cut(part, here, date) for part in said]
                if NEVER in parts:
                    return NEVER
                kept |= _all(parts)
            case "anyOf":
                kept[keyword] = [part for part in (_cut(part, here, date) for part in said) if part != NEVER]
                if not kept[keyword]:
                    return NEVER
            case "not":
                inner = _cut(said, here, date)
                if inner != NEVER:  # what is not so never, is so always
                    kept[keyword] = inner
            case "properties":
                kept[keyword] = {key: _property(key, inner, here, date) for key, inner in said.items()}
                if any(inner == NEVER and key in condition["required"] for key, inner in kept[keyword].items()):
                    return NEVER
            case "items" | "contains":
                kept[keyword] = _cut(said, tuple(shape.items for shape in here if isinstance(shape, Items)), date)
                if kept[keyword] == NEVER and keyword == "contains":
                    return NEVER
            case "enum" if names:
                kept[keyword] = [name for name in said if _listed(name, date)]
                if not kept[keyword]:
                    return NEVER
            case "pattern" if names:
                return NEVER
            case _:
                kept[keyword] = said
    return kept


def _all(parts: list[Json]) -> Json:
    """The condition that all of these hold; those about keys of one object are written as one."""
    if any(part.keys() != {"type", "required", "properties"} for part in parts):
        return {"allOf": parts}
    keys = dict.fromkeys(key for part in parts for key in part["properties"])
    below = {key: [part["properties"][key] for part in parts if key in part["properties"]] for key in keys}
    met = {key: inner[0] if len(inner) == 1 else _all(inner) for key, inner in below.items()}
    return {"type": "object", "required": list(keys), "properties": met}


def _property(key: str, condition: Json, here: tuple[Shape, ...], date: str) -> Json:
    there = tuple(_below(here, key))
    return _cut(condition, there, date) if there else NEVER


def _below(here: tuple[Shape, ...], key: str) -> Iterator[Shape]:
    """Whatever may stand under a key."""
    for shape in here:
        match shape:
            case Record(fields=fields):
                if key in fields:
                    yield from alternatives(fields[key].shape)
            case Tagged(variants=variants):
                yield from _below(tuple(variants.values()), key)
            case Entries(values=values):
                yield from alternatives(values)


def _listed(name: str, date: str) -> bool:
    """Whether a name is known to have come by a date."""
    catalogues = (entries(catalogue) for catalogue in _CATALOGUES)
    return any(name in catalogue and catalogue[name].since <= date for catalogue in catalogues)
