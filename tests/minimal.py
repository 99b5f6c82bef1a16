"""The smallest body that sets one thing, and what is said of it on a day.

For tests that go through the shapes key by key, value by value and date by date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.facts import known
from callsheet.lint import Linter, Options
from callsheet.rules import shape as shape_rules
from callsheet.rules.rule import Rule
from callsheet.shape.revision import EARLIEST, born, exists
from callsheet.shape.shape import Choice, Either, Entries, Field, Flag, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path

_STEP = re.compile(r"\[\]|\[[^\]]+\]|\*|[^.\[\]*]+")
_NAME = "name"
"""Any key of a mapping whose keys are free."""
_TODAY = "2026-11-20"
LATER = frozenset({"CS605", "CS606"})
"""What is found of a key, a value, a form or a name that the revision does not have."""
_MISFITS = {rule.code for rule in vars(shape_rules).values() if isinstance(rule, Rule)}


class _Unset:
    """No value: the smallest one will do."""


UNSET = _Unset()


class Setting(NamedTuple):
    """A body, and where in it stands what it was built for."""

    body: dict[str, Any]
    path: Path


def steps(row: str) -> tuple[str, ...]:
    """The way that a path of `callsheet.shape.table` goes: keys, `[]`, `*`, and variants such as `[mcp]`."""
    return tuple(_STEP.findall(row))


def setting(shape: Shape, row: str, value: Any = UNSET) -> Setting:
    """The smallest body of a shape that has something at a row's path: a value, or the smallest one.

    What is required beside it and above it is there, and nothing else. A value for a list that is none itself
    becomes its one entry. Raises LookupError if the shape has no such path.
    """
    body, path = _set(shape, steps(row), value)
    return Setting(body, path)


def smallest(shape: Shape, examples: tuple[Any, ...] = ()) -> Any:
    """The smallest value of a shape; text of a certain form is taken from its examples."""
    match shape:
        case Record(fields=fields):
            return {key: _of(field) for key, field in fields.items() if field.required}
        case Tagged(variants=variants):
            return smallest(next(iter(variants.values())))
        case Either(options=options):
            return smallest(options[0], examples)
        case Items(items=items, min_items=least):
            return [smallest(items)] * (least or 0)
        case Choice(values=values):
            return values[0]
        case Number(minimum=minimum):
            return minimum or 0
        case Flag():
            return True
        case Text(known=str(catalogue)):
            return known(catalogue, EARLIEST)[0]
        case Text(pattern=str(pattern)):
            return next(text for text in examples if re.fullmatch(pattern, text))
        case Text(min_length=least):
            return "x" * (least or 1)
    return {}


def latecomer(shape: Shape, row: str, day: str) -> Path | None:
    """The outermost part on the way to a row that was not there on a day; None where all of it was."""
    return _latecomer(shape, steps(row), day)


def eve(day: str) -> str:
    """The day before a day (ISO)."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def parts(shape: Shape) -> Iterator[Shape]:
    """A shape, and what it is made of at the same place: its alternatives, the entries of a list."""
    yield shape
    for part in shape.options if isinstance(shape, Either) else (shape.items,) if isinstance(shape, Items) else ():
        yield from parts(part)


def faults(kind: str, body: dict[str, Any], revision: str) -> list[Fault]:
    """All that is wrong with a body at a revision."""
    return _linter(kind, revision).body(body)


def later(kind: str, body: dict[str, Any], revision: str) -> list[Path]:
    """The places of what a revision does not have."""
    return [fault.place.path for fault in faults(kind, body, revision) if fault.code in LATER]  # type: ignore[union-attr]  # a body has paths


def misfits(kind: str, body: dict[str, Any], revision: str) -> list[Path]:
    """The places at which a body does not fit its shape at a revision, apart from what this does not have."""
    return [fault.place.path for fault in faults(kind, body, revision) if fault.code in _MISFITS]  # type: ignore[union-attr]  # a body has paths


@cache
def _linter(kind: str, revision: str) -> Linter:
    return Linter(Options(kind=kind, revision=revision, today=_TODAY))


def _of(field: Field) -> Any:
    return smallest(field.shape, field.examples)


def _set(shape: Shape, way: tuple[str, ...], value: Any) -> tuple[Any, Path]:
    if not way:
        return _leaf(shape, value)
    step, rest = way[0], way[1:]
    match shape:
        case Record(fields=fields) if step in fields:
            field = fields[step]
            inner, path = _set(field.shape, rest, _of(field) if value is UNSET and not rest else value)
            return {**smallest(shape), step: inner}, (step, *path)
        case Tagged(variants=variants) if step[1:-1] in variants:
            return _set(variants[step[1:-1]], rest, value)
        case Items(items=items) if step == "[]":
            inner, path = _set(items, rest, value)
            return [inner], (0, *path)
        case Entries(values=values) if step == "*":
            inner, path = _set(values, rest, value)
            return {_NAME: inner}, (_NAME, *path)
        case Either(options=options):
            for option in options:
                if _has(option, way):
                    return _set(option, way, value)
    raise LookupError(f"nothing is called {step} here")


def _leaf(shape: Shape, value: Any) -> tuple[Any, Path]:
    if value is UNSET:
        return smallest(shape), ()
    if isinstance(shape, Items) and not isinstance(value, (list, type(None))):
        return [value], (0,)
    return value, ()


def _latecomer(shape: Shape, way: tuple[str, ...], day: str) -> Path | None:
    if not way:
        return None
    step, rest = way[0], way[1:]
    path: Path | None = None
    match shape:
        case Record(fields=fields):
            if not exists(fields[step], day):
                return (step,)
            path = _latecomer(fields[step].shape, rest, day)
            return None if path is None else (step, *path)
        case Tagged(variants=variants, tag=tag):
            variant = variants[step[1:-1]]
            return (tag,) if born(variant) > day else _latecomer(variant, rest, day)
        case Items(items=items):
            path = _latecomer(items, rest, day)
            return None if path is None else (0, *path)
        case Entries(values=values):
            path = _latecomer(values, rest, day)
            return None if path is None else (_NAME, *path)
        case Either(options=options):
            option = next(option for option in options if _has(option, way))
            return () if born(option) > day else _latecomer(option, way, day)
    return path


def _has(shape: Shape, way: tuple[str, ...]) -> bool:
    try:
        _set(shape, way, UNSET)
    except LookupError:
        return False
    return True
