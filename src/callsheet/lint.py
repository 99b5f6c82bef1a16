"""From a file to its findings."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.diagnostic import Finding, Span
from callsheet.discover import may_be_session
from callsheet.judge.apply import apply
from callsheet.judge.recognise import Recogniser
from callsheet.judge.walk import walk
from callsheet.pointer import to_pointer
from callsheet.profile import profile
from callsheet.rules import RULES
from callsheet.rules.subject import Subject
from callsheet.shape.directive import DIRECTIVES
from callsheet.shape.frozen import load
from callsheet.shape.kind import KINDS, TYPED_KINDS
from callsheet.source.document import read
from callsheet.source.node import UNREADABLE
from callsheet.source.secret import secret_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.diagnostic import Fault
    from callsheet.profile import Profile
    from callsheet.shape.frozen import Kinds
    from callsheet.source.document import Document
    from callsheet.source.node import Node
    from callsheet.source.text import Text


class Options(NamedTuple):
    """What a run is told: each is None (or empty) where the profile itself is to say."""

    kind: str | None = None
    target: str | None = None
    today: str | None = None
    """An ISO date; None is the date of the machine."""
    revision: str | None = None
    """An ISO date: the API is held to be as it was then."""
    selected: frozenset[str] | None = None


class Linter:
    """Checks one document after another."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self.kinds: Kinds = load()
        self.recogniser = Recogniser(self.kinds)
        self.today = self.options.today or time.strftime("%Y-%m-%d")
        self._dated: dict[str, Kinds] = {}

    def file(self, path: str, raw: bytes) -> list[Finding]:
        """The findings for the bytes of one file."""
        return self.document(read(path, raw))

    def document(self, document: Document) -> list[Finding]:
        """The findings for a document, in the order of its text."""
        faults = self.chosen(list(document.faults))
        if document.root is not None:
            faults += self.body(document.root.value)
        return pin(faults, document.text, document.root)

    def is_profile(self, document: Document) -> bool:
        """Whether a file that was found, not named, is to be checked: a session, or a text that was to be one."""
        if document.root is None:
            return may_be_session(document.text.content)
        return self.recogniser.looks_like_session(document.root.value)

    def body(self, data: dict[str, Any]) -> list[Fault]:
        """What is wrong with a profile's data."""
        parts = profile(data)
        faults = walk(self.kinds, DIRECTIVES, parts.directives) if parts.directives else []
        target = self.options.target or parts.target
        revision = self.options.revision or parts.revision
        found = self.recogniser.recognise(
            parts.body, self.options.kind or parts.kind, target=target, partial=parts.partial
        )
        faults += found.faults
        if found.kind is None:
            faults += apply(Subject(parts.body, parts.body, "", target=target, today=self.today), ())
            return self.chosen(faults)
        kinds = self.kinds if revision is None else self.kinds_at(revision)
        if revision is not None and (since := self.kinds.born(found.kind)) > revision:
            from callsheet.judge.dated import kind

            path = ("type",) if "type" in parts.body else ()
            return self.chosen([*faults, kind(KINDS[found.kind].title, since, path, revision)])
        body = parts.body if found.opaque is None else {**parts.body, found.opaque: UNREADABLE}
        faults += walk(kinds, kinds[found.kind], body, partial=parts.partial)
        faults += self.rules(parts, found.kind, body, target, revision)
        return self.chosen(faults)

    def kinds_at(self, revision: str) -> Kinds:
        """All kinds as they were on a day."""
        if revision not in self._dated:
            self._dated[revision] = self.kinds.at(revision)
        return self._dated[revision]

    def rules(
        self, parts: Profile, kind: str, body: dict[str, Any], target: str, revision: str | None
    ) -> Iterator[Fault]:
        """What is wrong by the rules with the session in a body of some kind."""
        key = KINDS[kind].carries
        session = body if key is None else body.get(key)
        if not isinstance(session, dict):
            return
        if key is not None:
            kind = session["type"] if session.get("type") in TYPED_KINDS else KINDS[kind].holds
        subject = Subject(body, session, kind, target=target, today=self.today, revision=revision)
        yield from apply(subject, () if key is None else (key,), partial=parts.partial)

    def chosen(self, faults: list[Fault]) -> list[Fault]:
        """The faults whose rules are selected."""
        selected = self.options.selected
        return faults if selected is None else [fault for fault in faults if fault.code in selected]


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


def check(data: Any, kind: str | None = None, *, revision: str | None = None) -> list[Finding]:
    """The findings for a body that a program holds as plain data.

    With a `revision`, an ISO date, what came to the API after that day is found as well. The places that findings
    name are those of the body written as indented JSON, which is their `text`. What is only wrong in a file, a
    credential in plain text at its own place, is no finding here. Raises TypeError for data that is not made of
    JSON's types.
    """
    import json

    from callsheet.selection import selection
    from callsheet.source.document import read_text
    from callsheet.source.text import Text

    content = json.dumps(data, indent=2, ensure_ascii=False)
    options = Options(kind, revision=revision, selected=selection(ignore=("literal-credential", "credential-in-url")))
    return Linter(options).document(read_text(Text("<data>.json", content)))
