"""Texts with nothing wrong are read for their data alone, and what is found is the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import by_libyaml, json_, strict, yaml
from writing import DATA, styled

from callsheet.cli import main
from callsheet.directives import names_files
from callsheet.lint import Linter, Options
from callsheet.source.document import Document, read
from callsheet.source.text import Text
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from random import Random

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-20"
PROFILES = [*sorted(ROOT.glob("profiles/*.yaml")), *sorted(ROOT.glob("profiles/*.json"))]
WRITTEN = [
    *PROFILES,
    *sorted(ROOT.glob("tests/golden/**/*.yaml")),
    *sorted(ROOT.glob("tests/golden/**/*.json")),
]


@given(DATA, st.randoms())
def test_any_yaml_is_read_alike_both_ways(data: dict[str, Any], random: Random) -> None:
    for content in (Writer(random).document(data), styled(data, random)):
        assert strict(yaml(content).data) == strict(by_libyaml(Text("profile.yaml", content)).data)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_the_findings_are_the_same_both_ways(path: Path) -> None:
    linter = Linter(Options(today=TODAY))
    document = read(str(path), path.read_bytes())
    slow = linter.document(by_libyaml(Text(str(path), document.text.content)))
    assert list(map(_told, linter.document(document))) == list(map(_told, slow))


def _told(finding: Any) -> tuple[Any, ...]:
    return (*finding._replace(text=None), finding.location, finding.end_location)


@pytest.mark.parametrize(
    "path", [*ROOT.glob("profiles/*.yaml"), *ROOT.glob("profiles/*.json")], ids=lambda path: path.name
)
def test_our_own_profiles_take_the_quick_way_and_need_no_places(path: Path) -> None:
    document = read(str(path), path.read_bytes())
    assert not document.is_placed
    assert Linter(Options(today=TODAY)).document(document) == []
    assert not document.is_placed


def test_a_run_over_plain_profiles_reads_no_places(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("callsheet.source.document._parse", lambda text, _faults: asked.append(text.path))
    texts = {str(path): path.read_text(encoding="utf-8") for path in PROFILES}
    plain = [path for path, text in texts.items() if not names_files(text) and "$partial" not in text]
    assert len(plain) > 10
    assert main(["lint", "-q", "--no-cache", "--jobs", "1", "--today", TODAY, *plain]) == 0
    assert not asked
    wrong = str(ROOT / "tests/golden/beta.yaml")
    main(["lint", "-q", "--no-cache", "--jobs", "1", wrong])
    assert wrong in asked  # the counter counts


def test_the_places_are_read_when_somebody_asks() -> None:
    document = yaml("type: realtime\nvoice: marin\n")
    assert not document.is_placed
    (finding,) = Linter(Options(today=TODAY)).document(document)
    assert finding.location == (2, 1)
    assert document.is_placed
    assert document.root is document.root


PLAIN = [
    "a: 1", "a: [1, -2, 0.5, 1e3]", "a:", "a: ~", "a: 'x'", "a: |\n  x\n", "{a: {b: [c]}}", "--- {a: b}", "a: 0x1F",
    "# only\na: b # one", "%YAML 1.2\n---\na: b", "a: b\n...\n", "\ufeffa: b",
]  # fmt: skip
DECLINED = [
    "a: &x 1", "a: &x [1]", "a: &x {b: 1}", "a: &x 1\nb: *x", "a: !x 1", "a: !!str 1", "a: ! 1", "a: ! [1]",
    "a: 1\na: 2", "1: a", "true: a", "? [a]\n: b", "? {a: b}\n: c", "<<: {a: b}", "'<<': b", "a: .nan", "a: .inf",
    "a: 1e999", "[a]", "a", "a: b\n---\nc: d", "%TAG ! x:\n---\na: b", "a: b\u2028c", "a: [", "\ta: b", "", ": a",
    "a: 0.12345678901234567",
]  # fmt: skip
PLAIN_JSON = ['{"a": [1, -0.5, true, null, {"b": "c"}]}', "{}", ' {"a": "\\u00e9\\n"}\n']
DECLINED_JSON = [
    '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": -Infinity}', '{"a": 1e999}', '{"a": "\\ud800"}', "[]", "1", '{"a": 1} x',
    '{"a": 0.12345678901234567}', '{"a": ' + "1" * 310 + "}", '{"a": ' + "[" * 64 + "]" * 64 + "}", '{"a": 01}',
    '{"a": ' + "[" * 90_000 + "]" * 90_000 + "}",
]  # fmt: skip


def _id(content: str) -> str:
    return content[:20]


@pytest.mark.parametrize("content", PLAIN, ids=_id)
def test_plain_yaml(content: str) -> None:
    assert not yaml(content).is_placed


@pytest.mark.parametrize("content", PLAIN_JSON, ids=_id)
def test_plain_json(content: str) -> None:
    assert not json_(content).is_placed


@pytest.mark.parametrize("content", DECLINED, ids=_id)
def test_what_may_be_wrong_is_left_to_the_reader_with_places(content: str) -> None:
    assert yaml(content).is_placed


@pytest.mark.parametrize("content", DECLINED_JSON, ids=_id)
def test_what_may_be_wrong_in_json_as_well(content: str) -> None:
    assert json_(content).is_placed


@pytest.mark.parametrize(("levels", "is_plain"), [(63, True), (64, False)])
def test_depth(levels: int, is_plain: bool) -> None:  # noqa: FBT001 - a table
    content = '{"a": ' + "[" * levels + "]" * levels + "}"
    documents: list[Document] = [yaml(content), json_(content)]
    assert [not document.is_placed for document in documents] == [is_plain, is_plain]
    assert [document.data is not None for document in documents] == [is_plain, is_plain]
