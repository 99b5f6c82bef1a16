"""docs/editors.md: every snippet is one that its editor can read, and starts what there is to start."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from callsheet.cli import main
from callsheet.lint import Linter
from callsheet.lsp.desk import NAMED
from callsheet.lsp.mending import FIX_ALL
from callsheet.source.document import read

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- snippet: (?P<name>\w+) -->\n```(?P<language>\w+)\n(?P<text>.*?)```", re.DOTALL)
SNIPPETS = {match["name"]: match["text"] for match in BLOCK.finditer(PAGE)}
SCHEMA = "./realtime.profile.schema.json"
ENTRY: dict[str, Any] = json.loads((ROOT / "docs" / "schemastore.json").read_text(encoding="utf-8"))
CATALOGUE: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "url", "description"],
    "properties": {
        "name": {"type": "string"},
        "description": {"type": "string"},
        "fileMatch": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
        "url": {"type": "string", "format": "uri", "pattern": "^https://"},
        "versions": {"type": "object", "additionalProperties": {"type": "string", "pattern": "^https://"}},
    },
}
"""What SchemaStore asks of an entry of its catalogue."""


def test_every_snippet_has_a_name() -> None:
    assert len(SNIPPETS) == PAGE.count("\n```") // 2
    tested = {"modeline", "json", "vscode", "zed", "neovim", "helix", "emacs", "sublime"}
    assert SNIPPETS.keys() == tested


def test_the_command_makes_the_schema_that_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    command = f"    callsheet schema realtime --profile > {SCHEMA.removeprefix('./')}\n"
    assert command in PAGE
    assert main(["schema", "realtime", "--profile"]) == 0
    kept = (ROOT / "schemas" / "latest" / "realtime.profile.schema.json").read_text(encoding="utf-8")
    assert json.loads(capsys.readouterr().out) == json.loads(kept)


@pytest.mark.parametrize(("name", "suffix"), [("modeline", "yaml"), ("json", "json")])
def test_a_profile_with_its_schema_lints_clean(name: str, suffix: str) -> None:
    text = SNIPPETS[name]
    assert SCHEMA in text
    assert Linter().document(read(f"profile.{suffix}", text.encode())) == []


def test_vs_code_finds_the_schema_by_the_name() -> None:
    settings = json.loads(SNIPPETS["vscode"])
    (association,) = settings["json.schemas"]
    assert association["url"] == SCHEMA
    assert list(settings["yaml.schemas"]) == [SCHEMA]
    globs = [*settings["yaml.schemas"][SCHEMA], *association["fileMatch"]]
    assert all(any(fnmatch(f"phone{ending}", glob) for glob in globs) for ending in NAMED)
    assert sorted(globs) == sorted(ENTRY["fileMatch"])


def test_zed_has_the_settings_of_vs_code_for_yaml() -> None:
    settings = json.loads(SNIPPETS["zed"])
    inner = settings["lsp"]["yaml-language-server"]["settings"]["yaml"]["schemas"]
    assert inner == json.loads(SNIPPETS["vscode"])["yaml.schemas"]


def test_sublime_starts_the_server_and_knows_the_action() -> None:
    settings = json.loads(SNIPPETS["sublime"])
    assert settings["clients"]["callsheet"]["command"] == ["callsheet", "lsp"]
    assert list(settings["lsp_code_actions_on_save"]) == [FIX_ALL]


def test_helix_starts_the_server() -> None:
    tomllib = pytest.importorskip("tomllib", reason="tomllib came with Python 3.11")
    settings = tomllib.loads(SNIPPETS["helix"])
    server = settings["language-server"]["callsheet"]
    assert [server["command"], *server["args"]] == ["callsheet", "lsp"]
    assert all(language["language-servers"][-1] == "callsheet" for language in settings["language"])


@pytest.mark.skipif(shutil.which("luac") is None, reason="there is no luac, which reads Lua")
def test_neovim_can_read_its_snippet() -> None:
    done = subprocess.run(["luac", "-p", "-"], input=SNIPPETS["neovim"], text=True, check=False, capture_output=True)  # noqa: S607 - whichever the machine has
    assert done.stderr == ""


def test_neovim_starts_the_server() -> None:
    assert "cmd = { 'callsheet', 'lsp' }" in SNIPPETS["neovim"]
    names = re.findall(r"vim\.lsp\.(?:config|enable)\('(\w+)'", SNIPPETS["neovim"])
    assert names == ["callsheet", "callsheet"]


def test_emacs_starts_the_server() -> None:
    text = SNIPPETS["emacs"]
    depth = 0
    for letter in re.sub(r'"[^"]*"', "", text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    assert '. ("callsheet" "lsp")' in text


def test_the_entry_for_schemastore_is_one_that_it_takes() -> None:
    Draft4Validator(CATALOGUE).validate(ENTRY)
    assert "schema" not in ENTRY["description"].lower()  # which would say nothing
    host, _, path = ENTRY["url"].removeprefix("https://").partition("/")
    assert host == "callsheet.example"  # until there is a home
    assert (ROOT / path).exists()
    assert [glob.removeprefix("*") for glob in ENTRY["fileMatch"]] == list(NAMED)
