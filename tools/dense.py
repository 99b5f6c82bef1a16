"""JSON that is small, can be read, and shows a change as a change of few lines."""

from __future__ import annotations

import json
from typing import Any

_WIDTH = 120
_BESIDE = 90
"""How many letters may stand beside a value that is broken into lines, before each of them gets a line as well."""


def dense(data: Any) -> str:
    """The text: what fits into a line stands in one, and only the longest part of an object is broken."""
    return _value(data, 0) + "\n"


def _value(data: Any, depth: int) -> str:
    line = _line(data)
    if depth + len(line) < _WIDTH or not data or not isinstance(data, (dict, list)):
        return line
    opening, closing = "{}" if isinstance(data, dict) else "[]"
    heads = [f"{_line(key)}: " for key in data] if isinstance(data, dict) else [""] * len(data)
    parts = list(zip(heads, data.values() if isinstance(data, dict) else data, strict=True))
    sizes = [len(head) + len(_line(part)) for head, part in parts]
    longest = sizes.index(max(sizes))
    if sum(sizes) - sizes[longest] < _BESIDE:
        said = (_value(part, depth) if index == longest else _line(part) for index, (_, part) in enumerate(parts))
        return opening + ", ".join(head + text for head, text in zip(heads, said, strict=True)) + closing
    inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
    return opening + ",".join(inner + head + _value(part, depth + 1) for head, part in parts) + outer + closing


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
