"""Lines, columns, and what of a line is never shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import json_, node_at, yaml
from writing import KEYS, RANDOMS, TEXTS

from callsheet.diagnostic import Span
from callsheet.source.document import read_text
from callsheet.source.secret import secret_spans
from callsheet.source.text import Location, Text
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from random import Random

    from callsheet.source.document import Document

CONTENTS = st.text(st.sampled_from("ab\r\n\r\n\t \u2028\u0085\x0b\x0c\x1c\U0001f600"), max_size=40)


def naive(content: str) -> list[Location]:
    """The line and column of every offset, one character after the other."""
    locations = []
    line = column = 1
    for offset in range(len(content) + 1):
        locations.append(Location(line, column))
        character, following = content[offset : offset + 1], content[offset + 1 : offset + 2]
        if character == "\n" or (character == "\r" and following != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
    return locations


@given(CONTENTS)
def test_locations(content: str) -> None:
    text = Text("a.yaml", content)
    assert [text.location(offset) for offset in range(len(content) + 1)] == naive(content)


@given(CONTENTS)
def test_lines(content: str) -> None:
    text = Text("a.yaml", content)
    lines = re.split(r"\r\n|\n|\r", content)
    assert len(text.starts) == len(lines)
    assert [text.line(number + 1) for number in range(len(lines))] == lines
    for number, start in enumerate(text.starts, 1):
        assert text.location(start) == (number, 1)


PARTS = ("a", " ", "\n", "\r\n", "Bearer x1", "token: ", '"', "sk-abcdefgh12", "?key=z", "{", ",", "x" * 1500)
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(st.sampled_from(PARTS)).map("".join), st.lists(SPANS), SPANS)
def test_a_masked_line_has_the_length_of_the_line(content: str, secrets: list[Span], stretch: Span) -> None:
    text = Text("a.yaml", content)
    text.secrets = tuple(span for span in secrets if span.end <= len(content))
    for number, start in enumerate(text.starts, 1):
        line, masked = text.line(number), text.masked(number)
        assert len(masked) == len(line)
        for column, (was, is_shown) in enumerate(zip(line, masked, strict=True)):
            secret = any(span.start <= start + column < span.end for span in text.secrets)
            assert is_shown == "*" if secret else is_shown in {was, "*"}
        assert text.masked(number, *stretch) == masked[stretch.start : stretch.end]


def shown(document: Document) -> str:
    """All lines of a document as a report may show them."""
    text = document.text
    if document.root is not None:
        text.secrets = tuple(span for _, span in secret_spans(document.root))
    return "\n".join(text.masked(number) for number in range(1, len(text.starts) + 1))


MASKED: dict[str, list[str]] = {
    "headers, in every style": [
        "headers: {X-Pass: SECRET}",
        "headers: {X-Pass: SECRET, X-Other: SECRET}",
        "headers:\n  X-Pass: SECRET",
        "headers:\n  X-Pass: 'SECRET'  # c",
        'headers:\n  X-Pass: "SECRET"',
        'headers: {"X-Pass": "SECRET"}',
        "headers:\n  X-Pass: |\n    SECRET\n    SECRET\n",
        "headers:\n  X-Pass: >-\n    SECRET\n\n    SECRET\n",
        "headers:\n  X-Pass: one\n    SECRET\n    SECRET",
        "headers:\n  X-Pass: 'one\n\n    SECRET'",
        'headers:\n  X-Pass: "one\\\n    SECRET"',
        "headers:\n  X-Pass:\n    SECRET",
        "headers:\r\n  X-Pass: |\r\n    SECRET\r\n    SECRET\r\n",
        "headers:\r  X-Pass: SECRET\r",
        "headers:\n  ? X-Pass\n  : SECRET",
        "headers: {X-Pass: &x SECRET}\na: *x",
        "a: &x SECRET\nheaders: {X-Pass: *x}",
        "a: &x {X-Pass: SECRET}\nheaders: *x",
        "a: &x {X-Pass: SECRET}\nheaders:\n  <<: *x",
        "headers: {X-Pass: [SECRET, {a: SECRET}]}",
        "headers: SECRET",
        "Headers: {X-Pass: SECRET}",
        "tools:\n- type: mcp\n  headers:\n    X-Pass: SECRET",
        "headers: {X-Pass: !vault SECRET}",
        "headers:\n  X-Pass: !!str |\n    SECRET\n",
        "\U0001f600: {headers: {X-Pass: SECRET}}",
    ],
    "headers that are written and do not count": [
        "headers: {X-Pass: SECRET, X-Pass: b}",
        "headers:\n  X-Pass: |\n    SECRET\n  X-Pass: b",
        "headers: {X-Pass: SECRET}\nheaders: {}",
        "authorization: SECRET\nauthorization:\n  b",
        "headers: {[a]: SECRET}",
        "headers: {? {a: b} : SECRET}",
        "headers: {.nan: SECRET}",
        "headers: {<<: SECRET}",
        "headers: {<<: [{X-Pass: SECRET}, SECRET], X-Pass: b}",
        "a: &x {X-Pass: SECRET}\nheaders: {<<: *x, X-Pass: b}",
    ],
    "values whose key makes them secret": [
        "authorization: SECRET",
        "Authorization: SECRET",
        "authorization: |\n  SECRET\n",
        "authorization:\n  SECRET",
        "tools: [{type: mcp, authorization: SECRET}]",
        "tools:\n- authorization: 'one\n\n    SECRET'",
        "client_secret: {value: SECRET}",
        "api_key: SECRET",
        "password: SECRET",
        "access_token: [SECRET]",
    ],
    "credentials that give themselves away": [
        "instructions: Say Bearer SECRET",
        "instructions: |\n  Authorization: Bearer SECRET\n",
        "instructions: \"curl -H 'Authorization: Basic SECRET'\"",
        "instructions: |\n  x\n  password: SECRET\n",
        "server_url: https://name:SECRET@example.org/",
        "server_url: https://example.org/?key=SECRET",
        "server_url: https://example.org/?a=b&access_token=SECRET&c=d",
        "instructions: sk-proj-SECRET",
        "instructions: the key is ek_SECRET.",
        "# Authorization: Bearer SECRET\na: 1",
        "a: 1 # sk-SECRET",
    ],
}
SECRET = "Zq9-hunter2"  # noqa: S105 - the point of the test


def flat(groups: dict[str, list[str]]) -> list[Any]:
    return [
        pytest.param(case, id=f"{group}-{index}") for group, cases in groups.items() for index, case in enumerate(cases)
    ]


@pytest.mark.parametrize("content", flat(MASKED))
def test_secrets_in_yaml(content: str) -> None:
    document = yaml(content.replace("SECRET", SECRET))
    assert document.root is not None
    assert SECRET in document.text.content
    assert SECRET not in shown(document)


@pytest.mark.parametrize(
    "content",
    [
        '{"headers": {"X-Pass": "SECRET"}}',
        '{\n\t"headers": {\n\t\t"X-Pass":\n\t\t\t"SECRET"\n}}',
        '{"tools": [{"headers": {"a": ["SECRET", {"b": "SECRET"}]}}]}',
        '{"authorization":\n"SECRET"}',
        '{"instructions": "Authorization: Bearer SECRET"}',
        '{"server_url": "https://example.org/?token=SECRET"}',
        '{"headers": {"X-Pass": "\\ud800SECRET"}}',
        '{"headers": {"X-Pass": 12, "Y": "SECRET"}}',
        '{"headers": {"X-Pass": "SECRET", "X-Pass": "b"}}',
        '{"headers": {"X-Pass": "SECRET"}, "headers": {}}',
        '{"headers": {"\\ud800": "SECRET"}}',
    ],
)
def test_secrets_in_json(content: str) -> None:
    document = json_(content.replace("SECRET", SECRET))
    assert document.root is not None
    assert SECRET not in shown(document)


@pytest.mark.parametrize(
    "content",
    [
        "headers: {Authorization: Bearer SECRET",
        'headers: {"Authorization": "Bearer SECRET"',
        "headers:\n  Authorization: Bearer SECRET\n x: 1",
        "authorization: 'SECRET",
        "\tpassword: SECRET",
        "a: [\npassword: SECRET",
    ],
)
def test_secrets_on_a_line_that_cannot_be_read(content: str) -> None:
    document = yaml(content.replace("SECRET", SECRET))
    assert document.root is None
    assert SECRET not in shown(document)


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("headers:\n  X-Pass: {$env: HOME}", "HOME"),
        ("authorization: {$file: key.txt}", "key.txt"),
        ("headers: {X-Pass: null, Y: true}", "true"),
        ("headers: {X-Pass: x} # why", "# why"),
        ("headers:\n  X-Pass: |\n    x\n\nvoice: cedar", "voice: cedar"),
        ("header: plain", "plain"),
        ("instructions: Your task-oriented risk-aversion", "task-oriented risk-aversion"),
        ("max_output_tokens: 4096", "4096"),
    ],
)
def test_what_is_no_secret_is_shown(content: str, kept: str) -> None:
    assert kept in shown(yaml(content))


@given(KEYS, TEXTS, RANDOMS)
def test_a_header_is_masked_however_it_is_written(key: str, value: str, random: Random) -> None:
    content = Writer(random).document({"tools": [{"headers": {key: value}}], "a": value})
    document = read_text(Text("a.yaml", content))
    node = node_at(document, "tools", 0, "headers", key)
    shown(document)
    if key in {"$env", "$file"}:
        return
    for number, start in enumerate(document.text.starts, 1):
        for column, character in enumerate(document.text.masked(number)):
            assert character == "*" or not node.start <= start + column < node.end
