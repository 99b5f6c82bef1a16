"""Which texts only stand in for a credential, by which variable, and which headers hold one."""

from __future__ import annotations

import pytest

from callsheet.lint import Linter
from callsheet.rules.secret import stand_in

WORDS = [
    "your", "my", "changeme", "change", "replace", "placeholder", "redacted", "example", "sample", "dummy",
    "fake", "todo", "tbd", "fixme", "insert", "here", "none", "secret", "token", "password", "key", "apikey",
    "bearer",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_is_there_to_be_replaced(word: str) -> None:
    for text in (word, word.upper(), f"<{word}>", f"Bearer {word}", f"{word}-thing", f"a_{word}", f"a {word} b"):
        assert stand_in(text) == "", text


@pytest.mark.parametrize(
    "text",
    [
        *("env:TOKEN", "$env:TOKEN", "process.env.TOKEN", "env.TOKEN", "ENV:TOKEN"),
        *("${{ secrets.TOKEN }}", "${TOKEN}", "{{TOKEN}}", "<TOKEN>", "[TOKEN]", "{TOKEN}", "%TOKEN%", "$TOKEN"),
        *("Bearer ${TOKEN}", "basic $TOKEN", "Token <TOKEN>", "ApiKey {{ TOKEN }}", "  ${TOKEN}  "),
    ],
)
def test_a_reference_names_its_variable(text: str) -> None:
    assert stand_in(text) == "TOKEN"


@pytest.mark.parametrize(
    "text",
    [
        *("op://vault/item", "vault://a/b", "secret://a", "arn:aws:secretsmanager:x", "env:lower", "env:1A", "env:Ä"),
        *("${lower}", "{{ lower }}", "<0815>", "[your token]", "{a_b-c}", "${a.b}", "$" + "{}x}"),
        *("xxx", "XX-XX", "***", "....", "…", "--", "__", "•••", "###", "000", "x*.…-_•#0", "xx", "a-xx-b"),
    ],
)
def test_one_that_names_no_variable(text: str) -> None:
    assert stand_in(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "abc", "x-ray", "0815", "your0815", "$lower", "$Token", "%0815%", "[0815]", "{0815}"),
        *("${TOKEN", "$$", "<>", "{}", "keys", "monkey", "my.token", "Bearer crm-0815", "environment:TOKEN", "xa"),
    ],
)
def test_every_other_text_is_what_it_is(text: str) -> None:
    assert stand_in(text) is None


HOLDING = [
    "Authorization", "Authorisation", "Auth", "X-Auth", "Token", "X-Token", "auth_token", "Secret", "Password",
    "Passwd", "ApiKey", "Credential", "Credentials", "Cookie", "Set-Cookie", "Bearer", "JWT", "Key", "X-Key",
    "Api-Key", "api_key", "X-Api-Key", "Access-Key", "Auth-Key", "Secret-Key", "Ocp-Apim-Subscription-Key",
    "X-Functions-Key", "Private-Key", "Client-Key",
]  # fmt: skip
OTHERS = [
    "Idempotency-Key", "Partition-Key", "Token-Count", "Authorizations", "Keys", "X-Region", "Content-Type",
    "Accept", "X-Tokens", "Cookie-Policy",
]  # fmt: skip


@pytest.mark.parametrize("name", [*HOLDING, *OTHERS])
def test_a_header_that_holds_a_credential(name: str) -> None:
    tool = {
        "type": "mcp",
        "server_label": "crm",
        "server_url": "https://crm.example.com",
        "headers": {name: "a8-b9-c0"},
    }
    found = [fault.code for fault in Linter().body({"type": "realtime", "tools": [tool]})]
    assert found == (["CS501"] if name in HOLDING else [])
