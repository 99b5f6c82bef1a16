"""What to write instead, where the wrong value itself shows what was meant.

A function here gets the wrong value of a field and gives the help for its finding, or None; `Write` is a help that
names the right value, which then is the finding's fix. One line in `ADVICE` connects it. What the finding says stays
as it is; for another sentence, see `special`.
"""

from __future__ import annotations

from callsheet.facts.key import BETA_FORMATS
from callsheet.named_tuple import NamedTuple
from callsheet.nearest import nearest
from callsheet.redact import mask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from callsheet.diagnostic import Fault

    Advice: TypeAlias = Callable[[Any], "str | Write | None"]


class Write(NamedTuple):
    """The right value; `certain` if nothing else can have been meant, and `more` is what else there is to say."""

    value: Any
    more: str = ""
    certain: bool = True

    @property
    def help(self) -> str:
        """The advice as a sentence."""
        value = f"`{self.value}`" if isinstance(self.value, str) else in_words(self.value)
        return f"write {value}{self.more}"


def in_words(value: Any) -> str:
    """A value as YAML writes it on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {in_words(item)}" for key, item in value.items()) + "}"
        case list():
            return f"[{', '.join(map(in_words, value))}]"
        case None:
            return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


_NULL = Write(None, " to turn it off")
_EFFORTS = ("minimal", "low", "medium", "high", "xhigh")
_OFF = frozenset({"none", "off", "disabled", "manual", "false", "no"})


def _turns_off(value: Any) -> bool:
    word = value.get("type") if isinstance(value, dict) else value
    return word is False or (isinstance(word, str) and word.lower() in _OFF)


def _switch(key: str, *words: str) -> Advice:
    """Advice for a setting that null turns off and that people write as one word."""

    def advise(value: Any) -> str | Write | None:
        if _turns_off(value):
            return _NULL
        if isinstance(value, str) and value in words:
            return Write({key: value})
        if value is True:
            return "write " + " or ".join(f"{{{key}: {word}}}" for word in words)
        return None

    return advise


def _transcription(value: Any) -> str | Write | None:
    if _turns_off(value):
        return _NULL
    if isinstance(value, str) and "-" in value and value.replace("-", "_").replace(".", "_").isidentifier():
        return Write({"model": value})
    return "name a model: {model: gpt-live-transcribe}" if isinstance(value, (bool, str)) else None


def _beta_transcription(value: Any) -> str | Write | None:
    help_ = _transcription(value)
    return help_.replace("gpt-live-transcribe", "gpt-4o-transcribe") if isinstance(help_, str) else help_


def _beta_format(value: Any) -> str | Write | None:
    """The word for a format in today's form: `{type: audio/pcmu}`, or its type alone."""
    said = value.get("type") if isinstance(value, dict) else value
    return next((f"write {word}" for word, form in BETA_FORMATS.items() if form["type"] == said), None)


def _beta_voice(value: Any) -> str | None:
    return "write the name of a built-in voice, such as `alloy`" if isinstance(value, dict) else None


def _prompt(value: Any) -> str | Write | None:
    if not isinstance(value, str):
        return None
    if value.startswith("pmpt_") and value.isidentifier():
        return Write({"id": value})
    return "`prompt` names a prompt that is stored at OpenAI; your own text goes into `instructions`"


def _reasoning(value: Any) -> str | Write | None:
    return Write({"effort": value}) if isinstance(value, str) and value in _EFFORTS else None


def _expires_after(value: Any) -> str | Write | None:
    return Write({"seconds": value}) if isinstance(value, int) and not isinstance(value, bool) else None


def _truncation(value: Any) -> str | Write | None:
    if _turns_off(value):
        return Write("disabled")
    if value == "retention_ratio":
        return Write({"type": "retention_ratio", "retention_ratio": 0.8}, certain=False)
    if isinstance(value, float) and 0 <= value <= 1:
        return Write({"type": "retention_ratio", "retention_ratio": value})
    return None


def _tool_choice(value: Any) -> str | Write | None:
    if isinstance(value, dict) and value.get("type") in ("auto", "none", "required"):
        return Write(value["type"], " alone, without an object around it")
    if value == "any":
        return Write("required", ": the model must call a tool, whichever it is")
    words = ("none", "auto", "required")
    if isinstance(value, str) and value.replace("-", "_").isidentifier() and nearest(value, words) is None:
        return Write({"type": "function", "name": value}, " for a function of that name", certain=False)
    return None


def _language(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return f"write one language; gpt-transcribe and gpt-live-transcribe take `languages: [{', '.join(value)}]`"
    return None


def _languages(value: Any) -> str | None:
    return "remove the key: without it the model finds out" if value == [] else None


def _milliseconds(least: float, most: float) -> Advice:
    """Advice for a time that was meant in seconds: half a second of silence is 500, and 0 would cut callers off."""

    def advise(value: Any) -> Write | None:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            return None
        return Write(round(value * 1000), ": the unit is milliseconds", certain=False)

    return advise


def _effort(value: Any) -> str | Write | None:
    if value in ("max", "maximum", "highest"):
        return Write("xhigh", certain=False)
    return "remove `reasoning` for the default, or write `minimal`" if value in ("none", "auto") else None


def _tracing(value: Any) -> str | Write | None:
    if _turns_off(value):
        return _NULL
    return Write("auto") if value is True else None


def transcriber(fault: Fault, given: dict[str, Any], *, only: bool, revision: str | None) -> Fault:
    """The fault, with a transcription model in its help that takes what else the input has, and is old enough.

    gpt-live-transcribe takes no `language`, and no turn detection in a session that `only` transcribes.
    """
    from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS

    hints = given.get("transcription")
    language = isinstance(hints, dict) and hints.get("language") is not None
    model = "gpt-live-transcribe"
    if revision is not None and revision < TRANSCRIPTION_MODELS[model].since:
        model = "gpt-4o-transcribe"
    elif language or (only and given.get("turn_detection") is not None):
        model = "gpt-transcribe"
    return fault._replace(help=fault.help and fault.help.replace("model: gpt-live-transcribe", f"model: {model}"))


def _instead(words: dict[Any, str]) -> Advice:
    """Advice for single wrong values, each with the right one."""

    def advise(value: Any) -> Write | None:
        if isinstance(value, str):
            value = value.lower()
        return Write(words[value]) if isinstance(value, (str, bool)) and value in words else None

    return advise


def _tokens(value: Any) -> str | Write | None:
    if not isinstance(value, str):
        return None
    plain = value.replace("_", "").replace(",", "")
    if plain != value and plain.isascii() and plain.isdigit():
        return Write(int(plain), ", without quotes or `_`")
    return Write("inf") if value.lower() in ("infinity", "infinite", ".inf", "unlimited", "none") else None


def _include(value: Any) -> str | Write | None:
    return Write([_LOGPROBS]) if value in ("logprobs", ["logprobs"], _LOGPROBS) else None


_LOGPROBS = "item.input_audio_transcription.logprobs"


def _tools(value: Any) -> str | None:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list):
        return None
    name = next((name for name in names if isinstance(name, str)), None)
    if name is None or not name.replace("-", "_").isidentifier() or mask(name) != name:
        return None
    entry = f"{{type: function, name: {name}}}"
    return f"write {f'[{entry}]' if isinstance(value, str) else entry} with its description and parameters"


ADVICE: dict[tuple[str, str], Advice] = {
    ("AudioInput", "turn_detection"): _switch("type", "server_vad", "semantic_vad"),
    ("AudioInput", "noise_reduction"): _switch("type", "near_field", "far_field"),
    ("AudioInput", "transcription"): _transcription,
    ("RealtimeSession", "reasoning"): _reasoning,
    ("RealtimeSession", "prompt"): _prompt,
    ("RealtimeSession", "truncation"): _truncation,
    ("RealtimeSession", "tool_choice"): _tool_choice,
    ("RealtimeSession", "tracing"): _tracing,
    ("RealtimeSession", "max_output_tokens"): _tokens,
    ("RealtimeSession", "include"): _include,
    ("TranscriptionSession", "include"): _include,
    ("RealtimeSession", "tools"): _tools,
    ("BetaSession", "input_audio_format"): _beta_format,
    ("BetaSession", "output_audio_format"): _beta_format,
    ("BetaSession", "input_audio_transcription"): _beta_transcription,
    ("BetaSession", "input_audio_noise_reduction"): _switch("type", "near_field", "far_field"),
    ("BetaSession", "turn_detection"): _switch("type", "server_vad", "semantic_vad"),
    ("BetaSession", "max_response_output_tokens"): _tokens,
    ("BetaSession", "voice"): _beta_voice,
    ("BetaSession", "tools"): _tools,
    ("BetaSession", "tracing"): _tracing,
    ("BetaTranscriptionSession", "input_audio_format"): _beta_format,
    ("BetaTranscriptionSession", "input_audio_transcription"): _beta_transcription,
    ("BetaTranscriptionSession", "input_audio_noise_reduction"): _switch("type", "near_field", "far_field"),
    ("BetaTranscriptionSession", "turn_detection"): _switch("type", "server_vad", "semantic_vad"),
    ("BetaTranscriptionSession", "include"): _include,
    ("McpTool", "require_approval"): _instead({False: "never", True: "always", "auto": "never"}),
    ("ClientSecret", "expires_after"): _expires_after,
    ("ServerVad", "idle_timeout_ms"): _milliseconds(5, 30),
    ("ServerVad", "prefix_padding_ms"): _milliseconds(0.01, 10),
    ("ServerVad", "silence_duration_ms"): _milliseconds(0.01, 10),
    ("Transcription", "language"): _language,
    ("Transcription", "languages"): _languages,
    ("Reasoning", "effort"): _effort,
}
"""By record and key."""
