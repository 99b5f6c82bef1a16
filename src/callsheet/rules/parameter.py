"""CS406 to CS409: the parameters of functions, which are JSON Schemas."""

from __future__ import annotations

from callsheet.nearest import nearest
from callsheet.patch import Fix, Put, Remove
from callsheet.rules.json_schema import (
    CHOICES,
    ELSEWHERE,
    KEYWORDS,
    MAPS,
    NUMBERS,
    OTHER_TYPES,
    SINGLE,
    TEXTS,
    TYPES,
    VALUES,
    bare,
    is_schema,
)
from callsheet.rules.rule import At, Rule
from callsheet.shape.say import a_kind, either, shown
from callsheet.source.node import UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.pointer import Path
    from callsheet.rules.json_schema import Parameters, Subschema


def _name(function: str | None) -> str:
    return "the function" if function is None else shown(function)


def _no_objects(parameters: list[Parameters]) -> Iterator[At]:
    for path, function, schema in parameters:
        said = schema.get("type")
        if said == "object" and "properties" in schema:
            continue  # as nearly all have
        if named := bare(schema):
            yield At(
                path,
                f"the arguments of {_name(function)} stand in `parameters` itself; they belong into its `properties`",
                f"write {{type: object, properties: {{{', '.join(f'{key}: …' for key in named)}}}}}",
                "key",
            )
        elif said is None and "type" not in schema and ("properties" in schema or "required" in schema):
            yield At(
                path,
                f"the parameters of {_name(function)} do not say that they are an object",
                "add `type: object`",
                "key",
                Fix("add `type: object`", (Put((*path, "type"), "object"),)),
            )
        elif isinstance(said, str) and said in TYPES and said != "object":
            message = f"the parameters of {_name(function)} are of type `{said}`; arguments come as an object"
            yield At((*path, "type"), message, _object_instead(said, schema))


def _object_instead(said: str, schema: dict[str, Any]) -> str:
    """What to write in place of a schema that is none of an object."""
    if "properties" in schema:
        return "write `type: object`"
    if said == "null":
        return "write {type: object, properties: {}} for a function without arguments"
    return f"write {{type: object, properties: {{value: {{type: {said}}}}}}} with a name in place of `value`"


PARAMETERS_NOT_OBJECT = Rule(
    code="CS406",
    name="parameters-not-object",
    severity="warning",
    summary="The parameters of a function are not the schema of an object.",
    why="A call brings its arguments as one JSON object, by name. A function whose parameters were of type `string` was "
    "taken and never called, also with `tool_choice: required`. That it is always so is not proven, hence a warning.",
    source="openai/openai-realtime-api-beta#28; the API reference shows objects only",
    kinds=("realtime", "realtime-beta"),
    targets=(),
    check=_no_objects,
    of_parts=True,
    bad="type: realtime\ntools: [{type: function, name: dial, parameters: {properties: {number: {type: string}}}}]\n",
    good="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {number: {type: string}}}}]\n",
    fixed="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {properties: {number: {type: string}}, type: object}}]\n",
)


def _unknown_type(path: Path, word: str) -> At:
    better = OTHER_TYPES.get(word.lower()) or nearest(word, TYPES)
    if better is None:
        return At(path, f"JSON Schema has no type {shown(word)}", f"its types are {either(TYPES, 'and')}")
    fix = Fix(f"write `{better}`", (Put(path, better),), "unsafe")
    return At(path, f"JSON Schema has no type {shown(word)}", f"write `{better}`", fix=fix)


def _not_schema(path: Path, where: str, value: Any) -> At:
    """What to say of something that stands where a schema should; null is another rule's."""
    if isinstance(value, str):
        word = OTHER_TYPES.get(value.lower(), value)
        help_ = f"write {{type: {word}}}" if word in TYPES else "write {type: string, description: …}"
        return At(path, f"{where} must be a schema, not a text", help_)
    return At(path, f"{where} must be a schema, not {a_kind(value)}", "write {type: …}, or {} for any value")


def _takes_schema(value: Any) -> bool:
    return value is None or value is UNREADABLE or isinstance(value, (dict, bool))


def _type_faults(path: Path, said: Any) -> Iterator[At]:
    words = said if isinstance(said, list) else [said]
    for index, word in enumerate(words):
        place = (*path, "type", index) if isinstance(said, list) else (*path, "type")
        if isinstance(word, str):
            if word not in TYPES:
                yield _unknown_type(place, word)
        elif word is not None and word is not UNREADABLE:
            yield At(place, f"the `type` of a schema is a word, not {a_kind(word)}", f"write {either(TYPES)}")
    if said == []:
        yield At((*path, "type"), "the list of types is empty: nothing fits", "name a type, or remove `type`")


def _required_faults(path: Path, required: Any) -> Iterator[At]:
    place = (*path, "required")
    if isinstance(required, bool):
        name = path[-1] if path[-2] == "properties" else "…"
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
        if value is None or value is UNREADABLE:
            continue
        if type(value) is str and (value in TYPES if keyword == "type" else keyword in TEXTS):
            continue  # as nearly all are
        place = (*path, keyword)
        if keyword == "type":
            yield from _type_faults(path, value)
        elif keyword == "required":
            yield from _required_faults(path, value)
        elif keyword in MAPS:
            if not isinstance(value, dict):
                yield At(place, f"`{keyword}` is a mapping of schemas, not {a_kind(value)}", "write {name: {type: …}}")
                continue
            if _is_placeholder(value):
                continue
            for name, inner in value.items():
                if type(inner) is not dict and not _takes_schema(inner):
                    yield _not_schema((*place, name), shown(name), inner)
        elif keyword in CHOICES or (keyword == "items" and isinstance(value, list)):
            if not isinstance(value, list) or not value:
                help_ = "write [{type: …}, …]" if value != [] else "put a schema into it, or remove it"
                what = a_kind(value) if value != [] else "an empty one"
                yield At(place, f"`{keyword}` is a list of schemas, not {what}", help_)
                continue
            for index, inner in enumerate(value):
                if not _takes_schema(inner):
                    yield _not_schema((*place, index), f"each entry of `{keyword}`", inner)
        elif keyword in SINGLE:
            if not _takes_schema(value):
                yield _not_schema(place, f"`{keyword}`", value)
        elif keyword == "enum":
            if not isinstance(value, list) or not value:
                help_ = f"write [{value}]" if isinstance(value, str) else "write the values, as [a, b]"
                what = a_kind(value) if value != [] else "an empty one"
                yield At(place, f"`enum` is a list of values, not {what}", help_)
        elif keyword in TEXTS:
            if not isinstance(value, str) and not _is_placeholder(value):
                help_ = "write a text" if isinstance(value, (dict, list)) else "put it in quotes"
                yield At(place, f"`{keyword}` is a text, not {a_kind(value)}", help_)
        elif keyword in NUMBERS and (isinstance(value, bool) or not isinstance(value, (int, float))):
            yield At(place, f"`{keyword}` is a number, not {a_kind(value)}", "write a number, without quotes")


def _is_placeholder(value: Any) -> bool:
    return isinstance(value, dict) and not is_schema(value)


def _bad_schemas(schemas: list[Subschema]) -> Iterator[At]:
    for schema in schemas:
        if not schema.bare:  # that has been said, and its keys are no keywords
            yield from _local_faults(schema.path, schema.schema)


BAD_PARAMETERS = Rule(
    code="CS407",
    name="bad-parameters",
    severity="warning",
    summary="The parameters of a function are no valid JSON Schema.",
    why="The model reads this schema to fill in the arguments, and has to guess where it makes no sense. OpenAI's other "
    "APIs refuse such a tool; for the Realtime API it is not proven, hence a warning.",
    source="JSON Schema, drafts 7 and 2020-12",
    kinds=("realtime", "realtime-beta"),
    targets=(),
    check=_bad_schemas,
    of_parts=True,
    bad="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {line: {type: int}}}}]\n",
    good="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {line: {type: integer}}}}]\n",
    fixed="type: realtime\n"
    "tools: [{type: function, name: dial, parameters: {type: object, properties: {line: {type: integer}}}}]\n",
)


def _not_there(schemas: list[Subschema]) -> Iterator[At]:
    for path, schema, top, without in schemas:
        required, properties = schema.get("required"), schema.get("properties", {} if top else None)
        elsewhere = not ELSEWHERE.isdisjoint(schema) or isinstance(schema.get("additionalProperties"), dict)
        if without or elsewhere or not isinstance(required, list) or not isinstance(properties, dict):
            continue
        if _is_placeholder(properties):
            continue
        for index, name in enumerate(required):
            if isinstance(name, str) and name not in properties:
                yield _missing_property((*path, "required", index), name, properties)


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
    kinds=("realtime", "realtime-beta"),
    targets=(),
    check=_not_there,
    of_parts=True,
    bad="type: realtime\n"
    "tools:\n- type: function\n  name: dial\n"
    "  parameters: {type: object, properties: {number: {type: string}}, required: [nummber]}\n",
    good="type: realtime\n"
    "tools:\n- type: function\n  name: dial\n"
    "  parameters: {type: object, properties: {number: {type: string}}, required: [number]}\n",
)


def _nulls(schemas: list[Subschema]) -> Iterator[At]:
    for schema in schemas:
        yield from _local_nulls(schema.path, schema.schema)


def _local_nulls(path: Path, schema: dict[str, Any]) -> Iterator[At]:
    """The nulls of one schema, without those inside the schemas in it."""
    torn: str | None = None
    """The text that ends in a comma which ended it too early, for as long as its pieces follow."""
    for keyword, value in schema.items():
        if type(value) is str:
            torn = None
            continue
        place = (*path, keyword)
        if value is None and keyword not in KEYWORDS and not keyword.startswith("x-"):
            if torn is None:
                yield _torn_text(path, keyword, schema)
            torn = keyword
            continue
        torn = None
        if value is None and keyword not in VALUES and not keyword.startswith("x-"):
            if keyword == "type":
                yield _null_type(place)
            else:
                yield At(place, f"`{keyword}` has no value", f"give it one, or remove `{keyword}`")
        elif keyword == "type" and isinstance(value, list):
            yield from (_null_type((*place, index)) for index, word in enumerate(value) if word is None)
        elif keyword in MAPS and isinstance(value, dict):
            for name, inner in value.items():
                if inner is None:
                    yield At(
                        (*place, name), f"{shown(name)} has no schema", "write {type: string}, or {} for any value"
                    )
        elif (keyword in CHOICES or keyword == "items") and isinstance(value, list):
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
    while last + 1 < len(keys) and schema[keys[last + 1]] is None and keys[last + 1] not in KEYWORDS:
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
    kinds=("realtime", "realtime-beta"),
    targets=(),
    check=_nulls,
    of_parts=True,
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
