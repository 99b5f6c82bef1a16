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


@pytest.mark.parametrize(("kept", "codes"), [(0, ["CS316"]), (0.0, ["CS316"]), (1, []), (1.0, [])])
def test_a_truncation_that_keeps_nothing(kept: float, codes: list[str]) -> None:
    limits = {"type": "retention_ratio", "retention_ratio": 0.8, "token_limits": {"post_instructions": kept}}
    for truncation in (limits, {"type": "retention_ratio", "retention_ratio": kept}):
        assert [fault.code for fault in LINTER.body({"type": "realtime", "truncation": truncation})] == codes
