"""The schemas of dates: what a body of a day was, and nothing of what came later."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from callsheet.facts.model import MODELS, OTHER_MODELS
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.lint import Linter, Options
from callsheet.predicate import at, every, has, is_, one_of, some
from callsheet.predicate import given as is_given
from callsheet.rules import RULES
from callsheet.schema import condition
from callsheet.schema.profile import profile_schema
from callsheet.schema.revisions import first, history, revision_of
from callsheet.shape.derive import shapes
from callsheet.shape.frozen import load
from callsheet.shape.kind import KINDS, TYPED_KINDS
from callsheet.shape.revision import EARLIEST, as_of, exists, offered
from callsheet.shape.shape import Choice, Field, Items, Record, Text
from callsheet.source.document import read
from callsheet.testing import sessions
from callsheet.testing.site import sites
from callsheet.testing.value import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.rules.rule import Example

SCHEMAS = Path(__file__).parent.parent / "schemas"
DATED = {
    (file.parent.name, file.name.partition(".")[0]): json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(SCHEMAS.glob("2*/*.schema.json"))
}
FROZEN = load()
SHAPES = {kind: FROZEN[kind] for kind in KINDS}
REVISIONS = {kind: [date for date, name in DATED if name == kind] for kind in KINDS}
TEXTS = {"description", "default", "examples"}

each = pytest.mark.parametrize(("revision", "kind"), DATED, ids="/".join)


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all in it; what stands under a key of a body is one, the key is none."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword, said in schema.items():
        if keyword in {"properties", "definitions", "patternProperties"}:
            inner = list(said.values())
        elif keyword in {"allOf", "anyOf"}:
            inner = said
        else:
            inner = [said] if keyword in {"not", "if", "then", "items", "contains", "additionalProperties"} else []
        for one in inner:
            yield from subschemas(one)


@each
def test_it_is_valid_in_both_dialects(revision: str, kind: str) -> None:
    schema = DATED[revision, kind]
    Draft7Validator.check_schema(schema)
    Draft202012Validator.check_schema({**schema, "$schema": Draft202012Validator.META_SCHEMA["$id"]})


@each
def test_its_id_is_its_place(revision: str, kind: str) -> None:
    assert DATED[revision, kind]["$id"] == f"urn:callsheet:schema:{revision}:{kind}"


@each
def test_it_holds_no_texts_and_nothing_beside_a_reference(revision: str, kind: str) -> None:
    for schema in subschemas(DATED[revision, kind]):
        assert not TEXTS & schema.keys()
        assert "$ref" not in schema or schema.keys() == {"$ref"}


@each
def test_it_names_no_model_that_came_later(revision: str, kind: str) -> None:
    text = json.dumps(DATED[revision, kind])
    models: dict[str, Any] = {**MODELS, **TRANSCRIPTION_MODELS}
    assert not [name for name, model in models.items() if model.since > revision and f'"{name}"' in text]
    assert not [name for name in OTHER_MODELS if f'"{name}"' in text]  # nobody knows their dates


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_schema_from_its_first_day_on(kind: str) -> None:
    assert REVISIONS[kind][0] == first(SHAPES[kind]) >= EARLIEST
    assert REVISIONS[kind] == [date for date, _ in history(kind, SHAPES[kind])]


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_says_something_new(kind: str) -> None:
    said = [{**DATED[date, kind], "$id": "", "$comment": ""} for date in REVISIONS[kind]]
    assert all(before != after for before, after in pairwise(said))


def test_a_date_between_two_revisions_means_the_earlier_one() -> None:
    shape = SHAPES["realtime"]
    for date, means in {
        "2025-09-12": "2025-09-12",
        "2025-10-05": "2025-09-12",
        "2026-07-27": "2026-07-15",
        "2026-07-28": "2026-07-28",
        "2999-01-01": REVISIONS["realtime"][-1],
    }.items():
        assert revision_of("realtime", shape, date) == means


def test_a_date_before_the_first_revision_means_none() -> None:
    with pytest.raises(LookupError, match="2025-10-02"):
        revision_of("call", SHAPES["call"], "2025-10-01")


def used(kind: str, body: Any) -> Iterator[tuple[Field, Any, Any]]:
    """Every field that a body uses, with the shape that its value has and the value."""
    for site in sites(SHAPES[kind], body):
        if site.field is not None:
            yield site.field, site.chosen, site.value


def was_there(kind: str, body: Any, date: str) -> bool:
    """Whether all that a body uses was there on a date, and its bounds, if they are younger, are no obstacle."""
    for field, shape, value in used(kind, body):
        if not exists(field, date):
            return False
        choice = shape.items if isinstance(shape, Items) else shape
        words = value if isinstance(value, list) else [value]
        if isinstance(choice, Choice) and not all(offered(choice, word, date) for word in words if word is not None):
            return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_of_today_is_valid_on_the_days_on_which_all_of_it_was_there_and_on_no_other(kind: str) -> None:
    validators = {date: Draft7Validator(DATED[date, kind]) for date in REVISIONS[kind]}

    @given(sessions(kind))
    def run(body: dict[str, Any]) -> None:
        for date, validator in validators.items():
            assert validator.is_valid(body) == was_there(kind, body, date), date

    run()


IN_SCHEMA = {rule.code for rule in RULES.values() if rule.when is not None and rule.severity == "error"}
LATER = {"CS606"}
"""A name that came later, in which a schema is not interested: it takes any."""


@pytest.mark.parametrize("date", ["2025-12-19", "2026-05-07", "2026-07-28"])
@pytest.mark.parametrize("kind", ["realtime", "transcription", "client-secret"])
def test_lint_and_schema_of_a_day_give_one_verdict(kind: str, date: str) -> None:
    shape = SHAPES[kind]
    validator = Draft7Validator(DATED[revision_of(kind, shape, date), kind])
    linter = Linter(Options(kind, revision=date))

    @given(values(as_of(shape, date)))
    def run(body: dict[str, Any]) -> None:
        found = {fault.code for fault in linter.body(body)}
        assume(found.isdisjoint(LATER))
        assert validator.is_valid(body) == found.isdisjoint(IN_SCHEMA)

    run()


@pytest.mark.parametrize(
    ("kind", "date", "body", "valid"),
    [
        ("realtime", "2026-05-06", {"reasoning": {"effort": "low"}}, False),
        ("realtime", "2026-05-07", {"reasoning": {"effort": "low"}}, True),
        ("realtime", "2026-02-16", {"audio": {"output": {"voice": {"id": "voice_1"}}}}, False),
        ("realtime", "2026-02-17", {"audio": {"output": {"voice": {"id": "voice_1"}}}}, True),
        ("realtime", "2026-07-14", {"tools": [{"type": "mcp", "server_label": "a", "tunnel_id": "b"}]}, True),
        ("realtime", "2026-07-15", {"tools": [{"type": "mcp", "server_label": "a", "tunnel_id": "b"}]}, False),
        ("realtime", "2026-11-10", {"audio": {"input": {"noise_reduction": {"strength": 2}}}}, True),
        ("realtime", "2026-11-11", {"audio": {"input": {"noise_reduction": {"strength": 2}}}}, False),
        ("realtime", "2025-09-12", {"model": "gpt-realtime-2.1"}, True),
        ("realtime", "2026-05-06", {"audio": {"input": {"transcription": {"model": "a", "delay": "low"}}}}, False),
    ],
)
def test_what_a_day_took(kind: str, date: str, body: dict[str, Any], *, valid: bool) -> None:
    schema = DATED[revision_of(kind, SHAPES[kind], date), kind]
    assert Draft7Validator(schema).is_valid({"type": kind, **body}) is valid


def test_a_rule_is_in_the_schemas_of_its_days() -> None:
    heard = {"transcription": {"model": "gpt-realtime-whisper"}, "turn_detection": {"type": "server_vad"}}
    body = {"type": "transcription", "audio": {"input": heard}}
    for date, valid in {"2025-12-19": True, "2026-05-07": False, "2026-11-11": False}.items():
        assert Draft7Validator(DATED[date, "transcription"]).is_valid(body) is valid


SHAPE = Record(
    "Thing",
    {
        "model": Field(Text(known="model")),
        "note": Field(Text()),
        "notes": Field(Items(Text())),
        "inner": Field(Record("Inner", {"model": Field(Text(known="model"))})),
    },
)
OLD, NEW, UNKNOWN = "gpt-realtime", "gpt-realtime-2.1", "gpt-99"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (is_("model", OLD, NEW, UNKNOWN), is_("model", OLD)),
        (is_("model", NEW), None),
        (is_("inner.model", OLD, NEW), is_("inner.model", OLD)),
        (is_("note", "a", UNKNOWN), is_("note", "a", UNKNOWN)),
        (has("note") & is_("model", NEW), None),
        (has("note") & is_("model", OLD, NEW), has("note") & is_("model", OLD)),
        (is_("model", NEW) | is_("note", "a"), is_("note", "a")),
        (is_("note", "a") & ~is_("model", NEW), is_("note", "a")),
        (is_given("later"), None),
        (at("notes", some(one_of("a"))), at("notes", some(one_of("a")))),
        (at("notes", every(one_of("a"))), at("notes", every(one_of("a")))),
    ],
)
def test_a_condition_of_a_day_names_what_has_come_by_then(said: Any, left: Any) -> None:
    cut = condition.as_of(said.schema, SHAPE, "2026-01-01")
    assert (cut == condition.NEVER) is (left is None)
    values: list[Any] = [OLD, "a", "b", None, 1]
    for model in values:
        for note in values:
            body = {"model": model, "note": note, "notes": [note], "inner": {"model": model}}
            assert Draft7Validator(cut).is_valid(body) is (left is not None and left.test(body))


def example(text: Example) -> dict[str, Any]:
    text = text() if callable(text) else text
    data: dict[str, Any] = read("-", text.encode()).data
    return data


PROFILES = {kind: Draft7Validator(profile_schema(kind, shape)) for kind, shape in shapes().items()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_profiles_takes_every_body_and_the_directives(kind: str) -> None:
    @given(sessions(kind))
    def run(body: dict[str, Any]) -> None:
        PROFILES[kind].validate({**body, "$revision": "2026-07-28", "$kind": kind, "x-note": 1})

    run()
    assert not PROFILES[kind].is_valid({"$extend": "./base.yaml", "$partial": True})
    PROFILES[kind].validate({"$extends": "./base.yaml"})


ENVELOPED = [
    (rule, kind)
    for rule in RULES.values()
    if rule.code in IN_SCHEMA
    for kind, sessions_in in {
        "client-secret": TYPED_KINDS,
        "session-update": TYPED_KINDS,
        "call": ("realtime",),
    }.items()
    if not {*rule.kinds}.isdisjoint(sessions_in)
]


@pytest.mark.parametrize(("rule", "kind"), ENVELOPED, ids=lambda part: getattr(part, "code", part))
def test_a_session_in_an_envelope_is_held_to_the_rules_in_the_schema_of_profiles(rule: Any, kind: str) -> None:
    beside = {"type": "session.update"} if kind == "session-update" else {"sdp": "v=0"} if kind == "call" else {}
    bad, good = example(rule.bad), example(rule.good)
    validator = PROFILES[kind]
    assert not validator.is_valid({**beside, "session": bad})
    assert validator.is_valid({**beside, "session": good})
    assert validator.is_valid({**beside, "session": bad, "$partial": True})
    if "azure" not in rule.targets:
        assert validator.is_valid({**beside, "session": bad, "$target": "azure"})


def test_a_session_from_a_file_is_left_to_the_file() -> None:
    PROFILES["client-secret"].validate({"session": {"$file": "session.yaml"}})
    assert not PROFILES["client-secret"].is_valid({"session": {"model": "gpt-realtime-2.1"}})


FREE = ("variables", "headers", "metadata", "parameters", "properties")
"""Mappings with keys of the author's own, among which a schema cannot tell a placeholder."""


def test_a_variable_may_stand_where_text_is_one_of_several_things() -> None:
    body = {"type": "realtime", "audio": {"output": {"voice": {"$env": "VOICE"}}}}
    assert Linter().body(body) == []
    assert PROFILES["realtime"].is_valid(body)


def steps(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [*([at] if at else []), *(path for step, value in below for path in steps(value, (*at, step)))]


@given(sessions("realtime"), st.data(), st.sampled_from(["$file", "$env"]))
def test_a_placeholder_may_stand_where_lint_takes_it(body: dict[str, Any], draw: st.DataObject, name: str) -> None:
    *way, last = draw.draw(st.sampled_from([path for path in steps(body) if path != ("type",)] or [("model",)]))
    holder: Any = body
    for step in way:
        holder = holder[step]
    assume(not isinstance(holder.get(last) if isinstance(holder, dict) else None, dict) or last not in FREE)
    holder[last] = {name: "SOMETHING"}
    refused = [
        fault for fault in Linter().body(body) if RULES[fault.code].severity == "error" and fault.code[:3] != "CS5"
    ]
    assert PROFILES["realtime"].is_valid(body) is not bool(refused)
