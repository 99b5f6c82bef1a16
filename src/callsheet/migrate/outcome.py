"""What becomes of one file: its bytes in today's shape, and what somebody should know about that."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.diagnostic import Place
from callsheet.lint import Linter, Options
from callsheet.migrate.change import Drop
from callsheet.migrate.plan import NotFlat, Wishes
from callsheet.migrate.text import migrate
from callsheet.migrate.todo import CannotMove
from callsheet.pointer import to_dotted
from callsheet.rules import RULES
from callsheet.shape.kind import FLAT_KINDS
from callsheet.source.comment import comments
from callsheet.source.document import read
from callsheet.source.text import Text

if TYPE_CHECKING:
    from callsheet.diagnostic import Finding
    from callsheet.migrate.change import Plan
    from callsheet.pointer import Path
    from callsheet.source.document import Document

_BOM = b"\xef\xbb\xbf"
_FLAT_SCHEMA = re.compile(r"\$schema=\S*-beta\b")
_OF_NAMES = "CS6"
"""Rules about names that are gone, which were there before, and which nobody asks of a flat session."""


class Outcome(NamedTuple):
    """One file, before and `after`, which is None where nothing could be moved.

    `said` are lines for a report, with their places. `findings` are the errors of the result, or of a text that cannot
    be read. `fresh` are errors that the file had not in its old shape either. `open` says that somebody has to do
    something; `today` that the file was in today's shape.
    """

    before: bytes
    after: bytes | None
    said: list[str]
    findings: list[Finding]
    fresh: bool = False
    open: bool = False
    today: bool = False


def outcome(path: str, raw: bytes, wishes: Wishes) -> Outcome:
    """What becomes of the bytes of one file."""
    document = read(path, raw)
    if document.root is None or document.faults:
        return Outcome(
            raw, None, [f"{path}: cannot be moved before its text is in order"], _faults(document), open=True
        )
    try:
        content, plan = migrate(document, wishes)
    except NotFlat as error:
        return Outcome(
            raw, raw if error.today else None, [f"{path}: {error.said}"], [], open=not error.today, today=error.today
        )
    except CannotMove as error:
        return Outcome(raw, None, [f"{path}: {error.said}"], [], open=True)
    after = (_BOM if raw.startswith(_BOM) else b"") + content.encode()
    findings = _errors(Linter(Options(today=wishes.today)).document(read(path, after)))
    brought = (finding.code for finding in findings if not finding.code.startswith(_OF_NAMES))
    fresh = Counter(brought) - _before(document.root.value, plan, wishes)
    lines = [*_left(document, plan, content), *_notes(document, plan)]
    said = [f"{path}:{line}: {words}" for line, words in sorted(lines)]
    return Outcome(raw, after, said, findings, fresh=bool(fresh), open=any(note.open for note in plan.notes))


def _faults(document: Document) -> list[Finding]:
    return _errors(Linter().document(document))


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def _before(data: dict[str, Any], plan: Plan, wishes: Wishes) -> Counter[str]:
    """How often each error was there already, had somebody checked the session as a flat one."""
    session = data
    for step in plan.at:
        session = session[str(step)]
    flat = FLAT_KINDS.get(plan.kind or str(session.get("type")), FLAT_KINDS["realtime"])
    settings = {key: value for key, value in session.items() if key != "type" and not key.startswith("$")}
    faults = Linter(Options(flat, today=wishes.today)).body(settings)
    return Counter(fault.code for fault in faults if RULES[fault.code].severity == "error")


def _line(document: Document, path: Path) -> int:
    """The line on which a key is written."""
    if document.root is None:
        return 1
    text, span = document.root.locate(Place(path, "key"))
    return text.location(span.start).line


def _left(document: Document, plan: Plan, content: str) -> list[tuple[int, str]]:
    """What has no place in today's shape."""
    kept = [comment.content for comment in comments(Text(document.text.path, content))]
    found = []
    for change in plan.changes:
        if isinstance(change, Drop):
            value: Any = document.data
            for step in change.path:
                value = value[step]
            told = f": {json.dumps(value)}" if isinstance(value, (bool, int, float)) else ""
            key = str(change.path[-1])
            remains = any(key in comment and comment.endswith(f"({change.why})") for comment in kept)
            how = "is left as a comment" if remains else "is left out"
            found.append((_line(document, change.path), f"`{to_dotted(change.path)}{told}` {how}: {change.why}"))
    return found


def _notes(document: Document, plan: Plan) -> list[tuple[int, str]]:
    found = [(_line(document, note.path), f"`{to_dotted(note.path)}`: {note.said}") for note in plan.notes]
    for comment in comments(document.text):
        if _FLAT_SCHEMA.search(comment.content):
            line = document.text.location(comment.start).line
            found.append((line, "this comment names the schema of flat bodies; point it to the one of today"))
    return found
