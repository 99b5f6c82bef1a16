"""Bodies as people write them, and what callsheet says of each.

The bodies stand in `service/*.yaml`, one file for each area. `«…»` marks the text that a finding points at and is
no part of the body; `@20@` stands for a text of twenty letters. `finds` are the codes in the order of the text,
`says` what each finding has to tell; a body without `finds` is one that the service takes.

An id names what proves the case: `SERVER_RULES` are answers of the service and `DEMAND` what users stumble over,
by the rows of the maintainers' notes, `DOCS` the examples of the API reference, `SDK` what programs send.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from pydantic import ValidationError

from callsheet.directives import split
from callsheet.lint import Linter, Options
from callsheet.rules import RULES
from callsheet.shape.derive import model_of
from callsheet.shape.directive import FLAT_TARGET, TARGETS
from callsheet.source.document import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Finding

SERVICE = Path(__file__).parent / "service"
TODAY = "2026-11-20"


class Case(NamedTuple):
    """A body, and what is to be found in it: codes with the stretches of text that they point at."""

    id: str
    text: str
    finds: list[tuple[str, int, int]]
    says: list[str]
    name: str
    kind: str | None

    @property
    def raw(self) -> bytes:
        return self.text.encode()


def cases() -> list[Case]:
    return [case(row) for file in sorted(SERVICE.glob("*.yaml")) for row in yaml.safe_load(file.read_text("utf-8"))]


def case(row: dict[str, Any]) -> Case:
    assert row.keys() <= {"id", "body", "finds", "says", "as", "kind"}, row["id"]
    text, spans = unmark(written_out(row["body"]))
    codes, says = many(row.get("finds")), many(row.get("says"))
    assert len(codes) == len(spans), row["id"]
    assert len(says) in (0, len(codes)), row["id"]
    found = [(code, *span) for code, span in zip(codes, spans, strict=True)]
    return Case(row["id"], text, found, says, f"body.{row['as']}" if "as" in row else "body", row.get("kind"))


def many(value: Any) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def written_out(body: str) -> str:
    """`@20@` stands for a text of twenty letters."""
    return re.sub("@([0-9]+)@", lambda match: "a" * int(match[1]), body)


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the stretches that they enclosed."""
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    text = ""
    for piece in re.split("([«»])", marked):
        if piece == "«":
            starts.append(len(text))
        elif piece == "»":
            spans.append((starts.pop(), len(text)))
        else:
            text += piece
    assert not starts, marked
    return text, sorted(spans)


CASES = cases()


def findings(case: Case) -> list[Finding]:
    return Linter(Options(kind=case.kind, today=TODAY)).file(case.name, case.raw)


def test_every_case_has_an_id_of_its_own() -> None:
    ids = [case.id for case in CASES]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_exactly_its_faults_are_found_each_at_its_text(case: Case) -> None:
    """Warnings of rules that a case does not name are no concern of it: that a model has been retired, say."""
    expected = {code for code, _start, _end in case.finds}
    found = [finding for finding in findings(case) if finding.severity == "error" or finding.code in expected]
    assert [(finding.code, *finding.span) for finding in found] == case.finds, found
    for finding, said in zip(found, case.says, strict=False):
        assert said in f"{finding.message}\n{finding.help}"


def bodies() -> Iterator[Any]:
    """Each case that is a body of one kind of today's: no text that cannot be read, no placeholders, no revision.

    Of an update with a flat session in it, for which there is no model, it is the session. Where only flat bodies are
    taken, another is right by its model and wrong there.
    """
    recogniser = Linter().recogniser
    for case in CASES:
        document = read(case.name, case.raw)
        if document.faults or "{$" in case.text or "$revision" in case.text:
            continue
        parts = split(document.data)
        body = parts.body
        found = recogniser.recognise(body, case.kind or parts.kind, target=parts.target or TARGETS[0])
        if found.kind is None and parts.target == FLAT_TARGET:
            continue
        if found.flat is not None:
            body = body["session"]
        kind = found.flat or found.kind or case.kind or recogniser.kind(body)
        if kind is not None:
            yield pytest.param(case, kind, body, id=case.id)


@pytest.mark.parametrize(("case", "kind", "body"), list(bodies()))
def test_the_model_of_its_kind_takes_it_where_nothing_is_found(case: Case, kind: str, body: dict[str, Any]) -> None:
    """What is only a warning, since nobody has proven it, the models may take or not; of rules they know nothing."""
    codes = {code for code, _start, _end in case.finds}
    try:
        model_of(kind).from_wire(body)
    except ValidationError:
        assert codes
    else:
        assert not [code for code in codes - {"CS116"} if RULES[code].when is None and RULES[code].check is None]


STRANGE: tuple[Any, ...] = (None, True, 0, 0.5, "", "x", [], [None], ["x"], {}, {"type": []}, {"x": None}, {"$env": 1})


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, step)
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, step))


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.id.startswith(("DOCS", "SDK"))], ids=lambda case: case.id
)
def test_nothing_is_too_strange_to_be_judged(case: Case) -> None:
    linter = Linter(Options(kind=case.kind, today=TODAY))
    data = read(case.name, case.raw).data
    for path in list(places(data or {})):
        for strange in STRANGE:
            body = copy.deepcopy(data)
            holder = body
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = strange
            linter.body(body)


@pytest.mark.parametrize("case", [case for case in CASES if case.finds], ids=lambda case: case.id)
def test_what_it_says_reads_like_everything_else(case: Case) -> None:
    for finding in findings(case):
        for text in (finding.message, finding.help or "…"):
            assert text[0].islower() or text[0] in "`…", text
            assert not text.endswith(" "), text
            assert "None" not in text, text
            assert "  " not in text, text
        assert not finding.message.endswith("."), finding.message
