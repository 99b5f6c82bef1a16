"""Everything that has a date is taken from that day on, and found at its place before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from callsheet.facts import dates_of, entries
from callsheet.facts.model import LIVE_PREFIXES
from callsheet.rules.lifecycle import UNKNOWN_MODEL
from callsheet.shape.derive import shapes
from callsheet.shape.kind import FLAT_KINDS
from callsheet.shape.revision import EARLIEST, as_of, born, dates
from callsheet.shape.shape import Choice, Items, Number, Shape, Text
from callsheet.shape.table import Row, rows
from minimal import eve, faults, latecomer, later, misfits, parts, setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.pointer import Path

FLAT = tuple(FLAT_KINDS.values())
"""Older than every revision, and without one of their own."""
SHAPES = {kind: shape for kind, shape in shapes().items() if kind not in FLAT}
TABLES = {kind: rows(shape) for kind, shape in SHAPES.items()}


def place_of(kind: str, row: Row, body: dict[str, Any], day: str) -> Path | None:
    """Where the outermost thing stands that a row needs and that was not there on a day."""
    if born(SHAPES[kind]) > day:
        return ("type",) if "type" in body else ()
    return latecomer(SHAPES[kind], row.path, day)


def check_day(kind: str, row: Row, day: str, value: Any) -> Iterator[str]:
    """A value of a row fits on a day, and is found where it stands the day before."""
    body, path = setting(as_of(SHAPES[kind], day), row.path, value)
    there = misfits(kind, body, day) or later(kind, body, day)
    if there:
        yield f"{row.path}, {value}: {day} has {there}"
    above = place_of(kind, row, body, eve(day))
    where = path if above is None else above
    if (found := later(kind, body, eve(day))) != [where]:
        yield f"{row.path}, {value}: {eve(day)} has {found} and not {where}"


@pytest.mark.parametrize("kind", SHAPES)
def test_every_key_is_taken_from_its_day_on_and_found_before(kind: str) -> None:
    wrong: list[str] = []
    for row in TABLES[kind].values():
        body, _path = setting(as_of(SHAPES[kind], row.since), row.path)
        on = misfits(kind, body, row.since) + later(kind, body, row.since)
        before = later(kind, body, eve(row.since))
        if on or before != [place_of(kind, row, body, eve(row.since))]:
            wrong.append(f"{row.path}: {row.since} has {on}, the day before {before}")
    assert wrong == []


@pytest.mark.parametrize("kind", SHAPES)
def test_every_value_that_joined_its_list_is_found_before_its_day(kind: str) -> None:
    wrong: list[str] = []
    for row in TABLES[kind].values():
        for part in parts(row.field.shape):
            for value, day in (part.added or {} if isinstance(part, Choice) else {}).items():
                wrong += check_day(kind, row, day, value)
    assert wrong == []


@pytest.mark.parametrize("kind", SHAPES)
def test_every_value_that_left_its_list_is_found_from_its_day_on(kind: str) -> None:
    wrong: list[str] = []
    for row in TABLES[kind].values():
        for part in parts(row.field.shape):
            for value, day in (part.removed or {} if isinstance(part, Choice) else {}).items():
                body, path = setting(as_of(SHAPES[kind], eve(day)), row.path, value)
                if later(kind, body, eve(day)) or later(kind, body, day) != [path]:
                    wrong.append(f"{row.path}, {value}, {day}")
    assert wrong == []


@pytest.mark.parametrize("kind", SHAPES)
def test_a_key_that_was_away_for_a_while_is_found_in_between_only(kind: str) -> None:
    wrong: list[str] = []
    for row in TABLES[kind].values():
        periods = [*row.field.earlier, (row.field.since, row.field.until)] if row.field.earlier else []
        if row.field.until is not None and not periods:
            periods = [(row.field.since, row.field.until)]
        for since, until in periods:
            body, path = setting(as_of(SHAPES[kind], since), row.path)
            bounds = [(eve(since), [path]), (since, [])]
            bounds += [] if until is None else [(eve(until), []), (until, [path])]
            wrong += [f"{row.path}: {day}" for day, said in bounds if later(kind, body, day) != said]
    assert wrong == []


def named_places() -> Iterator[tuple[str, Row, str]]:
    """Every row that takes names of a catalogue, with the kind of its body."""
    for kind, table in TABLES.items():
        for row in table.values():
            for part in parts(row.field.shape):
                if isinstance(part, Text) and part.known is not None:
                    yield kind, row, part.known


CATALOGUES = sorted({named for _, _, named in named_places()})


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_name_is_known_from_its_day_on_and_found_before(catalogue: str) -> None:
    wrong: list[str] = []
    for kind, row in [(kind, row) for kind, row, named in named_places() if named == catalogue]:
        for name, entry in entries(catalogue).items():
            if catalogue != "model" or not name.startswith(LIVE_PREFIXES):  # bodies with those are not looked into
                wrong += check_day(kind, row, max(entry.since, row.since), name)
    assert wrong == []


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_name_that_left_the_lists_is_unknown_from_its_day_on(catalogue: str) -> None:
    wrong: list[str] = []
    for kind, row, named in named_places():
        gone = {name: entry for name, entry in entries(named).items() if not entry.listed()}
        for name, entry in gone.items() if named == catalogue else ():
            until: str | None = getattr(entry, "until", None)
            if until is None or not entry.listed(eve(until)) or eve(until) < row.since:
                continue
            body, _path = setting(SHAPES[kind], row.path, name)
            found = [
                [fault.code for fault in faults(kind, body, day)].count(UNKNOWN_MODEL.code)
                for day in (eve(until), until)
            ]
            if found != [0, 1]:
                wrong.append(f"{kind} {row.path}: {name}, {until}: {found}")
    assert wrong == []


def outside(shape: Shape) -> Any:
    """A value of the right type that breaks a bound of a shape."""
    match shape:
        case Number(maximum=most) if most is not None:
            return most + 1
        case Number(minimum=least) if least is not None:
            return least - 1
        case Text(max_length=longest) if longest is not None:
            return "x" * (longest + 1)
        case Text(pattern=str()):
            return " "
        case Items(min_items=int()):
            return []
    raise TypeError(f"no bound in {shape}")


@pytest.mark.parametrize("kind", SHAPES)
def test_a_bound_holds_from_its_day_on_and_not_before(kind: str) -> None:
    wrong: list[str] = []
    for row in TABLES[kind].values():
        if row.field.bounded is None:
            continue
        body, path = setting(SHAPES[kind], row.path, outside(row.field.shape))
        for day, wanted in ((eve(row.field.bounded), []), (row.field.bounded, [path])):
            if (found := misfits(kind, body, day)) != wanted:
                wrong.append(f"{row.path}: {day} has {found}")
    assert wrong == []


@pytest.mark.parametrize("kind", SHAPES)
def test_no_date_of_a_shape_escapes_these_tests(kind: str) -> None:
    seen: set[str] = set()
    for row in TABLES[kind].values():
        field = row.field
        seen |= {row.since, field.since, field.until or EARLIEST, field.bounded or EARLIEST}
        seen |= {day for period in field.earlier for day in period}
        for part in parts(field.shape):
            if isinstance(part, Choice):
                seen |= {*(part.added or {}).values(), *(part.removed or {}).values()}
            if isinstance(part, Text) and part.known is not None:
                seen |= set(dates_of(part.known))
    assert dates(SHAPES[kind]) <= seen


@pytest.mark.parametrize("kind", FLAT)
def test_the_flat_shapes_of_the_beta_are_as_old_as_any_revision(kind: str) -> None:
    shape = shapes()[kind]
    assert max(dates(shape)) <= EARLIEST
    assert [row for row in rows(shape) if later(kind, setting(shape, row).body, EARLIEST)] == []


def test_there_are_dates_to_test() -> None:
    table = TABLES["realtime"]
    assert len([row for row in table.values() if row.since > EARLIEST]) > 20
    assert any(row.field.bounded for row in table.values())
    assert any(row.field.earlier for row in table.values())
    assert {row.path for kind, row, _ in named_places() if kind == "realtime"} == {
        "audio.input.transcription.model",
        "audio.output.voice",
        "model",
    }
