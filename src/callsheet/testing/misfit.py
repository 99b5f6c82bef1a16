"""Every way in which a value can fail to fit its shape, from the declaration of the shape.

A function looks at one place of a body that fits, and gives the changes that break just this place. What the linter
calls by a code of its own, where the shape alone would say another, stands in `_CODES`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from callsheet.rules import audio, lifecycle, shape
from callsheet.shape.shape import Choice, Either, Items, Number, Record, Text, alternatives, fits
from callsheet.testing.value import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from callsheet.pointer import Path
    from callsheet.rules.rule import Rule
    from callsheet.testing.site import Site

GONE: Any = object()
"""Stands for a value that is taken away."""
_ODD = "zzzz"
"""A word that is like no other."""
_ANYTHING: tuple[Any, ...] = (True, 7, 0.5, _ODD, [1], {_ODD: 1})
"""A value of each JSON type."""
_TEXTS = ("", " ", _ODD, "zz zz", "zz.zz", "ü")

_CODES: dict[tuple[str, tuple[str, str]], Rule] = {
    ("missing key", ("PcmFormat", "rate")): audio.PCM_RATE,
    ("unknown value", ("PcmFormat", "rate")): audio.PCM_RATE,
    ("wrong type", ("PcmFormat", "rate")): audio.PCM_RATE,
    ("null", ("PcmFormat", "rate")): audio.PCM_RATE,
}
"""Rules that take the place of the general one, by fault, record and key."""


class Misfit(NamedTuple):
    """A change that makes one place of a body unfit.

    `path` is where the finding stands. At `changed`, the value becomes one of those that `value` makes; `GONE` takes it
    away.
    """

    fault: str
    rule: Rule
    path: Path
    changed: Path
    value: SearchStrategy[Any]


def misfits(site: Site, revision: str | None) -> Iterator[Misfit]:
    """Every way to break one place."""
    for find in (_wrong_type, _null, _missing, _unknown_value, _number, _text, _count, _unknown_key, _unknown_tag):
        yield from find(site)
    if revision is not None:
        for later in (_later_key, _later_value, _later_tag, _later_form):
            yield from later(site, revision)


def _misfit(fault: str, rule: Rule, site: Site, *options: Any, path: Path | None = None) -> Iterator[Misfit]:
    if options:
        rule = _CODES.get((fault, site.name), rule)
        yield Misfit(fault, rule, site.path if path is None else path, site.path, st.sampled_from(options))


def _wrong_type(site: Site) -> Iterator[Misfit]:
    parts = alternatives(site.shape)
    only = [part for part in parts if isinstance(part, Choice) and len(part.values) == 1]
    odd = [value for value in _ANYTHING if not any(fits(part, value) for part in parts)]
    if only:  # where one value is the only one, a number is no other type: it is another value
        odd = [value for value in odd if isinstance(value, (str, list, dict))]
    if site.tagged is None and site.path:
        yield from _misfit("wrong type", shape.WRONG_TYPE, site, *odd)


def _null(site: Site) -> Iterator[Misfit]:
    taken = site.field.null if site.field else "no"
    if site.tagged is not None:  # a word that says which record it is, and null is just none of them
        yield from _misfit("null", shape.UNKNOWN_VALUE, site, None)
    elif site.path and taken == "no":
        yield from _misfit("null", shape.NULL, site, None)
    elif taken == "unproven":
        yield from _misfit("unproven null", shape.UNPROVEN_NULL, site, None)


def _missing(site: Site) -> Iterator[Misfit]:
    if site.field is not None and site.field.required:
        yield from _misfit("missing key", shape.MISSING_KEY, site, GONE, path=site.path[:-1])


def _unknown_value(site: Site) -> Iterator[Misfit]:
    parts = alternatives(site.shape)
    for part in parts:
        if isinstance(part, Choice) and site.tagged is None and not any(isinstance(other, Text) for other in parts):
            odd = _ODD if isinstance(part.values[0], str) else part.values[0] - 1
            yield from _misfit("unknown value", shape.UNKNOWN_VALUE, site, odd)


def _number(site: Site) -> Iterator[Misfit]:
    for part in alternatives(site.shape):
        if isinstance(part, Number):
            below = () if part.minimum is None else (int(part.minimum) - 1,)
            above = () if part.maximum is None else (int(part.maximum) + 1,)
            yield from _misfit("out of range", shape.OUT_OF_RANGE, site, *below, *above)


def _text(site: Site) -> Iterator[Misfit]:
    for part in alternatives(site.shape):
        if isinstance(part, Text):
            short = [""] if part.min_length else []
            long = [] if part.max_length is None else ["a" * (part.max_length + 1)]
            yield from _misfit("wrong length", shape.LENGTH, site, *short, *long)
            if part.pattern is not None:
                odd = [text for text in _TEXTS if len(text) >= (part.min_length or 0)]
                odd = [text for text in odd if not re.fullmatch(part.pattern, text)]
                yield from _misfit("wrong form", shape.PATTERN, site, *odd)


def _count(site: Site) -> Iterator[Misfit]:
    for part in alternatives(site.shape):
        if isinstance(part, Items):
            few: list[Any] = [[]] if part.min_items else []
            many = site.value[:1] * (part.max_items + 1) if part.max_items and isinstance(site.value, list) else []
            yield from _misfit("wrong number", shape.LENGTH, site, *few, *([many] if many else []))


def _unknown_key(site: Site) -> Iterator[Misfit]:
    if isinstance(site.chosen, Record) and isinstance(site.value, dict):
        changed = site._replace(path=(*site.path, _ODD))
        yield from _misfit("unknown key", shape.UNKNOWN_KEY, changed, 1)


def _unknown_tag(site: Site) -> Iterator[Misfit]:
    if site.tagged is not None:
        yield from _misfit("unknown tag", shape.UNKNOWN_VALUE, site, _ODD)


def _later_key(site: Site, revision: str) -> Iterator[Misfit]:
    if isinstance(site.chosen, Record) and isinstance(site.value, dict):
        for key, field in site.chosen.other.items():
            path = (*site.path, key)
            yield Misfit("key of another date", _NOT_THERE, path, path, values(field.shape, revision))


def _later_value(site: Site, revision: str) -> Iterator[Misfit]:  # noqa: ARG001 - as its neighbours
    for part in alternatives(site.shape):
        if isinstance(part, Choice) and site.tagged is None:
            dated = [value for value in (*(part.added or ()), *(part.removed or ())) if value not in part.values]
            yield from _misfit("value of another date", _NOT_THERE, site, *dated)


def _later_tag(site: Site, revision: str) -> Iterator[Misfit]:  # noqa: ARG001 - as its neighbours
    if site.tagged is not None:
        yield from _misfit("variant of another date", _NOT_THERE, site, *site.tagged.other)


def _later_form(site: Site, revision: str) -> Iterator[Misfit]:
    if isinstance(site.shape, Either):
        for form in site.shape.other:
            yield Misfit("form of another date", _NOT_THERE, site.path, site.path, values(form, revision))


_NOT_THERE = lifecycle.NOT_IN_REVISION
