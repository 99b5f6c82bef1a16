"""Holds a body against its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.judge.advice import ADVICE
from callsheet.judge.nearest import nearest
from callsheet.judge.say import a_kind, either, expected, number, shown
from callsheet.judge.special import MISSING, SPECIAL, nested_tool
from callsheet.judge.stray import Stray, fault_of
from callsheet.pointer import to_dotted
from callsheet.rules import shape as rules
from callsheet.shape.directive import PLACEHOLDERS
from callsheet.shape.shape import Choice, Either, Entries, Field, Flag, Free, Items, Number, Record, Tagged, Text
from callsheet.source.node import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path
    from callsheet.shape.frozen import Kinds
    from callsheet.shape.shape import Shape

_SESSIONS = frozenset({"RealtimeSession", "TranscriptionSession"})
_TRUE = frozenset({"yes", "on", "y"})
_FALSE = frozenset({"no", "off", "n"})


def walk(kinds: Kinds, shape: Shape, body: Any, *, partial: bool = False) -> list[Fault]:
    """Everything about a body that its shape does not allow.

    A `partial` body gets what it lacks from elsewhere, so nothing in it is missing.
    """
    walker = _Walker(kinds, partial=partial)
    walker.check(shape, body, ())
    return walker.faults


class _Walker:
    """One walk over one body."""

    def __init__(self, kinds: Kinds, *, partial: bool) -> None:
        self.kinds = kinds
        self.partial = partial
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
        for key, item in value.items():
            field = fields.get(key)
            if field is None:
                self.faults.append(fault_of(Stray(key, item, record, siblings, self.session, (*path, key), self.kinds)))
                continue
            before = len(self.faults)
            if item is None:
                if field.null != "yes":
                    self.null((*path, key), field.shape, field)
            else:
                self.check(field.shape, item, (*path, key))
            if len(self.faults) > before:
                self.improve(record, key, item, path, before)
        if self.partial:
            return
        for key, field in fields.items():
            if field.required and key not in value and not (siblings is not None and key == siblings.tag):
                if any(other not in fields and nearest(other, fields) == key for other in value):
                    continue  # it is there, misspelt, and that has been said
                before = len(self.faults)
                self.missing(key, field, path)
                self.improve(record, key, MISSING, path, before)

    def improve(self, record: Record, key: str, value: Any, path: Path, before: int) -> None:
        """Let a special sentence take the place of the general ones."""
        special = SPECIAL.get((record.name, key))
        better = special and special(value, (*path, key))
        if better:
            self.faults[before:] = [better]
        advise = ADVICE.get((record.name, key))
        if advise is not None and value is not MISSING and len(self.faults) == before + 1:
            help_ = advise(value)
            if help_ is not None:
                self.faults[before] = self.faults[before]._replace(help=help_)

    def placeholder(self, shape: Shape, value: dict[str, Any], path: Path) -> None:
        name = "$file" if "$file" in value else "$env"
        before = len(self.faults)
        self.record(PLACEHOLDERS[name], value, path)
        takes_text = isinstance(shape, Text) or any(isinstance(part, Text) for part in getattr(shape, "options", ()))
        if len(self.faults) == before and (
            isinstance(shape, (Choice, Number, Flag)) or (name == "$env" and not takes_text)
        ):
            self.faults.append(
                rules.WRONG_TYPE.fault(
                    path, f"`{to_dotted(path)}` cannot come from `{name}`, which gives text", f"write {expected(shape)}"
                )
            )

    def entries(self, shape: Entries, value: dict[str, Any], path: Path) -> None:
        for key, item in value.items():
            if item is None:
                self.null((*path, key), shape.values)
            else:
                self.check(shape.values, item, (*path, key))

    def either(self, shape: Either, value: Any, path: Path) -> None:
        fitting = next((option for option in shape.options if _fits(option, value)), None)
        if fitting is None:
            self.wrong_type(shape, value, path)
        elif isinstance(fitting, Choice) and value not in fitting.values:
            if _conversion(shape, value) is not None:
                self.wrong_type(shape, value, path)
            else:
                self.unknown_value(shape, value, path, fitting.values)
        else:
            self.check(fitting, value, path)

    def fine(self, _shape: Shape, _value: Any, _path: Path) -> None:
        """Nothing more to look at: the JSON type was all."""

    def free(self, shape: Free, value: Any, path: Path) -> None:
        if not shape.anything and type(value) is not dict:
            self.wrong_type(shape, value, path)

    def tagged(self, shape: Tagged, value: dict[str, Any], path: Path) -> None:
        tag = value.get(shape.tag, MISSING)
        nested = nested_tool(value, path) if "FunctionTool" in _names(shape) else None
        if nested is not None:
            self.faults.append(nested)
            return
        variant = shape.variants.get(tag) if isinstance(tag, str) else None
        if variant is None:
            if tag is MISSING and not self.partial:
                self.missing_tag(shape, value, path)
            elif tag is not MISSING and tag is not UNREADABLE:
                self.unknown_value(shape, tag, (*path, shape.tag), tuple(shape.variants))
            guess = _guess(shape, tag, value)
            if guess is None:
                return
            variant = guess
            value = {key: item for key, item in value.items() if key != shape.tag}
        self.record(variant, value, path, shape)

    def missing_tag(self, shape: Tagged, value: dict[str, Any], path: Path) -> None:
        if _SESSIONS.issuperset(_names(shape)):
            special = SPECIAL["RealtimeSession", "type"](MISSING, (*path, shape.tag))
            if special:
                self.faults.append(special)
            return
        guess = _guess(shape, MISSING, value)
        names = [name for name, variant in shape.variants.items() if variant is guess] or list(shape.variants)
        self.faults.append(
            rules.MISSING_KEY.fault(
                path,
                f"`{shape.tag}` is missing in `{to_dotted(path)}`",
                f"add `{shape.tag}: {names[0]}`" if len(names) == 1 else f"add `{shape.tag}` with {either(names)}",
                "object",
            )
        )

    def missing(self, key: str, field: Field, path: Path) -> None:
        where = f" in `{to_dotted(path)}`" if path else ""
        only = field.shape.values[0] if isinstance(field.shape, Choice) and len(field.shape.values) == 1 else None
        self.faults.append(
            rules.MISSING_KEY.fault(
                path,
                f"`{key}` is missing{where}",
                f"add `{key}: {only}`" if only is not None else f"add `{key}` with {expected(field.shape)}",
                "object",
            )
        )

    def items(self, shape: Items, value: list[Any], path: Path) -> None:
        for index, item in enumerate(value):
            if item is None:
                self.null((*path, index), shape.items)
            else:
                self.check(shape.items, item, (*path, index))
        low, high = shape.min_items, shape.max_items
        if low is not None and len(value) < low:
            self.length(path, f"needs at least {low} entr{'y' if low == 1 else 'ies'}, and has {len(value)}")
        elif high is not None and len(value) > high:
            self.length(path, f"takes {high} entr{'y' if high == 1 else 'ies'} at most, and has {len(value)}")

    def text(self, shape: Text, value: str, path: Path) -> None:
        if shape.max_length is not None and len(value) > shape.max_length:
            self.length(path, f"takes {shape.max_length:,} characters at most, and has {len(value):,}")
        elif shape.min_length is not None and len(value) < shape.min_length:
            self.length(path, f"needs at least {shape.min_length} characters, and has {len(value)}")
        elif shape.pattern is not None:
            import re

            if not re.search(shape.pattern, value):
                self.faults.append(
                    rules.PATTERN.fault(
                        path,
                        f"{shown(value)} has not the form of `{to_dotted(path)}`",
                        f"it must match `{shape.pattern}`",
                    )
                )

    def length(self, path: Path, what: str) -> None:
        self.faults.append(rules.LENGTH.fault(path, f"`{to_dotted(path)}` {what}"))

    def number(self, shape: Number, value: Any, path: Path) -> None:
        if not _fits(shape, value):
            self.wrong_type(shape, value, path)
            return
        low, high = shape.minimum, shape.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            limit = f"{number(low)} or more" if low is not None and value < low else f"{number(high or 0)} or less"
            self.faults.append(
                rules.OUT_OF_RANGE.fault(
                    path, f"`{to_dotted(path)}` is {value}; it must be {expected(shape)}", f"write {limit}"
                )
            )

    def choice(self, shape: Choice, value: Any, path: Path) -> None:
        if type(value) is bool or value not in shape.values:
            if _fits(shape, value) or (len(shape.values) == 1 and isinstance(value, (int, float))):
                self.unknown_value(shape, value, path, tuple(shape.values))
            else:
                self.wrong_type(shape, value, path)

    def unknown_value(self, shape: Shape, value: Any, path: Path, allowed: tuple[Any, ...]) -> None:
        guess = nearest(value, [name for name in allowed if isinstance(name, str)])
        takes = expected(shape) if isinstance(shape, Either) else either(allowed)
        self.faults.append(
            rules.UNKNOWN_VALUE.fault(
                path,
                f"{shown(value)} is no value for `{to_dotted(path)}`, which takes {takes}",
                f"write `{guess}`" if guess else None,
            )
        )

    def null(self, path: Path, shape: Shape, field: Field | None = None) -> None:
        if field is not None and field.null == "unproven":
            self.faults.append(
                rules.UNPROVEN_NULL.fault(
                    path,
                    f"nobody has shown that `{to_dotted(path)}` may be null",
                    "remove the key: absent says the same",
                )
            )
            return
        self.faults.append(
            rules.NULL.fault(path, f"`{to_dotted(path)}` cannot be null", f"write {expected(shape)}, or remove it")
        )

    def wrong_type(self, shape: Shape, value: Any, path: Path) -> None:
        if isinstance(value, dict) and any(key.startswith("$") for key in value):
            self.record(Record("Placeholder", {}), value, path)
            return
        self.faults.append(
            rules.WRONG_TYPE.fault(
                path,
                f"`{to_dotted(path)}` must be {expected(shape)}, not {a_kind(value)}",
                _conversion(shape, value),
            )
        )


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


def _fits(shape: Shape, value: Any) -> bool:
    """Whether a value has the JSON type of a shape."""
    kind = type(value)
    match shape:
        case Text():
            return kind is str
        case Choice(values=values):
            return kind is type(values[0])
        case Flag():
            return kind is bool
        case Number(whole=whole):
            return kind is int or (kind is float and (not whole or value.is_integer()))
        case Items():
            return kind is list
        case Free(anything=True):
            return True
    return kind is dict


def _names(shape: Tagged) -> set[str]:
    return {variant.name for variant in shape.variants.values()}


def _guess(shape: Tagged, tag: Any, value: dict[str, Any]) -> Record | None:
    """The variant that was probably meant: by a name like its own, else by keys that only it has."""
    name = nearest(tag, shape.variants)
    if name is not None:
        return shape.variants[name]
    if tag is not MISSING:
        return None
    counts = {name: sum(key in variant.fields for key in value) for name, variant in shape.variants.items()}
    best = max(counts, key=lambda name: counts[name])
    return shape.variants[best] if counts[best] else None


def _conversion(shape: Shape, value: Any) -> str | None:
    """What to write instead, where the value itself says what was meant."""
    match shape, value:
        case Either(options=options), _:
            return next((help_ for option in options if (help_ := _conversion(option, value)) is not None), None)
        case Flag(), str() if value.lower() in _TRUE:
            return f"write true (in YAML 1.2 `{value}` is text)"
        case Flag(), str() if value.lower() in _FALSE:
            return f"write false (in YAML 1.2 `{value}` is text)"
        case (Flag(), str()) if value.lower() in ("true", "false"):
            return f"write {value.lower()} without quotes"
        case Number(whole=True), float():
            return f"write {round(value)}"
        case (Number(), str()) if value.replace(".", "", 1).replace("-", "", 1).isdigit():
            return f"write {value} without quotes"
        case (Text(), bool() | int() | float()):
            return "put it in quotes"
        case (Items(items=items), _) if _fits(items, value) and not isinstance(value, dict):
            return f"write [{value}]"
        case (Items(), dict()):
            return "write it as a list: start each entry with `- `"
    return None
