"""The documentation is true: files, commands, programs and screens of README.md and of every page in docs/.

After a change that is meant: CALLSHEET_GOLDEN=write pytest tests/test_docs.py
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from callsheet.batch.work import MANY, SEVERAL
from loopback import KEY, Loopback
from page import ROOT, Wrong, is_written_by_hand, performed, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ELSEWHERE = {
    "ci.md": "test_ci_docs.py",
    "editors.md": "test_editors_docs.py",
    "formats.md": "test_formats_docs.py",
    "testing.md": "test_testing.py",
}
"""Pages whose examples another test runs, by the name of its file: they need more than a folder and a shell."""
DONE = [page for page in PAGES if is_written_by_hand(page) and page.name not in ELSEWHERE]
LINK = re.compile(r"\]\((?P<target>[^)\s#]*)(?:#(?P<anchor>[^)\s]*))?\)")


@pytest.fixture(scope="module")
def service() -> Iterator[dict[str, str]]:
    """The environment of somebody with a key; the API is on loopback."""
    with Loopback() as api:
        yield {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": api.url}


@pytest.mark.parametrize("page", DONE, ids=lambda page: page.name)
def test_a_page_shows_what_happens(page: Path, tmp_path: Path, service: dict[str, str]) -> None:
    real = performed(written(page), tmp_path / "here", service)
    if WRITE:
        page.write_text(real, encoding="utf-8")
    assert written(page) == real


@pytest.mark.parametrize("page", [page.name for page in PAGES if page.name in ELSEWHERE])
def test_a_page_that_is_held_elsewhere_is(page: str) -> None:
    assert f'"{page}"' in (ROOT / "tests" / ELSEWHERE[page]).read_text(encoding="utf-8")


def test_from_how_many_files_on_things_are_otherwise() -> None:
    said = f"from {SEVERAL} files up several processes, from {MANY} up a cache"
    assert said in written(ROOT / "docs" / "many-files.md")


def test_there_is_something_to_show() -> None:
    assert sum(len(re.findall("^(?:<!-- screen: |[$] )", written(page), re.MULTILINE)) for page in DONE) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Read as files: the site has a check of its own."""
    for match in LINK.finditer(re.sub(r"```.*?```|`[^`\n]*`", "", written(page), flags=re.DOTALL)):
        target, anchor = match["target"], match["anchor"]
        if "://" in target:
            continue
        path = page.parent / target if target else page
        assert path.exists(), match[0]
        if anchor:
            assert anchor in anchors(path), match[0]


def anchors(page: Path) -> set[str]:
    """What a link may name: headings as forges spell them, and anchors that are written out."""
    text = written(page)
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)"></a>', text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```sh\ntrue\n```\n", "says not what it is"),
        ("<!-- not run -->\n```sh\ntrue\n```\n", "says not what it is"),
        ("Look:\n\n    callsheet lint\n", "only indented"),
        ("<!-- run -->\n```sh\nfalse\n```\n", "ended with 1"),
        ("<!-- run -->\n```python\nassert 1 > 2\n```\n", "AssertionError"),
        ("<!-- run -->\n```ruby\nputs 1\n```\n", "nothing runs"),
        ("<!-- screen: false -->\n```text\n```\n<!-- status: 0 -->\n", "ended with 1"),
        ("```console\ncallsheet lint\n```\n", "begins with a command"),
        ("<!-- status: 0 -->\n```sh\nfalse\n```\n", "stands alone"),
        ("<!-- quietly: exit 3 -->\n", "ended with 3"),
        ("<!-- copy: profiles -->\n```sh\ntrue\n```\n", "stands alone"),
    ],
)
def test_a_page_that_shows_something_else_is_told(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=said):
        performed(text, tmp_path / "here", {})


def test_a_screen_is_taken_from_what_is_printed(tmp_path: Path) -> None:
    text = (
        "<!-- file: a/b.txt -->\n```text\nhello\n```\n\n<!-- screen: cat a/b.txt; echo oh >&2 -->\n```text\n{}```\n"
        "```console\n$ cat a/b.txt\n{}$ true  # quiet\n```\n\n"
        "<!-- run: twice -->\n```python\nprint(6 * 7)\n```\n\n<!-- printed -->\n```text\n{}```\n"
    )
    real = text.format("hello\noh\n", "hello\n", "42\n")
    assert performed(text.format("", "", "43\n"), tmp_path / "here", {}) == real
