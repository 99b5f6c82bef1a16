"""Models, wire schema and lint give one verdict on every body."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import ValidationError

import callsheet
from callsheet.lint import Linter, Options
from callsheet.pointer import to_pointer
from callsheet.rules import RULES
from callsheet.shape.derive import model_of
from callsheet.shape.frozen import load
from callsheet.shape.kind import KINDS as ALL_KINDS
from callsheet.testing import Broken, broken_sessions, sessions
from callsheet.testing.valid import bodies

if TYPE_CHECKING:
    from callsheet.diagnostic import Finding

SCHEMAS = Path(__file__).parent.parent / "schemas" / "latest"
KINDS = list(ALL_KINDS)


def schema_validators(kind: str) -> list[Any]:
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    newer = {**schema, "$schema": Draft202012Validator.META_SCHEMA["$id"]}
    return [Draft7Validator(schema), Draft202012Validator(newer)]


VALIDATORS = {kind: schema_validators(kind) for kind in KINDS}


def errors(kind: str, body: Any) -> list[Finding]:
    return [finding for finding in callsheet.check(body, kind) if finding.severity == "error"]


def model_takes(kind: str, body: Any) -> bool:
    try:
        model_of(kind).from_wire(body)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_a_valid_body_is_taken_by_all(kind: str) -> None:
    @given(sessions(kind))
    def run(body: dict[str, Any]) -> None:
        assert errors(kind, body) == []
        assert model_takes(kind, body)
        for validator in VALIDATORS[kind]:
            validator.validate(body)

    run()


@pytest.mark.parametrize("kind", KINDS)
def test_a_valid_body_comes_back_from_its_model_as_it_was(kind: str) -> None:
    @given(sessions(kind))
    def run(body: dict[str, Any]) -> None:
        assert model_of(kind).from_wire(body).wire() == body

    run()


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_body_is_refused_by_all_and_found_once_at_its_place(kind: str) -> None:
    @given(broken_sessions(kind))
    def run(broken: Broken) -> None:
        assert [(finding.code, finding.pointer) for finding in errors(kind, broken.body)] == [
            (broken.code, to_pointer(broken.path))
        ]
        assert not model_takes(kind, broken.body)
        for validator in VALIDATORS[kind]:
            assert not validator.is_valid(broken.body)

    run()


LINTERS = {kind: Linter(Options(kind)) for kind in KINDS}
IN_SCHEMA = {rule.code for rule in RULES.values() if rule.when is not None and rule.severity == "error"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_refuses_what_the_rules_in_it_find_and_nothing_that_lint_takes(kind: str) -> None:
    @given(bodies(load()[kind]))
    def run(body: dict[str, Any]) -> None:
        found = {fault.code for fault in LINTERS[kind].body(body)}
        for validator in VALIDATORS[kind]:
            assert validator.is_valid(body) == found.isdisjoint(IN_SCHEMA)

    run()


KEYS = st.sampled_from(["type", "audio", "input", "output", "format", "tools", "x"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING)
def test_models_and_schema_agree_on_anything(body: Any) -> None:
    taken = model_takes("realtime", body)
    for validator in VALIDATORS["realtime"]:
        assert validator.is_valid(body) == taken
