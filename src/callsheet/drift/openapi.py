"""The request bodies and events of an OpenAPI document as shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.drift.bodies import BODIES, OTHER_OPENAPI
from callsheet.drift.upstream import Complaint, Unread, UnreadableError, Upstream, unite
from callsheet.shape.shape import Choice, Entries, Field, Flag, Free, Items, Number, Record, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COMPONENTS = "#/components/schemas/"
_MEDIA = ("application/json", "multipart/form-data")
_METHODS = ("post", "put", "patch")
_DESCRIBING = frozenset(
    {
        *("title", "description", "example", "examples", "default", "deprecated", "externalDocs", "$comment"),
        *("format", "contentEncoding", "contentMediaType", "xml", "readOnly", "writeOnly", "discriminator"),
    }
)
"""Keywords that say nothing which a shape has a place for; `default` is read with the field."""
_SAYING = frozenset(
    {
        *("type", "nullable", "enum", "const", "properties", "required", "additionalProperties", "items"),
        *("minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        *("minItems", "maxItems", "anyOf", "oneOf", "allOf", "$ref"),
    }
)
"""Keywords that are read."""
_BY_KEYWORD = {"properties": "object", "additionalProperties": "object", "items": "array"}
"""What a schema that names no type is about, by its keywords."""


class _Read(NamedTuple):
    """What a schema says: a shape, None where it is nothing but null; whether null is taken; its default."""

    shape: Shape | None
    null: bool = False
    default: Any = None


def read(document: dict[str, Any], name: str, kinds: Iterable[str]) -> Upstream:
    """The bodies of some kinds as a document has them. Raises UnreadableError where it has none of them."""
    reader = _Reader(document)
    bodies = {
        kind: {place: reader.body(place) for place in BODIES[kind].openapi}
        for kind in kinds
        if kind in BODIES and BODIES[kind].openapi
    }
    if all(shape is None for places in bodies.values() for shape in places.values()):
        raise UnreadableError(f"{name}: not the document of the Realtime API: it has no path such as /realtime/calls")
    new = tuple(place for place in reader.operations() if place not in _known())
    return Upstream("openapi", name, bodies, tuple(dict.fromkeys(reader.complaints)), new)


def _known() -> frozenset[str]:
    return OTHER_OPENAPI | {place for body in BODIES.values() for place in body.openapi}


class _Reader:
    """Turns schemas into shapes. `open` are the references that are being followed, so that a circle ends."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.complaints: list[Complaint] = []
        self.open: list[str] = []

    def operations(self) -> Iterator[str]:
        """The operations of the Realtime API that take a body."""
        for path, methods in _mapping(self.document.get("paths")).items():
            if path.startswith("/realtime/"):
                for method in _METHODS:
                    if "requestBody" in _mapping(_mapping(methods).get(method)):
                        yield f"{method.upper()} {path}"

    def body(self, place: str) -> Shape | None:
        """The shape of an operation's request body, or of a component; None where there is no such place."""
        method, _, path = place.rpartition(" ")
        if not method:
            schema = _mapping(_mapping(self.document.get("components")).get("schemas")).get(place)
        else:
            operation = _mapping(_mapping(_mapping(self.document.get("paths")).get(path)).get(method.lower()))
            content = _mapping(self.resolved(operation.get("requestBody"), place).get("content"))
            schema = next((_mapping(content[media]).get("schema") for media in _MEDIA if media in content), None)
        try:
            return None if schema is None else self.schema(schema, place).shape
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            return self.complain(place, f"no valid schema: {error}")  # where a list stands for a mapping, and the like

    def schema(self, schema: Any, at: str) -> _Read:
        if schema is True or schema == {}:
            return _Read(Free(anything=True))
        if not isinstance(schema, dict):
            return _Read(self.complain(at, "no schema stands here"))
        if "$ref" in schema:
            return self.reference(schema, at)
        if "allOf" in schema:
            return self.schema(self.merged(schema, at), at)
        for keyword in schema:
            if keyword not in _SAYING and keyword not in _DESCRIBING and not keyword.startswith("x-"):
                return _Read(self.complain(at, f"callsheet does not know the keyword `{keyword}`"))
        options = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        if options and not all(isinstance(option, dict) and option.keys() <= {"required"} for option in options):
            read = self.options(schema, options, at)
        else:
            read = self.typed(schema, at)
        null = read.null or schema.get("nullable") is True
        return read._replace(null=null, default=schema.get("default", read.default))

    def reference(self, schema: dict[str, Any], at: str) -> _Read:
        """What a reference leads to; what stands beside it counts as well."""
        target = schema["$ref"]
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        if target in self.open:
            return _Read(self.complain(at, f"{target} within itself"))
        found = self.resolved({"$ref": target}, at)
        if not found:
            return _Read(Unread(anything=True))
        self.open.append(target)
        try:
            where = target.removeprefix(_COMPONENTS)
            if beside.keys() <= _DESCRIBING | {"nullable"}:
                read = self.schema(found, where)
                null = read.null or beside.get("nullable") is True
                return read._replace(null=null, default=beside.get("default", read.default))
            return self.schema(self.merged({"allOf": [found], **beside}, at), where)
        finally:
            self.open.pop()

    def resolved(self, thing: Any, at: str) -> dict[str, Any]:
        """A thing itself, or what its reference leads to; empty where it leads nowhere, of which it complains."""
        trail: list[str] = []
        while isinstance(thing, dict) and "$ref" in thing:
            target = str(thing["$ref"])
            found: Any = self.document if target.startswith("#/") and target not in trail else None
            for step in target.removeprefix("#/").split("/"):
                found = _mapping(found).get(step.replace("~1", "/").replace("~0", "~"))
            if found is None:
                self.complain(at, f"the reference {target} leads nowhere")
            trail.append(target)
            thing = found
        return _mapping(thing)

    def merged(self, schema: dict[str, Any], at: str) -> dict[str, Any]:
        """One schema that says what a schema and all of its `allOf` say."""
        whole: dict[str, Any] = {}
        parts = [*schema["allOf"], {keyword: value for keyword, value in schema.items() if keyword != "allOf"}]
        for part in parts:
            resolved = self.resolved(part, at)
            if "allOf" in resolved:
                resolved = self.merged(resolved, at)
            for keyword, value in resolved.items():
                if keyword == "properties":
                    whole[keyword] = {**whole.get(keyword, {}), **value}
                elif keyword == "required":
                    whole[keyword] = [*whole.get(keyword, ()), *value]
                elif keyword in {"anyOf", "oneOf"} and keyword in whole:
                    whole["not"] = "two alternatives at once"  # which the reader complains of
                else:
                    whole[keyword] = value
        return whole

    def options(self, schema: dict[str, Any], options: list[Any], at: str) -> _Read:
        common: dict[str, Any] = {
            keyword: schema[keyword] for keyword in ("properties", "required") if keyword in schema
        }
        if common:
            common["type"] = "object"
            options = [{"allOf": [common, option]} for option in options]
        read = [self.schema(option, at) for option in options]
        shapes = [one.shape for one in read if one.shape is not None]
        null = any(one.null for one in read)
        default = next((one.default for one in read if one.default is not None), None) if len(shapes) == 1 else None
        return _Read(unite(shapes, lambda what: self.complain(at, what)) if shapes else None, null, default)

    def typed(self, schema: dict[str, Any], at: str) -> _Read:
        if "const" in schema or "enum" in schema:
            return self.values([schema["const"]] if "const" in schema else schema["enum"], at)
        names = schema.get("type", next((_BY_KEYWORD[word] for word in schema if word in _BY_KEYWORD), None))
        if names is None:
            says = schema.keys() & (_SAYING - {"nullable"})
            return _Read(self.complain(at, f"`{min(says)}` without a type") if says else Free(anything=True))
        names = names if isinstance(names, list) else [names]
        shapes = [self.named(name, schema, at) for name in names if name != "null"]
        return _Read(unite(shapes, lambda what: self.complain(at, what)) if shapes else None, "null" in names)

    def values(self, values: list[Any], at: str) -> _Read:
        by_type: dict[type, list[Any]] = {}
        for value in values:
            by_type.setdefault(type(value), []).append(value)
        null = by_type.pop(type(None), None) is not None
        if not by_type.keys() <= {str, int, bool}:
            return _Read(self.complain(at, "an `enum` of something else than words and whole numbers"), null)
        shapes: list[Shape] = [Flag() if kind is bool else Choice(tuple(some)) for kind, some in by_type.items()]
        return _Read(unite(shapes, lambda what: self.complain(at, what)) if shapes else None, null)

    def named(self, name: Any, schema: dict[str, Any], at: str) -> Shape:
        match name:
            case "string":
                return Text(schema.get("minLength"), schema.get("maxLength"), schema.get("pattern"))
            case "boolean":
                return Flag()
            case "integer" | "number":
                return self.number(schema, at, whole=name == "integer")
            case "array":
                read = self.schema(schema.get("items", {}), f"{at}[]")
                items = self.complain(at, "null inside a list") if read.null or read.shape is None else read.shape
                return Items(items, schema.get("minItems"), schema.get("maxItems"))
            case "object":
                return self.object(schema, at)
        return self.complain(at, f"callsheet does not know the type `{name}`")

    def number(self, schema: dict[str, Any], at: str, *, whole: bool) -> Shape:
        minimum, maximum = schema.get("minimum"), schema.get("maximum")
        above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
        if above is None and below is None:
            return Number(whole, minimum, maximum)
        if not whole or isinstance(above, bool) or isinstance(below, bool):
            return self.complain(at, "an exclusive bound")
        return Number(whole, minimum if above is None else above + 1, maximum if below is None else below - 1)

    def object(self, schema: dict[str, Any], at: str) -> Shape:
        more = schema.get("additionalProperties", True)
        if "properties" not in schema:
            if more is False:
                return Record("", {})
            if more is True or more == {}:
                return Free()
            read = self.schema(more, f"{at}.*")
            if read.null or read.shape is None:
                return self.complain(at, "null inside a mapping")
            return Free() if read.shape == Free(anything=True) else Entries(read.shape)
        if isinstance(more, dict) and more:
            return self.complain(at, "an object with named keys and free ones of a certain form")
        required = schema.get("required", ())
        fields = {
            key: self.field(value, f"{at}.{key}", required=key in required)
            for key, value in schema["properties"].items()
        }
        return Record(at, fields)

    def field(self, schema: Any, at: str, *, required: bool) -> Field:
        shape, null, default = self.schema(schema, at)
        if shape is None:
            shape = self.complain(at, "it can be nothing but null")
        return Field(shape, required=required, null="yes" if null else "no", default=default)

    def complain(self, at: str, what: str) -> Unread:
        self.complaints.append(Complaint(at, what))
        return Unread(anything=True)


def _mapping(thing: Any) -> dict[str, Any]:
    return thing if isinstance(thing, dict) else {}
