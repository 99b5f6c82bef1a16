"""The JSON Schema of what goes on the wire.

That of the newest revision, `latest`, tells an editor what to show: texts, defaults, examples. That of a date says
only what is valid, so that a better sentence never touches a schema that is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.facts import known
from callsheet.schema.writer import Writer, block, blocking_rules, heading
from callsheet.shape.directive import LATEST
from callsheet.shape.revision import as_of
from callsheet.shape.shape import Either, Entries, Items, Record, Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.schema.writer import Json
    from callsheet.shape.shape import Field, Shape


def wire_schema(kind: str, shape: Shape, revision: str = LATEST) -> Json:
    """The schema of one kind of body today, or on a date (ISO) by which there were such bodies.

    `shape` is that of all dates. Texts come from it, and only into the schema of today.
    """
    if revision == LATEST:
        return {**heading(kind, revision), **Writer().shape(as_of(shape))}
    return {**heading(kind, revision), **_Dated(as_of(shape, revision), revision).schema()}


class _Dated(Writer):
    """Writes a shape of a date without texts. What stands at several places is written once, and referred to."""

    def __init__(self, shape: Shape, date: str) -> None:
        self.top = shape
        self.date = date
        self.definitions: dict[str, Json] = {}
        names = [record.name for record in _records(shape, set())]
        self.shared = {name for name in names if names.count(name) > 1}

    def schema(self) -> Json:
        """The schema of the whole."""
        schema = self.shape(self.top)
        if self.definitions:
            schema["definitions"] = self.definitions
        return schema

    def record(self, record: Record) -> Json:
        """The schema of a closed object, or where it stands."""
        bare = record._replace(doc="")
        if record.name not in self.shared:
            return super().record(bare)
        if record.name not in self.definitions:
            self.definitions[record.name] = {}  # holds the place while the fields are written
            self.definitions[record.name] = super().record(bare)
        return {"$ref": f"#/definitions/{record.name}"}

    def field(self, field: Field) -> Json:
        """The schema of a value under its key."""
        return self.value(field)

    def names(self, catalogue: str) -> tuple[str, ...]:
        """The names that were listed on the day."""
        return known(catalogue, self.date)

    def blocks(self, record: Record) -> list[Json]:
        """What rules forbade on the day."""
        return [block(rule, said) for rule, said in blocking_rules(record, self.date)]


def _records(shape: Shape, seen: set[str]) -> Iterator[Record]:
    """Every place of a record; what is in it counts once."""
    match shape:
        case Record(name=name, fields=fields):
            yield shape
            if name not in seen:
                seen.add(name)
                for field in fields.values():
                    yield from _records(field.shape, seen)
        case Tagged(variants=variants):
            for variant in variants.values():
                yield from _records(variant, seen)
        case Either(options=options):
            for option in options:
                yield from _records(option, seen)
        case Items(items=inner) | Entries(values=inner):
            yield from _records(inner, seen)
