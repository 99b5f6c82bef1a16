"""The two kinds of session: one in which the model talks, and one that only writes down."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from callsheet.models.audio import OBJECTS, REALTIME_2, Audio, AudioInput
from callsheet.models.base import WHOLE, Known, Maybe, Part, field, tag
from callsheet.models.conversation import Reasoning, Tracing, Truncation
from callsheet.models.prompt import Prompt
from callsheet.models.tool import Tool, ToolChoice


class Session(Part):
    """A session of either kind. Which one it is, `type` says, and it cannot change during a connection."""


class RealtimeSession(Session, tagged=True):
    """A conversation: the model listens, calls tools and answers aloud or in text.

    The body of a SIP accept is this object itself.
    """

    type: Literal["realtime"] = tag(
        "realtime", "A conversation with a model. Needed in every body, in a partial update too."
    )
    model: Maybe[Annotated[str, Known("model")]] = field(
        "The model that talks; on Azure, the name of your deployment. An update cannot change it.",
        examples=["gpt-realtime-2.1"],
    )
    instructions: Maybe[str] = field(
        "Who the model is on this line and how it shall speak and act. Unset, the service uses a text of its "
        "own; an empty string in an update clears what was set.",
        examples=["You answer the phone of a dental clinic. Keep to one or two sentences."],
    )
    output_modalities: Maybe[list[Literal["text", "audio"]]] = field(
        'How the model answers: `["audio"]`, which brings a transcript along, or `["text"]`. Both together '
        "are refused.",
        default=["audio"],
        min_length=1,
        max_length=1,
        source="service: Supported combinations are: ['text'] and ['audio'] (no bound in the schemas)",
        examples=[["audio"], ["text"]],
    )
    audio: Maybe[Audio] = field(
        "The audio in both directions. What an update leaves out stays as it is.",
        examples=[{"output": {"voice": "marin"}}],
    )
    tools: Maybe[list[Tool]] = field(
        "What the model may call. An empty list in an update takes all tools away.",
        examples=[[{"type": "function", "name": "transfer_call"}]],
    )
    tool_choice: Maybe[ToolChoice] = field(
        "Whether the model calls tools: `auto` as it sees fit, `none` never, `required` at least one, or the "
        "one that is named.",
        default="auto",
        examples=["auto", {"type": "function", "name": "transfer_call"}],
    )
    parallel_tool_calls: Maybe[bool] = field(
        "Whether the model may call several tools at once. For reasoning models, such as `gpt-realtime-2.1`.",
        since=REALTIME_2,
        needs="parallel_tool_calls",
    )
    max_output_tokens: Maybe[Literal["inf"] | Annotated[int, Field(ge=1), WHOLE]] = field(
        "Most tokens that one answer may take, tool calls included; `inf` leaves it to the model. An answer "
        "that gets there is cut off. The reference says 1 to 4096; newer models allow more.",
        default="inf",
        source="openai-python 3.51.0; API reference (prose; no schema bounds)",
        examples=[1000, "inf"],
    )
    truncation: Maybe[Truncation] = field(
        "What happens when the conversation outgrows the context: `auto` drops the oldest part, `disabled` "
        "fails with an error, and a ratio drops more at once and less often.",
        default="auto",
        examples=["auto", {"type": "retention_ratio", "retention_ratio": 0.8}],
    )
    reasoning: Maybe[Reasoning] = field(
        "How hard the model thinks. For reasoning models, such as `gpt-realtime-2.1`.",
        since=REALTIME_2,
        examples=[{"effort": "low"}],
        needs="reasoning",
    )
    tracing: Tracing | None = field(
        "Records the session for OpenAI's traces dashboard: `auto`, or an object with labels of yours. Null "
        "or unset is off. Once on, it cannot be changed.",
        examples=["auto", {"workflow_name": "front-desk"}],
    )
    prompt: Prompt | None = field(
        "A prompt that is stored at OpenAI. Stored prompts end on 2026-11-30: move the text to `instructions`.",
        examples=[{"id": "pmpt_5f1c0a", "version": "3"}],
    )
    include: list[Literal["item.input_audio_transcription.logprobs"]] | None = field(
        "Extras in what the service sends: log probabilities of the transcript's tokens are the only one.",
        unproven_null=True,
        examples=[["item.input_audio_transcription.logprobs"]],
    )


class TranscriptionAudio(Part):
    """The audio of a session that only writes down: it has an input and nothing else."""

    input: Maybe[AudioInput] = field(
        "The audio to write down, and in `transcription` the model that does it.",
        since=OBJECTS,
        examples=[{"transcription": {"model": "gpt-live-transcribe"}}],
    )


class TranscriptionSession(Session, tagged=True):
    """Speech to text as it is spoken. Nobody answers, so there is no model, voice or tool here."""

    type: Literal["transcription"] = tag(
        "transcription", "Speech to text only. Needed in every body, in a partial update too."
    )
    audio: Maybe[TranscriptionAudio] = field(
        "The audio to write down.",
        since=OBJECTS,
        examples=[{"input": {"transcription": {"model": "gpt-live-transcribe"}}}],
    )
    include: list[Literal["item.input_audio_transcription.logprobs"]] | None = field(
        "Extras in what the service sends: log probabilities of the transcript's tokens are the only one.",
        unproven_null=True,
        examples=[["item.input_audio_transcription.logprobs"]],
    )


AnySession = Annotated[RealtimeSession | TranscriptionSession, Field(discriminator="type")]
"""A session of the kind that its `type` names."""
