"""What differs between callsheet and others, each thing said once: news, or known and held."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.drift.held import HELD, held
from callsheet.drift.table import Table, Told, between
from callsheet.drift.upstream import Unread
from callsheet.shape.kind import KINDS
from callsheet.shape.revision import EARLIEST, NEVER, as_of, born, dates
from callsheet.shape.table import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.drift.held import Held
    from callsheet.drift.upstream import Complaint, Source, Upstream
    from callsheet.shape.shape import Record

_SILENT: dict[str, frozenset[str]] = {"sdk": frozenset({"bound", "default"}), "openapi": frozenset()}
"""What a source has no words for: types of Python know neither bounds nor defaults."""
_BODY = 3
"""What a whole body counts for, where each difference within one counts for one. Not much more: the package got
translations months after the document, and is not as old as that."""
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


class _Told(NamedTuple):
    """A difference by the path that it is told with, the entry that holds it, and what makes two of them one."""

    told: Told
    entry: Held | None
    key: tuple[Any, ...]


class _Comparing:
    """One source, whose tables are made once for all dates; what did not change from one date to the next stays."""

    def __init__(self, upstream: Upstream, shapes: Mapping[str, Record]) -> None:
        self.upstream = upstream
        self.shapes = shapes
        self.tables = {
            (kind, place): None if shape is None or isinstance(shape, Unread) else Table(rows(shape))
            for kind, places in upstream.bodies.items()
            for place, shape in places.items()
        }
        self.dates = {kind: sorted({"", *dates(shape)}) for kind, shape in shapes.items()}
        self.last: dict[str, tuple[str | None, dict[str, list[_Told]]]] = {}

    def compare(self, date: str | None, *, guessed: bool) -> Comparison:
        met: dict[tuple[Any, ...], _Met] = {}
        for kind in self.upstream.bodies:
            for place, some in self.differences(kind, date).items():
                for told, entry, key in some:
                    one = met.get(key)
                    if one is None:
                        one = met[key] = _Met(told, entry, {}, {})
                    one.kinds[kind] = None
                    one.places[place] = None
        return Comparison(
            self.upstream.source,
            self.upstream.name,
            date,
            guessed,
            tuple(self.news(one) for one in met.values() if one.entry is None),
            tuple(
                (entry, these)
                for entry in HELD
                if (these := tuple(self.news(one) for one in met.values() if one.entry is entry))
            ),
            self.upstream.complaints,
            self.upstream.new,
        )

    def news(self, met: _Met) -> News:
        """What is told of a difference, once it is known where it is met."""
        everywhere = all(place in met.places for kind in met.kinds for place in self.upstream.bodies[kind])
        return News(*met.told, tuple(met.kinds), tuple(met.places), everywhere)

    def differences(self, kind: str, date: str | None) -> dict[str, list[_Told]]:
        """Every difference of a kind on a date, by the place in which it is met."""
        day = None if date is None else max((day for day in self.dates.get(kind, ()) if day <= date), default="")
        if kind not in self.last or self.last[kind][0] != day:
            ours = self.shapes.get(kind)
            there = ours is not None and (day is None or born(ours) <= day)
            table = Table(rows(as_of(ours, NEVER if day is None else day), day)) if ours is not None and there else None
            places = {place: list(self.between(kind, place, table)) for place in self.upstream.bodies[kind]}
            self.last[kind] = (day, places)
        return self.last[kind][1]

    def between(self, kind: str, place: str, ours: Table | None) -> Iterator[_Told]:
        """What differs in one place from callsheet's table of a kind, None where it has no such kind."""
        theirs = self.tables[kind, place]
        if isinstance(self.upstream.bodies[kind][place], Unread):  # of which the reader has complained
            return
        if ours is not None and theirs is not None:
            for told in between(ours, theirs):
                if told.aspect not in _SILENT[self.upstream.source]:
                    yield self.short(kind, told)
        elif (ours is None) != (theirs is None):
            yield self.short(kind, Told("", "body", "", *((kind, None) if theirs is None else (None, place))))

    def short(self, kind: str, told: Told) -> _Told:
        """A difference as it is told."""
        path, aspect, name, ours, theirs = told
        path = _short(kind, path)
        entry = held(self.upstream.source, kind, path, aspect, theirs)
        body = kind if aspect == "body" else ""
        key = (id(entry), path, aspect, name, repr(ours), repr(theirs), body)
        return _Told(told if path == told.path else told._replace(path=path), entry, key)


class _Met(NamedTuple):
    """A difference, the entry that holds it, and the kinds and places in which it is met, in order."""

    told: Told
    entry: Held | None
    kinds: dict[str, None]
    places: dict[str, None]


def _short(kind: str, path: str) -> str:
    """The path within the session that a body carries; other paths as they are."""
    carries = KINDS[kind].carries if kind in KINDS else None
    if carries is not None and path.startswith(carries):
        match = _SESSION.match(path, len(carries))
        if match:
            return path[match.end() :]
    return path
