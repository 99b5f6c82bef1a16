"""What a session does where a setting is left out and its field knows no default: each with its source.

A default that is one value stands at its field, in `callsheet.models`. Here is what takes a sentence, or depends on
the kind of the session.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Absence(NamedTuple):
    """What it means that a setting is not there; `null` says that it means the same to set it to null."""

    means: str
    source: str
    null: bool = False


_REFERENCE = "API reference"

ABSENT: dict[str, Absence] = {
    "model": Absence("the one that the session is opened with", f"{_REFERENCE} on /realtime?model="),
    "instructions": Absence("a text of the service's own", f"{_REFERENCE} on instructions"),
    "tools": Absence("none", f"{_REFERENCE} on session.update: an empty list clears them"),
    "tracing": Absence("off", f"{_REFERENCE} on tracing", null=True),
    "prompt": Absence("none", f"{_REFERENCE} on prompt", null=True),
    "prompt.version": Absence("the one that is current at OpenAI", f"{_REFERENCE} on prompt.version", null=True),
    "include": Absence("no extras", f"{_REFERENCE} on include", null=True),
    "truncation.token_limits.post_instructions": Absence(
        "the model's own limit", f"{_REFERENCE} on truncation.token_limits"
    ),
    "audio.input.noise_reduction": Absence("off", f"{_REFERENCE} on noise_reduction", null=True),
    "audio.input.transcription": Absence("off", f"{_REFERENCE} on transcription", null=True),
    "audio.input.transcription.language": Absence("the model guesses", f"{_REFERENCE} on language", null=True),
    "audio.input.turn_detection.idle_timeout_ms": Absence("off", f"{_REFERENCE} on idle_timeout_ms", null=True),
}
"""By the dotted path in a session."""

NULL: dict[str, str] = {
    **{path: absence.means for path, absence in ABSENT.items() if absence.null},
    "audio.input.turn_detection": "off",
}
"""What null means, by path."""

IMPLIED: dict[str, dict[str, Any]] = {
    "realtime": {"audio.input.turn_detection": {"type": "server_vad"}},
}
"""What the service sets up where nothing is said, by kind of session and path.

Source: API reference on turn_detection; the service's `session.created`. Of a session that only transcribes no source
says it, and some of its models take no turn detection at all.
"""
