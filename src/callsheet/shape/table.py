"""A shape as a table: one row for each key, at every depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.facts import known
from callsheet.shape.revision import came
from callsheet.shape.shape import (
    Choice,
    Either,
    Entries,
    Field,
    Flag,
    Free,
    Items,
    Number,
    Record,
    Shape,
    Tagged,
    Text,
    alternatives,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class Row(NamedTuple):
    """One key.

    `path` is dotted, with `[]` for the entries of a list, `*` for the values of a free mapping and `[mcp]` for the
    variant whose `type` is `mcp`: `tools[][mcp].server_label`. `types` are JSON types, with that of their entries for
    lists (`array<string>`). `values` are the words and numbers that are named; `open` says that any other text is
    taken as well. `bounds` are keywords of JSON Schema. `since` is the day on which the key came to this place.
    """

    path: str
    types: tuple[str, ...]
    required: bool
    null: bool
    values: tuple[Any, ...]
    open: bool
    bounds: dict[str, Any]
    since: str
    field: Field
    record: Record


def rows(shape: Shape, date: str | None = None) -> dict[str, Row]:
    """The rows of a shape by path, in its order; names of models and voices as they were known on a date (ISO)."""
    return {row.path: row for row in _rows(shape, "", "", date)}


def _rows(shape: Shape, at: str, since: str, date: str | None) -> Iterator[Row]:
    match shape:
        case Record(fields=fields):
            for key, field in fields.items():
                path = f"{at}.{key}" if at else key
                there = max(since, came(field))
                yield _row(path, field, shape, there, date)
                yield from _rows(field.shape, path, there, date)
        case Tagged(variants=variants):
            for name, variant in variants.items():
                yield from _rows(variant, f"{at}[{name}]", since, date)
        case Either(options=options):
            for option in options:
                yield from _rows(option, at, since, date)
        case Items(items=inner):
            yield from _rows(inner, f"{at}[]", since, date)
        case Entries(values=inner):
            yield from _rows(inner, f"{at}.*", since, date)


def _row(path: str, field: Field, record: Record, since: str, date: str | None) -> Row:
    parts = alternatives(field.shape)
    types: list[str] = []
    values: list[Any] = []
    bounds: dict[str, Any] = {}
    anything = False
    for part in parts:
        types.append(_type(part))
        bounds |= _bounds(part)
        inner = part.items if isinstance(part, Items) else part
        for one in alternatives(inner):
            if isinstance(one, Choice):
                values += one.values
            elif isinstance(one, Text):
                anything = True
                values += known(one.known, date) if one.known is not None else ()
    distinct = tuple(dict.fromkeys(types))
    return Row(
        path, distinct, field.required, field.null != "no", tuple(values), anything, bounds, since, field, record
    )


def _type(shape: Shape) -> str:
    match shape:
        case Text():
            return "string"
        case Choice(values=values):
            return "string" if isinstance(values[0], str) else "integer"
        case Number(whole=whole):
            return "integer" if whole else "number"
        case Flag():
            return "boolean"
        case Items(items=items):
            return f"array<{_type(items)}>"
        case Either(options=options):
            return " | ".join(dict.fromkeys(map(_type, options)))
        case Free(anything=True):
            return "any"
        case Entries(values=values):
            return f"map<{_type(values)}>"
    return "object"


def _bounds(shape: Shape) -> dict[str, Any]:
    """The bounds of a shape as keywords of JSON Schema, those of a list's entries as `items.maxLength`."""
    said: dict[str, Any] = {}
    match shape:
        case Text():
            said = {"minLength": shape.min_length, "maxLength": shape.max_length, "pattern": shape.pattern}
        case Number():
            said = {"minimum": shape.minimum, "maximum": shape.maximum}
        case Items():
            said = {"minItems": shape.min_items, "maxItems": shape.max_items}
            said |= {f"items.{keyword}": bound for keyword, bound in _bounds(shape.items).items()}
    return {keyword: bound for keyword, bound in said.items() if bound is not None}
