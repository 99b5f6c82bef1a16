"""The shapes of all kinds as one JSON file: written by `tools/generate.py`, read at every run."""

from __future__ import annotations

import json
import os.path

from callsheet.shape import shape as shapes
from callsheet.shape.shape import Choice, Field, Record, Shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FILE = os.path.join(os.path.dirname(__file__), "frozen.json")  # noqa: PTH118, PTH120 - pathlib costs milliseconds at start-up
_SPOKEN = frozenset({"doc", "source", "examples", "needs"})
"""What the linter never says; the schemas and the documentation take it from the models."""


def freeze(kinds: Mapping[str, Shape]) -> str:
    """The text of the frozen file. Records stand once, by name, and are referred to."""
    records: dict[str, Any] = {}
    frozen = {kind: _freeze(shape, records) for kind, shape in kinds.items()}
    rows = [f"{json.dumps(name)}: {json.dumps(fields)}" for name, fields in sorted(records.items())]
    return '{"records": {\n' + ",\n".join(rows) + '\n},\n"kinds": ' + json.dumps(frozen) + "}\n"


def _freeze(value: Any, records: dict[str, Any]) -> Any:
    if isinstance(value, Record):
        if value.name not in records:
            records[value.name] = None  # holds the place while the fields are frozen
            records[value.name] = {name: _freeze(field, records) for name, field in value.fields.items()}
        return ["Record", value.name]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        defaults = value._field_defaults  # type: ignore[attr-defined]
        said = {
            name: _freeze(part, records)
            for name, part in zip(value._fields, value, strict=True)
            if name not in _SPOKEN and (name not in defaults or part != defaults[name])
        }
        return [type(value).__name__, said] if type(value) is not Field else said
    if isinstance(value, dict):
        return {key: _freeze(part, records) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_freeze(part, records) for part in value]
    return value


class Kinds:
    """All kinds of body by name; each shape is built when it is first asked for.

    With a `revision` (an ISO date), shapes are as they were on that day; else they are those of today.
    """

    def __init__(self, frozen: dict[str, Any], revision: str | None = None) -> None:
        self.revision = revision
        self._frozen = frozen
        self._records = frozen["records"]
        self._kinds = frozen["kinds"]
        self._built: dict[str, Record] = {}
        self._cut: dict[str, Shape] = {}
        self.names: tuple[str, ...] = tuple(self._kinds)

    def __getitem__(self, kind: str) -> Shape:
        """The shape of a kind. Raises KeyError."""
        if self.revision is None:
            return self._thaw(self._kinds[kind])
        if kind not in self._cut:
            from callsheet.shape.revision import as_of

            self._cut[kind] = as_of(self._thaw(self._kinds[kind]), self.revision)
        return self._cut[kind]

    def at(self, revision: str) -> Kinds:
        """All kinds as they were on a day."""
        return Kinds(self._frozen, revision)

    def born(self, kind: str) -> str:
        """The day on which a kind came. Raises KeyError."""
        from callsheet.shape.revision import born

        return born(self._thaw(self._kinds[kind]))

    def _thaw(self, frozen: list[Any]) -> Shape:
        name, said = frozen
        match name:
            case "Record":
                return self._record(said)
            case "Tagged":
                return shapes.Tagged({tag: self._record(variant[1]) for tag, variant in said["variants"].items()})
            case "Either":
                return shapes.Either(tuple(self._thaw(option) for option in said["options"]))
            case "Items":
                return shapes.Items(**{**said, "items": self._thaw(said["items"])})
            case "Entries":
                return shapes.Entries(self._thaw(said["values"]))
            case "Choice":
                values = tuple(value for value in said["values"] if value not in said.get("removed", ()))
                return Choice(**{**said, "values": values})
        shape: Shape = getattr(shapes, name)(**said)
        return shape

    def _record(self, name: str) -> Record:
        built = self._built.get(name)
        if built is None:
            gone: dict[str, Field] = {}
            built = self._built[name] = Record(name, {}, other=gone)
            for key, said in self._records[name].items():
                parts: dict[str, Any] = {**said, "shape": self._thaw(said["shape"])}
                fields = gone if "until" in said else built.fields
                fields[key] = Field(**parts)
        return built


def load() -> Kinds:
    """The shapes as they were frozen when this version was made."""
    with open(FILE, encoding="utf-8") as file:  # noqa: PTH123 - see FILE
        return Kinds(json.load(file))
