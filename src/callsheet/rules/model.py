"""CS3xx: what each model takes and can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.facts.model import MODELS, OTHER_MODELS
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.facts.voice import OTHER_VOICES, VOICES
from callsheet.judge.nearest import nearest
from callsheet.judge.say import either, shown
from callsheet.patch import Fix, Put, Remove
from callsheet.predicate import EMPTY_LIST, NOT_NULL, at, has, is_, one_of, some
from callsheet.rules.rule import At, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.facts.model import Model

_TRANSCRIPTION = "audio.input.transcription"
_TRANSCRIBER = f"{_TRANSCRIPTION}.model"
_HINTS = ("audio", "input", "transcription")
_LOGPROBS = "item.input_audio_transcription.logprobs"

_NO_PROMPT = [model.name for model in TRANSCRIPTION_MODELS.values() if model.prompt is False]
_NO_KEYWORDS = [model.name for model in TRANSCRIPTION_MODELS.values() if model.keywords is False]
_NO_LANGUAGES = [model.name for model in TRANSCRIPTION_MODELS.values() if model.languages is False]
_NO_LANGUAGE = [model.name for model in TRANSCRIPTION_MODELS.values() if model.language is False]
_NO_DELAY = [model.name for model in TRANSCRIPTION_MODELS.values() if model.delay is False]
_NO_LOGPROBS = [model.name for model in TRANSCRIPTION_MODELS.values() if model.logprobs is False]
_NO_REASONING = [model.name for model in MODELS.values() if model.api == "realtime" and model.reasoning is False]
_NO_PARALLEL = [
    model.name for model in MODELS.values() if model.api == "realtime" and model.parallel_tool_calls is False
]
_NOT_HERE = [model.name for model in MODELS.values() if model.api in {"audio", "translation"}]
_WITH_KEYWORDS = [model.name for model in TRANSCRIPTION_MODELS.values() if model.keywords]
_RECOMMENDED = [voice.name for voice in VOICES.values() if voice.recommended]

TRANSCRIPTION_PROMPT = Rule(
    code="CS301",
    name="transcription-prompt",
    severity="error",
    summary="A `prompt` for a transcription model that takes none.",
    why="One hint that the model does not take, and the service refuses the whole body: instructions, tools and voice "
    "are lost with it. An empty prompt says nothing and is left alone.",
    source="what the service took from each model, two users' tables of 2026; the reference on AudioTranscription.prompt",
    targets=("openai",),
    when=at(f"{_TRANSCRIPTION}.prompt", NOT_NULL & ~one_of("")) & is_(_TRANSCRIBER, *_NO_PROMPT),
    at=f"{_TRANSCRIPTION}.prompt",
    message="{audio.input.transcription.model} takes no `prompt`",
    help=f"remove it, or take {either(_WITH_KEYWORDS)}, which take one",
    bad="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper, prompt: Names of streets in Wrocław.}}}\n",
    good="type: realtime\naudio: {input: {transcription: {model: gpt-live-transcribe, prompt: Names of streets in Wrocław.}}}\n",
    fixed="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper}}}\n",
    fix=Fix("remove `prompt`", (Remove((*_HINTS, "prompt")),), "unsafe"),
)
TRANSCRIPTION_KEYWORDS = Rule(
    code="CS302",
    name="transcription-keywords",
    severity="error",
    summary="`keywords` for a transcription model that takes none.",
    why="Only the newest transcription models take them; with another one the service refuses the whole body, and "
    "instructions, tools and voice are lost with it.",
    source="what the service took from each model, two users' tables of 2026; the reference names the models",
    since="2026-07-28",
    targets=("openai",),
    when=at(f"{_TRANSCRIPTION}.keywords", NOT_NULL & ~EMPTY_LIST) & is_(_TRANSCRIBER, *_NO_KEYWORDS),
    at=f"{_TRANSCRIPTION}.keywords",
    message="{audio.input.transcription.model} takes no `keywords`",
    help=f"remove them, or take {either(_WITH_KEYWORDS)}",
    bad="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper, keywords: [Kowalczyk]}}}\n",
    good="type: realtime\naudio: {input: {transcription: {model: gpt-live-transcribe, keywords: [Kowalczyk]}}}\n",
    fixed="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper}}}\n",
    fix=Fix("remove `keywords`", (Remove((*_HINTS, "keywords")),), "unsafe"),
)
TRANSCRIPTION_LANGUAGES = Rule(
    code="CS303",
    name="transcription-languages",
    severity="error",
    summary="A list of `languages` for a transcription model that takes none.",
    why="Older transcription models take a single `language`; with the list the service refuses the whole body, and "
    "instructions, tools and voice are lost with it.",
    source="what the service took from each model, a user's table of 2026-08-01; the reference names the models",
    since="2026-07-28",
    targets=("openai",),
    when=has(f"{_TRANSCRIPTION}.languages") & is_(_TRANSCRIBER, *_NO_LANGUAGES),
    at=f"{_TRANSCRIPTION}.languages",
    message="{audio.input.transcription.model} takes no list of `languages`",
    help=f"write one `language: …`, or take {either(_WITH_KEYWORDS)}",
    bad="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper, languages: [de, en]}}}\n",
    good="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper, language: de}}}\n",
    fixed="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper}}}\n",
    fix=Fix("remove `languages`", (Remove((*_HINTS, "languages")),), "unsafe"),
)
TRANSCRIPTION_LANGUAGE = Rule(
    code="CS304",
    name="transcription-language",
    severity="warning",
    summary="A single `language` for a transcription model that takes a list.",
    why="The guide says that these models use `languages` in place of `language`. That the service refuses the old key "
    "is reported and not proven.",
    source="guide on realtime transcription; livekit/agents#6613",
    since="2026-07-28",
    targets=("openai",),
    when=has(f"{_TRANSCRIPTION}.language") & is_(_TRANSCRIBER, *_NO_LANGUAGE),
    at=f"{_TRANSCRIPTION}.language",
    message="{audio.input.transcription.model} takes `languages`, a list, in place of `language`",
    help="write `languages: […]` with the same code in it",
    bad="type: realtime\naudio: {input: {transcription: {model: gpt-live-transcribe, language: de}}}\n",
    good="type: realtime\naudio: {input: {transcription: {model: gpt-live-transcribe, languages: [de]}}}\n",
)
TRANSCRIPTION_DELAY = Rule(
    code="CS305",
    name="transcription-delay",
    severity="warning",
    summary="A `delay` for a transcription model that has none to set.",
    why="The reference keeps `delay` for gpt-realtime-whisper, and the guide sets it for gpt-live-transcribe as well. "
    "What the service does with it beside another model is not proven: at best nothing, at worst it refuses the body.",
    source="API reference on AudioTranscription.delay; guide on realtime transcription",
    since="2026-05-07",
    targets=("openai",),
    when=has(f"{_TRANSCRIPTION}.delay") & is_(_TRANSCRIBER, *_NO_DELAY),
    at=f"{_TRANSCRIPTION}.delay",
    message="{audio.input.transcription.model} has no `delay` to set",
    help="remove it, or take `gpt-realtime-whisper`",
    bad="type: realtime\naudio: {input: {transcription: {model: gpt-transcribe, delay: low}}}\n",
    good="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-whisper, delay: low}}}\n",
    fixed="type: realtime\naudio: {input: {transcription: {model: gpt-transcribe}}}\n",
    fix=Fix("remove `delay`", (Remove((*_HINTS, "delay")),), "unsafe"),
)
BOTH_LANGUAGES = Rule(
    code="CS306",
    name="both-languages",
    severity="warning",
    summary="`language` and `languages` side by side.",
    why="The guide on realtime transcription says that a body with both is rejected; nobody has shown the answer, hence a "
    "warning.",
    source="guide on realtime transcription, as livekit/agents#6613 quotes it",
    since="2026-07-28",
    when=has(f"{_TRANSCRIPTION}.language")
    & has(f"{_TRANSCRIPTION}.languages")
    & ~is_(_TRANSCRIBER, *_NO_LANGUAGE, *_NO_LANGUAGES),
    at=f"{_TRANSCRIPTION}.language",
    message="`language` and `languages` say the same thing twice, and may not stand together",
    help="keep `languages` with a model that takes a list, else `language`",
    bad="type: realtime\naudio: {input: {transcription: {model: gpt-transcribe, language: de, languages: [de, en]}}}\n",
    good="type: realtime\naudio: {input: {transcription: {model: gpt-transcribe, languages: [de, en]}}}\n",
)


def _without_transcription(body: dict[str, Any], session: dict[str, Any]) -> Iterator[At]:
    include = session.get("include")
    if not isinstance(include, list) or _LOGPROBS not in include:
        return
    held: Any = session
    for key in _HINTS:
        if not isinstance(held, dict) or "$file" in held:
            return
        if key not in held:
            if body.get("type") == "session.update":
                return  # an update changes what it names and leaves the rest as it was
            break
        held = held[key]
    else:
        if held is not None:
            return
    yield At(
        ("include", include.index(_LOGPROBS)),
        "there is no transcription whose log probabilities the service could send",
        "add `audio.input.transcription` with a model, or remove `include`",
    )


LOGPROBS_WITHOUT_TRANSCRIPTION = Rule(
    code="CS307",
    name="logprobs-without-transcription",
    severity="warning",
    summary="Log probabilities of a transcript are asked for, and nothing is transcribed.",
    why="Without `audio.input.transcription` there is no transcript, so the program waits for figures that never come. "
    "That follows from what the setting means; it is not proven by an answer of the service. An update may leave the "
    "transcription out.",
    source="API reference on include",
    check=_without_transcription,
    bad="type: realtime\ninclude: [item.input_audio_transcription.logprobs]\n",
    good="type: realtime\ninclude: [item.input_audio_transcription.logprobs]\naudio: {input: {transcription: {model: gpt-transcribe}}}\n",
)
LOGPROBS_OF_MODEL = Rule(
    code="CS308",
    name="logprobs-of-model",
    severity="warning",
    summary="Log probabilities are asked of a transcription model that gives none.",
    why="The guide says that the model returns no confidence scores. Whether the service refuses the wish or passes over "
    "it is not proven; the figures do not come either way.",
    source="guide on realtime transcription",
    since="2026-07-28",
    targets=("openai",),
    when=at("include", some(one_of(_LOGPROBS))) & is_(_TRANSCRIBER, *_NO_LOGPROBS),
    at="include",
    message="{audio.input.transcription.model} gives no log probabilities",
    help="remove `include`, or take another transcription model",
    bad="type: transcription\ninclude: [item.input_audio_transcription.logprobs]\n"
    "audio: {input: {transcription: {model: gpt-live-transcribe}}}\n",
    good="type: transcription\ninclude: [item.input_audio_transcription.logprobs]\n"
    "audio: {input: {transcription: {model: gpt-transcribe}}}\n",
    fixed="type: transcription\naudio: {input: {transcription: {model: gpt-live-transcribe}}}\n",
    fix=Fix("remove `include`", (Remove(("include",)),), "unsafe"),
)
NO_REASONING = Rule(
    code="CS309",
    name="no-reasoning",
    severity="warning",
    summary="`reasoning` for a model that does not reason.",
    why="The reference keeps `reasoning` for reasoning models. Some report that the service refuses the body; others "
    "take the key out before they send it. Which models refuse it is not proven.",
    source="API reference on reasoning; two public programs that met a refusal",
    since="2026-05-07",
    kinds=("realtime",),
    targets=("openai",),
    when=has("reasoning") & is_("model", *_NO_REASONING),
    at="reasoning",
    message="{model} is no reasoning model",
    help="remove `reasoning`, or take a model such as `gpt-realtime-2.1`",
    bad="type: realtime\nmodel: gpt-realtime-1.5\nreasoning: {effort: low}\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\nreasoning: {effort: low}\n",
    fixed="type: realtime\nmodel: gpt-realtime-1.5\n",
    fix=Fix("remove `reasoning`", (Remove(("reasoning",)),), "unsafe"),
)
NO_PARALLEL_CALLS = Rule(
    code="CS310",
    name="no-parallel-calls",
    severity="warning",
    summary="`parallel_tool_calls` for a model that does not reason.",
    why="The reference keeps `parallel_tool_calls` for reasoning models, be it true or false. Some report that the "
    "service refuses the body; others take the key out before they send it. Which models refuse it is not proven.",
    source="API reference on parallel_tool_calls; two public programs that met a refusal",
    since="2026-05-07",
    kinds=("realtime",),
    targets=("openai",),
    when=has("parallel_tool_calls") & is_("model", *_NO_PARALLEL),
    at="parallel_tool_calls",
    message="{model} does not take `parallel_tool_calls`, which is for reasoning models",
    help="remove it, or take a model such as `gpt-realtime-2.1`",
    bad="type: realtime\nmodel: gpt-realtime-1.5\nparallel_tool_calls: false\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\nparallel_tool_calls: false\n",
    fixed="type: realtime\nmodel: gpt-realtime-1.5\n",
    fix=Fix("remove `parallel_tool_calls`", (Remove(("parallel_tool_calls",)),), "unsafe"),
)
NOT_A_REALTIME_MODEL = Rule(
    code="CS311",
    name="not-a-realtime-model",
    severity="error",
    summary="`model` names a model that only writes, transcribes or reads aloud.",
    why='The service answers `Model "…" is not supported in realtime mode.` and there is no session.',
    source="observed: invalid_model, for models of Chat Completions, of Responses and for transcription models",
    kinds=("realtime",),
    targets=("openai",),
    when=is_("model", *TRANSCRIPTION_MODELS, *OTHER_MODELS),
    at="model",
    message="{model} is not supported in a Realtime session",
    help="write a model that talks, such as `gpt-realtime-2.1`; a model that transcribes belongs into "
    "`audio.input.transcription.model`",
    bad="type: realtime\nmodel: gpt-4o\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n",
)
MODEL_OF_ANOTHER_API = Rule(
    code="CS312",
    name="model-of-another-api",
    severity="warning",
    summary="`model` names a model that is documented for another API.",
    why="gpt-audio models answer in Chat Completions, and gpt-realtime-translate has sessions of its own. Their pages "
    "leave the Realtime API out, although the reference lists the former among its models. What the service answers is "
    "not proven.",
    source="model pages of gpt-audio and gpt-realtime-translate; list of models in the API reference",
    kinds=("realtime",),
    targets=("openai",),
    when=is_("model", *_NOT_HERE),
    at="model",
    message="{model} is documented for another API, not for Realtime sessions",
    help="write a model such as `gpt-realtime-2.1`",
    bad="type: realtime\nmodel: gpt-audio-1.5\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n",
)
NOT_A_TRANSCRIPTION_MODEL = Rule(
    code="CS313",
    name="not-a-transcription-model",
    severity="warning",
    summary="A model that talks or writes where one that transcribes belongs.",
    why="No list of transcription models has the name. The API takes any text here, and what the service answers to a "
    "model of another kind is not proven.",
    source="list of transcription models in the API reference",
    targets=("openai",),
    when=is_(_TRANSCRIBER, *MODELS, *OTHER_MODELS),
    at=_TRANSCRIBER,
    message="{audio.input.transcription.model} is no transcription model",
    help="write a transcription model, such as `gpt-live-transcribe`",
    bad="type: realtime\naudio: {input: {transcription: {model: gpt-realtime-2.1}}}\n",
    good="type: realtime\naudio: {input: {transcription: {model: gpt-live-transcribe}}}\n",
)


def _amount(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _longest_answer(known_model: Model, session: dict[str, Any]) -> Iterator[At]:
    limit = known_model.max_output_tokens
    asked = _amount(session.get("max_output_tokens"))
    if known_model.api == "realtime" and limit is not None and asked is not None and asked > limit:
        yield At(
            ("max_output_tokens",),
            f"`max_output_tokens` is {asked:,}, and an answer of `{known_model.name}` has {limit:,} tokens at most",
            f"write {limit} or less, or `inf` to leave it to the model",
            fix=Fix(f"write {limit}", (Put(("max_output_tokens",), limit),), "unsafe"),
        )


LONGEST_ANSWER = Rule(
    code="CS314",
    name="longest-answer",
    severity="warning",
    summary="`max_output_tokens` is above what the model gives in one answer.",
    why="The reference says 1 to 4096, and the pages of newer models say more. That the service refuses a larger number "
    "is not proven; the answer gets no longer by it.",
    source="API reference on max_output_tokens; model pages",
    kinds=("realtime",),
    targets=("openai",),
    check=_longest_answer,
    bad="type: realtime\nmodel: gpt-realtime-1.5\nmax_output_tokens: 8000\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\nmax_output_tokens: 8000\n",
    fixed="type: realtime\nmodel: gpt-realtime-1.5\nmax_output_tokens: 4096\n",
)


def _largest_conversation(known_model: Model, session: dict[str, Any]) -> Iterator[At]:
    window, longest = known_model.context_window, known_model.max_output_tokens
    limits = _token_limits(session)
    asked = _amount(limits.get("post_instructions"))
    if known_model.api != "realtime" or window is None or longest is None or asked is None:
        return
    own = _amount(session.get("max_output_tokens"))
    room = known_model.input_tokens or window - longest
    if own is not None:  # a shorter answer may leave more room; nobody says that it does not
        room = max(room, window - int(own))
    if asked > room:
        yield At(
            ("truncation", "token_limits", "post_instructions"),
            f"`post_instructions` is {asked:,}, and `{known_model.name}` has room for {room:,} tokens beside its answer",
            f"write {room} or less; the conversation is cut there in any case",
        )


def _token_limits(session: dict[str, Any]) -> dict[str, Any]:
    truncation = session.get("truncation")
    limits = truncation.get("token_limits") if isinstance(truncation, dict) else None
    return limits if isinstance(limits, dict) else {}


LARGEST_CONVERSATION = Rule(
    code="CS315",
    name="largest-conversation",
    severity="warning",
    summary="`post_instructions` is above what the model's context leaves for the conversation.",
    why="The reference says that it cannot be higher than the context window less the longest answer. What the service "
    "does with a higher number is not proven; the conversation is dropped where the model's own limit is.",
    source="API reference on token_limits.post_instructions and on truncation (28,224 of 32k); model pages",
    since="2025-11-03",
    kinds=("realtime",),
    targets=("openai",),
    check=_largest_conversation,
    bad="type: realtime\nmodel: gpt-realtime-1.5\n"
    "truncation: {type: retention_ratio, retention_ratio: 0.8, token_limits: {post_instructions: 30000}}\n",
    good="type: realtime\nmodel: gpt-realtime-1.5\n"
    "truncation: {type: retention_ratio, retention_ratio: 0.8, token_limits: {post_instructions: 16000}}\n",
)


def _nothing_kept(session: dict[str, Any]) -> Iterator[At]:
    truncation = session.get("truncation")
    if isinstance(truncation, dict) and _amount(truncation.get("retention_ratio")) == 0:
        yield At(
            ("truncation", "retention_ratio"),
            "a `retention_ratio` of 0 drops the whole conversation as soon as it is full",
            "write the share to keep, such as 0.8",
        )
    if _amount(_token_limits(session).get("post_instructions")) == 0:
        yield At(
            ("truncation", "token_limits", "post_instructions"),
            "a `post_instructions` of 0 leaves no room for any conversation",
            "write a number of tokens, such as 8000, or remove it",
        )


NOTHING_KEPT = Rule(
    code="CS316",
    name="nothing-kept",
    severity="warning",
    summary="Truncation that keeps nothing of the conversation.",
    why="The model forgets in the middle of the call what the caller has said. The schema allows the number, and what the "
    "service makes of it is inferred from its meaning.",
    source="inferred from the API reference on truncation",
    kinds=("realtime",),
    check=_nothing_kept,
    bad="type: realtime\ntruncation: {type: retention_ratio, retention_ratio: 0}\n",
    good="type: realtime\ntruncation: {type: retention_ratio, retention_ratio: 0.8}\n",
)
OTHER_VOICE = Rule(
    code="CS317",
    name="other-voice",
    severity="error",
    summary="A voice that OpenAI has for text to speech only.",
    why="The service answers `Invalid value: 'nova'. Supported values are: …` and refuses the body.",
    source="observed error message; it lists the ten voices of the Realtime API",
    kinds=("realtime",),
    when=is_("audio.output.voice", *OTHER_VOICES),
    at="audio.output.voice",
    message="the Realtime API has no voice {audio.output.voice}; that one is for text to speech",
    help=f"write {either(_RECOMMENDED)}, which OpenAI recommends, or {either(name for name in VOICES if name not in _RECOMMENDED)}",
    bad="type: realtime\naudio: {output: {voice: nova}}\n",
    good="type: realtime\naudio: {output: {voice: marin}}\n",
)


def _unknown_voice(voice: str) -> Iterator[At]:
    if voice in VOICES or voice in OTHER_VOICES:
        return
    guess: Any = nearest(voice, VOICES)
    help_ = f"write `{guess}`" if guess else f"write one of {either(VOICES)}, or {{id: …}} for a custom voice"
    if voice.startswith("voice_"):
        guess = {"id": voice}
        help_ = f"write {{id: {voice}}} for a custom voice"
    yield At(
        ("audio", "output", "voice"),
        f"callsheet knows no voice {shown(voice)}",
        help_,
        fix=Fix(help_, (Put(("audio", "output", "voice"), guess),), "unsafe") if guess else None,
    )


UNKNOWN_VOICE = Rule(
    code="CS318",
    name="unknown-voice",
    severity="warning",
    summary="A voice that callsheet does not know.",
    why="The schema takes any name, as new voices come. The service is seen to refuse names that it does not have; that "
    "this one is among them is not proven.",
    source="list of voices in the API reference; the service's refusal of other names",
    kinds=("realtime",),
    targets=("openai",),
    check=_unknown_voice,
    bad="type: realtime\naudio: {output: {voice: mairn}}\n",
    good="type: realtime\naudio: {output: {voice: {id: voice_5f1c0a}}}\n",
    fixed="type: realtime\naudio: {output: {voice: marin}}\n",
)
