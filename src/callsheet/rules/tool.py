"""CS4xx: tools and tool choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.judge.nearest import nearest
from callsheet.judge.say import a_kind, either, shown
from callsheet.patch import Fix, Put, Remove
from callsheet.rules.rule import At, Rule
from callsheet.source.node import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.pointer import Path

NESTED_TOOL = Rule(
    code="CS401",
    name="nested-tool",
    severity="error",
    summary="A tool in the nested form of Chat Completions.",
    why="Realtime takes the flat form: name, description and parameters stand beside `type`.",
    source="observed: `Missing required parameter: 'session.tools[0].name'`, refused nested tools in five public threads",
    bad="type: realtime\ntools: [{type: function, function: {name: dial, parameters: {type: object}}}]\n",
    good="type: realtime\ntools: [{type: function, name: dial, parameters: {type: object}}]\n",
)
NESTED_CHOICE = Rule(
    code="CS402",
    name="nested-tool-choice",
    severity="error",
    summary="A `tool_choice` in the nested form of Chat Completions.",
    why="Realtime takes the flat form `{type: function, name: …}`.",
    source="observed: `Missing required parameter: 'session.tool_choice.name'`",
    bad="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, function: {name: dial}}\n",
    good="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dial}\n",
)
EXTRA_TOOL_KEY = Rule(
    code="CS403",
    name="extra-tool-key",
    severity="error",
    summary="A key that other APIs take in a function tool and this one does not.",
    why="A function tool has type, name, description and parameters. `strict` and `meta` are refused, and the whole "
    "body with them.",
    source="observed: `Unknown parameter: 'session.tools[0].strict'.`",
    bad="type: realtime\ntools: [{type: function, name: dial, strict: true}]\n",
    good="type: realtime\ntools: [{type: function, name: dial}]\n",
)


def _duplicate_names(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    seen: set[str] = set()
    for path, tool in functions:
        name = tool.get("name")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield At((*path, "name"), f"there is a tool {shown(name)} already", "give each tool a name of its own")
        seen.add(name)


DUPLICATE_TOOL = Rule(
    code="CS404",
    name="duplicate-tool",
    severity="warning",
    summary="Two function tools have the same name.",
    why="The model calls tools by name, and your program cannot tell which of the two was meant. Nobody has shown what "
    "the service does with it, hence a warning.",
    source="inferred: a call names its function by `name` alone",
    kinds=("realtime",),
    check=_duplicate_names,
    bad="type: realtime\ntools: [{type: function, name: dial}, {type: function, name: dial}]\n",
    good="type: realtime\ntools: [{type: function, name: dial}, {type: function, name: hang_up}]\n",
)

_LONGEST_NAME = 64


def _long_names(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    for path, tool in functions:
        name = tool.get("name")
        if isinstance(name, str) and len(name) > _LONGEST_NAME:
            yield At(
                (*path, "name"),
                f"{shown(name)} has {len(name)} characters; a tool's name may have {_LONGEST_NAME}",
                f"shorten it by {len(name) - _LONGEST_NAME}, or the service may refuse the whole body",
            )


LONG_TOOL_NAME = Rule(
    code="CS405",
    name="long-tool-name",
    severity="warning",
    summary=f"A function's name is longer than {_LONGEST_NAME} characters.",
    why="Azure documents 64 characters. For OpenAI's own endpoint it is not proven, hence a warning. "
    "Names that a program puts together from a server and a tool get this long.",
    source="Azure's documentation of function tools; openclaw/openclaw#89175",
    kinds=("realtime",),
    check=_long_names,
    bad=f"type: realtime\ntools: [{{type: function, name: {'find_the_customer_' * 4}}}]\n",
    good="type: realtime\ntools: [{type: function, name: find_the_customer}]\n",
)

_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")
_OTHER_TYPES = {
    "int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "float": "number", "double": "number",
    "decimal": "number", "str": "string", "text": "string", "date": "string", "datetime": "string", "time": "string",
    "bool": "boolean", "dict": "object", "map": "object", "struct": "object", "list": "array", "tuple": "array",
    "none": "null", "nil": "null",
}  # fmt: skip
"""What programming languages call the types of JSON Schema."""
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
"""Keywords that hold schemas by name."""
_CHOICES = ("anyOf", "oneOf", "allOf", "prefixItems")
"""Keywords that hold a list of schemas."""
_SINGLE = (
    "items", "additionalProperties", "additionalItems", "contains", "propertyNames", "not", "if", "then", "else",
    "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
"""Keywords that hold one schema."""
_TEXTS = ("title", "description", "pattern", "format", "$ref", "$id", "$schema", "$comment")
_NUMBERS = (
    "minimum", "maximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties",
    "maxProperties",
)  # fmt: skip
_VALUES = ("default", "const", "example", "examples", "enum")
"""Keywords that hold values of the caller's, among which null is as good as any."""
_OTHERS = ("required", "type", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum", "nullable", "deprecated")
_KEYWORDS = frozenset((*_MAPS, *_CHOICES, *_SINGLE, *_TEXTS, *_NUMBERS, *_VALUES, *_OTHERS))
_ELSEWHERE = frozenset(
    {"$ref", "allOf", "anyOf", "oneOf", "patternProperties", "if", "then", "else", "dependentSchemas"}
)
"""Keywords that may bring properties in from elsewhere."""
_PLACEHOLDERS = ("$file", "$env")


def _is_schema(value: Any) -> bool:
    return isinstance(value, dict) and not any(key in value for key in _PLACEHOLDERS)


def _parameters(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """The parameters of every function, with their path and the name of the function in backticks."""
    for path, tool in functions:
        parameters, name = tool.get("parameters"), tool.get("name")
        if isinstance(parameters, dict) and _is_schema(parameters):
            yield (*path, "parameters"), shown(name) if isinstance(name, str) and name else "the function", parameters


def _schemas(schema: dict[str, Any], path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A schema and every schema inside it, with their paths; as deep as a document goes."""
    yield path, schema
    for keyword, value in schema.items():
        if keyword in _SINGLE and _is_schema(value):
            yield from _schemas(value, (*path, keyword))
        elif keyword in _MAPS and isinstance(value, dict):
            for name, inner in value.items():
                if _is_schema(inner):
                    yield from _schemas(inner, (*path, keyword, name))
        elif (keyword in _CHOICES or keyword == "items") and isinstance(value, list):
            for index, inner in enumerate(value):
                if _is_schema(inner):
                    yield from _schemas(inner, (*path, keyword, index))


def _bare(parameters: dict[str, Any]) -> list[str]:
    """The names of arguments that stand in the schema itself, without the `properties` that should be around them."""
    said = parameters.get("type", {})
    if "properties" in parameters or not (said == "object" or isinstance(said, dict)):
        return []
    named = [key for key, value in parameters.items() if _is_schema(value) and not key.startswith(("x-", "$"))]
    return named if _ELSEWHERE.isdisjoint(parameters) and not _KEYWORDS.issuperset(named) else []


def _no_objects(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    for path, name, parameters in _parameters(functions):
        said = parameters.get("type")
        if named := _bare(parameters):
            yield At(
                path,
                f"the arguments of {name} stand in `parameters` itself; they belong into its `properties`",
                f"write {{type: object, properties: {{{', '.join(f'{key}: …' for key in named)}}}}}",
                "key",
            )
        elif said is None and "type" not in parameters and ("properties" in parameters or "required" in parameters):
            yield At(
                path,
                f"the parameters of {name} do not say that they are an object",
                "add `type: object`",
                "key",
                Fix("add `type: object`", (Put((*path, "type"), "object"),)),
            )
        elif isinstance(said, str) and said in _TYPES and said != "object":
            yield At(
                (*path, "type"),
                f"the parameters of {name} are of type `{said}`; arguments come as an object",
                "write `type: object`"
                if "properties" in parameters
                else f"write {{type: object, properties: {{value: {{type: {said}}}}}}} with a name in place of `value`",
            )


PARAMETERS_NOT_OBJECT = Rule(
    code="CS406",
    name="parameters-not-object",
    severity="warning",
    summary="The parameters of a function are not the schema of an object.",
    why="A call brings its arguments as one JSON object, by name. A function whose parameters were of type `string` was "
    "taken and never called, also with `tool_choice: required`. That it is always so is not proven, hence a warning.",
    source="openai/openai-realtime-api-beta#28; the API reference shows objects only",
    kinds=("realtime",),
    check=_no_objects,
    bad="type: realtime\ntools: [{type: function, name: dial, parameters: {properties: {number: {type: string}}}}]\n",
    good="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {number: {type: string}}}}]\n",
    fixed="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {properties: {number: {type: string}}, type: object}}]\n",
)


def _unknown_type(path: Path, word: str) -> At:
    better = _OTHER_TYPES.get(word.lower()) or nearest(word, _TYPES)
    if better is None:
        return At(path, f"JSON Schema has no type {shown(word)}", f"its types are {either(_TYPES, 'and')}")
    fix = Fix(f"write `{better}`", (Put(path, better),), "unsafe")
    return At(path, f"JSON Schema has no type {shown(word)}", f"write `{better}`", fix=fix)


def _not_schema(path: Path, where: str, value: Any) -> At:
    """What to say of something that stands where a schema should; null is another rule's."""
    if isinstance(value, str):
        word = _OTHER_TYPES.get(value.lower(), value)
        help_ = f"write {{type: {word}}}" if word in _TYPES else "write {type: string, description: …}"
        return At(path, f"{where} must be a schema, not a text", help_)
    return At(path, f"{where} must be a schema, not {a_kind(value)}", "write {type: …}, or {} for any value")


def _takes_schema(value: Any) -> bool:
    return value is None or value is UNREADABLE or isinstance(value, (dict, bool))


def _type_faults(path: Path, said: Any) -> Iterator[At]:
    words = said if isinstance(said, list) else [said]
    for index, word in enumerate(words):
        place = (*path, "type", index) if isinstance(said, list) else (*path, "type")
        if isinstance(word, str):
            if word not in _TYPES:
                yield _unknown_type(place, word)
        elif word is not None and word is not UNREADABLE:
            yield At(place, f"the `type` of a schema is a word, not {a_kind(word)}", f"write {either(_TYPES)}")
    if said == []:
        yield At((*path, "type"), "the list of types is empty: nothing fits", "name a type, or remove `type`")


def _required_faults(path: Path, required: Any) -> Iterator[At]:
    place = (*path, "required")
    if isinstance(required, bool):
        name = path[-1] if len(path) > 1 and path[-2] == "properties" else "…"
        yield At(
            place,
            "`required` is a list of names, and stands in the object, not in its property",
            f"remove it, and write `required: [{name}]` beside `properties`" if required else "remove it",
        )
    elif isinstance(required, str):
        yield At(place, "`required` is a list of names, not a text", f"write [{required}]")
    elif not isinstance(required, list):
        yield At(place, f"`required` is a list of names, not {a_kind(required)}", "write [] with the names in it")
    else:
        for index, name in enumerate(required):
            if not isinstance(name, str) and name is not UNREADABLE:
                yield At((*place, index), f"`required` holds names, not {a_kind(name)}", "write the name of a property")


def _local_faults(path: Path, schema: dict[str, Any]) -> Iterator[At]:
    """What is wrong with one schema, without those inside it and without its nulls."""
    for keyword, value in schema.items():
        place = (*path, keyword)
        if value is None or value is UNREADABLE:
            continue
        if keyword == "type":
            yield from _type_faults(path, value)
        elif keyword == "required":
            yield from _required_faults(path, value)
        elif keyword in _MAPS:
            if not isinstance(value, dict):
                yield At(place, f"`{keyword}` is a mapping of schemas, not {a_kind(value)}", "write {name: {type: …}}")
                continue
            for name, inner in value.items():
                if not _takes_schema(inner):
                    yield _not_schema((*place, name), shown(name), inner)
        elif keyword in _CHOICES or (keyword == "items" and isinstance(value, list)):
            if not isinstance(value, list) or not value:
                help_ = "write [{type: …}, …]" if value != [] else "put a schema into it, or remove it"
                what = a_kind(value) if value != [] else "an empty one"
                yield At(place, f"`{keyword}` is a list of schemas, not {what}", help_)
                continue
            for index, inner in enumerate(value):
                if not _takes_schema(inner):
                    yield _not_schema((*place, index), f"each entry of `{keyword}`", inner)
        elif keyword in _SINGLE:
            if not _takes_schema(value):
                yield _not_schema(place, f"`{keyword}`", value)
        elif keyword == "enum":
            if not isinstance(value, list) or not value:
                help_ = f"write [{value}]" if isinstance(value, str) else "write the values, as [a, b]"
                what = a_kind(value) if value != [] else "an empty one"
                yield At(place, f"`enum` is a list of values, not {what}", help_)
        elif keyword in _TEXTS:
            if not isinstance(value, str) and not _is_placeholder(value):
                help_ = "write a text" if isinstance(value, (dict, list)) else "put it in quotes"
                yield At(place, f"`{keyword}` is a text, not {a_kind(value)}", help_)
        elif keyword in _NUMBERS and (isinstance(value, bool) or not isinstance(value, (int, float))):
            yield At(place, f"`{keyword}` is a number, not {a_kind(value)}", "write a number, without quotes")


def _is_placeholder(value: Any) -> bool:
    return isinstance(value, dict) and not _is_schema(value)


def _bad_schemas(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    for path, _name, parameters in _parameters(functions):
        if _bare(parameters):
            continue  # that has been said, and its keys are no keywords
        for place, schema in _schemas(parameters, path):
            yield from _local_faults(place, schema)


BAD_PARAMETERS = Rule(
    code="CS407",
    name="bad-parameters",
    severity="warning",
    summary="The parameters of a function are no valid JSON Schema.",
    why="The model reads this schema to fill in the arguments, and has to guess where it makes no sense. OpenAI's other "
    "APIs refuse such a tool; for the Realtime API it is not proven, hence a warning.",
    source="JSON Schema, drafts 7 and 2020-12",
    kinds=("realtime",),
    check=_bad_schemas,
    bad="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {line: {type: int}}}}]\n",
    good="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {line: {type: integer}}}}]\n",
    fixed="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {line: {type: integer}}}}]\n",
)


def _not_there(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    for path, _name, parameters in _parameters(functions):
        if _bare(parameters):
            continue  # they are there, at the wrong place, and that has been said
        for place, schema in _schemas(parameters, path):
            required, properties = schema.get("required"), schema.get("properties", {} if place == path else None)
            elsewhere = not _ELSEWHERE.isdisjoint(schema) or isinstance(schema.get("additionalProperties"), dict)
            if not isinstance(required, list) or not isinstance(properties, dict) or elsewhere:
                continue
            if _is_placeholder(properties):
                continue
            for index, name in enumerate(required):
                if isinstance(name, str) and name not in properties:
                    yield _missing_property((*place, "required", index), name, properties)


def _missing_property(path: Path, name: str, properties: dict[str, Any]) -> At:
    guess = nearest(name, properties) if properties else None
    help_ = f"write {shown(guess)}" if guess else f"add {shown(name)} to `properties`, or remove it here"
    return At(path, f"{shown(name)} is required, and is not among the `properties`", help_)


UNKNOWN_REQUIRED = Rule(
    code="CS408",
    name="unknown-required",
    severity="warning",
    summary="`required` names a property that `properties` does not have.",
    why="The model has to fill in an argument of which it knows nothing but the name: mostly a property was renamed at "
    "one place only. JSON Schema allows it, and that the service refuses it is not proven, hence a warning.",
    source="inferred from JSON Schema",
    kinds=("realtime",),
    check=_not_there,
    bad="type: realtime\n"
    "tools:\n- type: function\n  name: dial\n"
    "  parameters: {type: object, properties: {number: {type: string}}, required: [nummber]}\n",
    good="type: realtime\n"
    "tools:\n- type: function\n  name: dial\n"
    "  parameters: {type: object, properties: {number: {type: string}}, required: [number]}\n",
)


def _schema_nulls(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    for path, _name, parameters in _parameters(functions):
        for place, schema in _schemas(parameters, path):
            yield from _local_nulls(place, schema)


def _local_nulls(path: Path, schema: dict[str, Any]) -> Iterator[At]:
    """The nulls of one schema, without those inside the schemas in it."""
    torn: str | None = None
    """The text that ends in a comma which ended it too early, for as long as its pieces follow."""
    for keyword, value in schema.items():
        place = (*path, keyword)
        if value is None and keyword not in _KEYWORDS and not keyword.startswith("x-"):
            if torn is None:
                yield _torn_text(path, keyword, schema)
            torn = keyword
            continue
        torn = None
        if value is None and keyword not in _VALUES and not keyword.startswith("x-"):
            if keyword == "type":
                yield _null_type(place)
            else:
                yield At(place, f"`{keyword}` has no value", f"give it one, or remove `{keyword}`")
        elif keyword == "type" and isinstance(value, list):
            yield from (_null_type((*place, index)) for index, word in enumerate(value) if word is None)
        elif keyword in _MAPS and isinstance(value, dict):
            for name, inner in value.items():
                if inner is None:
                    yield At(
                        (*place, name), f"{shown(name)} has no schema", "write {type: string}, or {} for any value"
                    )
        elif (keyword in _CHOICES or keyword == "items") and isinstance(value, list):
            for index, inner in enumerate(value):
                if inner is None:
                    yield At(
                        (*place, index), f"an entry of `{keyword}` is null", 'write {type: "null"} if null may come'
                    )


def _null_type(path: Path) -> At:
    fix = Fix('write "null"', (Put(path, "null"),))
    return At(path, "the type is null itself, not the word `null`", 'write "null" in quotes', fix=fix)


def _torn_text(path: Path, key: str, schema: dict[str, Any]) -> At:
    """A key without a value: mostly the rest of a description in braces, which ends at its first comma."""
    keys = list(schema)
    first = keys.index(key)
    last = first
    while last + 1 < len(keys) and schema[keys[last + 1]] is None and keys[last + 1] not in _KEYWORDS:
        last += 1
    before = keys[first - 1] if first else ""
    if before not in ("description", "title") or not isinstance(schema[before], str):
        return At((*path, key), f"{shown(key)} has no value", "give it one, or remove it", "key")
    pieces = keys[first : last + 1]
    whole = ", ".join([schema[before], *pieces])
    fix = Fix(
        f"put the `{before}` in quotes",
        (Put((*path, before), whole), *(Remove((*path, piece)) for piece in pieces)),
        "unsafe",
    )
    return At(
        (*path, key),
        f"the comma before {shown(key)} ended the `{before}`, and this became a key without a value",
        f"put the whole `{before}` in quotes",
        "key",
        fix,
    )


NULL_IN_PARAMETERS = Rule(
    code="CS409",
    name="null-in-parameters",
    severity="warning",
    summary="A null in the parameters of a function, where a schema or a word should be.",
    why="YAML makes nulls in silence: in braces a text ends at its first comma, a key without a value holds null, and "
    "`type: null` is no word. JSON Schema allows none of them; that the service refuses them is not proven, hence a "
    "warning.",
    source="YAML 1.2.2, 7.3.3 (plain scalars in flow collections end at a comma); JSON Schema",
    kinds=("realtime",),
    check=_schema_nulls,
    bad="type: realtime\n"
    "tools:\n- type: function\n  name: dial\n"
    "  parameters: {type: object, properties: {number: {type: string, description: The number, with country code.}}}\n",
    good="type: realtime\n"
    "tools:\n- type: function\n  name: dial\n"
    "  parameters: {type: object, properties: {number: {type: string, description: The number with country code.}}}\n",
    fixed="type: realtime\n"
    "tools:\n- type: function\n  name: dial\n"
    '  parameters: {type: object, properties: {number: {type: string, description: "The number, with country code."}}}\n',
)


def _no_such_tool(
    session: dict[str, Any], tools: list[tuple[Path, dict[str, Any]]], tool_choice: str | dict[str, Any]
) -> Iterator[At]:
    if isinstance(tool_choice, str) or not tools or len(tools) != len(session["tools"]):
        return  # `tools: []` goes with any choice, and a tool from elsewhere may have any name
    kind = tool_choice.get("type")
    if kind not in ("function", "mcp") or any(tool.get("type") not in ("function", "mcp") for _, tool in tools):
        return  # what such a tool is called cannot be told until its shape is right
    key, what = ("name", "function") if kind == "function" else ("server_label", "MCP server")
    wanted = tool_choice.get(key)
    names = [tool.get(key) for _, tool in tools if tool.get("type") == kind]
    known = [name for name in names if isinstance(name, str) and (kind == "mcp" or _takes_name(name))]
    if not isinstance(wanted, str) or wanted in names or len(known) != len(names):
        return
    if not known:
        help_ = f"add the {what} to `tools`, or write `tool_choice: auto`"
    elif guess := nearest(wanted, known):
        help_ = f"write {shown(guess)}"
    else:
        help_ = f"`tools` has {', '.join(map(shown, known))}; `tool_choice: auto` lets the model choose"
    yield At(("tool_choice", key), f"`tools` has no {what} called {shown(wanted)}", help_)


def _takes_name(name: str) -> bool:
    """Whether the service takes this name for a function."""
    return bool(name) and all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in name)


UNKNOWN_CHOICE = Rule(
    code="CS410",
    name="unknown-tool-choice",
    severity="warning",
    summary="`tool_choice` names a function or an MCP server that is not in `tools`.",
    why="The model is told to call what it does not have. The service takes an empty list of tools with any choice; what "
    "it does with a wrong name is not proven, hence a warning. An update without `tools` is not checked: the session "
    "may have them already.",
    source="inferred; recorded: `tools: []` with any `tool_choice` is accepted",
    kinds=("realtime",),
    check=_no_such_tool,
    bad="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dail}\n",
    good="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dial}\n",
)
