"""What differs between callsheet and others, each thing said once: news, or known and held."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.drift.held import HELD, held
from callsheet.drift.upstream import Unread
from callsheet.shape.difference import differences
from callsheet.shape.kind import KINDS
from callsheet.shape.revision import EARLIEST, NEVER, as_of, born, dates
from callsheet.shape.shape import Choice, Either, Entries, Items
from callsheet.shape.table import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.drift.held import Held
    from callsheet.drift.upstream import Complaint, Source, Upstream
    from callsheet.shape.shape import Record, Shape
    from callsheet.shape.table import Row

_SILENT: dict[str, frozenset[str]] = {"sdk": frozenset({"bound", "default"}), "openapi": frozenset()}
"""What a source has no words for: types of Python know neither bounds nor defaults."""
_BODY = 3
"""What a whole body counts for, where each difference within one counts for one. Not much more: the package got
translations months after the document, and is not as old as that."""
_VARIANT = re.compile(r"\[[^\]]+\]")
_SESSION = re.compile(r"(?:\[[^\]]+\])?\.")


class News(NamedTuple):
    """One difference, wherever it is met; None is a side that says nothing.

    `path` is that of the session where an envelope carries one. `aspect` is "key", "variant" (of an object, by its
    `type`), "type", "required", "null", "value", "open" (whether any text is taken beside the named ones), "bound"
    (with its keyword in `name`), "default", or "body" (a whole kind; the path is empty). `places` are what the
    source calls the bodies in which it is met; `everywhere` says whether these kinds have it in all their places.
    """

    path: str
    aspect: str
    name: str
    ours: Any
    theirs: Any
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    everywhere: bool = True

    @property
    def side(self) -> str:
        """Who has it: "theirs", "ours", or "both" where both say something and not the same."""
        if self.ours is None:
            return "theirs"
        return "ours" if self.theirs is None else "both"


class Comparison(NamedTuple):
    """One source against callsheet as of `revision`, None for the newest; `guessed` where the date was not given."""

    source: Source
    name: str
    revision: str | None
    guessed: bool
    news: tuple[News, ...]
    held: tuple[tuple[Held, tuple[News, ...]], ...]
    complaints: tuple[Complaint, ...]
    new: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.news or self.complaints or self.new)

    @property
    def distance(self) -> int:
        """How far apart the two are; a whole body that one side lacks counts for several."""
        return sum(_BODY if news.aspect == "body" else 1 for news in self.news)


def compare(upstream: Upstream, shapes: Mapping[str, Record], date: str | None = None) -> Comparison:
    """What differs from callsheet's shapes as they were on a date (ISO); without one, as they are now."""
    return _Comparing(upstream, shapes).compare(date, guessed=False)


def fit(upstream: Upstream, shapes: Mapping[str, Record]) -> Comparison:
    """The comparison with the revision that differs least; of several such, with the newest."""
    comparing = _Comparing(upstream, shapes)
    days = sorted({EARLIEST, *(day for shape in shapes.values() for day in dates(shape) if day > EARLIEST)})
    best: Comparison | None = None
    for day in reversed(days):
        tried = comparing.compare(day, guessed=True)
        if best is None or tried.distance < best.distance:
            best = tried
    assert best is not None  # noqa: S101 - for mypy: there is always a first revision
    return best


class _Comparing:
    """One source, whose tables are made once for all dates."""

    def __init__(self, upstream: Upstream, shapes: Mapping[str, Record]) -> None:
        self.upstream = upstream
        self.shapes = shapes
        self.tables = {
            (kind, place): None if shape is None or isinstance(shape, Unread) else rows(shape)
            for kind, places in upstream.bodies.items()
            for place, shape in places.items()
        }

    def compare(self, date: str | None, *, guessed: bool) -> Comparison:
        news: dict[str, News] = {}
        known: dict[str, tuple[Held, News]] = {}
        for kind, place, (path, aspect, name, ours, theirs) in self.differences(date):
            short = _short(kind, path)
            entry = held(self.upstream.source, kind, short, aspect, theirs)
            key = json.dumps([short, aspect, name, ours, theirs, kind if aspect == "body" else ""], default=str)
            before = news.get(key) if entry is None else known[key][1] if key in known else None
            kinds, places = (before.kinds, before.places) if before else ((), ())
            kinds, places = _with(kinds, kind), _with(places, place)
            everywhere = all(other in places for one in kinds for other in self.upstream.bodies[one])
            said = News(short, aspect, name, ours, theirs, kinds, places, everywhere)
            if entry is None:
                news[key] = said
            else:
                known[key] = (entry, said)
        return Comparison(
            self.upstream.source,
            self.upstream.name,
            date,
            guessed,
            tuple(news.values()),
            tuple((entry, some) for entry in HELD if (some := tuple(n for e, n in known.values() if e is entry))),
            self.upstream.complaints,
            self.upstream.new,
        )

    def differences(self, date: str | None) -> Iterator[tuple[str, str, _Told]]:
        """Every difference with the kind and the place in which it is met."""
        for kind, places in self.upstream.bodies.items():
            ours = self.shapes.get(kind)
            there = ours is not None and (date is None or born(ours) <= date)
            table = rows(as_of(ours, date or NEVER), date) if ours is not None and there else None
            for place, shape in places.items():
                theirs = self.tables[kind, place]
                if isinstance(shape, Unread):  # of which the reader has complained
                    continue
                if table is not None and theirs is not None:
                    for told in _between(table, theirs):
                        if told.aspect not in _SILENT[self.upstream.source]:
                            yield kind, place, told
                elif (table is None) != (theirs is None):
                    sides = (kind, None) if theirs is None else (None, place)
                    yield kind, place, _Told("", "body", "", *sides)


class _Told(NamedTuple):
    """A difference in one place."""

    path: str
    aspect: str
    name: str
    ours: Any
    theirs: Any


def _between(ours: Mapping[str, Row], theirs: Mapping[str, Row]) -> Iterator[_Told]:
    """What differs between two tables, without what follows from something else that is told."""
    unread = [path for path, row in theirs.items() if _is_unread(row.field.shape)]
    plain: list[str] = []
    """Paths at which only one side goes on below, while the types say so already."""
    seen: set[str] = set()
    for path, aspect, left, right, name in differences(ours, theirs):
        if any(_below(path, above) or (path == above and path in ours) for above in unread):
            continue
        if any(_below(path, top) for top in plain):
            continue
        if aspect == "type" and not all(any(_below(key, path) for key in side) for side in (ours, theirs)):
            plain.append(path)
        told = _Told(path, aspect, name, left, right)
        if aspect == "key":
            told = _variant(told, theirs if right is None else ours)
            if told.path in seen:
                continue
            seen.add(told.path)
        yield told
    for path in ours:
        if path in theirs and path not in unread:
            yield from _beyond(ours[path], theirs[path])


def _beyond(ours: Row, theirs: Row) -> Iterator[_Told]:
    """What two rows say that is no difference between revisions of callsheet: defaults, and open lists of values."""
    texts = {"string", "array<string>"}
    if texts & {*ours.types} and texts & {*theirs.types} and ours.open != theirs.open:
        yield _Told(ours.path, "open", "", ours.open, theirs.open)
    fixed = isinstance(ours.field.shape, Choice) and len(ours.field.shape.values) == 1 and ours.required
    left, right = ours.field.default, theirs.field.default
    if not fixed and left != right:
        yield _Told(ours.path, "default", "", left, right)


def _variant(told: _Told, other: Mapping[str, Row]) -> _Told:
    """A key that is missing because the whole variant of its object is: then that is told instead."""
    for match in _VARIANT.finditer(told.path):
        variant = told.path[: match.end()]
        if not any(path.startswith(variant) for path in other):
            name = match[0][1:-1]
            return told._replace(path=variant, aspect="variant", ours=told.ours and name, theirs=told.theirs and name)
    return told


def _short(kind: str, path: str) -> str:
    """The path within the session that a body carries; other paths as they are."""
    carries = KINDS[kind].carries if kind in KINDS else None
    if carries is not None and path.startswith(carries):
        match = _SESSION.match(path, len(carries))
        if match:
            return path[match.end() :]
    return path


def _below(path: str, above: str) -> bool:
    return path.startswith((f"{above}.", f"{above}["))


def _is_unread(shape: Shape) -> bool:
    match shape:
        case Either(options=options):
            return any(map(_is_unread, options))
        case Items(items=inner) | Entries(values=inner):
            return _is_unread(inner)
    return isinstance(shape, Unread)


def _with(some: tuple[str, ...], another: str) -> tuple[str, ...]:
    return some if another in some else (*some, another)
