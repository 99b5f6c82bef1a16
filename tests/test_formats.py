"""The output formats: one list of findings in each, kept as files, and read by those for whom it is written.

After a change that is meant: CALLSHEET_GOLDEN=write pytest tests/test_formats.py
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from junitparser import JUnitXml

from callsheet.diagnostic import Finding, Span
from callsheet.lint import Linter
from callsheet.report import COLORED, FORMATS, renderer, sarif
from callsheet.report.fingerprint import line_hashes
from callsheet.report.place import Places
from callsheet.report.run import Run
from callsheet.rules import RULES
from callsheet.source.text import Text
from callsheet.version import __version__
from findings import SECRET, every_kind, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "formats"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
ENDINGS = {"sarif": "sarif", "gitlab": "json", "junit": "xml", "json": "json"}


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def rendered(form: str, run: Run) -> str:
    return "".join(renderer(form)(run))


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_says_the_same_list(form: str) -> None:
    report = rendered(form, every_kind())
    if form == "sarif":  # every sentence of every rule is in it; `test_sarif_describes_every_rule` looks at those
        log = json.loads(report)
        log["runs"][0]["tool"]["driver"]["rules"] = []
        for result in log["runs"][0]["results"]:
            del result["ruleIndex"]  # which a new rule moves
        report = json.dumps(log, indent=2).replace(f'"{__version__}"', '"1.2.3"') + "\n"
    kept = GOLDEN / f"{form}.{ENDINGS.get(form, 'txt')}"
    if WRITE:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(report.encode("utf-8", "backslashreplace"))
    assert report.encode("utf-8", "backslashreplace") == kept.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_tells_a_secret_or_moves_a_terminal(form: str) -> None:
    report = rendered(form, every_kind())
    assert SECRET not in report
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u2028]", report)


MACHINE = [form for form in FORMATS if form not in COLORED]


@pytest.mark.parametrize("form", MACHINE)
def test_formats_for_machines_are_never_coloured(form: str) -> None:
    assert rendered(form, every_kind()._replace(color=True)) == rendered(form, every_kind())


# SARIF, as code scanning reads it


def log_of(run: Run) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(rendered("sarif", run))
    held(log)
    return log


def strings(data: Any) -> Iterator[str]:
    match data:
        case dict():
            for value in data.values():
                yield from strings(value)
        case list():
            for value in data:
                yield from strings(value)
        case str():
            yield data


def held(log: dict[str, Any]) -> None:
    """Hold a log to what code scanning asks for; `test_formats_node.py` holds it to the schema."""
    assert log["version"] == "2.1.0"
    assert log["$schema"]
    assert all(strings(log))  # an empty string is refused
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "callsheet"
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) <= 25_000
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert min(region.values()) >= 1
        artifact = location["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"[A-Za-z0-9_.~/%-]+", artifact["uri"])
        assert artifact["uriBaseId"] in run["originalUriBaseIds"]
    marks = Counter(
        (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["ruleId"],
            result["partialFingerprints"]["primaryLocationLineHash"],
        )
        for result in run["results"]
    )
    assert all(count == 1 for count in marks.values())


def test_sarif_is_what_code_scanning_asks_for() -> None:
    log_of(every_kind())
    assert log_of(Run([], 3))["runs"][0]["results"] == []


def test_sarif_describes_every_rule() -> None:
    rules = log_of(Run([], 1))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    for rule in rules:
        assert len(rule["name"]) <= 255
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"].startswith(rule["id"])
        assert rule["help"]["markdown"].startswith(f"## {rule['id']}")
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert len(rule["properties"]["tags"]) <= 20
        assert rule["properties"]["precision"] in {"very-high", "high", "medium", "low"}
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}


def test_sarif_has_no_more_results_than_are_taken_and_says_so() -> None:
    text = Text("a.yaml", "x: 1\n" * 10)
    info = finding("CS101", (text, "x"), "an info", severity="info")
    error = finding("CS101", (text, "x"), "an error")
    (run,) = log_of(Run([info] * sarif.MOST_RESULTS + [error] * 2, 1))["runs"]
    assert len(run["results"]) == sarif.MOST_RESULTS
    assert [result["level"] for result in run["results"][:3]] == ["error", "error", "note"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("2 more findings are left out")


def test_a_related_place_is_linked_and_nothing_else_is() -> None:
    results = log_of(every_kind())["runs"][0]["results"]
    link = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(([^)]*)\)")
    linked = {result["message"]["text"]: link.findall(result["message"]["text"]) for result in results}
    assert [found for found in linked.values() if found] == [[(r"profiles/de \[1\](x).yaml", "1")]]
    (related,) = [result["relatedLocations"] for result in results if "relatedLocations" in result]
    assert [place["id"] for place in related] == [1]


def test_a_fix_in_sarif_is_that_of_the_finding() -> None:
    findings = Linter().file("a.yaml", b"type: realtime\naudio: {output: {speed: '1.0'}}\n")
    assert [found.code for found in findings] == ["CS103"]
    fixed = [result.get("fixes") for result in log_of(every_kind())["runs"][0]["results"]]
    assert [fix is not None for fix in fixed] == [True, False, True] + [False] * 10  # the secret's own is not told
    deleted, inserted = fixed[2][0]["artifactChanges"][0]["replacements"]
    assert "insertedContent" not in deleted
    assert inserted["insertedContent"] == {"text": "réaltime 🏨"}


# The vectors of github/codeql-action, src/fingerprints.test.ts.
VECTORS = [
    ("", ["c129715d7a2bc9a3:1"]),
    (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
    *(
        (
            text,
            [
                "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
                "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
            ],
        )
        for text in (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
            " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
            " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
        )
    ),
    (
        "Lorem ipsum dolor sit amet.\n" * 10,
        [
            *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
            "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
            "c129715d7a2bc9a3:1",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "hashes"), VECTORS)
def test_lines_are_hashed_as_upload_sarif_does(content: str, hashes: list[str]) -> None:
    text = Text("a.yaml", content)
    first = finding("CS101", (text, ""), "m")
    everywhere = [first._replace(span=Span(start, start)) for start in text.starts]
    assert line_hashes(everywhere) == hashes


def test_a_hash_is_not_made_of_a_credential() -> None:
    hashes = []
    for secret in ("Zq9-hunter2", "Yr8-gunter3"):
        content = f"x: 1\ntools: [{{authorization: {secret}}}]\n"
        text = Text("a.yaml", content)
        start = content.index(secret)
        text.secrets = (Span(start, start + len(secret)),)
        hashes.append(line_hashes([finding("CS101", (text, words), "m") for words in ("x", "tools")]))
    assert hashes[0] == hashes[1]


KEYS = st.lists(st.from_regex(r"[a-z]{1,3}", fullmatch=True), min_size=1, max_size=6)
ABOVE = st.lists(st.from_regex(r"# [A-Z0-9]{1,9}", fullmatch=True), max_size=4)


@given(KEYS, ABOVE)
def test_fingerprints_stay_when_lines_are_inserted_above(keys: list[str], above: list[str]) -> None:
    content = "".join(f"{key}: {{{key}: 1, {key}: 2}}\n" for key in keys)
    assert fingerprints(content) == fingerprints("".join(f"{line}\n" for line in above) + content)


def fingerprints(content: str) -> list[tuple[str, str]]:
    run = Run(Linter().file("a.yaml", content.encode()), 1)
    assert run.findings
    in_sarif = [one["partialFingerprints"]["primaryLocationLineHash"] for one in log_of(run)["runs"][0]["results"]]
    in_gitlab = [one["fingerprint"] for one in degradations(run)]
    return list(zip(in_sarif, in_gitlab, strict=True))


# GitHub, as the runner reads its commands (actions/runner, src/Runner.Common/ActionCommand.cs)


def command(line: str) -> tuple[str, dict[str, str], str]:
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, listed = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in listed.strip().split(",") if pair)
    return name, {key: unescaped(value, "%3A", "%2C") for key, value in properties.items()}, unescaped(data)


def unescaped(text: str, *more: str) -> str:
    for escape in ("%0D", "%0A", *more, "%25"):
        text = text.replace(escape, chr(int(escape[1:], 16)))
    return text


def test_a_command_has_columns_only_on_one_line() -> None:
    lines = rendered("github", every_kind()).splitlines()
    assert len(lines) == len(every_kind().findings)
    for line in lines:
        name, properties, _ = command(line)
        assert name in {"error", "warning", "notice"}
        assert ("col" in properties) is ("endColumn" in properties) is (properties["line"] == properties["endLine"])


# GitLab


DEGRADATION = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^CS[0-9]{3}$"},
            "fingerprint": {"type": "string", "minLength": 32},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}
"""What GitLab documents of its Code Quality report, and what its parser requires (`codeclimate.json` in gitlabhq)."""


def degradations(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rendered("gitlab", run))
    Draft7Validator(DEGRADATION).validate(found)
    assert len({one["fingerprint"] for one in found}) == len(found)
    return found


def test_gitlab_is_what_its_parser_takes() -> None:
    assert [one["location"]["path"] for one in degradations(every_kind())][2] == "profiles/Zürich 🏨.json"
    assert degradations(Run([], 3)) == []


def test_the_same_finding_twice_has_two_fingerprints() -> None:
    twice = [finding("CS001", (Text("a.yaml", "x"), "x"), "m")] * 2
    assert len(degradations(Run(twice, 1))) == 2


# JUnit


XSD = xmlschema.XMLSchema(HERE / "schema" / "junit-10.xsd")


def suites(run: Run) -> JUnitXml:
    report = rendered("junit", run)
    XSD.validate(report)
    return JUnitXml.fromstring(report.encode())


@pytest.mark.parametrize(("strict", "failures"), [(False, 11), (True, 12)])
def test_junit_fails_where_the_run_fails(strict: bool, failures: int) -> None:  # noqa: FBT001 - a column of the table
    run = every_kind()._replace(strict=strict)
    assert sum(map(run.fails, run.findings)) == failures
    xml = suites(run)
    assert (xml.tests, xml.failures, xml.errors) == (len(run.findings), failures, 0)
    xml.update_statistics()  # type: ignore[no-untyped-call] # counts by itself what the attributes say
    assert (xml.tests, xml.failures, xml.skipped) == (len(run.findings), failures, len(run.findings) - failures)


@pytest.mark.parametrize(("files", "name"), [(1, "No findings in 1 file"), (3, "No findings in 3 files")])
def test_a_clean_run_is_one_test_that_passes(files: int, name: str) -> None:
    (suite,) = suites(Run([], files))
    assert [(case.name, case.is_passed) for case in suite] == [(name, True)]


# Any text at all


LETTERS = st.characters(codec="utf-8") | st.sampled_from(list("%:,\r\n\x00\x1b]>&<\"'{}[]()\\\ufffe\U0001f3e8"))
WORDS = st.text(LETTERS, min_size=1, max_size=40)
NAMES = st.text(LETTERS.filter(lambda letter: letter not in "\0/"), min_size=1, max_size=20).filter(
    lambda name: name not in {".", "..", "-"}
)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    text = Text(f"d/{draw(NAMES)}", draw(st.text(LETTERS, max_size=60)))
    findings: list[Finding] = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text.content)))
        span = Span(start, draw(st.integers(start, len(text.content))))
        rule = RULES[draw(st.sampled_from(sorted(RULES)))]
        help_ = draw(st.none() | WORDS)
        findings.append(Finding(rule.code, rule.name, rule.severity, draw(WORDS), text, span, "", help_))
    return Run(findings, 1)


@given(runs())
def test_any_text_comes_through_each_format(run: Run) -> None:
    first = run.findings[0]
    file = Places().path(first.path)
    lines = rendered("concise", run).splitlines()
    assert len(lines) == len(run.findings)
    # SARIF
    results = log_of(run)["runs"][0]["results"]
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert [unquote_to_bytes(uri) for uri in uris] == [file.encode()]
    # GitHub
    commands = [command(line) for line in rendered("github", run).split("\n")[:-1]]
    assert {properties["file"] for _, properties, _ in commands} == {file}
    assert [data.split("\n")[0] for _, _, data in commands] == lines
    # GitLab
    found = degradations(run)
    assert {one["location"]["path"] for one in found} == {file}
    # JUnit
    told = [str(case.result[0].text).split("\n")[0] for suite in suites(run) for case in suite]
    assert told == [re.sub("[\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", line) for line in lines]
