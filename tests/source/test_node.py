"""From a path to the text: one step, a whole walk, and the end of a way that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading import node_at, where, yaml

from callsheet.diagnostic import Place
from callsheet.source.document import read

if TYPE_CHECKING:
    from callsheet.diagnostic import Part
    from callsheet.pointer import Path

DOCUMENT = yaml("a: {b: 1, a: 5}\nc:\n- x\n- {d: 2, b: 3}\n- [y]\n")
C = "- x\n- {d: 2, b: 3}\n- [y]"


@pytest.mark.parametrize(
    ("path", "part", "covered", "at"),
    [
        (("a", "b"), "value", "1", "1:8"),
        (("a", "b"), "key", "b", "1:5"),
        (("a",), "value", "{b: 1, a: 5}", "1:4"),
        (("a",), "key", "a", "1:1"),
        ((), "value", f"a: {{b: 1, a: 5}}\nc:\n{C}", "1:1"),
        ((), "key", "a", "1:1"),
        (("c", 0), "value", "x", "3:3"),
        (("c", 0), "key", "x", "3:3"),
        (("c", 1), "key", "d", "4:4"),
        (("c", 1, "b"), "key", "b", "4:10"),
        (("c", 2), "key", "[y]", "5:3"),
        (("z", "a"), "value", f"a: {{b: 1, a: 5}}\nc:\n{C}", "1:1"),
        (("a", "z", "b"), "value", "{b: 1, a: 5}", "1:4"),
        (("a", "z", "b"), "key", "a", "1:1"),
        (("c", 3, 0), "value", C, "3:1"),
        (("c", -1), "value", C, "3:1"),
        (("c", "0"), "value", C, "3:1"),
        (("a", 0), "value", "{b: 1, a: 5}", "1:4"),
        (("c", 0, "x", "y"), "value", "x", "3:3"),
    ],
)
def test_a_place_is_found_or_the_last_one_on_the_way(path: Path, part: Part, covered: str, at: str) -> None:
    assert DOCUMENT.root is not None
    assert where(*DOCUMENT.root.locate(Place(path, part))) == (covered, at)


def test_a_walk_meets_every_node_in_the_order_of_the_text() -> None:
    assert DOCUMENT.root is not None
    paths = [path for path, _ in DOCUMENT.root.walk(("top",))]
    steps: list[Path] = [
        (), ("a",), ("a", "b"), ("a", "a"), ("c",), ("c", 0),
        ("c", 1), ("c", 1, "d"), ("c", 1, "b"), ("c", 2), ("c", 2, 0),
    ]  # fmt: skip
    assert paths == [("top", *path) for path in steps]
    for path, node in DOCUMENT.root.walk():
        assert node is node_at(DOCUMENT, *path)


@pytest.mark.parametrize(("raw", "data"), [(b"[1, a]", [1, "a"]), (b"a", "a"), (b"{a: 1}", {"a": 1})])
def test_a_part_of_a_profile_may_be_anything(raw: bytes, data: object) -> None:
    document = read("part.yaml", raw, mapping=False)
    assert (document.data, document.faults) == (data, ())
    assert (read("whole.yaml", raw).faults == ()) == isinstance(data, dict)
