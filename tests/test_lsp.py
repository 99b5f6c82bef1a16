"""`callsheet lsp` as an editor meets it: a real process, spoken to over the protocol."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.lint import Linter
from callsheet.source.document import read
from language_client import Client, Failed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = (sys.executable, "-m", "callsheet", "lsp")
MARK = "§"
"""Where the cursor is, in the texts below."""
WRONG = "type: realtime\nmodel: gpt-realtime-2.1\naudio:\n  output:\n    speed: 2.0\n"
RIGHT = "type: realtime\nmodel: gpt-realtime-2.1\n"
ASTRAL = "\N{GRINNING FACE}"


class Editor:
    """A client with a folder of files, which opens texts and asks about the place of the mark in them."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.versions: dict[str, int] = {}

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "") -> str:
        uri = self.uri(name)
        language = language or ("json" if name.endswith(".json") else "yaml")
        self.versions[uri] = 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text.replace(MARK, "")}
        self.client.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, name: str, text: str) -> int:
        uri = self.uri(name)
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        changes = [{"text": text.replace(MARK, "")}]
        self.client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})
        return self.versions[uri]

    def close(self, name: str) -> None:
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})

    def diagnostics(self, name: str, text: str) -> list[dict[str, Any]]:
        return self.client.diagnostics(self.open(name, text))

    def ask(self, method: str, name: str, text: str) -> Any:
        uri = self.open(name, text)
        place = {"textDocument": {"uri": uri}, "position": position(text)}
        return self.client.request(f"textDocument/{method}", place)

    def labels(self, name: str, text: str) -> list[str]:
        return [item["label"] for item in self.ask("completion", name, text)]

    def actions(self, name: str, **context: Any) -> list[dict[str, Any]]:
        everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
        asked = {"textDocument": {"uri": self.uri(name)}, "range": everywhere}
        found: list[dict[str, Any]] = self.client.request(
            "textDocument/codeAction", {**asked, "context": {"diagnostics": [], **context}}
        )
        return found


def position(text: str) -> dict[str, int]:
    before = text.partition(MARK)[0]
    line = before[before.rfind("\n") + 1 :]
    return {"line": before.count("\n"), "character": len(line.encode("utf-16-le")) // 2}


def started(folder: Path, **capabilities: Any) -> Client:
    client = Client(COMMAND, cwd=folder)
    client.request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
    client.notify("initialized", {})
    return client


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    client = started(tmp_path_factory.mktemp("desk"), workspace={"workspaceEdit": {"documentChanges": True}})
    yield client
    assert client.stop() == 0
    assert client.stray == []
    assert client.stderr == b""
    client.close()


@pytest.fixture
def editor(client: Client, tmp_path: Path) -> Iterator[Editor]:
    (tmp_path / ".git").mkdir()
    client.forget()
    editor = Editor(client, tmp_path)
    yield editor
    for uri in editor.versions:
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """A text after the edits of an editor that counts in UTF-16."""
    lines = text.splitlines(keepends=True)

    def offset(place: dict[str, int]) -> int:
        line = lines[place["line"]] if place["line"] < len(lines) else ""
        units = line.encode("utf-16-le")[: 2 * place["character"]].decode("utf-16-le")
        return sum(map(len, lines[: place["line"]])) + len(units)

    # Of two that start at one place, what is inserted comes first, and so is done last.
    for edit in sorted(edits, key=lambda edit: (offset(edit["range"]["start"]), edits.index(edit)), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in found]


def test_what_it_can_do(tmp_path: Path) -> None:
    client = Client(COMMAND, cwd=tmp_path)
    said = client.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    able = said["capabilities"]
    assert said["serverInfo"]["name"] == "callsheet"
    assert able["positionEncoding"] == "utf-16"
    assert able["hoverProvider"]
    assert able["definitionProvider"]
    assert able["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.callsheet"]
    assert client.stop() == 0
    client.close()


# findings


def test_a_finding_stands_at_its_value(editor: Editor) -> None:
    (found,) = editor.diagnostics("a.yaml", WRONG)
    assert found["code"] == "CS105"
    assert found["severity"] == 1
    assert found["source"] == "callsheet"
    assert found["range"] == {"start": {"line": 4, "character": 11}, "end": {"line": 4, "character": 14}}
    assert found["message"] == ("`audio.output.speed` is 2.0; it must be a number from 0.25 to 1.5\nwrite 1.5 or less")


def test_typing_is_followed(editor: Editor) -> None:
    assert codes(editor.diagnostics("a.yaml", WRONG)) == ["CS105"]
    version = editor.change("a.yaml", RIGHT)
    assert editor.client.diagnostics(editor.uri("a.yaml"), version=version) == []


def test_only_the_last_of_many_keys_is_looked_at(editor: Editor) -> None:
    uri = editor.open("a.yaml", RIGHT)
    editor.client.diagnostics(uri)
    editor.client.forget()
    for letter in range(30):
        last = editor.change("a.yaml", f"{WRONG}# {letter}\n")
    assert codes(editor.client.diagnostics(uri, version=last)) == ["CS105"]
    told = [note for note in editor.client.notes if note["method"] == "textDocument/publishDiagnostics"]
    assert len(told) < 10


def test_what_is_wrong_with_the_text_itself_is_told(editor: Editor) -> None:
    assert codes(editor.diagnostics("a.realtime.yaml", "type: [realtime\n")) != []


def test_a_session_that_breaks_while_one_types_stays_one(editor: Editor) -> None:
    editor.diagnostics("a.yaml", "audio: {input: {}, output: {voice: marin}}\ntools: []\n")
    version = editor.change("a.yaml", "audio: {input: {}, output: {voice: marin}\ntools: []\n")
    assert editor.client.diagnostics(editor.uri("a.yaml"), version=version) != []


def test_a_file_that_is_no_session_is_left_alone(editor: Editor) -> None:
    assert editor.diagnostics("compose.yaml", "services:\n  web: {image: nginx}\n") == []


def test_a_file_that_is_named_like_one_is_checked(editor: Editor) -> None:
    assert editor.diagnostics("compose.realtime.yaml", "services:\n  web: {image: nginx}\n") != []


def test_a_text_of_another_language_is_left_alone(editor: Editor) -> None:
    editor.open("a.md", "type: realtime\nvoice: marin\n", language="markdown")
    assert editor.client.diagnostics(editor.uri("a.md")) == []


def test_what_is_on_its_way_out_is_struck_through(editor: Editor) -> None:
    (found,) = editor.diagnostics("a.yaml", "type: realtime\nmodel: gpt-4o-realtime-preview\n")
    assert found["code"] == "CS602"
    assert found["tags"] == [2]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 15), ("utf-16", 13), ("utf-32", 12)])
def test_columns_are_counted_as_the_editor_counts(tmp_path: Path, encoding: str, column: int) -> None:
    client = started(tmp_path, general={"positionEncodings": [encoding]})
    text = f'audio: {{"x{ASTRAL}": 1}}\ntype: realtime\n'
    (found,) = Editor(client, tmp_path).diagnostics("a.yaml", text)
    assert found["range"]["end"] == {"line": 0, "character": column}
    client.stop()
    client.close()


def test_old_line_ends_and_separators_count_as_editors_count_them(editor: Editor) -> None:
    text = f"type: realtime\r\nmodel: gpt-realtime-2.1\rinstructions: 'a\u2028b {ASTRAL}'\r\n"
    text += "audio: {output: {speed: 2}}\n"
    (found,) = editor.diagnostics("a.yaml", text)
    assert found["range"]["start"] == {"line": 3, "character": 24}


def test_a_byte_order_mark_shifts_nothing(editor: Editor) -> None:
    (found,) = editor.diagnostics("a.realtime.yaml", "\ufefftype: realtim\n")
    assert found["range"]["start"] == {"line": 0, "character": 7}
    (fix, *_) = editor.actions("a.realtime.yaml")
    assert applied("\ufefftype: realtim\n", edits(fix, editor)) == "\ufefftype: realtime\n"


# what a profile builds on

BASE = "$partial: true\naudio:\n  output: {speed: 1.0}\n"
CHILD = "$extends: ./base.yaml\ntype: realtime\nmodel: gpt-realtime-2.1\n"


def test_an_unsaved_base_counts(editor: Editor) -> None:
    (editor.folder / "base.yaml").write_text(BASE, encoding="utf-8")
    child = editor.open("child.yaml", CHILD)
    editor.client.told(child, [])
    editor.open("base.yaml", BASE)
    editor.client.told(editor.uri("base.yaml"), [])

    editor.change("base.yaml", BASE.replace("1.0", "2.0"))

    (found,) = editor.client.told(child, ["CS105"])
    assert found["range"]["start"] == {"line": 0, "character": 10}
    assert found["message"].startswith("in base.yaml: `audio.output.speed` is 2.0")
    (there,) = found["relatedInformation"]
    assert there["location"]["uri"] == editor.uri("base.yaml")
    assert there["location"]["range"]["start"] == {"line": 2, "character": 18}
    editor.client.told(editor.uri("base.yaml"), ["CS105"])

    editor.close("base.yaml")  # without saving
    editor.client.told(child, [])


def test_what_a_child_makes_wrong_is_told_in_the_base_as_well(editor: Editor) -> None:
    base = editor.open("base.yaml", "$partial: true\nreasoning: {effort: low}\n")
    editor.client.told(base, [])
    editor.open("child.yaml", "$extends: base.yaml\ntype: realtime\nmodel: gpt-realtime-1.5\n")
    (found,) = editor.client.told(base, ["CS309"])
    assert "This concerns child.yaml" in found["message"]
    assert found["relatedInformation"][0]["location"]["uri"] == editor.uri("child.yaml")


def test_a_base_need_not_be_whole_while_a_child_is_open(editor: Editor) -> None:
    base = editor.open("base.yaml", "audio: {output: {voice: marin}}\noutput_modalities: [audio]\n")
    editor.client.told(base, ["CS102"])
    editor.open("child.yaml", CHILD)
    editor.client.told(base, [])


def test_a_base_that_is_not_on_the_disk_yet(editor: Editor) -> None:
    child = editor.open("child.yaml", CHILD)
    editor.client.told(child, ["CS018"])
    editor.open("base.yaml", BASE)
    editor.client.told(child, [])


def test_an_unsaved_prompt_counts(editor: Editor) -> None:
    child = editor.open("child.yaml", f"{RIGHT}instructions: {{$file: prompt.md}}\n")
    editor.client.told(child, ["CS018"])
    editor.open("prompt.md", "You answer the phone.\n", language="markdown")
    editor.client.told(child, [])


def test_the_configuration_of_the_file_counts(editor: Editor) -> None:
    settings = editor.folder / "callsheet.toml"
    settings.write_text('ignore = ["CS105"]\nexclude = ["drafts"]\n')
    assert editor.diagnostics("a.yaml", WRONG) == []
    (editor.folder / "drafts").mkdir()
    assert editor.diagnostics("drafts/a.yaml", WRONG) == []
    settings.write_text('ignore = ["CS999"]\n')
    told = editor.diagnostics("b.yaml", WRONG)
    assert [one.get("code") for one in told] == [None, "CS105"]
    assert "callsheet.toml:1: there is no rule `CS999`" in told[0]["message"]


def test_what_another_program_writes_is_seen(editor: Editor) -> None:
    child = editor.open("child.yaml", CHILD)
    editor.client.told(child, ["CS018"])
    (editor.folder / "base.yaml").write_text(BASE, encoding="utf-8")
    changes = [{"uri": editor.uri("base.yaml"), "type": 1}]
    editor.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    editor.client.told(child, [])


def test_it_asks_to_be_told_what_other_programs_write(tmp_path: Path) -> None:
    client = started(tmp_path, workspace={"didChangeWatchedFiles": {"dynamicRegistration": True}})
    asked: list[Any] = []
    client.answers["client/registerCapability"] = asked.append
    client.until(lambda: asked)
    assert asked[0]["registrations"][0]["method"] == "workspace/didChangeWatchedFiles"
    client.stop()
    client.close()


def test_nothing_outside_of_the_project_is_read(editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text("kept to itself", encoding="utf-8")
    (editor.folder / "prompt.md").symlink_to(outside)
    text = f"{RIGHT}instructions: {{$file: prom{MARK}pt.md}}\n"
    (found,) = editor.diagnostics("a.yaml", text)
    assert found["code"] == "CS019"
    assert "leads out of the project by a link" in found["message"]
    assert editor.ask("definition", "b.yaml", text) is None
    assert "prompt.md" not in editor.labels("c.realtime.yaml", f"{RIGHT}instructions: {{$file: {MARK}}}\n")
    up = f"{RIGHT}instructions: {{$file: ../{MARK}}}\n"
    assert editor.labels("d.realtime.yaml", up) == []


def test_a_file_outside_of_any_project(client: Client, tmp_path: Path) -> None:
    editor = Editor(client, tmp_path)
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    assert editor.diagnostics("child.yaml", CHILD) == []
    assert codes(editor.diagnostics("other.yaml", f"$extends: ../base.yaml\n{RIGHT}")) == ["CS019"]


def test_a_text_that_is_no_file_yet(client: Client) -> None:
    uri = "untitled:Untitled-1"
    text = {"uri": uri, "languageId": "yaml", "version": 1, "text": f"{WRONG}$extends: ./pyproject.yaml\n"}
    client.notify("textDocument/didOpen", {"textDocument": text})
    assert codes(client.diagnostics(uri)) == ["CS105"]
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_a_text_that_is_no_file_yet_has_no_files_around_it(client: Client) -> None:
    uri = "untitled:Untitled-2"
    words = "output_modalities: [audio]\ninstructions: {$file: "
    text = {"uri": uri, "languageId": "yaml", "version": 1, "text": f"type: realtim\n{words}a.md}}\n"}
    client.notify("textDocument/didOpen", {"textDocument": text})
    client.diagnostics(uri)
    place = {"textDocument": {"uri": uri}, "position": {"line": 2, "character": len(words.partition("\n")[2])}}
    assert client.request("textDocument/completion", place) == []
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    only = {"diagnostics": [], "only": ["source.fixAll.callsheet"]}
    asked = {"textDocument": {"uri": uri}, "range": everywhere, "context": only}
    assert client.request("textDocument/codeAction", asked) == [], "there is no folder to look for a.md in"
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


# fixes


def edits(action: dict[str, Any], editor: Editor) -> list[dict[str, Any]]:
    (change,) = action["edit"]["documentChanges"]
    document = change["textDocument"]
    assert document["version"] == editor.versions.get(document["uri"])
    found: list[dict[str, Any]] = change["edits"]
    return found


def clean(text: str) -> bool:
    return Linter().document(read("a.yaml", text.encode())) == []


BETA = f"""# {ASTRAL} kept
type: realtime
model: gpt-realtime-2.1
voice: alloy  # {ASTRAL} as well
speed: 1.1
"""


def test_fixing_all_gives_a_text_that_is_clean(editor: Editor) -> None:
    text = BETA
    assert len(editor.diagnostics("a.yaml", text)) == 2
    (action,) = editor.actions("a.yaml", only=["source.fixAll"])
    assert action["kind"] == "source.fixAll.callsheet"
    after = applied(text, edits(action, editor))
    assert clean(after)
    assert after.count(ASTRAL) == 2


def test_one_fix_after_the_other_gives_a_text_that_is_clean(editor: Editor) -> None:
    text = BETA
    editor.diagnostics("a.yaml", text)
    for _ in range(2):
        action = editor.actions("a.yaml", only=["quickfix"])[0]
        text = applied(text, edits(action, editor))
        editor.change("a.yaml", text)
    assert clean(text)
    assert editor.actions("a.yaml") == []


def test_a_whole_file_may_be_asked_for(editor: Editor) -> None:
    tools = "".join(f"  - {{type: function, name: tool_{number}, strict: true}}\n" for number in range(300))
    editor.diagnostics("a.yaml", f"{RIGHT}tools:\n{tools}")
    assert len(editor.actions("a.yaml", only=["quickfix"])) == 300  # one by one, that would take half a minute


def test_a_fix_says_what_it_mends_and_how_sure_it_is(editor: Editor) -> None:
    editor.diagnostics("a.yaml", "type: realtime\nmodel: gpt-4o-realtime-preview\n")
    (action,) = editor.actions("a.yaml")
    assert action["title"].endswith("(likely, not certain)")
    assert action["diagnostics"][0]["code"] == "CS602"
    assert "isPreferred" not in action or not action["isPreferred"]
    assert editor.actions("a.yaml", only=["source.fixAll"]) == []
    assert editor.actions("a.yaml", only=["refactor"]) == []


def test_a_fix_in_a_base_edits_the_base(editor: Editor) -> None:
    base = "$partial: true\naudio: {input: {noise_reduction: {type: nearfield}}}\n"
    editor.open("base.yaml", base)
    editor.diagnostics("child.yaml", CHILD)
    (action,) = editor.actions("child.yaml", only=["quickfix"])
    assert action["title"] == "Write `near_field` (in base.yaml) (likely, not certain)"
    assert action["edit"]["documentChanges"][0]["textDocument"]["uri"] == editor.uri("base.yaml")
    assert applied(base, edits(action, editor)) == base.replace("nearfield", "near_field")


def test_an_editor_that_knows_no_versions_gets_plain_changes(tmp_path: Path) -> None:
    client = started(tmp_path)
    editor = Editor(client, tmp_path)
    editor.diagnostics("a.yaml", "type: realtim\nmodel: gpt-realtime-2.1\noutput_modalities: [audio]\n")
    assert list(editor.actions("a.yaml")[0]["edit"]["changes"]) == [editor.uri("a.yaml")]
    client.stop()
    client.close()


def test_a_credential_is_never_said(editor: Editor) -> None:
    secret = "sk-proj-" + "Ab3dEf6h" * 5
    text = f"type: realtime\napi_key: {secret}\nvoice: {secret}\nmodel: {secret}\n"
    editor.diagnostics("a.realtime.yaml", text)
    spoken = [editor.client.notes, editor.actions("a.realtime.yaml")]
    for line, column in ((1, 3), (1, 12), (2, 10), (3, 10)):
        place = {
            "textDocument": {"uri": editor.uri("a.realtime.yaml")},
            "position": {"line": line, "character": column},
        }
        spoken += [
            editor.client.request(f"textDocument/{what}", place) for what in ("hover", "completion", "definition")
        ]
    assert secret not in json.dumps(spoken)


# hovering


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "type: realtime\naudio:\n  output:\n    sp§eed: 1.0\n",
            ("How fast the speech is played", "unset: `1`", "0.25 to 1.5"),
        ),
        ("type: realtime\naudio:\n  output:\n    speed: 1§.0\n", ("How fast the speech is played",)),
        ("type: realtime\naudio: {output: {sp§eed: 1.0}}\nx: [", ("How fast the speech is played",)),
        ("type: realtime\naudio:\n  output:\n    speed: 2§.0\n", ("it must be a number", "CS105", "Bad:", "How fast")),
        ("$ext§ends: ./base.yaml\ntype: realtime\n", ("One profile, or several",)),
        ("type: realtime\ninstructions: {$fi§le: a.md}\n", ("Path of the file",)),
        ("type: realtime\ntools: [{type: mcp, server_la§bel: x}]\n", ("Your name for this server",)),
        (
            "type: realtime\naudio: {input: {turn_detection: {type: semantic_vad, eager§ness: low}}}\n",
            ("8 s with `low`",),
        ),
        ("type: realtime\nreas§oning: {effort: low}\n", ("Since 2026-05-07",)),
    ],
)
def test_hovering_explains(editor: Editor, text: str, said: tuple[str, ...]) -> None:
    page = editor.ask("hover", "a.realtime.yaml", text)["contents"]["value"]
    for words in said:
        assert words in page


def test_hovering_over_nothing_says_nothing(editor: Editor) -> None:
    assert editor.ask("hover", "a.yaml", "type: realtime\nx-no§te: 1\n") is None
    assert editor.ask("hover", "b.yaml", "# com§ment\ntype: realtime\n") is None
    assert editor.ask("hover", "compose.yaml", "services: {we§b: {}}\n") is None


# completion

SERVER = "type: realtime\ntools: [{type: mcp, server_label: crm, allowed_tools: [find]}]\n"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("§", ("type", "model", "$extends")),
        ("type: §\n", ("realtime", "transcription")),
        ("type: realtime\naudio:\n  output:\n    vo§", ("voice",)),
        ("type: realtime\naudio:\n  output:\n    speed: 1\n    vo§\n  input: {}\n", ("voice",)),
        ("type: realtime\naudio:\n  output:\n    vo§\n  input: [\n", ("voice",)),
        ("type: realtime\naudio: {output: {vo§", ("voice",)),
        ("type: realtime\naudio:\n  output:\n    voice: §\n", ("marin", "cedar")),
        ("type: realtime\nmodel: gpt§\n", ("gpt-realtime-2.1",)),
        (
            "type: realtime\naudio:\n  input:\n    turn_detection:\n      type: semantic_vad\n      eagerness: §\n",
            ("low", "auto"),
        ),
        ("type: realtime\naudio:\n  input:\n    turn_detection: {type: semantic_vad, §}\n", ("eagerness",)),
        ("type: realtime\noutput_modalities:\n  - §\n", ("audio", "text")),
        ("type: realtime\noutput_modalities: §\n", ("[audio]", "[text]")),
        ("type: realtime\ntruncation: §\n", ("auto", "disabled")),
        ("type: realtime\naudio: {input: {format: §}}\n", ("{type: audio/pcm}", "{type: audio/pcmu}")),
        ("type: realtime\ntools: [{type: function, name: ring}]\ntool_choice: {type: function, name: §}\n", ("ring",)),
        (
            "type: realtime\ntools: [ring, {type: function, name: dial}]\ntool_choice: {type: function, name: §}\n",
            ("dial",),
        ),
        (f"{SERVER}tool_choice: {{type: mcp, server_label: §}}\n", ("crm",)),
        (f"{SERVER}tool_choice: {{type: mcp, server_label: crm, name: §}}\n", ("find",)),
        ("type: realtime\ninstructions: {§}\n", ("$file", "$env")),
        ("type: realtime\ninstructions:\n  §\n", ("$file", "$env")),
        ("type: transcription\naudio: {input: {transcription: {model: §}}}\n", ("gpt-live-transcribe",)),
        ("$kind: §\n", ("translation",)),
        ("$target: §\n", ("azure",)),
        ("session:\n  type: realtime\n  mo§\n", ("model",)),
    ],
)
def test_completion_offers(editor: Editor, text: str, offered: tuple[str, ...]) -> None:
    assert set(offered) <= set(editor.labels("a.realtime.yaml", text))


@pytest.mark.parametrize(
    ("allowed", "offered"), [("[look_up, {}]", ["look_up"]), ("{tool_names: [pay]}", ["pay"]), ("7", []), ("word", [])]
)
def test_completion_offers_the_tools_of_a_server(editor: Editor, allowed: str, offered: list[str]) -> None:
    server = f"{{type: mcp, server_label: crm, server_url: 'https://crm.example.com', allowed_tools: {allowed}}}"
    text = f"type: realtime\ntools: [{server}]\ntool_choice:\n  type: mcp\n  server_label: crm\n  name: §\n"
    named = [item for item in editor.ask("completion", "a.realtime.yaml", text) if item.get("detail") == "tool of crm"]
    assert [item["label"] for item in named] == offered


@pytest.mark.parametrize("revision", ["configuration", "profile"])
def test_completion_offers_what_there_was_on_the_day_of_the_revision(editor: Editor, revision: str) -> None:
    text = "type: realtime\nmodel: §\n"
    assert "gpt-realtime-2" in editor.labels("today.yaml", f"$revision: latest\n{text}")
    if revision == "profile":
        text = f"$revision: 2026-01-01\n{text}"
    else:
        (editor.folder / "callsheet.toml").write_text('revision = "2026-01-01"\n')
    offered = editor.labels("then.yaml", text)
    assert "gpt-realtime" in offered
    assert "gpt-realtime-2" not in offered


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ('{"§"}', "type"),
        ('{"type": "realtime", §}', "model"),
        ('{"type": "realtime", "mo§', "model"),
        ('{"type": "realtime",\n "au§\n "model": "gpt-realtime-2.1"}', "audio"),
        ('{"type": "realtime", "model": "§"}', "gpt-realtime-2.1"),
        ('{"prompt": {"id": "a"}, "type": "realtime", "au§', "audio"),
        ('{"type": "realtime", "audio": {"output": {"voice": §}}}', "marin"),
    ],
)
def test_completion_in_json(editor: Editor, text: str, offered: str) -> None:
    assert offered in editor.labels("a.realtime.json", text)


@pytest.mark.parametrize(
    "text",
    [
        "type: realtime # a com§",
        "type: realtime\ninstructions: |\n  Hello th§ere\n",
        "type: realtime\ninstructions: Hello th§ere\n",
        '"type: realtime\nmo§\n',
    ],
)
def test_completion_keeps_quiet_in_prose(editor: Editor, text: str) -> None:
    assert editor.labels("a.realtime.yaml", text) == []


def test_completion_keeps_quiet_where_there_is_no_session(editor: Editor) -> None:
    assert editor.labels("compose.yaml", "services:\n  §\n") == []


def test_what_is_there_is_not_offered_again(editor: Editor) -> None:
    offered = editor.labels("a.realtime.yaml", "type: realtime\nmodel: gpt-realtime-2.1\n§\n")
    assert not {"type", "model"} & set(offered)
    assert "audio" in offered


def test_models_that_are_gone_come_last_and_struck_through(editor: Editor) -> None:
    items = editor.ask("completion", "a.realtime.yaml", "type: realtime\nmodel: §\n")
    items.sort(key=lambda item: item["sortText"])
    gone = [item.get("tags") == [1] for item in items]
    assert items[0]["label"].startswith("gpt-realtime-2.1")
    assert gone == sorted(gone)
    assert any(gone)
    assert not all(gone)


def test_an_offer_brings_its_page_and_replaces_the_word(editor: Editor) -> None:
    text = "type: realtime\naudio:\n  output:\n    vo§ic: marin\n"
    (item,) = [item for item in editor.ask("completion", "a.realtime.yaml", text) if item["label"] == "voice"]
    assert "Who speaks" in item["documentation"]["value"]
    after = applied(text.replace(MARK, ""), [item["textEdit"]])
    assert after == "type: realtime\naudio:\n  output:\n    voice: marin\n"


@pytest.mark.parametrize(
    ("name", "text", "label", "after"),
    [
        ("yaml", "type: realtime\nau§", "audio", "type: realtime\naudio:\n  "),
        ("yaml", "type: realtime\naudio:\n  inp§", "input", "type: realtime\naudio:\n  input:\n    "),
        ("yaml", "type: realtime\nout§", "output_modalities", "type: realtime\noutput_modalities:\n  - "),
        ("yaml", "type: realtime\naudio: {out§}", "output", "type: realtime\naudio: {output: }"),
        ("json", '{"type": "realtime", §}', "model", '{"type": "realtime", "model": }'),
        ("json", '{"model": "gpt§"}', "gpt-realtime-2.1", '{"model": "gpt-realtime-2.1"}'),
        ("json", '{"model": §}', "gpt-realtime-2.1", '{"model": "gpt-realtime-2.1"}'),
    ],
)
def test_what_is_inserted(editor: Editor, name: str, text: str, label: str, after: str) -> None:
    (item,) = [item for item in editor.ask("completion", f"a.realtime.{name}", text) if item["label"] == label]
    assert applied(text.replace(MARK, ""), [item["textEdit"]]) == after


def test_files_are_offered(editor: Editor) -> None:
    (editor.folder / "prompts").mkdir()
    (editor.folder / "prompts" / "desk.md").write_text("Hello.", encoding="utf-8")
    (editor.folder / "base.yaml").write_text(BASE, encoding="utf-8")
    (editor.folder / "notes.txt").write_text("", encoding="utf-8")
    assert editor.labels("a.realtime.yaml", "$extends: §\n") == ["base.yaml", "prompts/"]
    file = "type: realtime\ninstructions: {$file: §}\n"
    assert set(editor.labels("a.realtime.yaml", file)) == {"base.yaml", "notes.txt", "prompts/"}
    below = "type: realtime\ninstructions: {$file: prompts/de§}\n"
    assert editor.labels("a.realtime.yaml", below) == ["prompts/desk.md"]
    assert editor.labels("a.realtime.yaml", "$extends: nowhere/§\n") == []


def test_inherited_names_are_offered(editor: Editor) -> None:
    base = "$partial: true\ntools: [{type: function, name: ring}]\naudio: {input: {noise_reduction: null}}\n"
    (editor.folder / "base.yaml").write_text(base, encoding="utf-8")
    choice = f"{CHILD}tool_choice: {{type: function, name: §}}\n"
    assert "ring" in editor.labels("a.yaml", choice)
    assert "audio.input.noise_reduction" in editor.labels("b.yaml", f"{CHILD}$unset: [§]\n")


# definitions


def test_definitions(editor: Editor) -> None:
    base = "$partial: true\naudio:\n  output: {voice: marin}\ntools: [{type: function, name: ring}]\n"
    (editor.folder / "base.yaml").write_text(base, encoding="utf-8")
    (editor.folder / "desk.md").write_text("Hello.", encoding="utf-8")
    found = [
        editor.ask("definition", name, text)
        for name, text in {
            "1.yaml": f"$extends: ./ba{MARK}se.yaml\n{RIGHT}",
            "2.yaml": f"$extends: [base.ya{MARK}ml]\n{RIGHT}",
            "3.yaml": f"{RIGHT}instructions: {{$file: de{MARK}sk.md}}\n",
            "4.yaml": f"{CHILD}audio: {{output: {{vo{MARK}ice: cedar}}}}\n",
            "5.yaml": f"{CHILD}$unset: [audio.out{MARK}put.voice]\n",
            "6.yaml": f"{CHILD}tool_choice: {{type: function, name: ri{MARK}ng}}\n",
        }.items()
    ]
    places = [(one["uri"].rpartition("/")[2], *one["range"]["start"].values()) for one in found]
    assert places == [
        ("base.yaml", 0, 0),
        ("base.yaml", 0, 0),
        ("desk.md", 0, 0),
        ("base.yaml", 2, 11),
        ("base.yaml", 2, 11),
        ("base.yaml", 3, 31),
    ]


def test_what_comes_from_nowhere_has_no_definition(editor: Editor) -> None:
    assert editor.ask("definition", "a.yaml", f"{RIGHT}audio: {{output: {{vo{MARK}ice: cedar}}}}\n") is None
    assert editor.ask("definition", "b.yaml", f"$extends: no{MARK}.yaml\n{RIGHT}") is None
    assert editor.ask("definition", "c.yaml", "type: [\n") is None
    (editor.folder / "base.yaml").write_text(BASE, encoding="utf-8")
    assert editor.ask("definition", "d.yaml", f"{CHILD}mod{MARK}el: gpt-realtime-2.1\n") is None
    assert editor.ask("definition", "e.yaml", f"{CHILD}$unset: [a.{'9' * 5000}{MARK}]\n") is None
    choice = f"{CHILD}tools: [{{type: function, name: dial}}]\ntool_choice: {{type: function, name: ri{MARK}ng}}\n"
    assert editor.ask("definition", "f.yaml", choice) is None


def test_an_alias_leads_to_its_anchor(editor: Editor) -> None:
    text = "x-rate: &rate {type: audio/pcmu}\ntype: realtime\naudio: {input: {for§mat: *rate}}\n"
    assert editor.ask("definition", "a.yaml", text)["range"]["start"] == {"line": 0, "character": 8}


# what goes wrong


def test_bad_messages_are_survived(tmp_path: Path) -> None:
    client = started(tmp_path)
    client.write(b"{ no json")
    client.write(b"[]")
    client.write(b'"a word"')
    client.send({"id": 7001, "method": "no/such/method", "params": {}})
    client.send({"id": 7002, "method": "textDocument/hover", "params": {"textDocument": 5}})
    client.send({"method": "textDocument/didOpen", "params": {"what": "sk-proj-" + "Ab3dEf6h" * 5}})
    client.notify("textDocument/didChange", {"textDocument": {"uri": "file:///no", "version": 1}, "contentChanges": []})
    client.notify("textDocument/didClose", {"textDocument": {"uri": "file:///never/opened"}})
    text = {"uri": "file://[oops/a.yaml", "languageId": "yaml", "version": 1, "text": WRONG}
    client.notify("textDocument/didOpen", {"textDocument": text})
    editor = Editor(client, tmp_path)
    assert codes(editor.diagnostics("a.yaml", WRONG)) == ["CS105"]
    with pytest.raises(Failed) as refusal:
        client.answer(7001)
    assert refusal.value.error["code"] == -32601
    assert client.stop() == 0
    said = json.dumps(client.notes) + client.stderr.decode()
    assert "Traceback" not in said
    assert ".py" not in said
    assert "sk-proj" not in said
    client.close()


def test_places_that_are_not_there(editor: Editor) -> None:
    uri = editor.open("a.yaml", WRONG)
    for place in ({"line": 999, "character": 0}, {"line": 0, "character": 999_999}, {"line": 4, "character": 999}):
        for what in ("hover", "completion", "definition"):
            editor.client.request(f"textDocument/{what}", {"textDocument": {"uri": uri}, "position": place})
    elsewhere = {"textDocument": {"uri": editor.uri("closed.yaml")}, "position": {"line": 0, "character": 0}}
    assert editor.client.request("textDocument/hover", elsewhere) is None
    assert editor.client.request("textDocument/completion", elsewhere) == []


def test_odd_addresses(client: Client) -> None:
    for uri in ("", "a b", "file:///a%00b.yaml", "file:///%F0%9F%98%80.yaml", "https://x.yaml"):
        text = {"uri": uri, "languageId": "yaml", "version": 1, "text": f"{WRONG}$extends: ./b.yaml\n"}
        client.notify("textDocument/didOpen", {"textDocument": text})
        assert "CS105" in codes(client.diagnostics(uri))
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_half_a_letter(editor: Editor) -> None:
    assert editor.diagnostics("a.realtime.json", '{"type": "realtime", "model": "\ud83d"}') != []


def test_a_file_that_is_too_large(editor: Editor) -> None:
    huge = "type: realtime\ninstructions: |\n" + "  All is well here.\n" * 200_000
    assert codes(editor.diagnostics("a.yaml", huge)) == ["CS013"]
    assert editor.labels("b.yaml", huge + MARK) == []


def test_deep_and_wide_texts(editor: Editor) -> None:
    assert editor.diagnostics("a.realtime.yaml", "[" * 100_000) != []
    bomb = "x-0: &n0 [1, 2]\n" + "".join(f"x-{n}: &n{n} [*n{n - 1}, *n{n - 1}]\n" for n in range(1, 40))
    assert editor.diagnostics("b.realtime.yaml", f"{bomb}type: realtime\n") != []


def test_an_editor_that_just_goes(tmp_path: Path) -> None:
    client = started(tmp_path)
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.left() == 1
    assert b"Traceback" not in client.stderr
    client.close()


def test_an_exit_without_a_shutdown(tmp_path: Path) -> None:
    client = started(tmp_path)
    client.notify("exit")
    assert client.left() == 1
    client.close()


def test_without_pygls_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('no', name='pygls')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False, env=environment, input="")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "callsheet: callsheet lsp needs the package pygls; install it with: pip install 'callsheet[lsp]'\n"
    )


@pytest.mark.parametrize("code", ["import callsheet", "from callsheet.cli import main; main(['lint', sys.argv[1]])"])
def test_nobody_else_pays_for_it(tmp_path: Path, code: str) -> None:
    (tmp_path / "a.yaml").write_text(RIGHT, encoding="utf-8")
    names = "('pygls', 'lsprotocol', 'attr', 'cattr', 'asyncio', 'callsheet.lsp', 'callsheet.overlay')"
    code = f"import sys; {code}; print(*[name for name in sys.modules if name.startswith({names})])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.yaml")], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
