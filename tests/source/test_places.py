"""The promise of the reader: for any document, the text at a node's span reads back as the node's value."""

from __future__ import annotations

import json
import re
import warnings
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from cases import CLEAN, SCALARS
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from reading import check_usable, found, json_, strict, yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from writing import DATA, RANDOMS, styled

from callsheet.source.text import Text
from callsheet.source.yaml import parse
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from random import Random

    from callsheet.source.document import Document
    from callsheet.source.node import Node

MANY = settings(max_examples=4 * settings().max_examples)

LIBYAML_REFUSES = re.compile(r"[\r\n] *\t|[\s\[{,]:\S|:[,?\[\]{}]")
"""Text blocks that start with a tab; in flow, plain text that starts with a colon or has one before a bracket."""

OLD_BREAKS = re.compile("[\u0085\u2028\u2029]")
"""ruamel.yaml takes some or all of these for line breaks, as YAML 1.1 did, and not always the same."""
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+(?:#[^\r\n]*\s+)*)*")


def check_places(document: Document) -> None:
    """Read every node and every key again, on its own, and see that none overlap."""
    assert document.root is not None
    visit(document, document.root, None, None, set())


def visit(document: Document, node: Node, parent: Node | None, key_start: int | None, seen: set[int]) -> None:
    seen.add(id(node))
    piece = document.text.content[node.start : node.end]
    if node.children is None or bare(piece)[:1] in {"[", "{"}:
        assert is_block(piece) or piece == piece.strip(" \t\r\n")
    if is_json(document):
        assert strict(json.loads(piece)) == strict(node.value)
    else:
        read_back(document, node, parent, key_start, piece)
    spans = []
    for key, child in steps(node):
        after, child_key = node.start, None
        if isinstance(key, str):
            assert node.keys is not None
            text, child_key, after = node.keys[key]
            assert text is document.text
            spans.append((child_key, after))
            written = " " * column(document, child_key) + text.content[child_key:after] + "\n"
            assert (json.loads(written) if is_json(document) else alone(written)) == key
        if after <= child.start and child.end <= node.end and id(child) not in seen:
            spans.append((child.start, child.end))
            visit(document, child, node, child_key, seen)
        else:  # an alias: the node was visited where it stands, if its key was not overruled there
            assert re.search(r"\*x[0-9]", piece)
    spans.sort()
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(node.start <= start and end <= node.end for start, end in spans)


def steps(node: Node) -> list[tuple[str | int, Node]]:
    children: Any = node.children
    return list(children.items() if isinstance(children, dict) else enumerate(children or ()))


def is_json(document: Document) -> bool:
    return document.text.path.endswith(".json")


def bare(piece: str) -> str:
    """The text of a value without its anchor and its tag."""
    return _PROPERTIES.sub("", piece, count=1)


def is_block(piece: str) -> bool:
    return bare(piece)[:1] in {"|", ">"}


def column(document: Document, offset: int) -> int:
    return document.text.location(offset).column - 1


def read_back(document: Document, node: Node, parent: Node | None, key_start: int | None, piece: str) -> None:
    """Read a piece of YAML by itself, as far in as it stood."""
    content = document.text.content
    if not piece:
        assert node.value is None
        return
    if re.search(r"\*x[0-9]", piece):
        return  # it needs its anchors; what is in it is read by itself
    if node.end < len(content):
        piece += "\r" if content.startswith("\r", node.end) else "\n"
    pair = False
    if parent is not None:
        whole = document.text.content[parent.start : parent.end]
        if is_block(piece):
            # An indentation that is written out counts from the parent's.
            outer = parent.end - len(bare(whole)) if key_start is None else mapping_start(document, key_start)
            assert alone(" " * column(document, outer) + "key: " + piece) == {"key": node.value}
            return
        pair = bare(whole)[:1] == "[" and node.keys is not None and bare(piece)[:1] != "{"
    again = alone(" " * column(document, node.start) + (f"[{piece}]" if pair else piece))
    assert strict(again) == strict([node.value] if pair else node.value)


def mapping_start(document: Document, key_start: int) -> int:
    """Where the entry with this key starts: at its question mark, if it has one."""
    before = document.text.content[:key_start].rstrip(" ")
    return len(before) - 1 if before.endswith("?") else key_start


def alone(content: str) -> Any:
    faults: list[Any] = []
    value = parse(Text("alone.yaml", content), faults).value
    assert not faults
    return value


def reference(content: str) -> Any:
    """What ruamel.yaml reads, which knows YAML 1.2."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an anchor that is set twice
        return YAML(typ="safe", pure=True).load(content)


@MANY
@given(DATA, RANDOMS)
def test_yaml_as_people_write_it(data: dict[str, Any], random: Random) -> None:
    content = Writer(random).document(data)
    note(content)
    document = yaml(content)
    assert found(document) == []
    assert strict(document.data) == strict(data)
    check_places(document)


@MANY
@given(DATA, RANDOMS)
def test_yaml_as_ruamel_writes_it(data: dict[str, Any], random: Random) -> None:
    content = styled(data, random)
    note(content)
    assume(not OLD_BREAKS.search(content))
    assume(not LIBYAML_REFUSES.search(content))
    try:
        assume(strict(reference(content)) == strict(data))  # it has bugs of its own
    except (YAMLError, TypeError):
        assume(False)
    document = yaml(content)
    assert found(document) == []
    assert strict(document.data) == strict(data)
    check_places(document)


@given(
    DATA, st.sampled_from((None, 0, 2, "\t", "\r\n ")), st.booleans(), st.sampled_from(("", "\ufeff", "\n \t", "\r\n"))
)
def test_json(data: dict[str, Any], indent: str | int | None, escape: bool, before: str) -> None:  # noqa: FBT001
    document = json_(before + json.dumps(data, indent=indent, ensure_ascii=escape) + before[1:])
    assert found(document) == []
    assert strict(document.data) == strict(data)
    check_places(document)


@given(DATA, st.sampled_from((None, 0, 2, "\t", "\r\n ")))
def test_json_that_is_read_as_yaml(data: dict[str, Any], indent: str | int | None) -> None:
    content = json.dumps(data, indent=indent, ensure_ascii=False)
    # YAML has no place for some characters, nor for keys of more than a thousand.
    assume(not re.search("[\x7f-\x84\x86-\x9f\ufffe\uffff]", content))
    document = yaml(content)
    assert found(document) == []
    assert strict(document.data) == strict(data)
    check_places(document)
    check_usable(document)


@MANY
@given(DATA, RANDOMS)
def test_yaml_is_read_as_ruamel_reads_it(data: dict[str, Any], random: Random) -> None:
    content = Writer(random).document(data)
    assume(not OLD_BREAKS.search(content) and "\ufeff" not in content)
    try:
        expected = reference(content)
    except YAMLError:
        assume(False)
    assert strict(yaml(content).data) == strict(expected)


RUAMEL_READS_AS_YAML_1_1 = {
    "0b11", "-0x1F", "+0o17", "1_000", "1_0.5", "0x_1F", "0o1_7", "1_", "2001-12-14", "2001-12-14t21:59:43.10-05:00",
    "=", "<<",
}  # fmt: skip
RUAMEL_DIFFERS = {
    ".5e1": "text in ruamel.yaml; a number in the core schema",
    "a\tb": "an error in ruamel.yaml; YAML 1.2 allows tabs inside plain text",
    "! 1": "a number in ruamel.yaml; the tag `!` makes text",
    "!!float 1": "1.0 in ruamel.yaml; JSON knows one kind of number, and the shorter one is sent",
    "a: 1\n...\n...\n": "an error in ruamel.yaml; YAML 1.2 allows several document ends",
    "%YAML 1.1\n---\na: yes": "true in ruamel.yaml, which goes by the directive",
}


@pytest.mark.parametrize("raw", [raw for group in SCALARS.values() for raw in group])
def test_scalars_are_read_as_ruamel_reads_them(raw: str) -> None:
    ours = strict(yaml(f"a: {raw}\n").data)
    try:
        same = ours == strict(reference(f"a: {raw}\n"))
    except (YAMLError, KeyError):  # it cannot read it, or reads a date
        same = False
    assert same or raw in RUAMEL_READS_AS_YAML_1_1 or raw in RUAMEL_DIFFERS or OLD_BREAKS.search(raw)


@pytest.mark.parametrize("content", [content for group in CLEAN.values() for content in group])
def test_documents_are_read_as_ruamel_reads_them(content: str) -> None:
    ours = strict(yaml(content).data)
    try:
        same = ours == strict(reference(content))
    except YAMLError:
        same = False
    assert same or content in RUAMEL_DIFFERS or OLD_BREAKS.search(content)


@pytest.mark.parametrize("content", [content for group in CLEAN.values() for content in group])
def test_hand_written_places(content: str) -> None:
    if "*" not in content and "%TAG" not in content:  # a piece cannot be read without what it refers to
        check_places(yaml(content))
