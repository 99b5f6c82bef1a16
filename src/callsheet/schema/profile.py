"""The JSON Schema of what people write: the wire schema, with directives, notes and placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.schema.wire import Writer, heading
from callsheet.shape.shape import Choice, Entries, Flag, Free, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from callsheet.schema.wire import Json

_PATH = {"type": "string", "minLength": 1}
FROM_FILE: dict[str, Any] = {
    "type": "object",
    "description": "The content of a file. Paths are relative to this file and stay inside the project.",
    "properties": {"$file": {**_PATH, "description": "Path of the file.", "examples": ["prompts/concierge.md"]}},
    "required": ["$file"],
    "additionalProperties": False,
}
FROM_ENVIRONMENT: dict[str, Any] = {
    "type": "object",
    "description": "A variable of the environment, read when a request is built, never while linting.",
    "properties": {
        "$env": {**_PATH, "description": "Name of the variable.", "examples": ["CRM_TOKEN"]},
        "default": {"type": "string", "description": "What to take where the variable is not set."},
    },
    "required": ["$env"],
    "additionalProperties": False,
}
DIRECTIVES: dict[str, Any] = {
    "$schema": {"type": "string", "description": "For editors; never sent."},
    "$extends": {
        "anyOf": [_PATH, {"type": "array", "items": _PATH, "minItems": 1}],
        "description": "One profile, or several, that this one builds on. Mappings merge, everything else replaces.",
    },
    "$unset": {
        "type": "array",
        "items": _PATH,
        "description": "Settings to drop from what was inherited.",
        "examples": [["audio.input.noise_reduction"]],
    },
    "$revision": {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "description": "Check against the API as it was on this date.",
        "examples": ["2026-07-28"],
    },
    "$target": {
        "enum": ["openai", "azure", "azure-preview"],
        "default": "openai",
        "description": "Where the session is to run.",
    },
    "$kind": {"type": "string", "description": "What the profile is, where the body itself does not say."},
    "$partial": {"type": "boolean", "description": "This profile is only a base for others and need not be whole."},
}


def profile_schema(kind: str, shape: Record, revision: str = "latest") -> Json:
    """The schema of a profile of one kind."""
    schema = _Writer().record(shape)
    schema["properties"] = {**DIRECTIVES, **schema["properties"]}
    schema["patternProperties"] = {"^x-": {}}
    schema["if"] = {"not": {"anyOf": [{"required": ["$extends"]}, {"required": ["$partial"]}]}}
    schema["then"] = _whole(shape)
    schema["definitions"] = {"file": FROM_FILE, "environment": FROM_ENVIRONMENT}
    return {**heading(kind, revision, ":profile"), **schema}


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
