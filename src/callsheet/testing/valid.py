"""Strategies for bodies that the API takes."""

from __future__ import annotations

import copy
import string
from typing import TYPE_CHECKING, Any

from hypothesis import reject
from hypothesis import strategies as st

from callsheet.facts import known
from callsheet.lint import Linter, Options
from callsheet.rules import RULES
from callsheet.selection import selection
from callsheet.shape.frozen import load
from callsheet.shape.shape import Choice, Either, Entries, Field, Flag, Free, Items, Number, Record, Shape, Tagged, Text

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from callsheet.pointer import Path

_KINDS = load()
_FEW = 3
_DECIMALS = 4
"""The service refuses a literal with more than sixteen decimals, which most floats have."""

_texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
_names = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=12)
_numbers = st.integers(-(10**6), 10**6) | st.floats(-1000, 1000).map(lambda value: round(value, _DECIMALS))
_json = st.recursive(
    st.none() | st.booleans() | _numbers | _texts,
    lambda inner: st.lists(inner, max_size=_FEW) | st.dictionaries(_names, inner, max_size=_FEW),
    max_leaves=6,
)


def sessions(kind: str = "realtime") -> SearchStrategy[dict[str, Any]]:
    """Bodies of a kind in every combination of fields that the API takes.

    `kind` is one of those that `callsheet schema` takes. Raises KeyError for another.
    """
    return bodies(_KINDS[kind]).map(lambda body: mended(body, kind))


def mended(body: dict[str, Any], kind: str) -> dict[str, Any]:
    """A body of the right shape without what the rules forbid: the settings that they name are left out."""
    linter = Linter(Options(kind, selected=selection(ignore=("literal-credential", "credential-in-url"))))
    while errors := [fault for fault in linter.body(body) if RULES[fault.code].severity == "error"]:
        path = errors[0].place.path  # type: ignore[union-attr]  # faults of bodies have paths
        if not path:  # by its model, the body as a whole is that of another API
            reject()
        body = copy.deepcopy(body)
        _leave_out(body, path)
    return body


def _leave_out(body: dict[str, Any], path: Path) -> None:
    """Drop what stands at a path; where its record needs it, the record."""
    holders: list[Any] = [body]
    for step in path[:-1]:
        holders.append(holders[-1][step])
    for holder, step in zip(reversed(holders), reversed(path), strict=True):
        if (
            isinstance(holder, list)
            or step not in _NEEDED
            or (step == "model" and ("type" in holder or len(path) == 1))
        ):
            del holder[step]
            return
    raise LookupError(f"nothing at {path} can be left out")


_NEEDED = frozenset({"type", "model", "name", "server_label", "session", "id", "rate"})
"""Keys without which some record around them would be broken; a session does without its model."""


def bodies(shape: Shape) -> SearchStrategy[Any]:
    """Values of one shape."""
    match shape:
        case Text():
            return _text(shape)
        case Choice(values=values):
            return st.sampled_from(values)
        case Number(whole=whole, minimum=low, maximum=high):
            if whole:
                return st.integers(int(low or 0), int(high) if high is not None else 100_000)
            return st.floats(low or 0, high if high is not None else 100).map(lambda value: round(value, _DECIMALS))
        case Flag():
            return st.booleans()
        case Items(items=items, min_items=low, max_items=high):
            return st.lists(bodies(items), min_size=low or 0, max_size=high or _FEW)
        case Entries(values=values):
            return st.dictionaries(_names, bodies(values), max_size=_FEW)
        case Free(anything=anything):
            return _json if anything else st.dictionaries(_names, _json, max_size=_FEW)
        case Record():
            return _record(shape)
        case Tagged(variants=variants):
            return st.one_of([_record(variant) for variant in variants.values()])
        case Either(options=options):
            return st.one_of([bodies(option) for option in options])


def _text(shape: Text) -> SearchStrategy[str]:
    if shape.pattern is not None:
        return st.from_regex(shape.pattern.removeprefix("^").removesuffix("$"), fullmatch=True)
    if shape.known is not None:
        return st.sampled_from(known(shape.known)) | _names
    low = shape.min_length or 0
    return st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=low, max_size=low + 20)


def _record(record: Record) -> SearchStrategy[dict[str, Any]]:
    required = {name: _field(field) for name, field in record.fields.items() if field.required}
    optional = {name: _field(field) for name, field in record.fields.items() if not field.required}
    return st.fixed_dictionaries(required, optional=optional)


def _field(field: Field) -> SearchStrategy[Any]:
    return bodies(field.shape) | st.none() if field.null == "yes" else bodies(field.shape)
