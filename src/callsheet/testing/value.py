"""Strategies for the values of a shape: whatever fits it, before any rule is asked."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from callsheet.facts import known
from callsheet.shape.shape import Choice, Either, Entries, Field, Flag, Free, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_FEW = 3
_DECIMALS = 4
"""The service refuses a literal with more than sixteen decimals, which most floats have."""
_HIGHEST = 100_000

_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n")
_names = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=12)
_numbers = st.integers(-(10**6), 10**6) | st.floats(-1000, 1000).map(lambda value: round(value, _DECIMALS))
_json = st.recursive(
    st.none() | st.booleans() | _numbers | st.text(_CHARACTERS, max_size=20),
    lambda inner: st.lists(inner, max_size=_FEW) | st.dictionaries(_names, inner, max_size=_FEW),
    max_leaves=6,
)


class Meant(NamedTuple):
    """A value that has to be there, and the way to it: keys, `[mcp]` for a variant, `[]` and `*`."""

    way: tuple[str, ...]
    value: Any

    def below(self) -> Meant:
        """The same, one step further in."""
        return Meant(self.way[1:], self.value)


def values(shape: Shape, revision: str | None = None, meant: Meant | None = None) -> SearchStrategy[Any]:
    """Values of one shape; names of models and voices are those that were listed at a revision.

    With `meant`, each of them has that value where it belongs.
    """
    return _Maker(revision).of(shape, meant)


class _Maker:
    """Makes the strategies of one revision."""

    def __init__(self, revision: str | None) -> None:
        self.revision = revision

    def of(self, shape: Shape, meant: Meant | None = None) -> SearchStrategy[Any]:
        """Values of a shape."""
        if meant is not None and not meant.way:
            return st.just(meant.value)
        match shape:
            case Text():
                return self.text(shape)
            case Choice(values=options):
                return st.sampled_from(options)
            case Number(whole=whole, minimum=low, maximum=high):
                if whole:
                    return st.integers(int(low or 0), int(high) if high is not None else _HIGHEST)
                return st.floats(low or 0, high if high is not None else 100).map(lambda one: round(one, _DECIMALS))
            case Flag():
                return st.booleans()
            case Items(items=items, min_items=low, max_items=high):
                inner = self.of(items, meant and meant.below())
                return st.lists(inner, min_size=1 if meant else low or 0, max_size=high or _FEW)
            case Entries(values=entries):
                inner = self.of(entries, meant and meant.below())
                return st.dictionaries(_names, inner, min_size=1 if meant else 0, max_size=_FEW)
            case Free(anything=anything):
                return _json if anything else st.dictionaries(_names, _json, max_size=_FEW)
            case Record():
                return self.record(shape, meant)
            case Tagged(variants=variants):
                if meant is not None:
                    return self.record(variants[meant.way[0][1:-1]], meant.below())
                return st.one_of([self.record(variant) for variant in variants.values()])
            case Either(options=options):
                if meant is not None:
                    options = tuple(option for option in options if leads(option, meant.way))
                return st.one_of([self.of(option, meant) for option in options])

    def text(self, shape: Text) -> SearchStrategy[str]:
        """Texts of one form; of a catalogue its names, and others."""
        if shape.pattern is not None:
            return st.from_regex(shape.pattern.removeprefix("^").removesuffix("$"), fullmatch=True)
        if shape.known is not None:
            return st.sampled_from(known(shape.known, self.revision)) | _names
        low = shape.min_length or 0
        high = low + 20 if shape.max_length is None else min(shape.max_length, low + 20)
        return st.text(_CHARACTERS, min_size=low, max_size=high)

    def record(self, record: Record, meant: Meant | None = None) -> SearchStrategy[dict[str, Any]]:
        """Objects with what a record requires, and any of the rest."""
        required = {name: self.field(field) for name, field in record.fields.items() if field.required}
        optional = {name: self.field(field) for name, field in record.fields.items() if not field.required}
        if meant is not None:
            name = meant.way[0]
            optional.pop(name, None)
            required[name] = self.of(record.fields[name].shape, meant.below())
        return st.fixed_dictionaries(required, optional=optional)

    def field(self, field: Field) -> SearchStrategy[Any]:
        """Values under a key, null among them where it is taken."""
        return self.of(field.shape) | st.none() if field.null == "yes" else self.of(field.shape)


def leads(shape: Shape, way: tuple[str, ...]) -> bool:
    """Whether a way can be gone in a shape."""
    if not way:
        return True
    match shape:
        case Record(fields=fields):
            return way[0] in fields and leads(fields[way[0]].shape, way[1:])
        case Tagged(variants=variants):
            return way[0][1:-1] in variants and leads(variants[way[0][1:-1]], way[1:])
        case Items(items=inner):
            return way[0] == "[]" and leads(inner, way[1:])
        case Entries(values=inner):
            return way[0] == "*" and leads(inner, way[1:])
        case Either(options=options):
            return any(leads(option, way) for option in options)
    return False
