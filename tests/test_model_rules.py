"""Models, voices and their limits, on both sides of the edge of each rule."""

from __future__ import annotations

from typing import Any

import pytest

from callsheet.lint import Linter, Options

LINTER = Linter(Options(today="2026-11-20"))


def said(body: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.help) for fault in LINTER.body({"type": "realtime", **body})]


def transcribed(model: str) -> dict[str, Any]:
    return {"audio": {"input": {"transcription": {"model": model}}}}


@pytest.mark.parametrize("begun", ["gpt-3.5-", "gpt-4-", "gpt-4.1-", "gpt-4.5", "gpt-5-", "gpt-6.", "o1-", "tts-1-"])
def test_a_model_of_other_apis_is_known_by_how_it_begins(begun: str) -> None:
    assert [code for code, _ in said({"model": f"{begun}new"})] == ["CS311"]
    assert [code for code, _ in said(transcribed(f"{begun}new"))] == ["CS313"]


@pytest.mark.parametrize(
    "name", ["gpt-5-realtime", "gpt-5-transcribe-x", "gpt-4.1-mini-realtime", "xgpt-5-", "gpt-4x1-"]
)
def test_one_that_may_be_for_speech_is_only_unknown(name: str) -> None:
    assert [code for code, _ in said({"model": name})] == ["CS601"]
    assert [code for code, _ in said(transcribed(name))] == ["CS601"]


@pytest.mark.parametrize(
    ("model", "answer", "conversation", "room"),
    [
        ("gpt-realtime-1.5", None, 28224, None),
        ("gpt-realtime-1.5", None, 28225, 28224),
        ("gpt-realtime-1.5", 1000, 31000, None),
        ("gpt-realtime-1.5", 1000, 31001, 31000),
        ("gpt-realtime-1.5", 1000.0, 31001, 31000),
        ("gpt-realtime-1.5", 4000, 28225, 28224),
        ("gpt-realtime-1.5", "inf", 28225, 28224),
        ("gpt-realtime-2.1", None, 96000, None),
        ("gpt-realtime-2.1", None, 96001, 96000),
        ("gpt-realtime-mini", None, 999999, None),
        ("zzz-unknown", None, 999999, None),
    ],
)
def test_how_long_a_conversation_may_be(model: str, answer: Any, conversation: int, room: int | None) -> None:
    truncation = {
        "type": "retention_ratio",
        "retention_ratio": 0.8,
        "token_limits": {"post_instructions": conversation},
    }
    body = {"model": model, "truncation": truncation, **({} if answer is None else {"max_output_tokens": answer})}
    found = dict(said(body)).get("CS315")
    assert found == (None if room is None else f"write {room} or less; the conversation is cut there in any case")


@pytest.mark.parametrize(
    ("model", "asked", "limit"),
    [
        ("gpt-realtime-1.5", 4096, None),
        ("gpt-realtime-1.5", 4097, 4096),
        ("gpt-realtime-1.5", "inf", None),
        ("gpt-realtime-2.1", 32000, None),
        ("gpt-realtime-2.1", 32001, 32000),
        ("gpt-audio-1.5", 99999, None),
    ],
)
def test_how_long_an_answer_may_be(model: str, asked: Any, limit: int | None) -> None:
    found = dict(said({"model": model, "max_output_tokens": asked})).get("CS314")
    assert found == (None if limit is None else f"write {limit} or less, or `inf` to leave it to the model")


@pytest.mark.parametrize(
    ("voice", "better"),
    [("mairn", "marin"), ("voice_5f1c0a", {"id": "voice_5f1c0a"}), ("zzz", None), ("my_voice_1", None)],
)
def test_a_voice_to_take_instead(voice: str, better: Any) -> None:
    (fault,) = LINTER.body({"type": "realtime", "audio": {"output": {"voice": voice}}})
    assert fault.code == "CS318"
    assert [getattr(change, "value", None) for change in fault.fix.changes] == [better] if fault.fix else better is None
