"""The profile schemas in yaml-language-server, which VS Code and most other editors use for YAML.

Needs Node and the package `yaml-language-server`; CALLSHEET_NODE_MODULES names the folder that holds it (`.ci/run`
sets it).
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.shape.kind import KINDS
from language_client import Client
from test_editors_docs import SNIPPETS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))
MARK = "§"
"""Where the cursor is, in the texts below."""

NODE_MODULES = os.environ.get("CALLSHEET_NODE_MODULES")
SERVER = Path(NODE_MODULES or "nowhere") / "yaml-language-server" / "bin" / "yaml-language-server"

pytestmark = pytest.mark.skipif(
    not SERVER.exists() or shutil.which("node") is None,
    reason="CALLSHEET_NODE_MODULES names no node_modules folder with yaml-language-server, or there is no Node",
)

SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
TYPED = "type: realtime\n"


class Editor:
    """Opens texts beside the profiles, under a modeline, and asks about the place of the mark in them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.count = 0

    def open(self, text: str, kind: str | None = "realtime") -> tuple[str, dict[str, int]]:
        self.count += 1
        uri = (ROOT / "profiles" / f"unsaved-{self.count}.yaml").as_uri()
        if kind is not None:
            text = f"# yaml-language-server: $schema=../schemas/latest/{kind}.profile.schema.json\n{text}"
        before = text.partition(MARK)[0]
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text.replace(MARK, "")}
        self.client.notify("textDocument/didOpen", {"textDocument": item})
        return uri, place

    def diagnostics(self, text: str, kind: str | None = "realtime") -> list[str]:
        uri, _ = self.open(text, kind)
        return [one["message"] for one in self.client.diagnostics(uri)]

    def ask(self, method: str, text: str, kind: str = "realtime") -> Any:
        uri, place = self.open(text, kind)
        self.client.diagnostics(uri)
        return self.client.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})

    def offers(self, text: str, kind: str = "realtime") -> dict[str, str]:
        items: list[dict[str, Any]] = self.ask("completion", text, kind)["items"]
        return {item["label"]: item.get("textEdit", {}).get("newText") or item["insertText"] for item in items}

    def page(self, text: str, kind: str = "realtime") -> str:
        page: str = self.ask("hover", text, kind)["contents"]["value"]
        return page


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    client = Client(["node", str(SERVER), "--stdio"], cwd=ROOT)
    client.answers["workspace/configuration"] = lambda asked: [
        SETTINGS if item.get("section") == "yaml" else {} for item in asked["items"]
    ]
    able = {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    }
    folder = {"uri": ROOT.as_uri(), "name": "callsheet"}
    asked = {"processId": None, "rootUri": ROOT.as_uri(), "workspaceFolders": [folder]}
    client.request("initialize", {**asked, "capabilities": {"textDocument": able}})
    client.notify("initialized", {})
    client.notify("workspace/didChangeConfiguration", {"settings": {"yaml": SETTINGS}})
    yield Editor(client)
    client.close()


# what is wrong, and what is not


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.name)
def test_no_shipped_profile_is_found_fault_with(editor: Editor, profile: Path) -> None:
    text = profile.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/latest/")
    assert editor.diagnostics(text, None) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("audio: {output: {speed: 2.0}}\n", "Value is above the maximum of 1.5."),
        ("audio: {output: {speed: {$env: SPEED}}}\n", 'Incorrect type. Expected "number".'),
        ("audio: {output: {spped: 1.0}}\n", "Property spped is not allowed."),
        ("audio: {output: {voice: marin, x-note: 1}}\n", "Property x-note is not allowed."),
        ("audio: {$env: AUDIO}\n", "Property $env is not allowed."),
        ("parallel_tool_calls: {$file: a.yaml}\n", 'Incorrect type. Expected "boolean".'),
        (
            "audio: {input: {format: pcm16}}\n",
            'Incorrect type. Expected "PCM format | PCMU format | PCMA format | file".',
        ),
        ("tools: [{type: mcp, server_url: 'https://mcp.example.com'}]\n", 'Missing property "server_label".'),
        ("instructions: {$env: A, x: 1}\n", "Property x is not allowed."),
        ("audio: {input: {turn_detection: {type: semantic_vad, eagerness: lo}}}\n", None),
        (
            "audio: {input: {turn_detection: {type: server_vad, eagerness: low}}}\n",
            "Property eagerness is not allowed.",
        ),
        (
            "audio: {input: {turn_detection: {type: server_vax}}}\n",
            'Value is not accepted. Valid values: "server_vad", "semantic_vad".',
        ),
        ("voice: marin\n", "Property voice is not allowed."),
        ("$extends: 3\n", 'Incorrect type. Expected "string | array".'),
        ("$unset: audio\n", 'Incorrect type. Expected "array".'),
        ("$partial: 1\n", 'Incorrect type. Expected "boolean".'),
        ("$extend: ./base.yaml\n", "Property $extend is not allowed."),
    ],
)
def test_what_is_wrong_is_told(editor: Editor, text: str, said: str | None) -> None:
    (message,) = editor.diagnostics(TYPED + text)
    assert message == (said or 'Value is not accepted. Valid values: "low", "medium", "high", "auto".')


@pytest.mark.parametrize(
    "text",
    [
        "type: realtime\ninstructions: {$file: prompts/a.md}\n",
        "type: realtime\ninstructions: {$env: PROMPT, default: Be brief.}\n",
        "type: realtime\naudio: {$file: audio.yaml}\n",
        "type: realtime\naudio: {input: {turn_detection: {$file: turns.yaml}}}\n",
        "type: realtime\ntools: {$file: tools.yaml}\n",
        "type: realtime\ntools: [{$file: tool.yaml}]\n",
        "type: realtime\ntools: [{type: mcp, server_label: {$env: LABEL}, server_url: {$env: URL}}]\n",
        "$extends: ./base.yaml\n",
        "$extends: [./base.yaml, ./phone.yaml]\naudio: {input: {turn_detection: {eagerness: low}}}\n",
        "$extends: ./base.yaml\n$unset: [audio.input.noise_reduction]\n",
        "$partial: true\naudio: {output: {voice: marin}}\n",
        "type: realtime\n$revision: 2026-07-28\n$target: azure\n$kind: realtime\n$schema: a.json\n",
        "type: realtime\nx-anchors: {any: [thing, 1, null]}\nx-: 1\n",
        "type: realtime\naudio: {input: {turn_detection: null, noise_reduction: null}}\n",
        "type: realtime\nmodel: a-deployment-of-mine\n",
    ],
)
def test_what_is_right_is_left_alone(editor: Editor, text: str) -> None:
    assert editor.diagnostics(text) == []


def test_the_settings_of_the_page_find_the_schema(tmp_path: Path) -> None:
    settings = json.loads(SNIPPETS["vscode"])["yaml.schemas"]
    schema = (ROOT / "schemas" / "latest" / "realtime.profile.schema.json").read_text(encoding="utf-8")
    (tmp_path / "realtime.profile.schema.json").write_text(schema, encoding="utf-8")
    client = Client(["node", str(SERVER), "--stdio"], cwd=tmp_path)
    yaml = {**SETTINGS, "schemas": settings}
    client.answers["workspace/configuration"] = lambda asked: [
        yaml if item.get("section") == "yaml" else {} for item in asked["items"]
    ]
    folder = {"uri": tmp_path.as_uri(), "name": "project"}
    asked = {"processId": None, "rootUri": tmp_path.as_uri(), "workspaceFolders": [folder]}
    client.request("initialize", {**asked, "capabilities": {"workspace": {"configuration": True}}})
    client.notify("initialized", {})
    client.notify("workspace/didChangeConfiguration", {"settings": {"yaml": yaml}})
    found = {}
    for name in ("phone.realtime.yaml", "phone.yaml"):
        uri = (tmp_path / name).as_uri()
        item = {
            "uri": uri,
            "languageId": "yaml",
            "version": 1,
            "text": "type: realtime\naudio: {output: {speed: 2.0}}\n",
        }
        client.notify("textDocument/didOpen", {"textDocument": item})
        found[name] = [one["message"] for one in client.diagnostics(uri)]
    client.close()
    assert found == {"phone.realtime.yaml": ["Value is above the maximum of 1.5."], "phone.yaml": []}


# completion


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (f"{TYPED}{MARK}", ("model", "audio", "tools", "$extends")),
        (f"{TYPED}audio:\n  output:\n    vo{MARK}", ("voice", "speed")),
        (f"{TYPED}audio:\n  output:\n    voice: {MARK}\n", ("marin", "cedar", "alloy")),
        (f"{TYPED}model: {MARK}\n", ("gpt-realtime-2.1",)),
        (f"{TYPED}audio:\n  input:\n    turn_detection:\n      {MARK}\n", ("type", "eagerness", "threshold")),
        (f"{TYPED}audio:\n  input:\n    turn_detection:\n      type: {MARK}\n", ("server_vad", "semantic_vad")),
        (
            f"{TYPED}audio:\n  input:\n    turn_detection:\n      type: semantic_vad\n      eagerness: {MARK}\n",
            ("low", "medium", "high", "auto"),
        ),
        (f"{TYPED}tool_choice: {MARK}\n", ("auto", "none", "required")),
        (f"{TYPED}tools:\n  - {MARK}\n", ("type", "Function tool", "MCP tool")),
        (f"{TYPED}instructions:\n  {MARK}\n", ("$file", "$env")),
        (f"$target: {MARK}\n", ("openai", "azure", "azure-preview")),
    ],
)
def test_completion_offers(editor: Editor, text: str, offered: tuple[str, ...]) -> None:
    assert set(offered) <= editor.offers(text).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_no_offer_is_a_bad_one(editor: Editor, kind: str) -> None:
    offers = editor.offers(MARK, kind)
    assert offers
    assert not [label for label, text in offers.items() if "[object Object]" in label + text or "object(" in label]
    assert not [label for label, text in offers.items() if ":" not in text]


def test_a_key_with_a_mapping_opens_it(editor: Editor) -> None:
    offers = editor.offers(f"{TYPED}{MARK}")
    assert offers["audio"].startswith("audio:")
    assert offers["tools"].rstrip(" $1{}").rstrip().startswith("tools:")
    assert offers["model"] == "model: ${1:gpt-realtime-2.1}"


# hovering


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("audio: {output: {spe§ed: 1.0}}\n", ("Audio output", "How fast the speech is played", "Unset: \\`1\\`.")),
        ("audio: {output: {speed: 1§.0}}\n", ("How fast the speech is played",)),
        ("model: gpt-real§time-2.1\n", ("The model that talks",)),
        ("audio: {input: {turn_detection: {type: semantic_vad, eager§ness: low}}}\n", ("Semantic VAD", "at most 8 s")),
        ("instructions: {$fi§le: a.md}\n", ("Path of the file",)),
        ("$par§tial: true\n", ("only a base for others",)),
        ("tools: [{type: mcp, server_la§bel: a, server_url: b}]\n", ("MCP tool", "Your name for this server")),
        ("reas§oning: {effort: low}\n", ("How hard",)),
    ],
)
def test_hovering_explains(editor: Editor, text: str, said: tuple[str, ...]) -> None:
    page = editor.page(TYPED + text)
    for words in said:
        assert words in page
