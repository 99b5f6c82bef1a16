"""Nodes laid over each other and cut, without any files: what comes out, where it stands, and what was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from callsheet.merge import merged, size, without, without_keys
from callsheet.source.document import read

if TYPE_CHECKING:
    from callsheet.pointer import Path
    from callsheet.source.node import Node


def node(content: str, name: str = "a.yaml") -> Node:
    root = read(name, content.encode(), mapping=False).root
    assert root is not None
    return root


def lost(found: Node) -> list[tuple[str, Any]]:
    return [(key, child.value) for key, child in found.lost or ()]


@pytest.mark.parametrize(
    ("base", "over", "value"),
    [
        ("{a: 1}", "{b: 2}", {"a": 1, "b": 2}),
        ("{a: 1}", "{a: null}", {"a": None}),
        ("{a: {b: 1, c: 2}}", "{a: {c: 3}}", {"a": {"b": 1, "c": 3}}),
        ("{a: [1, 2]}", "{a: [3]}", {"a": [3]}),
        ("{a: {b: 1}}", "{a: 2}", {"a": 2}),
        ("{a: 2}", "{a: {b: 1}}", {"a": {"b": 1}}),
        ("{a: {b: 1}}", "{a: {$file: x}}", {"a": {"$file": "x"}}),
        ("{a: {$env: X}}", "{a: {b: 1}}", {"a": {"b": 1}}),
        ("{a: {$file: x}}", "{a: {b: 1}}", {"a": {"b": 1}}),
        ("{a: 1}", "[2]", [2]),
    ],
)
def test_one_over_another(base: str, over: str, value: Any) -> None:
    assert merged(node(base), node(over)).value == value


@pytest.mark.parametrize("key", ["$file", "$env"])
def test_a_placeholder_is_one_value_but_not_at_the_top(key: str) -> None:
    base, over = node(f"{{{key}: x, a: 1}}"), node("{b: 2}")
    assert merged(base, over).value == {"b": 2}
    assert merged(over, base).value == {key: "x", "a": 1}
    assert merged(base, over, at_top=True).value == {key: "x", "a": 1, "b": 2}
    assert merged(over, base, at_top=True).value == {key: "x", "a": 1, "b": 2}
    inside = merged(node(f"{{z: {{{key}: x}}}}"), node("{z: {b: 2}}"), at_top=True)
    assert inside.value == {"z": {"b": 2}}


def test_each_value_keeps_its_place_and_what_it_replaced() -> None:
    base, over = node("a: 1\nb: {c: 2}\nd: 3\n", "base.yaml"), node("b: {c: 4, e: 5}\nd: 6\n", "over.yaml")
    both = merged(base, over)
    assert isinstance(both.children, dict)
    assert both.keys is not None
    assert {key: child.text.path for key, child in both.children.items()} == {
        "a": "base.yaml",
        "b": "over.yaml",
        "d": "over.yaml",
    }
    assert {key: mark[0].path for key, mark in both.keys.items()} == {
        "a": "base.yaml",
        "b": "over.yaml",
        "d": "over.yaml",
    }
    assert lost(both) == [("d", 3)]
    assert lost(both.children["b"]) == [("c", 2)]
    assert lost(merged(both, node("{d: 7}"))) == [("d", 3), ("d", 6)]
    assert merged(base, base) is base


@pytest.mark.parametrize(
    ("paths", "value", "nowhere"),
    [
        ([("a",)], {"b": {"c": 1, "d": {"e": 2}}, "f": [1]}, set()),
        ([("b", "c")], {"a": 0, "b": {"d": {"e": 2}}, "f": [1]}, set()),
        ([("b", "d", "e"), ("a",)], {"b": {"c": 1, "d": {}}, "f": [1]}, set()),
        ([("b",), ("b", "c")], {"a": 0, "f": [1]}, set()),
        ([("b", "c"), ("b",)], {"a": 0, "f": [1]}, set()),
        ([("x",), ("b", "y"), ("z", "y", "x")], None, {("x",), ("b", "y"), ("z", "y", "x")}),
        ([("f", 0), ("a", "b"), ("f", 0, "x")], None, {("f", 0), ("a", "b")}),
        ([("z", "x"), ("z", "y", "a"), ("z", "y", "b")], None, {("z", "x"), ("z", "y", "a"), ("z", "y", "b")}),
        ([("f", 0), ("f", "x")], None, {("f", 0), ("f", "x")}),
        ([(0,)], None, {(0,)}),
    ],
)
def test_without_some_paths(paths: list[Path], value: Any, nowhere: set[Path]) -> None:
    whole = node("{a: 0, b: {c: 1, d: {e: 2}}, f: [1]}")
    cut, missing = without(whole, paths)
    assert cut.value == (whole.value if value is None else value)
    assert missing == nowhere


def test_keys_that_go_take_their_marks_and_are_remembered() -> None:
    whole = node("{a: 1, b: 2, c: 3}")
    cut = without_keys(whole, frozenset("ac"))
    assert (cut.value, list(cut.keys or ()), lost(cut)) == ({"b": 2}, ["b"], [("a", 1), ("c", 3)])
    assert without_keys(whole, frozenset("xy")) is whole
    assert without_keys(node("[1]"), frozenset("a")).value == [1]


@pytest.mark.parametrize(("content", "count"), [("1", 1), ("[]", 1), ("{a: 1}", 2), ("{a: [1, {b: 2}], c: x}", 6)])
def test_the_size_is_all_values(content: str, count: int) -> None:
    assert size(node(content)) == count
