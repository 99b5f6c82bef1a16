"""The findings as one JSON object, version 1, whose fields do not change."""

from __future__ import annotations

import json

from callsheet.redact import mask_pointer
from callsheet.report.repair import Repairs
from callsheet.said import said, valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.diagnostic import Finding, Repair
    from callsheet.report.run import Run

VERSION = 1


def render(run: Run) -> Iterator[str]:
    """The whole object."""
    summary = {"files": run.files, "errors": run.count("error"), "warnings": run.count("warning")}
    repairs = Repairs()
    findings = [_finding(finding, repairs.of(finding)) for finding in run.findings]
    yield json.dumps({"version": VERSION, "summary": summary, "findings": findings}, indent=2) + "\n"


def _finding(finding: Finding, repair: Repair | None) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": valid(said(finding, finding.message)),
        "path": valid(finding.path),
        "pointer": valid(mask_pointer(finding.pointer)[0]),
        "location": finding.location._asdict(),
        "end_location": finding.end_location._asdict(),
        "help": None if finding.help is None else valid(said(finding, finding.help)),
        "fix": None if repair is None else _fix(finding, repair),
    }


def _fix(finding: Finding, repair: Repair) -> dict[str, Any]:
    """A repair as edits, whose places count as they are before any of them."""
    text = repair.text
    edits = [
        {
            "path": valid(text.path),
            "location": text.location(edit.start)._asdict(),
            "end_location": text.location(edit.end)._asdict(),
            "content": edit.content,
        }
        for edit in repair.edits
    ]
    return {"applicability": repair.applicability, "message": valid(said(finding, repair.message)), "edits": edits}
