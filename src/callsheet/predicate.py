"""Conditions on JSON data that can be tested and can be written as a JSON Schema, with the same verdict.

    has("audio.input.turn_detection") & is_("audio.input.transcription.model", "gpt-realtime-whisper")

A path is keys joined by dots. Where something on the way is missing or is no object, the condition is false.
The schemas use draft-07 keywords only and mean the same under 2020-12.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Json: TypeAlias = dict[str, Any]


class Predicate:
    """A condition: `test` decides it for a value, `schema` says it in JSON Schema.

    `keys` are keys that an object must have at its top for the condition to hold: without them nobody need test it.
    """

    __slots__ = ("_test", "keys", "schema")

    def __init__(self, test: Callable[[Any], bool], schema: Json, keys: frozenset[str] = frozenset()) -> None:
        self._test = test
        self.schema = schema
        self.keys = keys

    def test(self, value: Any) -> bool:
        """Whether the condition holds for a value."""
        return self._test(value)

    def __and__(self, other: Predicate) -> Predicate:
        mine, others = self._test, other._test
        schema = {"allOf": [self.schema, other.schema]}
        return Predicate(lambda value: mine(value) and others(value), schema, self.keys | other.keys)

    def __or__(self, other: Predicate) -> Predicate:
        mine, others = self._test, other._test
        schema = {"anyOf": [self.schema, other.schema]}
        return Predicate(lambda value: mine(value) or others(value), schema, self.keys & other.keys)

    def __invert__(self) -> Predicate:
        mine = self._test
        return Predicate(lambda value: not mine(value), {"not": self.schema})

    def __repr__(self) -> str:
        return f"Predicate({self.schema})"


def at(path: str, inner: Predicate) -> Predicate:
    """Something stands at the path, and `inner` holds for it."""
    keys = path.split(".")
    test = inner._test  # noqa: SLF001 - one module, one algebra
    schema = inner.schema
    for key in reversed(keys):
        schema = {"type": "object", "required": [key], "properties": {key: schema}}

    def walk(value: Any) -> bool:
        for key in keys:
            if type(value) is not dict or key not in value:
                return False
            value = value[key]
        return test(value)

    return Predicate(walk, schema, frozenset(keys[:1]))


ANYTHING = Predicate(lambda _value: True, {})
"""Holds for every value."""
NOT_NULL = Predicate(lambda value: value is not None, {"not": {"type": "null"}})
"""Holds for every value but null."""
EMPTY_LIST = Predicate(lambda value: value == [] and isinstance(value, list), {"type": "array", "maxItems": 0})
"""Holds for a list without entries."""


def one_of(*values: str | int | bool) -> Predicate:
    """The value is one of these; true is not 1."""
    pairs = frozenset((type(value) is bool, value) for value in values)

    def test(value: Any) -> bool:
        return isinstance(value, (str, int, float)) and (type(value) is bool, value) in pairs

    return Predicate(test, {"enum": list(values)})


def some(inner: Predicate) -> Predicate:
    """The value is a list, and `inner` holds for at least one of its entries."""
    return Predicate(
        lambda value: isinstance(value, list) and any(map(inner.test, value)),
        {"type": "array", "contains": inner.schema},
    )


def every(inner: Predicate) -> Predicate:
    """The value is a list, and `inner` holds for each of its entries."""
    return Predicate(
        lambda value: isinstance(value, list) and all(map(inner.test, value)),
        {"type": "array", "items": inner.schema},
    )


def given(path: str) -> Predicate:
    """The key is there, be it with null."""
    return at(path, ANYTHING)


def has(path: str) -> Predicate:
    """The key is there and is not null."""
    return at(path, NOT_NULL)


def is_(path: str, *values: str | int | bool) -> Predicate:
    """The value at the path is one of these."""
    return at(path, one_of(*values))
