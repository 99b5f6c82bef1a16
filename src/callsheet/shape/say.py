"""How values and shapes are put into words."""

from __future__ import annotations

from callsheet.redact import mask
from callsheet.shape.shape import (
    Choice,
    Either,
    Entries,
    Flag,
    Free,
    Items,
    Number,
    Record,
    Tagged,
    Text,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from callsheet.shape.shape import Shape

_LONGEST_VALUE = 40


def a_kind(value: Any) -> str:
    """The JSON type of a value, as a reader of YAML would call it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case float() if not value.is_integer():
            return "a fraction"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
    return "a mapping"


def shown(value: Any) -> str:
    """A value in backticks, cut where it is long, with nothing in it that looks like a credential."""
    import json

    if isinstance(value, str):
        text = json.dumps(mask(value), ensure_ascii=False)[1:-1]
    elif isinstance(value, (dict, list)):
        return a_kind(value)
    else:
        text = json.dumps(value)
    if len(text) > _LONGEST_VALUE:
        text = text[: _LONGEST_VALUE - 1] + "…"
    return f"`{text}`" if text.strip() else '`""`'


def either(names: Iterable[Any], last: str = "or") -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def number(value: float) -> str:
    """A bound without a needless fraction."""
    return str(int(value)) if float(value).is_integer() else str(value)


def bounds(shape: Number) -> str:
    """` from 0 to 1`, ` of at least 1`, or nothing."""
    low, high = shape.minimum, shape.maximum
    if low is not None and high is not None:
        return f" from {number(low)} to {number(high)}"
    if low is not None:
        return f" of at least {number(low)}"
    return "" if high is None else f" of at most {number(high)}"


def expected(shape: Shape) -> str:
    """What a shape takes."""
    match shape:
        case Text():
            return "text"
        case Choice(values=values):
            return either(values)
        case Number(whole=whole):
            return ("a whole number" if whole else "a number") + bounds(shape)
        case Flag():
            return "true or false"
        case Items(items=items):
            return "a list" if isinstance(items, (Record, Tagged, Either)) else f"a list of {_plural(items)}"
        case Entries():
            return "a mapping"
        case Free(anything=anything):
            return "any value" if anything else "a mapping"
        case Record(fields=fields):
            required = [name for name, field in fields.items() if field.required]
            return f"a mapping with {either(required or list(fields)[:3], 'and' if required else 'or')}"
        case Tagged(variants=variants, tag=tag):
            return f"a mapping whose `{tag}` is {either(variants)}"
        case Either(options=options):
            parts = [expected(option) for option in options]
            return ", ".join(parts[:-1]) + ", or " + parts[-1]


def _plural(items: Shape) -> str:
    return "texts" if isinstance(items, Text) else expected(items)
