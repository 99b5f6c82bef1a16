"""docs/formats.md shows what is really printed.

After a change that is meant: CALLSHEET_GOLDEN=write pytest tests/test_formats_docs.py
"""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.cli import main
from callsheet.report import FORMATS

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parent.parent / "docs" / "formats.md"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
BLOCK = re.compile(r"(<!-- (?P<what>file|screen|result): (?P<of>.*?) -->\n```\w*\n)(?P<text>.*?)```", re.DOTALL)


def test_the_page_shows_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def shown(match: re.Match[str]) -> str:
        text = match["text"]
        if match["what"] == "file":
            Path(match["of"]).write_text(text, encoding="utf-8")
        else:
            program, *words = shlex.split(match["of"])
            assert program == "callsheet"
            main(words)
            text, err = capsys.readouterr()
            assert err == ""
        if match["what"] == "result":
            (result,) = json.loads(text)["runs"][0]["results"]
            del result["ruleIndex"]  # which a new rule moves
            text = json.dumps(result, indent=2) + "\n"
        return f"{match[1]}{text}```"

    written = BLOCK.sub(shown, page)
    if WRITE:
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written


def test_the_page_has_every_format() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert tuple(row.split("`")[1] for row in page.splitlines() if row.startswith("| `")) == FORMATS
    shown = {word for match in BLOCK.finditer(page) for word in match["of"].split() if word in FORMATS}
    assert shown == set(FORMATS) - {"full"}
