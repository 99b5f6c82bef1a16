"""Where a text holds what is never shown, and what is shown of data in its place."""

from __future__ import annotations

from typing import Any

import pytest
from reading import yaml

from callsheet.source.node import UNREADABLE
from callsheet.source.secret import HIDDEN, masked, secret_spans

KEY = "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        ("model: a", []),
        ("authorization: a", ["a"]),
        ("password: 5", ["5"]),
        ("password: true", []),
        ("password:", []),
        ("tokens: 5", []),
        ("tokens: a", ["a"]),
        ("max_output_tokens: 5", []),
        ("tokens: true", []),
        ("headers: {X-Pass: a, Accept: b}", ["a", "b"]),
        ("headers: {sk-abcdefgh12345678: a}", ["sk-abcdefgh12345678", "a"]),
        ("headers: [a]", ["[a]", "a"]),
        ("tools:\n- {type: mcp, colour: a, name: b, server_label: c, count: 5}", ["a"]),
        ("tools:\n- {server_label: a, colour: b}", ["b"]),
        ("tools:\n- {type: function, colour: a}", []),
        ("client_secret: {expires_after: {seconds: 5}}", []),
        ("client_secret: {value: a, expires_at: 5}", ["{value: a, expires_at: 5}", "value", "a", "expires_at", "5"]),
        ("api_key: {$env: A}", []),
        ("api_key: {$env: A, default: a}", ["a"]),
        ("api_key: {$file: a.md}", []),
        ("api_key: {$file: a.md, more: b}", ["more", "b"]),
        ("api_key: {a: b}", ["{a: b}", "a", "b"]),
        ("api_key: [true, a]", ["[true, a]", "a"]),
        ("api_key: a\napi_key: b", ["b", "a"]),
        ("[a]: b", ["b"]),
    ],
)
def test_what_is_hidden(content: str, hidden: list[str]) -> None:
    root = yaml(content).root
    assert root is not None
    assert [text.content[slice(*span)] for text, span in secret_spans(root)] == hidden


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"model": "a", "n": [1, 1.5, None, True]}, {"model": "a", "n": [1, 1.5, None, True]}),
        ({"authorization": "a"}, {"authorization": HIDDEN}),
        ({"password": 5, "api_key": None, "token": True}, {"password": HIDDEN, "api_key": None, "token": True}),
        ({"tokens": 5, "max_output_tokens": 1.5}, {"tokens": 5, "max_output_tokens": 1.5}),
        ({"tokens": "a"}, {"tokens": HIDDEN}),
        ({"tokens": True}, {"tokens": True}),
        ({"headers": {"X-Pass": "a", "Y": None}}, {"headers": {"X-Pass": HIDDEN, "Y": None}}),
        ({"headers": ["a"]}, {"headers": HIDDEN}),
        ({"type": "mcp", "colour": "a", "name": "b", "n": 5}, {"type": "mcp", "colour": HIDDEN, "name": "b", "n": 5}),
        ({"server_label": "a", "colour": "b"}, {"server_label": "a", "colour": HIDDEN}),
        ({"type": "function", "colour": "a"}, {"type": "function", "colour": "a"}),
        ({"api_key": {"$env": "A"}}, {"api_key": "$A"}),
        ({"api_key": {"$env": "A", "default": "a"}}, {"api_key": "$A"}),
        ({"api_key": {"$file": "a.md", "more": "b"}}, {"api_key": {"$file": "a.md"}}),
        ({"api_key": {"$file": 5}}, {"api_key": HIDDEN}),
        ({"api_key": ["$file"]}, {"api_key": HIDDEN}),
        ({"model": {"$env": "A"}}, {"model": "$A"}),
        ({"model": {"$env": "A", "default": "a"}}, {"model": "$A"}),
        ({"model": {"$env": "A", "more": "a"}}, {"model": {"$env": "A", "more": "a"}}),
        ({"model": {"$env": 5}}, {"model": {"$env": 5}}),
        ({"model": UNREADABLE}, {"model": "(unreadable)"}),
        (f"one {KEY}", f"one -----BEGIN PRIVATE KEY-----{HIDDEN}-----END PRIVATE KEY-----"),
    ],
)
def test_what_is_shown_of_data(data: Any, shown: Any) -> None:
    assert masked(data) == shown


@pytest.mark.parametrize("secret", ["sk-abcdefgh12345678", "Bearer abcdefgh12345678"])
def test_a_credential_is_shown_nowhere(secret: str) -> None:
    assert "abc" not in masked(f"one {KEY} two {KEY}")
    assert secret not in repr(masked({"model": f"a {secret}", secret: "b", "headers": {secret: "c"}}))
