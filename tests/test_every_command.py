"""What holds for every command: its help, its examples, Ctrl-C, a closed pipe, odd names and Windows line ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from callsheet import cli
from callsheet.cli import COMMANDS
from terminal import terminal

ROOT = Path(__file__).parent.parent
CALLSHEET = [sys.executable, "-m", "callsheet"]
INSTALLED = str(Path(sys.executable).with_name("callsheet"))

GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"
FLAT = "modalities: [text, audio]\nvoice: marin  # warm\n"
OPENAPI = {
    "openapi": "3.1.0",
    "paths": {
        "/realtime/calls/{call_id}/refer": {
            "post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}
        }
    },
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with all that the examples name."""
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    (tmp_path / ".git").mkdir()
    for name in ("en.yaml", "de.yaml", "old.yaml", "new.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    for name in ("accept.json", "body.json"):
        (tmp_path / name).write_text('{"type": "realtime", "model": "gpt-realtime-2.1"}\n', encoding="utf-8")
    for name in ("openapi.yaml", "old.json"):  # JSON is YAML
        (tmp_path / name).write_text(json.dumps(OPENAPI), encoding="utf-8")
    (tmp_path / "offer.sdp").write_text("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def flat(place: Path) -> Path:
    """The same, with bodies of the flat shape."""
    for name in ("old.yaml", "phone.yaml"):
        (place / name).write_text(FLAT, encoding="utf-8")
    for name in ("session.json", "update.json"):
        (place / name).write_text('{"modalities": ["text"], "voice": "marin"}\n', encoding="utf-8")
    return place


def run(line: str, place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `callsheet` is this one."""
    (place / ".programs").mkdir(exist_ok=True)
    program = place / ".programs" / "callsheet"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m callsheet "$@"\n')
    program.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", **environment},
    )


# Help


class Example(NamedTuple):
    """A line that the help of a command says to type."""

    command: str
    line: str


_EXAMPLE = re.compile(r"^  (callsheet (?:\S| (?! ))*)", re.MULTILINE)
EPILOGS = {"": cli._EPILOG, **{name: import_module(f"callsheet.cli.{name}").EPILOG for name in COMMANDS}}  # noqa: SLF001
EXAMPLES = [
    Example(name, line)
    for name, epilog in EPILOGS.items()
    for line in _EXAMPLE.findall(epilog.partition("examples:\n")[2].partition("\n\n")[0])
]
USEFUL = {"diff": {0, 1}, "drift": {0, 1}, "lsp": {1}, "migrate": {0, 1}}
"""The exit status of an example; of others it is 0."""


@pytest.mark.parametrize("name", EPILOGS)
def test_help_has_examples_and_tells_the_exit_status(name: str, place: Path) -> None:
    done = run(f"callsheet {name} --help", place)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nexamples:\n  callsheet " in done.stdout
    assert "exit status: 0 " in done.stdout
    assert sum(example.command == name for example in EXAMPLES) >= 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line)
def test_an_example_runs(example: Example, request: pytest.FixtureRequest) -> None:
    line = example.line
    place: Path = request.getfixturevalue("flat" if "migrate" in line else "place")
    if example.command == "send" and "--dry-run" not in line:
        line += " --dry-run"
    done = run(line, place, CALL_ID="rtc_1", CRM_TOKEN="t", OPENAI_API_KEY="")  # noqa: S106 - none
    assert done.returncode in USEFUL.get(example.command, {0}), done.stderr
    assert " --help` " not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "columns"), [*((name, 60) for name in EPILOGS), ("lint", 300)])
def test_help_is_as_wide_as_the_terminal(name: str, columns: int, tmp_path: Path) -> None:
    command = ["/bin/sh", "-c", f"stty cols {columns} && exec {sys.executable} -m callsheet {name} --help"]
    with terminal(command, tmp_path) as shown:
        assert shown.leave() == 0
    flags = shown.shown.partition("options:")[2].partition("examples:")[0]
    assert min(columns, 110) - 30 < max(map(len, flags.splitlines())) <= min(columns, 110)


# Ctrl-C

READS = {
    "lint": ["lint", "-"],
    "show": ["show", "-"],
    "diff": ["diff", "-", "en.yaml"],
    "render": ["render", "-"],
    "send": ["send", "accept", "rtc_1", "-", "--dry-run"],
    "migrate": ["migrate", "-"],
}


@pytest.mark.parametrize("words", READS.values(), ids=READS)
def test_ctrl_c_ends_a_command_that_reads_from_a_person(words: list[str], place: Path) -> None:
    with terminal([*CALLSHEET, *words], place) as typing:
        typing.type("type: realtime\n")
        typing.wait_for("type: realtime\r\n")
        _until_reading(typing.running.pid)
        typing.type("\x03")
        assert typing.leave() == 130
    assert typing.shown == "type: realtime\r\n^C"


def _until_reading(process: int) -> None:
    """Until the process waits for its standard input; without Linux, long enough."""
    import time

    for _ in range(600):
        try:
            what = Path(f"/proc/{process}/wchan").read_text(encoding="utf-8")
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            time.sleep(2)
            return
        if state == "S" and ("tty" in what or "wait_woken" in what):
            return
        time.sleep(0.02)
    raise AssertionError(f"it does not read: {what}")


INTERRUPT = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, *_):
        if name == os.environ["AT"]:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
"""


@pytest.mark.parametrize(
    "at", ["callsheet.cli", "callsheet.cli.shortcut", "callsheet.cli.lint", "callsheet.lint", "callsheet.source.simple"]
)
@pytest.mark.parametrize("command", [CALLSHEET, [INSTALLED]], ids=["module", "program"])
def test_a_signal_while_it_loads_ends_it_without_a_word(command: list[str], at: str, place: Path) -> None:
    """Python loads `sitecustomize` before any program; this one sends a real SIGINT when a module is asked for."""
    if not Path(command[0]).exists():
        pytest.skip("the program is not installed")
    (place / "site").mkdir()
    (place / "site" / "sitecustomize.py").write_text(INTERRUPT, encoding="utf-8")
    done = subprocess.run(
        [*command, "lint", "en.yaml"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(place / "site"), "AT": at},
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


# A pipe that nobody reads

PRINTS = {
    "lint": ["lint", "old.yaml"],
    "explain": ["explain", "--all"],
    "show": ["show", "profiles/sip-concierge.yaml"],
    "diff": ["diff", "profiles/sip-concierge.yaml", "profiles/long-calls.yaml"],
    "render": ["render", "profiles/sip-concierge.yaml"],
    "send": ["send", "accept", "rtc_1", "profiles/sip-concierge.yaml", "--dry-run"],
    "migrate": ["migrate", "old.yaml"],
    "new": ["new"],
    "schema": ["schema", "realtime"],
    "drift": ["drift", "--openapi", "openapi.yaml", "--output-format", "json"],
    "config": ["config", "--schema"],
    "help": ["lint", "--help"],
}


def test_every_command_prints_something_to_close() -> None:
    assert set(PRINTS) == {*COMMANDS, "help"} - {"lsp"}  # which speaks a protocol


@pytest.mark.parametrize("words", PRINTS.values(), ids=PRINTS)
def test_a_closed_pipe_is_no_error(words: list[str], flat: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(
        [*CALLSHEET, *words],
        cwd=flat,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        os.close(writer)
        _, said = running.communicate(timeout=120)
    assert running.returncode == 0
    assert "Traceback" not in said
    assert "Broken pipe" not in said
    assert "BrokenPipe" not in said


# Odd names, and lines that end as on Windows

NAMES = [
    'it\'s "für Öl" 話.yaml',
    "-dash.yaml",
    "--fix.yaml",
    "$(touch owned);`touch owned`&.yaml",
    "%20#[x]*?.yaml",
]
TAKES = {
    "lint": ["lint", "--", "NAME"],
    "show": ["show", "--", "NAME"],
    "diff": ["diff", "--", "NAME", "en.yaml"],
    "render": ["render", "--", "NAME"],
    "send": ["send", "accept", "--dry-run", "--", "rtc_1", "NAME"],
    "migrate": ["migrate", "--write", "--", "NAME"],
    "drift": ["drift", "--openapi=NAME"],
    "config": ["config", "--", "NAME"],
    "new": ["new", "--output=NAME"],
}


def test_every_command_that_takes_a_file_is_tried() -> None:
    assert set(TAKES) == set(COMMANDS) - {"explain", "schema", "lsp"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", TAKES)
def test_a_file_may_have_any_name(command: str, name: str, place: Path) -> None:
    content = {"migrate": FLAT, "drift": json.dumps(OPENAPI), "new": ""}.get(command, GOOD).replace("\n", "\r\n")
    file = place / name
    if content:
        file.write_bytes(content.encode())
    words = [word.replace("NAME", name) for word in TAKES[command]]
    done = subprocess.run([*CALLSHEET, *words], cwd=place, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in USEFUL.get(command, {0}), done.stderr
    assert "cannot read" not in done.stderr
    assert not list(place.rglob("owned"))
    if command == "migrate":
        lines = file.read_bytes().split(b"\r\n")
        assert b"audio:" in lines
        assert not any(b"\n" in line for line in lines)
    elif command == "new":
        assert file.stat().st_size > 100
    else:
        assert file.read_bytes() == content.encode()


def test_a_fault_on_a_line_that_ends_as_on_windows_is_shown_and_mended_without_it(place: Path) -> None:
    file = place / "it's für Öl.yaml"
    file.write_bytes((GOOD + "audio: {output: {format: g711_ulaw}}\n# end\n").replace("\n", "\r\n").encode())
    done = subprocess.run([*CALLSHEET, "lint", file.name], cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert " --> it's für Öl.yaml:3:26\n" in done.stdout
    assert "\r" not in done.stdout
    fixed = subprocess.run([*CALLSHEET, "lint", "--fix", file.name], cwd=place, capture_output=True, check=False)
    assert fixed.returncode == 0
    assert file.read_bytes() == (
        (GOOD + "audio: {output: {format: {type: audio/pcmu}}}\n# end\n").replace("\n", "\r\n").encode()
    )
