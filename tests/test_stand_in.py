"""Which texts only stand in for a credential, by which variable, and which headers hold one."""

from __future__ import annotations

from typing import Any

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
        *(
            "${{ 0815 }}",
            "{{ 0815 }}",
            "{{0815}}",
            "${0815}",
            "${lower}",
            "{{ lower }}",
            "<0815>",
            "[your token]",
            "{a_b-c}",
            "${a.b}",
            "$" + "{}x}",
        ),
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


KEY = "sk-proj-0000notarealkey0000notarealkey"


@pytest.mark.parametrize(
    ("label", "header", "variable"),
    [
        ("crm", "Authorization", "CRM_TOKEN"),
        ("a1", "Authorization", "A1_TOKEN"),
        ("1a", "Authorization", "MCP_TOKEN"),
        ("__", "Authorization", "MCP_TOKEN"),
        ("-crm 2-", "Authorization", "CRM_2_TOKEN"),
        ("a" * 30, "Authorization", "A" * 30 + "_TOKEN"),
        ("a" * 31, "Authorization", "MCP_TOKEN"),
        ("größe", "Authorization", "MCP_TOKEN"),
        (None, "Authorization", "MCP_TOKEN"),
        (["crm"], "Authorization", "MCP_TOKEN"),
        (KEY[:30], "Authorization", "MCP_TOKEN"),
        ("crm", "X-Api-Key", "CRM_KEY"),
        ("crm", "Set-Cookie", "CRM_COOKIE"),
        ("crm", "Client-Secret", "CRM_SECRET"),
        ("crm", "db_password", "CRM_PASSWORD"),
    ],
)
def test_the_variable_that_is_advised(label: Any, header: str, variable: str) -> None:
    helps = advised({"server_label": label, "headers": {header: "a8-b9-c0"}})
    assert helps == [f"write {{$env: {variable}}}, and renew the credential if others have had this file"]


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("Bearer a8-b9-c0", "Bearer"),
        ("Bearer a8 b9 c0", "Bearer"),
        (" Basic a8b9c0", "Basic"),
        ("a8 b9", None),
        ("a8b9c0", None),
    ],
)
def test_a_variable_holds_the_whole_header(text: str, scheme: str | None) -> None:
    (help_,) = advised({"server_label": "crm", "headers": {"Authorization": text}})
    whole = f", with the whole header in the variable, `{scheme} …`" if scheme else ""
    assert help_ == f"write {{$env: CRM_TOKEN}}{whole}, and renew the credential if others have had this file"


def test_an_authorization_is_no_header() -> None:
    (help_,) = advised({"server_label": "crm", "authorization": "Bearer a8-b9-c0"})
    assert help_ == "write {$env: CRM_TOKEN}, and renew the credential if others have had this file"


def advised(tool: dict[str, Any]) -> list[str | None]:
    """The help where a server has a credential in plain text."""
    body = {"type": "realtime", "tools": [{"type": "mcp", "server_url": "https://crm.example.com", **tool}]}
    return [fault.help for fault in Linter().body(body) if fault.code == "CS501"]
