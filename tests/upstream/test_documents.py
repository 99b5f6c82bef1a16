"""Every parameter that the API's documents list is known as of their time, and their code samples lint clean."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from document import KINDS, cli, operations_of, python, rest, samples, typescript
from held import HELD
from notes import folder

from callsheet.lint import Linter, Options
from callsheet.shape.derive import shapes
from callsheet.shape.kind import KINDS as ALL_KINDS
from callsheet.shape.revision import as_of
from callsheet.shape.table import rows
from minimal import eve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from document import Listed, Operation

    from callsheet.shape.table import Row

FOLDER = folder("CALLSHEET_API_DOCS")
SHAPES = shapes()
ACCEPT, REFER, REJECT, HANGUP = (
    f"/realtime/calls/{{call_id}}/{verb}" for verb in ("accept", "refer", "reject", "hangup")
)
CREATE, SECRETS = "/realtime/calls", "/realtime/client_secrets"
BETA = ("/realtime/sessions", "/realtime/transcription_sessions")


class Document(NamedTuple):
    """One document: the beginning of its file's name, the days between which it is true, and who reads its lists.

    `since` is the first day, `until` the first that is none any more: what came and went between the two it does not
    spell out. `lists` is how many parameters it lists for each operation beside what stands in the address; `samples`
    how many bodies its code samples hold. `folded` are the beginnings of rows that it does not spell out, with reasons.
    """

    name: str
    since: str
    until: str
    read: Callable[[Operation, dict[str, Row]], list[Listed]] | None
    lists: dict[str, int]
    samples: int
    folded: dict[str, str]


_UNION = "a union without a description, of which the page shows the name alone"
_LEVEL = "the command line shows the first level, and the keys of objects on the second"
DOCUMENTS = {
    "accept call (REST)": Document(
        "000",
        "2026-02-17",
        "2026-05-07",
        rest,
        {ACCEPT: 49},
        1,
        {"audio.input.turn_detection[": _UNION, "tools[]": _UNION, "prompt.variables.": _UNION},
    ),
    "calls (TypeScript)": Document(
        "001", "2026-03-13", "2026-04-15", typescript, {ACCEPT: 93, HANGUP: 0, REFER: 1, REJECT: 1}, 4, {}
    ),
    "calls (CLI)": Document(
        "002",
        "2026-05-07",
        "2026-07-09",
        cli,
        {ACCEPT: 23, HANGUP: 0, REFER: 1, REJECT: 1},
        4,
        dict.fromkeys(
            ("audio.input.", "audio.output.", "prompt.variables.", "tool_choice[", "tools[]", "truncation."), _LEVEL
        ),
    ),
    "calls (Python)": Document(
        "003",
        "2026-05-07",
        "2026-06-17",
        python,
        {ACCEPT: 94, HANGUP: 0, REFER: 1, REJECT: 1, CREATE: 96},
        5,
        {
            "audio.output.format[": "spelt out above, for the audio that comes in",
            "session.audio.output.format[": "as above",
        },
    ),
    "all endpoints": Document(
        "004",
        "2025-10-02",
        "2026-02-17",
        None,
        dict.fromkeys((CREATE, ACCEPT, HANGUP, REFER, REJECT, SECRETS, *BETA), 0),
        18,
        {"": "the page names the schema of a body, and nothing in it"},
    ),
}

REQUIRED = {held.row for held in HELD if held.aspect == "required" and "realtime" in held.bodies}
"""Rows that are required here and in no document, because the service refuses a body without them."""


@cache
def operations(name: str) -> tuple[Operation, ...]:
    (path,) = FOLDER.glob(f"{DOCUMENTS[name].name}_*.txt")
    text = path.read_text(encoding="utf-8")
    numbered = re.compile(r"^\d+(?: (?= ))?", re.MULTILINE)
    if re.search(r"^1# ", text, re.MULTILINE):  # one that was copied with the numbers of its lines
        text = numbered.sub("", text)
    return tuple(operations_of(text))


LISTING = [name for name, document in DOCUMENTS.items() if document.read]
ENDS = [(name, day) for name, document in DOCUMENTS.items() for day in (document.since, eve(document.until))]
"""Each document, on its first day and on its last."""


@cache
def table(kind: str, day: str) -> dict[str, Row]:
    return rows(as_of(SHAPES[kind], day), day)


def listed(name: str, day: str) -> Iterator[tuple[str, Listed, Row | None]]:
    """Every parameter that a document lists, with its operation and the row that it has on a day."""
    read = DOCUMENTS[name].read
    for operation in operations(name):
        kind = KINDS[operation.endpoint]
        if kind is not None and read is not None:
            known = table(kind, day)
            yield from ((operation.endpoint, found, known.get(found.path)) for found in read(operation, known))


def unlisted(name: str, day: str) -> list[str]:
    """The rows of a day that a document does not list."""
    said = {(endpoint, parameter.path) for endpoint, parameter, _ in listed(name, day)}
    kinds = {endpoint: KINDS[endpoint] for endpoint in DOCUMENTS[name].lists}
    known = {endpoint: table(kind, day) for endpoint, kind in kinds.items() if kind is not None}
    return [path for endpoint, paths in known.items() for path in paths if (endpoint, path) not in said]


def disagreements(name: str, day: str) -> Iterator[str]:
    """What a document and the rows of a day say differently."""
    for _, parameter, row in listed(name, day):
        if row is None:
            yield f"{parameter.path} is no row"
            continue
        stricter = parameter.path.removeprefix("session.") in REQUIRED
        if parameter.required is not None and row.required != (parameter.required or stricter):
            yield f"{parameter.path} is required: {row.required}"
        if parameter.null and row.field.null != "yes":
            yield f"{parameter.path} takes no null"
        if parameter.default is not None and parameter.default != str(row.field.default):
            yield f"{parameter.path} is {row.field.default} by default"
        if parameter.values:
            both = set(parameter.values) & set(row.values)
            if len(both) != len(parameter.values) or len(row.values) != len(both) + parameter.more:
                yield f"{parameter.path} is one of {row.values}"
    for path in unlisted(name, day):
        if not path.startswith(tuple(DOCUMENTS[name].folded)):
            yield f"{path} is not listed"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_operation_is_known_with_its_kind_of_body(name: str) -> None:
    found = operations(name)
    assert [operation.endpoint for operation in found] == list(DOCUMENTS[name].lists)
    assert {KINDS[operation.endpoint] for operation in found} - {None} <= ALL_KINDS.keys()
    assert all(operation.in_path == ("{" in operation.endpoint) for operation in found)


@pytest.mark.parametrize(("name", "day"), ENDS)
def test_every_parameter_that_a_document_lists_is_known_as_of_its_days(name: str, day: str) -> None:
    assert list(disagreements(name, day)) == []


@pytest.mark.parametrize("name", LISTING)
def test_a_document_is_true_on_no_other_day(name: str) -> None:
    assert list(disagreements(name, eve(DOCUMENTS[name].since))) != []
    assert list(disagreements(name, DOCUMENTS[name].until)) != []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_lists_of_a_document_are_read_to_their_end(name: str) -> None:
    found = list(listed(name, DOCUMENTS[name].since))
    assert {endpoint: sum(at == endpoint for at, _, _ in found) for endpoint in DOCUMENTS[name].lists} == (
        DOCUMENTS[name].lists
    )
    assert len({(endpoint, parameter.path) for endpoint, parameter, _ in found}) == len(found)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_folds_it_does_not_list(name: str) -> None:
    paths = unlisted(name, DOCUMENTS[name].since)
    assert [begins for begins in DOCUMENTS[name].folded if not any(path.startswith(begins) for path in paths)] == []


def test_values_nulls_and_defaults_are_among_what_is_read() -> None:
    every = [parameter for name in DOCUMENTS for _, parameter, _ in listed(name, DOCUMENTS[name].since)]
    assert sum(bool(parameter.values) for parameter in every) > 100
    assert {parameter.path for parameter in every if parameter.null} >= {"audio.input.turn_detection", "prompt"}
    assert {parameter.path: parameter.default for parameter in every if parameter.default is not None} == {
        "audio.output.speed": "1",
        "audio.output.voice": "alloy",
        "output_modalities": "['audio']",
        "tool_choice": "auto",
    }


@pytest.mark.parametrize(("name", "day"), ENDS)
def test_the_code_samples_of_a_document_lint_clean_on_its_days(name: str, day: str) -> None:
    bodies: list[tuple[str, str, Any]] = []
    for operation in operations(name):
        kind = KINDS[operation.endpoint]
        for language, body in samples(operation):
            bodies.append((operation.endpoint, language, body))
            if kind is None:
                assert body == {}
            else:
                assert Linter(Options(kind=kind, revision=day, today=day)).body(body) == [], bodies[-1]
    assert len(bodies) == DOCUMENTS[name].samples
