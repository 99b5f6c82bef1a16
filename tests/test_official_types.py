"""The official types take every valid body: the package's TypedDicts, and the OpenAPI document, where there is one.

Where they are known to be narrower than the service, callsheet.drift.held says so; what is meant there is changed to
what they take, and nothing else is.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import is_typeddict

from callsheet.drift.bodies import BODIES
from callsheet.drift.held import HELD, held
from callsheet.facts import known
from callsheet.shape.shape import Record, Tagged
from callsheet.testing import sessions
from callsheet.testing.site import Site, sites, tagged_in
from callsheet.testing.valid import at, shape_of

SDK = [(kind, place) for kind, body in BODIES.items() for place in body.sdk]
FILE = os.environ.get("CALLSHEET_OPENAPI")
OPENAPI = [(kind, place) for kind, body in BODIES.items() for place in body.openapi]


def row_of(site: Site, around: dict[tuple[Any, ...], Site]) -> str:
    """The path of a place as `callsheet.shape.table` and `callsheet.drift` have it, within its session."""
    row = ""
    for length in range(1, len(site.path) + 1):
        holder, step = around[site.path[: length - 1]], site.path[length - 1]
        tagged = tagged_in(holder.shape)
        if isinstance(tagged, Tagged) and isinstance(holder.value, dict) and length > 1:
            row += f"[{holder.value[tagged.tag]}]"
        if isinstance(step, int):
            row += "[]"
        elif holder.record is None and holder.field is None and length > 1 and not isinstance(holder.path[-1], int):
            row += ".*"
        else:
            row += f".{step}"
    row = row.removeprefix(".")
    return row.removeprefix("session").partition(".")[2] if row.startswith(("session.", "session[")) else row


def conceded(body: dict[str, Any], kind: str, source: Any) -> dict[str, Any]:
    """A body without what a source is known to refuse wrongly."""
    body = copy.deepcopy(body)
    around = {site.path: site for site in sites(shape_of(kind, None), body)}
    for path, site in reversed(around.items()):
        if site.field is None or not isinstance(at(body, path[:-1]), dict):
            continue
        row = row_of(site, around)
        if site.value is None and held(source, kind, row, "null", theirs=False):
            del at(body, path[:-1])[path[-1]]
        elif isinstance(site.value, str) and held(source, kind, row, "open", theirs=False):
            at(body, path[:-1])[path[-1]] = listed(kind, row)
        elif not isinstance(site.value, str) and held(source, kind, row, "type", "string"):
            del at(body, path[:-1])[path[-1]]
    return body


def listed(kind: str, row: str) -> str:
    """A name that a source lists at a place."""
    values = (one.theirs for one in HELD if one.aspect == "value" and kind in one.kinds and row in one.paths)
    return next((one[0] for one in values if isinstance(one, tuple)), known("transcription-model")[0])


def exhaust(value: Any) -> None:
    """Look at everything: pydantic validates what an `Iterable` yields no sooner."""
    if isinstance(value, dict):
        for item in value.values():
            exhaust(item)
    elif isinstance(value, (list, Iterator)) or type(value).__name__ == "ValidatorIterator":
        for item in value:
            exhaust(item)


@cache
def adapter(place: str) -> TypeAdapter[Any]:
    """A validator of a type of the package in which, as in the service, a key that it does not name is a mistake."""
    module, _, name = f"openai.types.{place}".rpartition(".")
    package = import_module(module.rpartition(".")[0])
    folder = Path(str(package.__file__)).parent
    for file in folder.glob("*_param*.py"):
        for found in vars(import_module(f"{package.__name__}.{file.stem}")).values():
            if is_typeddict(found):
                found.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    return TypeAdapter(getattr(import_module(module), name))


def refusal(place: str, body: Any) -> str | None:
    """What the type of the package says against a body."""
    try:
        exhaust(adapter(place).validate_python(body))
    except ValidationError as error:
        return str(error)
    return None


@pytest.mark.parametrize(("kind", "place"), SDK, ids=lambda part: part.rpartition(".")[2])
def test_the_package_takes_every_valid_body(kind: str, place: str) -> None:
    @given(sessions(kind))
    def run(body: dict[str, Any]) -> None:
        assert refusal(place, conceded(body, kind, "sdk")) is None

    run()


@pytest.mark.parametrize(("kind", "place"), SDK, ids=lambda part: part.rpartition(".")[2])
def test_a_key_that_does_not_exist_is_refused_by_the_package_as_well(kind: str, place: str) -> None:
    """At any depth, or the test above would show nothing."""

    @given(sessions(kind), st.data())
    def run(body: dict[str, Any], data: st.DataObject) -> None:
        body = conceded(body, kind, "sdk")
        closed = [site for site in sites(shape_of(kind, None), body) if isinstance(site.chosen, Record)]
        at(body, data.draw(st.sampled_from(closed)).path)["zzzz"] = 1
        assert "zzzz" in (refusal(place, body) or "")

    run()


@cache
def document() -> dict[str, Any]:
    said: dict[str, Any] = plain(json.loads(Path(str(FILE)).read_text(encoding="utf-8")))
    return said


def plain(schema: Any) -> Any:
    """OpenAPI in the words of JSON Schema: null is a type, and of several forms one that fits is enough."""
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    said = {("anyOf" if key == "oneOf" else key): plain(value) for key, value in schema.items() if key != "nullable"}
    said.pop("discriminator", None)
    return {"anyOf": [said, {"type": "null"}]} if schema.get("nullable") is True else said


@cache
def takes(place: str) -> Any:
    components = document()["components"]
    if " " in place:
        method, path = place.split(" ")
        content = document()["paths"][path][method.lower()]["requestBody"]["content"]
        schema = content["multipart/form-data" if "multipart/form-data" in content else "application/json"]["schema"]
    else:
        schema = {"$ref": f"#/components/schemas/{place}"}
    return jsonschema_rs.validator_for({**schema, "components": components})


@pytest.mark.skipif(FILE is None, reason="CALLSHEET_OPENAPI is not set (it names an OpenAPI document of the API)")
@pytest.mark.parametrize(("kind", "place"), OPENAPI, ids=lambda part: part.rpartition("/")[2])
def test_the_openapi_document_takes_every_valid_body(kind: str, place: str) -> None:
    date = Path(str(FILE)).stem[-10:]

    @given(sessions(kind, date))
    def run(body: dict[str, Any]) -> None:
        error = next(takes(place).iter_errors(conceded(body, kind, "openapi")), None)
        assert error is None, (error.message, error.instance_path)

    run()
