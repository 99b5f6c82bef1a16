"""Quick fixes: what mends a finding, as edits that the editor makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from callsheet.directives import names_files
from callsheet.fix.fixer import Fixer
from callsheet.fix.source import difference
from callsheet.lsp.diagnosis import diagnostic
from callsheet.lsp.settings import settings_for
from callsheet.said import said, shows, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lsprotocol.types import Diagnostic, Position, Range

    from callsheet.diagnostic import Finding
    from callsheet.fix.repair import Mend
    from callsheet.lsp.desk import Checked, Desk
    from callsheet.source.edit import Edit
    from callsheet.source.text import Text

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.callsheet"
"""The action that makes every safe fix; an editor may ask for it whenever a file is saved."""
_LARGE = 65_536
"""In a text of more characters, what would mend all of it is worked out only for who asks for that."""
KINDS: tuple[str, ...] = (CodeActionKind.QuickFix.value, FIX_ALL)


def actions(desk: Desk, uri: str, where: Range, only: Sequence[str] | None, *, versioned: bool) -> list[CodeAction]:
    """The fixes for what stands in a range, and the one for all; `only` are the kinds that are asked for."""
    checked = desk.checked(uri)
    if checked is None or not checked.findings:
        return []
    found: list[CodeAction] = []
    if _asked(KINDS[0], only):
        found += _quick(desk, checked, where, versioned=versioned)
    offered = only or (found and len(checked.sheet.content) <= _LARGE)
    if offered and _asked(FIX_ALL, only) and (every := _all(desk, checked, versioned=versioned)) is not None:
        found.append(every)
    return found


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)


def _quick(desk: Desk, checked: Checked, where: Range, *, versioned: bool) -> Iterator[CodeAction]:
    shown: dict[int, Diagnostic] = {}
    wanted: list[Mend] = []
    for finding in checked.findings:
        if finding.fix is None or not _touch((told := diagnostic(desk, checked, finding)).range, where):
            continue
        if (mend := checked.mends.of(finding)) is not None:
            shown[id(mend)] = told
            wanted.append(mend)
    proven = set(map(id, checked.mends.provable(wanted)))  # many at once: an editor may ask for a whole file
    for mend in wanted:
        if id(mend) not in proven or _tells(mend):
            continue
        finding = mend.finding
        title = said(finding, mend.repair.message)
        if mend.text is not checked.document.text:
            title += f" (in {desk.short(mend.text.path, checked.sheet.path)})"
        safe = mend.repair.applicability == "safe"
        yield CodeAction(
            title=title[:1].upper() + title[1:] + ("" if safe else " (likely, not certain)"),
            kind=CodeActionKind.QuickFix,
            diagnostics=[shown[id(mend)]],
            is_preferred=safe,
            edit=_edit(desk, mend.text, mend.repair.edits, versioned=versioned),
        )


def _all(desk: Desk, checked: Checked, *, versioned: bool) -> CodeAction | None:
    """The action that makes all safe fixes in the text itself, those included that come up on the way."""
    sheet = checked.sheet
    if sheet.real is None and names_files(sheet.content):
        return None  # there is no folder to look for them
    fixer = Fixer(settings_for(sheet.path).choice, instead=desk.instead())
    after = fixer.fix(sheet.path, sheet.raw).decode("utf-8", "surrogatepass")
    text = checked.document.text
    made = difference(text.content, after)
    count = len(fixer.done)
    if not made or any(shows(edit.content, _hidden(text)) for edit in made):
        return None
    title = f"Make the safe fix{'es' * (count != 1)} of this file" + (f" ({count})" if count != 1 else "")
    return CodeAction(title=title, kind=FIX_ALL, edit=_edit(desk, text, made, versioned=versioned))


def _tells(mend: Mend) -> bool:
    """Whether the edits hold a credential, which is never said, not even to an editor."""
    hidden = _hidden(mend.text)
    return any(shows(edit.content, hidden) for edit in mend.repair.edits)


def _hidden(text: Text) -> frozenset[str]:
    return words(text.content[start:end] for start, end in text.hidden(0, len(text.content)))


def _edit(desk: Desk, text: Text, edits: Iterable[Edit], *, versioned: bool) -> WorkspaceEdit:
    lines = desk.lines(text)
    made = [TextEdit(lines.range(edit.start, edit.end), edit.content) for edit in sorted(edits)]
    uri = desk.uri(text.path)
    if not versioned:
        return WorkspaceEdit(changes={uri: made})
    sheet = desk.sheet_at(text.path)
    named = OptionalVersionedTextDocumentIdentifier(uri, sheet.version if sheet else None)
    return WorkspaceEdit(document_changes=[TextDocumentEdit(named, list(made))])


def _touch(one: Range, other: Range) -> bool:
    """Whether two ranges have a place in common, their ends included."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: Position) -> tuple[int, int]:
    return position.line, position.character


def finding_at(checked: Checked, offset: int) -> Finding | None:
    """The narrowest finding of a text at an offset."""
    here = [
        finding
        for finding in checked.findings
        if finding.text is checked.document.text and finding.span.start <= offset <= finding.span.end
    ]
    return min(here, key=lambda finding: finding.span.end - finding.span.start, default=None)
