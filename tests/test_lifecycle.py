"""Which model is advised in place of one that is unknown, or that goes, as on one day."""

from __future__ import annotations

from typing import Any

import pytest

from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.lint import Linter, Options

LINTER = Linter(Options(today="2026-11-20"))


def advised(body: dict[str, Any]) -> tuple[str, str | None, Any]:
    """The code of the only fault, its help, and what its fix would write."""
    (fault,) = LINTER.body(body)
    (change,) = fault.fix.changes if fault.fix else (None,)
    assert fault.fix is None or fault.fix.applicability == "unsafe"
    return fault.code, fault.help, getattr(change, "value", None)


SPELLING = "check the spelling, or take `{}`; for a deployment on Azure add `$target: azure`"
NEWER = "write `{}`, unless the model is newer than this callsheet"
LOGPROBS = ["item.input_audio_transcription.logprobs"]
BEFORE = "move to `{}` before then"


@pytest.mark.parametrize(
    ("name", "code", "help_", "better", "fixed"),
    [
        ("zzz", "CS601", SPELLING, "gpt-realtime-2.1", False),
        ("latest", "CS601", SPELLING, "gpt-realtime-2.1", False),
        ("whisper-latest", "CS601", SPELLING, "gpt-realtime-2.1", False),
        ("gpt-realtim-2.1", "CS601", NEWER, "gpt-realtime-2.1", True),
        ("gpt-realtime-latest", "CS601", NEWER, "gpt-realtime-2.1", True),
        ("gpt-realtime-2-latest", "CS601", NEWER, "gpt-realtime-2.1", True),
        ("gpt-realtime-mini-latest", "CS601", NEWER, "gpt-realtime-2.1-mini", True),
        ("gpt-realtime-2.1-mini-latest", "CS601", NEWER, "gpt-realtime-2.1-mini", True),
        ("gpt-4o-realtime-preview-2024-10-01", "CS602", "write `{}`", "gpt-realtime-2.1", True),
        ("gpt-4o-mini-realtime-preview", "CS602", "write `{}`", "gpt-realtime-2.1-mini", True),
        ("gpt-realtime", "CS603", BEFORE, "gpt-realtime-2.1", True),
    ],
)
def test_a_model_to_take_instead(name: str, code: str, help_: str, better: str, fixed: bool) -> None:  # noqa: FBT001
    said = advised({"type": "realtime", "model": name})
    assert said == (code, help_.format(better), better if fixed else None)


@pytest.mark.parametrize(
    ("name", "help_", "fixed"),
    [("zzz", SPELLING, False), ("whisper-2", NEWER, True), ("gpt-4o-transcrib", NEWER, True)],
)
def test_a_transcription_model_to_take_instead(name: str, help_: str, fixed: bool) -> None:  # noqa: FBT001
    better = "gpt-live-transcribe"
    said = advised({"type": "realtime", "audio": {"input": {"transcription": {"model": name}}}})
    assert said == ("CS601", help_.format(better), better if fixed else None)


@pytest.mark.parametrize(
    ("hints", "more", "better"),
    [
        ({}, {}, "gpt-live-transcribe"),
        ({"language": "en"}, {}, "gpt-transcribe"),
        ({"language": "en", "delay": "low"}, {}, "gpt-realtime-whisper"),
        ({"language": "en", "delay": "low", "keywords": ["Aurora"]}, {}, "gpt-live-transcribe"),
        ({"language": "en", "delay": "low", "prompt": "Aurora"}, {}, "gpt-live-transcribe"),
        ({"language": "en", "delay": "low", "prompt": None}, {}, "gpt-realtime-whisper"),
        ({}, {"include": LOGPROBS}, "gpt-transcribe"),
        ({}, {"include": []}, "gpt-live-transcribe"),
        ({"delay": "low"}, {"include": LOGPROBS}, "gpt-realtime-whisper"),
        ({"delay": "low", "languages": ["en"]}, {"include": LOGPROBS}, "gpt-live-transcribe"),
        ({}, {"type": "transcription", "turn_detection": {"type": "server_vad"}}, "gpt-transcribe"),
        ({}, {"type": "transcription", "turn_detection": None}, "gpt-live-transcribe"),
        ({}, {"type": "realtime", "turn_detection": {"type": "server_vad"}}, "gpt-live-transcribe"),
    ],
)
def test_the_model_that_takes_most_of_what_is_set(hints: dict[str, Any], more: dict[str, Any], better: str) -> None:
    given = {"transcription": {"model": "gpt-4o-transcribe", **hints}}
    if "turn_detection" in more:
        given["turn_detection"] = more["turn_detection"]
    rest = {key: value for key, value in more.items() if key != "turn_detection"}
    said = {fault.code: fault.help for fault in LINTER.body({"type": "realtime", "audio": {"input": given}, **rest})}
    assert said["CS603"] == BEFORE.format(better)


def test_no_model_is_advised_that_goes_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    fading = TRANSCRIPTION_MODELS["whisper-1"]._replace(
        name="fading", delay=True, language=True, vad_in_transcription=True
    )
    monkeypatch.setitem(TRANSCRIPTION_MODELS, "fading", fading)
    hints = {"model": "whisper-1", "delay": "low", "language": "en"}
    body = {
        "type": "transcription",
        "audio": {"input": {"transcription": hints, "turn_detection": {"type": "server_vad"}}},
    }
    said = {fault.code: fault.help for fault in LINTER.body(body)}
    assert said["CS603"] == BEFORE.format("gpt-transcribe")


@pytest.mark.parametrize(
    ("today", "revision", "said"),
    [
        ("2026-07-23", None, None),
        ("2026-07-24", None, "`gpt-realtime` will be shut down on 2027-01-20, in 180 days"),
        ("2027-01-18", None, "`gpt-realtime` will be shut down on 2027-01-20, in 2 days"),
        ("2027-01-19", None, "`gpt-realtime` will be shut down on 2027-01-20, tomorrow"),
        ("2027-01-20", None, "`gpt-realtime` was shut down on 2027-01-20"),
        (
            "2027-01-20",
            "2027-01-19",
            "`gpt-realtime` was shut down on 2027-01-20; at the revision of 2027-01-19 it still ran",
        ),
        ("2027-01-19", "2027-01-19", "`gpt-realtime` will be shut down on 2027-01-20, tomorrow"),
        ("2027-02-01", "2027-01-20", "`gpt-realtime` was shut down on 2027-01-20"),
    ],
)
def test_the_days_of_a_model(today: str, revision: str | None, said: str | None) -> None:
    linter = Linter(Options(today=today, revision=revision))
    found = [fault.message for fault in linter.body({"type": "realtime", "model": "gpt-realtime"})]
    assert found == ([] if said is None else [said])


@pytest.mark.parametrize(("today", "better"), [("2026-05-06", "gpt-realtime-1.5"), ("2026-05-07", "gpt-realtime-2.1")])
def test_the_latest_of_a_family_is_alive(today: str, better: str) -> None:
    (fault,) = Linter(Options(today=today)).body({"type": "realtime", "model": "gpt-4o-realtime-latest"})
    assert fault.help == NEWER.format(better)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-28", "stored prompts end on 2026-11-30, in 2 days"),
        ("2026-11-29", "stored prompts end on 2026-11-30, tomorrow"),
        ("2026-11-30", "stored prompts ended on 2026-11-30"),
    ],
)
def test_the_days_of_stored_prompts(today: str, said: str) -> None:
    faults = Linter(Options(today=today)).body({"type": "realtime", "prompt": {"id": "pmpt_1"}})
    assert [fault.message for fault in faults] == [said]


@pytest.mark.parametrize(("kept", "codes"), [(0, ["CS316"]), (0.0, ["CS316"]), (1, []), (1.0, [])])
def test_a_truncation_that_keeps_nothing(kept: float, codes: list[str]) -> None:
    limits = {"type": "retention_ratio", "retention_ratio": 0.8, "token_limits": {"post_instructions": kept}}
    for truncation in (limits, {"type": "retention_ratio", "retention_ratio": kept}):
        assert [fault.code for fault in LINTER.body({"type": "realtime", "truncation": truncation})] == codes
