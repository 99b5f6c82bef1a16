"""Shapes as they were on a date.

A revision of the API is a day on which something came or went. Shapes as they are derived hold all of it with its
dates; here they are cut down to one day. What is cut off is kept aside as `other`, so that a body which uses it can
be told when it came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.facts import dates_of
from callsheet.shape.shape import Choice, Either, Entries, Field, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

EARLIEST = "2025-09-12"
"""The first revision whose shapes are those of today; before it, sessions were still taking their form."""
NEVER = "9999-12-31"
"""A date after every revision."""


def as_of(shape: Shape, date: str = NEVER) -> Shape:
    """A shape as it was on a date (ISO; the day itself included); without one, as it is now.

    The shape must have existed by then: see `born`.
    """
    match shape:
        case Record(name=name, fields=fields, doc=doc):
            every = {**fields, **shape.other}
            kept = {key: _field(field, date) for key, field in every.items() if exists(field, date)}
            return Record(name, kept, doc, {key: field for key, field in every.items() if key not in kept})
        case Tagged(variants=variants, tag=tag):
            there = {name: variant for name, variant in variants.items() if born(variant) <= date}
            other = {name: variant for name, variant in variants.items() if name not in there}
            return Tagged({name: _record(variant, date) for name, variant in there.items()}, tag, other)
        case Either(options=options):
            now = [option for option in options if born(option) <= date]
            later = tuple(option for option in options if born(option) > date)
            return Either(tuple(as_of(option, date) for option in now), later)
        case Items(items=items):
            return shape._replace(items=as_of(items, date))
        case Entries(values=values):
            return Entries(as_of(values, date))
        case Choice(values=values):
            all_values = dict.fromkeys((*values, *(shape.removed or ())))
            return shape._replace(values=tuple(value for value in all_values if offered(shape, value, date)))
    return shape


def exists(field: Field, date: str) -> bool:
    """Whether a field was there on a date."""
    named = field.since <= date and (field.until is None or date < field.until)
    named = named or any(since <= date < until for since, until in field.earlier)
    return named and born(field.shape) <= date


def offered(choice: Choice, value: object, date: str) -> bool:
    """Whether a value was among those to choose from on a date."""
    added, removed = choice.added or {}, choice.removed or {}
    return added.get(str(value), "") <= date < removed.get(str(value), f"{NEVER}x")


def born(shape: Shape) -> str:
    """The first date on which anything had a shape: a record needs all that is required in it. "" is always."""
    match shape:
        case Record(fields=fields) if fields:
            required = [came(field) for field in fields.values() if field.required]
            return max(required) if required else min(map(came, fields.values()))
        case Tagged(variants=variants):
            return min(map(born, variants.values()))
        case Either(options=options):
            return min(map(born, options))
    return ""


def came(field: Field) -> str:
    """The first date on which a field was there."""
    return max(min([field.since, *(since for since, _ in field.earlier)]), born(field.shape))


def dates(shape: Shape) -> set[str]:
    """Every date on which something in a shape came or went."""
    return set(_dates(shape))


def _record(record: Record, date: str) -> Record:
    shape = as_of(record, date)
    assert isinstance(shape, Record)  # noqa: S101 - for mypy: as_of gives what it got
    return shape


def _field(field: Field, date: str) -> Field:
    shape = as_of(field.shape, date)
    if field.bounded is not None and date < field.bounded:
        shape = _unbounded(shape)
    return field._replace(shape=shape)


def _unbounded(shape: Shape) -> Shape:
    match shape:
        case Text(known=known):
            return Text(known=known)
        case Number(whole=whole):
            return Number(whole)
        case Items(items=items):
            return Items(items)
    return shape


def _dates(shape: Shape) -> Iterator[str]:
    match shape:
        case Record(fields=fields):
            for field in (*fields.values(), *shape.other.values()):
                yield from (date for date in (field.since, field.until, field.bounded) if date)
                for period in field.earlier:
                    yield from period
                yield from _dates(field.shape)
        case Tagged(variants=variants):
            for variant in variants.values():
                yield from _dates(variant)
        case Either(options=options):
            for option in options:
                yield from _dates(option)
        case Items(items=inner) | Entries(values=inner):
            yield from _dates(inner)
        case Choice(added=added, removed=removed):
            yield from (added or {}).values()
            yield from (removed or {}).values()
        case Text(known=str(catalogue)):
            yield from dates_of(catalogue)
