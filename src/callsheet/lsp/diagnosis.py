"""Findings as an editor shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location

from callsheet.reference import naming
from callsheet.said import said

if TYPE_CHECKING:
    from callsheet.diagnostic import Finding, Span
    from callsheet.lsp.desk import Checked, Desk

SOURCE = "callsheet"
_SEVERITY = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "info": DiagnosticSeverity.Information,
}
_DEPRECATION = "CS6"
"""How the codes begin that are about what is on its way out, or gone."""


def diagnostics(desk: Desk, uri: str) -> list[Diagnostic]:
    """All that is wrong with a text: by itself, in what it builds on, and as other open profiles use it."""
    checked = desk.checked(uri)
    if checked is None:
        return []
    found = [diagnostic(desk, checked, finding) for finding in checked.findings]
    if checked.trouble is not None:
        top = desk.lines(checked.document.text).range(0, 0)
        message = f"the configuration is not heeded, as it has a fault: {checked.trouble}"
        found.insert(0, Diagnostic(top, message, severity=DiagnosticSeverity.Error, source=SOURCE))
    told = {(one.code, one.range.start.line, one.range.start.character) for one in found}
    for other, finding in desk.through(uri):
        one = _used(desk, other, finding)
        place = (one.code, one.range.start.line, one.range.start.character)
        if place not in told:
            told.add(place)
            found.append(one)
    return found


def diagnostic(desk: Desk, checked: Checked, finding: Finding) -> Diagnostic:
    """A finding of a profile. One in another file stands where the profile names that, and leads there."""
    if finding.text is checked.document.text:
        return _diagnostic(desk, finding, finding.span)
    elsewhere = desk.short(finding.path, checked.sheet.path)
    there = Location(desk.uri(finding.path), desk.lines(finding.text).range(*finding.span))
    one = _diagnostic(desk, finding, naming(checked.document.root, finding.path), checked)
    one.message = f"in {elsewhere}: {one.message}"
    one.related_information = [DiagnosticRelatedInformation(there, f"here, in {elsewhere}")]
    return one


def _used(desk: Desk, other: Checked, finding: Finding) -> Diagnostic:
    """A finding in a text that another profile builds on, as it stands in that text."""
    one = _diagnostic(desk, finding, finding.span)
    where = desk.lines(other.document.text).range(*naming(other.document.root, finding.path))
    through = desk.short(other.sheet.path, finding.path)
    one.message = f"{one.message}\nThis concerns {through}, which builds on this file."
    one.related_information = [DiagnosticRelatedInformation(Location(other.sheet.uri, where), f"used by {through}")]
    return one


def _diagnostic(desk: Desk, finding: Finding, span: Span, checked: Checked | None = None) -> Diagnostic:
    text = finding.text if checked is None else checked.document.text
    message = said(finding, finding.own_message)
    help_ = "" if finding.own_help is None else f"\n{said(finding, finding.own_help)}"
    return Diagnostic(
        range=desk.lines(text).range(*span),
        message=message + help_,
        severity=_SEVERITY[finding.severity],
        code=finding.code,
        source=SOURCE,
        tags=[DiagnosticTag.Deprecated] if finding.code.startswith(_DEPRECATION) else None,
    )
