"""The places of a body, each with the shape that its value has to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.shape.shape import Either, Entries, Items, Record, Shape, Tagged, alternatives, fits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.pointer import Path
    from callsheet.shape.shape import Field


class Site(NamedTuple):
    """One place of a body: its path, and what stands there.

    `shape` is what the place takes, `chosen` the part of it that the value has (one of several forms, the variant
    that its tag names). `record` and `field` are None for an entry of a list or of a free mapping, `tagged` for all
    but a tag.
    """

    path: Path
    value: Any
    shape: Shape
    chosen: Shape
    record: Record | None = None
    field: Field | None = None
    tagged: Tagged | None = None

    @property
    def may_go(self) -> bool:
        """Whether the body fits its shape without it, the number of entries of a list aside."""
        return self.field is None or not self.field.required

    @property
    def name(self) -> tuple[str, str]:
        """The names of its record and of its key, as tables have them."""
        return (self.record.name if self.record else "", str(self.path[-1]) if self.path else "")


def sites(shape: Shape, body: Any) -> Iterator[Site]:
    """Every place of a body that fits its shape, from the whole of it to its leaves."""
    top = Site((), body, shape, chosen(shape, body))
    yield top
    yield from _below(top.chosen, body, (), shape)


def _below(shape: Shape, value: Any, path: Path, around: Shape) -> Iterator[Site]:
    match shape:
        case Record(fields=fields):
            tagged = tagged_in(around)
            for key, item in value.items():
                field = fields[key]
                tag = tagged if tagged is not None and key == tagged.tag else None
                site = Site((*path, key), item, field.shape, chosen(field.shape, item), shape, field, tag)
                yield site
                yield from _below(site.chosen, item, site.path, field.shape)
        case Items(items=inner):
            for index, item in enumerate(value):
                site = Site((*path, index), item, inner, chosen(inner, item))
                yield site
                yield from _below(site.chosen, item, site.path, inner)
        case Entries(values=inner):
            for key, item in value.items():
                site = Site((*path, key), item, inner, chosen(inner, item))
                yield site
                yield from _below(site.chosen, item, site.path, inner)


def chosen(shape: Shape, value: Any) -> Shape:
    """The part of a shape that a value has; of null, and of what fits none, the shape itself."""
    if value is None:
        return Either(())
    if isinstance(shape, Either):
        shape = next((option for option in shape.options if fits(option, value)), shape)
    if isinstance(shape, Tagged) and isinstance(value, dict):
        return shape.variants.get(str(value.get(shape.tag)), shape)
    return shape


def tagged_in(shape: Shape) -> Tagged | None:
    """The union of records in a shape, if it has one."""
    options = alternatives(shape)
    return next((option for option in options if isinstance(option, Tagged)), None)
