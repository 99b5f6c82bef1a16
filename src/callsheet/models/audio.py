"""Audio: what comes in from the caller, and what goes out to the caller."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from callsheet.models.base import WHOLE, Known, Maybe, Part, field, tag
from callsheet.models.turn_detection import TurnDetection

OBJECTS = "2025-09-08"
"""Before openai-python 1.107.0 an audio format was a plain string."""

REALTIME_2 = "2026-05-07"
"""The release that brought gpt-realtime-2 and gpt-realtime-whisper."""

HINTS = "2026-07-28"
"""The release that brought gpt-transcribe and gpt-live-transcribe."""


class PcmFormat(Part, tagged=True):
    """Uncompressed audio: 16-bit little-endian samples, one channel, 24 kHz."""

    type: Literal["audio/pcm"] = tag("audio/pcm", "16-bit PCM, one channel.", since=OBJECTS)
    rate: Annotated[Literal[24000], WHOLE] = field(
        "Samples per second. 24000 is the only rate, and it has to be said: without it the whole body is refused.",
        since=OBJECTS,
        required=True,
        source="service: Missing required parameter: 'session.audio.input.format.rate' (optional in the schemas)",
        examples=[24000],
    )


class PcmuFormat(Part, tagged=True):
    """Telephone audio as in North America and Japan: G.711 u-law, 8 kHz. Takes no `rate`."""

    type: Literal["audio/pcmu"] = tag("audio/pcmu", "G.711 u-law, 8 kHz.", since=OBJECTS)


class PcmaFormat(Part, tagged=True):
    """Telephone audio as in most of the world: G.711 A-law, 8 kHz. Takes no `rate`."""

    type: Literal["audio/pcma"] = tag("audio/pcma", "G.711 A-law, 8 kHz.", since=OBJECTS)


AudioFormat = Annotated[PcmFormat | PcmuFormat | PcmaFormat, Field(discriminator="type")]
"""How audio is coded on the wire: always an object, never a bare name such as `pcm16`."""


class NoiseReduction(Part):
    """Takes noise out of the caller's audio before turn detection and the model get it."""

    type: Maybe[Literal["near_field", "far_field"]] = field(
        "Where the microphone is: `near_field` for a handset or headset, `far_field` for one across a desk or a room.",
    )
    strength: Maybe[float] = field(
        "How much of the reduction to apply, from 0 to 1. Starts at 1; left out of an update, it stays as it is.",
        since="2026-11-05",
        bounded="2026-11-11",
        default=1,
        ge=0,
        le=1,
        source="openai-python 3.51.0; bounds from the API reference (prose)",
        examples=[0.5],
    )


class Transcription(Part):
    """Writes down what the caller says. In a conversation the model hears audio and does not read this."""

    model: Annotated[str, Known("transcription-model")] = field(
        "The model that writes the transcript. Required as soon as `transcription` is there.",
        required=True,
        source="service: Missing required parameter: 'session.audio.input.transcription.model' (optional in "
        "the schemas)",
        examples=["gpt-live-transcribe", "gpt-realtime-whisper"],
    )
    delay: Maybe[Literal["minimal", "low", "medium", "high", "xhigh"]] = field(
        "How long to listen before text comes out: longer is later and more accurate. For "
        "`gpt-realtime-whisper`; the sources disagree about `gpt-live-transcribe`.",
        since=REALTIME_2,
        needs="delay",
    )
    keywords: Maybe[list[str]] = field(
        "Names and terms to expect. `gpt-transcribe` and `gpt-live-transcribe` only; with another model the "
        "whole body is refused. An empty list clears them.",
        since=HINTS,
        examples=[["Kowalczyk", "Ostrów", "IBAN"]],
        needs="keywords",
    )
    language: str | None = field(
        "The language that is spoken, as a two-letter ISO 639-1 code. One string, not a list. Unset, the "
        "model guesses.",
        unproven_null=True,
        examples=["de"],
        needs="language",
    )
    languages: Maybe[list[str]] = field(
        "The languages that may be spoken, as two-letter ISO 639-1 codes, at least one. `gpt-transcribe` and "
        "`gpt-live-transcribe` only.",
        since=HINTS,
        min_length=1,
        examples=[["de", "en"]],
        needs="languages",
    )
    prompt: Maybe[str] = field(
        "Context for the transcript, at most 1024 characters: a list of words for `whisper-1`, free text for "
        "the newer models. `gpt-realtime-whisper` takes none. An empty string clears it.",
        max_length=1024,
        source="service: string too long. Expected a string with maximum length 1024 (no bound in the schemas)",
        examples=["A patient books an appointment with a dentist."],
        needs="prompt",
    )


class CustomVoice(Part):
    """A voice of your own, made from recorded samples."""

    id: str = field(
        "The voice's id, as your account lists it.",
        since="2026-02-17",
        required=True,
        examples=["voice_5f1c0a"],
    )


Voice = Annotated[str, Known("voice")] | CustomVoice
"""The name of a built-in voice, or the id of a custom one."""


class AudioInput(Part):
    """The caller's audio on its way in."""

    format: Maybe[AudioFormat] = field(
        "How the incoming audio is coded. A SIP call negotiates this by itself; OpenAI's advice there is to "
        "leave it out.",
        examples=[{"type": "audio/pcmu"}, {"type": "audio/pcm", "rate": 24000}],
    )
    noise_reduction: NoiseReduction | None = field(
        "Noise reduction for the incoming audio; fewer false starts on a bad line. Off unless set; null "
        "turns it off again.",
        source="service: takes null (the SDK and OpenAPI types do not)",
        examples=[{"type": "near_field"}],
    )
    transcription: Transcription | None = field(
        "Transcript of the caller's words, made beside the conversation by another model. Off unless set; "
        "null turns it off again.",
        source="service: takes null (the SDK and OpenAPI types do not)",
        examples=[{"model": "gpt-live-transcribe"}],
    )
    turn_detection: TurnDetection | None = field(
        "How the service notices that the caller begins or stops speaking. Null: it does not, and your code "
        "marks the turns. Unset, a realtime session uses `server_vad`.",
        examples=[{"type": "server_vad", "silence_duration_ms": 400}],
    )


class AudioOutput(Part):
    """The model's voice on its way out."""

    format: Maybe[AudioFormat] = field(
        "How the outgoing audio is coded. A SIP call negotiates this by itself; OpenAI's advice there is to "
        "leave it out.",
        examples=[{"type": "audio/pcmu"}, {"type": "audio/pcm", "rate": 24000}],
    )
    speed: Maybe[float] = field(
        "How fast the speech is played, from 0.25 to 1.5 times its natural pace. Can change between turns, "
        "not in the middle of an answer.",
        default=1,
        ge=0.25,
        le=1.5,
        examples=[1.1],
    )
    voice: Maybe[Voice] = field(
        "Who speaks: a built-in voice by name, or a custom one by `id`. Fixed once the model has spoken; an "
        "update that changes it then is refused as a whole.",
        default="alloy",
        examples=["marin", {"id": "voice_5f1c0a"}],
    )


class Audio(Part):
    """Both directions of a call."""

    input: Maybe[AudioInput] = field("The caller's audio: format, noise reduction, transcript, turns.")
    output: Maybe[AudioOutput] = field("The model's audio: format, voice, pace.")
