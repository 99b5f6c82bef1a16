"""The few kinds of shape that bodies of the API are made of."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias


class Text(NamedTuple):
    """A string. With `known`, the API takes any, and the named catalogue of `callsheet.facts` lists some."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    known: str | None = None


class Choice(NamedTuple):
    """One of some fixed values, all strings or all integers.

    `added` and `removed` date single values; one that they do not name is as old as its field.
    """

    values: tuple[Any, ...]
    added: dict[str, str] | None = None
    removed: dict[str, str] | None = None


class Number(NamedTuple):
    """A number, `whole` or not, with inclusive bounds."""

    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None


class Flag(NamedTuple):
    """True or false."""


class Items(NamedTuple):
    """A list whose entries all have one shape."""

    items: Shape
    min_items: int | None = None
    max_items: int | None = None


class Entries(NamedTuple):
    """An object with free keys, whose values all have one shape."""

    values: Shape


class Free(NamedTuple):
    """Any JSON object, or with `anything` any JSON value."""

    anything: bool = False


class Field(NamedTuple):
    """One key of a record: its shape, and what the API says about its presence.

    `null` is "no", "yes" or "unproven" (the server prints it, nobody has shown that it is taken). `since`,
    `until`, `earlier` and `bounded` are dates as in `callsheet.models.base.Facts`. `default` is what the API
    does when the key is absent. `doc`, `source`, `examples` and `needs` are left out of `data.py`.
    """

    shape: Shape
    required: bool = False
    null: str = "no"
    since: str = ""
    until: str | None = None
    earlier: tuple[tuple[str, str], ...] = ()
    bounded: str | None = None
    default: Any = None
    doc: str = ""
    source: str = ""
    examples: tuple[Any, ...] = ()
    needs: str | None = None


class Record(NamedTuple):
    """A closed object: these keys and no others. `name` is that of its model.

    Here as below, `other` is what another revision has and this one has not: see `callsheet.shape.revision`.
    """

    name: str
    fields: dict[str, Field]
    doc: str = ""
    other: Mapping[str, Field] = {}


class Tagged(NamedTuple):
    """Several records, told apart by the value of their key `tag`."""

    variants: dict[str, Record]
    tag: str = "type"
    other: Mapping[str, Record] = {}


class Either(NamedTuple):
    """Several shapes, told apart by their JSON type: a word or an object, a number or a word."""

    options: tuple[Shape, ...]
    other: tuple[Shape, ...] = ()


Shape: TypeAlias = Text | Choice | Number | Flag | Items | Entries | Free | Record | Tagged | Either


def alternatives(shape: Shape) -> tuple[Shape, ...]:
    """The shapes of which a value has one: several where they are told apart by their JSON type."""
    return shape.options if isinstance(shape, Either) else (shape,)


def fits(shape: Shape, value: Any) -> bool:
    """Whether a value has the JSON type of a shape; what it holds is another question."""
    kind = type(value)
    match shape:
        case Text():
            return kind is str
        case Choice(values=values):
            return kind is type(values[0])
        case Flag():
            return kind is bool
        case Number(whole=whole):
            return kind is int or (kind is float and (not whole or value.is_integer()))
        case Items():
            return kind is list
        case Free(anything=True):
            return True
    return kind is dict
