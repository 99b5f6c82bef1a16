"""A list in JSON with one entry on each line: quick to write, and for `grep` and `diff` to read."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any


def rows(entries: Iterable[dict[str, Any]], indent: str = "") -> Iterator[str]:
    """The pieces of the list, whose own brackets stand at an indent."""
    before = f"[\n{indent}  "
    empty = "[]"
    for entry in entries:
        yield before + json.dumps(entry)  # which is written in C, as long as it is not indented
        before, empty = f",\n{indent}  ", f"\n{indent}]"
    yield empty
