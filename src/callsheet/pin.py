"""A fault pinned to the text: the line that it stands on, and what may not be shown there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.diagnostic import Finding, Place, Span, dropping, through
from callsheet.pointer import to_dotted, to_pointer
from callsheet.rules import RULES
from callsheet.source.secret import secret_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.compose import Composed
    from callsheet.diagnostic import Fault
    from callsheet.source.node import Node
    from callsheet.source.text import Text


def pin(faults: Iterable[Fault], text: Text, root: Node | None) -> list[Finding]:
    """Look up where each fault stands, and put them into the order of the text."""
    findings = [_pin(fault, text, root) for fault in faults]
    if findings and root is not None:
        text.secrets = tuple(span for _, span in secret_spans(root))
    return ordered(findings, text)


def pin_composed(
    faults: Iterable[Fault], text: Text, composed: Composed, elsewhere: Iterable[tuple[Text, Fault]]
) -> list[Finding]:
    """The same for a profile that takes from other files, with what is wrong in them from `elsewhere`.

    A finding in another file comes after those in the profile's own, and says through which profile it was met.
    """
    bases = frozenset(base.text for base in composed.bases)
    findings = [_through(_pin(fault, text, composed.root), fault, text, bases) for fault in faults]
    findings += [_through(_pin(fault, other, None), fault, text, frozenset()) for other, fault in elsewhere]
    if findings:
        hidden: dict[Text, list[Span]] = {finding.text: [] for finding in findings}
        for other, span in secret_spans(composed.root):
            hidden.setdefault(other, []).append(span)
        for other, spans in hidden.items():
            other.secrets = tuple(spans) if spans or other is text else other.secrets
    return ordered(findings, text)


def ordered(findings: list[Finding], text: Text) -> list[Finding]:
    """Findings in the order of the text, with those in other files behind it."""
    findings.sort(key=lambda finding: (finding.text is not text, finding.path, finding.span, finding.code))
    return findings


def _through(finding: Finding, fault: Fault, text: Text, bases: frozenset[Text]) -> Finding:
    """A finding that says which profile it concerns, and that a key may be dropped there."""
    if finding.text is text or finding.path == text.path:
        return finding
    help_ = finding.help
    key = _droppable(fault) if finding.text in bases else None
    if help_ is not None and key is not None:
        help_ = help_.removesuffix(".") + dropping(text, f"[{key}]`")
    return finding._replace(message=finding.message + through(text), help=help_, through=text)


def _droppable(fault: Fault) -> str | None:
    """The key that a fault is about, as `$unset` takes it; None for another fault, and for what a list holds."""
    place = fault.place
    if not isinstance(place, Place) or place.part != "key":
        return None
    plain = all(isinstance(step, str) and step.isidentifier() for step in place.path)
    return to_dotted(place.path) if plain else None


def _pin(fault: Fault, text: Text, root: Node | None) -> Finding:
    rule = RULES[fault.code]
    pointer = ""
    if isinstance(fault.place, Span):
        span = fault.place
    else:
        pointer = to_pointer(fault.place.path)
        span = Span(0, 0)
        if root is not None:
            text, span = root.locate(fault.place)
    return Finding(fault.code, rule.name, rule.severity, fault.message, text, span, pointer, fault.help, fault.fix)
