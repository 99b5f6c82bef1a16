"""The table in docs/migrating.md is that of the facts."""

from __future__ import annotations

import os
import re
from pathlib import Path

from callsheet.facts.key import BETA_KEYS

PAGE = Path(__file__).parent.parent / "docs" / "migrating.md"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"


def table() -> str:
    rows = [
        f"| `{key.name}` | {f'`{key.path}`' if key.path else 'nothing'} | {key.note} |" for key in BETA_KEYS.values()
    ]
    return "\n".join(("| was | is | what is to be known |", "|---|---|---|", *rows))


def test_the_page_has_the_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    written = re.sub(r"(<!-- table -->\n\n).*?\n\n", lambda match: f"{match[1]}{table()}\n\n", page, flags=re.DOTALL)
    if WRITE:
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written
