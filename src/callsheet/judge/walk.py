"""Holds a body against its shape.

What is said of a misfit stands in `wording` and `stray`, which are imported when the first one is met: a clean
run never does.
"""

from __future__ import annotations

import re

from callsheet.judge.fine import is_fine
from callsheet.shape.directive import PLACEHOLDERS, takes
from callsheet.shape.shape import (
    Choice,
    Either,
    Entries,
    Field,
    Flag,
    Free,
    Items,
    Number,
    Record,
    Tagged,
    Text,
    fits,
)
from callsheet.source.node import UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path
    from callsheet.shape.frozen import Kinds
    from callsheet.shape.shape import Shape

NOT_IN_REVISION = "CS605"
"""The code of the one rule about what another revision has; its sentence is the best there is."""
_TAG_ONLY = Record("Tag", {"type": Field(Text())})
_LIKELIER = {
    "call": ("realtime",),
    "RealtimeSession": ("realtime", "transcription"),
    "TranscriptionSession": ("transcription", "realtime"),
}
"""Which types a session without one may have: that in a call, and one at the top by its record."""
_SESSIONS = frozenset(
    {
        "RealtimeSession",
        "TranscriptionSession",
        "TranslationSession",
        "TranslationChange",
        "BetaSession",
        "BetaTranscriptionSession",
    }
)


def walk(
    kinds: Kinds, shape: Shape, body: Any, path: Path = (), *, partial: bool = False, placeholders: bool = True
) -> list[Fault]:
    """Everything about a body that its shape does not allow; `path` is where in the document it stands.

    A `partial` body gets what it lacks from elsewhere, so nothing in it is missing. Without `placeholders` nothing in
    it may come from a file or from the environment.
    """
    if is_fine(shape, body, partial=partial):
        return []
    walker = _Walker(kinds, partial=partial, placeholders=placeholders)
    if isinstance(shape, Record) and isinstance(body, dict) and not path:
        walker.record(shape, body, ())  # at the top, `$file` is no placeholder
    else:
        walker.check(shape, body, path)
    return walker.faults


class _Walker:
    """One walk over one body."""

    def __init__(self, kinds: Kinds, *, partial: bool, placeholders: bool) -> None:
        self.kinds = kinds
        self.partial = partial
        self.placeholders = placeholders
        self.faults: list[Fault] = []
        self.session: Record | None = None

    def check(self, shape: Shape, value: Any, path: Path) -> None:
        """Look at one value; each kind of shape has a method below."""
        kind = type(value)
        if value is UNREADABLE:
            return
        if kind is dict and ("$file" in value or "$env" in value):
            self.placeholder(shape, value, path)
            return
        wanted, look = _LOOKS[type(shape)]
        if wanted is None or kind is wanted:
            look(self, shape, value, path)
        else:
            self.wrong_type(shape, value, path)

    def record(self, record: Record, value: dict[str, Any], path: Path, siblings: Tagged | None = None) -> None:
        if record.name in _SESSIONS:
            self.session = record
        fields = record.fields
        faults = self.faults
        for key, item in value.items():
            field = fields.get(key)
            if field is None:
                if key in record.other and self.kinds.revision is not None:
                    self.dated_key(record.other[key], (*path, key), self.kinds.revision)
                else:
                    self.stray(key, value, record, siblings, path)
                continue
            before = len(faults)
            if item is None:
                if field.null != "yes":
                    self.null(field.shape, (*path, key), field)
            else:
                self.check(field.shape, item, (*path, key))
            if len(faults) > before and faults[before].code != NOT_IN_REVISION:
                self.improve(before, record, key, item, path)
                if key == "transcription" and record.name == "AudioInput":
                    self.transcriber(before, value)
        if not self.partial:
            for key, field in fields.items():
                if field.required and key not in value and (siblings is None or key != siblings.tag):
                    self.missing(record, key, value, path)

    def stray(self, key: str, value: dict[str, Any], record: Record, siblings: Tagged | None, path: Path) -> None:
        from callsheet.judge.stray import Stray, fault_of

        self.faults.append(
            fault_of(Stray(key, value[key], record, siblings, self.session, (*path, key), self.kinds, value))
        )

    def missing(self, record: Record, key: str, value: dict[str, Any], path: Path) -> None:
        from callsheet.judge import wording
        from callsheet.judge.special import MISSING, no_type
        from callsheet.judge.stray import meant

        fields = record.fields
        if any(other not in fields and meant(other, record) == key for other in value):
            return  # it is there, misspelt, and that has been said
        if key == "type" and record.name in ("RealtimeSession", "TranscriptionSession"):
            self.faults.append(no_type(value, path, _LIKELIER["call" if path else record.name]))
            return
        self.faults.append(wording.missing(key, fields[key], path))
        self.improve(len(self.faults) - 1, record, key, MISSING, path)

    def improve(self, before: int, record: Record, key: str, value: Any, path: Path) -> None:
        """Let a better sentence take the place of those that one field got."""
        from callsheet.judge.wording import improved

        self.faults[before:] = improved(self.faults[before:], record, key, value, path)

    def transcriber(self, before: int, given: dict[str, Any]) -> None:
        """Let the help name a transcription model that takes what stands beside it."""
        from callsheet.judge.advice import transcriber

        only = self.session is not None and self.session.name == "TranscriptionSession"
        self.faults[before:] = [
            transcriber(fault, given, only=only, revision=self.kinds.revision) for fault in self.faults[before:]
        ]

    def null(self, shape: Shape, path: Path, field: Field | None = None) -> None:
        from callsheet.judge.wording import null

        self.faults.append(null(shape, path, field))

    def wrong_type(self, shape: Shape, value: Any, path: Path) -> None:
        if isinstance(value, dict) and any(key.startswith("$") for key in value):
            self.record(Record("Placeholder", {}), value, path)
            return
        if not self.dated_value(shape, value, path):
            from callsheet.judge.wording import wrong_type

            self.faults.append(wrong_type(shape, value, path))

    def unknown_value(self, shape: Shape, value: Any, path: Path, allowed: tuple[Any, ...]) -> None:
        if not self.dated_value(shape, value, path):
            from callsheet.judge.wording import unknown_value

            self.faults.append(unknown_value(shape, value, path, allowed))

    def dated_key(self, field: Field, path: Path, revision: str) -> None:
        from callsheet.judge import dated

        self.faults.append(dated.key(field, path, revision))

    def dated_value(self, shape: Shape, value: Any, path: Path) -> bool:
        """Whether a value is one of another revision, which then has been said."""
        revision = self.kinds.revision
        if revision is None:
            return False
        from callsheet.judge import dated

        fault = dated.value(shape, value, path, revision)
        if fault is not None:
            self.faults.append(fault)
        return fault is not None

    def placeholder(self, shape: Shape, value: dict[str, Any], path: Path) -> None:
        name = "$file" if "$file" in value else "$env"
        if name == "$file" and "$env" in value:
            from callsheet.judge.wording import two_placeholders

            self.faults.append(two_placeholders(path))
            return
        before = len(self.faults)
        allowed = self.placeholders
        if allowed:
            self.placeholders = False  # what names a file or a variable is written out
            self.record(PLACEHOLDERS[name], value, path)
            self.placeholders = True
        if len(self.faults) > before:
            return
        if not (allowed and takes(shape, name)):
            from callsheet.judge.wording import no_placeholder

            self.faults.append(no_placeholder(shape, name, path))
        elif name == "$env" and not (value[name].isidentifier() and value[name].isascii()):
            from callsheet.judge.wording import unsettable

            self.faults += unsettable(value[name], (*path, name))

    def entries(self, shape: Entries, value: dict[str, Any], path: Path) -> None:
        for key, item in value.items():
            if item is None:
                self.null(shape.values, (*path, key))
            else:
                self.check(shape.values, item, (*path, key))

    def either(self, shape: Either, value: Any, path: Path) -> None:
        fitting = next((option for option in shape.options if fits(option, value)), None)
        if fitting is None:
            self.wrong_type(shape, value, path)
        elif isinstance(fitting, Choice) and value not in fitting.values:
            self.unknown_value(shape, value, path, fitting.values)
        else:
            self.check(fitting, value, path)

    def fine(self, _shape: Shape, _value: Any, _path: Path) -> None:
        """Nothing more to look at: the JSON type was all."""

    def free(self, shape: Free, value: Any, path: Path) -> None:
        if not shape.anything and type(value) is not dict:
            self.wrong_type(shape, value, path)

    def tagged(self, shape: Tagged, value: dict[str, Any], path: Path) -> None:
        tag = value.get(shape.tag)
        variant = shape.variants.get(tag) if type(tag) is str else None
        if type(value.get("function")) is dict and "function" in shape.variants:
            from callsheet.judge.special import nested_tool

            self.faults.append(nested_tool(value, path))
        elif variant is not None:
            self.record(variant, value, path, shape)
        else:
            self.untold(shape, value, path)

    def untold(self, shape: Tagged, value: dict[str, Any], path: Path) -> None:
        """A record that does not say what it is, or says it wrong: it is held against what was probably meant."""
        from callsheet.judge import wording
        from callsheet.judge.special import MISSING

        tag = value.get(shape.tag, MISSING)
        if tag is MISSING:
            from callsheet.judge.stray import meant as meant_key
            from callsheet.nearest import nearest

            names = {name for variant in shape.variants.values() for name in variant.fields}
            tags = [key for key in value if key not in names and meant_key(key, _TAG_ONLY) == "type"]
            named = nearest(value[tags[0]], shape.variants) if len(tags) == 1 else None
            if named is not None:
                self.record(shape.variants[named], value, path, shape)  # which says that the key is misspelt
                return
            if not self.partial:
                self.faults.append(wording.missing_tag(shape, value, path))
        elif tag is not UNREADABLE:
            if self.dated_value(shape, value, path):
                return
            self.unknown_value(shape, tag, (*path, shape.tag), tuple(shape.variants))
        meant = wording.guess(shape, tag, value)
        if meant is not None:
            self.record(meant, {key: item for key, item in value.items() if key != shape.tag}, path, shape)
        elif tag is MISSING and self.partial:
            self.nowhere(shape, value, path)

    def nowhere(self, shape: Tagged, value: dict[str, Any], path: Path) -> None:
        """Keys that no variant has, in a record that may yet be told which one it is."""
        variants = (*shape.variants.values(), *shape.other.values())
        for key in value:
            if not any(key in variant.fields or key in variant.other for variant in variants):
                self.stray(key, value, variants[0], shape, path)

    def items(self, shape: Items, value: list[Any], path: Path) -> None:
        for index, item in enumerate(value):
            if item is None:
                self.null(shape.items, (*path, index))
            else:
                self.check(shape.items, item, (*path, index))
        if not within(len(value), shape.min_items, shape.max_items):
            from callsheet.judge.wording import wrong_count

            self.faults.append(wrong_count(shape, value, path))

    def text(self, shape: Text, value: str, path: Path) -> None:
        if not within(len(value), shape.min_length, shape.max_length):
            from callsheet.judge.wording import wrong_length

            self.faults.append(wrong_length(shape, value, path))
        elif shape.pattern is not None and not re.fullmatch(shape.pattern, value):
            # `fullmatch`, because `$` alone would let a line break through
            from callsheet.judge.wording import wrong_form

            self.faults.append(wrong_form(shape, value, path))

    def number(self, shape: Number, value: Any, path: Path) -> None:
        if not fits(shape, value):
            self.wrong_type(shape, value, path)
        elif not within(value, shape.minimum, shape.maximum):
            from callsheet.judge.wording import out_of_range

            self.faults.append(out_of_range(shape, value, path))

    def choice(self, shape: Choice, value: Any, path: Path) -> None:
        if type(value) is bool or value not in shape.values:
            if fits(shape, value) or (len(shape.values) == 1 and isinstance(value, (int, float))):
                self.unknown_value(shape, value, path, shape.values)
            else:
                self.wrong_type(shape, value, path)


def within(value: float, low: float | None, high: float | None) -> bool:
    """Whether a number keeps to its bounds."""
    return (low is None or value >= low) and (high is None or value <= high)


_LOOKS: dict[type, tuple[type | None, Callable[[_Walker, Any, Any, Path], None]]] = {
    Record: (dict, _Walker.record),
    Tagged: (dict, _Walker.tagged),
    Entries: (dict, _Walker.entries),
    Items: (list, _Walker.items),
    Text: (str, _Walker.text),
    Flag: (bool, _Walker.fine),
    Number: (None, _Walker.number),
    Choice: (None, _Walker.choice),
    Either: (None, _Walker.either),
    Free: (None, _Walker.free),
}
"""For each kind of shape: the type that its value must have (None where the method sees to it), and the method."""
