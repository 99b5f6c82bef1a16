"""One file of many: what it is said to be, and that the cache says the same."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from callsheet.batch.cache import Cache
from callsheet.batch.check import Checker
from callsheet.batch.checked import Checked, Share
from callsheet.config.choice import Choice
from callsheet.discover import Found
from callsheet.linters import Linters
from callsheet.project import Project

FILES = {
    "whole.yaml": "type: realtime\nmodel: gpt-realtime-2.1\n",
    "other.yaml": "a: 1\n",
    "child.yaml": "$extends: whole.yaml\ninstructions: Hi.\n",
}


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")


def checker(cache: Cache | None = None) -> Checker:
    return Checker(Linters(Choice(), Project()), cache=cache)


def seen(check: Checker, found: Found) -> Checked:
    checked = check.check(found)
    return checked._replace(findings=tuple(checked.findings))


def test_what_a_file_is() -> None:
    check = partial(seen, checker())
    assert check(Found("whole.yaml", named=False)) == Checked("whole.yaml", "profile", named=False, whole=True)
    assert check(Found("other.yaml", named=False)) == Checked("other.yaml", "other", named=False)
    assert check(Found("other.yaml", named=True)).what == "profile"
    child = check(Found("child.yaml", named=True))
    assert (child.what, child.named, child.whole, len(child.links)) == ("profile", True, True, 1)


def test_what_cannot_be_read_and_why() -> None:
    check = checker().check
    closed = Checked("closed", "unreadable", named=True, why="Permission denied")
    assert check(Found("closed", named=True, error="Permission denied")) == closed
    gone = Checked("gone.yaml", "unreadable", named=False, why="No such file or directory")
    assert check(Found("gone.yaml", named=False)) == gone


@pytest.mark.parametrize("named", [False, True])
def test_the_cache_says_what_was_found(tmp_path: Path, named: bool) -> None:  # noqa: FBT001 - a parameter of the test
    files = [Found(name, named=named) for name in FILES if not (named and name == "other.yaml")]
    folder = str(tmp_path / "cache")
    cold = Cache(folder, "2026-11-20", None)
    first = [seen(checker(cold), found) for found in files]
    cold.save(cold.taken())
    warm = Cache(folder, "2026-11-20", None)
    assert [seen(checker(warm), found) for found in files] == first
    assert warm.taken() == {}


def test_a_share_counts_what_needs_no_words() -> None:
    files = [Found(name, named=False) for name in FILES]
    closed = Found("closed", named=False, error="Permission denied")
    share = checker().share([*files, closed])
    assert share[:2] == (1, 1)
    assert [one.path for one in share.rest] == ["child.yaml", "closed"]
    assert share == Share(1, 1, share.rest, {})
