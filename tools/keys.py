"""The table of the keys of a configuration, in docs/configuration.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.config.quote import toml
from callsheet.shape.configuration import CONFIGURATION
from callsheet.shape.shape import Choice, Entries, Flag, Items, Shape

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.shape.shape import Field

FILE = "docs/configuration.md"
_BEGIN, _END = "<!-- table of keys, by tools/generate.py -->\n", "<!-- end of the table -->\n"


def with_keys(root: Path) -> str:
    """The page with its table as it has to be now."""
    before, begin, rest = (root / FILE).read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"{FILE} says not where its table of keys stands")
    return f"{before}{begin}\n{_table()}\n{end}{after}"


def _table() -> str:
    rows = [f"| `{key}` | {_row(field)} |" for key, field in CONFIGURATION.fields.items()]
    return "\n".join(("| key | takes | what |", "|---|---|---|", *rows)) + "\n"


def _row(field: Field) -> str:
    said = [field.doc, *(f"Such as `{toml(example)}`." for example in field.examples)]
    if field.default not in (None, (), {}):
        said.append(f"Unset: `{toml(field.default)}`.")
    return f"{_takes(field.shape)} | {' '.join(said)}"


def _takes(shape: Shape) -> str:
    match shape:
        case Flag():
            return "`true` or `false`"
        case Choice(values=values):
            return ", ".join(f"`{toml(value)}`" for value in values)
        case Items():
            return "list of texts"
        case Entries():
            return "table of lists"
    return "text"
