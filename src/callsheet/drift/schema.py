"""The schemas of an OpenAPI document as shapes.

A document is anybody's text: it may refer to itself, say in forty lines what takes for ever to spell out, and have a
number where an object belongs. Whatever it says, reading it ends, and what cannot be read is complained of.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.drift.keyword import DESCRIBING, SAYING, kind, malformed, small, weight
from callsheet.drift.upstream import Complaint, Unread, clip, unite
from callsheet.shape.shape import Choice, Entries, Field, Flag, Free, Items, Number, Record, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPONENTS = "#/components/schemas/"
_BY_KEYWORD = {"properties": "object", "additionalProperties": "object", "items": "array"}
"""What a schema that names no type is about, by its keywords."""
MOST = 100_000
"""How many schemas are read of a document, one that is referred to each time; the public one has about a thousand."""
DEEPEST = 64
"""How many schemas may stand within each other, references followed; in the public document it is 17."""


class _Read(NamedTuple):
    """What a schema says: a shape, None where it is nothing but null; whether null is taken; its default."""

    shape: Shape | None
    null: bool = False
    default: Any = None


class SchemaReader:
    """Turns schemas into shapes. `open` are the references that are being followed, so that a circle ends."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.complaints: list[Complaint] = []
        self.open: set[str] = set()
        self.depth = 0
        self.count = 0

    def shape(self, schema: Any, at: str) -> Shape | None:
        """The shape of a schema, None where it is nothing but null."""
        return self._schema(schema, at).shape

    def _schema(self, schema: Any, at: str) -> _Read:
        if self.depth >= DEEPEST:
            return _Read(self.complain(at, f"schemas nested too deep: more than {DEEPEST} levels"))
        if not self._affords(schema, at):
            return _Read(Unread(anything=True))
        self.depth += 1
        try:
            return self._read(schema, at)
        finally:
            self.depth -= 1

    def _read(self, schema: Any, at: str) -> _Read:
        if schema is True or schema == {}:
            return _Read(Free(anything=True))
        if not isinstance(schema, dict):
            return _Read(self.complain(at, f"no schema stands here, but {kind(schema)}"))
        wrong = malformed(schema)
        if wrong is not None:
            return _Read(self.complain(at, wrong))
        if "$ref" in schema:
            return self._reference(schema, at)
        if "allOf" in schema:
            whole = self._merged(schema, at)
            return _Read(Unread(anything=True)) if whole is None else self._schema(whole, at)
        for keyword in schema:
            if keyword not in SAYING and keyword not in DESCRIBING and not keyword.startswith("x-"):
                return _Read(self.complain(at, f"callsheet does not know the keyword `{clip(keyword)}`"))
        options = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        if options and not all(isinstance(option, dict) and option.keys() <= {"required"} for option in options):
            read = self._options(schema, options, at)
        else:
            read = self._typed(schema, at)
        return self._beside(read, schema, at)

    def _reference(self, schema: dict[str, Any], at: str) -> _Read:
        """What a reference leads to; what stands beside it counts as well."""
        target: str = schema["$ref"]
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        if target in self.open:
            return _Read(self.complain(at, f"{clip(target)} within itself"))
        found = self.resolved({"$ref": target}, at)
        if found is None:
            return _Read(Unread(anything=True))
        with self._following(target):
            where = clip(target.removeprefix(_COMPONENTS))
            if beside.keys() <= DESCRIBING | {"nullable"}:
                return self._beside(self._schema(found, where), beside, at)
            whole = self._merged({"allOf": [found], **beside}, at)
            return _Read(Unread(anything=True)) if whole is None else self._schema(whole, where)

    def _beside(self, read: _Read, schema: dict[str, Any], at: str) -> _Read:
        """What has been read, with what its schema says of null and of a default."""
        null = read.null or schema.get("nullable") is True
        default = schema.get("default", read.default)
        if not small(default):
            self.complain(at, "a `default` that is too large to compare")
            default = None
        return read._replace(null=null, default=default)

    def resolved(self, thing: Any, at: str) -> Any:
        """A thing itself, or what its reference leads to; None where it leads nowhere, of which it complains."""
        trail: set[str] = set()
        while isinstance(thing, dict) and "$ref" in thing:
            target = thing["$ref"]
            if not isinstance(target, str):
                self.complain(at, f"`$ref` is {kind(target)}, and has to be text")
                return None
            if target in trail:
                self.complain(at, f"the reference {clip(target)} leads back to itself")
                return None
            found: Any = self.document if target.startswith("#/") else None
            for step in target.removeprefix("#/").split("/"):
                found = mapping(found).get(step.replace("~1", "/").replace("~0", "~"))
            if found is None:
                self.complain(at, f"the reference {clip(target)} leads nowhere")
                return None
            trail.add(target)
            thing = found
        return thing

    def _merged(self, schema: dict[str, Any], at: str) -> dict[str, Any] | None:
        """One schema that says what a schema and all of its `allOf` say; None where it cannot be read."""
        whole: dict[str, Any] = {}
        for part in [*schema["allOf"], {keyword: value for keyword, value in schema.items() if keyword != "allOf"}]:
            resolved = self._part(part, at)
            if resolved is None:
                return None
            for keyword, value in resolved.items():
                if keyword == "properties":
                    whole.setdefault(keyword, {}).update(value)
                elif keyword == "required":
                    whole.setdefault(keyword, []).extend(value)
                elif keyword in {"anyOf", "oneOf"} and keyword in whole:
                    self.complain(at, f"two `{keyword}` at once")
                    return None
                else:
                    whole[keyword] = value
        return whole

    def _part(self, part: Any, at: str) -> dict[str, Any] | None:
        """One of several schemas that hold together, with its own put together; None where it cannot be read."""
        if not self._affords(part, at):
            return None
        target = part.get("$ref") if isinstance(part, dict) else None
        if isinstance(target, str) and target in self.open:
            self.complain(at, f"{clip(target)} within itself")
            return None
        found = self.resolved(part, at)
        if found is None and target is not None:
            return None
        if found is True:
            return {}
        if not isinstance(found, dict):
            self.complain(at, f"no schema stands here, but {kind(found)}")
            return None
        if found is not part and not self._affords(found, at):
            return None
        wrong = malformed(found)
        if wrong is not None:
            self.complain(at, wrong)
            return None
        if "allOf" not in found:
            return found
        if self.depth >= DEEPEST:
            self.complain(at, f"schemas nested too deep: more than {DEEPEST} levels")
            return None
        self.depth += 1
        try:
            with self._following(target):
                return self._merged(found, at)
        finally:
            self.depth -= 1

    @contextmanager
    def _following(self, target: Any) -> Iterator[None]:
        """While a reference is followed, what refers to it again is within itself."""
        fresh = {target} - self.open if isinstance(target, str) else set()
        self.open |= fresh
        try:
            yield
        finally:
            self.open -= fresh

    def _options(self, schema: dict[str, Any], options: list[Any], at: str) -> _Read:
        common: dict[str, Any] = {
            keyword: schema[keyword] for keyword in ("properties", "required") if keyword in schema
        }
        if common:
            common["type"] = "object"
        read = [self._schema({"allOf": [common, option]} if common else option, at) for option in options]
        shapes = [one.shape for one in read if one.shape is not None]
        null = any(one.null for one in read)
        default = next((one.default for one in read if one.default is not None), None) if len(shapes) == 1 else None
        return _Read(self._united(shapes, at), null, default)

    def _typed(self, schema: dict[str, Any], at: str) -> _Read:
        if "const" in schema or "enum" in schema:
            return self._values([schema["const"]] if "const" in schema else schema["enum"], at)
        names = schema.get("type", next((_BY_KEYWORD[word] for word in schema if word in _BY_KEYWORD), None))
        if names is None:
            says = schema.keys() & (SAYING - {"nullable"})
            return _Read(self.complain(at, f"`{min(says)}` without a type") if says else Free(anything=True))
        names = dict.fromkeys(names if isinstance(names, list) else [names])
        shapes = [self._named(name, schema, at) for name in names if name != "null"]
        return _Read(self._united(shapes, at), "null" in names)

    def _values(self, values: list[Any], at: str) -> _Read:
        by_type: dict[type, list[Any]] = {}
        for value in values:
            by_type.setdefault(type(value), []).append(value)
        null = by_type.pop(type(None), None) is not None
        if not by_type.keys() <= {str, int, bool}:
            return _Read(self.complain(at, "an `enum` of something else than words and whole numbers"), null)
        shapes: list[Shape] = [Flag() if one is bool else Choice(tuple(some)) for one, some in by_type.items()]
        return _Read(self._united(shapes, at), null)

    def _united(self, shapes: list[Shape], at: str) -> Shape | None:
        return unite(shapes, lambda what: self.complain(at, what)) if shapes else None

    def _named(self, name: str, schema: dict[str, Any], at: str) -> Shape:
        match name:
            case "string":
                return Text(schema.get("minLength"), schema.get("maxLength"), schema.get("pattern"))
            case "boolean":
                return Flag()
            case "integer" | "number":
                return self._number(schema, at, whole=name == "integer")
            case "array":
                read = self._schema(schema.get("items", {}), f"{at}[]")
                items = self.complain(at, "null inside a list") if read.null or read.shape is None else read.shape
                return Items(items, schema.get("minItems"), schema.get("maxItems"))
            case "object":
                return self._object(schema, at)
        return self.complain(at, f"callsheet does not know the type `{clip(name)}`")

    def _number(self, schema: dict[str, Any], at: str, *, whole: bool) -> Shape:
        minimum, maximum = schema.get("minimum"), schema.get("maximum")
        above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
        if above is None and below is None:
            return Number(whole, minimum, maximum)
        if not whole or isinstance(above, bool) or isinstance(below, bool):
            return self.complain(at, "an exclusive bound")
        return Number(whole, minimum if above is None else above + 1, maximum if below is None else below - 1)

    def _object(self, schema: dict[str, Any], at: str) -> Shape:
        more = schema.get("additionalProperties", True)
        if "properties" not in schema:
            if more is False:
                return Record("", {})
            if more is True or more == {}:
                return Free()
            read = self._schema(more, f"{at}.*")
            if read.null or read.shape is None:
                return self.complain(at, "null inside a mapping")
            return Free() if read.shape == Free(anything=True) else Entries(read.shape)
        if isinstance(more, dict) and more:
            return self.complain(at, "an object with named keys and free ones of a certain form")
        required = frozenset(schema.get("required", ()))
        fields = {
            key: self._field(value, f"{at}.{key}", required=key in required)
            for key, value in schema["properties"].items()
        }
        return Record(at, fields)

    def _field(self, schema: Any, at: str, *, required: bool) -> Field:
        shape, null, default = self._schema(schema, at)
        if shape is None:
            shape = self.complain(at, "it can be nothing but null")
        return Field(shape, required=required, null="yes" if null else "no", default=default)

    def _affords(self, schema: Any, at: str) -> bool:
        """Whether one schema more is read; complains of the first that is not."""
        before = self.count
        self.count += weight(schema) if isinstance(schema, dict) else 1
        if before <= MOST < self.count:
            self.complain(at, f"more than {MOST:,} schemas, those that are referred to counted each time: not read on")
        return self.count <= MOST

    def complain(self, at: str, what: str) -> Unread:
        """Note a construct that cannot be read; returns what stands in its place."""
        self.complaints.append(Complaint(at, what))
        return Unread(anything=True)


def mapping(thing: Any) -> dict[str, Any]:
    """A thing that is an object, and of anything else one that is empty."""
    return thing if isinstance(thing, dict) else {}
