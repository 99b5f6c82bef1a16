"""A profile as far as it can be understood: what its session is, where that is written, and what kind it is."""

from __future__ import annotations

from typing import Any

import pytest

from callsheet.resolved import resolve

AUDIO = {"output": {"language": "de"}}


@pytest.mark.parametrize(
    ("content", "kinds", "session", "about"),
    [
        ("$kind: realtime\nx-note: a\ntype: realtime\n", ("realtime", "realtime"), {"type": "realtime"}, set()),
        ("$partial: true\ntype: realtime\n", ("realtime", "realtime"), {"type": "realtime"}, {"partial"}),
        (
            "$kind: client-secret\nsession: {type: transcription, x-note: a}\n",
            ("client-secret", "transcription"),
            {"type": "transcription", "x-note": "a"},
            {"broken"},
        ),
        ("$kind: client-secret\nsession: 5\n", ("client-secret", "realtime"), {}, {"broken"}),
        ("$kind: client-secret\n", ("client-secret", "realtime"), {}, set()),
        (
            "$kind: session-update\ntype: session.update\nsession: {type: realtime}\n",
            ("session-update", "realtime"),
            {"type": "realtime"},
            {"update"},
        ),
        (
            "$kind: translation-update\ntype: session.update\nsession: {audio: {output: {language: de}}}\n",
            ("translation-update", "translation"),
            {"audio": AUDIO},
            {"update"},
        ),
        ("a: 1\n", (None, None), {"a": 1}, {"broken"}),
        ("a: [\n", (None, None), {}, {"broken"}),
    ],
)
def test_what_is_understood(content: str, kinds: tuple[str | None, ...], session: Any, about: set[str]) -> None:
    found = resolve("a.yaml", content.encode())
    assert (found.kind, found.session_kind) == kinds
    assert found.session == session
    assert {word for word in ("partial", "update", "broken") if getattr(found, f"is_{word}")} == about
    assert (found.shape is None, found.session_shape is None) == tuple(kind is None for kind in kinds)
    node = found.session_node
    if found.at and session:
        assert node is not None
        assert content[node.start : node.end].startswith("{")
    assert found.path == "a.yaml"


@pytest.mark.parametrize(
    ("revision", "knows"),
    [("latest", True), ("2026-07-01", True), ("2026-03-01", False), ("2025-09-01", True)],
    ids=["today", "after", "before", "before there was any"],
)
def test_the_shape_is_that_of_its_revision(revision: str, knows: bool) -> None:  # noqa: FBT001 - a parameter of the test
    found = resolve("a.yaml", f"$revision: {revision}\ntype: realtime\n".encode())
    assert found.session_shape is not None
    assert found.shape == found.session_shape
    assert ("reasoning" in found.session_shape.fields) == knows
