"""Each rule proves itself: its bad example raises it and nothing else, its good example raises nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from callsheet.diagnostic import Place
from callsheet.directives import split
from callsheet.fix.repair import Mends
from callsheet.lint import Linter, Options
from callsheet.patch import patch
from callsheet.project import Project
from callsheet.rules import RULES, register
from callsheet.rules.subject import Subject
from callsheet.schema.wire import wire_schema
from callsheet.shape.derive import shapes
from callsheet.source.document import read
from callsheet.source.edit import edited

if TYPE_CHECKING:
    from callsheet.rules.rule import Example, Rule

LINTER = Linter(Options(today="2026-11-20"), Project())
NAME = "profile"
"""A file without an ending, which may hold YAML or JSON; `CS020` names it."""


def codes(example: Example) -> list[str]:
    text = example() if callable(example) else example
    return [finding.code for finding in LINTER.file(NAME, text.encode("utf-8", "surrogateescape"))]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_the_bad_example_raises_exactly_this_rule(rule: Rule) -> None:
    assert codes(rule.bad) == ([] if rule.outside else [rule.code])


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_it_stands_at_a_part_that_there_is(rule: Rule) -> None:
    bad = data(rule.bad)
    for fault in LINTER.body(bad) if isinstance(bad, dict) else []:
        assert isinstance(fault.place, Place)
        assert fault.place.part in {"value", "key", "object"}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_the_good_example_raises_nothing(rule: Rule) -> None:
    assert codes(rule.good) == []


def test_names_are_kebab_case_and_unique() -> None:
    names = [rule.name for rule in RULES.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_every_rule_has_a_severity_that_there_is() -> None:
    assert {rule.severity for rule in RULES.values()} == {"error", "warning", "info"}


def test_every_code_has_its_area() -> None:
    assert all(re.fullmatch(r"CS[0-7][0-9]{2}", code) for code in RULES)


def data(example: Example) -> Any:
    text = example() if callable(example) else example
    return read("-", text.encode("utf-8", "surrogateescape")).data


def turned(value: Any) -> Any:
    """The value with the keys of each mapping in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(inner) for key, inner in reversed(value.items())}
    return [turned(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_the_order_of_keys_changes_nothing(rule: Rule) -> None:
    bad = data(rule.bad)
    if isinstance(bad, dict) and rule.code not in ORDERED:
        said = [{(one.code, one.place, one.message) for one in LINTER.body(body)} for body in (bad, turned(bad))]
        assert said[0] == said[1]


ORDERED = {"CS108", "CS409", "CS607"}
"""What is said of a body as a whole points at its first key; a comma that broke a text broke it before the next key."""
FIXED = [rule for rule in RULES.values() if rule.fixed is not None]
IN_SCHEMA = [rule for rule in RULES.values() if rule.when is not None and rule.severity == "error"]


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.name)
def test_the_fix_turns_bad_into_fixed(rule: Rule) -> None:
    bad = data(rule.bad)
    (fault,) = LINTER.body(bad)
    assert fault.fix is not None
    assert patch(bad, fault.fix.changes) == data(rule.fixed or "")
    assert codes(rule.fixed or "") == []


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.name)
def test_the_fix_of_the_text_gives_the_text_that_is_shown(rule: Rule) -> None:
    assert isinstance(rule.bad, str)
    document = read(NAME, rule.bad.encode())
    judged = LINTER.judged(document)
    mend = Mends(document, judged).proven(judged.findings[0])
    assert mend is not None
    assert edited(rule.bad, mend.repair.edits) == rule.fixed


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_that_fixes_shows_it(rule: Rule) -> None:
    bad = data(rule.bad)
    fixes = [fault.fix for fault in LINTER.body(bad)] if isinstance(bad, dict) else []
    assert (rule.fixed is not None) == any(fixes)


@pytest.mark.parametrize("rule", IN_SCHEMA, ids=lambda rule: rule.name)
def test_the_schema_gives_the_same_verdict(rule: Rule) -> None:
    for kind in rule.kinds:
        validator = Draft7Validator(wire_schema(kind, shapes()[kind]))
        bad, good = split(data(rule.bad)).body, split(data(rule.good)).body
        if bad.get("type", kind) == kind:
            assert not validator.is_valid(bad)
        if good.get("type", kind) == kind:
            assert validator.is_valid(good)


def test_a_rule_has_one_condition_at_most() -> None:
    assert not [rule.code for rule in RULES.values() if rule.when is not None and rule.check is not None]


def test_checks_ask_for_what_there_is() -> None:
    known = set(dir(Subject)) | {"body", "session", "kind", "target", "today", "revision", "is_part", "update"}
    for rule in RULES.values():
        assert set(rule.inputs()) <= known, rule.code


def test_an_unproven_rule_is_no_error() -> None:
    doubtful = re.compile(r"\b(not proven|nobody has shown|reports differ|inferred)\b", re.IGNORECASE)
    for rule in RULES.values():
        if doubtful.search(rule.why):
            assert rule.severity != "error", rule.code


def test_a_rule_without_examples_cannot_be_registered() -> None:
    rule = RULES["CS203"]._replace(code="CS299", name="new")
    register({}, set(), rule)
    for missing in ("bad", "good", "why", "source"):
        changes: dict[str, Any] = {missing: ""}
        with pytest.raises(ValueError, match="CS299 needs"):
            register({}, set(), rule._replace(**changes))


def test_a_code_and_a_name_are_used_once() -> None:
    rule = RULES["CS203"]
    with pytest.raises(ValueError, match="taken"):
        register(dict(RULES), set(), rule._replace(name="new"))
    with pytest.raises(ValueError, match="taken"):
        register({}, {rule.name}, rule._replace(code="CS299"))
    rules: dict[str, Rule] = {}
    names: set[str] = set()
    register(rules, names, rule)
    with pytest.raises(ValueError, match="taken"):
        register(rules, names, rule._replace(code="CS299"))
    assert (rules, names) == ({rule.code: rule}, {rule.name})
