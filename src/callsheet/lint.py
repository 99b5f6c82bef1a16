"""From a file to its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.diagnostic import Finding, Span
from callsheet.judge.recognise import Recognised, Recogniser
from callsheet.judge.walk import walk
from callsheet.pointer import to_pointer
from callsheet.profile import profile
from callsheet.rules import RULES
from callsheet.shape.directive import DIRECTIVES
from callsheet.shape.frozen import load
from callsheet.source.document import read
from callsheet.source.node import UNREADABLE
from callsheet.source.secret import secret_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from callsheet.diagnostic import Fault
    from callsheet.shape.frozen import Kinds
    from callsheet.source.document import Document
    from callsheet.source.node import Node
    from callsheet.source.text import Text


class Linter:
    """Checks one document after another. `kind` overrules what a document says it is."""

    def __init__(self, kind: str | None = None) -> None:
        self.kind = kind
        self.kinds: Kinds = load()
        self.recogniser = Recogniser(self.kinds)

    def file(self, path: str, raw: bytes) -> list[Finding]:
        """The findings for the bytes of one file."""
        return self.document(read(path, raw))

    def document(self, document: Document) -> list[Finding]:
        """The findings for a document, in the order of its text."""
        faults = list(document.faults)
        if document.root is not None:
            faults += self.body(document.root.value)
        return pin(faults, document.text, document.root)

    def is_profile(self, document: Document) -> bool:
        """Whether a file that was found, not named, is to be checked: a session, or a text that cannot be read."""
        return document.root is None or self.recogniser.looks_like_session(document.root.value)

    def body(self, data: dict[str, Any]) -> list[Fault]:
        """What is wrong with a profile's data."""
        parts = profile(data)
        found = self.recogniser.recognise(parts.body, self.kind or parts.kind)
        faults = walk(self.kinds, DIRECTIVES, parts.directives) if parts.directives else []
        faults += found.faults
        if found.kind is not None:
            faults += walk(self.kinds, self.kinds[found.kind], _hide(parts.body, found), partial=parts.partial)
        return faults


def _hide(body: dict[str, Any], found: Recognised) -> dict[str, Any]:
    return body if found.opaque is None else {**body, found.opaque: UNREADABLE}


def pin(faults: Iterable[Fault], text: Text, root: Node | None) -> list[Finding]:
    """Look up where each fault stands, and put them into the order of the text."""
    findings = [_pin(fault, text, root) for fault in faults]
    if findings and root is not None:
        text.secrets = tuple(secret_spans(root))
    findings.sort(key=lambda finding: (finding.span, finding.code))
    return findings


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
    return Finding(fault.code, rule.name, rule.severity, fault.message, text, span, pointer, fault.help)


def check(data: Any, kind: str | None = None, dump: Callable[[Any], str] | None = None) -> list[Finding]:
    """The findings for a body that a program holds as plain data.

    The places that they name are those of the body written as indented JSON, which is their `text`.
    """
    import json

    from callsheet.source.document import read_text
    from callsheet.source.text import Text

    content = (dump or (lambda value: json.dumps(value, indent=2, ensure_ascii=False)))(data)
    return Linter(kind).document(read_text(Text("<data>.json", content)))
