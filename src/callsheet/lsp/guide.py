"""What the API has at a path of a profile: the fields that may stand there, and the shapes of their values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.directives import split
from callsheet.shape.derive import shapes
from callsheet.shape.directive import DIRECTIVES, PLACEHOLDERS
from callsheet.shape.inner import records
from callsheet.shape.kind import FLAT_KINDS
from callsheet.shape.revision import NEVER, as_of, born
from callsheet.shape.shape import Either, Entries, Free, Items, fits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.lint import Linter
    from callsheet.pointer import Path
    from callsheet.shape.shape import Field, Shape


class Spot(NamedTuple):
    """One thing that may stand at a path. `field` is None for an entry of a list, and for the body itself."""

    shape: Shape
    field: Field | None = None


class Guide:
    """The API as one profile sees it: by its kind, and on the day of its revision. `data` are those of the profile."""

    def __init__(self, linter: Linter, data: dict[str, Any]) -> None:
        parts = split(data)
        self.data = data
        kind = linter.kind_of(parts) or linter.options.kind or parts.kind or "realtime"
        self.revision = linter.revision_of(parts)
        flat = kind in FLAT_KINDS.values()
        self.body = _shape(kind, NEVER if flat or self.revision is None else self.revision)

    def spots(self, path: Path) -> list[Spot]:
        """What may stand at a path; several things where the profile has not decided yet."""
        if path and str(path[0]).startswith("$"):
            return _below([Spot(DIRECTIVES)], path, self.data)
        return _below([Spot(self.body)], path, self.data)

    def fields(self, path: Path, data: Any) -> dict[str, Field]:
        """The fields of the mapping at a path, in which there is some data already."""
        found: dict[str, Field] = {}
        for spot in self.spots(path):
            for record in records(spot.shape, data):
                for key, field in record.fields.items():
                    found.setdefault(key, field)
        if not path:
            found = {**found, **DIRECTIVES.fields}
        return found


def _below(spots: Iterable[Spot], path: Path, data: Any) -> list[Spot]:
    found = list(spots)
    for step in path:
        found = [below for spot in found for below in _step(spot.shape, step, data)]
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
    return found


def _step(shape: Shape, step: str | int, data: Any) -> list[Spot]:
    """What may stand one step below a shape."""
    if isinstance(shape, Either):
        fitting = [option for option in shape.options if data is None or fits(option, data)]
        return [spot for option in fitting for spot in _step(option, step, data)]
    if isinstance(shape, Items):
        return [Spot(shape.items)] if isinstance(step, int) else []
    if (isinstance(step, str) and step in PLACEHOLDERS) or (isinstance(data, dict) and "$env" in data):
        placeholder = PLACEHOLDERS.get(str(step)) or PLACEHOLDERS["$env"]
        field = placeholder.fields.get(str(step))
        return [] if field is None else [Spot(field.shape, field)]
    if isinstance(shape, Entries):
        return [Spot(shape.values)]
    if isinstance(shape, Free):
        return []
    fields = [record.fields[step] for record in records(shape, data) if step in record.fields]
    return [Spot(field.shape, field) for field in fields if isinstance(step, str)]


@cache
def _shape(kind: str, date: str) -> Shape:
    shape = shapes()[kind]
    return as_of(shape) if born(shape) > date else as_of(shape, date)
