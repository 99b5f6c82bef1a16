"""A Code Quality report, which GitLab shows in a merge request and beside its changes."""

from __future__ import annotations

from callsheet.report.fingerprint import apart, digest, pointer
from callsheet.report.place import Places
from callsheet.report.row import rows
from callsheet.said import sentences, valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.diagnostic import Finding, Severity
    from callsheet.report.run import Run

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(run: Run) -> Iterator[str]:
    """One list of all findings."""
    places = Places()
    marks = [(finding.code, places.path(finding.path), pointer(finding)) for finding in run.findings]
    yield from rows(
        _degradation(finding, file, digest(code, file, where, str(times)))
        for finding, (code, file, where), times in zip(run.findings, marks, apart(marks), strict=True)
    )
    yield "\n"


def _degradation(finding: Finding, file: str, fingerprint: str) -> dict[str, Any]:
    return {
        "description": f"{finding.code}: {sentences(finding)}",  # GitLab does not show the name of the check
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": valid(file),
            "lines": {"begin": finding.location.line, "end": finding.end_location.line},
        },
    }
