"""CS301 to CS308: what each transcription model takes."""

from __future__ import annotations

from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.patch import Fix, Remove
from callsheet.predicate import EMPTY_LIST, NOT_NULL, at, has, is_, one_of, some
from callsheet.rules.rule import At, Rule
from callsheet.shape.say import either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

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
_WITH_PROMPT = [model.name for model in TRANSCRIPTION_MODELS.values() if model.prompt and model.until is None]
_WITH_KEYWORDS = [model.name for model in TRANSCRIPTION_MODELS.values() if model.keywords]
_WITH_LANGUAGES = [model.name for model in TRANSCRIPTION_MODELS.values() if model.languages]

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
    help=f"remove it, or take {either(_WITH_PROMPT)}, which take one",
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
    help=f"write one `language: …`, or take {either(_WITH_LANGUAGES)}",
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


def _without_transcription(session: dict[str, Any], update: bool) -> Iterator[At]:  # noqa: FBT001 - checks are called by position
    include = session.get("include")
    if not isinstance(include, list) or _LOGPROBS not in include:
        return
    held: Any = session
    for key in _HINTS:
        if not isinstance(held, dict) or "$file" in held:
            return
        if key not in held:
            if update:
                return
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
