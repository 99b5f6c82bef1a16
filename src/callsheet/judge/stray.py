"""What to say of a key that does not belong where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.facts.key import ABSENT_KEYS, BETA_FORMATS, BETA_KEYS, RESPONSE_KEYS, TOOL_KEYS
from callsheet.judge.nearest import nearest
from callsheet.judge.say import either
from callsheet.pointer import to_dotted
from callsheet.rules import audio as audio_rules
from callsheet.rules import shape as rules
from callsheet.rules import tool as tool_rules
from callsheet.shape.shape import Either, Items, Record, Shape, Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path

_FEW = 2
"""More homes than this for a key, and naming them all helps nobody."""


def stray(key: str, value: Any, record: Record, siblings: Tagged | None, session: Record | None, path: Path) -> Fault:
    """The fault for a key that `record` does not have.

    `siblings` are the other records that could stand here, `session` the session around it, `path` the way
    to the key.
    """
    for explain in (_sibling, _tool, _moved, _response, _elsewhere):
        fault = explain(key, value, record, siblings, session, path)
        if fault is not None:
            return fault
    if key in ABSENT_KEYS:
        return rules.UNKNOWN_KEY.fault(path, f"the API has no `{key}`", ABSENT_KEYS[key].note, "key")
    guess = nearest(key, record.fields)
    where = f"`{to_dotted(path[:-1])}`" if path[:-1] else "the body"
    if guess is not None:
        return rules.UNKNOWN_KEY.fault(path, f"{where} has no key `{key}`", f"write `{guess}`", "key")
    listed = either(record.fields, "and") if record.fields else "none"
    return rules.UNKNOWN_KEY.fault(path, f"{where} has no key `{key}`", f"its keys are {listed}", "key")


def _sibling(
    key: str, _value: Any, record: Record, siblings: Tagged | None, _session: Record | None, path: Path
) -> Fault | None:
    """A key of the record beside the one that was chosen."""
    if siblings is None:
        return None
    chosen = next((name for name, variant in siblings.variants.items() if variant is record), "")
    owner = next((name for name, variant in siblings.variants.items() if key in variant.fields), None)
    if record.name in ("PcmuFormat", "PcmaFormat") and key == "rate":
        return audio_rules.G711_RATE.fault(
            path, f"`{chosen}` takes no `rate`: G.711 is always 8 kHz", "remove it", "key"
        )
    if owner is None:
        return None
    message = f"`{chosen}` has no key `{key}`; it belongs to `{owner}`"
    if record.name in ("ServerVad", "SemanticVad"):
        return audio_rules.OTHER_TURN_DETECTION.fault(path, message, f"remove it, or write `type: {owner}`", "key")
    return rules.MISPLACED_KEY.fault(path, message, f"remove it, or write `type: {owner}`", "key")


def _tool(
    key: str, _value: Any, record: Record, _siblings: Tagged | None, _session: Record | None, path: Path
) -> Fault | None:
    if record.name != "FunctionTool" or key not in TOOL_KEYS:
        return None
    return tool_rules.EXTRA_TOOL_KEY.fault(path, f"a function tool has no `{key}`", TOOL_KEYS[key].note, "key")


def _moved(
    key: str, value: Any, record: Record, _siblings: Tagged | None, session: Record | None, path: Path
) -> Fault | None:
    """A key of the flat beta shape, at the top of a session or carried along into the nested one."""
    beta = BETA_KEYS.get(key)
    if beta is None or session is None:
        return None
    if beta.path is None:
        return rules.REMOVED_KEY.fault(path, f"`{key}` is gone from the API", f"remove it: {beta.note}", "key")
    if record is not session and not key.startswith("input_audio_"):
        return None  # voice, speed and turn_detection are today's names as well: only misplaced
    if not _has(session, beta.path):
        return None
    target = f"`{beta.path}`"
    if isinstance(value, str) and value in BETA_FORMATS:
        form = ", ".join(f"{name}: {part}" for name, part in BETA_FORMATS[value].items())
        target += f" as {{{form}}}"
    return rules.BETA_KEY.fault(
        path, f"`{key}` is the flat beta shape, retired on 2026-05-12", f"write {target}. {beta.note}", "key"
    )


def _response(
    key: str, _value: Any, record: Record, _siblings: Tagged | None, session: Record | None, path: Path
) -> Fault | None:
    if session is None or key not in RESPONSE_KEYS or (record is not session and key != "custom_voice_id"):
        return None
    return rules.RESPONSE_KEY.fault(
        path, f"`{key}` comes from the server and is refused when sent", f"remove it. {RESPONSE_KEYS[key].note}", "key"
    )


def _elsewhere(
    key: str, _value: Any, record: Record, _siblings: Tagged | None, session: Record | None, path: Path
) -> Fault | None:
    """A key that the session has at another place, or that only the other kind of session has."""
    if session is None:
        return None
    here = to_dotted(path)
    if session.name == "TranscriptionSession":
        if key == "model" and record is session:
            return rules.MISPLACED_KEY.fault(
                path,
                "a transcription session takes no `model` of its own",
                "write the transcription model as `audio.input.transcription.model`",
                "key",
            )
        if here.removeprefix("session.") in _ONLY_REALTIME:
            return rules.MISPLACED_KEY.fault(
                path, f"a transcription session has no `{key}`; it belongs to a realtime session", "remove it", "key"
            )
    homes = list(dict.fromkeys(home for home in _homes(session) if home.rsplit(".", 1)[-1] == key))
    if not 0 < len(homes) <= _FEW:
        return None
    return rules.MISPLACED_KEY.fault(path, f"`{key}` does not belong here", f"it belongs at {either(homes)}", "key")


_ONLY_REALTIME = frozenset(
    ("instructions", "output_modalities", "audio.output", "tools", "tool_choice", "parallel_tool_calls",
     "max_output_tokens", "truncation", "reasoning", "tracing", "prompt")
)  # fmt: skip


def _homes(shape: Shape, at: str = "") -> Iterator[str]:
    """The dotted path of every key below a shape; entries of lists and of free maps are left out."""
    match shape:
        case Record(fields=fields):
            for key, field in fields.items():
                home = f"{at}.{key}" if at else key
                yield home
                yield from _homes(field.shape, home)
        case Tagged(variants=variants):
            for variant in variants.values():
                yield from _homes(variant, at)
        case Either(options=options):
            for option in options:
                yield from _homes(option, at)
        case Items():
            return


def _has(session: Record, dotted: str) -> bool:
    return dotted in _homes(session)
