"""From a file to its findings."""

from __future__ import annotations

import time
from functools import cache

from callsheet.diagnostic import Place
from callsheet.directives import may_suppress, names_files, split
from callsheet.discover import may_be_session
from callsheet.judge.apply import apply
from callsheet.judge.recognise import Recogniser
from callsheet.judge.walk import walk
from callsheet.named_tuple import NamedTuple
from callsheet.rules.subject import Subject
from callsheet.shape.directive import DIRECTIVES, LATEST, TARGETS
from callsheet.shape.frozen import load
from callsheet.shape.kind import FLAT_KINDS, KINDS, TYPED_KINDS
from callsheet.source.document import read
from callsheet.source.node import UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.compose import Composed, Link
    from callsheet.diagnostic import Fault, Finding
    from callsheet.directives import Parts
    from callsheet.judge.recognise import Recognised
    from callsheet.project import Project
    from callsheet.shape.frozen import Kinds
    from callsheet.shape.shape import Shape
    from callsheet.source.document import Document
    from callsheet.source.node import Node
    from callsheet.source.text import Text


class Options(NamedTuple):
    """What a run is told: each is None where the profile itself is to say.

    `usual_target` and `usual_revision` are for profiles that do not say theirs.
    """

    kind: str | None = None
    target: str | None = None
    today: str | None = None
    """An ISO date; None is the date of the machine."""
    revision: str | None = None
    """An ISO date, or `latest`: the API is held to be as it was then."""
    selected: frozenset[str] | None = None
    usual_target: str | None = None
    usual_revision: str | None = None


class Judged(NamedTuple):
    """A document that has been looked at: its findings, and what it came to with everything that it builds on."""

    findings: list[Finding]
    document: Document
    composed: Composed | None = None
    faults: list[Fault] = []  # noqa: RUF012 - of a named tuple, and nobody adds to it

    @property
    def data(self) -> Any:
        """The plain data; None where the text could not be read."""
        return self.document.data if self.composed is None else self.composed.root.value

    @property
    def root(self) -> Node | None:
        """The top node, for which places are read; None where the text could not be read."""
        return self.document.root if self.composed is None else self.composed.root

    @property
    def bases(self) -> frozenset[Text]:
        """The texts of the profiles that it extends."""
        return frozenset(() if self.composed is None else (base.text for base in self.composed.bases))

    @property
    def links(self) -> tuple[Link, ...]:
        """What leads to all files that it builds on."""
        return () if self.composed is None else self.composed.links


class Linter:
    """Checks one document after another.

    Without a `project` nothing but the document itself is read, and what it builds on is left open.
    """

    def __init__(self, options: Options | None = None, project: Project | None = None) -> None:
        self.options = options or Options()
        self.project = project
        self.kinds: Kinds = load()
        self.recogniser = Recogniser(self.kinds)
        self.today = self.options.today or time.strftime("%Y-%m-%d")
        self._dated: dict[str, Kinds] = {}

    def file(self, path: str, raw: bytes) -> list[Finding]:
        """The findings for the bytes of one file."""
        return self.document(read(path, raw))

    def document(self, document: Document) -> list[Finding]:
        """The findings for a document, in the order of its text."""
        return self.judged(document).findings

    def judged(self, document: Document, *, base: bool = False) -> Judged:
        """The findings for a document, and what it came to; a `base` need not be whole."""
        composed = None if document.data is None else self.compose(document)
        faults = self._faults(document, composed, base=base)
        elsewhere: list[tuple[Text, Fault]] = []
        if composed is not None:
            elsewhere += [(text, fault) for text, fault in composed.faults if self.chosen([fault])]
            elsewhere += [(base.text, fault) for base in composed.bases for fault in self._directives(base)]
        judged = Judged([], document, composed, faults)
        if faults or elsewhere:
            judged = judged._replace(findings=_pinned(faults, elsewhere, judged))
        return judged if document.data is None else judged._replace(findings=self.answered(judged, base=base))

    def is_alike_as_base(self, judged: Judged) -> bool:
        """Whether a document that was judged by itself surely has the same findings if others build on it."""
        if may_suppress(judged.document.text.content):
            return False
        return not any(fault.code in _only_of_whole() or _tells_of_missing(fault) for fault in judged.faults)

    def _faults(self, document: Document, composed: Composed | None, *, base: bool) -> list[Fault]:
        """What is wrong with a document as a whole, or as a base that need not be whole."""
        faults = self.chosen(list(document.faults))
        if composed is not None:
            return faults + self.body(composed.root.value, whole=composed.whole, base=base)
        if document.data is not None:
            return faults + self.body(document.data, base=base, content=document.text.content)
        return faults

    def answered(self, judged: Judged, *, base: bool) -> list[Finding]:
        """The findings that no comment answers, and those about comments.

        Whether one is of use in a base, the profiles show that build on it.
        """
        findings, own = judged.findings, judged.document.text
        texts = dict.fromkeys((own, *(finding.text for finding in findings)))
        said = [text for text in texts if may_suppress(text.content)]
        if not said:
            return findings
        from callsheet.pin import ordered, pin
        from callsheet.suppression import Suppressions, answered, unused

        of = {text: Suppressions(text) for text in said}
        left, used = answered(findings, of)
        if own in of and not (base or split(judged.data).partial):
            faults = self.chosen(list(unused(of[own], used, self.options.selected)))
            left += pin(faults, own, judged.root)
        return ordered(left, own)

    def _directives(self, base: Node) -> Iterator[Fault]:
        """What is wrong with the directives of a base, each at its place in the text."""
        from callsheet.compose import OWN

        directives = {key: value for key, value in base.value.items() if key in OWN}
        for fault in self.chosen(walk(self.kinds, DIRECTIVES, directives, placeholders=False)):
            if isinstance(fault.place, Place):
                yield fault._replace(place=base.locate(fault.place)[1], fix=None)  # whose paths lead elsewhere here

    def compose(self, document: Document) -> Composed | None:
        """A document with what it builds on; None for one that builds on nothing, or with no project to look in."""
        if self.project is None or not names_files(document.text.content):
            return None
        from callsheet.compose import compose

        return compose(document, self.project, self.shape_of)

    def shape_of(self, data: dict[str, Any]) -> Shape | None:
        """The shape of the body in a profile's data; None where nobody can tell its kind."""
        kind = self.kind_of(split(data))
        return None if kind is None else self.kinds[kind]

    def kind_of(self, parts: Parts) -> str | None:
        """The kind of a profile's body."""
        named = self.options.kind or parts.kind
        return self.recognised(parts).kind if parts.body or named else None

    def recognised(self, parts: Parts, *, partial: bool = False) -> Recognised:
        """The kind of a profile's body, and what is wrong with it as a whole."""
        return self.recogniser.recognise(
            parts.body,
            self.options.kind or parts.kind,
            target=self.target_of(parts),
            partial=partial,
            revision=self.revision_of(parts),
        )

    def target_of(self, parts: Parts) -> str:
        """Where the session of a profile is to run."""
        return self.options.target or parts.target or self.options.usual_target or TARGETS[0]

    def revision_of(self, parts: Parts) -> str | None:
        """The revision of the API that a profile is checked against, an ISO date; None is today's."""
        revision = self.options.revision or parts.revision or self.options.usual_revision
        return None if revision == LATEST else revision

    def is_profile(self, document: Document) -> bool:
        """Whether a file that was found, not named, is to be checked: a session, or a text that was to be one."""
        if document.data is None:
            return may_be_session(document.text.content)
        return self.recogniser.looks_like_session(document.data)

    def is_whole(self, data: dict[str, Any]) -> bool:
        """Whether a profile says that it is a session, and not a part of others."""
        parts = split(data)
        return not parts.partial and self.kind_of(parts) is not None

    def body(
        self, data: dict[str, Any], *, whole: bool = False, base: bool = False, content: str | None = None
    ) -> list[Fault]:
        """What is wrong with a profile's data, which is `whole` if all that it builds on is in it.

        A `base` may lack what others add. `content` is the text that all of it was read from.
        """
        parts = split(data)
        partial = base or parts.partial or (parts.extends and not whole)
        faults = walk(self.kinds, DIRECTIVES, parts.directives, placeholders=False) if parts.directives else []
        target = self.target_of(parts)
        revision = self.revision_of(parts)
        found = self.recognised(parts, partial=partial)
        faults += found.faults
        if found.kind is None:
            faults += apply(Subject(parts.body, parts.body, "", target=target, today=self.today, content=content), ())
            return self.chosen(faults)
        flat = found.flat is not None or found.kind in FLAT_KINDS.values()
        dated = None if flat else revision  # the flat shape is older than all revisions, and did not change in them
        kinds = self.kinds if dated is None else self.kinds_at(dated)
        if dated is not None and (since := self.kinds.born(found.kind)) > dated:
            from callsheet.judge.dated import kind

            path = ("type",) if "type" in parts.body else ()
            return self.chosen([*faults, kind(KINDS[found.kind].title, since, path, dated)])
        body = parts.body
        if found.opaque:
            body = {**body, **dict.fromkeys(found.opaque, UNREADABLE)}
        faults += walk(kinds, kinds[found.kind], body, partial=partial)
        if found.flat is None:
            faults += self.rules(found.kind, body, target, revision, partial=partial, content=content)
        else:
            session = parts.body["session"]
            faults += walk(kinds, kinds[found.flat], session, ("session",), partial=partial)
            subject = Subject(
                parts.body,
                session,
                found.flat,
                target=target,
                today=self.today,
                revision=revision,
                is_part=partial,
                content=content,
            )
            faults += apply(subject, ("session",), partial=partial)
        return self.chosen(faults)

    def kinds_at(self, revision: str) -> Kinds:
        """All kinds as they were on a day."""
        if revision not in self._dated:
            self._dated[revision] = self.kinds.at(revision)
        return self._dated[revision]

    def rules(
        self,
        kind: str,
        body: dict[str, Any],
        target: str,
        revision: str | None,
        *,
        partial: bool,
        content: str | None = None,
    ) -> Iterator[Fault]:
        """What is wrong by the rules with the session in a body of some kind."""
        key = KINDS[kind].carries
        session = body if key is None else body.get(key)
        if not isinstance(session, dict):
            return
        update = KINDS[kind].update
        if key is not None:
            kind = session["type"] if session.get("type") in TYPED_KINDS else KINDS[kind].holds
        subject = Subject(
            body,
            session,
            kind,
            target=target,
            today=self.today,
            revision=revision,
            is_part=partial,
            update=update,
            content=content,
        )
        yield from apply(subject, () if key is None else (key,), partial=partial)

    def chosen(self, faults: list[Fault]) -> list[Fault]:
        """The faults whose rules are selected."""
        selected = self.options.selected
        return faults if selected is None else [fault for fault in faults if fault.code in selected]


@cache
def _only_of_whole() -> frozenset[str]:
    """The rules that a session may break which is whole, and a base may not."""
    from callsheet.rules import RULES
    from callsheet.rules.shape import NO_SESSION

    conditioned = (rule for rule in RULES.values() if rule.when is not None or rule.check is not None)
    return frozenset({NO_SESSION.code, *(rule.code for rule in conditioned if not rule.of_parts)})


def _tells_of_missing(fault: Fault) -> bool:
    """Whether something is missing, which a base may get from elsewhere: whatever its code, it stands at an object."""
    return isinstance(fault.place, Place) and fault.place.part == "object"


def _pinned(faults: list[Fault], elsewhere: list[tuple[Text, Fault]], judged: Judged) -> list[Finding]:
    """The findings that faults come to; those of the files that a profile builds on come with their texts."""
    from callsheet.pin import pin, pin_composed

    document, composed = judged.document, judged.composed
    if composed is None:
        return pin(faults, document.text, document.root)
    return pin_composed(faults, document.text, composed, elsewhere)


def check(data: Any, kind: str | None = None, *, revision: str | None = None) -> list[Finding]:
    """The findings for a body that a program holds as plain data.

    With a `revision`, an ISO date, what came to the API after that day is found as well. The places that findings
    name are those of the body written as indented JSON, which is their `text`. What is only wrong in a file, a
    credential in plain text at its own place, is no finding here. Raises TypeError for data of which no JSON
    can be made.
    """
    from callsheet.selection import selection
    from callsheet.source.document import read_data

    options = Options(kind, revision=revision, selected=selection(ignore=("literal-credential", "credential-in-url")))
    return Linter(options).document(read_data(data))
