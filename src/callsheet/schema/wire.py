"""The JSON Schema of what goes on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.facts import known
from callsheet.rules import RULES
from callsheet.shape.kind import KINDS
from callsheet.shape.shape import Choice, Either, Entries, Field, Flag, Free, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from typing import TypeAlias

    from callsheet.rules.rule import Rule

    Json: TypeAlias = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
FIRST = "2025-09-02"
"""The first revision; what is as old as it need not say so."""
_JSON_TYPES: dict[type, str] = {str: "string", int: "integer"}


def wire_schema(kind: str, shape: Shape, revision: str = "latest") -> Json:
    """The schema of one kind of body."""
    return {**heading(kind, revision), **Writer().shape(shape)}


def heading(kind: str, revision: str, suffix: str = "") -> Json:
    """What stands at the top of every schema."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:callsheet:schema:{revision}:{kind}{suffix}",
        "title": KINDS[kind].title,
        "examples": [KINDS[kind].example],
    }


class Writer:
    """Writes shapes as schemas. A subclass may admit more at any place by overriding `admit`."""

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
                return {"anyOf": [{"enum": list(known(str(catalogue)))}, {"type": "string"}]}
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

    def blocks(self, record: Record) -> list[Json]:
        """What rules forbid in a record: one `if/then` for each error that a schema can say."""
        return [block(rule) for rule in blocking_rules(record)]

    def field(self, field: Field) -> Json:
        """The schema of a value under its key: what it may be, and what an editor shows of it."""
        schema = self.shape(field.shape)
        if field.null != "no":
            schema = nullable(schema)
        if field.doc:
            schema["description"] = field.doc if field.since <= FIRST else f"{field.doc}\n\nSince {field.since}."
        if field.default is not None:
            schema["default"] = field.default
        if field.examples:
            schema["examples"] = list(field.examples)
        return schema


def blocking_rules(record: Record) -> list[Rule]:
    """The rules about sessions of this shape that a schema can say."""
    return [
        rule
        for rule in RULES.values()
        if rule.when is not None
        and rule.severity == "error"
        and any(KINDS[kind].model == record.name for kind in rule.kinds)
    ]


def block(rule: Rule) -> Json:
    """A rule as a schema: where its condition holds, there is nothing that its place may be."""
    if rule.when is None:
        raise ValueError(f"{rule.code} has no predicate")
    forbidden: Json = {"not": {}}
    for key in reversed(rule.at.split(".") if rule.at and rule.part == "value" else []):
        forbidden = {"properties": {key: forbidden}}
    return {"$comment": f"{rule.code} {rule.name}", "if": rule.when.schema, "then": forbidden}


def nullable(schema: Json) -> Json:
    """The schema, or null."""
    return {"anyOf": [*_alternatives(schema), {"type": "null"}]}


def _alternatives(schema: Json) -> list[Json]:
    return list(schema["anyOf"]) if schema.keys() == {"anyOf"} else [schema]


def _set(schema: Json, **keywords: Any) -> Json:
    return {**schema, **{name: value for name, value in keywords.items() if value is not None}}
