"""Commands to the runner of GitHub Actions, each of which becomes an annotation at the line of its finding.

Their form is that of `@actions/core`. The runner shows ten of each severity for a step and none beyond.
"""

from __future__ import annotations

from callsheet.report.place import Places
from callsheet.said import harmless, one_line, said, valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Finding, Severity
    from callsheet.report.run import Run

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def render(run: Run) -> Iterator[str]:
    """A command for each finding."""
    places = Places()
    for finding in run.findings:
        yield f"{_command(finding, places.path(finding.path))}\n"


def _command(finding: Finding, file: str) -> str:
    start, end = finding.location, finding.end_location
    properties: dict[str, str | int] = {"title": f"callsheet ({finding.code})", "file": valid(file)}
    properties |= {"line": start.line, "endLine": end.line}
    if start.line == end.line:  # with columns, GitHub takes no annotation of several lines
        properties |= {"col": start.column, "endColumn": end.column}
    told = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
    text = one_line(finding)
    if finding.help is not None:
        text += f"\nhelp: {harmless(said(finding, finding.help))}"
    return f"::{_COMMANDS[finding.severity]} {told}::{text.translate(_DATA)}"
