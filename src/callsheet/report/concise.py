"""One line for each finding: `path:line:column: CODE message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.report.said import harmless, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.report.run import Run


def render(run: Run) -> Iterator[str]:
    """The lines of the report."""
    for finding in run.findings:
        line, column = finding.location
        yield f"{harmless(finding.path)}:{line}:{column}: {finding.code} {harmless(said(finding, finding.message))}\n"
