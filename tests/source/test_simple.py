"""YAML as most people write it: what is read line by line, what is left to libyaml, and that the two agree."""

from __future__ import annotations

from json import loads
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reading import by_libyaml, strict, tree
from writing import DATA, styled
from yaml import safe_dump as dump

from callsheet.source.simple import scan, simple_data
from callsheet.source.simple_place import simple_root
from callsheet.source.text import Text
from callsheet.testing import sessions
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from random import Random

TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("a: b\n", {"a": "b"}),
    ("---\na: b\n", {"a": "b"}),
    ("a: b", {"a": "b"}),
    ("a: |\r\n  b\r\n\r\n  c\r\nd: [e]\r\n", {"a": "b\n\nc\n", "d": ["e"]}),
    ("a:\n- b\n- c: d e\n   f  ", {"a": ["b", {"c": "d e f"}]}),
    ("a: |\n  b\nc: {d: e}\n  ", {"a": "b\n", "c": {"d": "e"}}),
    ("# c\n\n  # d\na: b # e\n   \n# f\n", {"a": "b"}),
    ("a:\nb: # c\n", {"a": None, "b": None}),
    ("a: 1\nb: -0.5\nc: 0x1F\nd: 1e3\ne: 012\n", {"a": 1, "b": -0.5, "c": 31, "d": 1000.0, "e": 12}),
    ("a: ~\nb: null\nc: true\nd: False\ne: yes\n", {"a": None, "b": None, "c": True, "d": False, "e": "yes"}),
    ("a: http://b#c:d\n", {"a": "http://b#c:d"}),
    ("a: b  c [d] {e}, 'f' \"g\" & *h   \n", {"a": "b  c [d] {e}, 'f' \"g\" & *h"}),
    ("a: 'b''c # d: e' # f\n", {"a": "b'c # d: e"}),
    ("a: ''\nb: \"\"\n", {"a": "", "b": ""}),
    ('a: "b\\n\\t\\"\\\\\\/c: #"\n', {"a": 'b\n\t"\\/c: #'}),
    ("\"a\": 1\n'b': 2\n$c: 3\nx-d: 4\n", {"a": 1, "b": 2, "$c": 3, "x-d": 4}),
    ('"null": 1\n', {"null": 1}),
    ("a:\n  b:\n    c: d\n  e: f\ng: h\n", {"a": {"b": {"c": "d"}, "e": "f"}, "g": "h"}),
    ("a:\n- b\n- c: d\n  e: f\ng: h\n", {"a": ["b", {"c": "d", "e": "f"}], "g": "h"}),
    ("a:\n  -   b: c\n      d: e\n  -\n    f: g\n  -\n  - h\n", {"a": [{"b": "c", "d": "e"}, {"f": "g"}, None, "h"]}),
    ("a:\n  - b:\n    - c\n    d: e\n", {"a": [{"b": ["c"], "d": "e"}]}),
    ("a: {}\nb: []\nc: [ ]\nd: { }\n", {"a": {}, "b": [], "c": [], "d": {}}),
    (
        "a: {b: c d, \"e\":1, 'f': [g, 'h, i', {j: k}], l: 10:30} # m\n",
        {"a": {"b": "c d", "e": 1, "f": ["g", "h, i", {"j": "k"}], "l": "10:30"}},
    ),
    ("a:\n  - {b: c}\n  - [d, -1, 2.5, ~]\n", {"a": [{"b": "c"}, ["d", -1, 2.5, None]]}),
    ("a: |\n  b: # c\n\n    d\n  e\n\nf: g\n", {"a": "b: # c\n\n  d\ne\n", "f": "g"}),
    ("a: |-\n  b\n\n# c\nd: e\n", {"a": "b", "d": "e"}),
    ("a: |+\n  b\n \n\nc: d\n", {"a": "b\n\n\n", "c": "d"}),
    ("a: >\n  b\n  c\n\n\n  d\n", {"a": "b c\n\nd\n"}),
    ("a: >-\n  b  \n  c\n", {"a": "b   c"}),
    ("a:\n  - |\n    b\n  - c: >+\n      d\n    e: f\n", {"a": ["b\n", {"c": "d\n", "e": "f"}]}),
    ("a: b\n  c\n   - d, {e}  \n  # f\ng: h\n", {"a": "b c - d, {e}", "g": "h"}),
    ("a:\n  - b: 1 c\n      d\n  - e\n    f\n", {"a": [{"b": "1 c d"}, "e f"]}),
    ("a: " + "b" * 100_001 + "\n", {"a": "b" * 100_001}),
    ("größe: 1\n", {"größe": 1}),
    ("a: \u00a0b\u202fc\u200d \u00a0\n", {"a": "\u00a0b\u202fc\u200d \u00a0"}),
    ("a: b\u00ad\u2000\u200f\u205f\u3000c\n", {"a": "b\u00ad\u2000\u200f\u205f\u3000c"}),
    ("a: X\nb: |\n  X\nc: X # X\nd: [X]\n", {"a": "X", "b": "X\n", "c": "X", "d": ["X"]}),
    ("a: größe 😀\n", {"a": "größe 😀"}),
]
DECLINED = [
    "", "\n", "a", "a\n", "- a\n", "a: |\n  b", "a: |-\n  b", "a:\tb\n", "a: b\r",
    "a: b\u2028c\n", "\ufeffa: b\n",
    "\0\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "<<: {a: b}\n", "? a\n", "a: ? b\n", "a: @b\n", "a: `b`\n", "a: %b\n",
    "%YAML 1.2\n", "a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "1: a\n", "true: a\n", "null: a\n", "a : b\n", "a b: c\n",
    "[a]: b\n", "'a b': c\n", "a: b: c\n", "a: b:\n", "a: - b\n", "a:\n  - - b\n", "- a\n- b\n", "a: b\n c: d\n",
    "a: b\n\n  c\n", "a: b # c\n  d\n", "a: b\n  # c\n  d\n", "a: 1\n  b\n", "a: b\n  c #d\n", "a: b\n  c:\n",
    "a: 'b'\n  c\n", "a: b\nc\n", "a:\n   b: c\n  d: e\n", "a:\n- b\n  c: d\n", "a:\n  b: c\n  - d\n",
    "a:\n  - b\n  c: d\n",
    " a: b\nc: d\n", "a: b\n---\nc: d\n", "a: b\n...\n", "--- # a\nb: c\n", "a: 'b\n", "a: 'b' c\n", "a: 'b'#c\n",
    'a: "b\\x41"\n', 'a: "b\\\n', 'a: "b\n  c"\n', "a: [b\n", "a: [b,\n  c]\n", "a: [b,]\n", "a: [,]\n",
    "a: [b c: d]\n", "a: [b: c]\n", "a: {b}\n", "a: {b: }\n", "a: {b:c}\n", "a: {b: c\n", "a: [b}\n", "a: {b: c]\n",
    "a: [b] c\n", "a: [b]#c\n", "a: [b]: c\n", "a: [b?]\n", "a: [# b\n]\n", "a: ['b' 'c']\n", "a: [[b] [c]]\n",
    "a: |\n", "a: |X\n  b\n", "a: [b] X\n", "a: |\nb: c\n", "a: |2\n   b\n", "a: | # b\n  c\n", "a: |\n\n  b\n",
    "a: |\n  b\n c\n",
    "a: >\n  b\n   c\n", "a: -\n", "a: .nan\n", "a: 1e999\n", "a: 0.12345678901234567\n", f"{'a' * 101}: b\n",
    "a:\n" + "".join(f"{' ' * 2 * level}- a:\n" for level in range(1, 40)),
    "a:\n b:\n" + "".join(f"{' ' * 2 * level}- a:\n" for level in range(1, 40)),
    "a: [" + "b," * 100_000 + "b]\n", "a:\n" + "- b: c\n" * 34_000,
]  # fmt: skip
"""What has a fault, and what is right but seldom."""

BITS = st.sampled_from([
    "\r\n",
    *" \n:-#[]{},\"'|>&*!?%\\\t\r.0~", "  ", "\n\n", ": ", " #", "- ", "\n  ", "''", "\\n", "|-\n", ">+\n", "null",
    "1.5", ".inf", "---\n", "...\n", "<<: ", "é", "\u2028", "\u00a0", "\u200d",
    "a:", "b", "{}", "[]", "[b, c]", "{b: c}", "'d': ",
    '"e":f', ":\n", "\n#c\n", "\n   \n", "|2\n", "012",
])  # fmt: skip
"""What is put into a text, to see whether both readers notice."""


def _id(content: object) -> str:
    return repr(content)[:20]


def agree(content: str) -> bool:
    """Whether a text is taken: then libyaml finds no fault in it, reads the same, and has all of it where it is."""
    text = Text("a.yaml", content)
    data, root = simple_data(content), simple_root(text)
    if data is None:
        assert root is None
        return False
    whole = by_libyaml(text)
    assert whole.faults == ()
    assert strict(data) == strict(whole.data)
    assert list(data) == list(whole.data)
    assert whole.root is not None
    if "\r" in content:
        assert root is None
        return True
    assert root is not None
    assert tree(root) == tree(whole.root)
    return True


@pytest.mark.parametrize(("content", "data"), TAKEN, ids=_id)
def test_what_is_taken(content: str, data: dict[str, Any]) -> None:
    assert simple_data(content) == data
    assert agree(content)


@pytest.mark.parametrize("content", DECLINED, ids=_id)
def test_what_is_left_to_libyaml(content: str) -> None:
    assert simple_data(content) is None


@given(DATA, st.randoms())
def test_whatever_others_write_is_read_alike(data: dict[str, Any], random: Random) -> None:
    for content in (Writer(random).document(data), styled(data, random)):
        agree(content)


@given(
    st.sampled_from([content for content, _ in TAKEN]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 3), BITS), min_size=1, max_size=4),
)
@example("a: |\n  b\n", [(9, 0, "   \n")])
def test_what_somebody_changed_is_read_alike(content: str, changes: list[tuple[int, int, str]]) -> None:
    for place, gone, bit in changes:
        at = place % (len(content) + 1)
        content = content[:at] + bit + content[at + gone :]
    agree(content)


def test_sessions_are_taken_as_people_write_them() -> None:
    """Many are, else the tests above would compare nothing."""
    taken: list[bool] = []

    @given(sessions())
    def look(session: dict[str, Any]) -> None:
        taken.append(agree(dump(session, sort_keys=False, allow_unicode=True, width=10_000)))

    look()
    assert sum(taken) > len(taken) / 10  # of few examples it may be far from the half that it is of many


def test_a_line_that_stands_in_two_texts_is_two_values() -> None:
    first, second = (simple_data("a: {b: [c]}\n") for _ in range(2))
    assert first is not None
    first["a"]["b"].append("d")
    assert second == {"a": {"b": ["c"]}}


@pytest.mark.parametrize(("levels", "is_taken"), [(24, True), (25, False)])
def test_how_deep_it_goes(levels: int, is_taken: bool) -> None:  # noqa: FBT001 - a table
    assert agree("".join(f"{' ' * level}a:\n" for level in range(levels))) is is_taken
    assert agree(f"a: {'[' * levels}{']' * levels}\n") is is_taken


def test_a_long_line_is_not_remembered() -> None:
    from callsheet.source import simple

    simple_data("a: b\n")
    before = simple.remembered.cache_info().currsize
    long = "a: " + "b" * 1000 + "\n"
    assert simple_data(long)
    assert simple_root(Text("a.yaml", long))
    assert simple.remembered.cache_info().currsize == before


class Searched(str):
    """A line that counts how many of its characters were searched through."""

    __slots__ = ("characters",)
    characters: int

    def find(self, *what: Any) -> int:
        """The same as that of any text."""
        found = super().find(*what)
        end = what[2] if len(what) > 2 else len(self)
        self.characters += (end if found < 0 else found) - what[1]
        return found


@pytest.mark.parametrize("bit", ["\\n", '\\"', "\\\\", "a\\t"])
def test_quotes_are_read_in_time_that_grows_with_them(bit: str) -> None:
    line = Searched(f'"{bit * 1000}"')
    line.characters = 0
    assert scan(line, 0, 0) == (loads(line), len(line))
    assert line.characters < 3 * len(line)
