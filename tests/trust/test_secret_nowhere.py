"""Secrets planted wherever a text may stand, and looked for in all that every command prints.

Two kinds: one that only its place makes a secret (`KEYED`), and one whose form says so wherever it stands (`FORMED`).
The places follow from the shapes. test_leaks.py beside the other tests goes deeper into ways to write them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from running import run

from callsheet.batch.work import MANY
from callsheet.lint import Linter, Options
from callsheet.report import FORMATS, renderer
from callsheet.report.run import Run
from callsheet.shape.derive import shapes
from callsheet.shape.kind import KINDS
from callsheet.shape.table import rows
from minimal import setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMED = "sk-proj-Zq9hunter2Zq9hunter2Zq9"
KEYED = "Zq9hunter2Zq9"
MARK = "hunter2"
"""What no output may have of either."""
TODAY = "2026-11-20"
PLAIN = "type: realtime\nmodel: gpt-realtime-2.1\ninstructions: Be brief.\n"
COMMANDS = (
    "lint --no-cache --diff --unsafe-fixes {file}",
    "show {file}",
    "show --format json {file}",
    "show --format html {file}",
    "diff {plain} {file}",
    "diff {file} {plain} --output-format json",
    "diff --live {plain} {file}",
    "diff --live --output-format json {plain} {file}",
    "migrate --diff {file}",
    "config {file}",
)
RENDERED = (
    "send accept call_1 --dry-run {file}",
    "render {file}",
    "render --as accept --format curl {file}",
    "render --as client-secret --format python {file}",
)
"""A request is printed with all that it carries; what is in it as plain text can stand in it only if it is no error."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLSHEET_CACHE_DIR", str(tmp_path / ".cache"))
    monkeypatch.setenv("CALLSHEET_TRACEBACK", "1")
    monkeypatch.setenv("HUNTER", KEYED)
    (tmp_path / ".git").mkdir()
    (tmp_path / "plain.yaml").write_text(PLAIN, encoding="utf-8")
    return tmp_path


def printed(folder: Path, file: str, *, reports: bool = True, commands: bool = True) -> Iterator[tuple[str, str]]:
    """Each command with all that it printed, or wrote into a report."""
    files = [word for form in FORMATS[1:] for word in ("--output-format", f"{form}={folder / form}.report")]
    said = run("lint", "--no-cache", "--today", TODAY, "--output-format", FORMATS[0], *files, file)
    yield "lint", said.out + said.err
    for form in FORMATS[1:] if reports else ():
        yield form, (folder / f"{form}.report").read_text(encoding="utf-8")
    for line in COMMANDS if commands else ():
        said = run(*line.format(file=file, plain="plain.yaml").split(" "))
        yield line, said.out + said.err
    for line in RENDERED if commands else ():
        said = run(*line.format(file=file).split(" "))
        yield line, said.err + (said.out if said.status else "")


def leaks(folder: Path, content: str, *, reports: bool = True, commands: bool = True) -> list[str]:
    """The commands that print the mark, with the lines in which they do."""
    file = "a.yaml"
    (folder / file).write_text(content, encoding="utf-8", newline="")
    return [
        f"{command}: {line}"
        for command, text in printed(folder, file, reports=reports, commands=commands)
        for line in text.splitlines()
        if MARK in line.lower()
    ]


def written(kind: str, body: dict[str, Any]) -> str:
    return json.dumps({"$kind": kind, **body}, indent=1)


def planted(body: dict[str, Any], path: tuple[Any, ...], secret: str) -> dict[str, Any]:
    """The body with a key that is a secret beside what stands at the path."""
    holder: Any = body
    for step in path[:-1]:
        holder = holder[step]
    if isinstance(holder, dict):
        holder[secret] = 1
    return body


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_credential_at_every_place_of_every_shape(kind: str, folder: Path) -> None:
    shape, carried = shapes()[kind], KINDS[kind].carries
    found = []
    for row in rows(shape):
        if carried is not None and row.startswith(f"{carried}."):
            continue  # which is looked at by itself
        body, path = setting(shape, row, FORMED)
        alone = not row.startswith(f"{carried}[")  # commands look at a session in an envelope as at one by itself
        found += [f"{row}: {leak}" for leak in leaks(folder, written(kind, body), commands=alone)]
        body = planted(setting(shape, row, {FORMED: FORMED}).body, path, FORMED)
        found += [f"{row}: {leak}" for leak in leaks(folder, written(kind, body), commands=False)]
    assert not found, "\n".join(found[:20])


TOOL = "type: realtime\nmodel: gpt-realtime-2.1\ntools:\n- type: mcp\n  server_label: crm\n  server_url: https://a.example/mcp\n"
PLACES = {
    "authorization": [f"{TOOL}  authorization: {value}\n" for value in ("M", "'M'", "Bearer M", "[M]", "{M: M}", "[{a: M}]", "|\n    M", "{$env: T, default: M}")],
    "headers": [f"{TOOL}  headers: {value}\n" for value in ("M", "{X-Pass: M}", "{Authorization: Bearer M}", "{X: [M]}", "{X: {M: 1}}", "[M]", "{Cookie: {$env: T, default: M}}")],
    "url": [TOOL.replace("a.example/mcp", url) for url in ("u:M@a.example/", "M@a.example/", "a.example/?token=M", "a.example/?a=1&api_key=M", "a.example/#access_token=M", "a.example/?sig=M")],
    "other keys of a tool": [f"{TOOL}  {key}: M\n" for key in ("authorisation", "api_key", "token", "secret", "password", "x-api-key", "bearer")],
    "notes": [f"type: realtime\nmodel: gpt-realtime-2.1\nvoice: marin\nx-{key}: {value}\n" for key in ("token", "password") for value in ("M", "[M]", "{a: M}", "&a M")],
    "anchors": [f"x-t: &t\n  authorization: M\n{TOOL}  <<: *t\n", f"x-t: &t M\n{TOOL}  authorization: *t\n", f"x-h: &h {{X-Pass: M}}\n{TOOL}  headers: *h\n"],
    "comments": [f"{TOOL}  # token: M\n  nonsense: 1\n", f"# password: M\n{TOOL}nonsense: 1\n", f"{TOOL}  nonsense: 1  # api_key=M\n"],
    "a flat body": ["modalities: [text]\nvoice: marin\ntools: [{type: mcp, server_label: a, authorization: M}]\n", "voice: marin\nclient_secret: {value: M, expires_at: 1}\n", "modalities: [text]\ntoken: M\n"],
    "an envelope": ["type: session.update\nsession:\n" + "".join(f"  {line}\n" for line in f"{TOOL}  authorization: M".splitlines())],
}  # fmt: skip
"""Where only the place, or the key, makes a text a secret."""


@pytest.mark.parametrize("group", PLACES)
@pytest.mark.parametrize("secret", [KEYED, FORMED])
def test_what_its_place_makes_a_secret(group: str, secret: str, folder: Path) -> None:
    found = [
        leak for content in PLACES[group] for leak in leaks(folder, content.replace("M", secret, content.count("M")))
    ]
    assert not found, "\n".join(found[:20])


def test_a_secret_in_what_a_profile_builds_on(folder: Path) -> None:
    tool = {"type": "mcp", "server_label": "crm", "server_url": f"https://u:{KEYED}@a.example/", "authorization": KEYED}
    (folder / "base.yaml").write_text(f"{TOOL}  headers: {{X: {KEYED}}}\n  nonsense: 1\n", encoding="utf-8")
    (folder / "tool.json").write_text(json.dumps({**tool, "headers": {"X": KEYED}, "nonsense": 1}), encoding="utf-8")
    (folder / "prompt.md").write_text(f"Say {FORMED} and password: {KEYED}\n", encoding="utf-8")
    (folder / "broken.yaml").write_text(f"authorization: {KEYED}\nheaders: {{X: [{KEYED}\n", encoding="utf-8")
    for content in (
        "$extends: ./base.yaml\nnonsense: 2\n",
        "$extends: ./broken.yaml\ntype: realtime\n",
        "type: realtime\ntools: [{$file: tool.json}, {$file: broken.yaml}]\nnonsense: 1\n",
        "type: realtime\ninstructions: {$file: prompt.md}\nnonsense: 1\n",
        f"type: realtime\ninstructions: {{$file: '{FORMED}.md'}}\n$extends: './{FORMED}.yaml'\n",
    ):
        assert leaks(folder, content) == []


def test_what_the_environment_gives_is_not_printed(folder: Path) -> None:
    content = TOOL + "  authorization: {$env: HUNTER}\n  headers: {X: {$env: HUNTER}}\n"
    content += "instructions: {$env: HUNTER}\nprompt: {id: pmpt_1, variables: {a: {$env: HUNTER}}}\n"
    (folder / "a.yaml").write_text(content, encoding="utf-8")
    assert leaks(folder, content) == [], "but as the name of the variable"
    for line in RENDERED:
        said = run(*line.format(file="a.yaml").split(" "))
        assert said.status == 0
        assert KEYED not in said.out + said.err
    assert KEYED in run("render", "--reveal", "a.yaml").out


BROKEN = f"""type: realtime
tools:
- type: mcp
  server_label: crm
  authorization: {KEYED}
  headers: {{X-Pass: "{KEYED}", Cookie: {KEYED}}}
  server_url: https://u:{KEYED}@a.example/?token={KEYED}
x-note: "{FORMED}"  # {FORMED}
"""
_NAMES = ("authorization:", "headers:", "X-Pass", "Cookie", "token=", "https://u:", FORMED, f":{KEYED}@", f"={KEYED}")
"""What must not be cut in two: it is what tells that there is a secret."""


def test_a_text_that_is_broken_at_any_place() -> None:
    whole = [(at, at + len(name)) for name in _NAMES for at in range(len(BROKEN)) if BROKEN.startswith(name, at)]
    linter, found = Linter(Options(today=TODAY)), []
    for at in range(len(BROKEN) + 1):
        if any(start < at < end for start, end in whole):
            continue
        for number, text in enumerate((BROKEN[:at], *(BROKEN[:at] + piece + BROKEN[at:] for piece in PIECES))):
            findings = linter.file("a.yaml", text.encode())
            for form in FORMATS if at % 16 == 0 else ("full", "json", "github"):
                printed = "".join(renderer(form)(Run(findings, 1)))
                found += [f"{number} at {at}: {line}" for line in printed.splitlines() if MARK in line]
    assert not found, "\n".join(found[:20])


PIECES = ("]", '"', "\t", "\0", "\n", ": ", "- ", "&a ", "!x ")


CONFIGURED = [
    f'select = ["{FORMED}"]\n', f'target = "{FORMED}"\n', f'"{FORMED}" = 1\n', f"{FORMED} = 1\n", f'revision = "{FORMED}"\n',
    f'[per-file-ignores]\n"[z-a]{FORMED}" = ["CS102"]\n', f'output-format = "{FORMED}\n', f'api_key = "{KEYED}"\n',
    f'[token]\nvalue = "{KEYED}"\n', f'strict = "{FORMED}"\n', f'exclude = [{{password = "{KEYED}"}}]\n',
]  # fmt: skip


@pytest.mark.parametrize("content", CONFIGURED)
def test_a_secret_in_the_configuration(content: str, folder: Path) -> None:
    (folder / "callsheet.toml").write_text(content, encoding="utf-8")
    assert leaks(folder, f"{PLAIN}nonsense: 1\n", reports=False) == []


@pytest.mark.parametrize(
    "line",
    [
        f"lint --select {FORMED} plain.yaml", f"lint --kind {FORMED} plain.yaml", f"lint --target {FORMED} plain.yaml",
        f"lint --revision {FORMED} plain.yaml", f"lint --today {FORMED} plain.yaml", f"lint --jobs {FORMED} plain.yaml",
        f"lint --output-format {FORMED} plain.yaml", f"lint --{FORMED} plain.yaml", f"lint --root {FORMED} plain.yaml",
        f"lint --color {FORMED} plain.yaml", f"explain {FORMED}", f"schema {FORMED}", f"schema --revision {FORMED}", f"new {FORMED}", FORMED,
        f"render --as {FORMED} plain.yaml", f"show --format {FORMED} plain.yaml", f"lint --ignore {FORMED} plain.yaml",
        f"render --as accept --call-id {FORMED} --ttl 5 plain.yaml",
    ],
)  # fmt: skip
def test_a_secret_on_the_command_line(line: str, folder: Path) -> None:
    said = run(*line.split(" "))
    assert said.status == 2
    assert MARK not in said.out + said.err
    assert folder


def test_the_cache_holds_no_text(folder: Path) -> None:
    (folder / "base.yaml").write_text(f"$partial: true\ninstructions: Be {KEYED}.\n", encoding="utf-8")
    for number in range(MANY):
        (folder / f"a{number}.yaml").write_text(
            f"$extends: base.yaml\nx-n: {number}\n" + TOOL.replace("crm", KEYED), encoding="utf-8"
        )
    said = run("lint", "--jobs", "1", "--today", TODAY, ".")
    assert said.status == 0, said.out
    (cache,) = (folder / ".cache").iterdir()
    assert len(cache.read_bytes()) > 16 * MANY
    assert KEYED.encode() not in cache.read_bytes()
