"""Turn detection: how the service decides that the caller has begun or finished to speak."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from callsheet.models.base import Integer, Maybe, Part, field, tag

UNION = "2025-09-12"
"""Before openai-python 1.107.2 turn detection was one flat object."""


class ServerVad(Part, tagged=True):
    """Turn detection by loudness: speech begins above a threshold and ends after a stretch of silence."""

    type: Literal["server_vad"] = tag("server_vad", "Turn detection by loudness.", since=UNION)
    create_response: Maybe[bool] = field(
        "Whether the model answers by itself when the caller stops. With `interrupt_response: false` an answer "
        "can still fail to start while another one is being spoken.",
        since=UNION,
        default=True,
    )
    idle_timeout_ms: Integer | None = field(
        "Milliseconds of silence, counted from the end of the last spoken answer, after which the model speaks "
        "up unasked. Emits `input_audio_buffer.timeout_triggered`.",
        since=UNION,
        ge=5000,
        le=30000,
        examples=[10000],
    )
    interrupt_response: Maybe[bool] = field(
        "Whether the caller can cut the model off by speaking. With `create_response` false as well, the model "
        "never answers by itself.",
        since=UNION,
        default=True,
    )
    prefix_padding_ms: Maybe[Integer] = field(
        "Milliseconds of audio kept from before the moment at which speech was noticed.",
        since=UNION,
        default=300,
    )
    silence_duration_ms: Maybe[Integer] = field(
        "Milliseconds of silence that end a turn. Shorter answers sooner and talks over short pauses. The "
        "reference says 500 by default; the live service reports 200.",
        since=UNION,
        default=500,
    )
    threshold: Maybe[float] = field(
        "Loudness from 0.0 to 1.0 above which audio counts as speech. Raise it where the caller's surroundings "
        "are noisy.",
        since=UNION,
        default=0.5,
        ge=0,
        le=1,
        source="API reference (prose; no schema bounds)",
    )


class SemanticVad(Part, tagged=True):
    """Turn detection by meaning: a model judges whether the caller has finished the thought."""

    type: Literal["semantic_vad"] = tag("semantic_vad", "Turn detection by meaning.", since=UNION)
    create_response: Maybe[bool] = field(
        "Whether the model answers by itself when the caller has finished.", since=UNION, default=True
    )
    eagerness: Maybe[Literal["low", "medium", "high", "auto"]] = field(
        "How soon the model takes its turn: it waits at most 8 s with `low`, 4 s with `medium`, 2 s with "
        "`high`. `auto` is `medium`.",
        since=UNION,
        default="auto",
    )
    interrupt_response: Maybe[bool] = field(
        "Whether the caller can cut the model off by speaking.", since=UNION, default=True
    )


TurnDetection = Annotated[ServerVad | SemanticVad, Field(discriminator="type")]
"""One of the two ways; they share no field but `create_response` and `interrupt_response`."""
