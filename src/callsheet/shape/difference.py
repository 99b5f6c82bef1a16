"""What differs between two shapes, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from callsheet.shape.table import Row

    Aspect: TypeAlias = Literal["key", "type", "required", "null", "value", "bound"]


class Difference(NamedTuple):
    """One thing that only one side has, or that both say differently; None is a side that says nothing.

    For a "key" a side is its types, for a "value" the value, for a "bound" the number and `name` its keyword.
    """

    path: str
    aspect: Aspect
    left: Any
    right: Any
    name: str = ""


def differences(left: Mapping[str, Row], right: Mapping[str, Row]) -> Iterator[Difference]:
    """Everything that differs between two tables; of a key that one side lacks, the keys below are not told."""
    told: list[str] = []
    for path in [*left, *(path for path in right if path not in left)]:
        one, other = left.get(path), right.get(path)
        if any(path.startswith(above) for above in told):
            continue
        if one is not None and other is not None:
            yield from _between(one, other)
            continue
        told += [f"{path}.", f"{path}["]
        yield Difference(path, "key", one and " | ".join(one.types), other and " | ".join(other.types))


def _between(one: Row, other: Row) -> Iterator[Difference]:
    if set(one.types) != set(other.types):
        yield Difference(one.path, "type", " | ".join(one.types), " | ".join(other.types))
    if one.required != other.required:
        yield Difference(one.path, "required", one.required, other.required)
    if one.null != other.null:
        yield Difference(one.path, "null", one.null, other.null)
    for value in one.values:
        if value not in other.values:
            yield Difference(one.path, "value", value, None)
    for value in other.values:
        if value not in one.values:
            yield Difference(one.path, "value", None, value)
    for keyword in dict.fromkeys([*one.bounds, *other.bounds]):
        if one.bounds.get(keyword) != other.bounds.get(keyword):
            yield Difference(one.path, "bound", one.bounds.get(keyword), other.bounds.get(keyword), keyword)
