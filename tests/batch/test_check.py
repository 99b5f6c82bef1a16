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
from callsheet.lint import Options
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


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.mdx", "a.txt", "a.rst", "a.j2", "a.jinja", "a.tmpl"])
def test_the_words_of_a_prompt_are_no_profile_although_they_are_named(name: str) -> None:
    Path(name).write_text("# The line\n\nBe brief.\n", encoding="utf-8")
    assert checker().check(Found(name, named=True)) == Checked(name, "other", named=True)
    Path(name).rename("a.yaml")
    assert checker().check(Found("a.yaml", named=True)).what == "profile"


@pytest.mark.parametrize("edits", [False, True])
def test_findings_come_with_their_edits_if_somebody_wants_them(edits: bool) -> None:  # noqa: FBT001 - a parameter of the test
    Path("a.yaml").write_text("type: realtime\naudio: {input: {format: pcm16}, output: {colour: red}}\n")
    found = Checker(Linters(Choice(), Project()), edits=edits).check(Found("a.yaml", named=True)).findings
    repairs = {finding.code: finding.repair for finding in found}
    assert set(repairs) == {"CS101", "CS202"}
    assert repairs["CS101"] is None
    assert (repairs["CS202"] is not None) == edits


def test_a_key_of_the_cache_is_made_of_all_that_a_verdict_depends_on(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path / "cache"), "2026-11-20", None)
    options = Options(today="2026-11-20")
    some, others = frozenset({"CS101", "CS105"}), frozenset({"CS101", "CS203"})
    told = [
        options,
        *(options._replace(kind=kind) for kind in ("call", "realtime")),
        options._replace(target="azure"),
        options._replace(usual_target="azure"),
        options._replace(today="2026-11-21"),
        *(options._replace(revision=revision) for revision in ("latest", "2026-01-01")),
        options._replace(usual_revision="2026-01-01"),
        *(options._replace(selected=selected) for selected in (frozenset[str](), some, others)),
    ]
    keys = [cache.key(one, "a.yaml", b"a: 1", named=False) for one in told]
    keys += [cache.key(options, name, b"a: 1", named=False) for name in ("a.json", "a")]
    keys += [cache.key(options, "a.yaml", raw, named=False) for raw in (b"a: 2", b"")]
    keys += [cache.key(options, "a.yaml", b"a: 1", named=True)]
    assert len(set(keys)) == len(keys)
    again = Cache(str(tmp_path / "cache"), "2026-11-20", None)
    assert keys[: len(told)] == [again.key(one, "sub/b.yaml", b"a: 1", named=False) for one in told]


@pytest.mark.parametrize(("most", "kept"), [(4, 4), (3, 2)])
def test_a_cache_that_grows_too_large_keeps_the_last_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, kept: int
) -> None:
    monkeypatch.setattr("callsheet.batch.cache._MOST", most)
    folder = str(tmp_path / "cache")
    for run in range(2):
        cache = Cache(folder, "2026-11-20", None)
        for number in range(2):
            found = Found(f"{run}{number}.yaml", named=False)
            Path(found.path).write_text(f"a: {run}{number}\n")
            checker(cache).check(found)
        cache.save(cache.taken())
    assert len(Cache(folder, "2026-11-20", None).verdicts) == kept
