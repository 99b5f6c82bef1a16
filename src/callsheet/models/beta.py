"""The flat sessions of the beta API, which OpenAI shut down and Azure's preview endpoints still speak.

They are modelled as the beta types of openai-python have them. The OpenAPI document describes for the first of
the two what the service answered, not what it took.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from callsheet.models.base import WHOLE, Integer, Known, Maybe, Part, field
from callsheet.models.conversation import Tracing

_SDK = "openai-python 3.51.0, beta types"
_PROSE = "openai-python 3.51.0, beta types; bounds from the API reference (prose)"


class BetaTurnDetection(Part):
    """How the service noticed turns. One object served both ways, so nothing here depends on `type`."""

    type: Maybe[Literal["server_vad", "semantic_vad"]] = field(
        "By loudness (`server_vad`) or by meaning (`semantic_vad`).", source=_SDK
    )
    create_response: Maybe[bool] = field(
        "Whether the model answers by itself at the end of a turn. Without effect where nobody answers.", source=_SDK
    )
    eagerness: Maybe[Literal["low", "medium", "high", "auto"]] = field(
        "For `semantic_vad`: how soon the model takes its turn. `auto` is `medium`.", default="auto", source=_SDK
    )
    interrupt_response: Maybe[bool] = field(
        "Whether the caller can cut the model off by speaking. Without effect where nobody answers.", source=_SDK
    )
    prefix_padding_ms: Maybe[Integer] = field(
        "For `server_vad`: milliseconds of audio kept from before speech was noticed.", default=300, source=_SDK
    )
    silence_duration_ms: Maybe[Integer] = field(
        "For `server_vad`: milliseconds of silence that end a turn.", default=500, source=_SDK
    )
    threshold: Maybe[float] = field(
        "For `server_vad`: loudness from 0.0 to 1.0 above which audio counts as speech.",
        default=0.5,
        ge=0,
        le=1,
        source=_PROSE,
    )


class BetaTranscription(Part):
    """Writes down what the caller says. The lists of words and languages came with today's shape."""

    model: Maybe[str] = field(
        "The model that writes: `whisper-1`, `gpt-4o-transcribe` or `gpt-4o-mini-transcribe`; on Azure, the name of "
        "your deployment.",
        source=_SDK,
        examples=["gpt-4o-transcribe"],
    )
    language: Maybe[str] = field(
        "The language that is spoken, as a two-letter ISO 639-1 code.", source=_SDK, examples=["de"]
    )
    prompt: Maybe[str] = field(
        "What to expect: a list of words for `whisper-1`, free text for the others.",
        source=_SDK,
        examples=["A patient books an appointment with a dentist."],
    )


class BetaNoiseReduction(Part):
    """Takes noise out of the caller's audio. How much, could not be set."""

    type: Maybe[Literal["near_field", "far_field"]] = field(
        "Where the microphone is: `near_field` for a handset or headset, `far_field` for one across a room.",
        source=_SDK,
    )


class BetaTool(Part):
    """A function of your own. There were no other tools, so even `type` may be left out."""

    type: Maybe[Literal["function"]] = field("What kind of tool: `function` is the only one.", source=_SDK)
    name: Maybe[str] = field("The name by which the model calls it.", source=_SDK, examples=["transfer_call"])
    description: Maybe[str] = field(
        "When to call it, and what to tell the caller meanwhile.",
        source=_SDK,
        examples=["Put the caller through to a person."],
    )
    parameters: Maybe[dict[str, Any]] = field(
        "The arguments, as a JSON Schema of type `object`.",
        source=_SDK,
        examples=[{"type": "object", "properties": {"extension": {"type": "string"}}}],
    )


class BetaExpiresAfter(Part):
    """How long the client secret of a flat session is good for."""

    anchor: Literal["created_at"] = field(
        "From when the time counts; `created_at`, the moment of creation, has to be said.", required=True, source=_SDK
    )
    seconds: Maybe[Integer] = field(
        "Seconds until the secret expires, from 10 to 7200.", ge=10, le=7200, source=_PROSE, examples=[600]
    )


class BetaClientSecret(Part):
    """What is asked of the client secret that comes with a new session."""

    expires_after: Maybe[BetaExpiresAfter] = field(
        "When the secret expires.", source=_SDK, examples=[{"anchor": "created_at", "seconds": 600}]
    )


class BetaExpiresAt(Part):
    """How long the client secret of a flat transcription session is good for."""

    anchor: Maybe[Literal["created_at"]] = field(
        "From when the time counts: `created_at`, the moment of creation.", default="created_at", source=_SDK
    )
    seconds: Maybe[Integer] = field(
        "Seconds until the secret expires, from 10 to 7200.", ge=10, le=7200, source=_PROSE, examples=[600]
    )


class BetaTranscriptionSecret(Part):
    """What is asked of the client secret; the key has another name here than in a realtime session."""

    expires_at: Maybe[BetaExpiresAt] = field("When the secret expires.", source=_SDK, examples=[{"seconds": 600}])


class BetaSession(Part):
    """A conversation in the flat shape: body of `POST /v1/realtime/sessions`, and of `session.update` in its time.

    OpenAI shut the interface down on 2026-05-12. It names no `type`.
    """

    model: Maybe[str] = field(
        "The model that talks; on Azure, the name of your deployment. The beta API knew eight.",
        source=_SDK,
        examples=["gpt-realtime"],
    )
    instructions: Maybe[str] = field(
        "Who the model is on this line and how it shall speak and act. Unset, the service uses a text of its own.",
        source=_SDK,
        examples=["You answer the phone of a dental clinic."],
    )
    modalities: Maybe[list[Literal["text", "audio"]]] = field(
        "How the model answers. Here both go together; `text` alone silences it.",
        min_length=1,
        source=f"{_SDK}; an empty list is inferred to be a mistake",
        examples=[["text", "audio"], ["text"]],
    )
    voice: Maybe[Annotated[str, Known("beta-voice")]] = field(
        "Who speaks. Fixed once the model has spoken.", source=_SDK, examples=["alloy"]
    )
    speed: Maybe[float] = field(
        "How fast the speech is played, from 0.25 to 1.5 times its natural pace.",
        default=1,
        ge=0.25,
        le=1.5,
        source=_PROSE,
        examples=[1.1],
    )
    temperature: Maybe[float] = field(
        "How freely the model chooses its words, from 0.6 to 1.2. OpenAI's advice for speech is 0.8.",
        default=0.8,
        ge=0.6,
        le=1.2,
        source=_PROSE,
        examples=[0.8],
    )
    max_response_output_tokens: Maybe[Literal["inf"] | Annotated[int, Field(ge=1), WHOLE]] = field(
        "Most tokens that one answer may take, tool calls included; `inf` leaves it to the model. The reference says "
        "1 to 4096.",
        default="inf",
        source=_PROSE,
        examples=[1000, "inf"],
    )
    input_audio_format: Maybe[Literal["pcm16", "g711_ulaw", "g711_alaw"]] = field(
        "How the caller's audio is coded: a word, `pcm16` being 24 kHz.", source=_SDK, examples=["g711_ulaw"]
    )
    output_audio_format: Maybe[Literal["pcm16", "g711_ulaw", "g711_alaw"]] = field(
        "How the model's audio is coded: a word, `pcm16` being 24 kHz.", source=_SDK, examples=["g711_ulaw"]
    )
    input_audio_transcription: BetaTranscription | None = field(
        "Transcript of the caller's words, made beside the conversation. Off unless set; null turns it off again.",
        source=f"{_SDK}; null in their prose",
        examples=[{"model": "whisper-1"}],
    )
    input_audio_noise_reduction: BetaNoiseReduction | None = field(
        "Noise reduction for the caller's audio. Null turns it off.",
        source=f"{_SDK}; null in their prose",
        examples=[{"type": "near_field"}],
    )
    turn_detection: BetaTurnDetection | None = field(
        "How the service notices turns. Null: it does not, and your code asks for each answer.",
        source=f"{_SDK}; null in their prose",
        examples=[{"type": "server_vad", "silence_duration_ms": 400}],
    )
    tools: Maybe[list[BetaTool]] = field(
        "The functions that the model may call.",
        source=_SDK,
        examples=[[{"type": "function", "name": "transfer_call"}]],
    )
    tool_choice: Maybe[str | dict[str, Any]] = field(
        "Whether the model calls tools: `auto`, `none`, `required`, or one function, by its name or as an object.",
        source=f"{_SDK}: a string; their prose: 'or specify a function', for which clients send an object",
        examples=["auto"],
    )
    tracing: Tracing | None = field(
        "Records the session for OpenAI's traces dashboard: `auto`, or an object with labels of yours. Null is off.",
        source=f"{_SDK}; null in their prose",
        examples=["auto", {"workflow_name": "front-desk"}],
    )
    client_secret: Maybe[BetaClientSecret] = field(
        "What is asked of the client secret that the answer brings. An update has none.",
        source=_SDK,
        examples=[{"expires_after": {"anchor": "created_at", "seconds": 600}}],
    )


class BetaTranscriptionSession(Part):
    """Speech to text in the flat shape: body of `POST /v1/realtime/transcription_sessions`.

    OpenAI shut the interface down on 2026-05-12. Nobody answers, so there is no model, voice or tool here.
    """

    input_audio_format: Maybe[Literal["pcm16", "g711_ulaw", "g711_alaw"]] = field(
        "How the audio is coded: a word, `pcm16` being 24 kHz.", default="pcm16", source=_SDK, examples=["g711_ulaw"]
    )
    input_audio_transcription: BetaTranscription | None = field(
        "The model that writes, and what helps it.",
        source=f"{_SDK}; null as in the other flat session",
        examples=[{"model": "gpt-4o-transcribe"}],
    )
    input_audio_noise_reduction: BetaNoiseReduction | None = field(
        "Noise reduction for the audio. Null turns it off.",
        source=f"{_SDK}; null in their prose",
        examples=[{"type": "near_field"}],
    )
    turn_detection: BetaTurnDetection | None = field(
        "How the service cuts the audio into turns. Null: it does not, and your code marks them.",
        source=f"{_SDK}; null in their prose",
        examples=[{"type": "server_vad", "silence_duration_ms": 400}],
    )
    include: Maybe[list[str]] = field(
        "Extras in what the service sends, such as the log probabilities of the transcript's tokens.",
        source=_SDK,
        examples=[["item.input_audio_transcription.logprobs"]],
    )
    modalities: Maybe[list[Literal["text", "audio"]]] = field(
        "Known to the types of the SDK alone; where nobody answers it sets nothing.",
        min_length=1,
        source=f"{_SDK}; an empty list is inferred to be a mistake",
        examples=[["text"]],
    )
    client_secret: Maybe[BetaTranscriptionSecret] = field(
        "What is asked of the client secret that the answer brings. An update has none.",
        source=_SDK,
        examples=[{"expires_at": {"anchor": "created_at", "seconds": 600}}],
    )
