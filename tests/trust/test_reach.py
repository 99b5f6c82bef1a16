"""What a profile can make callsheet do: nothing but be read. No network, no code, no file outside of the project.

Each command runs in a process of its own, under an audit hook of Python that writes down whatever is opened, connected,
compiled or started. All of callsheet is imported before that, whose own code is no matter of profiles.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

import callsheet

_WATCHER = """
import json, os, pkgutil, sys
from importlib import import_module
heard = []
hears = False
def hook(event, arguments):
    if hears and event.split(".")[0] in {"socket", "open", "subprocess", "os", "exec", "compile", "pty", "ctypes", "shutil"}:
        heard.append([event, [str(argument)[:200] for argument in arguments]])
sys.addaudithook(hook)
import callsheet
for module in pkgutil.walk_packages(callsheet.__path__, "callsheet."):
    if "__main__" not in module.name and ".testing" not in module.name:
        import_module(module.name)
from callsheet.cli import main
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
done = []
for line in json.loads(sys.argv[2]):
    heard = []
    with redirect_stdout(StringIO()) as out, redirect_stderr(out):
        out.buffer = open(os.devnull, "wb")
        hears = True
        try:
            status = main(line)
        finally:
            hears = False
    done.append([heard, out.getvalue(), status])
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(done, file)
os._exit(0)
"""
COMMANDS = (
    "lint {0}", "lint --diff --unsafe-fixes {0}", "lint --fix --unsafe-fixes {0}", "lint --jobs 2 .", "show {0}",
    "show --format json {0}", "show --format html {0}", "render {0}", "render --as accept --format curl {0}",
    "render --as client-secret --format python {0}", "diff base.yaml {0}", "diff --live base.yaml {0}",
    "migrate {0}", "migrate --diff {0}", "migrate --write {0}", "config {0}",
    "send accept call_1 {0} --dry-run",
)  # fmt: skip
"""Every command that takes a profile; `send` does all but send."""
_PACKAGE = Path(callsheet.__file__).parent
_PYTHONS = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).parent, _PACKAGE}
_PYTHONS |= {Path(place) for place in sysconfig.get_paths().values()}

HOSTILE = {
    "a python tag": "type: realtime\nmodel: !!python/object/apply:os.system ['touch pwned']\n",
    "a python name": "type: realtime\nmodel: !!python/name:os.system\nx: !!python/module:antigravity\n",
    "a python object": "!!python/object/new:subprocess.Popen\nargs: [touch, pwned]\ntype: realtime\n",
    "a template": "type: realtime\ninstructions: \"{{ ''.__class__.__mro__[1].__subclasses__() }} {% raw %} ${IFS} $(touch pwned) `touch pwned`\"\n",
    "a format string": "type: realtime\nmodel: '{0.__class__.__init__.__globals__}%(x)s%n'\nvoice: '{finding.text}'\n",
    "an import": "type: realtime\nmodel: __import__('os').system('touch pwned')\n__import__('os').system('touch pwned'): 1\n",
    "a regular expression": "type: realtime\ntools: [{type: function, name: a, parameters: {type: object, properties: {b: {type: string, pattern: '(a+)+$(?{1})'}}}}]\n",
    "an absolute file": "type: realtime\ninstructions: {$file: /etc/hostname}\n",
    "a file above": "type: realtime\ninstructions: {$file: ../outside.txt}\ntools: [{$file: a/../../outside.txt}]\n",
    "a base above": "$extends: [../outside.txt, ./inside/link.yaml, file:///etc/hostname, https://a.example/b.yaml]\ntype: realtime\n",
    "a link out": "type: realtime\ninstructions: {$file: link.txt}\n",
    "a folder, a device": "type: realtime\ninstructions: {$file: .}\naudio: {$file: /dev/zero}\nprompt: {$file: ~/.ssh/id_rsa}\n",
    "variables of the shell": "type: realtime\ninstructions: {$file: $HOME/.profile}\nmodel: {$env: 'HOME$(touch pwned)'}\n",
    "a schema to fetch": "$schema: https://a.example/schema.json\ntype: realtime\n# yaml-language-server: $schema=https://a.example/s.json\n",
    "addresses": "type: realtime\ntools: [{type: mcp, server_label: a, server_url: 'https://127.0.0.1:9/mcp'}]\n",
    "a flat body": "modalities: [audio, text]\nvoice: marin\ninput_audio_format: g711_ulaw # !!python/object:os.system\n",
    "broken": "type: realtime\nmodel: [!!python/object/apply:os.system ['touch pwned']\n",
}  # fmt: skip


class Heard(NamedTuple):
    """What a command did: the events of Python's audit, and what it said."""

    events: list[tuple[str, list[str]]]
    said: str
    status: int

    def of(self, *names: str) -> list[tuple[str, list[str]]]:
        return [event for event in self.events if event[0].startswith(names)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with files and links that lead out of it."""
    place = tmp_path / "project"
    (place / "inside").mkdir(parents=True)
    (place / ".git").mkdir()
    (tmp_path / "outside.txt").write_text("type: realtime\n", encoding="utf-8")
    (place / "base.yaml").write_text("type: realtime\nmodel: gpt-realtime-2.1\n", encoding="utf-8")
    if os.name != "nt":
        (place / "link.txt").symlink_to("../outside.txt")
        (place / "inside" / "link.yaml").symlink_to("../../outside.txt")
    return place


def listen(project: Path, lines: list[list[str]], **more: str) -> list[Heard]:
    """Run commands one after the other in a process of their own, and tell what each did."""
    log = project.parent / "heard.json"
    home = project.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("OPENAI", "AZURE", "COVERAGE"))
    }
    environment |= {
        "HOME": str(home),
        "CALLSHEET_CACHE_DIR": str(home / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    line = [sys.executable, "-c", _WATCHER, str(log), json.dumps(lines)]
    done = subprocess.run(line, cwd=project, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert log.exists(), done.stderr
    return [
        Heard([(name, told) for name, told in heard], said, status)
        for heard, said, status in json.loads(log.read_text(encoding="utf-8"))
    ]


@pytest.fixture(params=HOSTILE.items(), ids=lambda item: item[0])
def hostile(request: pytest.FixtureRequest, project: Path) -> Path:
    (project / "a.yaml").write_text(request.param[1], encoding="utf-8")
    return project


def test_a_hostile_profile_reaches_nothing(hostile: Path) -> None:
    lines = [line.format("a.yaml") for line in COMMANDS]
    for line, heard in zip(lines, listen(hostile, [line.split() for line in lines]), strict=True):
        assert heard.status in {0, 1, 2}, heard.said
        assert "mistake in callsheet" not in heard.said, heard.said
        check(heard, hostile, line)
    assert not list(hostile.parent.rglob("pwned"))


def check(heard: Heard, project: Path, line: str) -> None:
    assert not heard.of("socket"), line
    assert not heard.of("subprocess", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty", "ctypes"), line
    forks = heard.of("os.fork")
    assert not forks or "--jobs" in line
    outside = [name for name in map(opened, heard.of("open")) if name and not is_ours(Path(project, name), project)]
    assert not outside, (line, outside)
    ran = [said for said in heard.of("compile") if not is_code(said[1])]
    assert not ran, (line, ran)


def opened(event: tuple[str, list[str]]) -> str | None:
    name = event[1][0]
    return None if name.isdecimal() else name


def is_ours(path: Path, project: Path) -> bool:
    """Whether a file is the project's, callsheet's, Python's own, or the cache."""
    real = Path(os.path.realpath(path))
    places = {project, project.parent / "home", *_PYTHONS}
    return any(real.is_relative_to(os.path.realpath(place)) for place in places)


def is_code(arguments: list[str]) -> bool:
    """Whether what is compiled is a module, and no text."""
    source, name = arguments
    return source == "None" or name.endswith(".py")


def test_the_watcher_hears_what_it_should(project: Path) -> None:
    """Else the test above could not fail."""
    (project / "a.yaml").write_text("type: realtime\n", encoding="utf-8")
    (outside,) = listen(project, [["lint", "--no-cache", "../outside.txt"]])
    with pytest.raises(AssertionError, match="outside"):
        check(outside, project, "lint")
    there = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    (sent,) = listen(project, [["send", "hangup", "call_1", "--retries", "0"]], **there)
    assert sent.of("socket.connect"), sent.said
