"""Where a document holds what must never be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.redact import is_secret_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Span
    from callsheet.source.node import Node


def secret_spans(node: Node) -> Iterator[Span]:
    """The spans of all values that their key makes a secret: credentials, and every header."""
    match node.children:
        case dict() as members:
            for key, child in (*members.items(), *(node.lost or ())):
                if is_secret_key(key):
                    yield from _texts(child)
                else:
                    yield from secret_spans(child)
        case list() as items:
            for item in items:
                yield from secret_spans(item)


def _texts(node: Node) -> Iterator[Span]:
    match node.children:
        case dict() as members:
            for key, child in (*members.items(), *(node.lost or ())):
                if key not in ("$env", "$file"):  # those name a secret, they do not hold it
                    yield from _texts(child)
        case list() as items:
            for item in items:
                yield from _texts(item)
        case None if node.value is not None and not isinstance(node.value, bool):
            yield node.span
