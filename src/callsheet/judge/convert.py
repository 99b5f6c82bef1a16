"""The value that was meant by one of another type, where it says so itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from callsheet.shape.shape import Either, Flag, Items, Number, Text, fits

if TYPE_CHECKING:
    from callsheet.shape.shape import Shape

TRUE = frozenset({"yes", "on", "y"})
FALSE = frozenset({"no", "off", "n"})
_LEAST_PERCENTAGE = 10
"""Below that, a whole number that is too large is more likely a slip than a percentage."""
UNCLEAR: Any = object()
"""What was meant cannot be told."""


def converted(shape: Shape, value: Any) -> tuple[Any, bool]:
    """The value that was meant, or UNCLEAR; and whether nothing else can have been meant."""
    match shape, value:
        case Either(options=options), _:
            found = (converted(option, value) for option in options)
            return next((pair for pair in found if pair[0] is not UNCLEAR), (UNCLEAR, False))
        case Flag(), str() if value.lower() in TRUE | {"true"}:
            return True, True
        case Flag(), str() if value.lower() in FALSE | {"false"}:
            return False, True
        case Number(), str():
            return _number(shape, value)
        case Number(whole=True), float() if value.is_integer() and _within(shape, int(value)):
            return int(value), True
        case Text(pattern=None), bool() | int() | float():
            return json.dumps(value), True  # an edit does it only where the text stands just so in the file
        case Items(items=items), _ if fits(items, value) and not isinstance(value, dict):
            return [value], True
    return UNCLEAR, False


def is_percentage(shape: Number, value: float) -> bool:
    """Whether a number says in percent what its place takes as a fraction."""
    low, high = shape.minimum, shape.maximum
    if shape.whole or low is None or high is None or value < _LEAST_PERCENTAGE:
        return False
    return 100 * low <= value <= 100 * high and value == int(value)


def of_percentage(shape: Number, value: str) -> float | None:
    """The fraction that a text such as `80%` means, if it is one that is taken."""
    digits = value.rstrip().removesuffix("%").rstrip()
    if digits == value.rstrip() or not (digits.isascii() and digits.isdigit() and len(digits) <= len("100")):
        return None
    return int(digits) / 100 if is_percentage(shape, int(digits)) else None


def _number(shape: Number, value: str) -> tuple[Any, bool]:
    """The number in a text, if it is one that is taken."""
    fraction = of_percentage(shape, value)
    if fraction is not None:
        return fraction, False
    digits = value.removeprefix("-")
    plain = digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0")
    if not plain and shape.whole:
        return UNCLEAR, False
    try:
        found = int(value) if plain else float(value)
    except ValueError:
        return UNCLEAR, False
    written = value.replace(".", "", 1).removeprefix("-").isdigit()
    return (found, True) if written and _within(shape, found) else (UNCLEAR, False)


def _within(shape: Number, value: float) -> bool:
    low, high = shape.minimum, shape.maximum
    return (low is None or value >= low) and (high is None or value <= high)
