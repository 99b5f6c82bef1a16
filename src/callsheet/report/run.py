"""What one run of the linter found: what every report is made from."""

from typing import NamedTuple

from callsheet.diagnostic import Finding, Severity


class Run(NamedTuple):
    """The findings of a run, in order, the number of files checked, and whether to use colour."""

    findings: list[Finding]
    files: int
    color: bool = False

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)
