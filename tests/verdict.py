"""What each of those who judge a body says of it: lint, the pydantic models, the published schemas."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import ValidationError

from callsheet.rules import model as model_rules
from callsheet.shape.derive import model_of
from callsheet.shape.frozen import load
from callsheet.shape.kind import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = Path(__file__).parent.parent / "schemas"
DATES = sorted(folder.name for folder in SCHEMAS.iterdir() if folder.name[:2] == "20")
"""The published revisions."""
NODE_MODULES = os.environ.get("CALLSHEET_NODE_MODULES")

UNSAID: dict[str, str] = {
    model_rules.NOT_A_REALTIME_MODEL.code: "names of other APIs' models have no date, so no dated schema may name them",
    model_rules.OTHER_VOICE.code: "nor have the voices of other APIs",
}
"""Rules that the schemas of dates cannot say in full, each with the reason."""


def revisions(kind: str) -> list[str | None]:
    """The newest revision, which has no date, and every published one in which there were bodies of a kind."""
    born = load().born(kind)
    return [None, *(date for date in DATES if date >= born)]


def schema_file(kind: str, revision: str | None) -> Path:
    """The schema that a revision means: the newest that is not younger."""
    if revision is None:
        return SCHEMAS / "latest" / f"{kind}.schema.json"
    files = (SCHEMAS / date / f"{kind}.schema.json" for date in reversed(DATES) if date <= revision)
    return next(file for file in files if file.exists())


@cache
def schema(kind: str, revision: str | None) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(schema_file(kind, revision).read_text(encoding="utf-8"))
    return said


def schema_takes(kind: str, revision: str | None, body: Any) -> set[bool]:
    """What jsonschema says under draft-07, and jsonschema-rs under both drafts: one verdict if they agree."""
    return {takes(body) for takes in _validators(schema_file(kind, revision))}


@cache
def _validators(file: Path) -> list[Callable[[Any], bool]]:
    older = json.loads(file.read_text(encoding="utf-8"))
    newer = {**older, "$schema": Draft202012Validator.META_SCHEMA["$id"]}
    return [
        Draft7Validator(older).is_valid,
        jsonschema_rs.validator_for(older).is_valid,
        jsonschema_rs.validator_for(newer).is_valid,
    ]


def model_takes(kind: str, body: Any) -> bool:
    """What the pydantic model of a kind says, which is that of today."""
    try:
        model_of(kind).from_wire(body)
    except ValidationError:
        return False
    return True


ALL_KINDS = tuple(KINDS)
