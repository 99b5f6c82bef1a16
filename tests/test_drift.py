"""`callsheet drift`: nothing differs from the sources that the models were made from, and whatever would is told.

With CALLSHEET_UPSTREAM, a folder that holds openapi-realtime-DATE.json, the documents are compared as well.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.cli import main
from callsheet.drift import document, openapi, sdk
from callsheet.drift.bodies import BODIES
from callsheet.drift.compare import Comparison, News, compare, fit
from callsheet.drift.held import HELD, Held, matches
from callsheet.drift.upstream import Unread, UnreadableError, Upstream
from callsheet.shape.derive import shapes
from callsheet.shape.kind import KINDS
from callsheet.shape.revision import NEVER, as_of
from callsheet.shape.shape import (
    Choice,
    Either,
    Entries,
    Field,
    Flag,
    Free,
    Items,
    Number,
    Record,
    Shape,
    Tagged,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Change = Callable[[Field], Iterable[Field | None]]

_FOLDER = os.environ.get("CALLSHEET_UPSTREAM")
_NAME = re.compile(r"openapi-realtime-(\d{4}-\d\d-\d\d)\.json")
DOCUMENTS = {
    match[1]: path
    for path in sorted(Path(_FOLDER).glob("openapi-realtime-*.json") if _FOLDER else ())
    if (match := _NAME.fullmatch(path.name))
}
DATES = [*DOCUMENTS] or [
    pytest.param(
        "",
        marks=pytest.mark.skip(
            reason="CALLSHEET_UPSTREAM is not set (it names a folder that is kept outside the repository)"
        ),
    )
]
NEWEST = DATES[-1]
DATED = shapes()


def on(kind: str, date: str = NEVER) -> Record:
    """The shape of a kind on a date; without one, as it is now."""
    shape = as_of(DATED[kind], date)
    assert isinstance(shape, Record)
    return shape


OURS = {kind: on(kind) for kind in DATED}


def package() -> Upstream:
    found = sdk.installed()
    assert found is not None, "pip install -e '.[dev]' brings openai"
    return sdk.read(found, OURS)


def dated(date: str) -> Upstream:
    return openapi.read(document.load(DOCUMENTS[date]), f"OpenAPI {date}", OURS)


def nothing(comparison: Comparison) -> bool:
    """Whether there is no news; shows what there is where it fails."""
    assert comparison.news == ()
    assert comparison.complaints == ()
    assert comparison.new == ()
    return comparison.clean


# what is known agrees


def test_nothing_differs_from_the_package_that_the_tests_are_pinned_to() -> None:
    assert package().name == "openai 3.51.0"
    assert nothing(compare(package(), DATED))


@pytest.mark.parametrize("date", DATES)
def test_nothing_differs_from_a_document_at_its_date(date: str) -> None:
    assert nothing(compare(dated(date), DATED, date))


@pytest.mark.parametrize("date", DATES)
def test_the_revision_of_a_document_is_found(date: str) -> None:
    comparison = fit(dated(date), DATED)
    assert nothing(comparison)
    assert comparison.guessed
    assert comparison.revision is not None
    assert comparison.revision <= date


@pytest.mark.parametrize("date", DATES)
def test_a_document_of_another_day_differs(date: str) -> None:
    assert compare(dated(date), DATED, "2026-02-01").news


def test_every_kind_has_its_place_with_others() -> None:
    assert set(BODIES) == set(KINDS)


def test_every_body_is_there() -> None:
    assert all(shape for places in package().bodies.values() for shape in places.values())


# what is held is needed


def every_comparison() -> list[Comparison]:
    return [compare(package(), DATED), *(compare(dated(date), DATED, date) for date in DOCUMENTS)]


@pytest.mark.parametrize("entry", HELD, ids=lambda entry: f"{entry.paths[0]}-{entry.aspect}")
def test_an_entry_that_is_held_matches_something(entry: Held) -> None:
    sources = {"sdk", "openapi"} if DOCUMENTS else {"sdk"}
    held = [
        (comparison.source, news)
        for comparison in every_comparison()
        for one, some in comparison.held
        for news in some
        if one is entry
    ]
    if not sources & set(entry.sources):
        pytest.skip("CALLSHEET_UPSTREAM is not set (it names a folder that is kept outside the repository)")
    assert {source for source, _ in held} == sources & set(entry.sources)
    for pattern in entry.paths:
        assert any(matches(pattern, news.path) for _, news in held), pattern
    for theirs in entry.theirs if isinstance(entry.theirs, tuple) else ():
        assert any(news.theirs == theirs for _, news in held), theirs
    assert set(entry.kinds) <= KINDS.keys()


def test_every_entry_has_a_reason_and_a_proof() -> None:
    assert all(entry.why.endswith(".") and entry.proof for entry in HELD)


# what would differ is told


def mutants(shape: Shape, at: str, change: Change) -> Iterator[tuple[str, Shape]]:
    """The shape with one field changed, for each change of each field at any depth; None takes the field out."""
    match shape:
        case Record(fields=fields):
            for key, field in fields.items():
                path = f"{at}.{key}" if at else key
                for other in change(field):
                    changed = {name: other if name == key else one for name, one in fields.items()}
                    yield path, shape._replace(fields={name: one for name, one in changed.items() if one is not None})
                for below, inner in mutants(field.shape, path, change):
                    yield below, shape._replace(fields={**fields, key: field._replace(shape=inner)})
        case Tagged(variants=variants):
            for name, variant in variants.items():
                for below, inner in mutants(variant, f"{at}[{name}]", change):
                    assert isinstance(inner, Record)
                    yield below, shape._replace(variants={**variants, name: inner})
        case Either(options=options):
            for index, option in enumerate(options):
                for below, inner in mutants(option, at, change):
                    yield below, Either((*options[:index], inner, *options[index + 1 :]))
        case Items(items=items):
            for below, inner in mutants(items, f"{at}[]", change):
                yield below, shape._replace(items=inner)
        case Entries(values=values):
            for below, inner in mutants(values, f"{at}.*", change):
                yield below, Entries(inner)


def short(kind: str, path: str) -> str:
    """The path within the session that an envelope carries, written another way than in the code that is tested."""
    carries = KINDS[kind].carries
    return re.sub(rf"^{carries}(\[[a-z]+\])?\.", "", path) if carries else path


def check(upstream: Upstream, date: str | None, kind: str, change: Change, *aspects: str) -> int:
    """Each change of each field of a kind is told: at the field, or at the whole object that went with it.

    What is known to differ at a field is left out: changing that may bring the sides together. What an envelope
    carries is a kind of its own, so of that only the lack of a field is checked. Returns how many were.
    """
    only = upstream._replace(bodies={kind: upstream.bodies[kind]})
    held = {(news.path, news.aspect) for _, some in compare(only, DATED, date).held for news in some}
    count = 0
    for path, mutant in mutants(on(kind, date or NEVER), "", change):
        at = short(kind, path)
        if any((at, aspect) in held for aspect in aspects) or (at != path and change is not without):
            continue
        assert isinstance(mutant, Record)
        told = compare(only, {kind: mutant}, date).news
        assert any(at.startswith(news.path) and news.aspect in aspects for news in told), (path, told)
        count += 1
    return count


def without(_: Field) -> Iterator[None]:
    yield None


def required(field: Field) -> Iterator[Field]:
    yield field._replace(required=not field.required)


def null(field: Field) -> Iterator[Field]:
    yield field._replace(null="no" if field.null != "no" else "yes")


def values(field: Field) -> Iterator[Field]:
    """One value more, and one less, wherever there are fixed ones."""
    match field.shape:
        case Choice(values=some):
            more = "another" if isinstance(some[0], str) else 1
            yield field._replace(shape=Choice((*some, more)))
            if len(some) > 1:
                yield field._replace(shape=Choice(some[1:]))
        case Items(items=Choice(values=some)):
            yield field._replace(shape=Items(Choice((*some, "another"))))
        case Either(options=(Choice(values=some), *rest)):
            yield field._replace(shape=Either((Choice((*some, "another")), *rest)))


def types(field: Field) -> Iterator[Field]:
    yield field._replace(shape=Flag() if field.shape != Flag() else Number())


def bounds(field: Field) -> Iterator[Field]:
    match field.shape:
        case Text():
            yield field._replace(shape=field.shape._replace(max_length=7))
            yield field._replace(shape=field.shape._replace(pattern="^a$"))
        case Number():
            yield field._replace(shape=field.shape._replace(minimum=-7))
            yield field._replace(shape=field.shape._replace(maximum=7))
        case Items():
            yield field._replace(shape=field.shape._replace(max_items=7))


def defaults(field: Field) -> Iterator[Field]:
    if not (isinstance(field.shape, Choice) and len(field.shape.values) == 1 and field.required):
        yield field._replace(default="another")


BOTH: dict[str, tuple[Change, tuple[str, ...]]] = {
    "field": (without, ("key", "variant")),
    "required": (required, ("required",)),
    "null": (null, ("null",)),
    "value": (values, ("value", "variant")),
    "type": (types, ("type", "key", "variant")),
}
BOTH_AND_MORE: dict[str, tuple[Change, tuple[str, ...]]] = {
    **BOTH,
    "bound": (bounds, ("bound",)),
    "default": (defaults, ("default",)),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", BOTH)
def test_a_change_of_any_field_is_told_against_the_package(kind: str, change: str) -> None:
    vary, aspects = BOTH[change]
    assert check(package(), None, kind, vary, *aspects) or change == "value"


@pytest.mark.parametrize("kind", [kind for kind, body in BODIES.items() if body.openapi])
@pytest.mark.parametrize("change", BOTH_AND_MORE)
@pytest.mark.parametrize("date", [NEWEST])
def test_a_change_of_any_field_is_told_against_a_document(date: str, kind: str, change: str) -> None:
    vary, aspects = BOTH_AND_MORE[change]
    assert check(dated(date), date, kind, vary, *aspects) or change in {"value", "bound", "default"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_others_lack_is_told(kind: str) -> None:
    upstream = package()
    only = upstream._replace(bodies={kind: upstream.bodies[kind]})
    ours = OURS[kind]._replace(fields={**OURS[kind].fields, "another": Field(Text())})
    assert [(news.path, news.aspect, news.side) for news in compare(only, {kind: ours}).news] == [
        ("another", "key", "ours")
    ]


def test_a_closed_list_against_an_open_one_is_told() -> None:
    fields = OURS["realtime"].fields
    closed = fields["model"]._replace(shape=Choice(("gpt-realtime",)))
    ours = {"realtime": OURS["realtime"]._replace(fields={**fields, "model": closed})}
    only = package()._replace(bodies={"realtime": package().bodies["realtime"]})
    assert ("model", "open") in {(news.path, news.aspect) for news in compare(only, ours).news}


# reading Python

HEAD = """
from __future__ import annotations
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Union
from typing_extensions import Annotated, Literal, NotRequired, Required, TypeAlias, TypedDict
from ..._types import SequenceNotStr
from ..._utils import PropertyInfo
"""


def types_of(folder: Path, source: str, **modules: str) -> Upstream:
    """The `refer` body of a package that consists of one type, `CallReferParams`, and what it imports."""
    root = folder / "openai"
    for name, text in {"types/realtime/call_refer_params": HEAD + source, "_version": "", **modules}.items():
        file = root / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return sdk.read(root, ["refer"])


def shape_of(upstream: Upstream) -> Record:
    (shape,) = upstream.bodies["refer"].values()
    assert isinstance(shape, Record)
    return shape


@pytest.mark.parametrize(
    ("annotation", "field"),
    [
        ("str", Field(Text())),
        ("Required[str]", Field(Text(), required=True)),
        ("Required[Optional[str]]", Field(Text(), required=True, null="yes")),
        ("Required[Annotated[str, PropertyInfo(format='iso8601')]]", Field(Text(), required=True)),
        ("Annotated[Required[str], 'said']", Field(Text(), required=True)),
        ("str | None", Field(Text(), null="yes")),
        ("Union[str, None]", Field(Text(), null="yes")),
        ("Union[int, float]", Field(Either((Number(whole=True), Number())))),
        ("Literal['a', 'b', None]", Field(Choice(("a", "b")), null="yes")),
        ("Literal[1]", Field(Choice((1,)))),
        ("Literal[True, False]", Field(Flag())),
        ("Union[str, Literal['a']]", Field(Either((Text(), Choice(("a",)))))),
        ("Union[Literal['a'], Literal['b']]", Field(Choice(("a", "b")))),
        ("'str'", Field(Text())),
        ("object", Field(Free(anything=True))),
        ("Dict[str, object]", Field(Free())),
        ("Mapping[str, int]", Field(Entries(Number(whole=True)))),
        ("Iterable[str]", Field(Items(Text()))),
        ("Sequence[str]", Field(Items(Text()))),
        ("SequenceNotStr[str]", Field(Items(Text()))),
        ("List[Union[str, Literal['a']]]", Field(Items(Either((Text(), Choice(("a",))))))),
        ("list[bool]", Field(Items(Flag()))),
    ],
)
def test_an_annotation_is_read(annotation: str, field: Field, tmp_path: Path) -> None:
    upstream = types_of(tmp_path, f"class CallReferParams(TypedDict, total=False):\n    key: {annotation}\n")
    assert upstream.complaints == ()
    assert shape_of(upstream).fields == {"key": field}


def test_a_typed_dict_requires_its_keys_unless_it_says_otherwise(tmp_path: Path) -> None:
    upstream = types_of(tmp_path, "class CallReferParams(TypedDict):\n    a: str\n    b: NotRequired[str]\n")
    assert {key: field.required for key, field in shape_of(upstream).fields.items()} == {"a": True, "b": False}


def test_bases_and_functional_types_give_their_keys(tmp_path: Path) -> None:
    upstream = types_of(
        tmp_path,
        "_Reserved = TypedDict('_Reserved', {'from': Required[str]}, total=False)\n"
        "class CallReferParams(_Reserved, total=False):\n    async_: Annotated[bool, PropertyInfo(alias='async')]\n",
    )
    assert shape_of(upstream).fields == {"from": Field(Text(), required=True), "async": Field(Flag())}


def test_names_are_followed_through_modules(tmp_path: Path) -> None:
    upstream = types_of(
        tmp_path,
        "from ..shared import Effort\nfrom ..shared import effort as words\n"
        "from openai.types.shared.effort import Text\n"
        "class CallReferParams(TypedDict, total=False):\n    a: Effort\n    b: words.Effort\n    c: Text\n",
        **{
            "types/shared/__init__": "from .effort import Effort as Effort\n",
            "types/shared/effort": "from typing import *\nfrom typing_extensions import Literal, TypeAlias\n"
            "Effort: TypeAlias = Literal['low', 'high']\nText = str\n",
        },
    )
    words = Field(Choice(("low", "high")))
    assert upstream.complaints == ()
    assert shape_of(upstream).fields == {"a": words, "b": words, "c": Field(Text())}


def test_objects_are_told_apart_by_their_type(tmp_path: Path) -> None:
    upstream = types_of(
        tmp_path,
        "class A(TypedDict, total=False):\n    type: Literal['a']\n"
        "class B(TypedDict, total=False):\n    type: Required[Literal['b']]\n    x: int\n"
        "Either: TypeAlias = Union[A, B]\n"
        "class CallReferParams(TypedDict, total=False):\n    key: Optional[Either]\n    word: Union[str, Either]\n",
    )
    fields = shape_of(upstream).fields
    assert isinstance(fields["key"].shape, Tagged)
    assert list(fields["key"].shape.variants) == ["a", "b"]
    assert fields["key"].null == "yes"
    assert fields["word"].shape == Either((Text(), fields["key"].shape))


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        ("FrozenSet[str]", "`FrozenSet[…]` is no type that callsheet knows"),
        ("Unheard", "`Unheard` is no type that callsheet knows"),
        ("List[Optional[str]]", "null inside a list or a mapping"),
        ("Union[A, B]", "no fixed `type` tells A from the others"),
        ("CallReferParams", "a type within itself"),
        ("Model", "the class Model is no TypedDict"),
        ("Literal[f(1)]", "holds more than plain values"),
        ("None", "can be nothing but null"),
    ],
)
def test_what_is_unknown_is_complained_of_with_its_place(annotation: str, said: str, tmp_path: Path) -> None:
    upstream = types_of(
        tmp_path,
        "class Model:\n    x: int\n"
        "class A(TypedDict):\n    x: int\nclass B(TypedDict):\n    y: int\n"
        f"class CallReferParams(TypedDict, total=False):\n    target_uri: Required[str]\n    key: {annotation}\n",
    )
    (complaint,) = upstream.complaints
    assert said in complaint.what
    assert re.fullmatch(r"openai/types/realtime/call_refer_params\.py:\d+", complaint.where)
    comparison = compare(upstream, {"refer": OURS["refer"]})
    assert not comparison.clean
    assert [news.path for news in comparison.news] == ["key"]  # callsheet lacks it, whatever it is


def test_nothing_is_compared_where_something_is_unread(tmp_path: Path) -> None:
    upstream = types_of(tmp_path, "class CallReferParams(TypedDict):\n    target_uri: Unheard\n")
    comparison = compare(upstream, {"refer": OURS["refer"]})
    assert comparison.news == ()
    assert not comparison.clean


def test_a_module_that_is_no_python_is_complained_of(tmp_path: Path) -> None:
    upstream = types_of(tmp_path, "class CallReferParams(TypedDict\n")
    assert "cannot be read" in upstream.complaints[0].what
    assert compare(upstream, {"refer": OURS["refer"]}).news == ()


def test_a_package_without_the_types_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="none of the types"):
        types_of(tmp_path, "")


def test_a_new_module_of_parameters_is_told(tmp_path: Path) -> None:
    upstream = types_of(
        tmp_path,
        "class CallReferParams(TypedDict):\n    target_uri: str\n",
        **{"types/realtime/call_hold_params": ""},
    )
    assert upstream.new == ("realtime.call_hold_params",)
    assert not compare(upstream, {"refer": OURS["refer"]}).clean


def test_the_version_is_read_as_text(tmp_path: Path) -> None:
    body = "class CallReferParams(TypedDict):\n    target_uri: str\n"
    assert types_of(tmp_path, body).name == "openai of an unknown version"
    assert types_of(tmp_path, body, _version='__version__ = "9.9.9"  # release\n').name == "openai 9.9.9"


# reading OpenAPI

REFER = "/realtime/calls/{call_id}/refer"


def written(schema: Any, components: dict[str, Any] | None = None, **paths: Any) -> dict[str, Any]:
    """A document whose one operation is `refer`."""
    operation = {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}}
    return {"openapi": "3.1.0", "paths": {REFER: operation, **paths}, "components": {"schemas": components or {}}}


def field_of(schema: Any, components: dict[str, Any] | None = None) -> tuple[Field, Upstream]:
    whole = {"type": "object", "properties": {"key": schema}}
    upstream = openapi.read(written(whole, components), "it", ["refer"])
    return shape_of(upstream).fields["key"], upstream


@pytest.mark.parametrize(
    ("schema", "field"),
    [
        ({"type": "string", "minLength": 1, "maxLength": 2, "pattern": "^a"}, Field(Text(1, 2, "^a"))),
        ({"type": ["string", "null"]}, Field(Text(), null="yes")),
        ({"type": "string", "nullable": True}, Field(Text(), null="yes")),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, Field(Text(), null="yes")),
        ({"enum": ["a", None]}, Field(Choice(("a",)), null="yes")),
        ({"const": "a", "default": "a"}, Field(Choice(("a",)), default="a")),
        ({"type": "integer", "minimum": 1, "exclusiveMaximum": 9}, Field(Number(True, 1, 8))),
        ({"type": ["integer", "string"]}, Field(Either((Number(whole=True), Text())))),
        ({"type": "array", "items": {"type": "string"}, "minItems": 1}, Field(Items(Text(), 1))),
        ({"type": "object"}, Field(Free())),
        ({"type": "object", "additionalProperties": {"type": "string"}}, Field(Entries(Text()))),
        ({"items": {"type": "string"}}, Field(Items(Text()))),
        ({}, Field(Free(anything=True))),
        (
            {"anyOf": [{"oneOf": [{"enum": ["a"]}, {"type": "number"}], "default": "a"}, {"type": "null"}]},
            Field(Either((Number(), Choice(("a",)))), null="yes", default="a"),
        ),
        ({"$ref": "#/components/schemas/Word", "default": "b"}, Field(Choice(("a", "b")), default="b")),
        ({"allOf": [{"$ref": "#/components/schemas/Word"}], "nullable": True}, Field(Choice(("a", "b")), null="yes")),
        ({"$ref": "#/components/schemas/Maybe"}, Field(Text(), null="yes")),
    ],
)
def test_a_schema_is_read(schema: dict[str, Any], field: Field) -> None:
    components = {"Word": {"type": "string", "enum": ["a", "b"]}, "Maybe": {"type": ["string", "null"]}}
    read, upstream = field_of(schema, components)
    assert upstream.complaints == ()
    assert read == field


def test_parts_of_an_object_are_put_together() -> None:
    a = {"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x"]}
    read, upstream = field_of({"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"y": {}}}]}, {"A": a})
    assert upstream.complaints == ()
    assert isinstance(read.shape, Record)
    assert {key: field.required for key, field in read.shape.fields.items()} == {"x": True, "y": False}


def test_conditions_on_keys_do_not_hide_an_object() -> None:
    one_of = [{"required": ["x"]}, {"required": ["y"]}]
    read, upstream = field_of({"type": "object", "properties": {"x": {}, "y": {}}, "anyOf": one_of})
    assert upstream.complaints == ()
    assert isinstance(read.shape, Record)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "tuple"}, "callsheet does not know the type `tuple`"),
        ({"type": "number", "multipleOf": 2}, "callsheet does not know the keyword `multipleOf`"),
        ({"type": "number", "exclusiveMinimum": 0}, "an exclusive bound"),
        ({"minLength": 3}, "`minLength` without a type"),
        ({"$ref": "#/components/schemas/Nowhere"}, "the reference #/components/schemas/Nowhere leads nowhere"),
        ({"$ref": "other.json#/A"}, "the reference other.json#/A leads nowhere"),
        ({"$ref": "#/components/schemas/Circle"}, "within itself"),
        ({"enum": [1.5]}, "an `enum` of something else"),
        ({"type": "array", "items": {"type": ["string", "null"]}}, "null inside a list"),
        ({"type": "null"}, "it can be nothing but null"),
        ("string", "no schema stands here"),
    ],
)
def test_a_schema_that_is_unknown_is_complained_of(schema: Any, said: str) -> None:
    circle = {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Circle"}}}
    _, upstream = field_of(schema, {"Circle": circle})
    assert any(said in complaint.what for complaint in upstream.complaints), upstream.complaints


def test_a_new_operation_with_a_body_is_told() -> None:
    upstream = openapi.read(
        written({"type": "object"}, **{"/realtime/calls/{call_id}/hold": {"post": {"requestBody": {}}}}),
        "it",
        ["refer"],
    )
    assert upstream.new == ("POST /realtime/calls/{call_id}/hold",)


# comparing


def against(shape: Shape) -> list[tuple[str, str, Any, Any]]:
    """What is told of a realtime session that is this for others, and the present one for callsheet."""
    upstream = Upstream("openapi", "they", {"realtime": {"here": shape}}, ())
    return [(news.path, news.aspect, news.ours, news.theirs) for news in compare(upstream, OURS).news]


def realtime(**fields: Field) -> Record:
    upstream = package().bodies["realtime"]
    shape = next(iter(upstream.values()))
    assert isinstance(shape, Record)
    return shape._replace(fields={**shape.fields, **fields})


def test_a_new_variant_is_told_once() -> None:
    search = Record("", {"type": Field(Choice(("search",)), required=True), "depth": Field(Number())})
    tools = realtime().fields["tools"].shape
    assert isinstance(tools, Items)
    assert isinstance(tools.items, Tagged)
    more = tools._replace(items=tools.items._replace(variants={**tools.items.variants, "search": search}))
    assert ("tools[][search]", "variant", None, "search") in against(realtime(tools=Field(more)))
    assert not any("search]." in path for path, *_ in against(realtime(tools=Field(more))))


def test_below_another_type_nothing_more_is_told() -> None:
    told = against(realtime(reasoning=Field(Text())))
    assert ("reasoning", "type", "object", "string") in told
    assert not any(path.startswith("reasoning.") for path, *_ in told)


def test_a_body_that_others_dropped_is_told() -> None:
    upstream = Upstream("sdk", "they", {"refer": {"here": None}}, ())
    (news,) = compare(upstream, OURS).news
    assert (news.aspect, news.side, news.kinds) == ("body", "ours", ("refer",))


def test_a_body_that_came_after_the_revision_is_told_from_their_side() -> None:
    upstream = Upstream("openapi", "they", {"translation": {"here": OURS["translation"]}}, ())
    (news,) = compare(upstream, DATED, "2026-01-01").news
    assert (news.aspect, news.side) == ("body", "theirs")


def test_what_several_kinds_share_is_told_once() -> None:
    upstream = package()
    ours = dict(OURS)
    for kind in ("realtime", "client-secret", "session-update", "call"):
        mutant = next(
            shape for path, shape in mutants(OURS[kind], "", without) if short(kind, path) == "parallel_tool_calls"
        )
        assert isinstance(mutant, Record)
        ours[kind] = mutant
    (news,) = compare(upstream, ours).news
    assert news.kinds == ("realtime", "client-secret", "session-update", "call")
    assert "CallAcceptParams" in news.places
    assert news.everywhere


def test_what_only_one_place_has_is_told_with_that_place() -> None:
    upstream = package()
    places = dict(upstream.bodies["realtime"])
    places["CallAcceptParams"] = realtime(another=Field(Text()))
    (news,) = compare(upstream._replace(bodies={"realtime": places}), OURS).news
    assert (news.places, news.everywhere) == (("CallAcceptParams",), False)


def test_an_unread_body_is_left_alone() -> None:
    upstream = Upstream("sdk", "they", {"refer": {"here": Unread(anything=True)}}, ())
    assert compare(upstream, OURS).news == ()


def test_the_sides_of_news() -> None:
    def side(ours: Any, theirs: Any) -> str:
        return News("a", "value", "", ours, theirs, (), ()).side

    assert (side(None, 0), side(False, None), side(True, False)) == ("theirs", "ours", "both")


# the command


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with nothing but a `refer` body, which has moved on, and of the kinds none but that."""
    body = "class CallReferParams(TypedDict, total=False):\n    target_uri: Optional[str]\n    when: int\n"
    types_of(tmp_path, body, _version='__version__ = "9.9.9"\n')
    monkeypatch.setattr(sdk, "installed", lambda: tmp_path / "openai")
    monkeypatch.setattr("callsheet.shape.derive.KINDS", {"refer": KINDS["refer"]})
    return tmp_path


def test_clean_prints_nothing_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("openai 3.51.0 against the newest callsheet knows: nothing new.\n")
    assert re.search(
        r"^\d+ known disagreements held on purpose \(--verbose lists them with reasons\)\.$", err, re.MULTILINE
    )


def test_verbose_gives_the_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", "--verbose"]) == 0
    out = capsys.readouterr().out
    assert "PCM without a rate is refused" in out
    assert "    audio.output.format[audio/pcm].rate: required: callsheet yes, they no (realtime, client-secret" in out


def test_news_exits_1_and_stands_on_standard_output(moved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert moved.is_dir()
    assert main(["drift"]) == 1
    out, err = capsys.readouterr()
    assert out == (
        "openai 9.9.9 has, and callsheet lacks:\n"
        "  when: integer (refer)\n"
        "callsheet and openai 9.9.9 say differently:\n"
        "  target_uri: required: callsheet yes, they no (refer)\n"
        "  target_uri: null: callsheet no, they yes (refer)\n"
    )
    assert err == "openai 9.9.9 against the newest callsheet knows: 3 unknown differences.\n"


def test_an_old_release_is_named_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types_of(
        tmp_path,
        "class CallReferParams(TypedDict):\n    target_uri: str\n",
        **{"types/realtime/realtime_translation_session_create_request_param": ""},
    )
    monkeypatch.setattr(sdk, "installed", lambda: tmp_path / "openai")
    kinds = {kind: KINDS[kind] for kind in ("refer", "translation")}
    monkeypatch.setattr("callsheet.shape.derive.KINDS", kinds)
    assert main(["drift"]) == 1
    out, err = capsys.readouterr()
    assert out.endswith("translation: the whole body (RealtimeTranslationSessionCreateRequestParam)\n")
    assert "fits 2025-10-02 better; is it an old release?" in err


def test_json_has_a_stable_form(moved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert moved.is_dir()
    assert main(["drift", "--output-format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    (comparison,) = data.pop("comparisons")
    assert data == {"version": 1, "clean": False}
    first, *_ = comparison.pop("differences")
    assert comparison == {
        "source": "sdk",
        "name": "openai 9.9.9",
        "revision": "latest",
        "revision_guessed": False,
        "new_bodies": [],
        "unread": [],
        "held": [],
    }
    assert first == {
        "side": "both",
        "path": "target_uri",
        "aspect": "required",
        "keyword": None,
        "callsheet": True,
        "upstream": False,
        "kinds": ["refer"],
        "places": ["CallReferParams"],
    }


def test_what_cannot_be_read_exits_1_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    types_of(tmp_path, "class CallReferParams(TypedDict):\n    target_uri: Unheard\n", _version='__version__ = "9"\n')
    monkeypatch.setattr(sdk, "installed", lambda: tmp_path / "openai")
    monkeypatch.setattr("callsheet.shape.derive.KINDS", {"refer": KINDS["refer"]})
    assert main(["drift"]) == 1
    assert capsys.readouterr().out == (
        "openai 9 has changed its form, and callsheet cannot read:\n"
        "  openai/types/realtime/call_refer_params.py:8: `Unheard` is no type that callsheet knows\n"
    )


def test_without_the_package_and_a_document_there_is_nothing_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sdk, "installed", lambda: None)
    assert main(["drift"]) == 2
    assert "pip install 'callsheet[send]'" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_a_document_alone_is_enough(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import yaml

    schema = {"type": "object", "required": ["target_uri"], "properties": {"target_uri": {"type": "string"}}}
    file = tmp_path / f"openapi.{ending}"
    data = written(schema)
    file.write_text(json.dumps(data) if ending == "json" else yaml.safe_dump(data), encoding="utf-8")
    monkeypatch.setattr(sdk, "installed", lambda: None)
    monkeypatch.setattr("callsheet.shape.derive.KINDS", {"refer": KINDS["refer"]})
    assert main(["drift", "--openapi", str(file)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "callsheet: the package openai is not installed; comparing with the document only\n"
        f"{file} against callsheet as of 2025-10-02, the revision that it fits best: nothing new.\n"
    )
    assert main(["drift", "--openapi", str(file), "--revision", "2025-09-12"]) == 1
    assert capsys.readouterr().out == (f"{file} has, and callsheet lacks:\n  refer: the whole body (POST {REFER})\n")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '{"openapi": ', "a.json:1:13: broken JSON: Expecting value"),
        ("a.json", "[]", "no OpenAPI document: it does not say `openapi:` at its top"),
        ("a.json", '{"type": "realtime"}', "no OpenAPI document"),
        ("a.json", '{"swagger": "2.0"}', "Swagger 2 is too old"),
        ("a.json", '{"openapi": "3.1.0"}', "it has no path such as /realtime/calls"),
        ("a.json", '{"openapi": "3.1.0", "paths": []}', "it has no path such as /realtime/calls"),
        ("a.yaml", "openapi: [", "broken YAML"),
        ("a.yaml", "openapi: 3.1.0\npaths: {/a: {get: {}}}\n", "it has no path such as /realtime/calls"),
        ("a.json", "[" * 100_000, "nested too deep"),
    ],
)
def test_a_file_that_is_no_such_document_exits_2(
    name: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["drift", "--openapi", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_a_file_that_cannot_be_read_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", "--openapi", str(tmp_path / "none.json")]) == 2
    assert "none.json: cannot be read: No such file or directory" in capsys.readouterr().err
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00")
    assert main(["drift", "--openapi", str(tmp_path / "b.json")]) == 2
    assert "not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--revision", "2026-05-13"], "--revision is about the document of --openapi"),
        (["--openapi", "a.json", "--revision", "may"], "`may` is not a date; write it as 2026-11-20"),
    ],
)
def test_wrong_calls_exit_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", *words]) == 2
    assert said in capsys.readouterr().err


def test_words_and_dates_in_yaml_stay_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("openapi: 3.1.0\na: [no, 2026-11-05, 12:30, true, 7, 1.5, null, 1e3]\n", encoding="utf-8")
    assert document.load(file)["a"] == ["no", "2026-11-05", "12:30", True, 7, 1.5, None, 1000.0]


def test_nothing_of_the_package_is_imported() -> None:
    code = "import sys; from callsheet.cli import main; main(['drift']); sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("date", DATES)
def test_the_command_finds_the_documents_clean(date: str) -> None:
    assert main(["drift", "--openapi", str(DOCUMENTS[date])]) == 0
    assert main(["drift", "--openapi", str(DOCUMENTS[date]), "--revision", date]) == 0
