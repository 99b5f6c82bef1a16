"""What is advised about models fits the rest of the body."""

from __future__ import annotations

from typing import Any

import pytest

from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.lint import Linter, Options
from callsheet.patch import patch
from callsheet.rules import RULES

LINTER = Linter(Options(today="2026-11-20"))


def transcriber(name: str, kind: str, vad: Any, **hints: Any) -> dict[str, Any]:
    heard = {"transcription": {"model": name, **hints}, "turn_detection": vad}
    return {"type": kind, "audio": {"input": heard}}


@pytest.mark.parametrize("name", [model.name for model in TRANSCRIPTION_MODELS.values() if model.until])
@pytest.mark.parametrize("kind", ["realtime", "transcription"])
@pytest.mark.parametrize("vad", [None, {"type": "server_vad"}])
@pytest.mark.parametrize("hints", [{}, {"language": "en"}, {"prompt": "Street names."}])
@pytest.mark.parametrize("include", [{}, {"include": ["item.input_audio_transcription.logprobs"]}])
def test_the_fix_of_a_retiring_model_breaks_nothing(
    name: str, kind: str, vad: Any, hints: dict[str, str], include: dict[str, Any]
) -> None:
    body = {**transcriber(name, kind, vad, **hints), **include}
    (fault,) = [fault for fault in LINTER.body(body) if RULES[fault.code].name in ("retiring-model", "unknown-model")]
    assert fault.fix is not None
    assert LINTER.body(patch(body, fault.fix.changes)) == []


@pytest.mark.parametrize(
    ("model", "code", "says"),
    [
        ("gpt-6-nova", "CS311", "gpt-realtime-2.1"),
        ("o4-mini", "CS311", "gpt-realtime-2.1"),
        ("gpt-6-realtime", "CS601", "newer than this callsheet"),
        ("gpt-realtime-latest", "CS601", "write `gpt-realtime-2.1`,"),
        ("gpt-realtime-mini-latest", "CS601", "write `gpt-realtime-2.1-mini`,"),
    ],
)
def test_models_that_no_list_has(model: str, code: str, says: str) -> None:
    (fault,) = LINTER.body({"type": "realtime", "model": model})
    assert fault.code == code
    assert says in str(fault.help)


def test_the_text_of_a_prompt_is_said_once() -> None:
    assert [fault.code for fault in LINTER.body({"type": "realtime", "prompt": {"text": "Be brief."}})] == ["CS101"]


def test_no_tool_is_called_like_a_credential() -> None:
    name = "sk-" + "a1b2c3d4" * 3 + " x"
    body = {"type": "realtime", "tools": [{"type": "function", "name": name}]}
    assert not any(name[:12] in f"{fault.message} {fault.help}" for fault in LINTER.body(body))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("silence_duration_ms", 0.5, "write 500: the unit is milliseconds"),
        ("prefix_padding_ms", 0.3, "write 300: the unit is milliseconds"),
        ("idle_timeout_ms", 10, "write 10000: the unit is milliseconds"),
        ("idle_timeout_ms", 2, "write 5000 or more"),
    ],
)
def test_a_time_in_seconds_is_told_in_milliseconds(key: str, value: float, says: str) -> None:
    detection = {"type": "server_vad", key: value}
    (fault,) = LINTER.body({"type": "realtime", "audio": {"input": {"turn_detection": detection}}})
    assert fault.help == says


@pytest.mark.parametrize(
    ("speed", "says"),
    [
        (150, "write 1.5, if 150 % is meant"),
        (25.0, "write 0.25, if 25 % is meant"),
        (24, "write 1.5 or less"),
        (151, "write 1.5 or less"),
        (110.5, "write 1.5 or less"),
        (2, "write 1.5 or less"),
        (10**400, "write 1.5 or less"),
        ("110%", "write 1.1"),
        ("110 % ", "write 1.1"),
        ("9%", None),
        ("200%", None),
        ("9" * 5000 + "%", None),
        ("%", None),
        ("²5%", None),
    ],
)
def test_a_percentage_is_told_as_a_fraction(speed: Any, says: str | None) -> None:
    (fault,) = LINTER.body({"type": "realtime", "audio": {"output": {"speed": speed}}})
    assert fault.help == says
    if says is not None and fault.fix is not None:
        assert fault.fix.applicability == "unsafe"
        assert LINTER.body(patch({"type": "realtime", "audio": {"output": {"speed": speed}}}, fault.fix.changes)) == []


@pytest.mark.parametrize(
    ("ratio", "says"), [(10, "write 0.1, if 10 % is meant"), (9, "write 1 or less"), (-10, "write 0 or more")]
)
def test_only_what_is_plainly_a_percentage_is_told_as_one(ratio: int, says: str) -> None:
    body = {"type": "realtime", "truncation": {"type": "retention_ratio", "retention_ratio": ratio}}
    (fault,) = LINTER.body(body)
    assert fault.help == says
