"""How TOML writes a value."""

from __future__ import annotations

import json
from typing import Any


def toml(value: Any) -> str:
    """A value on one line: a truth value, a text, a list or a table of these."""
    match value:
        case dict():
            inner = ", ".join(f"{toml(key)} = {toml(item)}" for key, item in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
