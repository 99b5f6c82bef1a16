"""The keywords of JSON Schema that say something of a shape, and the form that each has to have."""

from __future__ import annotations

from typing import Any

from callsheet.drift.upstream import clip

DESCRIBING = frozenset(
    {
        *("title", "description", "example", "examples", "default", "deprecated", "externalDocs", "$comment"),
        *("format", "contentEncoding", "contentMediaType", "xml", "readOnly", "writeOnly", "discriminator"),
    }
)
"""Keywords that say nothing which a shape has a place for; `default` is read with the field."""
_FORMS = {
    **dict.fromkeys(("$ref", "pattern"), "text"),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), "a whole number from 0"),
    **dict.fromkeys(("minimum", "maximum"), "a number"),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), "a number, true or false"),
    **dict.fromkeys(("anyOf", "oneOf", "allOf"), "a list of schemas"),
    "enum": "a list of values",
    "type": "a word or a list of words",
    "nullable": "true or false",
    "properties": "an object",
    "additionalProperties": "an object, true or false",
    "required": "a list of words",
    "items": "an object, true or false",
}
SAYING = frozenset({*_FORMS, "const"})
"""Keywords that are read."""
LONGEST_KEY = 200
"""Longer keys are no names, and a report that repeats them is none."""
_NODES = 500
"""How many values a default may consist of."""


def malformed(schema: dict[str, Any]) -> str | None:
    """What is wrong with the first keyword whose value has not the form that it has to have, or None."""
    for keyword, form in _FORMS.items():
        if keyword in schema and not _has(schema[keyword], form):
            found = schema[keyword]
            return f"`{keyword}` is {kind(found) if found != [] else 'an empty list'}, and has to be {form}"
    for key in schema.get("properties", ()):
        if len(key) > LONGEST_KEY:
            return f"a key of more than {LONGEST_KEY} characters: `{clip(key)}`"
    return None


def weight(schema: dict[str, Any]) -> int:
    """How much work a schema is, next to one that is all but empty."""
    return 1 + sum(len(value) for value in schema.values() if isinstance(value, (dict, list))) // 16


def kind(value: Any) -> str:
    """What a value is, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text `{clip(value)}`"
        case int() | float():
            return f"the number {clip(str(value))}"
        case list():
            return "a list"
    return "an object"


def small(value: Any) -> bool:
    """Whether a value can be repeated in a report."""
    level, nodes = [value], 1
    while level and nodes <= _NODES:
        level = [
            inner
            for thing in level
            if isinstance(thing, (dict, list))
            for inner in (thing.values() if isinstance(thing, dict) else thing)
        ]
        nodes += max(len(level), 1)
    return not level


def _has(value: Any, form: str) -> bool:
    match form:
        case "text":
            return isinstance(value, str)
        case "true or false":
            return isinstance(value, bool)
        case "an object":
            return isinstance(value, dict)
        case "an object, true or false":
            return isinstance(value, (dict, bool))
        case "a number":
            return _is_number(value)
        case "a number, true or false":
            return isinstance(value, bool) or _is_number(value)
        case "a whole number from 0":
            return _is_number(value) and value >= 0 and float(value).is_integer()
        case "a list of words":
            return _is_words(value)
        case "a word or a list of words":
            return isinstance(value, str) or (_is_words(value) and value != [])
    return isinstance(value, list) and value != []


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
