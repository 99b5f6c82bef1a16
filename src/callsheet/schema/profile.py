"""The JSON Schema of what people write: the wire schema, with directives, notes and placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.schema.writer import Writer, block, blocking_rules, heading
from callsheet.shape.directive import DIRECTIVES, FROM_ENVIRONMENT, FROM_FILE, LATEST, TARGETS
from callsheet.shape.revision import as_of
from callsheet.shape.shape import Choice, Either, Entries, Flag, Free, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.rules.rule import Rule
    from callsheet.schema.writer import Json


def profile_schema(kind: str, shape: Shape) -> Json:
    """The schema of a profile of one kind, as the API is today."""
    today = as_of(shape)
    schema = _Writer().plain(today)
    schema["properties"] = {**Writer().record(DIRECTIVES)["properties"], **schema["properties"]}
    schema["patternProperties"] = {"^x-": {}}
    whole = [demanded for demanded in (_whole(today),) if demanded]
    if blocks := [*whole, *(_for_targets(rule, schema) for rule, schema in _blocks(today))]:
        schema["if"] = {"not": {"anyOf": [{"required": ["$extends"]}, {"required": ["$partial"]}]}}
        schema["then"] = {"allOf": blocks}
    schema["definitions"] = {"file": Writer().record(FROM_FILE), "environment": Writer().record(FROM_ENVIRONMENT)}
    return {**heading(kind, LATEST, "profile"), **schema}


def _blocks(shape: Shape) -> Iterator[tuple[Rule, Json]]:
    """What rules forbid, in the session itself or in the one that an envelope carries."""
    match shape:
        case Record(fields=fields):
            for rule, said in blocking_rules(shape):
                yield rule, block(rule, said)
            for key, field in fields.items():
                for rule, schema in _blocks(field.shape):
                    held = {"type": "object", "required": [key], "properties": {key: schema["if"]}}
                    yield rule, {**schema, "if": held, "then": {"properties": {key: schema["then"]}}}
        case Tagged(variants=variants, tag=tag):
            for name, variant in variants.items():
                named: Json = {"properties": {tag: {"const": name}}, "required": [tag]}
                for rule, schema in _blocks(variant):
                    yield rule, {**schema, "if": {"allOf": [named, schema["if"]]}}


def _for_targets(rule: Rule, schema: Json) -> Json:
    """The block of a rule, where the profile is for a target of the rule."""
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
            case Either(options=options) if all(isinstance(option, (Choice, Number, Flag)) for option in options):
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
