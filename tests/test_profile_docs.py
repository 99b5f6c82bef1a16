"""docs/profile.md: its files are valid profiles, and it leaves nothing out. `test_docs.py` runs it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.compose import _MAX_CHAIN, _MAX_FILES
from callsheet.lint import Linter, Options
from callsheet.project import Project
from callsheet.shape.directive import DIRECTIVES, PLACEHOLDERS
from callsheet.source.problem import MAX_BYTES, MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent.parent / "docs" / "profile.md"
BLOCK = re.compile(r"<!-- file: (?P<name>.*?) -->\n+```\w*\n(?P<text>.*?)```", re.DOTALL)
WRONG = {"desk.yaml", "fast.yaml"}


def files() -> Iterator[tuple[str, str]]:
    for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        yield match["name"], match["text"]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files of the page in a folder of their own."""
    for name, text in files():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def test_the_files_lint_clean_but_those_that_show_a_fault() -> None:
    linter = Linter(Options(today="2026-11-20"), Project())
    wrong = {name for name, text in files() if "/" not in name and linter.file(name, text.encode())}
    assert wrong == WRONG


def test_it_names_every_directive_and_every_limit() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert {
        key for key in (*DIRECTIVES.fields, *PLACEHOLDERS) if f"`{key}`" not in page and f"{{{key}: " not in page
    } == set()
    limits = (
        f"{MAX_BYTES // 1024**2} MiB in a file",
        f"{MAX_DEPTH} levels",
        f"{_MAX_FILES:,} files for a profile",
        f"{_MAX_CHAIN} may name one another",
    )
    assert [limit for limit in limits if limit not in " ".join(page.split())] == []
