"""Whether a value is in order, at one quick look: as most are, and then `walk` need not go through them with a path.

A no says only that `walk` is to look: it may have nothing to say, for it knows of placeholders and of other revisions.
"""

from __future__ import annotations

import re
from functools import cache

from callsheet.shape.shape import Choice, Either, Entries, Flag, Free, Items, Number, Record, Tagged, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from callsheet.shape.shape import Shape


def is_fine(shape: Shape, value: Any, *, partial: bool) -> bool:
    """Whether a value is in order beyond doubt; in a `partial` one nothing is missing."""
    return _LOOKS[type(shape)](shape, value, partial)


def _record(record: Record, value: Any, partial: bool) -> bool:
    if type(value) is not dict:
        return False
    fields = record.fields
    for key, item in value.items():
        field = fields.get(key)
        if field is None:
            return False
        if item is None:
            if field.null != "yes":
                return False
        else:
            shape = field.shape
            if not _LOOKS[type(shape)](shape, item, partial):
                return False
    if not partial:
        for key, field in fields.items():
            if field.required and key not in value:
                return False
    return True


def _tagged(shape: Tagged, value: Any, partial: bool) -> bool:
    tag = value.get(shape.tag) if type(value) is dict else None
    variant = shape.variants.get(tag) if type(tag) is str else None
    return variant is not None and _record(variant, value, partial)


def _either(shape: Either, value: Any, partial: bool) -> bool:
    for option in shape.options:  # noqa: SIM110 - a generator takes longer than the look itself; as below
        if _LOOKS[type(option)](option, value, partial):
            return True
    return False


def _items(shape: Items, value: Any, partial: bool) -> bool:
    if type(value) is not list or not _within(len(value), shape.min_items, shape.max_items):
        return False
    inner = shape.items
    look = _LOOKS[type(inner)]
    for item in value:  # noqa: SIM110
        if item is None or not look(inner, item, partial):
            return False
    return True


def _entries(shape: Entries, value: Any, partial: bool) -> bool:
    if type(value) is not dict or _is_placeholder(value):
        return False
    inner = shape.values
    look = _LOOKS[type(inner)]
    return all(item is not None and look(inner, item, partial) for item in value.values())


def _free(shape: Free, value: Any, _partial: bool) -> bool:
    return not _is_placeholder(value) if type(value) is dict else shape.anything


def _text(shape: Text, value: Any, _partial: bool) -> bool:
    if type(value) is not str:
        return False
    least, most, pattern, _ = shape
    return (
        (least is None or len(value) >= least)
        and (most is None or len(value) <= most)
        and (pattern is None or form(pattern).fullmatch(value) is not None)
    )


def _choice(shape: Choice, value: Any, _partial: bool) -> bool:
    values = shape.values
    return type(value) is type(values[0]) and value in values


def _number(shape: Number, value: Any, _partial: bool) -> bool:
    kind = type(value)
    if kind is not int and (kind is not float or (shape.whole and not value.is_integer())):
        return False
    return _within(value, shape.minimum, shape.maximum)


def _flag(_shape: Flag, value: Any, _partial: bool) -> bool:
    return type(value) is bool


def _within(number: float, low: float | None, high: float | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)


def _is_placeholder(value: dict[str, Any]) -> bool:
    return "$file" in value or "$env" in value


@cache
def form(pattern: str) -> re.Pattern[str]:
    """The form that a text has to have, compiled when the first one has to."""
    return re.compile(pattern)


_LOOKS: dict[type, Callable[[Any, Any, bool], bool]] = {
    Record: _record,
    Tagged: _tagged,
    Either: _either,
    Items: _items,
    Entries: _entries,
    Free: _free,
    Text: _text,
    Choice: _choice,
    Number: _number,
    Flag: _flag,
}
"""For each kind of shape: whether a value is in order by it."""
