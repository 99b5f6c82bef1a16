"""What a plain YAML scalar means: the core schema of YAML 1.2, in which `yes`, `on` and `012` are no traps."""

from __future__ import annotations

import re
from sys import float_info

from callsheet.source import problem
from callsheet.source.problem import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
"""The plain scalars that are words and mean something else than their letters."""
NUMBER_STARTS = frozenset("0123456789+-.")
"""With what every number starts, and some that is none."""
_NUMBER = re.compile(r"[-+]?(?:(?P<int>[0-9]+)|(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?)\Z")
# What most files never need is compiled, by `re` itself, when the first file needs it.
_BASED = r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z"
_NOT_FINITE = r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"


def resolve(raw: str, start: int, end: int) -> Any:
    """The value of a plain scalar. Raises ReadError for a number that cannot be sent."""
    if raw[:1] not in NUMBER_STARTS:
        return WORDS.get(raw, raw)
    match = _NUMBER.match(raw)
    if match:
        return number(raw, start, end, whole=match["int"] is not None)
    if re.match(_BASED, raw):
        return _fitting(int(raw, 0), raw, start, end)
    if re.match(_NOT_FINITE, raw):
        raise not_finite(raw, start, end)
    return raw


def not_finite(raw: str, start: int, end: int) -> ReadError:
    """The error for a NaN or an infinity, however it is spelled."""
    return ReadError(
        problem.NOT_A_JSON_NUMBER,
        f"`{raw}` cannot be sent: JSON has no such number",
        start,
        end,
        "write a finite number",
    )


def number(raw: str, start: int, end: int, *, whole: bool) -> int | float:
    """The value of a decimal literal, `whole` if it has neither a fraction nor an exponent.

    Raises ReadError where the service refuses the literal or JSON cannot carry it.
    """
    if len(raw) > problem.MAX_DIGITS:
        raise _too_long(raw, start, end)
    if whole:
        return _fitting(int(raw), raw, start, end)
    value = float(raw)
    if value in (float("inf"), float("-inf")):
        raise not_finite(raw, start, end)
    decimals = len(raw.partition(".")[2].lower().partition("e")[0])
    if decimals > problem.MAX_DECIMALS:
        raise ReadError(
            problem.TOO_MANY_DECIMALS,
            f"a number with {decimals} decimals is refused by the service, which takes at most {problem.MAX_DECIMALS}",
            start,
            end,
            f"write {round(value, 15)!r}",
        )
    return value


def _fitting(value: int, raw: str, start: int, end: int) -> int:
    """The value, unless no double comes near it. Python could not even print the longest hexadecimal ones."""
    if abs(value) > float_info.max:
        raise _too_long(raw, start, end)
    return value


def _too_long(raw: str, start: int, end: int) -> ReadError:
    return ReadError(
        problem.NOT_A_JSON_NUMBER,
        f"a number of {len(raw)} characters is more than JSON readers can hold",
        start,
        end,
        "write a shorter number, or quote it if it is text",
    )
