"""What to say of a value that does not fit its shape.

One function for each way of not fitting; each gives the fault. Only a body that has a fault loads this.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from callsheet.judge.advice import ADVICE, Write, in_words
from callsheet.judge.convert import FALSE, TRUE, UNCLEAR, converted, is_percentage, of_percentage
from callsheet.judge.special import MISSING, SPECIAL, no_type
from callsheet.nearest import nearest
from callsheet.patch import Fix, Put, Remove
from callsheet.pointer import to_dotted
from callsheet.redact import mask
from callsheet.rules import shape as rules
from callsheet.rules.composing import UNSETTABLE_VARIABLE
from callsheet.shape.directive import REVISION
from callsheet.shape.kind import TYPED_KINDS
from callsheet.shape.say import a_kind, either, expected, number, shown
from callsheet.shape.shape import Choice, Either, Flag, Free, Items, Number, Record, Tagged, Text, fits

if TYPE_CHECKING:
    from callsheet.diagnostic import Fault
    from callsheet.patch import Applicability
    from callsheet.pointer import Path
    from callsheet.shape.shape import Field, Shape


def wrong_type(shape: Shape, value: Any, path: Path) -> Fault:
    """A value of another JSON type than its shape takes."""
    return rules.WRONG_TYPE.fault(
        path,
        f"`{to_dotted(path)}` must be {expected(shape)}, not {a_kind(value)}",
        conversion(shape, value),
        fix=_conversion_fix(shape, value, path),
    )


def _conversion_fix(shape: Shape, value: Any, path: Path) -> Fix | None:
    better, certain = converted(shape, value)
    if better is UNCLEAR:
        return None
    words = "write it as a list" if isinstance(better, list) else f"write {better}"
    if isinstance(better, bool):
        words = words.lower()
    elif isinstance(better, str):
        words = "put it in quotes"
    return Fix(words, (Put(path, better),), "safe" if certain else "unsafe")


def unknown_value(shape: Shape, value: Any, path: Path, allowed: tuple[Any, ...]) -> Fault:
    """A value that is not among the allowed ones."""
    if isinstance(shape, Either) and conversion(shape, value) is not None:
        return wrong_type(shape, value, path)
    guess = nearest(value, [name for name in allowed if isinstance(name, str)])
    takes = expected(shape) if isinstance(shape, Either) else either(allowed)
    return rules.UNKNOWN_VALUE.fault(
        path,
        f"{shown(value)} is no value for `{to_dotted(path)}`, which takes {takes}",
        f"write `{guess}`" if guess else None,
        fix=Fix(f"write `{guess}`", (Put(path, guess),), _likeness(value, guess)) if guess else None,
    )


def _likeness(value: Any, guess: str) -> Applicability:
    """Whether a word is the one that was meant, but for capitals and hyphens."""
    return "safe" if isinstance(value, str) and value.strip().lower().replace("-", "_") == guess else "unsafe"


def null(shape: Shape, path: Path, field: Field | None) -> Fault:
    """A null where none is taken, or where nobody has shown that one is."""
    if field is not None and field.null == "unproven":
        return rules.UNPROVEN_NULL.fault(
            path,
            f"the service prints `{to_dotted(path)}` as null, but nobody has shown that it takes that",
            "remove the key: leaving it out says the same",
            fix=_removal(path),
        )
    otherwise = "" if field is not None and field.required else ", or remove it"
    return rules.NULL.fault(
        path,
        f"`{to_dotted(path)}` cannot be null",
        f"write {expected(shape)}{otherwise}",
        fix=None if field is None or field.required else _removal(path),
    )


def _removal(path: Path) -> Fix:
    return Fix(f"remove `{path[-1]}`", (Remove(path),))


def missing(key: str, field: Field, path: Path) -> Fault:
    """A required key that is not there."""
    where = f" in `{to_dotted(path)}`" if path else ""
    only = field.shape.values[0] if isinstance(field.shape, Choice) and len(field.shape.values) == 1 else None
    sample = "…" if isinstance(field.shape, Text) else only
    return rules.MISSING_KEY.fault(
        path,
        f"`{key}` is missing{where}",
        f"add `{key}: {sample}`" if sample else f"add `{key}` with {expected(field.shape)}",
        "object",
        Fix(f"add `{key}: {only}`", (Put((*path, key), only, first=key == "type"),)) if only is not None else None,
    )


def missing_tag(shape: Tagged, value: dict[str, Any], path: Path) -> Fault:
    """A `type` without which nobody knows which record was meant."""
    if any(variant.name == "RealtimeSession" for variant in shape.variants.values()):
        return no_type(value, path, TYPED_KINDS)
    meant = guess(shape, MISSING, value)
    names = [name for name, variant in shape.variants.items() if variant is meant] or list(shape.variants)
    return rules.MISSING_KEY.fault(
        path,
        f"`{shape.tag}` is missing in `{to_dotted(path)}`",
        f"add `{shape.tag}: {names[0]}`" if len(names) == 1 else f"add `{shape.tag}` with {either(names)}",
        "object",
        Fix(f"add `{shape.tag}: {names[0]}`", (Put((*path, shape.tag), names[0], first=True),), "unsafe")
        if len(names) == 1
        else None,
    )


def wrong_count(shape: Items, value: list[Any], path: Path) -> Fault:
    """A list with too few or too many entries."""
    low, high = shape.min_items, shape.max_items
    if low is not None and len(value) < low:
        what = f"needs at least {low} entr{'y' if low == 1 else 'ies'}, and has {len(value)}"
        return _length(path, what, f"write {expected(shape)}, or remove it")
    what = f"takes {high} entr{'y' if high == 1 else 'ies'} at most, and has {len(value)}"
    return _length(path, what, "keep one" if high == 1 else f"keep {high}")


def wrong_length(shape: Text, value: str, path: Path) -> Fault:
    """A text that is too long or too short."""
    if shape.max_length is not None and len(value) > shape.max_length:
        what = f"takes {shape.max_length:,} characters at most, and has {len(value):,}"
        return _length(path, what, f"shorten it by {len(value) - shape.max_length:,}")
    if shape.min_length == 1:
        return _length(path, "must not be empty", "write a text, or remove it")
    return _length(path, f"needs at least {shape.min_length} characters, and has {len(value)}", "write a longer text")


def _length(path: Path, what: str, help_: str | None) -> Fault:
    return rules.LENGTH.fault(path, f"`{to_dotted(path)}` {what}", help_)


def wrong_form(shape: Text, value: str, path: Path) -> Fault:
    """A text that does not match its pattern."""
    return rules.PATTERN.fault(
        path,
        f"{shown(value)} does not have the form of `{to_dotted(path)}`",
        f"write {_FORMS[shape.pattern]}" if shape.pattern in _FORMS else f"it must match the pattern `{shape.pattern}`",
    )


_FORMS: dict[str | None, str] = {
    "^tunnel_[a-z0-9]{32}$": "`tunnel_` and 32 small letters or digits",
    REVISION: "a day of the calendar, such as 2026-07-28",
    "^[a-zA-Z0-9_-]+$": "letters, digits, `_` and `-` only",
}
"""Patterns in words."""


def out_of_range(shape: Number, value: float, path: Path) -> Fault:
    """A number outside its bounds."""
    low, high = shape.minimum, shape.maximum
    message = f"`{to_dotted(path)}` is {value}; it must be {expected(shape)}"
    if path[-1] == "status_code":
        help_ = "write a SIP status for no: 400 to 699, such as 486 (busy) or 603 (decline)"
        return rules.OUT_OF_RANGE.fault(path, message, help_)
    if is_percentage(shape, value):
        better, more = value / 100, f", if {number(value)} % is meant"
    elif low is not None and value < low:
        better, more = low, " or more"
    else:
        better, more = high or 0, " or less"
    better = int(better) if float(better).is_integer() else better
    fix = Fix(f"write {better}", (Put(path, better),), "unsafe")
    return rules.OUT_OF_RANGE.fault(path, message, f"write {better}{more}", fix=fix)


def two_placeholders(path: Path) -> Fault:
    """A value that is to come from two places."""
    return rules.MISPLACED_KEY.fault(
        (*path, "$env"), f"`{to_dotted(path)}` comes from a file and from the environment", "take one of the two", "key"
    )


def no_placeholder(shape: Shape, name: str, path: Path) -> Fault:
    """A placeholder where its text cannot stand."""
    return rules.WRONG_TYPE.fault(
        path, f"`{to_dotted(path)}` cannot come from `{name}`, which gives text", f"write {expected(shape)}"
    )


def unsettable(name: str, path: Path) -> list[Fault]:
    """A variable whose name no shell takes; where the name is a credential, that is said elsewhere."""
    if mask(name) != name:
        return []
    better = "_".join(re.findall("[A-Za-z0-9]+", name))
    better = f"_{better}" if better[:1].isdigit() else better
    return [
        UNSETTABLE_VARIABLE.fault(
            path,
            f"no shell can set a variable that is called {shown(name)}",
            f"write `{better}`" if better else "take a name of letters, digits and `_`",
            fix=Fix(f"write `{better}`", (Put(path, better),), "unsafe") if better else None,
        )
    ]


def improved(faults: list[Fault], record: Record, key: str, value: Any, path: Path) -> list[Fault]:
    """The faults of one field, in a better sentence or with better help where there is one."""
    special = SPECIAL.get((record.name, key))
    better = special and special(value, (*path, key))
    if better:
        faults = [better]
    advise = ADVICE.get((record.name, key))
    if advise is not None and value is not MISSING and len(faults) == 1:
        help_ = advise(value)
        if isinstance(help_, Write):
            at = (*path, key)
            fix = Fix(f"write {in_words(help_.value)}", (Put(at, help_.value),), "safe" if help_.certain else "unsafe")
            return [faults[0]._replace(help=help_.help, fix=fix)]
        if help_ is not None:
            return [faults[0]._replace(help=help_, fix=None)]
    return faults


def guess(shape: Tagged, tag: Any, value: dict[str, Any]) -> Record | None:
    """The variant that was probably meant: by a name like its own, else by keys that only it has."""
    name = nearest(tag, shape.variants)
    if name is not None:
        return shape.variants[name]
    if tag is not MISSING:
        return None
    counts = {name: sum(key in variant.fields for key in value) for name, variant in shape.variants.items()}
    best = max(counts, key=lambda name: counts[name])
    return shape.variants[best] if counts[best] else None


def conversion(shape: Shape, value: Any) -> str | None:
    """What to write instead, where the value itself says what was meant."""
    match shape, value:
        case Either(options=options), _:
            return next((help_ for option in options if (help_ := conversion(option, value)) is not None), None)
        case Flag(), str() if value.lower() in TRUE:
            return f"write true (in YAML 1.2 `{value}` is text)"
        case Flag(), str() if value.lower() in FALSE:
            return f"write false (in YAML 1.2 `{value}` is text)"
        case (Flag(), str()) if value.lower() in ("true", "false"):
            return f"write {value.lower()} without quotes"
        case Number(whole=True, minimum=low), float():
            return f"write {max(round(value), int(low or 0))}"
        case (Number(), str()) if (fraction := of_percentage(shape, value)) is not None:
            return f"write {fraction}"
        case (Number(), str()) if value.replace(".", "", 1).replace("-", "", 1).isdigit():
            return f"write {value} without quotes"
        case (Text(), bool() | int() | float()):
            return "put it in quotes"
        case (Text(), dict()):
            return "put it in quotes, or in YAML after `|` on lines of its own"
        case (Text(), list()):
            return "write one text, without brackets or `- `"
        case (Free() | Record() | Tagged(), str()) if value.lstrip().startswith("{"):
            return "write it without quotes around it"
        case (Items(items=items), _) if fits(items, value) and not isinstance(value, dict):
            return f"write [{value}]"
        case (Items(), dict()):
            return "write it as a list: start each entry with `- `"
    return None
