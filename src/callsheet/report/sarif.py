"""SARIF 2.1.0, with all that GitHub's code scanning asks for and shows.

What it asks for, and its limits: "SARIF support for code scanning" in GitHub's documentation, read on 2026-11-25.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from callsheet.reference import naming
from callsheet.report.fingerprint import apart, line_hashes
from callsheet.report.place import Places
from callsheet.report.repair import Repairs
from callsheet.report.row import rows
from callsheet.rules import RULES
from callsheet.rules.page import markdown, text
from callsheet.said import harmless, said, sentences
from callsheet.source.document import placed
from callsheet.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Finding, Repair, Severity
    from callsheet.report.run import Run
    from callsheet.rules.rule import Rule
    from callsheet.source.node import Node
    from callsheet.source.text import Location, Text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
MOST_RESULTS = 25_000
"""A file with more results is refused."""
_LONGEST = 1024
"""A longer description is refused."""
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_PRECISION: dict[Severity, str] = {"error": "very-high", "warning": "high", "info": "medium"}
_WORST: tuple[Severity, ...] = ("error", "warning", "info")
_AREAS = {
    "CS0": "reading",
    "CS1": "shape",
    "CS2": "audio",
    "CS3": "model",
    "CS4": "tool",
    "CS5": "security",
    "CS6": "revision",
    "CS7": "advice",
}
"""The tag of the rules whose codes begin alike; alerts can be filtered by it."""
_LINK = "]("
"""What makes a reader of SARIF take for a link what stands before it."""


def render(run: Run) -> Iterator[str]:
    """The whole log, of one run. Each result takes one line."""
    kept = _kept(run.findings)
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(len(run.findings) - len(kept))]}
    before, after = json.dumps(log, indent=2).rsplit("[]", 1)
    yield before
    yield from rows(_results(kept), " " * 6)
    yield f"{after}\n"


def _run(left_out: int) -> dict[str, Any]:
    """The run, with its results, which are its last property, still to come."""
    driver = {
        "name": "callsheet",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in RULES.values()],
    }
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": "callsheet/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top folder of the repository."}}},
        "invocations": [_invocation(left_out)],
        "results": [],
    }


def _results(findings: list[Finding]) -> Iterator[dict[str, Any]]:
    places, regions, repairs = Places(), _Regions(), Repairs()
    indexes = {code: index for index, code in enumerate(RULES)}
    marks = line_hashes(findings)
    known = apart(
        (places.path(finding.path), finding.code, mark) for finding, mark in zip(findings, marks, strict=True)
    )
    for finding, mark, times in zip(findings, marks, known, strict=True):
        unique = mark if times == 1 else f"{mark}:{times}"
        yield _result(finding, indexes[finding.code], places, regions, repairs.of(finding), unique)


def _kept(findings: list[Finding]) -> list[Finding]:
    """As many findings as are taken, the worst first where that is not all."""
    if len(findings) <= MOST_RESULTS:
        return findings
    return sorted(findings, key=lambda finding: _WORST.index(finding.severity))[:MOST_RESULTS]


def _invocation(left_out: int) -> dict[str, Any]:
    """How the run went; it says so if there are more findings than fit."""
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        told = f"{left_out} more findings are left out: code scanning takes {MOST_RESULTS}, and these are the worst."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": told}}]
    return invocation


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _cut(rule.summary)},
        "fullDescription": {"text": _cut(f"{rule.summary} {rule.why}")},
        "help": {"text": text(rule), "markdown": markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [_AREAS[rule.code[:3]], "openai-realtime"],
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


class _Regions:
    """Where profiles name the files in which something was found; each is read once."""

    def __init__(self) -> None:
        self._roots: dict[Text, Node | None] = {}

    def naming(self, profile: Text, path: str) -> dict[str, int]:
        """The region of a profile in which it names a file, or what leads to it."""
        if profile not in self._roots:
            self._roots[profile] = placed(profile).root
        start, end = naming(self._roots[profile], path)
        return _region(profile.location(start), profile.location(end))


def _result(
    finding: Finding, index: int, places: Places, regions: _Regions, repair: Repair | None, mark: str
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(sentences(finding))},
        "locations": [_location(finding.path, _region(finding.location, finding.end_location), places)],
        "partialFingerprints": {"primaryLocationLineHash": mark},
    }
    if finding.through is not None:
        path = finding.through.path
        said_here = _plain(sentences(finding, finding.own_message))
        result["message"] = {"text": f"{said_here} It was met through [{_label(said(finding, path))}](1)."}
        related = _location(path, regions.naming(finding.through, finding.path), places)
        result["relatedLocations"] = [{"id": 1, **related, "message": {"text": "The profile that takes from there."}}]
    if repair is not None:
        result["fixes"] = [_fix(finding, repair, places)]
    return result


def _location(path: str, region: dict[str, Any], places: Places) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path, places), "region": region}}


def _artifact(path: str, places: Places) -> dict[str, Any]:
    uri = places.uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}


def _region(start: Location, end: Location) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(finding: Finding, repair: Repair, places: Places) -> dict[str, Any]:
    what = harmless(said(finding, repair.message))
    likely = "" if repair.applicability == "safe" else " (likely to be meant: read the difference)"
    replacements = []
    for edit in repair.edits:
        region = _region(repair.text.location(edit.start), repair.text.location(edit.end))
        replacement: dict[str, Any] = {"deletedRegion": region}
        if edit.content:
            replacement["insertedContent"] = {"text": edit.content}
        replacements.append(replacement)
    change = {"artifactLocation": _artifact(repair.text.path, places), "replacements": replacements}
    return {
        "description": {"text": _plain(f"{what}{likely}")},
        "artifactChanges": [change],
        "properties": {"applicability": repair.applicability},
    }


def _plain(words: str) -> str:
    """Text in which nothing is taken for a link.

    The standard (3.11.5) wants braces doubled as well. Whoever shows a message that has no arguments as it stands, as
    most do, would have people copy `write {{type: audio/pcmu}}`, so they are left alone.
    """
    return re.sub(r"([\[\]])", r"\\\1", words) if _LINK in words else words


def _label(path: str) -> str:
    """The text of a link."""
    return re.sub(r"([\[\]\\])", r"\\\1", harmless(path))


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
