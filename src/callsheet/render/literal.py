"""JSON values as Python writes them, in the manner of its formatters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callsheet.pointer import Path
    from callsheet.template import Variable

_WIDEST = 88
STEP = "    "
"""One step to the right."""


def literal(value: Any, path: Path, open_: Mapping[Path, Variable], column: int = 0, indent: str = "") -> str:
    """An expression for a value, whose first line starts at a column and whose others are indented.

    What is open is taken from `os.environ` when the expression is evaluated.
    """
    if path in open_:
        return _variable(open_[path])
    if isinstance(value, str):
        return _text(value, indent)
    if not isinstance(value, (dict, list)):
        return repr(value)
    start, end = "{}" if isinstance(value, dict) else "[]"
    inner = indent + STEP
    entries = []
    for step, item in value.items() if isinstance(value, dict) else enumerate(value):
        name = f"{quoted(step)}: " if isinstance(step, str) else ""
        entries.append(name + literal(item, (*path, step), open_, len(inner + name), inner))
    return wrapped(start, entries, end, column, indent)


def wrapped(start: str, entries: Iterable[str], end: str, column: int = 0, indent: str = "") -> str:
    """Entries between brackets: on one line if there is room, else each on its own."""
    entries = list(entries)
    flat = start + ", ".join(entries) + end
    if column + len(flat) < _WIDEST and "\n" not in flat:
        return flat
    return f"{start}\n" + "".join(f"{indent}{STEP}{entry},\n" for entry in entries) + indent + end


def quoted(text: str) -> str:
    """A text as Python writes it between double quotes. What JSON escapes, Python reads alike."""
    escaped = json.dumps(text, ensure_ascii=False)
    if escaped.isprintable():
        return escaped
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in escaped
    )


def _text(text: str, indent: str) -> str:
    """A text of several lines has several lines here, too."""
    lines = text.splitlines(keepends=True)
    if len(lines) < 2:  # noqa: PLR2004 - one line is one literal
        return quoted(text)
    return "(\n" + "".join(f"{indent}{STEP}{quoted(line)}\n" for line in lines) + indent + ")"


def _variable(variable: Variable) -> str:
    name = quoted(variable.name)
    return f"os.environ[{name}]" if variable.default is None else f"os.environ.get({name}, {quoted(variable.default)})"
