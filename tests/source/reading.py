"""What the tests of the reader share: reading a text, writing down what was found, comparing as JSON does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from callsheet.diagnostic import Span
from callsheet.source import simple_place
from callsheet.source.document import Document, placed, read
from callsheet.source.node import UNREADABLE
from callsheet.source.secret import secret_spans

if TYPE_CHECKING:
    from callsheet.source.node import Node
    from callsheet.source.text import Text

Found = tuple[str, str, str]
"""A finding: its code, the text it covers, and the `line:column` at which that starts."""


def yaml(content: str | bytes) -> Document:
    """The content, read as YAML."""
    return both_ways("profile.yaml", content)


def json_(content: str | bytes) -> Document:
    """The content, read as JSON."""
    return both_ways("profile.json", content)


def both_ways(path: str, content: str | bytes) -> Document:
    """The content as it is read, which is as if there were only libyaml: data, faults, and every place."""
    document = read(path, content if isinstance(content, bytes) else content.encode())
    if not document.is_placed:
        slow = by_libyaml(document.text)
        assert (strict(document.data), document.faults) == (strict(slow.data), slow.faults)
        assert list(document.data) == list(slow.data)
        quick = placed(document.text)
        assert quick.root is not None
        assert slow.root is not None
        assert tree(quick.root) == tree(slow.root)
    return document


def by_libyaml(text: Text, *, mapping: bool = True) -> Document:
    """The text with its places, as libyaml has them."""
    with patch.object(simple_place, "simple_root", return_value=None):
        return placed(text, mapping=mapping)


def tree(node: Node) -> list[tuple[Any, ...]]:
    """All nodes from one down: where they are, where they and their keys stand, and what they hold."""
    return [
        (path, below.span, strict(below.value), type(below.children), below.keys, below.lost, below.text)
        for path, below in node.walk()
    ]


def found(document: Document) -> list[Found]:
    """The findings of a document, in the order in which they were made."""
    return [(fault.code, *where(document.text, span_of(fault.place))) for fault in document.faults]


def where(text: Text, span: Span) -> tuple[str, str]:
    """The text that a span covers, and where it starts."""
    location = text.location(span.start)
    return text.content[span.start : span.end], f"{location.line}:{location.column}"


def span_of(place: object) -> Span:
    """The place, which of a fault of the reader is always a span."""
    assert isinstance(place, Span)
    return place


def strict(data: Any) -> str:
    """The data as a text that tells 1 from 1.0 and from true, and shows where something could not be read."""
    return json.dumps(data, sort_keys=True, default=lambda value: {UNREADABLE: "UNREADABLE"}[value])


def node_at(document: Document, *path: str | int) -> Node:
    """The node at a path that is there."""
    node = document.root
    for step in path:
        assert node is not None
        node = node.child(step)
    assert node is not None
    return node


def check_usable(document: Document) -> None:
    """Do with a document what the linter and its reports do, and hold it to what they rely on."""
    text = document.text
    assert document.root is not None or document.faults
    for fault in document.faults:
        start, end = span_of(fault.place)
        assert 0 <= start <= end <= len(text.content)
        assert fault.message
    for fault in document.faults[:20]:
        line, column = text.location(span_of(fault.place).start)
        assert len(text.masked(line, column - 1, column + 99)) == len(text.line(line)[column - 1 : column + 99])
    if document.root is not None:
        strict(document.data)
        text.secrets = tuple(span for _, span in secret_spans(document.root))
        for _, node in document.root.walk():
            assert 0 <= node.start <= node.end <= len(text.content)
