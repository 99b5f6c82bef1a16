"""CS1xx: keys and values that the API's shapes do not have."""

from __future__ import annotations

from callsheet.rules.rule import Rule

_UPDATE_LOST = (
    "One unknown key makes the service discard the whole `session.update`: instructions and tools are lost with "
    "it and the call goes on with defaults. `accept` may answer 200 all the same, and the call dies."
)
_SCHEMA = "openai-python 3.51.0; OpenAPI f85dbe2"

UNKNOWN_KEY = Rule(
    code="CS101",
    name="unknown-key",
    severity="error",
    summary="A key that the API does not have at this place.",
    why=_UPDATE_LOST,
    source="observed: `Unknown parameter: 'session.totally_made_up_field'.`",
    bad="type: realtime\ninstruction: Be brief.\n",
    good="type: realtime\ninstructions: Be brief.\n",
    fixed="type: realtime\ninstructions: Be brief.\n",
)
MISSING_KEY = Rule(
    code="CS102",
    name="missing-key",
    severity="error",
    summary="A key is missing without which the service refuses the body.",
    why="The service answers `Missing required parameter`, also to an update that changes a single field.",
    source="observed: `Missing required parameter: 'session.type'.`, `…'session.audio.input.transcription.model'.`",
    bad="model: gpt-realtime-2.1\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n",
    fixed="type: realtime\nmodel: gpt-realtime-2.1\n",
)
WRONG_TYPE = Rule(
    code="CS103",
    name="wrong-type",
    severity="error",
    summary="A value has another JSON type than the API takes.",
    why="The service answers `Invalid type for …` and discards the whole body.",
    source=_SCHEMA,
    bad='type: realtime\naudio: {output: {speed: "1.25"}}\n',
    good="type: realtime\naudio: {output: {speed: 1.25}}\n",
    fixed="type: realtime\naudio: {output: {speed: 1.25}}\n",
)
UNKNOWN_VALUE = Rule(
    code="CS104",
    name="unknown-value",
    severity="error",
    summary="A value that is not among those the API lists.",
    why="The service answers `Invalid value` with the list of what it takes, and discards the whole body.",
    source=_SCHEMA,
    bad="type: realtime\naudio: {input: {turn_detection: {type: semantic_vad, eagerness: slow}}}\n",
    good="type: realtime\naudio: {input: {turn_detection: {type: semantic_vad, eagerness: low}}}\n",
    fixed="type: realtime\naudio: {input: {turn_detection: {type: semantic_vad, eagerness: low}}}\n",
)
OUT_OF_RANGE = Rule(
    code="CS105",
    name="out-of-range",
    severity="error",
    summary="A number lies outside its bounds.",
    why="The service answers `integer_below_min_value` or its like, and discards the whole body.",
    source="OpenAPI f85dbe2; API reference where the document has no bounds",
    bad="type: realtime\naudio: {output: {speed: 2.0}}\n",
    good="type: realtime\naudio: {output: {speed: 1.5}}\n",
    fixed="type: realtime\naudio: {output: {speed: 1.5}}\n",
)
NULL = Rule(
    code="CS106",
    name="null-not-allowed",
    severity="error",
    summary="A null where the API takes none.",
    why="Null turns off what can be turned off (turn detection, transcription, noise reduction, tracing). Anywhere "
    "else the service answers `Invalid type … got null`.",
    source="observed: `Invalid type for 'session.audio.input.turn_detection.create_response': expected boolean, got null`",
    bad="type: realtime\naudio: {input: {turn_detection: {type: server_vad, create_response: null}}}\n",
    good="type: realtime\naudio: {input: {turn_detection: null}}\n",
    fixed="type: realtime\naudio: {input: {turn_detection: {type: server_vad}}}\n",
)
BETA_KEY = Rule(
    code="CS107",
    name="beta-key",
    severity="error",
    summary="A key of the flat beta shape, which has moved.",
    why="The beta shape was shut down on 2026-05-12. " + _UPDATE_LOST,
    source="observed: `Unknown parameter` for voice, turn_detection, input_audio_*, modalities, max_response_output_tokens",
    bad="type: realtime\nvoice: marin\n",
    good="type: realtime\naudio: {output: {voice: marin}}\n",
    fixed="type: realtime\naudio:\n  output:\n    voice: marin\n",
)
BETA_SHAPE = Rule(
    code="CS108",
    name="beta-shape",
    severity="error",
    summary="The whole body has the flat shape of the beta API.",
    why="The beta shape was shut down on 2026-05-12; the service answers `beta_api_shape_disabled` or refuses the body.",
    source="observed error code; OpenAI's deprecations page",
    bad="model: gpt-realtime-2.1\nmodalities: [text, audio]\nvoice: alloy\ninput_audio_format: pcm16\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n"
    "audio: {input: {format: {type: audio/pcm, rate: 24000}}, output: {voice: alloy}}\n",
    fixed="type: realtime\nmodel: gpt-realtime-2.1\noutput_modalities: [audio]\naudio:\n  output:\n    voice: alloy\n  input:\n    format: {type: audio/pcm, rate: 24000}\n",
)
LIVE_SESSION = Rule(
    code="CS109",
    name="live-session",
    severity="error",
    summary="The body is meant for GPT-Live, which is another API.",
    why="`/v1/live` has other keys and other models; the Realtime endpoints refuse such a body key by key.",
    source='observed: `Model "gpt-live-1" is not supported in realtime mode.`',
    bad="model: gpt-live-1\ndelegation: {tools: []}\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n",
)
RESPONSE_KEY = Rule(
    code="CS110",
    name="response-only-key",
    severity="error",
    summary="A key that the service only sends, and refuses to receive.",
    why="Whoever echoes the server's session object back loses the whole update.",
    source="observed: `Unknown parameter: 'session.client_secret'.` and its like",
    bad="type: realtime\nid: sess_123\n",
    good="type: realtime\n",
    fixed="type: realtime\n",
)
MISPLACED_KEY = Rule(
    code="CS111",
    name="misplaced-key",
    severity="error",
    summary="A key of the API that stands at the wrong place.",
    why=_UPDATE_LOST,
    source=_SCHEMA,
    bad="type: realtime\naudio: {input: {voice: marin}}\n",
    good="type: realtime\naudio: {output: {voice: marin}}\n",
    fixed="type: realtime\naudio: {input: {}, output: {voice: marin}}\n",
)
LENGTH = Rule(
    code="CS112",
    name="wrong-length",
    severity="error",
    summary="A text or a list is longer or shorter than the API takes.",
    why="The service answers `string too long` or its like, and discards the whole body.",
    source="observed: `string too long. Expected a string with maximum length 1024` (transcription prompt)",
    bad=lambda: (
        "type: realtime\naudio: {input: {transcription: {model: gpt-transcribe, prompt: " + "a" * 1025 + "}}}\n"
    ),
    good="type: realtime\naudio: {input: {transcription: {model: gpt-transcribe, prompt: room service}}}\n",
)
PATTERN = Rule(
    code="CS113",
    name="wrong-form",
    severity="error",
    summary="A text has characters or a form that the API does not take.",
    why="The service refuses the body: a tool's name, for one, must match `^[a-zA-Z0-9_-]+$`.",
    source="observed: `Invalid 'session.tools[0].name'`",
    bad="type: realtime\ntools: [{type: function, name: crm.lookup}]\n",
    good="type: realtime\ntools: [{type: function, name: crm_lookup}]\n",
    fixed="type: realtime\ntools: [{type: function, name: crm_lookup}]\n",
)
REMOVED_KEY = Rule(
    code="CS114",
    name="removed-key",
    severity="warning",
    summary="A key that the API had once and dropped without a successor.",
    why="Reports differ: some see `temperature` refused as an unknown parameter, one saw it taken without effect. "
    "If it is refused, the whole body goes with it. Not proven, hence a warning.",
    source="two public reports of a refusal, one (2026-05-19) of an accepted update",
    bad="type: realtime\ntemperature: 0.8\n",
    good="type: realtime\n",
    fixed="type: realtime\n",
)
NO_SESSION = Rule(
    code="CS115",
    name="no-session",
    severity="error",
    summary="Nothing in the file says that it is a session.",
    why="A file that was named to be checked and cannot be is a mistake; a session has a `type`.",
    source="callsheet's profile format",
    bad="name: web\nservices: {}\n",
    good="type: realtime\n",
)
UNPROVEN_NULL = Rule(
    code="CS116",
    name="unproven-null",
    severity="warning",
    summary="A null that the service prints, but that nobody has shown it to take.",
    why="Leaving the key out says the same for certain. Not proven, hence a warning.",
    source="recorded server events hold `include: null` and `transcription.language: null`",
    bad="type: realtime\ninclude: null\n",
    good="type: realtime\n",
    fixed="type: realtime\n",
)
UNKNOWN_DIRECTIVE = Rule(
    code="CS117",
    name="unknown-directive",
    severity="error",
    summary="A key that starts with `$` and is no directive of callsheet.",
    why="Directives are never sent, so a misspelt one is lost in silence.",
    source="callsheet's profile format",
    bad="type: realtime\n$revison: 2026-07-28\n",
    good="type: realtime\n$revision: 2026-07-28\n",
    fixed="type: realtime\n$revision: 2026-07-28\n",
)
FLAT_TARGET = Rule(
    code="CS118",
    name="flat-target",
    severity="error",
    summary="A body in today's shape for a preview endpoint of Azure, which takes the flat beta shape only.",
    why="Endpoints with `api-version=…-preview` refuse `session.type`, `session.audio` and `session.output_modalities`; "
    "`/openai/v1/realtime` takes nothing but today's shape.",
    source="openai/openai-python#2638; pipecat-ai/pipecat#1324",
    bad="$target: azure-preview\ntype: realtime\nmodel: my-deployment\n",
    good="$target: azure-preview\nmodel: my-deployment\nvoice: alloy\nmodalities: [text, audio]\n",
)
