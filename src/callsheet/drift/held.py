"""The disagreements with others that are known and held on purpose, each with its reason and what proves it.

What is held here is what they say, not what callsheet says: when they change their mind, it is news again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from callsheet.drift.upstream import Source


class Held(NamedTuple):
    """One disagreement.

    `paths` are paths of a session or of a body, or with `**` at the front the ends of such paths; what an envelope
    carries is meant by its path within the session. `theirs` is what the sources say, None for nothing at all, a
    tuple for any of several values. An entry without `kinds` is about all of them.
    """

    sources: tuple[Source, ...]
    paths: tuple[str, ...]
    aspect: str
    theirs: Any
    why: str
    proof: str
    kinds: tuple[str, ...] = ()

    def covers(self, path: str, aspect: str, theirs: Any) -> bool:
        """Whether a difference is the one that is meant."""
        said = theirs in self.theirs if isinstance(self.theirs, tuple) else theirs == self.theirs
        return said and aspect == self.aspect and any(matches(pattern, path) for pattern in self.paths)


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern of an entry means a path."""
    return path.endswith(pattern[2:]) if pattern.startswith("**") else path == pattern


BOTH: tuple[Source, ...] = ("sdk", "openapi")
SDK: tuple[Source, ...] = ("sdk",)
OPENAPI: tuple[Source, ...] = ("openapi",)
BETA = ("realtime-beta", "transcription-beta")

HELD: tuple[Held, ...] = (
    Held(
        BOTH,
        ("**.format[audio/pcm].rate",),
        "required",
        theirs=False,
        why="PCM without a rate is refused, and the whole body with it.",
        proof="service: Missing required parameter: 'session.audio.input.format.rate'",
    ),
    Held(
        BOTH,
        ("**.format[audio/pcm].type", "**.format[audio/pcmu].type", "**.format[audio/pcma].type"),
        "required",
        theirs=False,
        why="Without `type` nothing says which format is meant.",
        proof="inferred: one of three objects that differ in `type` alone; no body without it is known to be taken",
    ),
    Held(
        BOTH,
        ("audio.input.transcription.model",),
        "required",
        theirs=False,
        why="A transcription without a model is refused.",
        proof="service: Missing required parameter: 'session.audio.input.transcription.model'",
    ),
    Held(
        BOTH,
        ("tools[][function].type", "tools[][function].name"),
        "required",
        theirs=False,
        why="A tool without `type` is refused, and a function without a name cannot be called.",
        proof="service, reported once: `type`; inferred: `name`, for the model calls a function by it",
    ),
    Held(
        BOTH,
        ("audio.input.noise_reduction", "audio.input.transcription"),
        "null",
        theirs=False,
        why="Null turns it off. The service takes it, the text of both sources says so, and their types forbid it.",
        proof="service: recorded sessions; OpenAI's Agents SDK sends `noise_reduction: null` by default",
    ),
    Held(
        BOTH,
        ("include", "audio.input.transcription.language"),
        "null",
        theirs=False,
        why="The service itself prints null here. Whether it takes it nobody has shown, so it is not called a mistake.",
        proof="service: recorded `session.created` events",
        kinds=("realtime", "transcription", "client-secret", "session-update", "call"),
    ),
    Held(
        SDK,
        ("**.parameters", "**.metadata"),
        "type",
        theirs="any",
        why="The package writes `object` for an object with free keys, and `object` is anything in Python.",
        proof="OpenAPI: type object",
    ),
    Held(
        SDK,
        ("tool_choice",),
        "type",
        theirs="string",
        why="A function is named by an object as well: a word that refuses one would be a false alarm.",
        proof="the package's own text, 'or specify a function'; what clients of the beta sent",
        kinds=("realtime-beta",),
    ),
    Held(
        OPENAPI,
        ("output_modalities",),
        "bound",
        theirs=None,
        why="Exactly one: `text` and `audio` together are refused.",
        proof="service: Supported combinations are: ['text'] and ['audio']",
    ),
    Held(
        OPENAPI,
        ("audio.input.transcription.prompt",),
        "bound",
        theirs=None,
        why="A longer prompt is refused.",
        proof="service: string too long. Expected a string with maximum length 1024",
    ),
    Held(
        OPENAPI,
        ("tools[][function].name",),
        "bound",
        theirs=None,
        why="A name with dots, spaces or other signs is refused.",
        proof="service: Invalid 'session.tools[0].name'",
    ),
    Held(
        OPENAPI,
        ("audio.input.turn_detection[server_vad].threshold", "max_output_tokens"),
        "bound",
        theirs=None,
        why="The document gives the bound in prose alone.",
        proof="API reference: threshold 0.0 to 1.0; max_output_tokens from 1",
    ),
    Held(
        OPENAPI,
        (
            "audio.input.turn_detection[server_vad].prefix_padding_ms",
            "audio.input.turn_detection[server_vad].silence_duration_ms",
            "audio.input.turn_detection[server_vad].threshold",
            "max_output_tokens",
            "truncation",
            "prompt.variables.*[input_file].detail",
            "status_code",
        ),
        "default",
        theirs=None,
        why="The document gives the default in prose alone.",
        proof="API reference: the descriptions of these fields",
    ),
    Held(
        OPENAPI,
        ("status_code",),
        "bound",
        theirs=None,
        why="400 to 699 is what SIP has for no; with another status a call is not turned away.",
        proof="RFC 3261, section 21",
        kinds=("reject",),
    ),
    Held(
        SDK,
        ("input_audio_noise_reduction", "input_audio_transcription", "turn_detection", "tracing"),
        "null",
        theirs=False,
        why="Null turns it off; the package says so in its text and forbids it in its types.",
        proof="openai-python 3.51.0: descriptions in the beta types; inferred for the transcript of a transcription",
        kinds=BETA,
    ),
    Held(
        SDK,
        ("model", "input_audio_transcription.model"),
        "open",
        theirs=False,
        why="Azure's preview endpoints still speak the beta shape, and there a model goes by the name of a deployment.",
        proof="openai-python's example for Azure: any name has to pass",
        kinds=BETA,
    ),
    Held(
        SDK,
        ("model",),
        "value",
        theirs=(
            "gpt-realtime",
            "gpt-realtime-2025-08-28",
            "gpt-4o-realtime-preview",
            "gpt-4o-realtime-preview-2024-10-01",
            "gpt-4o-realtime-preview-2024-12-17",
            "gpt-4o-realtime-preview-2025-06-03",
            "gpt-4o-mini-realtime-preview",
            "gpt-4o-mini-realtime-preview-2024-12-17",
        ),
        why="What OpenAI served in the beta shape it serves no more, so there is no list to choose from.",
        proof="OpenAI: the beta interface was shut down on 2026-05-12",
        kinds=("realtime-beta",),
    ),
    Held(
        SDK,
        ("input_audio_transcription.model",),
        "value",
        theirs=("gpt-4o-transcribe", "gpt-4o-mini-transcribe", "whisper-1"),
        why="As for `model`; and the beta types of realtime sessions have no list here either.",
        proof="openai-python 3.51.0: `model: str` in beta/realtime/session_create_params.py",
        kinds=("transcription-beta",),
    ),
)
"""Every one of them is needed: a test fails where an entry matches nothing any more."""


_BY_ASPECT: dict[str, list[Held]] = {}
for _entry in HELD:
    _BY_ASPECT.setdefault(_entry.aspect, []).append(_entry)


def held(source: Source, kind: str, path: str, aspect: str, theirs: Any) -> Held | None:
    """The entry that holds a difference, or None."""
    for entry in _BY_ASPECT.get(aspect, ()):
        if source in entry.sources and (not entry.kinds or kind in entry.kinds) and entry.covers(path, aspect, theirs):
            return entry
    return None
