"""What becomes of one setting of a flat session: pure functions from its value to the changes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.facts.key import BETA_FORMATS
from callsheet.facts.model import MODELS
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.migrate.change import Change, Drop, First, Note, Replace, Unwrap
from callsheet.shape.frozen import load
from callsheet.shape.say import either
from callsheet.shape.shape import Record, Tagged

if TYPE_CHECKING:
    from callsheet.pointer import Path

Found = tuple[list[Change], list[Note]]

NO_TYPE = ("type", "expires_after")
"""What a body may say of itself beside its settings."""
DETECTION = "server_vad"
"""What turn detection was when it did not say."""
_CHOICES = ("auto", "none", "required")
_TOOL_KEYS = ("name", "description", "parameters", "strict")


def format_of(path: Path, value: Any) -> Found:
    """A word for an audio format becomes an object."""
    if isinstance(value, str) and value in BETA_FORMATS:
        return [Replace(path, BETA_FORMATS[value])], []
    if isinstance(value, dict) and "type" in value:
        return [], []
    return [], [Note(path, f"this is none of {either(BETA_FORMATS, 'and')}; it is kept as it is", open=True)]


def turn_detection(path: Path, value: Any) -> Found:
    """The type is written out, and settings of the other type go."""
    if not isinstance(value, dict) or from_elsewhere(value):
        return [], []
    changes: list[Change] = []
    kind = value.get("type", DETECTION)
    if "type" not in value:
        changes.append(First(path, "type", DETECTION))
    others = _other_settings(kind)
    changes += [
        Drop((*path, key), f"no setting of `{kind}`; it belongs to `{others[key]}`") for key in value if key in others
    ]
    return changes, []


def _other_settings(kind: Any) -> dict[str, str]:
    """The settings of turn detection that one type has not, and whose they are."""
    variants = _variants()
    if not isinstance(kind, str) or kind not in variants:
        return {}
    own = variants[kind].fields
    return {key: other for other, record in variants.items() for key in record.fields if key not in own}


def _variants() -> dict[str, Record]:
    """The types of turn detection in today's shape."""
    shape: Any = load()["realtime"]
    for key in ("audio", "input", "turn_detection"):
        shape = shape.fields[key].shape
    return dict(shape.variants) if isinstance(shape, Tagged) else {}


def tool(path: Path, value: Any) -> Found:
    """The nested form of Chat Completions becomes flat; `strict` goes."""
    if not isinstance(value, dict) or from_elsewhere(value):
        return [], []
    changes: list[Change] = []
    inner: Any = value.get("function")
    nested = isinstance(inner, dict) and not from_elsewhere(inner) and inner.keys().isdisjoint(value.keys())
    if "type" not in value and (nested or "name" in value):
        changes.append(First(path, "type", "function"))
    if nested:
        changes.append(Unwrap((*path, "function")))
        if "strict" in inner:
            changes.append(_not_strict((*path, "function", "strict")))
    if "strict" in value and value.get("type", "function") == "function":
        changes.append(_not_strict((*path, "strict")))
    return changes, []


def _not_strict(path: Path) -> Drop:
    return Drop(path, "the Realtime API has no strict tools and refuses the key")


def tool_choice(path: Path, value: Any) -> Found:
    """A function is named in an object."""
    if isinstance(value, str) and value not in _CHOICES:
        return [Replace(path, {"type": "function", "name": value})], []
    if not isinstance(value, dict) or from_elsewhere(value):
        return [], []
    inner: Any = value.get("function")
    changes: list[Change] = []
    nested = isinstance(inner, dict) and "name" not in value
    if "type" not in value and (nested or "name" in value):
        changes.append(First(path, "type", "function"))
    if nested and inner.keys().isdisjoint(value.keys()):
        changes.append(Unwrap((*path, "function")))
    return changes, []


class Retired(NamedTuple):
    """A model that answers no more, and the one that the notice names."""

    said: str
    replacement: str | None


def retired(name: Any, today: str, *, transcriber: bool) -> Retired | None:
    """What is known of a model that is gone; None for one that lives or that nobody knows."""
    catalogue: dict[str, Any] = dict(TRANSCRIPTION_MODELS if transcriber else MODELS)
    entry = catalogue.get(name) if isinstance(name, str) else None
    if entry is None or entry.until is None or entry.until > today:
        return None
    said = f"`{name}` {'left the lists of the API' if entry.delisted else 'was shut down'} on {entry.until}"
    while entry is not None and entry.until is not None and entry.until <= today:
        name = entry.replacement
        entry = catalogue.get(name) if name is not None else None
    return Retired(said, name)


def from_elsewhere(value: dict[str, Any]) -> bool:
    """Whether a mapping stands for a value from a file or from the environment."""
    return any(key.startswith("$") for key in value)
