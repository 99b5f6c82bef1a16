"""`callsheet schema`: schemas of today and of a date, and what changed between dates."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.cli import main
from callsheet.schema.page import overview, overview_text
from callsheet.shape.frozen import load
from callsheet.shape.kind import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    Schema = Callable[..., str]

SCHEMAS = Path(__file__).parent.parent / "schemas"
FILES = [file for file in sorted(SCHEMAS.rglob("*.schema.json")) if file.name != "configuration.schema.json"]


@pytest.fixture
def schema(capsys: pytest.CaptureFixture[str]) -> Schema:
    """Runs `callsheet schema`, which answers; gives what it prints."""

    def run(*arguments: str) -> str:
        assert main(["schema", *arguments]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run


@pytest.fixture(scope="module")
def listed() -> tuple[list[str], dict[str, Any]]:
    """The lines of `callsheet schema --list`, and the same for programs."""
    shapes = load()
    said = overview({kind: shapes[kind] for kind in KINDS})
    return overview_text(said).splitlines(), said


def arguments(file: Path) -> list[str]:
    """How the schema of a file is asked for."""
    kind, *rest = file.name.removesuffix(".schema.json").split(".")
    if rest == ["profile"]:
        return [kind, "--profile"]
    return [kind, "--revision", file.parent.name]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_it_prints_what_the_file_says(schema: Schema, file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    assert json.loads(schema(*arguments(file))) == data
    command = data["$comment"].partition(": ")[2].split()
    assert command[:2] == ["callsheet", "schema"]
    assert json.loads(schema(*command[2:])) == data


def test_today_is_the_default(schema: Schema) -> None:
    assert schema("realtime") == schema("realtime", "--revision", "latest")
    assert schema("realtime", "--profile") == schema("realtime", "--profile", "--revision", "latest")


def test_a_date_between_two_revisions_means_the_earlier_one(schema: Schema) -> None:
    assert schema("realtime", "--revision", "2026-05-20") == schema("realtime", "--revision", "2026-05-07")
    assert schema("refer", "--revision", "2031-01-01") == schema("refer", "--revision", "2025-10-02")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["telephone"], "there is no kind `telephone`; the kinds are realtime, "),
        ([], "name a kind, such as realtime, or say --list"),
        (
            ["call", "--revision", "2025-10-01"],
            "Call request (call) came on 2025-10-02; there is no schema of it before",
        ),
        (
            ["realtime", "--revision", "2025-09-11"],
            "`2025-09-11` is too early: the first revision that callsheet has is",
        ),
        (
            ["realtime", "--revision", "2026-02-30"],
            "`2026-02-30` is not a date; write it as 2026-11-20, or latest",
        ),
        (["realtime", "--revision", "20260228"], "`20260228` is not a date"),
        (["realtime", "--revision", ""], "`` is not a date"),
        (["--diff", "2026-02-30", "latest"], "`2026-02-30` is not a date"),
        (["--diff", "latest", "tomorrow"], "`tomorrow` is not a date"),
        (["translation", "--diff", "2026-01-01", "2026-05-12"], "Translation session (translation) came on 2026-05-13"),
        (["realtime", "--profile", "--revision", "2026-05-07"], "profiles have the schema of today only"),
        (["--list", "--profile"], "profiles have the schema of today only"),
        (["--list", "--diff", "latest", "latest"], "--list and --diff are two questions; ask one"),
        (["realtime", "--output-format", "json"], "--output-format is for --list and --diff; a schema is JSON"),
    ],
)
def test_wrong_calls_exit_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"callsheet: {said}")


def test_the_list_names_kinds_and_revisions(listed: tuple[list[str], dict[str, Any]]) -> None:
    lines, _ = listed
    assert [line.split()[0] for line in lines[1 : len(KINDS) + 1]] == list(KINDS)
    assert "  call                Call request" in "\n".join(lines)
    dates = [line.split()[0] for line in lines if line.startswith("  20")]
    assert dates == sorted(dates, reverse=True)
    assert dates[-1] == "2025-09-12"


def test_the_list_says_what_changed_and_where(listed: tuple[list[str], dict[str, Any]]) -> None:
    lines, _ = listed
    at = next(index for index, line in enumerate(lines) if line.startswith("  2026-05-07"))
    for word in ("+ gpt-realtime-2,", "+ reasoning", "+ parallel_tool_calls", "+ delay"):
        assert word in lines[at]
    assert lines[at + 1].split() == ["in", "realtime,", "transcription,", "client-secret,", "session-update,", "call"]


def test_every_revision_of_the_list_but_the_first_says_what_changed(listed: tuple[list[str], dict[str, Any]]) -> None:
    _, said = listed
    assert said["version"] == 1
    *later, earliest = said["revisions"]
    assert all(revision["changes"] for revision in later)
    assert earliest["changes"] == []
    for revision in later:
        named = {kind for change in revision["changes"] for kind in change["kinds"]}
        assert named == set(revision["kinds"])


def test_the_list_is_that_of_the_files(listed: tuple[list[str], dict[str, Any]]) -> None:
    _, said = listed
    for kind in said["kinds"]:
        files = {file.parent.name for file in SCHEMAS.glob(f"2*/{kind['kind']}.schema.json")}
        assert kind["revisions"] == sorted(files, reverse=True)
        assert kind["since"] == kind["revisions"][-1]
        assert kind["title"] == KINDS[kind["kind"]].title
    for revision in said["revisions"]:
        files = {file.name.partition(".")[0] for file in (SCHEMAS / revision["revision"]).iterdir()}
        assert set(revision["kinds"]) == files


def test_the_list_is_printed_as_text_and_as_json(schema: Schema, listed: tuple[list[str], dict[str, Any]]) -> None:
    lines, said = listed
    assert schema("--list").splitlines() == lines
    assert json.loads(schema("--list", "--output-format", "json")) == said


def test_the_list_of_one_kind(schema: Schema) -> None:
    said = json.loads(schema("refer", "--list", "--output-format", "json"))
    assert [kind["kind"] for kind in said["kinds"]] == ["refer"]
    assert [revision["revision"] for revision in said["revisions"]] == ["2025-10-02"]


def changes(schema: Schema, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(schema(*words, "--output-format", "json"))["changes"]
    return found


def test_what_came(schema: Schema) -> None:
    found = json.loads(schema("--diff", "2026-05-12", "2026-06-30", "--output-format", "json"))
    assert {key: found[key] for key in ("version", "from", "to")} == {
        "version": 1,
        "from": "2026-05-12",
        "to": "2026-06-30",
    }
    assert {
        "change": "came",
        "aspect": "key",
        "path": "tools[][mcp].tunnel_id",
        "name": None,
        "before": None,
        "after": "string",
        "kinds": ["realtime", "client-secret", "session-update", "call"],
    } in found["changes"]
    kinds = [change["name"] for change in found["changes"] if change["aspect"] == "kind"]
    assert kinds == ["translation", "translation-secret", "translation-update"]


def test_what_is_shared_by_several_kinds_is_told_once(schema: Schema) -> None:
    found = changes(schema, "--diff", "2025-09-12", "latest")
    told = [json.dumps({**change, "kinds": []}) for change in found]
    assert len(set(told)) == len(told)
    (delay,) = [change for change in found if change["path"] == "audio.input.transcription.delay"]
    assert delay["kinds"] == ["realtime", "transcription", "client-secret", "session-update"]


def test_what_went_and_the_way_back(schema: Schema) -> None:
    there = changes(schema, "--diff", "2026-03-05", "2026-03-13")
    assert [(change["change"], change["path"]) for change in there] == [
        ("went", "prompt.variables.*[input_file].detail")
    ]
    back = changes(schema, "--diff", "2026-03-13", "2026-03-05")
    assert [(change["change"], change["path"]) for change in back] == [
        ("came", "prompt.variables.*[input_file].detail")
    ]


def test_what_changed(schema: Schema) -> None:
    bound = changes(schema, "realtime", "--diff", "2026-11-05", "2026-11-11")
    assert [(one["change"], one["aspect"], one["name"], one["before"], one["after"]) for one in bound] == [
        ("changed", "bound", "minimum", None, 0),
        ("changed", "bound", "maximum", None, 1),
    ]
    assert schema("realtime", "--diff", "2026-02-01", "2026-02-20") == (
        "+ audio.output.voice.id: string  (realtime)\n~ audio.output.voice: string | object, was string  (realtime)\n"
    )


def test_the_text_has_what_came_before_what_went_and_changed(schema: Schema) -> None:
    lines = schema("--diff", "2025-09-12", "latest").splitlines()
    signs = [line[0] for line in lines]
    assert signs == sorted(signs, key="+-~".index)
    assert "+ call: Call request" in lines
    assert any(line.startswith("+ model: ") and "gpt-realtime-2.1" in line for line in lines)
    assert any(line.startswith("- audio.input.transcription.model: gpt-4o-transcribe-latest  (") for line in lines)
    assert any(line.startswith("+ rule CS206 vad-in-transcription  (transcription, ") for line in lines)


def test_nothing_changed(schema: Schema) -> None:
    assert schema("--diff", "2026-08-01", "2026-09-01") == "Nothing changed between 2026-08-01 and 2026-09-01.\n"
    assert changes(schema, "--diff", "2999-01-01", "latest") == []


@pytest.mark.parametrize(
    "words", [["realtime", "--revision", "2026-05-07"], ["--list"], ["--diff", "2026-05-07", "latest"]], ids=" ".join
)
def test_what_is_dated_loads_no_pydantic(words: list[str]) -> None:
    code = (
        f"import sys; from callsheet.cli import main; main({['schema', *words]}); sys.exit('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0
