"""What callsheet.testing promises, and what its page shows, which is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import callsheet
from callsheet.facts.model import MODELS
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.rules import RULES
from callsheet.testing import Broken, Profile, broken_sessions, profiles, sessions

PAGE = Path(__file__).parent.parent / "docs" / "testing.md"
ALIVE = [model.name for model in MODELS.values() if model.api == "realtime" and model.until is None]
TRANSCRIBERS = [model.name for model in TRANSCRIPTION_MODELS.values() if model.until is None]


def collected(strategy: Any, count: int, number: int = 0) -> list[Any]:
    """So many examples, which are the same each time, and others for another number."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=False,
    )
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    return found


@pytest.mark.parametrize("model", ALIVE)
def test_a_session_has_the_model_and_nothing_that_it_does_not_take(model: str) -> None:
    @settings(max_examples=20)
    @given(sessions(model=model))
    def run(body: dict[str, Any]) -> None:
        assert body["model"] == model
        assert {"CS309", "CS310", "CS314", "CS315"}.isdisjoint(one.code for one in callsheet.check(body))

    run()


@pytest.mark.parametrize("kind", ["realtime", "transcription"])
@pytest.mark.parametrize("model", TRANSCRIBERS)
def test_a_model_that_transcribes_stands_where_it_belongs(model: str, kind: str) -> None:
    @settings(max_examples=20)
    @given(sessions(kind, model=model))
    def run(body: dict[str, Any]) -> None:
        assert body["audio"]["input"]["transcription"]["model"] == model
        about = {f"CS30{number}" for number in range(1, 9)} - {"CS306", "CS307"}
        assert about.isdisjoint(one.code for one in callsheet.check(body, kind))

    run()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"model": "gpt-4o"}, "model: `gpt-4o` is not supported in a Realtime session"),
        ({"model": "gpt-4o-realtime-preview"}, "model: `gpt-4o-realtime-preview` was shut down on 2026-05-07"),
        ({"kind": "refer", "model": "gpt-realtime-2.1"}, "a refer body has no place for the model gpt-realtime-2.1"),
        (
            {"kind": "call", "revision": "2025-10-01"},
            "there is no call body as of 2025-10-01; the first came on 2025-10-02",
        ),
    ],
)
def test_what_cannot_be_is_said_at_once(words: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        sessions(**words)


def test_a_model_that_has_gone_since_is_there_in_its_time() -> None:
    @settings(max_examples=10)
    @given(sessions(revision="2026-01-01", model="gpt-4o-realtime-preview"))
    def run(body: dict[str, Any]) -> None:
        assert body["model"] == "gpt-4o-realtime-preview"

    run()


def test_another_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sessions("chat")


def test_every_rule_with_a_condition_is_broken_by_something() -> None:
    """Of every severity; nobody lists them, so a new one is tried as soon as it is declared."""
    left = {rule.name: rule for rule in RULES.values() if rule.when is not None}
    for number in range(100):  # which of them are met early differs between Pythons
        for kind, severity in sorted({(kind, rule.severity) for rule in left.values() for kind in rule.kinds}):
            strategy: Any = broken_sessions(kind, severity=severity)
            for broken in collected(strategy, 50, number):
                left.pop(broken.fault, None)
    assert list(left) == []


def test_the_faults_of_shapes_are_all_met() -> None:
    found: list[Broken] = collected(broken_sessions("realtime", "2026-04-20"), 400)
    assert {one.fault for one in found} >= {
        "missing key", "wrong type", "null", "unknown key", "unknown tag", "unknown value", "wrong number",
        "out of range", "key of another date",
    }  # fmt: skip
    assert len({one.code for one in found}) > 10


def test_profiles_are_written_in_every_way() -> None:
    found: list[Profile] = collected(profiles(), 150)
    texts = [text for profile in found for text in profile.files.values()]
    for part in ("$extends", "$unset", "$file", "# c", "x-note", "&x"):
        assert any(part in text for text in texts), part
    assert {Path(name).suffix for profile in found for name in profile.files} == {
        ".yaml",
        ".yml",
        ".json",
        ".md",
        ".txt",
    }
    assert any(len(profile.files) == 1 for profile in found)


def test_what_the_page_shows_runs() -> None:
    names: dict[str, Any] = {}
    for code in re.findall(r"<!-- run -->\n```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(code, names)  # noqa: S102 - the page is ours
    tests = [found for name, found in names.items() if name.startswith("test_")]
    assert len(tests) == 4
    for test in tests:
        settings(max_examples=30)(test)()
