"""What a `session.update` can change of a session that is open: what is not like the rest, each with its source.

An update changes the keys that it has and leaves the others as they are; every setting can be changed but those below.
Source of that: the reference of session.update in openai-python 3.51.0, and partial updates that the service merged.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

Bar: TypeAlias = Literal["refused", "condition"]


class Live(NamedTuple):
    """A setting that an open session holds on to.

    `bar` is "refused" where it cannot be changed at all, "condition" where it can at certain times. `once_on` says that
    it can still be set where it was not on before. `says` goes on after the name of the setting.
    """

    bar: Bar
    says: str
    source: str
    once_on: bool = False


class Unset(NamedTuple):
    """What an update must send to take a setting back; `note` says what is not quite as if it had never been set."""

    value: Any
    source: str
    note: str | None = None


LIVE: dict[str, Live] = {
    "type": Live(
        "refused",
        "is fixed when the connection opens",
        "service: Passing a transcription session update event to a realtime session is not allowed",
    ),
    "model": Live(
        "refused",
        "cannot change in an open session",
        "reference of session.update: any field except for `voice` and `model`",
    ),
    "audio.output.voice": Live(
        "condition",
        "can change until the model has spoken; leave it out after that, or the whole update is refused",
        "service: Cannot update a conversation's voice if assistant audio is present",
    ),
    "audio.output.speed": Live(
        "condition",
        "can change between turns only, not while an answer is being spoken",
        "API reference on speed",
    ),
    "tracing": Live(
        "refused",
        "cannot be changed, nor turned off, once it is on",
        "API reference on tracing: once tracing is enabled for a session, the configuration cannot be modified",
        once_on=True,
    ),
}
"""By dotted path."""

_CLEARS = "reference of session.update"
UNSET: dict[str, Unset] = {
    "instructions": Unset(
        "",
        f"{_CLEARS}: to clear a field like `instructions`, pass an empty string",
        "is cleared by an empty text; whether the service's own text comes back then, no source says",
    ),
    "tools": Unset([], f"{_CLEARS}: to clear a field like `tools`, pass an empty array"),
    "audio.input.turn_detection": Unset(
        None,
        f"{_CLEARS}: to clear a field like `turn_detection`, pass null",
        "is turned off by null; whether it is off where a transcription session leaves it out, no source says",
    ),
    "audio.input.noise_reduction": Unset(None, f"{_CLEARS}: noise_reduction: null"),
    "audio.input.transcription": Unset(None, "API reference: set to null to turn it off once on"),
    "audio.input.transcription.keywords": Unset([], "an empty list clears them, as a public client sends it"),
    "audio.input.transcription.prompt": Unset("", "an empty text clears it, as a public client sends it"),
}
"""What takes a setting back, by dotted path, where neither its default nor null does, or where a source says so."""
