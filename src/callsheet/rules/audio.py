"""CS2xx: audio formats, modalities and turn detection."""

from __future__ import annotations

from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.patch import Fix, Remove
from callsheet.predicate import at, has, is_, one_of, some
from callsheet.rules.rule import Rule

BOTH_MODALITIES = Rule(
    code="CS201",
    name="both-modalities",
    severity="error",
    summary="`output_modalities` asks for text and audio at once.",
    why="The service takes `[audio]` or `[text]`. Audio comes with its transcript anyway. (The beta API had it the "
    "other way round.)",
    source="observed: `Invalid modalities: ['audio', 'text']. Supported combinations are: ['text'] and ['audio'].`",
    bad="type: realtime\noutput_modalities: [text, audio]\n",
    good="type: realtime\noutput_modalities: [audio]\n",
    fixed="type: realtime\noutput_modalities: [audio]\n",
)
STRING_FORMAT = Rule(
    code="CS202",
    name="string-format",
    severity="error",
    summary="An audio format is written as a word; the API takes an object.",
    why="The beta API took words such as `pcm16`. Now the service answers `expected an object, but got a string`.",
    source="observed: `Invalid type for 'session.audio.input.format': expected an object, but got a string instead.`",
    bad="type: realtime\naudio: {input: {format: g711_ulaw}}\n",
    good="type: realtime\naudio: {input: {format: {type: audio/pcmu}}}\n",
    fixed="type: realtime\naudio: {input: {format: {type: audio/pcmu}}}\n",
)
PCM_RATE = Rule(
    code="CS203",
    name="pcm-rate",
    severity="error",
    summary="`audio/pcm` without `rate: 24000`.",
    why="The published schemas call the rate optional, and guides show 16000; the service requires it on both sides "
    "and takes 24000 only.",
    source="observed: `Missing required parameter: 'session.audio.input.format.rate'`, `Expected a value >= 24000`",
    bad="type: realtime\naudio: {input: {format: {type: audio/pcm, rate: 16000}}}\n",
    good="type: realtime\naudio: {input: {format: {type: audio/pcm, rate: 24000}}}\n",
    fixed="type: realtime\naudio: {input: {format: {type: audio/pcm, rate: 24000}}}\n",
)
OTHER_TURN_DETECTION = Rule(
    code="CS204",
    name="other-turn-detection",
    severity="error",
    summary="A key of the other type of turn detection.",
    why="`server_vad` and `semantic_vad` share only `create_response` and `interrupt_response`; the service refuses any "
    "other mixture as an unknown parameter, and the whole body with it.",
    source="observed for each of threshold, prefix_padding_ms, silence_duration_ms and idle_timeout_ms under semantic_vad",
    bad="type: realtime\naudio: {input: {turn_detection: {type: semantic_vad, threshold: 0.5}}}\n",
    good="type: realtime\naudio: {input: {turn_detection: {type: server_vad, threshold: 0.5}}}\n",
)
G711_RATE = Rule(
    code="CS205",
    name="g711-rate",
    severity="error",
    summary="A `rate` beside `audio/pcmu` or `audio/pcma`.",
    why="G.711 is always 8 kHz; the key does not exist there and unknown keys are refused.",
    source="observed: `Unknown parameter: session.audio.output.format.rate`; OpenAPI f85dbe2",
    bad="type: realtime\naudio: {output: {format: {type: audio/pcmu, rate: 8000}}}\n",
    good="type: realtime\naudio: {output: {format: {type: audio/pcmu}}}\n",
    fixed="type: realtime\naudio: {output: {format: {type: audio/pcmu}}}\n",
)

_NO_VAD = [model.name for model in TRANSCRIPTION_MODELS.values() if model.vad_in_transcription is False]

VAD_IN_TRANSCRIPTION = Rule(
    code="CS206",
    name="vad-in-transcription",
    severity="error",
    summary="Turn detection in a transcription session whose model has none.",
    why="The service answers `Turn detection is not supported for this transcription model.` and refuses the session. "
    "The same model beside a realtime session works with turn detection.",
    source="observed error message, param session.audio.input.turn_detection; livekit/agents#5779",
    since="2026-05-07",
    kinds=("transcription",),
    targets=("openai",),
    when=has("audio.input.turn_detection") & is_("audio.input.transcription.model", *_NO_VAD),
    at="audio.input.turn_detection",
    message="{audio.input.transcription.model} takes no turn detection in a transcription session",
    help="remove `turn_detection`, or write null",
    bad="type: transcription\n"
    "audio: {input: {transcription: {model: gpt-live-transcribe}, turn_detection: {type: server_vad}}}\n",
    good="type: transcription\naudio: {input: {transcription: {model: gpt-live-transcribe}, turn_detection: null}}\n",
    fixed="type: transcription\naudio: {input: {transcription: {model: gpt-live-transcribe}}}\n",
    fix=Fix("remove `turn_detection`", (Remove(("audio", "input", "turn_detection")),)),
)

NEVER_ANSWERS = Rule(
    code="CS207",
    name="never-answers",
    severity="info",
    summary="Turn detection that neither starts an answer nor interrupts one.",
    why="With `create_response` and `interrupt_response` both false the service reports when the caller speaks and does "
    "nothing about it. That is right for a program that sends `response.create` itself; on any other line the caller "
    "hears silence.",
    source="API reference on turn detection; programs that answer on their own send it on purpose",
    since="2025-09-12",
    kinds=("realtime",),
    when=is_("audio.input.turn_detection.create_response", False)
    & is_("audio.input.turn_detection.interrupt_response", False),
    at="audio.input.turn_detection",
    message="the model never answers by itself: `create_response` and `interrupt_response` are both false",
    help="write `create_response: true`, unless your program sends `response.create` after each turn",
    bad="type: realtime\n"
    "audio: {input: {turn_detection: {type: server_vad, create_response: false, interrupt_response: false}}}\n",
    good="type: realtime\n"
    "audio: {input: {turn_detection: {type: server_vad, create_response: true, interrupt_response: false}}}\n",
)
VOICE_WITHOUT_AUDIO = Rule(
    code="CS208",
    name="voice-without-audio",
    severity="info",
    summary="A voice in a session that answers in text only.",
    why="The service takes it, and it does nothing until a response asks for audio. Where that never happens, the line "
    "misleads whoever reads the profile.",
    source="recorded: 201 for a session with text output and a voice",
    kinds=("realtime",),
    when=at("output_modalities", some(one_of("text")) & ~some(one_of("audio"))) & has("audio.output.voice"),
    at="audio.output.voice",
    message="nobody hears the voice {audio.output.voice}: the session answers in text only",
    help="remove `voice`, or write `output_modalities: [audio]`",
    bad="type: realtime\noutput_modalities: [text]\naudio: {output: {voice: marin}}\n",
    good="type: realtime\noutput_modalities: [audio]\naudio: {output: {voice: marin}}\n",
    fixed="type: realtime\noutput_modalities: [text]\naudio: {output: {}}\n",
    fix=Fix("remove `voice`", (Remove(("audio", "output", "voice")),), "unsafe"),
)
