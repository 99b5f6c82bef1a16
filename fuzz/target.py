"""What the fuzzer calls: one function for each part of callsheet, which takes any bytes and raises where they break it.

None of them needs the fuzzer; tests/test_fuzz.py calls them with all that is kept in `corpus/`.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import promise
from callsheet.cli import FINDINGS, FINE, USAGE, main
from callsheet.config.choice import Choice, Flags
from callsheet.config.file import OWN, ConfigurationError
from callsheet.fix.fixer import Fixer
from callsheet.lint import Linter, Options
from callsheet.migrate.outcome import outcome
from callsheet.migrate.plan import Wishes
from callsheet.project import File, Project, Refusal
from callsheet.source.comment import comments
from callsheet.source.document import placed, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from callsheet.diagnostic import Finding
    from callsheet.source.document import Document
    from callsheet.source.text import Text

    Target: TypeAlias = Callable[[bytes], None]

TODAY = "2026-11-20"
NAMES = ("a.yaml", "a.json")
MARK = b"=== "
"""What a line begins with that names the next file of a tree; the first file needs none."""
_OPTIONS = Options(today=TODAY)
_LINTER = Linter(_OPTIONS)
_ROOT = os.path.join(tempfile.gettempdir(), "callsheet-fuzz-tree")
_OLD_BREAKS = "\x85\u2028\u2029"
"""What YAML 1.1 took for line breaks: libyaml and Python's own lines differ on whether a comment ends there."""
_RARELY = 16
"""The slow reports are made of one input in so many."""


def _by_libyaml(text: Text) -> Document:
    with patch("callsheet.source.simple_place.simple_root", return_value=None):
        return placed(text)


def _stands(document: Document) -> list[tuple[object, ...]]:
    return [] if document.root is None else [(path, node.span, node.keys) for path, node in document.root.walk()]


def reader(raw: bytes) -> None:
    """YAML and JSON to nodes: each value inside its text, or a fault; and both ways to read agree."""
    for name in NAMES:
        document = read(name, raw)
        if not document.is_placed:  # read for its data alone
            slow = _by_libyaml(document.text)
            promise.hold(not slow.faults, "the quick way takes what has faults")
            promise.hold(json.dumps(document.data) == json.dumps(slow.data), "two ways to read give two kinds of data")
            promise.hold(_stands(document) == _stands(slow), "two ways to read have it at two places")
        found = _LINTER.chosen(list(document.faults))
        promise.hold(document.root is not None or found, "no tree, and no fault")
        if document.root is None:
            continue
        size = len(document.text.content)
        for path, node in document.root.walk():
            promise.hold(0 <= node.start <= node.end <= size, f"{path} at {node.start}-{node.end} of {size}")


def linter(raw: bytes) -> None:
    """A document to findings, and these to every format."""
    for name in NAMES:
        document = read(name, raw)
        if not document.is_placed:
            slow = _LINTER.document(_by_libyaml(document.text))
            promise.hold(_told(_LINTER.document(document)) == _told(slow), "two ways to read give two lots of findings")
        found = _LINTER.file(name, raw)
        promise.findings(found)
        promise.reports(found, *([] if len(raw) % _RARELY == 0 else [("full", "concise", "json")]))


def resolver(raw: bytes) -> None:
    """A tree of files, of which the first builds on the others."""
    tree = Tree(files(raw))
    name = os.path.join(_ROOT, tree.first)
    found = Linter(_OPTIONS, tree).file(name, tree.files[tree.first])
    promise.findings(found)
    promise.reports(found, ("full", "json"))


def fixer(raw: bytes) -> None:
    """Fixes, safe ones and all: the text is no worse, no comment comes, and a second run finds nothing to do."""
    for unsafe in (False, True):
        after = _fixed(raw, unsafe=unsafe)
        if after == raw:
            continue
        before, now = read("-", raw), read("-", after)
        promise.hold(now.root is not None, "a fix broke the text")
        promise.hold(len(now.faults) <= len(before.faults), "a fix brought a fault of the text")
        if not before.faults and not any(character in before.text.content for character in _OLD_BREAKS):
            promise.hold(_comments(now) <= _comments(before), "a fix brought a comment")
        promise.hold(_fixed(after, unsafe=unsafe) == after, "a second run fixes more")


def migrator(raw: bytes) -> None:
    """A flat body to today's: what comes can be read, has all comments, and is moved no second time."""
    for name in NAMES:
        came = outcome(name, raw, Wishes(models=True, today=TODAY))
        promise.findings(came.findings)
        for line in came.said:
            line.encode("utf-8")
        if came.after is None or came.today:
            continue
        before, now = read(name, raw), read(name, came.after)
        promise.hold(now.root is not None and not now.faults, "what was moved cannot be read")
        if not any(character in before.text.content for character in _OLD_BREAKS):
            promise.hold(not _comments(before) - _comments(now), "a comment is lost")
        again = outcome(name, came.after, Wishes(models=True, today=TODAY))
        promise.hold(again.today and again.after == came.after, "a second run moves more")


def configuration(raw: bytes) -> None:
    """A configuration file: it can be used, or each line that is said of it names a line of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, OWN)
        Path(path).write_bytes(raw)
        lines = raw.count(b"\n") + raw.count(b"\r") + 1
        try:
            chosen = Choice(Flags(today=TODAY), named=path)
            options = chosen.options(os.path.join(folder, "a", "b.yaml"))
            here = chosen.below(folder)
            for below in ("a.yaml", "a/b.yaml", "a/b/c.json"):
                here.includes(os.path.join(folder, below))
                here.excludes(os.path.join(folder, below))
                here.enters(os.path.join(folder, os.path.dirname(below)))
        except ConfigurationError as error:
            for said in str(error).split("\n"):
                promise.hold(len(said.splitlines()) == 1, f"a line is broken: {said!r}")
                said.encode("utf-8")
                number = said.removeprefix(f"{path}:").partition(":")[0]
                promise.hold(said.startswith(path), f"no file is named: {said}")
                promise.hold(not number.isdecimal() or 1 <= int(number) <= lines, f"no such line: {said}")
            return
        if options.selected or options.selected is None:
            promise.findings(Linter(options).file("a.yaml", b"type: realtime\nvoice: marin\n"))


def suppression(raw: bytes) -> None:
    """A profile with faults, and the input as a comment behind each: no more findings, but for those on comments."""
    said = raw.decode("utf-8", "ignore").replace("\r", " ").replace("\n", " ").replace("\0", "")
    plain = "type: realtime{0}\nvoice: marin{0}\naudio: {{output: {{speed: 9}}}}{0}\nmodel: 5{0}\n"
    noted = plain.format(f"  # {said.replace('{', '').replace('}', '')}")
    bare = _LINTER.file("a.yaml", plain.format("").encode())
    found = _LINTER.file("a.yaml", noted.encode())
    promise.findings(found)
    promise.reports(found, ("full", "concise", "json"))
    others = [finding.code for finding in found if not finding.code.startswith(_OF_TEXTS)]
    promise.hold(not Counter(others) - Counter(finding.code for finding in bare), "a comment brings a finding")


_OF_TEXTS = ("CS0", "CS5")
"""Codes that a comment may bring: those about the text and about comments, and those about credentials."""

COMMANDS = (
    "show -", "show --format json -", "show --format html -", "render -", "render --as accept --format curl -",
    "render --as client-secret --format python -", "lint --diff --unsafe-fixes -", "lint -", "migrate --diff -",
    "migrate -", "diff base.yaml -", "diff --live base.yaml -", "diff --live --output-format json - base.yaml",
    "render --as create --format curl -", "render --as session-update -", "config a.yaml",
)  # fmt: skip
"""The commands that a profile is put to: which one, the first byte of the input says."""


def command(raw: bytes) -> None:
    """A tree of files, and a command that looks at it: an exit status, and UTF-8 without a traceback."""
    words = COMMANDS[(raw[0] if raw else 0) % len(COMMANDS)].split()
    with tempfile.TemporaryDirectory() as folder:
        laid = files(raw[1:])
        for name, content in laid.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_dir():
                path.write_bytes(content)
        first = os.path.join(folder, next(iter(laid)))
        named = {"-": first, "base.yaml": os.path.join(folder, "base.yaml"), "a.yaml": first}
        words = [named.get(word, word) for word in words]
        if "--diff" in words or words[0] == "lint":
            words += ["--today", TODAY]
        status, printed, said = called([*words, *(["--no-cache"] if words[0] == "lint" else [])])
        promise.hold(status in (FINE, FINDINGS, USAGE), f"exit status {status}")
        promise.hold("Traceback" not in said, said)
        said.encode("utf-8")
        if words[0] == "lint" and "--diff" not in words:
            promise.output(printed)


def called(words: list[str]) -> tuple[int, str, str]:
    """Run a command in this process: its exit status, standard output and standard error, both strict UTF-8."""
    written = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(raw, encoding="utf-8", newline="") for raw in written)
    os.environ["CALLSHEET_TRACEBACK"] = "1"
    with redirect_stdout(out), redirect_stderr(err):
        status = main(words)
        out.flush()
        err.flush()
    return status, written[0].getvalue().decode(), written[1].getvalue().decode()


class Tree(Project):
    """A project whose files are in memory; the first is the one that is looked at."""

    def __init__(self, held_files: dict[str, bytes]) -> None:
        super().__init__(_ROOT)
        self.files = held_files
        self.first = next(iter(held_files))

    def read(self, path: str, real: str) -> File:
        """A file of the tree."""
        name = os.path.relpath(real, os.path.realpath(_ROOT))
        promise.hold(not name.startswith(".."), f"{real} is outside of the project")
        if name not in self.files:
            raise Refusal("does not exist", "name one that is there")
        return File(path, real, self.files[name])


def files(raw: bytes) -> dict[str, bytes]:
    """The files of a tree, by name: what a line `=== NAME` begins."""
    laid: dict[str, bytes] = {}
    name = "main.yaml"
    for line in raw.splitlines(keepends=True):
        if line.startswith(MARK):
            name = _name(line[len(MARK) :])
            laid.setdefault(name, b"")
        else:
            laid[name] = laid.get(name, b"") + line
    return laid or {name: b""}


def _name(line: bytes) -> str:
    """A name that is one for a file of the tree, whatever stands in the line."""
    said = "".join(
        character for character in line.decode("ascii", "ignore") if character.isalnum() or character in "._-/"
    )
    steps = [step for step in said.split("/") if step.strip(".")]
    return "/".join(step[:40] for step in steps[:4]) or "other.yaml"


def _told(found: list[Finding]) -> list[tuple[object, ...]]:
    return [(finding.code, finding.span, finding.pointer, finding.message, finding.help) for finding in found]


def _fixed(raw: bytes, *, unsafe: bool) -> bytes:
    return Fixer(Choice(Flags(today=TODAY), isolated=True), unsafe=unsafe).fix("-", raw)


def _comments(document: Document) -> Counter[str]:
    return Counter(comment.content for comment in comments(document.text))


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (reader, resolver, linter, fixer, migrator, configuration, suppression, command)
}
"""Every target by its name."""
