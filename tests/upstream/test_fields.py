"""Every field of the newest bodies stands in the shapes as the notes have it, and the shapes have no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from held import BETA, HELD
from notes import BODIES, folder, read, row_of

from callsheet.facts import entries
from callsheet.shape.derive import shapes
from callsheet.shape.kind import KINDS
from callsheet.shape.shape import Choice, Text
from callsheet.shape.table import rows
from minimal import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.shape.table import Row

FIELDS: list[dict[str, Any]] = read(folder("CALLSHEET_UPSTREAM") / "fields-newest.json")
TABLES = {kind: rows(shape) for kind, shape in shapes().items()}
NOT_BOUNDS = {"default", "format", "additionalProperties"}
"""Among the constraints of the notes: defaults have a test of their own, records are closed anyhow, and `format` bounds
nothing in JSON Schema.
"""
TYPES = {"bool": "boolean", "int": "integer", "float": "number"}
NOT_LISTED = {
    ("session-update", "type"): "the notes list no events; timeline.json has when it came",
    ("session-update", "event_id"): "as above",
    ("session-update", "session"): "as above",
    ("translation-update", "type"): "as above",
    ("translation-update", "event_id"): "as above",
    ("translation-update", "session"): "as above",
    ("call", "sdp"): "a part of a form and no field of a JSON body; timeline.json has when it came",
    ("call", "session"): "as above",
}
"""Rows that the fields of the notes lack, and why: the kind and the path."""


def in_sdk(field: dict[str, Any]) -> bool:
    """Whether a field is one that the service takes: of the retired bodies, OpenAPI shows the answers."""
    return field["body"] not in BETA or field["nullable"]["sdk"] is not None


def types(text: str, values: list[Any]) -> list[str]:
    """The types of a field in the words of JSON Schema, in one order; an enumeration is what its values are."""
    words = {"enum": "integer" if values and isinstance(values[0], int) else "string", **TYPES}
    text = re.sub(r"\w+", lambda word: words.get(word[0], word[0]), text)
    text = re.sub(r"<(.+?)>", lambda inner: f"<{'|'.join(sorted(inner[1].split(' | ')))}>", text)
    return sorted(set(text.split(" | ")))


def came(row: Row, value: Any) -> str:
    """Since when a value can be given at a row."""
    for part in parts(row.field.shape):
        if isinstance(part, Choice):
            return max(last(row), (part.added or {}).get(str(value), ""))
        if isinstance(part, Text) and part.known is not None and value in entries(part.known):
            return max(last(row), entries(part.known)[value].since)
    return last(row)


def last(row: Row) -> str:
    """When a key came, for good if it came twice."""
    return max(row.since, row.field.since)


def differences(field: dict[str, Any], row: Row) -> Iterator[tuple[str, Any]]:
    """Each aspect in which a row is not as its field in the notes, with what the row has."""
    values = field["enum"]
    ours = types(" | ".join(row.types), [])
    if ours != types(field["type"], values):
        yield "type", ours
    if values and ("string" in re.findall(r"\w+", field["type"])) != row.open:
        yield "open", row.open
    if set(values) != set(row.values):
        yield "values", list(row.values)
    if any(field["nullable"].values()) != (row.field.null == "yes"):
        yield "null", row.field.null == "yes"
    if any(field["required"].values()) != row.required:
        yield "required", row.required
    if {keyword: bound for keyword, bound in field["constraints"].items() if keyword not in NOT_BOUNDS} != row.bounds:
        yield "bounds", row.bounds
    constraints = field["constraints"]
    if "default" in constraints and not row.required and constraints["default"] != row.field.default:
        yield "default", row.field.default
    if field["since"] is not None and field["since"] != last(row):
        yield "since", last(row)
    given = field["enum_since"] or {}
    other = {value: came(row, value) for value in given if given[value] != came(row, value)}
    if other:
        yield "value since", other


def test_there_is_something_to_hold_the_shapes_to() -> None:
    paths = [(field["body"], row_of(field["body"], field["path"])) for field in FIELDS]
    assert len(paths) == len(set(paths)) > 250
    assert {body for body, _ in paths} <= BODIES.keys()


def test_every_field_of_the_notes_is_a_row() -> None:
    lacking = [
        (field["body"], field["path"])
        for field in FIELDS
        if in_sdk(field) and row_of(field["body"], field["path"]) not in TABLES[BODIES[field["body"]].kind]
    ]
    assert lacking == []


def test_what_openapi_alone_says_of_retired_bodies_is_no_row() -> None:
    leaked = [field for field in FIELDS if not in_sdk(field)]
    assert len(leaked) > 30
    known = [
        (field["body"], field["path"])
        for field in leaked
        if row_of(field["body"], field["path"]) in TABLES[BODIES[field["body"]].kind]
    ]
    assert known == []


def test_every_row_is_as_the_notes_have_it_but_for_what_is_held_on_purpose() -> None:
    found = {
        (field["body"], row.path, aspect): ours
        for field in FIELDS
        if (row := TABLES[BODIES[field["body"]].kind].get(row_of(field["body"], field["path"]))) is not None
        for aspect, ours in differences(field, row)
    }
    held = {(body, held.row, held.aspect): held.ours for held in HELD for body in held.bodies}
    assert found == held


def test_what_is_held_on_purpose_is_said_once_and_has_a_reason() -> None:
    keys = [(body, held.row, held.aspect) for held in HELD for body in held.bodies]
    assert len(keys) == len(set(keys))
    assert all(held.why for held in HELD)


def inner(kind: str, path: str) -> tuple[str, str]:
    """The kind of session that a row of an envelope belongs to, and its path there; or the row itself."""
    carrier = KINDS[kind]
    found = carrier.carries and re.fullmatch(rf"{carrier.carries}(?:\[(\w+)\])?\.(.+)", path)
    return (found[1] or carrier.holds, found[2]) if found else (kind, path)


def test_every_row_is_a_field_of_the_notes() -> None:
    told = {(BODIES[field["body"]].kind, row_of(field["body"], field["path"])) for field in FIELDS}
    missing = {(kind, path) for kind, table in TABLES.items() for path in table if inner(kind, path) not in told}
    assert missing == NOT_LISTED.keys()
