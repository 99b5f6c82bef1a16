"""Strategies for bodies with exactly one fault, which say what is to be found and where."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import assume, reject
from hypothesis import strategies as st

from callsheet.rules import audio, shape
from callsheet.shape.frozen import load
from callsheet.shape.shape import Choice, Either, Entries, Field, Flag, Items, Number, Record, Shape, Tagged, Text
from callsheet.testing.valid import sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.pointer import Path

    Break: TypeAlias = Callable[["Site", dict[str, Any]], "Broken | None"]

_KINDS = load()


class Broken(NamedTuple):
    """A body with one fault: the code of the rule that must find it, and the path of the finding."""

    body: dict[str, Any]
    code: str
    path: Path


class Site(NamedTuple):
    """A field that a body has set: its record and key, the shape that its value was generated from, its path."""

    record: Record
    key: str
    field: Field
    shape: Shape
    path: Path


@st.composite
def broken_sessions(draw: st.DrawFn, kind: str = "realtime") -> Broken:
    """Bodies of a kind that are valid but for one named fault."""
    body = draw(sessions(kind))
    places = list(sites(_KINDS[kind], body, ()))
    assume(places)
    site = draw(st.sampled_from(places))
    broken: Broken | None = draw(st.sampled_from(_BREAKS))(site, copy.deepcopy(body))
    if broken is None:
        reject()
    return broken


def sites(shape: Shape, value: Any, path: Path) -> Iterator[Site]:
    """Every field that a body has set, at every depth."""
    match shape:
        case Record(fields=fields) if isinstance(value, dict):
            for key, item in value.items():
                inner = _chosen(fields[key].shape, item)
                yield Site(shape, key, fields[key], inner, (*path, key))
                yield from sites(inner, item, (*path, key))
        case Tagged(variants=variants, tag=tag) if isinstance(value, dict):
            yield from sites(variants[value[tag]], value, path)
        case Items(items=items) if isinstance(value, list):
            for index, item in enumerate(value):
                yield from sites(_chosen(items, item), item, (*path, index))
        case Entries(values=values) if isinstance(value, dict):
            for key, item in value.items():
                yield from sites(_chosen(values, item), item, (*path, key))


def _chosen(shape: Shape, value: Any) -> Shape:
    if not isinstance(shape, Either):
        return shape
    wanted: dict[type, tuple[type, ...]] = {
        str: (Text, Choice), int: (Number,), list: (Items,), dict: (Record, Tagged, Entries)
    }  # fmt: skip
    return next((option for option in shape.options if isinstance(option, wanted.get(type(value), ()))), shape)


def _holder(body: dict[str, Any], path: Path) -> Any:
    held: Any = body
    for step in path[:-1]:
        held = held[step]
    return held


def _set(site: Site, body: dict[str, Any], value: Any, code: str) -> Broken:
    _holder(body, site.path)[site.key] = value
    return Broken(body, code, site.path)


def _unknown_key(site: Site, body: dict[str, Any]) -> Broken | None:
    holder = _holder(body, site.path)
    holder["zzzz"] = 1
    return Broken(body, shape.UNKNOWN_KEY.code, (*site.path[:-1], "zzzz"))


def _wrong_type(site: Site, body: dict[str, Any]) -> Broken | None:
    if site.key == "type" or (site.record.name, site.key) == ("PcmFormat", "rate"):
        return None
    shapes = site.field.shape.options if isinstance(site.field.shape, Either) else (site.field.shape,)
    takes_lists = any(isinstance(option, Items) for option in shapes)
    return _set(site, body, True if takes_lists else [1], shape.WRONG_TYPE.code)


def _null(site: Site, body: dict[str, Any]) -> Broken | None:
    if site.field.null != "no" or site.key == "type" or (site.record.name, site.key) == ("PcmFormat", "rate"):
        return None
    return _set(site, body, None, shape.NULL.code)


def _unknown_value(site: Site, body: dict[str, Any]) -> Broken | None:
    if not isinstance(site.shape, Choice) or isinstance(site.shape.values[0], int) or site.key == "type":
        return None
    return _set(site, body, "zzzz", shape.UNKNOWN_VALUE.code)


def _out_of_range(site: Site, body: dict[str, Any]) -> Broken | None:
    if not isinstance(site.shape, Number):
        return None
    if site.shape.maximum is not None:
        return _set(site, body, int(site.shape.maximum) + 1, shape.OUT_OF_RANGE.code)
    if site.shape.minimum is not None:
        return _set(site, body, int(site.shape.minimum) - 1, shape.OUT_OF_RANGE.code)
    return None


def _not_a_flag(site: Site, body: dict[str, Any]) -> Broken | None:
    return _set(site, body, "yes", shape.WRONG_TYPE.code) if isinstance(site.shape, Flag) else None


def _missing(site: Site, body: dict[str, Any]) -> Broken | None:
    if not site.field.required or site.key == "type":
        return None
    del _holder(body, site.path)[site.key]
    code = audio.PCM_RATE.code if (site.record.name, site.key) == ("PcmFormat", "rate") else shape.MISSING_KEY.code
    return Broken(body, code, site.path[:-1])


def _too_long(site: Site, body: dict[str, Any]) -> Broken | None:
    if not isinstance(site.shape, Text) or site.shape.max_length is None:
        return None
    return _set(site, body, "a" * (site.shape.max_length + 1), shape.LENGTH.code)


_BREAKS: tuple[Break, ...] = (
    _unknown_key, _wrong_type, _null, _unknown_value, _out_of_range, _not_a_flag, _missing, _too_long
)  # fmt: skip
