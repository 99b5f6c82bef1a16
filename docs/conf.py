"""The site: the pages of this folder as HTML, by Sphinx.

    pip install -e '.[docs]' && sphinx-build -W docs build/site

The order of the pages stands in index.md, under "All pages". Nothing is fetched when the site is read: it has no fonts
and no scripts but its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.transforms import Transform
from pygments.lexer import RegexLexer, bygroups
from pygments.token import Generic

from callsheet.version import __version__

if TYPE_CHECKING:
    from typing import ClassVar

    from sphinx.application import Sphinx

project = "callsheet"
author = "the callsheet contributors"
version = release = __version__

extensions = ["myst_parser"]
myst_heading_anchors = 3  # as forges make them, so that one link serves both
root_doc = "index"
nitpicky = True
smartquotes = False  # what is quoted is mostly code
suppress_warnings = ["misc.highlighting_failure"]  # rules.md shows texts that are no YAML

html_theme = "furo"
html_title = "callsheet"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_use_index = False

_LISTED = re.compile(r"^### (?P<caption>.+)$|^\* \[.*?\]\((?P<page>[\w-]+)\.md\)", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="(?P<name>[^"]+)">')


def _with_order(_app: Sphinx, page: str, source: list[str]) -> None:
    """Give the site its order: that of the links under "All pages"."""
    if page != root_doc:
        return
    trees: dict[str, list[str]] = {}
    caption = ""
    for match in _LISTED.finditer(source[0].partition("\n## All pages\n")[2]):
        caption = match["caption"] or caption
        if match["page"]:
            trees.setdefault(caption, []).append(match["page"])
    for title, pages in trees.items():
        listed = "\n".join(pages)
        source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n{listed}\n```\n"


class Anchors(Transform):
    """Anchors that a page writes out as HTML become targets that links are checked against."""

    default_priority = 10  # before links look for what they mean

    def apply(self) -> None:
        """Put a target in the place of each paragraph that is nothing but an anchor."""
        for paragraph in list(self.document.findall(nodes.paragraph)):
            match paragraph.children:
                case [nodes.raw() as opening, nodes.raw()] if anchor := _ANCHOR.fullmatch(opening.astext()):
                    target = nodes.target("", "", ids=[anchor["name"]], names=[anchor["name"]])
                    self.document.note_explicit_target(target, target)
                    paragraph.replace_self(target)


class Console(RegexLexer):
    """Commands and what they print; the lexer of this name in Pygments takes a line with `#` for a command, too."""

    name = "console"
    tokens: ClassVar = {"root": [(r"(\$ )(.*\n)", bygroups(Generic.Prompt, Generic.Strong)), (r".*\n", Generic.Output)]}


def setup(app: Sphinx) -> dict[str, bool]:
    """What this site adds to Sphinx."""
    app.connect("source-read", _with_order)
    app.add_transform(Anchors)
    app.add_lexer("console", Console)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
