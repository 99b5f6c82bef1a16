"""Where callsheet differs from the notes on purpose, and which source decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Held(NamedTuple):
    """One difference: what callsheet has at a row, in some bodies of the notes, and why."""

    bodies: tuple[str, ...]
    row: str
    aspect: str
    ours: Any
    why: str


SESSIONS = ("realtime", "transcription")
REALTIME = ("realtime",)
BETA = ("beta.session", "beta.transcription_session")
_PROSE = "the reference gives the bounds in its text; no schema has them"
_OFF = "the service takes null, which turns it off"
_TAG = "without its type the service cannot tell a format; the union of the schemas is by this key"
_BETA_OFF = "the text of the SDK's beta types lets null turn it off; the types do not"
_NO_LIST = "the types list names, but Azure, where alone the shape still runs, takes names of deployments"


def _formats() -> Iterator[Held]:
    for bodies, at in ((SESSIONS, "audio.input.format"), (REALTIME, "audio.output.format")):
        yield Held(
            bodies, f"{at}[audio/pcm].rate", "required", ours=True, why="the service refuses PCM without its rate"
        )
        for variant in ("audio/pcm", "audio/pcmu", "audio/pcma"):
            yield Held(bodies, f"{at}[{variant}].type", "required", ours=True, why=_TAG)


HELD: tuple[Held, ...] = (
    *_formats(),
    Held(SESSIONS, "audio.input.transcription.model", "required", ours=True, why="the service refuses it without"),
    Held(REALTIME, "tools[][function].name", "required", ours=True, why="the service refuses a function without"),
    Held(REALTIME, "tools[][function].type", "required", ours=True, why="the service tells tools by it"),
    Held(SESSIONS, "audio.input.noise_reduction", "null", ours=True, why=_OFF),
    Held(SESSIONS, "audio.input.transcription", "null", ours=True, why=_OFF),
    Held(BETA, "input_audio_noise_reduction", "null", ours=True, why=_BETA_OFF),
    Held(BETA, "input_audio_transcription", "null", ours=True, why=_BETA_OFF),
    Held(BETA, "turn_detection", "null", ours=True, why=_BETA_OFF),
    Held(BETA[:1], "tracing", "null", ours=True, why=_BETA_OFF),
    Held(
        (*SESSIONS, "translation"),
        "audio.input.noise_reduction.strength",
        "bounds",
        ours={"minimum": 0, "maximum": 1},
        why=_PROSE,
    ),
    Held(
        SESSIONS, "audio.input.transcription.prompt", "bounds", ours={"maxLength": 1024}, why="the service's own error"
    ),
    Held(
        SESSIONS,
        "audio.input.turn_detection[server_vad].threshold",
        "bounds",
        ours={"minimum": 0, "maximum": 1},
        why=_PROSE,
    ),
    Held(REALTIME, "max_output_tokens", "bounds", ours={"minimum": 1}, why=_PROSE),
    Held(
        REALTIME,
        "output_modalities",
        "bounds",
        ours={"minItems": 1, "maxItems": 1},
        why="the service takes one of the two, and no list of none or both",
    ),
    Held(
        REALTIME,
        "tools[][function].name",
        "bounds",
        ours={"pattern": "^[a-zA-Z0-9_-]+$"},
        why="the service's own error",
    ),
    Held(("call.reject",), "status_code", "bounds", ours={"minimum": 400, "maximum": 699}, why="SIP: RFC 3261"),
    Held(BETA[:1], "client_secret.expires_after.seconds", "bounds", ours={"minimum": 10, "maximum": 7200}, why=_PROSE),
    Held(BETA[1:], "client_secret.expires_at.seconds", "bounds", ours={"minimum": 10, "maximum": 7200}, why=_PROSE),
    Held(BETA, "turn_detection.threshold", "bounds", ours={"minimum": 0, "maximum": 1}, why=_PROSE),
    Held(BETA[:1], "max_response_output_tokens", "bounds", ours={"minimum": 1}, why=_PROSE),
    Held(BETA[:1], "temperature", "bounds", ours={"minimum": 0.6, "maximum": 1.2}, why=_PROSE),
    Held(BETA, "modalities", "bounds", ours={"minItems": 1}, why="a list of none would leave no way to answer"),
    Held(
        BETA[:1],
        "client_secret",
        "required",
        ours=False,
        why="OpenAPI describes what the service answered, the SDK what it took",
    ),
    Held(
        BETA[:1],
        "tool_choice",
        "type",
        ours=["object", "string"],
        why="the SDK's text says 'or specify a function', for which clients sent an object",
    ),
    Held(BETA[:1], "model", "open", ours=True, why=_NO_LIST),
    Held(BETA[:1], "model", "values", ours=[], why=_NO_LIST),
    Held(BETA[1:], "input_audio_transcription.model", "open", ours=True, why=_NO_LIST),
    Held(BETA[1:], "input_audio_transcription.model", "values", ours=[], why=_NO_LIST),
    Held(REALTIME, "tracing", "default", ours=None, why="off: OpenAPI says null since 2026-02-17; `auto` is a copy's"),
    Held(BETA[:1], "tracing", "default", ours=None, why="off, as in today's sessions; `auto` is what true would mean"),
    Held(REALTIME, "audio.input.format", "since", ours="2025-09-08", why="until then a word, and no object"),
    Held(REALTIME, "audio.output.format", "since", ours="2025-09-08", why="until then a word, and no object"),
    Held(SESSIONS, "audio.input.turn_detection", "since", ours="2025-09-12", why="until then one flat object"),
    Held(
        REALTIME,
        "model",
        "value since",
        ours={"gpt-realtime": "2025-09-02", "gpt-realtime-2025-08-28": "2025-09-02"},
        why="announced before the first SDK that has sessions of this shape, and so before there was a key for it",
    ),
)
