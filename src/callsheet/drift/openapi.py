"""The request bodies and events of an OpenAPI document as shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.drift.bodies import BODIES, OTHER_OPENAPI
from callsheet.drift.schema import SchemaReader, mapping
from callsheet.drift.upstream import LONGEST, UnreadableError, Upstream, length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.shape.shape import Shape

_MEDIA = ("application/json", "multipart/form-data")
_METHODS = ("post", "put", "patch")


def read(document: dict[str, Any], name: str, kinds: Iterable[str]) -> Upstream:
    """The bodies of some kinds as a document has them. Raises UnreadableError where it has none of them."""
    reader = SchemaReader(document)
    bodies = {
        kind: {place: _body(reader, place) for place in BODIES[kind].openapi}
        for kind in kinds
        if kind in BODIES and BODIES[kind].openapi
    }
    if all(shape is None for places in bodies.values() for shape in places.values()):
        raise UnreadableError(f"{name}: not the document of the Realtime API: it has no path such as /realtime/calls")
    new = tuple(place for place in _operations(document) if place not in _known())
    return Upstream("openapi", name, bodies, tuple(dict.fromkeys(reader.complaints)), new)


def _known() -> frozenset[str]:
    return OTHER_OPENAPI | {place for body in BODIES.values() for place in body.openapi}


def _operations(document: dict[str, Any]) -> Iterator[str]:
    """The operations of the Realtime API that take a body."""
    for path, methods in mapping(document.get("paths")).items():
        if path.startswith("/realtime/"):
            for method in _METHODS:
                if "requestBody" in mapping(mapping(methods).get(method)):
                    yield f"{method.upper()} {path}"


def _body(reader: SchemaReader, place: str) -> Shape | None:
    """The shape of an operation's request body, or of a component; None where there is no such place."""
    schema = _schema(reader, place)
    if schema is None:
        return None
    shape = reader.shape(schema, place)
    if shape is None:
        return reader.complain(place, "it can be nothing but null")
    if length(shape) > LONGEST:
        return reader.complain(place, f"more than callsheet compares: its keys would fill {LONGEST:,} characters")
    return shape


def _schema(reader: SchemaReader, place: str) -> Any:
    method, _, path = place.rpartition(" ")
    document = reader.document
    if not method:
        return mapping(mapping(document.get("components")).get("schemas")).get(place)
    operation = mapping(mapping(mapping(document.get("paths")).get(path)).get(method.lower()))
    content = mapping(mapping(reader.resolved(operation.get("requestBody"), place)).get("content"))
    return next((mapping(content[media]).get("schema") for media in _MEDIA if media in content), None)
