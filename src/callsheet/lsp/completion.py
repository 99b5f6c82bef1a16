"""What may be written at the cursor: keys, values, names from elsewhere in the profile, and files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionItemTag,
    InsertTextFormat,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from callsheet.facts import entries
from callsheet.lsp.cursor import cursor_at
from callsheet.lsp.file import files
from callsheet.lsp.guide import Guide
from callsheet.lsp.name import names
from callsheet.lsp.page import field_page
from callsheet.pointer import to_dotted
from callsheet.redact import known_key
from callsheet.shape.directive import PLACEHOLDERS, takes
from callsheet.shape.shape import (
    Choice,
    Either,
    Entries,
    Field,
    Flag,
    Items,
    Number,
    Record,
    Tagged,
    Text,
    alternatives,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol.types import Position

    from callsheet.facts import Entry
    from callsheet.lsp.cursor import Cursor
    from callsheet.lsp.desk import Checked, Desk
    from callsheet.lsp.guide import Spot
    from callsheet.shape.shape import Shape

TRIGGERS = ("$", ":", '"', "/", "-")
"""Letters after which an editor asks by itself, beside those of words."""
_STEP = "  "


class _Offer(NamedTuple):
    """One thing to write: what is shown, what is inserted, what sort of thing it is, and what there is to say of it."""

    label: str
    text: str
    kind: CompletionItemKind
    page: str = ""
    detail: str | None = None
    gone: bool = False
    is_file: bool = False


def completion(desk: Desk, uri: str, position: Position) -> list[CompletionItem]:
    """What may be written at a place, in the order in which it is likely to be meant."""
    checked = desk.checked(uri)
    if checked is None or not checked.is_profile:
        return []
    lines = desk.lines(checked.document.text)
    offset = lines.offset(position)
    cursor = cursor_at(checked.sheet.path, checked.sheet.content, offset)
    if cursor is None:
        return []
    where = lines.range(cursor.start, cursor.end)
    word = cursor.word
    return [
        CompletionItem(
            label=offer.label,
            kind=offer.kind,
            detail=offer.detail,
            documentation=MarkupContent(MarkupKind.Markdown, offer.page) if offer.page else None,
            tags=[CompletionItemTag.Deprecated] if offer.gone else None,
            sort_text=f"{int(offer.gone)}{number:04}",
            filter_text=offer.text if offer.is_file else offer.label,
            insert_text_format=InsertTextFormat.PlainText,
            text_edit=TextEdit(where, offer.text),
        )
        for number, offer in enumerate(_offers(desk, checked, cursor))
        if not (cursor.at == "key" and cursor.valued and offer.label == word)
    ]


def _offers(desk: Desk, checked: Checked, cursor: Cursor) -> Iterator[_Offer]:
    data = cursor.document.data
    composed = checked.linter.compose(cursor.document)
    whole = data if composed is None else composed.root.value
    guide = Guide(checked.linter, whole)
    if cursor.at == "key":
        fields = guide.fields(cursor.path, cursor.data)
        yield from _keys(guide, cursor, fields)
        if fields or cursor.flow or not cursor.path:
            return
    path = cursor.path
    if path and (path[0] == "$extends" or path[-1] == "$file"):
        yield from (
            _Offer(
                name,
                _quoted(cursor, name),
                CompletionItemKind.Folder if is_folder else CompletionItemKind.File,
                is_file=True,
            )
            for name, is_folder in files(desk, checked, cursor.word, profiles=path[0] == "$extends")
        )
        return
    yield from (
        _Offer(name, _quoted(cursor, name), CompletionItemKind.Reference, detail=detail)
        for name, detail in names(path, whole, composed and composed.bases)
        if known_key(name) is None
    )
    seen: set[str] = set()
    for spot in guide.spots(path):
        for offer in _values(spot.shape, spot, guide, cursor, checked.linter.today):
            if offer.label not in seen:
                seen.add(offer.label)
                yield offer


def _keys(guide: Guide, cursor: Cursor, fields: dict[str, Field]) -> Iterator[_Offer]:
    """The keys that are not there yet, those first without which nothing goes, and directives last."""
    there = cursor.data if isinstance(cursor.data, dict) else {}
    left = {key: field for key, field in fields.items() if key not in there}
    for key, field in sorted(left.items(), key=lambda item: (item[0].startswith("$"), not item[1].required)):
        page = field_page(to_dotted((*cursor.path, key)), field)
        yield _Offer(key, _key(cursor, key, field.shape), CompletionItemKind.Property, page)
    if cursor.path and not there:
        for key, record in PLACEHOLDERS.items():
            if any(takes(spot.shape, key) for spot in guide.spots(cursor.path)):
                yield _Offer(key, _key(cursor, key, Text()), CompletionItemKind.Keyword, record.doc)


def _key(cursor: Cursor, key: str, shape: Shape) -> str:
    """A key as it is inserted: with what comes after it, so far as that is certain."""
    if cursor.is_json or cursor.quote:
        quoted = key if cursor.quote else json.dumps(key)
        return quoted if cursor.valued or cursor.quote else f"{quoted}: "
    if cursor.valued:
        return key
    options = alternatives(shape)
    if cursor.flow or not all(isinstance(option, (Record, Tagged, Items, Entries)) for option in options):
        return f"{key}: "
    deeper = f"\n{' ' * cursor.indent}{_STEP}"
    return f"{key}:{deeper}- " if isinstance(shape, Items) else f"{key}:{deeper}"


def _values(shape: Shape, spot: Spot, guide: Guide, cursor: Cursor, today: str) -> Iterator[_Offer]:
    """What may stand as a value of a shape."""
    field = spot.field
    default = None if field is None else field.default
    match shape:
        case Choice(values=values):
            for value in values:
                detail = "what counts where it is left out" if value == default else None
                yield _Offer(str(value), _plain(cursor, value), CompletionItemKind.EnumMember, detail=detail)
        case Text(known=str(catalogue)):
            yield from _catalogue(catalogue, guide, cursor, today)
        case Flag():
            for flag in (True, False):
                detail = "what counts where it is left out" if flag is default else None
                yield _Offer(json.dumps(flag), json.dumps(flag), CompletionItemKind.Value, detail=detail)
        case Number() | Text():
            examples = () if field is None else (*([] if default is None else [default]), *field.examples)
            short = [value for value in dict.fromkeys(map(json.dumps, examples)) if len(value) < 60]  # noqa: PLR2004 - a line
            for value in map(json.loads, short):
                if isinstance(value, (int, float)) or (isinstance(value, str) and " " not in value):
                    detail = "what counts where it is left out" if value == default else "for example"
                    yield _Offer(str(value), _plain(cursor, value), CompletionItemKind.Value, detail=detail)
        case Either(options=options):
            for option in options:
                yield from _values(option, spot, guide, cursor, today)
        case Items(items=items) if not cursor.quote:
            inner = [] if not isinstance(items, (Choice, Text)) else list(_values(items, spot, guide, cursor, today))
            for offer in inner:
                yield offer._replace(label=f"[{offer.label}]", text=f"[{offer.text}]")
        case Tagged(variants=variants, tag=tag) if not cursor.quote:
            for name, record in variants.items():
                text = json.dumps({tag: name}) if cursor.is_json else f"{{{tag}: {name}}}"
                yield _Offer(text, text, CompletionItemKind.Struct, " ".join(record.doc.split()))
    if field is not None and field.null == "yes" and shape is field.shape and not cursor.quote:
        yield _Offer("null", "null", CompletionItemKind.Value)
    if (
        shape is spot.shape
        and cursor.at == "value"
        and not cursor.quote
        and not any(str(step).startswith("$") for step in cursor.path)
    ):
        for key, record in PLACEHOLDERS.items():
            if takes(shape, key):
                text = f'{{"{key}": ""}}' if cursor.is_json else f"{{{key}: }}"
                yield _Offer(text, text, CompletionItemKind.Keyword, record.doc)


def _catalogue(catalogue: str, guide: Guide, cursor: Cursor, today: str) -> Iterator[_Offer]:
    """The names that the API lists, those last that no longer answer."""
    on = guide.revision or today
    listed = [(name, entry) for name, entry in entries(catalogue).items() if entry.listed(guide.revision)]
    for name, entry in sorted(listed, key=_newest, reverse=True):
        until: str | None = getattr(entry, "until", None)
        gone = until is not None and until <= on
        detail = None if until is None else f"{'shut down' if gone else 'will be shut down'} on {until}"
        yield _Offer(name, _plain(cursor, name), CompletionItemKind.EnumMember, detail=detail, gone=gone)


def _newest(item: tuple[str, Entry]) -> tuple[bool, bool, str]:
    """What puts the newest name first, but after it those that are to go, or are made for something else."""
    entry = item[1]
    return getattr(entry, "api", "realtime") == "realtime", getattr(entry, "until", None) is None, entry.since


def _plain(cursor: Cursor, value: Any) -> str:
    return _quoted(cursor, value) if isinstance(value, str) else json.dumps(value)


def _quoted(cursor: Cursor, text: str) -> str:
    """A text as it is written at the cursor: in JSON in quotes, if there are none yet."""
    return json.dumps(text, ensure_ascii=False) if cursor.is_json and not cursor.quote else text
