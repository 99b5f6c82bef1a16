"""The targets of the fuzzer, without the fuzzer: nothing in its corpus breaks one, and each can tell what is broken.

An input that once broke something stays in `fuzz/corpus/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import promise
import target
from callsheet.diagnostic import Fault, Span
from callsheet.lint import Linter
from callsheet.source import simple
from seed import CORPUS, write

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.diagnostic import Finding

KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_kept_breaks_nothing(path: Path) -> None:
    target.TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", ["reader", "linter", "resolver", "fixer", "migrator"])
def test_what_it_begins_with_breaks_nothing(name: str, tmp_path: Path) -> None:
    write(name, tmp_path)
    seeds = sorted(tmp_path.iterdir())
    assert len(seeds) > 100
    for seed in seeds[:: 1 if name == "reader" else 7]:
        target.TARGETS[name](seed.read_bytes())


def test_every_corpus_is_of_a_target() -> None:
    assert {path.parent.name for path in KEPT} <= set(target.TARGETS)


def test_a_finding_outside_of_its_text_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    beyond = Fault("CS001", "no", Span(5, 999))
    monkeypatch.setattr(Linter, "body", lambda *_, **__: [beyond])
    with pytest.raises(promise.Wrong, match="CS001 at 5-999"):
        target.linter(b"type: realtime\n")


def test_a_wrong_line_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from callsheet.source.text import Location, Text

    monkeypatch.setattr(Text, "location", lambda _self, _offset: Location(1, 1))
    with pytest.raises(promise.Wrong, match="is told as"):
        target.linter(b"type: realtime\nvoice: marin\n")


def test_two_ways_to_read_that_differ_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = simple.simple_data

    def other(content: str) -> Any:
        return {**(real(content) or {}), "more": 1}

    monkeypatch.setattr(simple, "simple_data", other)
    with pytest.raises(promise.Wrong, match="two ways to read"):
        target.reader(b"type: realtime\n")


def test_an_exception_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> list[Finding]:
        raise ZeroDivisionError

    monkeypatch.setattr(Linter, "body", broken)
    for name in ("linter", "resolver", "fixer"):
        with pytest.raises(ZeroDivisionError):
            target.TARGETS[name](b"type: realtime\n")
    with pytest.raises(promise.Wrong, match="Traceback"):
        target.command(b"\0type: realtime\n")
