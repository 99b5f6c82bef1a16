"""docs/migrating.md shows what really comes out, and its table is that of the facts."""

from __future__ import annotations

import os
import re
from pathlib import Path

from callsheet.facts.key import BETA_KEYS
from callsheet.migrate.outcome import outcome
from callsheet.migrate.plan import Wishes

PAGE = Path(__file__).parent.parent / "docs" / "migrating.md"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
BLOCK = r"(<!-- {}: desk.yaml.*? -->\n```\w*\n)(.*?)```"


def block(what: str, page: str) -> str:
    match = re.search(BLOCK.format(what), page, re.DOTALL)
    assert match is not None
    return match[2]


def replaced(what: str, page: str, text: str) -> str:
    return re.sub(BLOCK.format(what), lambda match: f"{match[1]}{text}```", page, flags=re.DOTALL)


def table() -> str:
    rows = [
        f"| `{key.name}` | {f'`{key.path}`' if key.path else 'nothing'} | {key.note} |" for key in BETA_KEYS.values()
    ]
    return "\n".join(("| was | is | what is to be known |", "|---|---|---|", *rows))


def test_the_page_shows_what_comes_out() -> None:
    page = PAGE.read_text(encoding="utf-8")
    came = outcome("desk.yaml", block("before", page).encode(), Wishes(models=True, today="2026-11-20"))
    assert came.after is not None
    assert not came.findings
    written = replaced("after", page, came.after.decode())
    written = replaced("said", written, "".join(f"{line}\n" for line in came.said))
    written = re.sub(r"(<!-- table -->\n\n).*?\n\n", lambda match: f"{match[1]}{table()}\n\n", written, flags=re.DOTALL)
    if WRITE:
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written
