"""Better sentences for the mistakes that many people make.

A function here is asked when a field of a record has the wrong value (or none); where it knows better, its
fault replaces what the shape alone would say. One line in `SPECIAL` connects it.
"""

from __future__ import annotations

from callsheet.facts.key import BETA_FORMATS
from callsheet.nearest import nearest
from callsheet.patch import Fix, Move, Put, Remove
from callsheet.redact import mask
from callsheet.rules import audio, shape, tool
from callsheet.shape.kind import TYPED_KINDS
from callsheet.shape.say import either, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path

    Special: TypeAlias = Callable[[Any, Path], Fault | None]

MISSING: Any = object()
"""The value of a field that is not there."""

_FLAT_CHOICE = "`tool_choice` is flat here: this is the form of Chat Completions"
_FORMATS = ("audio/pcm", "audio/pcmu", "audio/pcma")
_OTHER_WORDS = {
    "mulaw": "g711_ulaw", "ulaw": "g711_ulaw", "alaw": "g711_alaw", "pcm": "pcm16", "g711": "g711_ulaw",
    "pcmu": "g711_ulaw", "pcma": "g711_alaw", "l16": "pcm16",
}  # fmt: skip


def _form_for(name: str) -> dict[str, str | int] | None:
    """The object for a format's name as it is elsewhere: `pcm16`, `audio/pcmu`, or `audio/x-mulaw` as with Twilio."""
    word = name.lower().removeprefix("audio/").removeprefix("x-")
    return BETA_FORMATS.get(_OTHER_WORDS.get(word, word))


def _object_for(name: str) -> str | None:
    """The same, as YAML writes it."""
    form = _form_for(name)
    return None if form is None else "{" + ", ".join(f"{key}: {value}" for key, value in form.items()) + "}"


def _format(value: Any, path: Path) -> Fault | None:
    if isinstance(value, str):
        form = _object_for(value)
        return audio.STRING_FORMAT.fault(
            path,
            f"an audio format is an object, not the word {shown(value)}",
            f"write {form}" if form else f"write {{type: …}} with {either(_FORMATS)}",
            fix=Fix(f"write {form}", (Put(path, _form_for(value)),)) if form else None,
        )
    if isinstance(value, dict) and "type" not in value:
        key = next((name for name in ("encoding", "codec", "format", "mime_type") if name in value), None)
        form = _object_for(value[key]) if key is not None and isinstance(value[key], str) else None
        if key is not None:
            return shape.UNKNOWN_KEY.fault(
                (*path, key), f"an audio format has no `{key}`; it says its `type`", f"write {form or '`type`'}", "key"
            )
    if isinstance(value, dict) and isinstance(value.get("type"), str):
        form = _object_for(value["type"])
        if value["type"] not in _FORMATS:
            help_ = f"write {form} instead" if form else f"write {either(_FORMATS)}"
            named = _form_for(value["type"])
            at = (*path, "type")
            fix = Fix(f"write `{named['type']}`", (Put(at, named["type"]),), "unsafe") if named else None
            return shape.UNKNOWN_VALUE.fault(at, f"there is no format {shown(value['type'])}", help_, fix=fix)
    return None


def _rate(value: Any, path: Path) -> Fault:
    if value is MISSING:
        return audio.PCM_RATE.fault(
            path[:-1],
            "`audio/pcm` needs its rate; the service refuses the body without it",
            "add `rate: 24000`",
            "object",
            Fix("add `rate: 24000`", (Put(path, 24_000),)),
        )
    if value == "24000":
        fix = Fix("write 24000 without quotes", (Put(path, 24_000),))
        return audio.PCM_RATE.fault(path, "the rate is a number, not text", "write 24000 without quotes", fix=fix)
    return audio.PCM_RATE.fault(
        path,
        f"{shown(value)} is no rate for `audio/pcm`: the service takes 24000 only",
        "write 24000 and resample, or for a phone line take {type: audio/pcmu}, which is 8 kHz",
        fix=Fix("write 24000", (Put(path, 24_000),), "unsafe"),
    )


def _modalities(value: Any, path: Path) -> Fault | None:
    if isinstance(value, list) and {item for item in value if isinstance(item, str)} >= {"text", "audio"}:
        others = [index for index, item in enumerate(value) if item != "audio"]
        removed = tuple(Remove((*path, index)) for index in reversed(others))
        return audio.BOTH_MODALITIES.fault(
            path,
            "text and audio cannot be asked for together",
            "write [audio]: the transcript comes with it",
            fix=Fix("write [audio]", removed, "unsafe"),
        )
    if isinstance(value, str) and value in ("text", "audio"):
        fix = Fix(f"write [{value}]", (Put(path, [value]),))
        return shape.WRONG_TYPE.fault(path, "`output_modalities` is a list", f"write [{value}]", fix=fix)
    return None


def no_type(session: dict[str, Any], path: Path, kinds: Iterable[str]) -> Fault:
    """The fault for a session that does not say which of some kinds it is: the likeliest first."""
    talks = not session.keys() <= {"audio", "include"}
    first, *others = ("realtime",) if talks and "realtime" in kinds else kinds
    return shape.MISSING_KEY.fault(
        path,
        "`type` is missing; every session needs it, in each update too",
        f"add `type: {first}`" + "".join(f" (or `type: {other}`)" for other in others),
        "object",
        Fix(f"add `type: {first}`", (Put((*path, "type"), first, first=True),), "unsafe" if others else "safe"),
    )


def _session_type(value: Any, path: Path) -> Fault | None:
    if value == "translation":
        message = "a translation session has no `type`; `model: gpt-realtime-translate` says what it is"
        return shape.UNKNOWN_VALUE.fault(path, message, "remove `type`")
    if value in TYPED_KINDS:
        if path[:-1]:
            return shape.UNKNOWN_VALUE.fault(path, f"a call carries no {value} session", "write `realtime`")
        return shape.UNKNOWN_VALUE.fault(
            path, f"this is a {value} session, and it is checked as another kind", "drop `--kind` or `$kind`"
        )
    if not isinstance(value, str):
        return None
    guess = nearest(value, TYPED_KINDS)
    help_ = f"write `{guess}`" if guess else f"write {either(TYPED_KINDS)}"
    fix = Fix(f"write `{guess}`", (Put(path, guess),), "unsafe") if guess else None
    return shape.UNKNOWN_VALUE.fault(path, f"there is no session of type {shown(value)}", help_, fix=fix)


def _transcription_model(value: Any, path: Path) -> Fault | None:
    if value is not MISSING:
        return None
    return shape.MISSING_KEY.fault(
        path[:-1],
        "`transcription` needs a `model`; the service refuses the body without it",
        "add one, such as `model: gpt-live-transcribe`, or write `transcription: null` to turn it off",
        "object",
    )


def _function_name(value: Any, path: Path) -> Fault | None:
    if not isinstance(value, str):
        return None
    message = f"{shown(value)} is no name for a tool: letters, digits, `_` and `-` only"
    better = "".join(
        letter if letter.isalnum() or letter in "_-" else "_" for letter in _plain(value.strip()) if letter.isascii()
    )
    if not better or mask(value) != value:
        return shape.PATTERN.fault(path, message)
    fix = Fix(f"write `{better}`", (Put(path, better),), "unsafe")
    return shape.PATTERN.fault(path, message, f"write `{better}`", fix=fix)


def _plain(text: str) -> str:
    """The text with its letters taken from their accents."""
    from unicodedata import normalize

    return normalize("NFKD", text)


def _voice(value: Any, path: Path) -> Fault | None:
    """A built-in voice in an object; only a custom voice is one."""
    if not isinstance(value, dict) or "id" in value or any(key.startswith("$") for key in value):
        return None
    name = value.get("name", value.get("voice"))
    name = name if isinstance(name, str) and name.isidentifier() else "…"
    return shape.MISSING_KEY.fault(
        path,
        "a voice is a name, or an object with the `id` of a custom voice",
        f"write `voice: {name}`, or `voice: {{id: …}}`",
        "object",
    )


def _truncation(value: Any, path: Path) -> Fault | None:
    if isinstance(value, dict) and value.get("type") in ("auto", "disabled"):
        word = value["type"]
        return shape.UNKNOWN_VALUE.fault(
            (*path, "type"),
            f"`{word}` stands alone, without an object around it",
            f"write `truncation: {word}`",
            fix=Fix(f"write `truncation: {word}`", (Put(path, word),)),
        )
    return None


def _tool_choice(value: Any, path: Path) -> Fault | None:
    if isinstance(value, dict) and isinstance(value.get("function"), dict):
        name = value["function"].get("name", "…")
        fix = None
        if isinstance(name, str) and value.keys() == {"type", "function"} and value["function"].keys() == {"name"}:
            inner = (*path, "function")
            changes = (Move((*inner, "name"), (*path, "name")), Remove(inner))
            fix = Fix("put the name beside `type`", changes)
        return tool.NESTED_CHOICE.fault(path, _FLAT_CHOICE, f"write {{type: function, name: {name}}}", fix=fix)
    return None


def _instructions(value: Any, path: Path) -> Fault | None:
    """A text wrapped into an object."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    (key,) = value
    if key in ("file", "path", "env") and isinstance(value[key], str):
        directive = "$env" if key == "env" else "$file"
        name = value[key] if mask(value[key]) == value[key] else "…"
        return shape.WRONG_TYPE.fault(path, "`instructions` is text", f"write {{{directive}: {name}}}")
    if key in ("text", "content", "value"):
        return shape.WRONG_TYPE.fault(path, "`instructions` is text, without an object around it", _TEXT_ITSELF)
    return None


_TEXT_ITSELF = "write the text itself, in YAML after `|` on lines of its own"


def _prompt(value: Any, path: Path) -> Fault | None:
    """A text where the name of a stored prompt belongs."""
    if not isinstance(value, dict) or "id" in value:
        return None
    key = next((name for name in ("text", "content", "instructions", "template") if name in value), None)
    if key is None:
        return None
    return shape.UNKNOWN_KEY.fault(
        (*path, key),
        "`prompt` names a prompt that is stored at OpenAI and holds no text",
        "write your own text as `instructions`",
        "key",
    )


def _beta_tools(value: Any, path: Path) -> Fault | None:
    """An MCP server where there are functions only: one fault, not one for each of its keys."""
    if not isinstance(value, list):
        return None
    for index, entry in enumerate(value):
        if isinstance(entry, dict) and entry.get("type") == "mcp":
            return shape.UNKNOWN_VALUE.fault(
                (*path, index, "type"),
                "the beta API has no MCP servers among its tools, only functions",
                "remove it, or move the session to today's shape, with `type: realtime`",
            )
    return None


SPECIAL: dict[tuple[str, str], Special] = {
    ("AudioInput", "format"): _format,
    ("AudioOutput", "format"): _format,
    ("PcmFormat", "rate"): _rate,
    ("RealtimeSession", "output_modalities"): _modalities,
    ("RealtimeSession", "type"): _session_type,
    ("TranscriptionSession", "type"): _session_type,
    ("Transcription", "model"): _transcription_model,
    ("FunctionTool", "name"): _function_name,
    ("RealtimeSession", "tool_choice"): _tool_choice,
    ("RealtimeSession", "truncation"): _truncation,
    ("RealtimeSession", "instructions"): _instructions,
    ("RealtimeSession", "prompt"): _prompt,
    ("AudioOutput", "voice"): _voice,
    ("BetaSession", "instructions"): _instructions,
    ("BetaSession", "tools"): _beta_tools,
}
"""By record and key."""


def nested_tool(value: dict[str, Any], path: Path) -> Fault:
    """The fault for a function tool in the form of Chat Completions, which would be four faults else."""
    kept = [key for key in value["function"] if key in ("name", "description", "parameters")]
    return tool.NESTED_TOOL.fault(
        (*path, "function"),
        "a tool is flat here: this is the form of Chat Completions",
        f"put {either(kept or ('name',), 'and')} beside `type` and remove `function`",
        "key",
        _flattened(value, path),
    )


def _flattened(value: dict[str, Any], path: Path) -> Fix | None:
    """A tool without `function`, the keys of which stand in the tool itself."""
    inner = value["function"]
    kept = [key for key in inner if key in ("name", "description", "parameters")]
    if "name" not in kept or not value.keys().isdisjoint(kept):
        return None
    at = (*path, "function")
    given = () if "type" in value else (Put((*path, "type"), "function", first=True),)
    moved = (Move((*at, key), (*path, key)) for key in kept)
    certain = inner.keys() <= {*kept, "strict"}
    changes = (*given, *moved, Remove(at))
    return Fix("put its keys beside `type`", changes, "safe" if certain else "unsafe")
