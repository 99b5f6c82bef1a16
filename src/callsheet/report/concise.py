"""One line for each finding: `path:line:column: CODE message`."""

from __future__ import annotations

from callsheet.said import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.report.run import Run


def render(run: Run) -> Iterator[str]:
    """The lines of the report."""
    for finding in run.findings:
        yield f"{one_line(finding)}\n"
