"""CS309 to CS318: what each model can do, and the voices."""

from __future__ import annotations

from callsheet.facts.model import MODELS, OTHER_MODELS, OTHER_PREFIXES
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.facts.voice import OTHER_VOICES, VOICES
from callsheet.nearest import nearest
from callsheet.patch import Fix, Put, Remove
from callsheet.predicate import Predicate, at, has, is_, one_of
from callsheet.rules.rule import At, Rule
from callsheet.shape.say import either, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.facts.model import Model

_TRANSCRIPTION = "audio.input.transcription"
_TRANSCRIBER = f"{_TRANSCRIPTION}.model"
_HINTS = ("audio", "input", "transcription")
_LOGPROBS = "item.input_audio_transcription.logprobs"

_NO_REASONING = [model.name for model in MODELS.values() if model.api == "realtime" and model.reasoning is False]
_NO_PARALLEL = [
    model.name for model in MODELS.values() if model.api == "realtime" and model.parallel_tool_calls is False
]
_NOT_HERE = [model.name for model in MODELS.values() if model.api in {"audio", "translation"}]
_RECOMMENDED = [voice.name for voice in VOICES.values() if voice.recommended]


def _begins(*starts: str) -> Predicate:
    """The value is a text that begins in one of these ways, and names no model for speech."""
    pattern = "^(" + "|".join(start.replace(".", "[.]") for start in starts) + ")"

    def test(value: Any) -> bool:
        return isinstance(value, str) and value.startswith(starts) and not any(word in value for word in _SPEECH)

    speech = {"pattern": "|".join(_SPEECH)}
    return Predicate(test, {"type": "string", "pattern": pattern, "not": speech})


_SPEECH = ("realtime", "transcribe")
_OF_OTHERS = one_of(*OTHER_MODELS) | _begins(*OTHER_PREFIXES)

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
    when=is_("model", *TRANSCRIPTION_MODELS) | at("model", _OF_OTHERS),
    at="model",
    message="{model} is not supported in a Realtime session",
    help="write a model that talks, such as `gpt-realtime-2.1`; a model that transcribes belongs into "
    "`audio.input.transcription.model`",
    of_parts=True,
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
    when=is_(_TRANSCRIBER, *MODELS) | at(_TRANSCRIBER, _OF_OTHERS),
    at=_TRANSCRIBER,
    message="{audio.input.transcription.model} is no transcription model",
    help="write a transcription model, such as `gpt-live-transcribe`",
    of_parts=True,
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
    of_parts=True,
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
    of_parts=True,
    bad="type: realtime\naudio: {output: {voice: mairn}}\n",
    good="type: realtime\naudio: {output: {voice: {id: voice_5f1c0a}}}\n",
    fixed="type: realtime\naudio: {output: {voice: marin}}\n",
)
