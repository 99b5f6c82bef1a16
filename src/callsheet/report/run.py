"""What one run of the linter found: what every report is made from."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from callsheet.diagnostic import Finding, Severity


class Run(NamedTuple):
    """The findings of a run, in order, the number of files checked, whether to use colour, and what fails it."""

    findings: list[Finding]
    files: int
    color: bool = False
    strict: bool = False
    """Whether warnings fail the run as well."""

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def fails(self, finding: Finding) -> bool:
        """Whether a finding is one that fails the run."""
        return finding.severity == "error" or (self.strict and finding.severity == "warning")
