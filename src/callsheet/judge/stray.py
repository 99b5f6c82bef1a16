"""What to say of a key that does not belong where it stands."""

from __future__ import annotations

from callsheet.facts.key import ABSENT_KEYS, BETA_FORMATS, BETA_KEYS, HERE, OTHER_NAMES, RESPONSE_KEYS, TOOL_KEYS
from callsheet.named_tuple import NamedTuple
from callsheet.nearest import nearest
from callsheet.patch import Fix, Move, Remove, Rename
from callsheet.pointer import to_dotted
from callsheet.rules import audio as audio_rules
from callsheet.rules import shape as rules
from callsheet.rules import tool as tool_rules
from callsheet.shape.directive import PLACEHOLDERS
from callsheet.shape.kind import FLAT_KINDS
from callsheet.shape.say import either, shown
from callsheet.shape.shape import Either, Record, Shape, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path
    from callsheet.shape.frozen import Kinds

_FEW = 2
"""More homes than this for a key, and naming them all helps nobody."""
_VAGUE = frozenset({"id", "name", "type", "version", "description"})
"""Keys that may mean anything: that another object has them too says nothing."""


class Stray(NamedTuple):
    """A key that its record does not have.

    `siblings` are the other records that could stand here, `session` the session around it (the record
    itself where that is one), `path` the way to the key, `given` the mapping in which it stands.
    """

    key: str
    value: Any
    record: Record
    siblings: Tagged | None
    session: Record | None
    path: Path
    kinds: Kinds
    given: dict[str, Any]

    @property
    def written(self) -> str:
        """The key as it stands in the text."""
        return str(self.path[-1])

    @property
    def at_top(self) -> bool:
        """Whether it stands at the top of a session."""
        return self.record is self.session

    @property
    def flat(self) -> bool:
        """Whether the session around it has the flat shape of the beta API."""
        return self.session is not None and self.session.name in _FLAT

    @property
    def within(self) -> str:
        """Where it stands, below the session: `audio.output.voice`."""
        return to_dotted((*self.path[:-1], self.key)).removeprefix("session.")


def fault_of(stray: Stray) -> Fault:
    """The fault for a stray key: the first explanation that fits."""
    folded = snake(stray.key)
    if folded != stray.key:
        if folded in stray.record.fields:
            return _unknown(stray, _write(stray, folded), _rename(stray, folded, certain=True))
        stray = stray._replace(key=folded)
    home = HERE.get((stray.record.name, stray.key), "")
    if home in stray.record.fields:
        return _unknown(stray, _write(stray, home), _rename(stray, home))
    explanations = (
        _directive, _unspaced, _sibling, _tool, _other_flat, _newer, _moved, _response, _envelope, _other_kind, _dotted,
        _near, _elsewhere,
    )  # fmt: skip
    for explain in explanations:
        fault = explain(stray)
        if fault is not None:
            return fault
    fields = stray.record.fields
    if not fields:
        return _unknown(stray, "remove it: nothing can stand here")
    return _unknown(stray, f"its keys are {either(fields, 'and')}" if len(fields) > 1 else f"it takes {either(fields)}")


def _unknown(stray: Stray, help_: str, fix: Fix | None = None) -> Fault:
    where = f"`{to_dotted(stray.path[:-1])}`" if stray.path[:-1] else "the body"
    message = f"{where} has no key `{stray.written}`"
    if stray.record not in PLACEHOLDERS.values():  # which are never sent
        message += ", and one unknown key makes the service drop the whole body"
    return rules.UNKNOWN_KEY.fault(stray.path, message, help_, "key", fix)


def _rename(stray: Stray, key: str, *, certain: bool = False) -> Fix | None:
    """The key under its right name, if that is free."""
    if key in stray.given:
        return None
    return Fix(f"write `{key}`", (Rename(stray.path, key),), "safe" if certain else "unsafe")


def _removal(stray: Stray, *, certain: bool = False) -> Fix:
    return Fix(f"remove `{stray.written}`", (Remove(stray.path),), "safe" if certain else "unsafe")


def _move(stray: Stray, home: str, *, certain: bool = False) -> Fix:
    """The key at another place of its session, which is named by a dotted path."""
    session: Path = ("session",) if stray.path[0] == "session" and len(stray.path) > 1 else ()
    to = (*session, *home.split("."))
    return Fix(f"move it to `{home}`", (Move(stray.path, to),), "safe" if certain else "unsafe")


def _write(stray: Stray, key: str) -> str:
    return f"remove it: `{key}` is there already" if key in stray.given else f"write `{key}`"


def _directive(stray: Stray) -> Fault | None:
    """`$…`: a directive that there is not, or one that belongs to the top."""
    if not stray.key.startswith("$"):
        return None
    known = stray.record.fields if stray.record.name == "Directives" else PLACEHOLDERS
    guess = nearest(stray.key, known)
    return rules.UNKNOWN_DIRECTIVE.fault(
        stray.path,
        f"callsheet has no directive `{stray.key}` here",
        f"write `{guess}`" if guess else f"what may stand here is {either(known)}",
        "key",
        _rename(stray, guess) if guess else None,
    )


def _sibling(stray: Stray) -> Fault | None:
    """A key of the record beside the one that was chosen."""
    if stray.siblings is None:
        return None
    variants = stray.siblings.variants
    chosen = next((name for name, variant in variants.items() if variant is stray.record), "")
    owner = next((name for name, variant in variants.items() if stray.key in variant.fields), None)
    if stray.record.name in ("PcmuFormat", "PcmaFormat") and stray.key == "rate":
        message = f"`{chosen}` takes no `rate`: G.711 is always 8 kHz"
        return audio_rules.G711_RATE.fault(stray.path, message, "remove it", "key", _removal(stray, certain=True))
    if owner is None or stray.at_top:
        return None
    rule = audio_rules.OTHER_TURN_DETECTION if owner.endswith("_vad") else rules.MISPLACED_KEY
    message = f"`{chosen}` has no key `{stray.key}`; it belongs to `{owner}`"
    guess = nearest(stray.key, stray.record.fields)
    help_ = f"write `{guess}`, or `type: {owner}`" if guess else f"remove it, or write `type: {owner}`"
    return rule.fault(stray.path, message, help_, "key")


def _tool(stray: Stray) -> Fault | None:
    """A key that function tools have in other APIs."""
    if stray.record.name == "BetaTool" and stray.key == "function" and isinstance(stray.value, dict):
        from callsheet.judge.special import nested_tool

        return nested_tool(stray.given, stray.path[:-1])
    if stray.record.name not in ("FunctionTool", "BetaTool") or not (
        stray.key in TOOL_KEYS or stray.key.startswith("x-")
    ):
        return None
    note = TOOL_KEYS[stray.key].note if stray.key in TOOL_KEYS else "Notes of your own cannot stand in a tool."
    message = f"a function tool has no key `{stray.key}`"
    fix = _removal(stray, certain=stray.key in TOOL_KEYS and stray.key != "function")
    return tool_rules.EXTRA_TOOL_KEY.fault(stray.path, message, f"remove it. {note}", "key", fix)


def _other_flat(stray: Stray) -> Fault | None:
    """A key of one flat session in the other."""
    if stray.session is None or not stray.flat:
        return None
    what, other, more = _FLAT[stray.session.name]
    if stray.within not in _homes(stray.kinds[FLAT_KINDS[other]]):
        return None
    if stray.key == "model" and stray.at_top:
        help_ = "write the transcription model as `input_audio_transcription.model`"
    else:
        help_ = f"remove it{more}"
    message = f"a flat {what} session has no `{stray.within}`; it belongs to a {other} session"
    return rules.MISPLACED_KEY.fault(stray.path, message, help_, "key")


_FLAT = {
    "BetaSession": ("realtime", "transcription", ""),
    "BetaTranscriptionSession": ("transcription", "realtime", ", or check it with `$kind: realtime-beta`"),
}
"""The flat sessions by their records: what each is, what the other one is, and what else may be meant."""


def _newer(stray: Stray) -> Fault | None:
    """A key of today's shape in a flat session."""
    if stray.session is None or not stray.flat:
        return None
    head, dot, rest = stray.within.partition(".")
    moved = BETA_KEYS.get(head)
    home = f"{(moved and moved.path) or head}{dot}{rest}"
    if home not in _homes(stray.kinds["realtime"]):
        return None
    message = f"`{stray.within}` is a key of today's shape, and this is a flat session of the beta API"
    olds = [(old.path, old.name) for old in BETA_KEYS.values() if old.path and old.name in stray.session.fields]
    if name := next((name for path, name in olds if path == home), None):
        return rules.MISPLACED_KEY.fault(stray.path, message, f"write `{name}`", "key")
    below = [(path, name) for path, name in olds if path.startswith(f"{home}.")]
    given = [(path, name) for path, name in below if _has(stray.value, path[len(home) + 1 :])] or below
    if not given:
        return rules.MISPLACED_KEY.fault(stray.path, message, "remove it: the flat shape has no such setting", "key")
    names = ", ".join(f"`{path}` → `{name}`" for path, name in given)
    return rules.MISPLACED_KEY.fault(stray.path, message, f"move its settings to the top: {names}", "key")


def _has(value: Any, dotted: str) -> bool:
    """Whether there is something at a path."""
    for step in dotted.split("."):
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return True


def _moved(stray: Stray) -> Fault | None:
    """A key of the flat beta shape, at the top of a session or carried along into the nested one."""
    beta = BETA_KEYS.get(stray.key)
    if beta is None or stray.session is None or stray.flat:
        return None
    if beta.path is None:
        return rules.REMOVED_KEY.fault(
            stray.path, f"`{stray.key}` is gone from the API", f"remove it. {beta.note}", "key", _removal(stray)
        )
    if not stray.at_top and not stray.key.startswith("input_audio_"):
        return None  # voice, speed and turn_detection are today's names as well: only misplaced
    if beta.path not in _homes(stray.session):
        return None
    help_ = f"{'move it to' if '.' in beta.path else 'write'} `{beta.path}`"
    if isinstance(stray.value, str) and stray.value in BETA_FORMATS:
        form = ", ".join(f"{name}: {part}" for name, part in BETA_FORMATS[stray.value].items())
        help_ += f" as {{{form}}}"
    else:
        help_ += f". {beta.note}"
    was = "stood here in" if stray.at_top else "is a key of"
    message = f"`{stray.written}` {was} the beta API, which was shut down on 2026-05-12"
    return rules.BETA_KEY.fault(stray.path, message, help_, "key", _beta_move(stray, beta.path))


def _beta_move(stray: Stray, home: str) -> Fix | None:
    """The key where it lives today, with its value in today's form."""
    from callsheet.judge.beta import moved

    changes = moved((*stray.path[:-1], stray.key), stray.value) if stray.at_top and stray.written == stray.key else ()
    return Fix(f"move it to `{home}`", changes) if changes else None


def _response(stray: Stray) -> Fault | None:
    """A key that only the server sends."""
    if stray.flat and stray.within in ("id", "object", "expires_at", "client_secret.value"):
        message = f"`{stray.within}` comes from the server and is no key of a request"
        return rules.RESPONSE_KEY.fault(stray.path, message, "remove it", "key", _removal(stray, certain=True))
    if stray.flat or stray.session is None or not (stray.at_top or stray.key == "custom_voice_id"):
        return None
    known = RESPONSE_KEYS.get(stray.key)
    if known is None:
        return None
    message = f"`{stray.key}` comes from the server and is refused when sent"
    return rules.RESPONSE_KEY.fault(
        stray.path, message, f"remove it. {known.note}", "key", _removal(stray, certain=stray.key != "custom_voice_id")
    )


def _envelope(stray: Stray) -> Fault | None:
    """A key of the session beside the session, or a key of the envelope inside it."""
    if stray.session is None or stray.at_top:
        carried = stray.record.fields.get("session")
        if carried is not None and stray.key in _keys(carried.shape):
            message = f"`{stray.key}` belongs to the session, not beside it"
            to = (*stray.path[:-1], "session", stray.written)
            fix = Fix(f"move it to `session.{stray.key}`", (Move(stray.path, to),))
            return rules.MISPLACED_KEY.fault(stray.path, message, f"write `session.{stray.key}`", "key", fix)
    if stray.at_top and stray.key == "session" and isinstance(stray.value, dict):
        message = "`session` stands inside a session"
        return rules.MISPLACED_KEY.fault(stray.path, message, "put what it holds directly beside `type`", "key")
    if stray.at_top and stray.key in _BESIDE and not (stray.flat and stray.key != "event_id"):
        message = f"`{stray.key}` belongs beside `session`, not into it"
        return rules.MISPLACED_KEY.fault(stray.path, message, _BESIDE[stray.key], "key")
    return None


_BESIDE = {
    "expires_after": "a client-secret body is `{expires_after: …, session: {…}}`",
    "sdp": "the body for a call is `{sdp: …, session: {…}}`",
    "event_id": "an update is `{type: session.update, event_id: …, session: {…}}`",
}
"""Keys that stand around a session, and what the whole looks like."""


def _keys(shape: Shape) -> set[str]:
    records = shape.variants.values() if isinstance(shape, Tagged) else [shape]
    return {key for record in records if isinstance(record, Record) for key in record.fields}


def _other_kind(stray: Stray) -> Fault | None:
    """A key that only a realtime session has, in a session of another kind."""
    kind = _OTHERS.get(stray.session.name) if stray.session is not None else None
    if kind is None:
        return None
    if kind == "transcription" and stray.at_top and stray.key == "model":
        return rules.MISPLACED_KEY.fault(
            stray.path,
            "a transcription session takes no `model` of its own",
            "write the transcription model as `audio.input.transcription.model`",
            "key",
            _move(stray, "audio.input.transcription.model"),
        )
    if stray.within not in _homes(stray.kinds["realtime"]):
        return None
    message = f"a {kind} session has no `{stray.key}`; it belongs to a realtime session"
    return rules.MISPLACED_KEY.fault(stray.path, message, "remove it, or write `type: realtime`", "key")


_OTHERS = {
    "TranscriptionSession": "transcription",
    "TranslationSession": "translation",
    "TranslationChange": "translation",
}
"""The sessions that are not realtime sessions, by their records."""


def _dotted(stray: Stray) -> Fault | None:
    """A path, as documents write it, taken for a key."""
    if "." not in stray.key or stray.key not in _homes(stray.record):
        return None
    first, *rest = stray.key.split(".")
    nested = f"{first}: " + "".join(f"{{{step}: " for step in rest) + "…" + "}" * len(rest)
    to = (*stray.path[:-1], *stray.key.split("."))
    fix = Fix(f"write `{nested}`", (Move(stray.path, to),))
    return _unknown(stray, f"each step of the path is a level of its own: write `{nested}`", fix)


def _near(stray: Stray) -> Fault | None:
    """A key that is a misspelling of one that belongs here, or one that people expect and nobody has."""
    if stray.key in ABSENT_KEYS:
        note = ABSENT_KEYS[stray.key].note
        message = f"the API has no `{stray.key}`"
        return rules.UNKNOWN_KEY.fault(stray.path, message, f"remove it. {note}", "key", _removal(stray))
    home = HERE.get((stray.record.name, stray.key), "")
    if "." in home:
        fix = Fix(f"write `{home}`", (Move(stray.path, (*stray.path[:-1], *home.split("."))),), "unsafe")
        return _unknown(stray, f"write it as `{home}`", fix)
    guess = _meant(stray.key, stray.record)
    if guess is None:
        return None
    return _unknown(stray, _write(stray, guess), _rename(stray, guess) if guess in stray.record.fields else None)


def _meant(key: str, record: Record) -> str | None:
    guess = HERE.get((record.name, key)) or OTHER_NAMES.get(key)
    if guess is None or guess.split(":")[0] not in record.fields:
        return nearest(key, record.fields)
    return guess


def meant(key: str, record: Record) -> str | None:
    """The key of a record that another one stands for, where it has one."""
    folded = snake(key)
    return folded if folded in record.fields else _meant(folded, record)


def snake(key: str) -> str:
    """A key in the spelling of the API: `turnDetection` is `turn_detection`."""
    if not (key.isascii() and key.isidentifier()) or key[0].isupper() or key.islower():
        return key
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key).replace("__", "_")


def _unspaced(stray: Stray) -> Fault | None:
    """`voice:marin`, which YAML reads as a key without a value."""
    name, colon, value = stray.key.partition(":")
    known = _keys(stray.record) | BETA_KEYS.keys()
    if stray.value is not None or not colon or not value or snake(name) not in known:
        return None
    message = f"{shown(stray.key)} is read as a key without a value"
    help_ = f"a space is missing after the colon: write `{name}: {shown(value.strip())[1:-1]}`"
    return rules.UNKNOWN_KEY.fault(stray.path, message, help_, "key")


def _elsewhere(stray: Stray) -> Fault | None:
    """A key that the session has at another place."""
    if stray.session is None or stray.key in _VAGUE:
        return None
    homes = [home for home in _homes(stray.session) if home.rsplit(".", 1)[-1] == stray.key]
    if not 0 < len(homes) <= _FEW:
        return None
    return rules.MISPLACED_KEY.fault(
        stray.path,
        f"`{stray.key}` does not belong here",
        f"move it to {either(homes)}",
        "key",
        _move(stray, homes[0]) if len(homes) == 1 else None,
    )


def _homes(shape: Shape) -> list[str]:
    """The dotted path of every key below a shape, each once; entries of lists and of free maps are left out."""
    return list(dict.fromkeys(_walk_homes(shape, "")))


def _walk_homes(shape: Shape, at: str) -> Iterator[str]:
    match shape:
        case Record(fields=fields):
            for key, field in fields.items():
                home = f"{at}.{key}" if at else key
                yield home
                yield from _walk_homes(field.shape, home)
        case Tagged(variants=variants):
            for variant in variants.values():
                yield from _walk_homes(variant, at)
        case Either(options=options):
            for option in options:
                yield from _walk_homes(option, at)
