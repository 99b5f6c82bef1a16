"""A predicate and its schema give one verdict on every value, under both dialects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from callsheet import predicate
from callsheet.directives import split
from callsheet.patch import Put, patch
from callsheet.predicate import ANYTHING, EMPTY_LIST, NOT_NULL, Predicate, at, every, has, is_, one_of, some
from callsheet.predicate import given as is_given
from callsheet.rules import RULES
from callsheet.source.document import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.pointer import Path

KEYS = st.sampled_from(["a", "b", "c"])
SCALARS = st.none() | st.booleans() | st.integers(-2, 3) | st.floats(-2, 3) | st.sampled_from(["", "a", "b", "x"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
PATHS = st.lists(KEYS, min_size=1, max_size=3).map(".".join)
WORDS: st.SearchStrategy[str | int | bool] = st.sampled_from(["", "a", "b", 0, 1, True, False])
ATOMS = st.one_of(
    st.sampled_from([ANYTHING, NOT_NULL, EMPTY_LIST]),
    st.lists(WORDS, min_size=1, max_size=3, unique_by=repr).map(lambda values: one_of(*values)),
    PATHS.map(has),
    PATHS.map(is_given),
    st.builds(is_, PATHS, WORDS),
)
PREDICATES: st.SearchStrategy[Predicate] = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(lambda one, other: one & other, inner, inner),
        st.builds(lambda one, other: one | other, inner, inner),
        inner.map(lambda one: ~one),
        inner.map(some),
        inner.map(every),
        st.builds(at, PATHS, inner),
    ),
    max_leaves=6,
)


@given(PREDICATES, VALUES)
def test_test_and_schema_agree(condition: Predicate, value: Any) -> None:
    verdict = condition.test(value)
    assert Draft7Validator(condition.schema).is_valid(value) == verdict
    assert Draft202012Validator(condition.schema).is_valid(value) == verdict


FEW = (ANYTHING, NOT_NULL, EMPTY_LIST, one_of("a", 1), one_of(True, 0), one_of(""), has("a"), has("a.b"), is_given("a"))
MORE = (is_("a", "b"), is_("a.b", 1, False), some(one_of("a")), every(one_of("a")), at("a", EMPTY_LIST))
SIMPLE: tuple[Any, ...] = (None, True, False, 0, 1, 1.0, 2, "", "a", "b", [], ["a"], ["b"], ["a", "b"], [None])
NESTED: tuple[Any, ...] = (
    {},
    {"a": None},
    {"a": "b"},
    {"a": []},
    {"a": {}},
    {"a": {"b": 1}},
    {"a": {"b": None}},
    {"b": 1},
)


@pytest.mark.parametrize("condition", [*FEW, *MORE, *(~one for one in FEW)], ids=repr)
def test_each_atom_and_its_schema_agree_on_each_simple_value(condition: Predicate) -> None:
    for value in (*SIMPLE, *NESTED):
        assert condition.test(value) is Draft7Validator(condition.schema).is_valid(value), value


@given(PREDICATES, VALUES)
def test_it_never_holds_without_its_keys(condition: Predicate, value: Any) -> None:
    if condition.test(value):
        assert not condition.keys or condition.keys <= value.keys()


@given(VALUES, PREDICATES, PREDICATES)
def test_the_algebra_is_boolean(value: Any, one: Predicate, other: Predicate) -> None:
    assert (one & other).test(value) == (one.test(value) and other.test(value))
    assert (one | other).test(value) == (one.test(value) or other.test(value))
    assert (~one).test(value) != one.test(value)


def test_both_bring_their_keys_and_either_only_those_of_both() -> None:
    assert (has("a") & has("b.c")).keys == {"a", "b"}
    assert (has("a") | has("b")).keys == frozenset()
    assert (has("a.b") | (has("a") & has("c"))).keys == {"a"}
    assert (~has("a")).keys == frozenset()


WITH_CONDITION = [rule for rule in RULES.values() if rule.when is not None]


@pytest.mark.parametrize("rule", WITH_CONDITION, ids=lambda rule: rule.name)
def test_the_schemas_of_rules_are_draft_7(rule: Any) -> None:
    Draft7Validator.check_schema(rule.when.schema)


STRANGE: tuple[Any, ...] = (None, True, 0, 1.5, "", "x", "gpt-4o-transcribe", [], ["audio"], ["text", None], {})


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, step)
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, step))


@pytest.mark.parametrize("rule", WITH_CONDITION, ids=lambda rule: rule.name)
def test_a_rule_and_its_schema_agree_whatever_stands_there(rule: Any) -> None:
    valid = Draft7Validator(rule.when.schema).is_valid
    for example in (rule.bad, rule.good):
        body = split(read("-", example.encode()).data).body
        for path in places(body):
            for strange in STRANGE:
                changed = patch(body, [Put(path, strange)])
                assert valid(changed) == rule.when.test(changed), changed


def test_every_atom_is_generated_here() -> None:
    atoms = {name for name, value in vars(predicate).items() if isinstance(value, Predicate)}
    assert atoms == {"ANYTHING", "NOT_NULL", "EMPTY_LIST"}
