"""Secrets in the texts that an editor has open, looked for in all that the language server says of them.

That is diagnostics, hovers, completions, code actions, definitions, errors and logs, of a real process.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from test_secret_nowhere import BROKEN, FORMED, KEYED, MARK, PIECES, PLACES, TOOL, planted, written

from callsheet.shape.derive import shapes
from callsheet.shape.kind import KINDS
from callsheet.shape.table import rows
from language_client import Client
from minimal import setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTIONS = ("hover", "completion", "definition")
COMMAND = (sys.executable, "-m", "callsheet", "lsp")
EVERYWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
FRESH = {"workspace": {"workspaceEdit": {"documentChanges": True}}}


@contextmanager
def spoken(folder: Path) -> Iterator[Client]:
    """A server that tells all it can, in a project, with a secret in its environment."""
    (folder / ".git").mkdir(exist_ok=True)
    environment = {**os.environ, "CALLSHEET_TRACEBACK": "1", "HUNTER": KEYED}
    client = Client(COMMAND, cwd=folder, env=environment)
    try:
        asked = {"processId": None, "rootUri": folder.as_uri(), "capabilities": FRESH, "trace": "verbose"}
        client.request("initialize", asked)
        client.notify("initialized", {})
        yield client
        assert client.stop() == 0
        assert (client.stray, client.stderr) == ([], b"")
    finally:
        client.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with spoken(tmp_path_factory.mktemp("desk")) as client:
        yield client


def said(client: Client, uri: str, text: str, at: int) -> Iterator[tuple[str, Any]]:
    """What the server says of a text: of itself, and to every question about the place of some character."""
    client.forget()
    item = {"uri": uri, "languageId": "json" if uri.endswith(".json") else "yaml", "version": 1, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": item})
    client.diagnostics(uri)
    document = {"uri": uri}
    before = text[:at].split("\n")
    place = {"line": len(before) - 1, "character": len(before[-1])}
    for question in QUESTIONS:
        yield question, client.request(f"textDocument/{question}", {"textDocument": document, "position": place})
    about = {"textDocument": document, "range": EVERYWHERE, "context": {"diagnostics": []}}
    yield "actions", client.request("textDocument/codeAction", about)
    client.notify("textDocument/didClose", {"textDocument": document})
    yield "told", list(client.notes)


def leaks(client: Client, uri: str, text: str) -> list[str]:
    """In what the server repeats the mark when it is asked about the places where that stands."""
    places = [at for at in range(len(text)) if text.startswith(MARK, at)] or [len(text)]
    return [
        f"{question}: {json.dumps(answer)}"
        for at in {places[0], places[-1]}
        for question, answer in said(client, uri, text, at)
        if MARK in json.dumps(answer).lower()
    ]


@pytest.fixture
def uri(tmp_path: Path) -> str:
    (tmp_path / ".git").mkdir()
    return (tmp_path / "a.yaml").as_uri()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_credential_at_every_place_of_every_shape(kind: str, client: Client, uri: str) -> None:
    shape, carried, found = shapes()[kind], KINDS[kind].carries, []
    for row in rows(shape):
        if carried is not None and row.startswith((f"{carried}.", f"{carried}[")):
            continue  # which is looked at by itself
        body, path = setting(shape, row, FORMED)
        found += [f"{row}: {leak}" for leak in leaks(client, uri, written(kind, body))]
        body = planted(setting(shape, row, {FORMED: FORMED}).body, path, FORMED)
        found += [f"{row}, as a key: {leak}" for leak in leaks(client, uri, written(kind, body))]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("group", PLACES)
@pytest.mark.parametrize("secret", [KEYED, FORMED])
def test_what_its_place_makes_a_secret(group: str, secret: str, client: Client, uri: str) -> None:
    found = [leak for text in PLACES[group] for leak in leaks(client, uri, text.replace("M", secret))]
    assert not found, "\n".join(found[:20])


def test_a_text_while_it_is_written(client: Client, uri: str) -> None:
    ends = [at + len(FORMED) for at in range(len(BROKEN)) if BROKEN.startswith(FORMED, at)]
    ends += [at for at in range(len(BROKEN)) if BROKEN.startswith("\n", at)]
    texts = [BROKEN[:at] + piece for at in ends for piece in ("", *PIECES)]
    found = [leak for text in texts for leak in leaks(client, uri, text)]
    assert not found, "\n".join(found[:20])


def test_a_secret_in_what_a_profile_builds_on(client: Client, uri: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(f"{TOOL}  headers: {{X: {KEYED}}}\n  nonsense: 1\n", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(f"authorization: {KEYED}\nheaders: {{X: [{KEYED}\n", encoding="utf-8")
    (tmp_path / "prompt.md").write_text(f"Say {FORMED} and password: {KEYED}\n", encoding="utf-8")
    for text in (
        "$extends: ./base.yaml\nnonsense: 2\n",
        "$extends: ./broken.yaml\ntype: realtime\n",
        "type: realtime\ntools: [{$file: broken.yaml}]\nnonsense: 1\n",
        "type: realtime\nnonsense: 1\ninstructions: {$file: prompt.md}\n",
        "type: realtime\nnonsense: 1\ninstructions: {$env: HUNTER}\n",
    ):
        assert leaks(client, uri, text) == []


def test_a_secret_in_the_configuration(client: Client, uri: str, tmp_path: Path) -> None:
    for content in (f'select = ["{FORMED}"]\n', f'"{FORMED}" = 1\n', f'api_key = "{KEYED}"\n', f'x = "{FORMED}\n'):
        (tmp_path / "callsheet.toml").write_text(content, encoding="utf-8")
        client.notify("workspace/didChangeConfiguration", {"settings": {}})
        assert leaks(client, uri, "type: realtime\nnonsense: 1\n") == []


CURSOR = "§"
OFFERED = {
    "the name of a tool": "type: realtime\ntools: [{type: function, name: S}]\ntool_choice: {type: function, name: §}\n",
    "a tool of a server": "type: realtime\ntools: [{type: mcp, server_label: a, allowed_tools: [S]}]\ntool_choice: {type: mcp, server_label: a, name: §}\n",
    "a server": "type: realtime\ntools: [{type: mcp, server_label: S}]\ntool_choice: {type: mcp, server_label: §}\n",
    "a key to drop": "$extends: ./base.yaml\n$unset: [§]\n",
    "a key below": "type: realtime\nprompt: {id: a, variables: {S: {type: input_text, §}}}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", OFFERED)
def test_what_is_offered_is_no_secret(name: str, client: Client, uri: str, tmp_path: Path) -> None:
    for word in ("dial", FORMED):
        base = f"type: realtime\nprompt: {{id: a, variables: {{{word}: b}}}}\n"
        (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
        before, _, after = OFFERED[name].replace("S", word).partition(CURSOR)
        answers = dict(said(client, uri, before + after, len(before)))
        assert ("dial" in json.dumps(answers["completion"])) is (word == "dial")
        assert MARK not in json.dumps(answers).lower()


def test_the_name_of_a_file_that_is_a_secret(client: Client, uri: str, tmp_path: Path) -> None:
    (tmp_path / f"{FORMED}.yaml").write_text("type: realtime\nnonsense: 1\n", encoding="utf-8")
    client.forget()
    text = f"$extends: ./{FORMED}.yaml\n"
    client.notify(
        "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
    )
    (found,) = client.diagnostics(uri)
    assert found["message"].startswith("in ***")
    assert MARK not in found["message"]
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_a_message_that_cannot_be_understood(client: Client) -> None:
    client.forget()
    client.ask("textDocument/hover", {"textDocument": {"uri": f"file:///{FORMED}"}, "position": {"line": FORMED}})
    client.until(lambda: any(note["method"] == "window/logMessage" for note in client.notes))
    assert MARK not in json.dumps(client.notes)
