"""Any flat body, however it is written, moves to today's shape with its values and all its comments."""

from __future__ import annotations

import json
import re
from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from writing import RANDOMS, styled

from callsheet.migrate.outcome import outcome
from callsheet.migrate.plain import migrate_data
from callsheet.migrate.plan import NotFlat, Wishes
from callsheet.migrate.text import migrate
from callsheet.migrate.todo import CannotMove
from callsheet.source.comment import comments
from callsheet.source.document import read_text
from callsheet.source.text import Text
from callsheet.testing import sessions
from callsheet.testing.yaml import Writer

FLAT = st.one_of(sessions("realtime-beta"), sessions("transcription-beta"))
WISHES = Wishes(models=True, today="2026-11-20")
KNOWN_BEFORE = {"CS102", "CS602"}


def comment_texts(text: Text) -> Counter[str]:
    return Counter(comment.content for comment in comments(text))


def check(name: str, content: str) -> None:
    """Migrate a text and hold the result to what was there."""
    document = read_text(Text(name, content))
    assert document.root is not None
    result = migrate(document, WISHES)
    after = read_text(Text(name, result.content))
    assert after.root is not None
    assert json.dumps(after.root.value, sort_keys=True) == json.dumps(
        migrate_data(document.root.value, WISHES), sort_keys=True
    )
    before, now = comment_texts(document.text), comment_texts(after.text)
    assert not before - now
    assert all("  (" in comment or comment.startswith("# ") for comment in now - before)
    with pytest.raises(NotFlat):
        migrate(after, WISHES)


def moves(content: str) -> bool:
    """Whether a text is moved, and then rightly; else it is refused."""
    try:
        check("a.yaml", content)
    except CannotMove:
        return False
    return True


def sound(data: dict[str, Any]) -> dict[str, Any]:
    """A flat session without what that shape lets through and today's does not: what lacks a name, any extra."""
    if data.get("input_audio_transcription") is not None:
        data = {**data, "input_audio_transcription": {"model": "whisper-1", **data["input_audio_transcription"]}}
    tools = [tool for tool in data.get("tools", []) if re.fullmatch("[A-Za-z0-9_-]+", tool.get("name", ""))]
    anything = {"include", "tool_choice"} if isinstance(data.get("tool_choice"), dict) else {"include"}
    return {key: tools if key == "tools" else value for key, value in data.items() if key not in anything}


def test_hardly_any_way_of_writing_is_refused() -> None:
    data = {
        "model": "gpt-realtime",
        "instructions": "Speak slowly.\nBe kind.\n",
        "modalities": ["text", "audio"],
        "voice": "alloy",
        "input_audio_format": "g711_ulaw",
        "output_audio_format": "g711_ulaw",
        "turn_detection": {"threshold": 0.5, "eagerness": "low"},
        "tools": [{"type": "function", "function": {"name": "dial", "strict": True}}],
        "temperature": 0.8,
        "client_secret": {"expires_after": {"anchor": "created_at", "seconds": 600}},
    }
    moved = [moves(Writer(Random(seed)).document(data)) for seed in range(200)]  # noqa: S311 - nothing to keep secret
    assert moved.count(True) >= 195


@given(FLAT.map(sound))
def test_the_result_has_no_errors(data: dict[str, Any]) -> None:
    came = outcome("a.json", json.dumps(flat(data)).encode(), WISHES)
    assert came.after is not None
    assert not came.findings


def flat(data: dict[str, Any]) -> dict[str, Any]:
    try:
        migrate_data(data)
    except NotFlat:
        assume(False)
    return data


@given(FLAT.map(flat), RANDOMS)
def test_as_ruamel_writes_it(data: dict[str, Any], random: Random) -> None:
    content = styled(data, random)
    assume(not read_text(Text("a.yaml", content)).faults)  # a few words that ruamel writes, libyaml cannot read
    check("a.yaml", content)


@given(FLAT.map(flat), st.sampled_from((None, 1, 2, "\t")), st.booleans())
def test_as_json(data: dict[str, Any], indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001
    check("a.json", json.dumps(data, indent=indent, ensure_ascii=ascii_only))


@given(FLAT.map(flat), RANDOMS)
def test_as_people_write_it(data: dict[str, Any], random: Random) -> None:
    event("moved" if moves(Writer(random).document(data)) else "refused")
