"""Live translation: sessions of `/v1/realtime/translations`, which have no `type`, no tools and no turns."""

from __future__ import annotations

from typing import Literal

from callsheet.models.base import Maybe, Part, field, tag
from callsheet.models.envelope import ExpiresAfter

TRANSLATION = "2026-05-13"
"""The first OpenAPI document with translation sessions."""


class TranslationNoiseReduction(Part):
    """Takes noise out of the speaker's audio. Here, unlike in other sessions, `type` must be given."""

    type: Literal["near_field", "far_field"] = field(
        "Where the microphone is: `near_field` for a headset, `far_field` for a room.", since=TRANSLATION, required=True
    )
    strength: Maybe[float] = field(
        "How much of the reduction to apply, from 0 to 1. Starts at 1; left out of an update, it stays as it is.",
        since="2026-11-05",
        bounded="2026-11-11",
        default=1,
        ge=0,
        le=1,
        source="openai-python 3.51.0; bounds from the API reference (prose)",
    )


class TranslationTranscription(Part):
    """Writes down what the speaker says in the original language."""

    model: str = field(
        "The model that writes the transcript.", since=TRANSLATION, required=True, examples=["gpt-realtime-whisper"]
    )


class TranslationInput(Part):
    """The speaker's audio: 24 kHz PCM over WebSocket, whatever WebRTC agrees on otherwise."""

    noise_reduction: TranslationNoiseReduction | None = field(
        "Noise reduction before the translation; null turns it off.", since=TRANSLATION
    )
    transcription: TranslationTranscription | None = field(
        "A transcript of the original; null turns it off.", since=TRANSLATION
    )


class TranslationOutput(Part):
    """The translated audio."""

    language: Maybe[str] = field("The language to translate into.", since=TRANSLATION, examples=["es"])


class TranslationAudio(Part):
    """The audio in both directions."""

    input: Maybe[TranslationInput] = field("What the speaker says.", since=TRANSLATION)
    output: Maybe[TranslationOutput] = field("What the listener hears.", since=TRANSLATION)


class TranslationSession(Part):
    """A live translation. It names no `type`; what it is follows from the endpoint."""

    model: str = field(
        "The model that translates. An update cannot change it.",
        since=TRANSLATION,
        required=True,
        examples=["gpt-realtime-translate"],
    )
    audio: Maybe[TranslationAudio] = field("The audio in both directions.", since=TRANSLATION)


class TranslationChange(Part):
    """What an update can change of a translation session: its audio, and nothing else."""

    audio: Maybe[TranslationAudio] = field("The audio in both directions.", since=TRANSLATION)


class TranslationSecret(Part):
    """Body of `POST /v1/realtime/translations/client_secrets`: asks for a key that opens one translation."""

    session: TranslationSession = field("The session that the key opens.", since=TRANSLATION, required=True)
    expires_after: Maybe[ExpiresAfter] = field(
        "When the key expires. Unset, ten minutes after it was made.", since=TRANSLATION
    )


class TranslationUpdate(Part, tagged=True):
    """Event that changes an open translation session."""

    type: Literal["session.update"] = tag("session.update", "Changes the session that is open.", since=TRANSLATION)
    event_id: Maybe[str] = field(
        "A name of yours for this event, at most 512 characters, which an error that it causes repeats.",
        since=TRANSLATION,
        max_length=512,
        source="OpenAPI f85dbe2 (no bound in the SDK)",
    )
    session: TranslationChange = field("What changes.", since=TRANSLATION, required=True)
