"""The findings as one JSON object, version 1, whose fields do not change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from callsheet.redact import mask_pointer
from callsheet.said import said, shows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Finding, Repair
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
        "fix": None if finding.repair is None else _fix(finding, finding.repair),
    }


def _fix(finding: Finding, repair: Repair) -> dict[str, Any] | None:
    """A repair as edits, whose places count as they are before any of them; None if one of them holds a credential."""
    text = repair.text
    hidden = [text.content[start:end] for start, end in text.hidden(0, len(text.content))]
    if any(shows(edit.content, hidden) for edit in repair.edits):
        return None
    edits = [
        {
            "path": _valid(text.path),
            "location": text.location(edit.start)._asdict(),
            "end_location": text.location(edit.end)._asdict(),
            "content": edit.content,
        }
        for edit in repair.edits
    ]
    return {"applicability": repair.applicability, "message": _valid(said(finding, repair.message)), "edits": edits}


def _valid(text: str) -> str:
    """The text as UTF-8 can carry it: a byte of a file's name that is none is escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
