"""Data as text, in the style of what stands beside it."""

from __future__ import annotations

import json
import re

from callsheet.named_tuple import NamedTuple
from callsheet.source.scalar import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_PLAIN = re.compile(r"[A-Za-z_$][\w./@+$-]*(?: [\w./@+$-]+)*\Z", re.ASCII)
_WITH_COLONS = re.compile(r"[A-Za-z_][\w./@+:-]*[\w/]\Z", re.ASCII)
"""`tel:+14155550123`, which needs no quotes outside of brackets."""
_SINGLE = re.compile(r"[ -~]*\Z")


class Style(NamedTuple):
    """How to write: the quotes around texts and around keys ("" for none), those where some are needed, separators."""

    json: bool
    quote: str = ""
    key_quote: str = ""
    needed: str = '"'
    colon: str = ": "
    comma: str = ", "


def quote_of(raw: str) -> str:
    """The quotes that a text stands in."""
    return raw[:1] if raw[:1] in {'"', "'"} else ""


def common_quote(raws: Iterable[str]) -> str:
    """The quotes that all of some texts stand in."""
    quotes = {quote_of(raw) for raw in raws}
    return quotes.pop() if len(quotes) == 1 else ""


def written(value: Any, style: Style, *, flow: bool = True) -> str:
    """The value on one line; `flow` says that brackets stand around it."""
    match value:
        case str():
            return text(value, style.quote, style, flow=flow)
        case dict():
            pairs = (f"{key(name, style)}{style.colon}{written(item, style)}" for name, item in value.items())
            return "{" + style.comma.join(pairs) + "}"
        case list():
            return "[" + style.comma.join(written(item, style) for item in value) + "]"
    return json.dumps(value)


def key(name: str, style: Style) -> str:
    """A key."""
    return text(name, style.key_quote, style, flow=True)


def text(value: str, quote: str, style: Style, *, flow: bool) -> str:
    """A text, in quotes where these are wanted or needed."""
    if not style.json:
        plain = _PLAIN.match(value) or (not flow and _WITH_COLONS.match(value))
        if not quote and plain and _is_text(value):
            return value
        if (quote or style.needed) == "'" and _SINGLE.match(value):
            return "'" + value.replace("'", "''") + "'"
    quoted = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def is_text(raw: str) -> bool:
    """Whether what is written is a text on its line, so that its quotes, or their lack, say something."""
    return raw[:1] in {'"', "'"} or (raw[:1].isalpha() and _is_text(raw))


def _is_text(value: str) -> bool:
    return isinstance(resolve(value, 0, 0), str)
