"""A change of data becomes an edit of the text, which says the same afterwards and keeps what it is not about."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, event, given
from hypothesis import strategies as st
from writing import DATA, RANDOMS, styled

from callsheet.fix.source import Source
from callsheet.patch import Change, Insert, Move, Put, Remove, Rename, patch, same
from callsheet.source.document import read_text
from callsheet.source.edit import Unable, edited
from callsheet.source.text import Text
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from random import Random

    from callsheet.pointer import Path


def source(content: str, path: str = "profile.yaml") -> Source:
    return Source(read_text(Text(path, content)))


def holder(at: Source, path: Path) -> Any:
    node = at.root
    for step in path[:-1]:
        below = node.child(step)
        if below is None:
            raise Unable
        node = below
    return node


def change(content: str, *changes: Change, path: str = "profile.yaml") -> str:
    """The text after some changes, each proven; raises Unable where there is no edit that does it."""
    for one in changes:
        before = source(content, path)
        local = before.local(one, holder(before, one.path))
        made = before.edits([local])
        if not before.proves(made, local.everywhere):
            raise Unable
        content = edited(content, made)
    return content


BLOCK = """\
# a profile
type: realtime   # the kind
audio:
  # what is heard
  input:
    format: pcm16  # from the PBX
    noise_reduction: {type: near_field}
  # what is said
  output:
    voice: marin  # nice
tools:
- type: function  # first
  name: dial
# second
- {type: mcp, server_label: 'crm'}
"""


@pytest.mark.parametrize(
    ("one", "old", "new"),
    [
        (Remove(("type",)), "type: realtime   # the kind\n", ""),
        (Remove(("audio", "input", "format")), "    format: pcm16  # from the PBX\n", ""),
        (Remove(("audio", "output", "voice")), "  output:\n    voice: marin  # nice\n", "  output: {}\n"),
        (
            Remove(("audio", "input")),
            "  input:\n    format: pcm16  # from the PBX\n    noise_reduction: {type: near_field}\n",
            "",
        ),
        (Remove(("tools", 0)), "- type: function  # first\n  name: dial\n", ""),
        (Remove(("tools", 1)), "- {type: mcp, server_label: 'crm'}\n", ""),
        (Remove(("tools", 0, "type")), "- type: function  # first\n  name: dial", "- name: dial"),
        (Remove(("tools", 1, "type")), "{type: mcp, server_label", "{server_label"),
        (Remove(("tools", 1, "server_label")), ", server_label: 'crm'}", "}"),
        (Remove(("audio", "input", "noise_reduction", "type")), "{type: near_field}", "{}"),
        (Rename(("audio", "output", "voice"), "speed"), "voice: marin", "speed: marin"),
        (Rename(("tools", 1, "type"), "kind"), "{type: mcp", "{kind: mcp"),
        (Put(("audio", "input", "format"), {"type": "x", "rate": 24000}), "pcm16", "{type: x, rate: 24000}"),
        (Put(("tools", 1, "server_label"), "erp"), "'crm'", "'erp'"),
        (Put(("tools", 1, "server_url"), "https://x"), "'crm'}", "'crm', server_url: 'https://x'}"),
        (Put(("audio", "output", "speed"), 1.5), "# nice\n", "# nice\n    speed: 1.5\n"),
        (Put(("model",), "gpt-realtime-2.1", first=True), "type: real", "model: gpt-realtime-2.1\ntype: real"),
        (Put(("model",), "a: b"), "'crm'}\n", "'crm'}\nmodel: \"a: b\"\n"),
        (Put(("audio", "output"), None), "  output:\n    voice: marin  # nice\n", "  output: null\n"),
        (Insert(("tools", 0), {"type": "x"}), "- type: function", "- {type: x}\n- type: function"),
        (Insert(("tools", 2), {"type": "x"}), "'crm'}\n", "'crm'}\n- {type: x}\n"),
        (
            Move(("audio", "output", "voice"), ("audio", "input", "a", "b")),
            "    noise_reduction: {type: near_field}\n  # what is said\n  output:\n    voice: marin  # nice\n",
            "    noise_reduction: {type: near_field}\n    a:\n      b: marin  # nice\n  # what is said\n  output: {}\n",
        ),
        (Move(("type",), ("audio", "x")), "type: realtime   # the kind\n", ""),
        (Move(("audio", "input"), ("in", "put")), "  # what is heard\n  input:\n", "  # what is heard\n"),
    ],
)  # fmt: skip
def test_block_style(one: Change, old: str, new: str) -> None:
    assert old in BLOCK
    after = change(BLOCK, one)
    if isinstance(one, Move) and not new.startswith("    noise"):
        assert same(source(after).data, patch(source(BLOCK).data, [one]))
        assert Counter(comments(after)) == Counter(comments(BLOCK))
        return
    assert after == BLOCK.replace(old, new, 1)
    crlf = BLOCK.replace("\n", "\r\n")
    assert change(crlf, one) == after.replace("\n", "\r\n")
    assert change(BLOCK.removesuffix("\n"), one) == after.removesuffix("\n")


@pytest.mark.parametrize(
    ("old", "left", "moved"),
    [
        ("# one\n#  two\nv: x # three\nb: 2\n", "b: 2\n", "  # one\n  #  two\n  to: x # three\n"),
        ("# other\n\n# one\nv: x\n", "# other\n\n", "  # one\n  to: x\n"),
        ("b: 2\n  # deeper\nv: x\n", "b: 2\n  # deeper\n", "  to: x\n"),
        ("# one\nv:\n# in it\n- x\n", "", "  # one\n  to:\n  # in it\n  - x\n"),
        ("# one\u2028more \nv: x\n", "", "  # one\u2028more \n  to: x\n"),
        ("b: 'c\n\n  # d'\nv: x\n", "b: 'c\n\n  # d'\n", "  to: x\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_comment_above_a_key_moves_with_it(old: str, left: str, moved: str, newline: str) -> None:
    content = f"in:\n  a: 1\n{old}".replace("\n", newline)
    assert change(content, Move(("v",), ("in", "to"))) == f"in:\n  a: 1\n{moved}{left}".replace("\n", newline)


def test_the_comment_at_the_top_stays_and_so_does_that_of_a_lone_key() -> None:
    content = "# the file\nv: x\nin:\n  # alone\n  a: 1\n"
    after = change(content, Move(("v",), ("in", "to")))
    assert after == "# the file\nin:\n  # alone\n  a: 1\n  to: x\n"
    content = f"# more\n{content}"
    assert change(content, Move(("v",), ("in", "to"))) == f"# more\n{after}"
    assert change("b: 2\nin:\n  # alone\n  a: 1\n", Move(("in", "a"), ("c",))) == "b: 2\nin: {}\n  # alone\nc: 1\n"


TEXTS = "instructions: |\n  one\n\n  two\n\n# of the model\nmodel: m\nnotes: >+\n  a\n\n"
BRACKETS = "tools: [\n  a,  # first\n  b,  # second\n]\nmore: {\n  a: 1,\n  b: 2\n}\nlast: [\n  a,\n  b  # second\n]\n"
NESTED = "audio:\n  output:\n    voice: marin\n    list:\n      - a\n      - b\n"


@pytest.mark.parametrize(
    ("content", "one", "old", "new"),
    [
        (TEXTS, Remove(("instructions",)), "instructions: |\n  one\n\n  two\n", ""),
        (TEXTS, Put(("instructions",), "short"), "|\n  one\n\n  two\n", "short\n"),
        (TEXTS, Remove(("notes",)), "notes: >+\n  a\n\n", ""),
        (TEXTS, Rename(("notes",), "x"), "notes", "x"),
        (TEXTS, Put(("x",), 1), "  a\n\n", "  a\n\nx: 1\n"),
        (
            TEXTS,
            Move(("instructions",), ("in", "to")),
            "instructions: |\n  one\n\n  two\n",
            "in:\n  to: |\n    one\n\n    two\n",
        ),
        (BRACKETS, Insert(("tools", 0), "c"), "  a,  #", "  c,\n  a,  #"),
        (BRACKETS, Insert(("tools", 2), "c"), "  b,  # second\n", "  b,  # second\n  c,\n"),
        (BRACKETS, Remove(("tools", 1)), "  b,  # second\n", ""),
        (BRACKETS, Put(("more", "c"), 3), "b: 2\n", "b: 2,\n  c: 3\n"),
        (BRACKETS, Insert(("last", 2), "c"), "  b  # second\n", "  b,  # second\n  c\n"),
        (BRACKETS, Insert(("last", 1), "c"), "  b  # second\n", "  c,\n  b  # second\n"),
        ("a: [\n  1,\n  2,]\n", Insert(("a", 2), 3), "2,]", "2,\n  3,]"),
        (NESTED, Insert(("audio", "output", "list", 0), "c"), "      - a\n", "      - c\n      - a\n"),
        (NESTED, Insert(("audio", "output", "list", 2), {"a": 1}), "      - b\n", "      - b\n      - {a: 1}\n"),
        (NESTED, Put(("audio", "output", "x"), 1, first=True), "    voice", "    x: 1\n    voice"),
        (
            NESTED,
            Move(("audio", "output", "list"), ("list",)),
            "    list:\n      - a\n      - b\n",
            "list:\n  - a\n  - b\n",
        ),
        (
            NESTED,
            Move(("audio", "output"), ("audio", "a", "b")),
            NESTED.removeprefix("audio:\n"),
            "  a:\n    b:\n      voice: marin\n      list:\n        - a\n        - b\n",
        ),
    ],
)
def test_text_blocks_brackets_over_lines_and_nested_lists(content: str, one: Change, old: str, new: str) -> None:
    """That there is an edit at all is shown here only: below, a change may as well be refused."""
    assert content.count(old) == 1
    assert change(content, one) == content.replace(old, new)


@pytest.mark.parametrize(
    ("content", "one", "after"),
    [
        ("a: [\n  1, # one\n  2\n]\n", Remove(("a", 1)), "a: [\n  1, # one\n]\n"),
        ("a: [\n  1, # one\n  2]\n", Remove(("a", 1)), "a: [\n  1, # one\n  ]\n"),
        ("a: [\n  1, 2,\n  3\n]\n", Remove(("a", 1)), "a: [\n  1,\n  3\n]\n"),
        ("a: [1, 2]\n", Remove(("a", 1)), "a: [1]\n"),
        ("a: {b: 1,}\n", Remove(("a", "b")), "a: {}\n"),
        ("a:\n- b\n", Remove(("a", 0)), "a: []\n"),
        ("a:\n-\n  b: 1  # one\n- c\n", Put(("a", 0), 2), "a:\n- 2\n- c\n"),
        ("a: 1", Put(("b",), 2), "a: 1\nb: 2"),
        ("a: 'x'\nb: y\n", Put(("a",), {"c": "d"}), "a: {c: d}\nb: y\n"),
        ("a: {b: 1}\nc: 'x'\n", Put(("a",), "d"), "a: 'd'\nc: 'x'\n"),
        ("a: b:c\n", Put(("d:e",), "f:g"), 'a: b:c\n"d:e": f:g\n'),
        ("{a: 'b:c'}\n", Put(("d",), "f:g"), "{a: 'b:c', d: 'f:g'}\n"),
        ("x:\n- a\n# c\n-  # d\n  b: 1\n- e\n", Remove(("x", 1)), "x:\n- a\n# c\n- e\n"),
        ("x:\n  - a\n  -  # d\n    b: 1\n  - e\n", Remove(("x", 1)), "x:\n  - a\n  - e\n"),
        ("x:\r- a\r# c\r-  # d\r  b: 1\r- e\r", Remove(("x", 1)), "x:\r- a\r# c\r- e\r"),
        ("'a': 1\n", Rename(("a",), "b"), "'b': 1\n"),
        ('"a": 1\n', Rename(("a",), "b"), '"b": 1\n'),
        ("a: []\n", Insert(("a", 0), 1), "a: [1]\n"),
        ("a: {  }\n", Put(("a", "b"), 1), "a: {b: 1}\n"),
        ("a:\nb: 1\n", Put(("a",), 3), "a: 3\nb: 1\n"),
        ("a: &x 1\nc: 2\n", Put(("a",), 3), "a: &x 3\nc: 2\n"),
        ("a: !!map {b: 1}\n", Put(("a",), 2), "a: 2\n"),
        ("a: [a1, 'b']\n", Insert(("a", 2), "c"), "a: [a1, 'b', c]\n"),
        ("a: ['b']\n", Insert(("a", 1), "c"), "a: ['b', 'c']\n"),
        ("$extends: x\n# t\ntype: r\n", Put(("m",), "n", first=True), "$extends: x\n# t\nm: n\ntype: r\n"),
    ],
)
def test_small_texts(content: str, one: Change, after: str) -> None:
    assert change(content, one) == after


@pytest.mark.parametrize(
    ("content", "to", "after"),
    [
        ("v: x\nin:\n  a: 1\n", ("in", "p", "to"), "in:\n  a: 1\n  p:\n    to: x\n"),
        ("'v': x\nin:\n  a: 1\n", ("in", "to"), "in:\n  a: 1\n  'to': x\n"),
        ('v: x\nin:\n  "a": 1\n', ("in", "p", "to"), 'in:\n  "a": 1\n  "p":\n    to: x\n'),
        ("v: x  # c\nin: {a: 1}\n", ("in", "to"), "# c\nin: {a: 1, to: x}\n"),
        ("v: x\nin: {a: 1}\n", ("in", "p", "to"), "in: {a: 1, p: {to: x}}\n"),
        ("v: [\n  x\n]\nin: {a: 1}\n", ("in", "to"), "in: {a: 1, to: [\n  x\n]}\n"),
        ("{v: x, in: {a: 1}}\n", ("in", "to"), "{in: {a: 1, to: x}}\n"),
        ("{'v': x, in: {a: 1}}\n", ("in", "p", "to"), "{in: {a: 1, p: {'to': x}}}\n"),
        ("{v: x, b: 1}\n", ("p", "to"), "{p: {to: x}, b: 1}\n"),
    ],
)
def test_a_key_goes_elsewhere(content: str, to: Path, after: str) -> None:
    assert change(content, Move(("v",), to)) == after


@pytest.mark.parametrize(
    ("content", "to", "after"),
    [
        ("a: {v: x, w: 1}\n", ("to",), "a: {w: 1}\nto: x\n"),
        ("a: {v: x, w: 1}\n", ("p", "q", "to"), "a: {w: 1}\np:\n  q:\n    to: x\n"),
        ("a: {v: x, w: 1}\nin:\n  b: 2  # c\n", ("in", "p", "to"), "a: {w: 1}\nin:\n  b: 2  # c\n  p:\n    to: x\n"),
        ("a: {v: , w: 1}\n", ("to",), "a: {w: 1}\nto:\n"),
        ("a: {v: x}\n", ("to",), "a: {}\nto: x\n"),
        ("a: {v: [\n    x\n  ], w: 1}\n", ("to",), "a: {w: 1}\nto: [\n    x\n  ]\n"),
        ("a: {\n  v: [\n    x\n  ],\n  w: 1\n}\n", ("to",), "a: {\n  w: 1\n}\nto: [\n  x\n]\n"),
    ],
)
def test_a_key_leaves_its_brackets(content: str, to: Path, after: str) -> None:
    assert change(content, Move(("a", "v"), to)) == after


LINES = """\
{
  "type": "realtime",
  "audio": {
    "output": {"voice": "marin"}
  },
  "tools": [
    {"type": "function", "name": "dial"},
    {"type":"mcp","server_label":"crm"}
  ]
}
"""


@pytest.mark.parametrize(
    ("one", "old", "new"),
    [
        (Remove(("type",)), '  "type": "realtime",\n', ""),
        (Remove(("tools", 1)), ',\n    {"type":"mcp","server_label":"crm"}', ""),
        (Remove(("tools", 0, "type")), '{"type": "function", "name"', '{"name"'),
        (Remove(("audio", "output", "voice")), '{"voice": "marin"}', "{}"),
        (Remove(("audio", "output")), '{\n    "output": {"voice": "marin"}\n  }', "{}"),
        (Put(("tools", 1, "x"), [1, "a"]), '"crm"}', '"crm","x":[1,"a"]}'),
        (Put(("model",), "m", first=True), '  "type"', '  "model": "m",\n  "type"'),
        (Put(("model",), "m"), "  ]\n}", '  ],\n  "model": "m"\n}'),
        (Put(("audio", "input"), {}), '"marin"}\n', '"marin"},\n    "input": {}\n'),
        (Rename(("audio",), "a\u00e4"), '"audio"', '"a\u00e4"'),
        (Move(("type",), ("audio", "output", "type")), '  "type": "realtime",\n', ""),
    ],
)
def test_json(one: Change, old: str, new: str) -> None:
    assert old in LINES
    after = change(LINES, one, path="profile.json")
    if isinstance(one, Move):
        assert after == LINES.replace(old, new, 1).replace('"marin"}', '"marin", "type": "realtime"}')
    else:
        assert after == LINES.replace(old, new, 1)


@pytest.mark.parametrize(
    ("content", "one", "after"),
    [
        ('{"a":{"b":1}}', Put(("a", "c"), 2), '{"a":{"b":1,"c":2}}'),
        ('{"a": {"b": 1}}', Put(("a", "c"), 2), '{"a": {"b": 1, "c": 2}}'),
        ('{"a":{"v":1},"b":{"c":2}}', Move(("a", "v"), ("b", "to")), '{"a":{},"b":{"c":2,"to":1}}'),
        ('{"a": {"v":1}, "b": {"c": 2}}', Move(("a", "v"), ("b", "to")), '{"a": {}, "b": {"c": 2, "to": 1}}'),
        ('{"a":[1]}', Insert(("a", 1), 2), '{"a":[1, 2]}'),
        ('{"a":[1,2]}', Insert(("a", 2), {"b": [3, 4]}), '{"a":[1,2,{"b": [3,4]}]}'),
    ],
)
def test_json_on_one_line(content: str, one: Change, after: str) -> None:
    assert change(content, one, path="profile.json") == after


def test_what_an_anchor_names_changes_for_all_its_users() -> None:
    content = "x-a: &a {b: 1}\nc: *a\nd: {<<: *a, e: 2}\n"
    before = source(content)
    local = before.local(Put(("c", "b"), 2), holder(before, ("c", "b")))
    assert {one.path for one in local.everywhere} == {("x-a", "b"), ("c", "b"), ("d", "b")}
    assert change(content, Put(("c", "b"), 2)) == content.replace("b: 1", "b: 2")


@pytest.mark.parametrize(
    ("one", "after"),
    [
        (Put(("c",), 1), "x-a: &a {b: 1}\nc: 1\nd: *a\n"),
        (Remove(("c",)), "x-a: &a {b: 1}\nd: *a\n"),
        (Rename(("c",), "e"), "x-a: &a {b: 1}\ne: *a\nd: *a\n"),
        (Put(("x-a",), {}), "x-a: &a {}\nc: *a\nd: *a\n"),
    ],
)
def test_the_alias_itself(one: Change, after: str) -> None:
    assert change("x-a: &a {b: 1}\nc: *a\nd: *a\n", one) == after


@pytest.mark.parametrize(
    ("content", "one"),
    [
        ("a: &a 1\nb: *a\n", Remove(("a",))),
        ("a: &a {b: 1}\nc: {<<: *a}\n", Put(("c", "d"), 1)),
        ("a: 1\na: 2\n", Remove(("a",))),
        ("a: {b: 1}\nb: 1\n", Move(("b",), ("a", "b"))),
        ("a: 1\nb: 1\n", Rename(("b",), "a")),
        ("a: 0x10\n", Put(("a",), "16")),
        ("a: 1.10\n", Put(("a",), "1.1")),
    ],
)
def test_what_cannot_be_done_is_refused(content: str, one: Change) -> None:
    before = source(content)
    try:
        after = change(content, one)
    except Unable:
        return
    assert same(source(after).data, patch(before.data, [one]))
    assert "d: 1" in after  # a key of its own beside a merge key


_WORDS = ("", "on", "a", "a b", "a: b", "#", "a\nb", "\u2028", "012", "tel:+1")
NEW = st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(_WORDS))
NEW = st.one_of(NEW, st.lists(NEW, max_size=2), st.dictionaries(st.sampled_from(["p", "q r", "yes"]), NEW, max_size=2))


@st.composite
def changes(draw: st.DrawFn, data: dict[str, Any]) -> Change:
    """A change that can be made to the data."""
    paths = [path for path, _ in walk(data, ())]
    path = draw(st.sampled_from(paths))
    at = data
    for step in path:
        at = at[step]
    options: list[Change] = []
    if path:
        options += [Remove(path), Put(path, draw(NEW))]
        if isinstance(path[-1], str):
            options += [Rename(path, "new name"), Move(path, ("moved", "to", "here")), Move(path, ("moved",))]
    if isinstance(at, dict):
        options += [Put((*path, "new"), draw(NEW)), Put((*path, "new"), draw(NEW), first=True)]
    if isinstance(at, list):
        options += [Insert((*path, draw(st.integers(0, len(at)))), draw(NEW))]
    assume(options)
    chosen: Change = draw(st.sampled_from(options))
    return chosen


def walk(data: Any, path: Path) -> Any:
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk(value, (*path, index))


def comments(content: str) -> list[str]:
    """The comments of a YAML text: what stands between its tokens, and behind the marks of text blocks."""
    found: list[str] = []
    at = 0
    for token in yaml.scan(content, Loader=yaml.CLoader):
        start, end = token.start_mark.index, token.end_mark.index
        if start > at:
            found += re.findall(r"#[^\r\n]*", content[at:start])
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            found += re.findall(r"#[^\r\n]*", re.split(r"[\r\n]", content[start:end])[0])
        at = max(at, end)
    return found


@given(DATA, st.data(), st.sampled_from([None, 1, 2]), st.sampled_from([(",", ":"), (", ", ": ")]))
def test_json_always_has_an_edit(
    data: dict[str, Any], draw: st.DataObject, indent: int | None, separators: tuple[str, str]
) -> None:
    content = json.dumps(data, indent=indent, separators=separators, ensure_ascii=draw.draw(st.booleans()))
    one = draw.draw(changes(data))
    try:
        expected = patch(data, [one])
    except LookupError:
        return
    after = change(content, one, path="profile.json")
    assert same(json.loads(after), expected)


@given(DATA, RANDOMS, st.data())
def test_no_comment_is_lost_but_on_lines_that_go(data: dict[str, Any], random: Random, draw: st.DataObject) -> None:
    content = Writer(random).document(data) if draw.draw(st.booleans()) else styled(data, random)
    if any(character in content for character in "\x85\u2028\u2029\ufeff"):
        assume(not content.startswith("\ufeff"))
        assume(not any(character in content for character in "\x85\u2028\u2029"))  # which `yaml.scan` takes for lines
    before = read_text(Text("profile.yaml", content))
    assume(before.root is not None and not before.faults)
    one = draw.draw(changes(before.data))
    try:
        after = change(content, one)
    except Unable:
        event(f"refused: {type(one).__name__}")
        return
    event(f"made: {type(one).__name__}")
    old, new = Counter(comments(content)), Counter(comments(after))
    assert new <= old
    if isinstance(one, (Remove, Put)):
        assert sum((old - new).values()) <= within(content, one)
    else:
        assert new == old


def within(content: str, one: Change) -> int:
    """How many comments stand on the lines of what a change takes away."""
    before = source(content)
    node = holder(before, one.path)
    if node.child(one.path[-1]) is None:
        return 0
    place, index = _entry(before, node, one.path)
    entry = place.written.entries[index]
    first = max(content.rfind("\n", 0, entry.start), content.rfind("\r", 0, entry.start)) + 1
    match = re.compile(r"[^\r\n]*").match(content, entry.end)
    return content[first : match.end() if match else entry.end].count("#")


def _entry(before: Source, node: Any, path: Path) -> Any:
    last = path[-1]
    if isinstance(last, int):
        return before.layout.collection(node), last
    return before.layout.entry(node.keys[last][1])
