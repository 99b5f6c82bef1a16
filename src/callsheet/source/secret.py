"""Where a document holds what must never be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.diagnostic import Span
from callsheet.redact import is_secret_key, names_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

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
                if names_headers(key) and isinstance(child.children, dict):
                    for header in (*child.children.values(), *(lost for _, lost in child.lost or ())):
                        yield from _hidden(header)
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
