"""Shapes and rules in the words of JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.facts import known
from callsheet.rules import RULES
from callsheet.schema import condition
from callsheet.shape.directive import LATEST
from callsheet.shape.kind import KINDS
from callsheet.shape.shape import Choice, Either, Entries, Field, Flag, Free, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from callsheet.rules.rule import Rule

    Json: TypeAlias = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
FIRST = "2025-09-02"
"""The first revision; what is as old as it need not say so."""
_JSON_TYPES: dict[type, str] = {str: "string", int: "integer"}


def heading(kind: str, revision: str, suffix: str = "") -> Json:
    """What stands at the top of every schema."""
    command = f"callsheet schema {kind}"
    command += f" --{suffix}" if suffix else ""
    head: Json = {
        "$comment": f"Generated; prints it: {command}" + (f" --revision {revision}" if revision != LATEST else ""),
        "$schema": DIALECT,
        "$id": f"urn:callsheet:schema:{revision}:{kind}" + (f":{suffix}" if suffix else ""),
        "title": KINDS[kind].title,
    }
    if revision == LATEST:
        head["examples"] = [KINDS[kind].example]
    return head


class Writer:
    """Writes shapes as schemas, as the API is today. A subclass may admit more at any place by overriding `admit`."""

    def shape(self, shape: Shape) -> Json:
        """The schema of a shape, without what its field says of it."""
        return self.admit(shape, self.plain(shape))

    def admit(self, _shape: Shape, schema: Json) -> Json:
        """What else may stand where a shape is expected; on the wire, nothing."""
        return schema

    def plain(self, shape: Shape) -> Json:
        """The schema of a shape itself."""
        match shape:
            case Text(known=None):
                return _set(
                    {"type": "string"}, minLength=shape.min_length, maxLength=shape.max_length, pattern=shape.pattern
                )
            case Text(known=catalogue):
                return {"anyOf": [{"enum": list(self.names(str(catalogue)))}, {"type": "string"}]}
            case Choice(values=values):
                if len(values) == 1:
                    return {"type": _JSON_TYPES[type(values[0])], "const": values[0]}
                return {"type": _JSON_TYPES[type(values[0])], "enum": list(values)}
            case Number(whole=whole):
                return _set({"type": "integer" if whole else "number"}, minimum=shape.minimum, maximum=shape.maximum)
            case Flag():
                return {"type": "boolean"}
            case Items(items=items):
                return _set(
                    {"type": "array", "items": self.shape(items)}, minItems=shape.min_items, maxItems=shape.max_items
                )
            case Entries(values=values):
                return {"type": "object", "additionalProperties": self.shape(values)}
            case Free(anything=anything):
                return {} if anything else {"type": "object"}
            case Record():
                return self.record(shape)
            case Tagged(variants=variants):
                return {"anyOf": [self.record(variant) for variant in variants.values()]}
            case Either(options=options):
                return {"anyOf": [part for option in options for part in _alternatives(self.plain(option))]}

    def record(self, record: Record) -> Json:
        """The schema of a closed object."""
        required = [name for name, field in record.fields.items() if field.required]
        schema: Json = {"type": "object"}
        if record.doc:
            schema["description"] = " ".join(record.doc.split())
        schema["properties"] = {name: self.field(field) for name, field in record.fields.items()}
        if required:
            schema["required"] = required
        schema["additionalProperties"] = False
        blocks = self.blocks(record)
        if blocks:
            schema["allOf"] = blocks
        return schema

    def names(self, catalogue: str) -> tuple[str, ...]:
        """The names to offer where any text is taken."""
        return known(catalogue)

    def blocks(self, record: Record) -> list[Json]:
        """What rules forbid in a record: one `if/then` for each error that a schema can say."""
        return [block(rule, said) for rule, said in blocking_rules(record)]

    def field(self, field: Field) -> Json:
        """The schema of a value under its key: what it may be, and what an editor shows of it."""
        schema = self.value(field)
        if field.doc:
            schema["description"] = field.doc if field.since <= FIRST else f"{field.doc}\n\nSince {field.since}."
        if field.default is not None:
            schema["default"] = field.default
        if field.examples:
            schema["examples"] = list(field.examples)
        return schema

    def value(self, field: Field) -> Json:
        """The schema of a value under its key itself."""
        schema = self.shape(field.shape)
        return schema if field.null == "no" else nullable(schema)


def blocking_rules(record: Record, date: str | None = None) -> Iterator[tuple[Rule, Json]]:
    """The rules about sessions of this shape that a schema can say, each with its condition as a schema.

    With a date, those that held on that day, as far as they are about what there was on it.
    """
    kinds = [name for name, kind in KINDS.items() if kind.model == record.name]
    for rule in RULES.values():
        if rule.when is None or rule.severity != "error" or not any(kind in rule.kinds for kind in kinds):
            continue
        if date is None:
            yield rule, rule.when.schema
        elif rule.since <= date and (said := condition.as_of(rule.when.schema, record, date)) != condition.NEVER:
            yield rule, said


def block(rule: Rule, said: Json) -> Json:
    """A rule as a schema: where its condition holds, there is nothing that its place may be."""
    forbidden: Json = {"not": {}}
    for key in reversed(rule.at.split(".") if rule.at and rule.part == "value" else []):
        forbidden = {"properties": {key: forbidden}}
    return {"$comment": f"{rule.code} {rule.name}", "if": said, "then": forbidden}


def nullable(schema: Json) -> Json:
    """The schema, or null."""
    return {"anyOf": [*_alternatives(schema), {"type": "null"}]}


def _alternatives(schema: Json) -> list[Json]:
    return list(schema["anyOf"]) if schema.keys() == {"anyOf"} else [schema]


def _set(schema: Json, **keywords: Any) -> Json:
    return {**schema, **{name: value for name, value in keywords.items() if value is not None}}
