"""The JSON Schema of what people write: the wire schema, with directives, notes and placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.schema.wire import Writer, block, blocking_rules, heading
from callsheet.shape.directive import DIRECTIVES, FROM_ENVIRONMENT, FROM_FILE, TARGETS
from callsheet.shape.shape import Choice, Entries, Flag, Free, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from callsheet.rules.rule import Rule
    from callsheet.schema.wire import Json


def profile_schema(kind: str, shape: Record, revision: str = "latest") -> Json:
    """The schema of a profile of one kind."""
    schema = _Writer().record(shape)
    schema["properties"] = {**Writer().record(DIRECTIVES)["properties"], **schema["properties"]}
    schema["patternProperties"] = {"^x-": {}}
    schema["if"] = {"not": {"anyOf": [{"required": ["$extends"]}, {"required": ["$partial"]}]}}
    schema["then"] = {"allOf": [_whole(shape), *(_block(rule) for rule in blocking_rules(shape))]}
    schema["definitions"] = {"file": Writer().record(FROM_FILE), "environment": Writer().record(FROM_ENVIRONMENT)}
    return {**heading(kind, revision, ":profile"), **schema}


def _block(rule: Rule) -> Json:
    """A rule as a schema, where the profile is for a target of the rule."""
    schema = block(rule)
    if rule.targets == TARGETS:
        return schema
    meant: Json = {"properties": {"$target": {"enum": list(rule.targets)}}}
    if TARGETS[0] not in rule.targets:  # which is what a profile is for that does not say
        meant["required"] = ["$target"]
    return {**schema, "if": {"allOf": [meant, schema["if"]]}}


class _Writer(Writer):
    """Admits placeholders, and demands keys only where nothing can be inherited: in the entries of lists."""

    def __init__(self, *, inherits: bool = True) -> None:
        self.inherits = inherits

    def admit(self, shape: Shape, schema: Json) -> Json:
        match shape:
            case Text():
                more = [{"$ref": "#/definitions/environment"}, {"$ref": "#/definitions/file"}]
            case Choice() | Number() | Flag():
                return schema
            case _:
                more = [{"$ref": "#/definitions/file"}]
        parts = schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]
        return {"anyOf": [*parts, *more]}

    def plain(self, shape: Shape) -> Json:
        if isinstance(shape, Items):
            whole = _Writer(inherits=False)
            return {**super().plain(shape), "items": whole.shape(shape.items)}
        return super().plain(shape)

    def blocks(self, _record: Record) -> list[Json]:
        return []

    def record(self, record: Record) -> Json:
        schema = super().record(record)
        if self.inherits:
            schema.pop("required", None)
        return schema


def _whole(shape: Shape) -> Json:
    """What a profile that inherits nothing must have: the keys that are required, at every depth."""
    match shape:
        case Record(fields=fields):
            required = [name for name, field in fields.items() if field.required]
            below = {name: _whole(field.shape) for name, field in fields.items()}
            demanded = {name: schema for name, schema in below.items() if schema}
            schema: Json = {}
            if required:
                schema["required"] = required
            if demanded:
                schema["properties"] = demanded
            return _unless_file(schema)
        case Tagged(variants=variants, tag=tag):
            return _unless_file(
                {
                    "required": [tag],
                    "allOf": [
                        {"if": {"properties": {tag: {"const": name}}, "required": [tag]}, "then": inner}
                        for name, variant in variants.items()
                        if (inner := _whole(variant))
                    ],
                }
            )
        case Entries() | Free():
            return {}
    return {}


def _unless_file(schema: Json) -> Json:
    if not schema:
        return schema
    return {"if": {"type": "object", "not": {"required": ["$file"]}}, "then": schema}
