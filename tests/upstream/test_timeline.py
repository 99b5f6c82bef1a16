"""The history of the API, replayed: each thing is taken on the day that it came, and found the day before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from notes import BODIES, folder, read, row_of

from callsheet.facts.model import MODELS
from callsheet.facts.shutdown import BETA_INTERFACE
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.rules.lifecycle import UNKNOWN_MODEL
from callsheet.shape.derive import shapes
from callsheet.shape.revision import as_of, born
from callsheet.shape.table import rows
from minimal import eve, faults, later, misfits, setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from callsheet.pointer import Path
    from callsheet.shape.shape import Shape

TIMELINE: list[dict[str, Any]] = read(folder("CALLSHEET_UPSTREAM") / "timeline.json")
CHANGES: list[tuple[str, str, dict[str, Any]]] = [
    (entry["id"], entry["date"], change) for entry in TIMELINE for change in entry["changes"]
]
SHAPES = shapes()
TABLES = {kind: rows(shape) for kind, shape in SHAPES.items()}
ENDS = {
    **{name: model.until for name, model in MODELS.items()},
    **{name: model.until for name, model in TRANSCRIPTION_MODELS.items()},
}
PROSE = "doc-rule-changed"
"""Changes of what the documents say in words. Rules hold them, and rules have tests of their own."""


class Excused(NamedTuple):
    """Changes that callsheet does not follow: of one revision and sort, with patterns of their bodies and paths."""

    revision: str
    sort: str
    body: str
    path: str
    why: str

    def covers(self, revision: str, change: dict[str, Any]) -> bool:
        return (
            self.revision == revision
            and self.sort == change["kind"]
            and re.fullmatch(self.body, change["body"]) is not None
            and re.fullmatch(self.path, change["path"]) is not None
        )


_FIRST = "a shape of the first days: sessions as they are begin on 2025-09-12"
_FLAT = "turn detection was one flat object until 2025-09-12"
_WORDS = "a format was a word until 2025-09-08"
_EARLY = r"session\.(client_secret(\..+)?|temperature|truncation\.post_instructions_token_limit)"
_SINCE_NESTED = r"session\.(model|input_audio_.+|turn_detection(\..+)?)"
_FORMAT = r"session\.audio\.(input|output)\.format"
_TURNS = r"session\.audio\.input\.turn_detection"
_TRANSCRIPTION_EVENT = r"event\.transcription_session\.update"
_NOT_A_BOUND = "neither a key nor a value nor a bound: what a client may send is the same before and after"
_SIGHTED = "the SDK got what the OpenAPI document had before"

EXCUSED: tuple[Excused, ...] = (
    Excused("r01", "enum-added", "realtime", r"session\.model", "announced before there was a session to name it in"),
    Excused("r03", "enum-added", "realtime", r"session\.model", "the SDK got what had been announced before"),
    Excused("r02", "field-added", "realtime", _FORMAT, _WORDS),
    Excused(
        "r02",
        "field-added",
        "realtime",
        r"session\.audio\.input\.transcription\.model",
        "gpt-4o-transcribe-diarize was in its list for the first six days, and is dated by its return",
    ),
    Excused("r02", "field-added", "realtime", rf"{_TURNS}(\..+)?", _FLAT),
    Excused("r02", "field-added", "realtime", _EARLY, _FIRST),
    Excused("r02", "field-added", "transcription", _SINCE_NESTED, _FIRST),
    Excused("r02", "field-added", _TRANSCRIPTION_EVENT, ".+", _FIRST),
    Excused("r04", "field-added", "transcription", rf"{_TURNS}(\..+)?", _FLAT),
    Excused("r04", "field-removed", "realtime", _EARLY, _FIRST),
    Excused("r04", "field-removed", "transcription", _SINCE_NESTED, _FIRST),
    Excused("r04", "field-removed", _TRANSCRIPTION_EVENT, ".+", _FIRST),
    Excused("r04", "enum-added", _TRANSCRIPTION_EVENT, ".+", _FIRST),
    Excused("r04", "enum-removed", "realtime", _FORMAT, _WORDS),
    Excused(
        "r04",
        "enum-removed",
        "realtime",
        r"session\.audio\.input\.transcription\.model",
        "gpt-4o-transcribe-diarize is dated by its return on 2025-10-16",
    ),
    Excused("r04", "constraint-changed", "realtime", _FORMAT, _WORDS),
    Excused("r04", "constraint-changed", "realtime", r"session\.model", "it was required for the first six days"),
    Excused(
        "r04", "constraint-changed", "client_secret", r".+\.seconds", "the default was new; the bounds are its field's"
    ),
    Excused("r05", "field-removed", _TRANSCRIPTION_EVENT, ".+", _FIRST),
    Excused("r06", "field-removed", "realtime|transcription", rf"{_TURNS}\..+", _FLAT),
    Excused(
        "r11",
        "constraint-changed",
        ".+",
        ".+",
        "the first copy of the OpenAPI document that was found: what stands in it is as old as its fields",
    ),
    Excused(
        "r13",
        "constraint-changed",
        "realtime|transcription",
        r".+\.transcription\.model",
        "the list of the SDK was closed until then; that the service took no other name, nobody saw",
    ),
    Excused("r15", "constraint-changed", "realtime|transcription", r".+\.noise_reduction", _NOT_A_BOUND),
    Excused("r15", "constraint-changed", "realtime", r"session\.tracing", _NOT_A_BOUND),
    Excused("r15", "constraint-changed", "realtime", r".+\.voice", "said by the key of the new form, `voice.id`"),
    Excused("r19", "constraint-changed", "realtime", r".+\.voice", _SIGHTED),
    Excused("r19", "field-added", "realtime", r".+\.voice\.id", _SIGHTED),
    Excused("r24", "constraint-changed", "realtime|client_secret", ".+", "`format` bounds nothing in JSON Schema"),
    Excused("r28", "constraint-changed", "realtime", r".+\.prompt_cache_breakpoint\.mode", _NOT_A_BOUND),
    Excused("r33", "deprecated", "realtime", r".+\.connector_id", "no name ends, and no day is given"),
    Excused("r34", "field-added", r"translation(\.client_secret)?", ".+", _SIGHTED),
    Excused("r40", "field-added", r"event\.translation\.session\.update", ".+", _SIGHTED),
)


def clean(kind: str, body: dict[str, Any], day: str) -> str | None:
    """What speaks against a body on a day, None where nothing does."""
    found = later(kind, body, day) + misfits(kind, body, day)
    return f"{day} finds {found}" if found else None


def missed(kind: str, body: dict[str, Any], path: Path, day: str) -> str | None:
    """What speaks against a body being refused on a day for what stands at a path, or above it."""
    found = later(kind, body, day)
    ways = {path[:length] for length in range(len(path) + 1)}
    ways |= {(*way, "type") for way in ways}  # a variant is found at its tag
    return None if len(found) == 1 and found[0] in ways else f"{day} finds {found}"


def problem(day: str, change: dict[str, Any]) -> str | None:
    """How a change is not as callsheet has it; None where it is."""
    if change["kind"] == "deprecated":
        return shut_down(change["value"]) if change["body"] == "beta" else deprecated(change["value"])
    if change["body"] not in BODIES:
        return "no kind of body"
    kind, row = BODIES[change["body"]].kind, row_of(change["body"], change["path"])
    if row not in TABLES[kind]:
        return "no row"
    try:
        return next(filter(None, REPLAYS[change["kind"]](kind, row, day, change["value"])), None)
    except LookupError:
        return "not there on its day"


def at(kind: str, day: str) -> Shape:
    """The shape of a kind on a day. Raises LookupError if the kind was not there."""
    if born(SHAPES[kind]) > day:
        raise LookupError(kind)
    return as_of(SHAPES[kind], day)


def field_added(kind: str, row: str, day: str, value: dict[str, Any]) -> Iterator[str | None]:
    body, path = setting(at(kind, day), row)
    yield clean(kind, body, day)
    yield missed(kind, body, path, eve(day))
    for word in value.get("enum", ()):
        body, _path = setting(at(kind, day), row, word)
        yield clean(kind, body, day)


def enum_added(kind: str, row: str, day: str, value: Any) -> Iterator[str | None]:
    body, path = setting(at(kind, day), row, value)
    yield clean(kind, body, day)
    yield missed(kind, body, path, eve(day))


def field_removed(kind: str, row: str, day: str, _value: Any) -> Iterator[str | None]:
    body, path = setting(at(kind, eve(day)), row)
    yield clean(kind, body, eve(day))
    yield missed(kind, body, path, day)


def enum_removed(kind: str, row: str, day: str, value: Any) -> Iterator[str | None]:
    body, path = setting(at(kind, eve(day)), row, value)
    yield clean(kind, body, eve(day))
    unknown = [[fault.code for fault in faults(kind, body, on)].count(UNKNOWN_MODEL.code) for on in (eve(day), day)]
    yield None if unknown == [0, 1] else missed(kind, body, path, day)


def nullable(kind: str, row: str, day: str, value: Any) -> Iterator[str | None]:
    yield None if value is True else "null came, and did not go"
    body, path = setting(at(kind, day), row, None)
    yield clean(kind, body, day)
    yield missed(kind, body, path, eve(day))


OUTSIDE: dict[str, Callable[[Any], Any]] = {
    "minimum": lambda bound: bound - 1,
    "maximum": lambda bound: bound + 1,
    "minItems": lambda _bound: [],
    "pattern": lambda _bound: " ",
}
"""Values outside a bound, by its keyword."""


def constraint(kind: str, row: str, day: str, value: dict[str, Any]) -> Iterator[str | None]:
    bounds = {keyword: OUTSIDE[keyword](bound) for keyword, bound in value.items() if keyword in OUTSIDE}
    if not bounds:
        yield "no bound"
    for outside in bounds.values():
        body, path = setting(at(kind, day), row, outside)
        yield None if misfits(kind, body, day) == [path] else f"{outside!r} fits"
        before = clean(kind, body, eve(day))
        yield before and missed(kind, body, path, eve(day))


REPLAYS = {
    "field-added": field_added,
    "enum-added": enum_added,
    "field-removed": field_removed,
    "enum-removed": enum_removed,
    "nullable-changed": nullable,
    "constraint-changed": constraint,
}


def shut_down(value: dict[str, Any]) -> str | None:
    return None if value["shutdown"] == BETA_INTERFACE else f"another day: {BETA_INTERFACE}"


def deprecated(value: Any) -> str | None:
    """Whether the names of a notice end here on its day."""
    if not isinstance(value, dict) or "values" not in value:
        return "no names"
    wrong = {name: ENDS[name] for name in value["values"] if ENDS[name] != value["shutdown"]}
    return f"other days: {wrong}" if wrong else None


def followed(change: dict[str, Any]) -> bool:
    return bool(change["kind"] != PROSE)


def excuses(revision: str, change: dict[str, Any]) -> list[Excused]:
    return [excuse for excuse in EXCUSED if excuse.covers(revision, change)]


def test_there_is_a_history_to_replay() -> None:
    replayed = [change for revision, _, change in CHANGES if followed(change) and not excuses(revision, change)]
    assert len(TIMELINE) >= 45
    assert len([change for change in replayed if change["kind"] == "field-added"]) > 150
    assert {change["kind"] for change in replayed} == {*REPLAYS, "deprecated"}
    assert {change["kind"] for _, _, change in CHANGES} == {*REPLAYS, "deprecated", PROSE}


@pytest.mark.parametrize("entry", TIMELINE, ids=[entry["id"] for entry in TIMELINE])
def test_what_came_is_taken_on_its_day_and_found_the_day_before(entry: dict[str, Any]) -> None:
    problems = [
        (change["body"], change["path"], change["kind"], why)
        for change in filter(followed, entry["changes"])
        if not excuses(entry["id"], change) and (why := problem(entry["date"], change)) is not None
    ]
    assert problems == []


@pytest.mark.parametrize("excuse", EXCUSED, ids=[f"{excuse.revision}-{at}" for at, excuse in enumerate(EXCUSED)])
def test_a_change_is_only_excused_where_callsheet_has_it_otherwise(excuse: Excused) -> None:
    covered = [(day, change) for revision, day, change in CHANGES if excuse.covers(revision, change)]
    assert covered
    assert excuse.why
    assert [change for day, change in covered if problem(day, change) is None] == []


def test_a_change_is_excused_once() -> None:
    twice = [(revision, change) for revision, _, change in CHANGES if len(excuses(revision, change)) > 1]
    assert twice == []
