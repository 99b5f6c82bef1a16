"""A profile as far as it can be understood, valid or not: for commands that look at it and send nothing."""

from __future__ import annotations

from callsheet.directives import Parts, split
from callsheet.lint import Linter
from callsheet.named_tuple import NamedTuple
from callsheet.project import Project
from callsheet.shape.kind import FLAT_KINDS, KINDS, TYPED_KINDS
from callsheet.shape.shape import Record
from callsheet.source.document import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from callsheet.diagnostic import Finding
    from callsheet.lint import Options
    from callsheet.pointer import Path
    from callsheet.shape.frozen import Kinds
    from callsheet.source.node import Node
    from callsheet.source.text import Text


class Resolved(NamedTuple):
    """A profile with all that it builds on, and everything that is wrong with it.

    `root` is None where the text could not be read, `kind` and `session_kind` where nobody can tell what it is. `at` is
    the path of the session in the body. `shape` and `session_shape` are those of the revision it is checked against.
    """

    text: Text
    findings: list[Finding]
    root: Node | None
    bases: frozenset[Text]
    kind: str | None
    session_kind: str | None
    at: Path
    shape: Record | None
    session_shape: Record | None
    target: str
    revision: str | None
    today: str

    @property
    def path(self) -> str:
        """The file, as the user wrote its path."""
        return self.text.path

    @property
    def session_node(self) -> Node | None:
        """Where the session is written."""
        node = self.root
        for step in self.at:
            node = node and node.child(step)
        return node

    @property
    def session(self) -> dict[str, Any]:
        """The data of the session, without directives and notes; empty where there is none."""
        node = self.session_node
        value = None if node is None else node.value
        if not isinstance(value, dict):
            return {}
        return value if self.at else split(value).body

    @property
    def is_update(self) -> bool:
        """Whether it changes a session that is open: what it leaves out is then no default, but stays as it is."""
        return self.kind in ("session-update", "translation-update")

    @property
    def is_partial(self) -> bool:
        """Whether it says that it is only a base for others."""
        return self.root is not None and split(self.root.value).partial

    @property
    def is_broken(self) -> bool:
        """Whether one of the findings is an error."""
        return any(finding.severity == "error" for finding in self.findings)


def resolve(path: str, raw: bytes, *, root: str | None = None, options: Options | None = None) -> Resolved:
    """The profile in the bytes of a file; `root` is the top folder of its project."""
    linter = Linter(options, Project(root))
    document = read(path, raw)
    judged = linter.judged(document)
    if judged.root is None:
        unsaid = Parts({}, {})
        nothing = (None, None, (), None, None, linter.target_of(unsaid), linter.revision_of(unsaid), linter.today)
        return Resolved(document.text, judged.findings, None, judged.bases, *nothing)
    parts = split(judged.root.value)
    revision = linter.revision_of(parts)
    found = linter.recognised(parts, partial=parts.partial)
    kind = session_kind = found.kind
    at: Path = ()
    if kind is not None and (key := KINDS[kind].carries) is not None:
        at = (key,)
        session = parts.body.get(key)
        said = session.get("type") if isinstance(session, dict) else None
        session_kind = found.flat or (said if said in TYPED_KINDS else KINDS[kind].holds)
    return Resolved(
        document.text,
        judged.findings,
        judged.root,
        judged.bases,
        kind,
        session_kind,
        at,
        _shape(linter, kind, revision),
        _shape(linter, session_kind, revision),
        linter.target_of(parts),
        revision,
        linter.today,
    )


def _shape(linter: Linter, kind: str | None, revision: str | None) -> Record | None:
    """The shape of a kind on the day of a revision; that of today for one that was not there yet."""
    if kind is None:
        return None
    kinds: Kinds = linter.kinds
    if revision is not None and kind not in FLAT_KINDS.values() and kinds.born(kind) <= revision:
        kinds = linter.kinds_at(revision)
    shape = kinds[kind]
    return shape if isinstance(shape, Record) else None
