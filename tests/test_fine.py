"""The quick look at a body: where it says that all is in order, the walk with paths has nothing to say."""

from __future__ import annotations

import copy
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.judge import walk as walking
from callsheet.judge.fine import is_fine
from callsheet.judge.walk import walk
from callsheet.lint import Linter
from callsheet.shape.directive import DIRECTIVES
from callsheet.shape.frozen import load
from callsheet.shape.kind import KINDS
from callsheet.shape.shape import Either, Entries, Items, Record, Shape, Tagged, fits
from callsheet.source.node import UNREADABLE
from callsheet.testing import Broken, broken_sessions, sessions

if TYPE_CHECKING:
    from collections.abc import Iterator


PROFILES = Path(__file__).parents[1] / "profiles"
SHAPES = load()
PLAIN: tuple[Any, ...] = (None, True, 0, 1, -1, 1.5, 1e9, "", "a", "x" * 70, "audio/pcm", [], [None], ["a"], UNREADABLE)
OBJECTS: tuple[Any, ...] = ({}, {"type": "mcp"}, {"$file": "a"}, {"$env": "A"}, {"$file": 1}, {"a": None})
STRANGE = st.sampled_from([*PLAIN, *OBJECTS])


def looked_at(shape: Shape, body: Any, *, partial: bool, placeholders: bool = True) -> list[Any]:
    """What the walk finds that takes no short way."""
    walker = walking._Walker(SHAPES, partial=partial, placeholders=placeholders)  # noqa: SLF001 - to go round `is_fine`
    if isinstance(shape, Record) and isinstance(body, dict):
        walker.record(shape, body, ())
    else:
        walker.check(shape, body, ())
    return walker.faults


def agree(shape: Shape, body: Any) -> None:
    for partial in (False, True):
        found = looked_at(shape, body, partial=partial)
        assert not found or not is_fine(shape, body, partial=partial), body
        assert walk(SHAPES, shape, body, partial=partial) == found


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder in a value, with each of its keys or indexes."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in list(steps):
        yield value, step
        yield from places(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_each_kind_is_fine(kind: str) -> None:
    assert is_fine(SHAPES[kind], KINDS[kind].example, partial=False)


@given(sessions(), st.data())
def test_what_is_put_anywhere_is_seen(body: dict[str, Any], data: st.DataObject) -> None:
    agree(SHAPES["realtime"], body)
    other = copy.deepcopy(body)
    holder, step = data.draw(st.sampled_from(list(places(other))))
    holder[step] = data.draw(STRANGE)
    agree(SHAPES["realtime"], other)
    if isinstance(holder, dict):
        del holder[step]
        holder[data.draw(st.sampled_from(["a", "type", "model", "$file", "$env", "rate", "name"]))] = data.draw(STRANGE)
        agree(SHAPES["realtime"], other)


@given(broken_sessions())
def test_what_is_broken_is_seen(broken: Broken) -> None:
    agree(SHAPES["realtime"], broken.body)


@given(st.dictionaries(st.sampled_from([*DIRECTIVES.fields, "$other"]), STRANGE))
def test_directives_are_seen(said: dict[str, Any]) -> None:
    found = looked_at(DIRECTIVES, said, partial=False, placeholders=False)
    assert not found or not is_fine(DIRECTIVES, said, partial=False)
    assert walk(SHAPES, DIRECTIVES, said, placeholders=False) == found


def eithers(shape: Shape) -> Iterator[Either]:
    """Every choice between shapes within a shape."""
    match shape:
        case Either(options):
            yield shape
            for option in options:
                yield from eithers(option)
        case Record(fields=fields):
            for field in fields.values():
                yield from eithers(field.shape)
        case Tagged(variants):
            for variant in variants.values():
                yield from eithers(variant)
        case Items(inner) | Entries(inner):
            yield from eithers(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_no_value_fits_two_options(kind: str) -> None:
    """So that it does not matter which is tried first."""
    for either in eithers(SHAPES[kind]):
        values: tuple[Any, ...] = (True, 1, 1.5, "a", [], {})
        for value in values:
            assert not any(fits(one, value) and fits(other, value) for one, other in combinations(either.options, 2))


@pytest.mark.parametrize("name", ["sip-concierge.yaml", "live-transcription.yaml", "function-tools.yaml"])
def test_the_short_way_is_taken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(walking, "_Walker")
    assert Linter().file(name, (PROFILES / name).read_bytes()) == []
