"""The findings as one JSON object, version 1, whose fields do not change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from callsheet.redact import mask_pointer
from callsheet.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Finding
    from callsheet.report.run import Run

VERSION = 1


def render(run: Run) -> Iterator[str]:
    """The whole object."""
    summary = {"files": run.files, "errors": run.count("error"), "warnings": run.count("warning")}
    findings = [_finding(finding) for finding in run.findings]
    yield json.dumps({"version": VERSION, "summary": summary, "findings": findings}, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": _valid(said(finding, finding.message)),
        "path": _valid(finding.path),
        "pointer": _valid(mask_pointer(finding.pointer)[0]),
        "location": finding.location._asdict(),
        "end_location": finding.end_location._asdict(),
        "help": None if finding.help is None else _valid(said(finding, finding.help)),
        "fix": None,
    }


def _valid(text: str) -> str:
    """The text as UTF-8 can carry it: a byte of a file's name that is none is escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
