"""What an editor shows of the place under the mouse: the rule of a finding, and what the API says of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from callsheet.diagnostic import Span
from callsheet.lsp.cursor import cursor_at
from callsheet.lsp.guide import Guide
from callsheet.lsp.mending import finding_at
from callsheet.lsp.page import entry_page, field_page, finding_page
from callsheet.lsp.place import here
from callsheet.pointer import to_dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position

    from callsheet.lsp.desk import Checked, Desk
    from callsheet.pointer import Path


def hover(desk: Desk, uri: str, position: Position) -> Hover | None:
    """The page for a place; None where there is nothing to say."""
    checked = desk.checked(uri)
    if checked is None or not checked.is_profile:
        return None
    lines = desk.lines(checked.document.text)
    offset = lines.offset(position)
    finding = finding_at(checked, offset)
    pages = [] if finding is None else [finding_page(finding)]
    span = None if finding is None else finding.span
    found = _written(checked, offset)
    if found is not None:
        path, stretch, data = found
        pages += _fields(Guide(checked.linter, data), path)
        span = stretch if span is None else span
    if not pages or span is None:
        return None
    return Hover(MarkupContent(MarkupKind.Markdown, "\n\n---\n\n".join(pages)), lines.range(*span))


def _written(checked: Checked, offset: int) -> tuple[Path, Span, dict[str, Any]] | None:
    """The path and the place of the key or the plain value at an offset, with the data of the profile.

    A text that is broken, as it is while somebody types, is read as far as it can be.
    """
    root = checked.document.root
    if root is not None:
        found = here(root, offset)
        if not found.path or not (found.is_key or found.node.children is None):
            return None
        return found.path, found.span, (checked.root or root).value
    cursor = cursor_at(checked.sheet.path, checked.sheet.content, offset)
    if cursor is None or not cursor.word:
        return None
    path = (*cursor.path, cursor.word) if cursor.at == "key" else cursor.path
    return path, Span(cursor.start, cursor.end), cursor.document.data


def _fields(guide: Guide, path: Path) -> Iterator[str]:
    name = to_dotted(path)
    pages = [
        entry_page(name, spot.shape) if spot.field is None else field_page(name, spot.field)
        for spot in guide.spots(path)
    ]
    yield from dict.fromkeys(pages)
