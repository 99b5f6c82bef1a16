"""Keys in the wrong place: what people write that the API does not take, and what helps them."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple


class BetaKey(NamedTuple):
    """A top-level key of the flat beta session; `path` is where its setting lives today, None for nowhere."""

    name: str
    path: str | None
    note: str
    source: str


class Key(NamedTuple):
    """A key that a request may not carry; `note` is the sentence that helps whoever wrote it."""

    name: str
    note: str
    source: str


_REFUSED = "SDK types before and after; flat keys refused in livekit/agents#3444"

BETA_KEYS: dict[str, BetaKey] = {
    key.name: key
    for key in (
        BetaKey(
            name="voice",
            path="audio.output.voice",
            note="A built-in name moves as it is; marin, cedar and custom voices are new.",
            source=_REFUSED,
        ),
        BetaKey(
            name="modalities",
            path="output_modalities",
            note="Now one of the two: ['audio', 'text'] becomes ['audio'], whose transcript comes along. A "
            "transcription session has no such setting any more.",
            source=f"{_REFUSED}; the service names the two combinations it supports",
        ),
        BetaKey(
            name="input_audio_format",
            path="audio.input.format",
            note="A word has become an object: 'pcm16' is {type: audio/pcm, rate: 24000}.",
            source=f"{_REFUSED}; the service refuses a string",
        ),
        BetaKey(
            name="output_audio_format",
            path="audio.output.format",
            note="A word has become an object: 'pcm16' is {type: audio/pcm, rate: 24000}.",
            source=f"{_REFUSED}; the service refuses a string",
        ),
        BetaKey(
            name="input_audio_transcription",
            path="audio.input.transcription",
            note="The object moves as it is; its model must be named.",
            source=f"{_REFUSED}; the service asks for the model",
        ),
        BetaKey(
            name="input_audio_noise_reduction",
            path="audio.input.noise_reduction",
            note="The object moves as it is and drops 'input_audio_' from its name; null turns it off.",
            source=_REFUSED,
        ),
        BetaKey(
            name="turn_detection",
            path="audio.input.turn_detection",
            note="Its type has to be written out now, and server_vad and semantic_vad no longer share their "
            "settings; null turns it off.",
            source=f"{_REFUSED}; openai-python 1.107.2 split the object in two",
        ),
        BetaKey(
            name="speed",
            path="audio.output.speed",
            note="The number moves as it is, with the same bounds of 0.25 and 1.5.",
            source="SDK types before and after",
        ),
        BetaKey(
            name="max_response_output_tokens",
            path="max_output_tokens",
            note="Only the name has changed.",
            source="SDK types before and after; the service's unknown_parameter error",
        ),
        BetaKey(
            name="temperature",
            path=None,
            note="It has no successor: the setting left the API's types on 2025-09-08, and reports differ on "
            "whether the service still lets it pass.",
            source="openai-python 1.107.0; two reports of a refusal, and one of a SIP sideband that took it",
        ),
    )
}
"""The keys of the flat session, shut down on 2026-05-12, that moved, were renamed or went away."""

BETA_FORMATS: dict[str, dict[str, str | int]] = {
    "pcm16": {"type": "audio/pcm", "rate": 24_000},
    "g711_ulaw": {"type": "audio/pcmu"},
    "g711_alaw": {"type": "audio/pcma"},
}
"""What each word for an audio format has become. PCM has to name its rate; G.711 takes none."""

RESPONSE_KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key(
            name="id",
            note="The server numbers its sessions itself.",
            source="response schemas; echoing them back fails (langchain_dart#643)",
        ),
        Key(
            name="object",
            note="The server marks its answers with it.",
            source="response schemas; echoing them back fails (langchain_dart#643)",
        ),
        Key(
            name="expires_at",
            note="It says when the session ends; the lifetime of a client secret is asked for as "
            "`expires_after`, beside `session`.",
            source="response schemas; echoing them back fails (langchain_dart#643)",
        ),
        Key(
            name="client_secret",
            note="It holds the key that the server hands out; a request asks for its lifetime as "
            "`expires_after`, beside `session`.",
            source="com.openai.unity#427; the field left the request types in openai-python 1.107.0",
        ),
        Key(
            name="custom_voice_id",
            note="A custom voice is asked for as `audio.output.voice: {id: …}`.",
            source="livekit/agents#1403",
        ),
    )
}
"""Keys of the session object that the server sends, which it refuses when they are sent back."""

LIVE_KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key(
            name="delegation",
            note="GPT-Live hands tools over with it; a Realtime session has its `tools` at the top.",
            source="GPT-Live documentation; /v1/live in turn refuses session.voice and session.tool_choice",
        ),
    )
}
"""Top-level keys that only a GPT-Live body has: the document is not a Realtime session at all."""

TOOL_KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key(
            name="strict",
            note="Strict schemas belong to Chat Completions and Responses; here the service answers 400.",
            source="the service's unknown_parameter error on session.tools[0].strict",
        ),
        Key(
            name="meta",
            note="Frameworks copy it from the description of an MCP tool; keep it on your side.",
            source="livekit/agents#3210, livekit/agents#3398, livekit/livekit#3871",
        ),
        Key(
            name="function",
            note="This is the nested form of Chat Completions; name, description and parameters stand "
            "directly in the tool.",
            source="the reference knows the flat form alone; Azure-Samples/aoai-realtime-audio-sdk#132",
        ),
        Key(
            name="_meta",
            note="It belongs to the description of an MCP tool; keep it on your side.",
            source="MCP specification; `meta` is refused in livekit/agents#3210",
        ),
    )
}
"""Keys that people put into a function tool, which takes type, name, description and parameters alone."""

_SESSION_END = "A session ends by itself after 60 minutes; no field shortens that, so hang up sooner."

ABSENT_KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key(
            name="max_session_duration_seconds",
            note=_SESSION_END,
            source="asked for in openai/openai-agents-js#1278, where the maintainers name the limit",
        ),
        Key(
            name="max_duration_seconds",
            note=_SESSION_END,
            source="asked for in openai/openai-agents-js#1278, where the maintainers name the limit",
        ),
    )
}
"""Names that people expect, for which the API has no field at all."""

OTHER_NAMES: dict[str, str] = {
    "input_schema": "parameters",
    "inputSchema": "parameters",
    "system": "instructions",
    "system_prompt": "instructions",
    "system_message": "instructions",
    "reasoning_effort": "reasoning: {effort: …}",
}
"""What a field is called in other APIs (Chat Completions, MCP, Anthropic's), and what to write here."""

HERE: dict[tuple[str, str], str] = {
    ("BetaClientSecret", "expires_at"): "expires_after",
    ("BetaTranscriptionSecret", "expires_after"): "expires_at",
    ("PcmFormat", "sample_rate"): "rate",
    ("PcmFormat", "samplerate"): "rate",
    ("PcmFormat", "sample_rate_hz"): "rate",
    ("PcmFormat", "sample_rate_hertz"): "rate",
    ("McpTool", "label"): "server_label",
    ("McpTool", "url"): "server_url",
    ("RealtimeSession", "session_type"): "type",
    ("TranscriptionSession", "session_type"): "type",
    ("Tag", "session_type"): "type",
    ("RetentionRatio", "post_instructions"): "token_limits.post_instructions",
    ("RetentionRatio", "post_instructions_token_limit"): "token_limits.post_instructions",
    ("RealtimeSession", "post_instructions_token_limit"): "truncation.token_limits.post_instructions",
}
"""By record and key: what a field is called elsewhere, and what to write in this record; a path is below it."""
