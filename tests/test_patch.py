"""Changes of data: what each of them makes, what it refuses, and that the data it was given stays as it was."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.patch import Change, Fix, Insert, Move, Put, Remove, Rename, below, moved_to, patch, same

if TYPE_CHECKING:
    from callsheet.pointer import Path

DATA = {"a": 1, "b": {"c": [10, 20]}, "d": "text"}


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (Remove(("a",)), {"b": {"c": [10, 20]}, "d": "text"}),
        (Remove(("b", "c", 0)), {"a": 1, "b": {"c": [20]}, "d": "text"}),
        (Put(("a",), 2), {"a": 2, "b": {"c": [10, 20]}, "d": "text"}),
        (Put(("b", "c", 1), None), {"a": 1, "b": {"c": [10, None]}, "d": "text"}),
        (Put(("e",), 2), {"a": 1, "b": {"c": [10, 20]}, "d": "text", "e": 2}),
        (Insert(("b", "c", 0), 5), {"a": 1, "b": {"c": [5, 10, 20]}, "d": "text"}),
        (Insert(("b", "c", 2), 5), {"a": 1, "b": {"c": [10, 20, 5]}, "d": "text"}),
        (Rename(("a",), "z"), {"z": 1, "b": {"c": [10, 20]}, "d": "text"}),
        (Move(("a",), ("b", "a")), {"b": {"c": [10, 20], "a": 1}, "d": "text"}),
        (Move(("a",), ("x", "y", "a")), {"b": {"c": [10, 20]}, "d": "text", "x": {"y": {"a": 1}}}),
    ],
)
def test_a_change_makes_this_and_leaves_the_given(change: Change, after: Any) -> None:
    before = copy.deepcopy(DATA)
    made = patch(before, [change])
    assert made == after
    assert list(made) == list(after)
    assert before == DATA


@pytest.mark.parametrize(
    "change",
    [
        Remove(("z",)),
        Remove(("b", "z", "c")),
        Remove(("b", "c", 2)),
        Remove(("a", "b")),
        Put(("d", "x"), 1),
        Insert(("b", "c", 3), 5),
        Insert(("b", "c", -1), 5),
        Insert(("b", 0), 5),
        Rename(("a",), "d"),
        Rename(("d", 0), "a"),
        Move(("a",), ("b", "c")),
        Move(("a",), ("d", "x")),
        Move(("a",), ("b", "c", 7, "x")),
        Move(("z",), ("y",)),
    ],
)
def test_a_change_that_leads_nowhere_is_refused(change: Change) -> None:
    before = copy.deepcopy(DATA)
    with pytest.raises(LookupError):
        patch(before, [change])
    assert before == DATA


def test_a_value_that_is_put_twice_is_two_values() -> None:
    value: dict[str, Any] = {"x": []}
    made = patch({}, [Put(("a",), value), Put(("b",), value), Put(("a", "x"), 1)])
    assert made == {"a": {"x": 1}, "b": {"x": []}}
    assert value == {"x": []}


@pytest.mark.parametrize(
    ("change", "prefix", "left_out", "moved"),
    [
        (Remove(("a", "b")), ("x",), 0, Remove(("x", "a", "b"))),
        (Put(("a", "b"), 1, first=True), ("x", 0), 1, Put(("x", 0, "b"), 1, first=True)),
        (Move(("a", "b"), ("a", "c", "d")), ("x",), 1, Move(("x", "b"), ("x", "c", "d"))),
        (Move(("a",), ("c",)), ("x",), 0, Move(("x", "a"), ("x", "c"))),
    ],
)
def test_a_change_is_carried_to_another_place(change: Change, prefix: Path, left_out: int, moved: Change) -> None:
    assert moved_to(change, prefix, left_out) == moved
    if not left_out:
        fix = Fix("mend it", (change, change), "unsafe")
        assert below(fix, prefix) == Fix("mend it", (moved, moved), "unsafe")


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (1, 1, True),
        (1, 2, False),
        (1, 1.0, False),
        (1, True, False),
        (None, None, True),
        ({"a": 1, "b": [1]}, {"b": [1], "a": 1}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"a": 1, "b": 1}, False),
        ([1, 2], [1, 2], True),
        ([1, 2], [1], False),
        ([1, 2], [2, 1], False),
        ([[0]], [[False]], False),
    ],
)
def test_data_is_the_same_down_to_its_types(one: Any, other: Any, verdict: object) -> None:
    assert same(one, other) is verdict
    assert same(other, one) is verdict
