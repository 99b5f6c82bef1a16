"""The JSON Schema of what people write: the wire schema, with directives, notes and placeholders."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from callsheet.schema.writer import Writer, block, blocking_rules, heading
from callsheet.shape.directive import DIRECTIVES, FROM_ENVIRONMENT, FROM_FILE, LATEST, PLACEHOLDERS, TARGETS, takes
from callsheet.shape.revision import as_of
from callsheet.shape.shape import (
    Entries,
    Field,
    Free,
    Items,
    Record,
    Shape,
    Tagged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.rules.rule import Rule
    from callsheet.schema.writer import Json


_PLACEHOLDERS = {"environment": "$env", "file": "$file"}
"""The definitions of the placeholders."""
_SPELT = frozenset({"Mcp", "Vad", "Pcm", "Pcmu", "Pcma"})
"""Words in the names of models that are read letter by letter."""


def profile_schema(kind: str, shape: Shape) -> Json:
    """The schema of a profile of one kind, as the API is today."""
    today = as_of(shape)
    writer = _Writer()
    schema = writer.plain(today)
    schema.pop("title", None)  # the heading has one
    schema["properties"] = {**Writer().record(DIRECTIVES)["properties"], **schema["properties"]}
    schema["patternProperties"] = {"^x-": {}}
    whole = [demanded for demanded in (_whole(today),) if demanded]
    if blocks := [*whole, *(_for_targets(rule, schema) for rule, schema in _blocks(today))]:
        schema["if"] = {"not": {"anyOf": [{"required": ["$extends"]}, {"required": ["$partial"]}]}}
        schema["then"] = {"allOf": blocks}
    schema["definitions"] = {"file": Writer().record(FROM_FILE), "environment": Writer().record(FROM_ENVIRONMENT)}
    schema["definitions"].update(sorted(writer.variants.items()))
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
        self.variants: dict[str, Json] = {}
        """What is told apart by a tag, by name: it is referred to from two places."""

    def admit(self, shape: Shape, schema: Json) -> Json:
        more = [{"$ref": f"#/definitions/{name}"} for name, key in _PLACEHOLDERS.items() if takes(shape, key)]
        if not more:
            return schema
        if isinstance(shape, Entries) or shape == Free():  # whose keys are free, but for those that make a placeholder
            schema = {**schema, "propertyNames": {"not": {"enum": list(PLACEHOLDERS)}}}
        parts = schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]
        return {"anyOf": [*parts, *more]}

    def plain(self, shape: Shape) -> Json:
        if isinstance(shape, Items):
            whole = _Writer(inherits=False)
            return {**super().plain(shape), "items": whole.shape(shape.items)}
        if isinstance(shape, Tagged) and self.inherits:
            return self.by_tag(shape)
        return super().plain(shape)

    def by_tag(self, shape: Tagged) -> Json:
        """One of several objects: by its tag, so that an editor says what is wrong with that one; any without a tag."""
        for variant in shape.variants.values():
            if variant.name not in self.variants:
                self.variants[variant.name] = self.record(variant)
        variants = {name: {"$ref": f"#/definitions/{variant.name}"} for name, variant in shape.variants.items()}
        cases = [{"if": {"properties": {shape.tag: {"const": name}}}, "then": said} for name, said in variants.items()]
        return {
            "properties": {shape.tag: {"enum": list(variants)}},
            "if": {"type": "object", "required": [shape.tag]},
            "then": {"allOf": cases},
            "else": {"anyOf": list(variants.values())},
        }

    def blocks(self, _record: Record) -> list[Json]:
        return []

    def record(self, record: Record) -> Json:
        schema = super().record(record)
        if self.inherits:
            schema.pop("required", None)
        return {"title": _title(record.name), **schema}

    def field(self, field: Field) -> Json:
        schema = super().field(field)
        if field.default is not None and "description" in schema:  # not every editor shows the default by itself
            default = field.default if isinstance(field.default, str) else json.dumps(field.default)
            schema["description"] += f"\n\nUnset: `{default}`."
        examples = [example for example in field.examples if _is_plain(example)]
        if examples:
            schema["examples"] = examples
        else:
            schema.pop("examples", None)
        return schema


def _title(name: str) -> str:
    """The name of a model in words: what an editor calls one of several objects that may stand at a place."""
    words = re.findall(r"[A-Z][a-z0-9]*", name)
    said = [word.upper() if word in _SPELT else word.lower() for word in words]
    return " ".join((said[0][:1].upper() + said[0][1:], *said[1:]))


def _is_plain(example: Any) -> bool:
    """Whether an example is offered well: of one that holds objects, editors for YAML make `[object Object]`."""
    inside = example if isinstance(example, list) else [example]
    return not any(isinstance(part, dict) for part in inside)


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
                # By pattern: an editor would offer a key that stands here by name a second time, and as a bare word.
                schema["patternProperties"] = {f"^{name}$": below for name, below in demanded.items()}
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
