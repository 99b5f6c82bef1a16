"""Where a document holds what must never be shown."""

from __future__ import annotations

from callsheet.diagnostic import Span
from callsheet.redact import is_secret_key, key_blocks, mask, mask_header, names_headers
from callsheet.source.node import LOST_KEY, UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.source.node import Node
    from callsheet.source.text import Text

_REFERENCES = ("$env", "$file")
"""Keys of a mapping that names a secret and does not hold it."""
_MCP_KEYS = frozenset({
    "type", "server_label", "server_url", "connector_id", "tunnel_id", "server_description", "authorization", "headers",
    "allowed_tools", "allowed_callers", "require_approval", "defer_loading", "name",
})  # fmt: skip
"""What the API knows in an MCP tool, or in the choice of one. Any other key there may be a misspelt credential."""


def secret_spans(node: Node) -> Iterator[tuple[Text, Span]]:
    """Where all values stand that their key makes a secret: credentials, and every header."""
    match node.children:
        case dict() as members:
            is_mcp = isinstance(node.value, dict) and (node.value.get("type") == "mcp" or "server_label" in members)
            for key, child in (*members.items(), *(node.lost or ())):
                if key == LOST_KEY:  # which may have said that it is one
                    yield from _hidden(child)
                elif names_headers(key) and isinstance(child.children, dict):
                    for name, (text, start, end) in (child.keys or {}).items():
                        if mask_header(name) != name:
                            yield text, Span(start, end)
                    for header in (*child.children.values(), *(lost for _, lost in child.lost or ())):
                        yield from _hidden(header)
                elif key == "client_secret" and _is_lifetime(child):
                    yield from secret_spans(child)
                elif is_secret_key(key):
                    if not (key.lower().endswith("tokens") and _is_number(child)):
                        yield from _hidden(child)
                elif is_mcp and key and key not in _MCP_KEYS:
                    if not _is_number(child):
                        yield from _hidden(child)
                else:
                    yield from secret_spans(child)
        case list() as items:
            for item in items:
                yield from secret_spans(item)


def _is_lifetime(node: Node) -> bool:
    """Whether a client secret is one that is asked for: all that is said of it is when it expires."""
    return isinstance(node.children, dict) and all(key.startswith("expires") for key in node.children)


def _is_number(node: Node) -> bool:
    return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)


def _hidden(node: Node) -> Iterator[tuple[Text, Span]]:
    """All of a value: its keys, its brackets and its comments, and what its aliases lead to."""
    match node.children:
        case dict() as members:
            is_reference = any(name in members for name in _REFERENCES)
            if not is_reference:
                yield node.text, node.span
            for key, child in (*members.items(), *(node.lost or ())):
                if is_reference and key in _REFERENCES:
                    continue
                mark = (node.keys or {}).get(key)
                if mark is not None and key != "default":
                    yield mark[0], Span(*mark[1:])
                yield from _hidden(child)
        case list() as items:
            yield node.text, node.span
            for item in items:
                yield from _hidden(item)
        case None if node.value is not None and not isinstance(node.value, bool):
            yield node.text, node.span


HIDDEN = "***"
"""What stands for a credential in data that is shown."""


def masked(value: Any) -> Any:
    """Data of a body as it may be shown: what `secret_spans` hides as asterisks, what the environment gives as `$NAME`.

    It keeps its form, but that a placeholder becomes a text.
    """
    match value:
        case dict() if isinstance(value.get("$env"), str) and value.keys() <= {"$env", "default"}:
            return f"${mask(value['$env'])}"
        case dict():
            is_mcp = value.get("type") == "mcp" or "server_label" in value
            return {mask(key): _member(key, item, is_mcp=is_mcp) for key, item in value.items()}
        case list():
            return [masked(item) for item in value]
        case str():
            for start, end in reversed(key_blocks(value)):
                value = value[:start] + HIDDEN + value[end:]
            return mask(value)
    return "(unreadable)" if value is UNREADABLE else value


def _member(key: str, value: Any, *, is_mcp: bool) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if names_headers(key) and isinstance(value, dict):
        return {mask_header(name): _blank(header) for name, header in value.items()}
    if is_secret_key(key):
        return value if is_number and key.lower().endswith("tokens") else _blank(value)
    if is_mcp and key not in _MCP_KEYS and not is_number:
        return _blank(value)
    return masked(value)


def _blank(value: Any) -> Any:
    """What is shown in place of a secret; that it comes from elsewhere, is on, or is not there may be said."""
    if isinstance(value, dict) and isinstance(value.get("$env"), str):
        return f"${mask(value['$env'])}"
    if isinstance(value, dict) and isinstance(value.get("$file"), str):
        return {"$file": value["$file"]}
    return value if value is None or isinstance(value, bool) else HIDDEN
