"""As much of JSON Schema as it takes to judge the parameters of a function, without a validator of its own."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.pointer import Path

TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")
OTHER_TYPES = {
    "int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "float": "number", "double": "number",
    "decimal": "number", "str": "string", "text": "string", "date": "string", "datetime": "string", "time": "string",
    "bool": "boolean", "dict": "object", "map": "object", "struct": "object", "list": "array", "tuple": "array",
    "none": "null", "nil": "null",
}  # fmt: skip
"""What programming languages call the types of JSON Schema."""
MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
"""Keywords that hold schemas by name."""
CHOICES = ("anyOf", "oneOf", "allOf", "prefixItems")
"""Keywords that hold a list of schemas."""
SINGLE = (
    "items", "additionalProperties", "additionalItems", "contains", "propertyNames", "not", "if", "then", "else",
    "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
"""Keywords that hold one schema."""
TEXTS = ("title", "description", "pattern", "format", "$ref", "$id", "$schema", "$comment")
NUMBERS = (
    "minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties",
    "maxProperties",
)  # fmt: skip
_WORDED = frozenset(TEXTS) | {"default", "const", "example"}
"""Keywords at which any text is in order."""
VALUES = ("default", "const", "example", "examples", "enum")
"""Keywords that hold values of the caller's, among which null is as good as any."""
_OTHERS = ("required", "type", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum", "nullable", "deprecated")
KEYWORDS = frozenset((*MAPS, *CHOICES, *SINGLE, *TEXTS, *NUMBERS, *VALUES, *_OTHERS))
ELSEWHERE = frozenset(
    {"$ref", "allOf", "anyOf", "oneOf", "patternProperties", "if", "then", "else", "dependentSchemas"}
)
"""Keywords that may bring properties in from elsewhere."""


def is_schema(value: Any) -> bool:
    """Whether a value is a schema; a placeholder is none, for nobody knows what it brings."""
    return isinstance(value, dict) and "$file" not in value and "$env" not in value


class Parameters(NamedTuple):
    """The parameters of one function: where they stand, the function's name if it has one, the schema itself."""

    path: Path
    function: str | None
    schema: dict[str, Any]


class Subschema(NamedTuple):
    """A schema in the parameters of a function, or these themselves (`top`), with its path.

    It is `bare` where the arguments stand in the schema without `properties` around them, so that its keys
    are no keywords.
    """

    path: Path
    schema: dict[str, Any]
    top: bool
    bare: bool


def parameters_of(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[Parameters]:
    """The parameters of every function that has some."""
    for path, tool in functions:
        parameters, name = tool.get("parameters"), tool.get("name")
        if isinstance(parameters, dict) and is_schema(parameters):
            yield Parameters((*path, "parameters"), name if isinstance(name, str) and name else None, parameters)


def subschemas(parameters: Parameters) -> list[Subschema]:
    """The schema and every schema inside it; as deep as a document goes."""
    found: list[Subschema] = []
    _collect(parameters.schema, parameters.path, found, bare=bool(bare(parameters.schema)))
    return found


def _collect(schema: dict[str, Any], path: Path, found: list[Subschema], *, bare: bool, top: bool = True) -> None:
    """Add a schema and every schema inside it, with their paths."""
    found.append(Subschema(path, schema, top, bare))
    for keyword, value in schema.items():
        kind = type(value)
        if kind is dict:
            if keyword in MAPS:
                for name, inner in value.items():
                    if is_schema(inner):
                        _collect(inner, (*path, keyword, name), found, bare=bare, top=False)
            elif keyword in SINGLE and is_schema(value):
                _collect(value, (*path, keyword), found, bare=bare, top=False)
        elif kind is list and (keyword in CHOICES or keyword == "items"):
            for index, inner in enumerate(value):
                if is_schema(inner):
                    _collect(inner, (*path, keyword, index), found, bare=bare, top=False)


def is_plain(schema: dict[str, Any]) -> bool:
    """Whether a schema is such, with all inside it, that no rule has anything to say of it: as nearly all are.

    One look for the rules on schemas, which each look closer where it says no; as it does to a placeholder.
    """
    for keyword, value in schema.items():
        kind = type(value)
        if kind is str:
            if not (value in TYPES if keyword == "type" else keyword in _WORDED):
                return False
        elif kind is dict:
            if keyword in MAPS:
                for inner in value.values():
                    if type(inner) is not dict or not is_plain(inner):
                        return False
            elif keyword not in SINGLE or not is_plain(value):
                return False
        elif kind is list:
            if keyword == "required":
                if not _has(schema.get("properties", {}), value):
                    return False
            elif keyword != "enum" or not value:
                return False
        elif kind is bool:
            if keyword not in SINGLE:
                return False
        elif (kind is not int and kind is not float) or keyword not in NUMBERS:
            return False
    return True


def _has(properties: Any, required: list[Any]) -> bool:
    """Whether the properties of a schema have all names that it requires."""
    return type(properties) is dict and all(type(name) is str and name in properties for name in required)


def bare(parameters: dict[str, Any]) -> list[str]:
    """The names of arguments that stand in the schema itself, without the `properties` that should be around them."""
    said = parameters.get("type", {})
    if "properties" in parameters or not (said == "object" or isinstance(said, dict)):
        return []
    named = [key for key, value in parameters.items() if is_schema(value) and not key.startswith(("x-", "$"))]
    return named if ELSEWHERE.isdisjoint(parameters) and not KEYWORDS.issuperset(named) else []
