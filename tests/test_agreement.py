"""Models, wire schema and lint give one verdict on every body, of every kind and revision, however it is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import callsheet
from callsheet.lint import Linter, Options
from callsheet.pointer import to_pointer
from callsheet.project import Project
from callsheet.rules import RULES
from callsheet.shape.derive import model_of
from callsheet.shape.frozen import load
from callsheet.source.document import read
from callsheet.testing import Broken, Profile, broken_sessions, profiles, sessions
from callsheet.testing.profile import written
from callsheet.testing.valid import shape_of
from callsheet.testing.value import values
from verdict import ALL_KINDS, UNSAID, model_takes, revisions, schema_takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from callsheet.diagnostic import Finding
    from callsheet.rules.rule import Rule

    Case = tuple[str | None, Any]

TODAY = "2026-11-20"
OFTEN = ("realtime", "transcription")
"""Kinds of which the most examples are tried; the others are made of the same parts."""
LINTERS = {kind: Linter(Options(kind)) for kind in ALL_KINDS}
IN_SCHEMA = {rule.code for rule in RULES.values() if rule.when is not None and rule.severity == "error"}


def at_any_revision(kind: str, strategy: Callable[..., st.SearchStrategy[Any]]) -> st.SearchStrategy[Case]:
    """A revision of a kind, and what a strategy makes as of it."""

    def case(revision: str | None) -> st.SearchStrategy[Case]:
        return st.tuples(st.just(revision), strategy(kind, revision))

    return st.sampled_from(revisions(kind)).flatmap(case)


def tries(kind: str, share: int = 1) -> settings:
    """How many examples of a kind are tried."""
    return settings(max_examples=max(10, settings().max_examples // share // (1 if kind in OFTEN else 3)))


def found(body: Any, kind: str, revision: str | None) -> list[Finding]:
    return callsheet.check(body, kind, revision=revision)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_valid_body_is_taken_by_all(kind: str) -> None:
    @tries(kind)
    @given(at_any_revision(kind, sessions))
    def run(case: Case) -> None:
        revision, body = case
        assert [one for one in found(body, kind, revision) if one.severity == "error"] == []
        assert schema_takes(kind, revision, body) == {True}
        # models are those of today, so of what has gone since they say what lint says without a revision
        assert model_takes(kind, body) == fits_today(kind, body)
        if revision is None:
            assert model_of(kind).from_wire(body).wire() == body

    run()


def fits_today(kind: str, body: Any) -> bool:
    """Whether lint has nothing to say of the shape of a body, as of today; what rules say no model knows."""
    said = [one for one in found(body, kind, None) if one.severity == "error"]
    return all(RULES[one.code].when or RULES[one.code].check for one in said)


def test_something_valid_once_is_refused_today() -> None:
    body = {"type": "realtime", "prompt": {"id": "a", "variables": {"b": {"type": "input_file", "detail": "low"}}}}
    assert schema_takes("realtime", "2026-03-05", body) == schema_takes("realtime", None, body) == {True}
    assert schema_takes("realtime", "2026-03-13", body) == {False}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_broken_body_is_refused_by_all_and_found_once_at_its_place(kind: str) -> None:
    @tries(kind)
    @given(at_any_revision(kind, broken_sessions))
    def run(case: Case) -> None:
        revision, broken = case
        assert [one.code for one in found(broken.body, kind, revision) if one.severity == "error"] == [broken.code]
        nothing_but(broken, kind, revision)
        if revision is None or broken.code not in UNSAID:
            assert schema_takes(kind, revision, broken.body) == {False}
        if revision is None and broken.code not in IN_SCHEMA:
            assert not model_takes(kind, broken.body)

    run()


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_what_is_surely_found_of_a_base_is_found_of_it(severity: Any) -> None:
    """A file with findings is judged as a base as well, unless that can surely tell nothing else."""
    linter = Linter(Options(today=TODAY))
    sure: list[bool] = []

    @given(broken_sessions("realtime", severity=severity))
    def run(broken: Broken) -> None:
        judged = linter.judged(read("a.json", json.dumps(broken.body).encode()))
        sure.append(linter.is_alike_as_base(judged))
        if sure[-1]:
            as_base = linter.judged(judged.document, base=True)
            assert [(one.code, one.message) for one in as_base.findings] == [
                (one.code, one.message) for one in judged.findings
            ]

    run()
    assert any(sure)


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if isinstance(rule.bad, str)], ids=attrgetter("name"))
def test_what_is_surely_found_of_a_base_by_a_rule_is_found_of_it(rule: Rule) -> None:
    assert isinstance(rule.bad, str)
    linter = Linter(Options(today=TODAY))
    for content in (rule.bad, f"spede: 1\n{rule.bad}"):
        judged = linter.judged(read("a.yaml", content.encode("utf-8", "surrogateescape")))
        if judged.data is not None and linter.is_alike_as_base(judged):
            as_base = linter.judged(judged.document, base=True)
            assert [(one.code, one.message) for one in as_base.findings] == [
                (one.code, one.message) for one in judged.findings
            ]


@pytest.mark.parametrize(
    ("kind", "severity"),
    [("realtime", "warning"), ("realtime", "info"), ("transcription", "warning"), ("session-update", "warning")],
)
def test_what_may_be_taken_is_told_once_and_refused_by_nobody(kind: str, severity: Any) -> None:
    @tries(kind)
    @given(at_any_revision(kind, lambda kind, revision: broken_sessions(kind, revision, severity=severity)))
    def run(case: Case) -> None:
        revision, broken = case
        nothing_but(broken, kind, revision)
        assert schema_takes(kind, revision, broken.body) == {True}
        assert model_takes(kind, broken.body) == fits_today(kind, broken.body)

    run()


def nothing_but(broken: Broken, kind: str, revision: str | None) -> None:
    """Hold the findings of a broken body to those of the valid one: one more, at its place, and no other.

    One that was there before may have moved, or be gone with what it was about.
    """
    before = Counter(one.code for one in found(broken.valid, kind, revision))
    after = found(broken.body, kind, revision)
    assert Counter(one.code for one in after) - before == {broken.code: 1}
    assert (broken.code, to_pointer(broken.path)) in [(one.code, one.pointer) for one in after]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_schema_refuses_what_the_rules_in_it_find_and_nothing_that_lint_takes(kind: str) -> None:
    @tries(kind)
    @given(values(load()[kind]))
    def run(body: dict[str, Any]) -> None:
        codes = {fault.code for fault in LINTERS[kind].body(body)}
        assert schema_takes(kind, None, body) == {codes.isdisjoint(IN_SCHEMA)}

    run()


CORNERS = count()
"""Folders of a project, a new one for each example."""
KEYS = st.sampled_from(["type", "audio", "input", "output", "format", "tools", "x"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING)
def test_models_and_schema_agree_on_anything(body: Any) -> None:
    assert schema_takes("realtime", None, body) == {model_takes("realtime", body)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own, and the working directory."""
    folder = tmp_path_factory.mktemp("project")
    (folder / ".git").mkdir()
    return folder


def judged(profile: Profile, folder: Path) -> list[Finding]:
    """The findings of a profile that is written into a new corner of a project."""
    path = profile.write(folder / str(next(CORNERS)))
    return Linter(Options(today=TODAY), Project(str(folder))).file(str(path), path.read_bytes())


FIRST = {
    "CS406": "the help names the arguments in their order",
    "CS409": "one finding for all nulls, at the first of them",
    "CS607": "one finding for the body, at its first key",
}
"""Rules that stand at the first of several keys, or list them: another order is another first. Merge keys bring one."""


def said(findings: list[Finding]) -> list[tuple[str, str, str, str | None]]:
    """What is said, of which value; not in which order, for this is that of the text."""
    return sorted(
        (one.code, "", "", None) if one.code in FIRST else (one.code, one.pointer, one.message, one.help)
        for one in findings
    )


def moved(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """The same, without the files that it is said of, and the advice how to mend it there."""
    return sorted(
        (one.code, "", "") if one.code in FIRST else (one.code, one.pointer, one.own_message) for one in findings
    )


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_it_does_not_matter_how_a_body_is_written(kind: str, folder: Path) -> None:
    wrong = at_any_revision(kind, lambda kind, revision: values(shape_of(kind, revision), revision))
    broken = at_any_revision(kind, broken_sessions).map(lambda case: (case[0], case[1].body))

    @tries(kind, 5)
    @given(st.one_of(wrong, broken), st.data())
    def run(case: Case, data: st.DataObject) -> None:
        revision, body = case
        spellings = written(body, kind, revision, single=True, fits=False)
        one, other = judged(data.draw(spellings), folder), judged(data.draw(spellings), folder)
        assert said(one) == said(other)
        assert moved(judged(data.draw(written(body, kind, revision, fits=False)), folder)) == moved(one)

    run()


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_profile_comes_to_the_same_body_in_any_layout(kind: str, folder: Path) -> None:
    @tries(kind, 5)
    @given(at_any_revision(kind, profiles))
    def run(case: Case) -> None:
        profile: Profile = case[1]
        path = profile.write(folder / str(next(CORNERS)))
        loaded = callsheet.load(path, root=str(folder))
        assert (loaded.kind, loaded.body) == (kind, profile.body)

    run()


ENVIRONMENT = {f"SECRET_{number}": f"value-{number}" for number in range(50)}
REQUESTS = {
    "realtime": ("accept", "client-secret", "session-update"),
    "transcription": ("client-secret", "session-update"),
    "translation": ("translation-secret",),
    "realtime-beta": ("beta-session",),
    "transcription-beta": ("beta-transcription-session",),
}
BODIES = {"accept": "realtime", "beta-session": "realtime-beta", "beta-transcription-session": "transcription-beta"}


@pytest.mark.parametrize(("kind", "operation"), [(kind, name) for kind, names in REQUESTS.items() for name in names])
def test_what_is_rendered_is_read_back_and_lints_clean(kind: str, operation: str, folder: Path) -> None:
    @tries(kind, 5)
    @given(profiles(kind, single=True))
    def run(profile: Profile) -> None:
        path = profile.write(folder / str(next(CORNERS)))
        request = callsheet.load(path, root=str(folder)).request(operation, call_id="rtc_1", environment=ENVIRONMENT)
        body = json.loads(request.content or b"")
        assert [one for one in found(body, BODIES.get(operation, operation), None) if one.severity == "error"] == []

    run()


def test_findings_come_in_the_same_order_each_time(folder: Path) -> None:
    """In the order of the text, whatever the order of Python's sets: shown by processes that have others."""
    corner = folder / "ordered"
    bodies: list[dict[str, Any]] = []

    @settings(max_examples=40, database=None, derandomize=True)
    @given(values(load()["realtime"]), st.dictionaries(st.sampled_from(["zz", "voice", "temperature", "id"]), ANYTHING))
    def collect(body: dict[str, Any], odd: dict[str, Any]) -> None:
        bodies.append({**body, **odd, "audio": {**body.get("audio", {}), **odd}})

    collect()
    corner.mkdir()
    for number, body in enumerate(bodies):
        (corner / f"{number:03}.json").write_text(json.dumps(body, indent=1), encoding="utf-8")
    runs = [ordered(corner, seed) for seed in ("0", "1", "2", "3")]
    assert len(set(runs)) == 1
    findings = json.loads(runs[0])["findings"]
    assert len(findings) > len(bodies)
    places = [(one["path"], one["location"]["line"], one["location"]["column"]) for one in findings]
    assert places == sorted(places)


def ordered(corner: Path, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "callsheet", "lint", "--output-format", "json", *sorted(map(str, corner.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", ["realtime", "transcription"])
def test_lint_says_the_same_of_the_same_body_twice(kind: str) -> None:
    @given(values(load()[kind]))
    def run(body: dict[str, Any]) -> None:
        assume(body)
        assert LINTERS[kind].body(body) == Linter(Options(kind)).body(json.loads(json.dumps(body)))

    run()
