"""The text of a flat body, moved to today's shape: comments go with their keys, and values stay as they are written."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.migrate.arrange import arranged
from callsheet.migrate.cut import Cutter
from callsheet.migrate.piece import BREAK
from callsheet.migrate.plain import changed, moved
from callsheet.migrate.plan import plan as planned
from callsheet.migrate.sheet import Sheet
from callsheet.migrate.todo import CannotMove, Todo
from callsheet.source.comment import comments
from callsheet.source.document import read_text
from callsheet.source.edit import edited
from callsheet.source.text import Text

if TYPE_CHECKING:
    from callsheet.migrate.change import Plan
    from callsheet.migrate.piece import Part, Piece
    from callsheet.migrate.plan import Wishes
    from callsheet.source.document import Document
    from callsheet.source.layout import Written
    from callsheet.source.node import Node

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")
_MODELINE = re.compile(r"#.*\$schema=")


class Migrated(NamedTuple):
    """A text in today's shape, and the plan by which it got there."""

    content: str
    plan: Plan


def migrate(document: Document, wishes: Wishes | None = None) -> Migrated:
    """The text of a document in today's shape.

    Raises NotFlat where nothing is flat, and CannotMove where its parts cannot be moved without loss. The document
    has to be without faults.
    """
    root = document.root
    if root is None or document.faults:
        raise CannotMove("the text has faults; mend them first")
    plan = planned(root.value, wishes)
    expected = moved(root.value, plan)
    end = BREAK.search(document.text.content)
    for inline in (False, True):
        content = _Mover(document.text, root, plan, inline=inline).content()
        for candidate in (content, content + (end[0] if end else "\n")):
            if _holds(document.text, candidate, expected):
                return Migrated(candidate, plan)
    raise CannotMove(
        "it is written in a way that cannot be moved without loss; write aliases and merged keys out first"
    )


def _holds(before: Text, content: str, expected: dict[str, Any]) -> bool:
    """Whether a text says what is expected, and has every comment."""
    after = read_text(Text(before.path, content))
    if after.root is None or after.faults:
        return False
    if json.dumps(after.root.value, sort_keys=True) != json.dumps(expected, sort_keys=True):
        return False
    lost = Counter(comment.content for comment in comments(before))
    lost.subtract(comment.content for comment in comments(after.text))
    return all(count <= 0 for count in lost.values())


class _Mover:
    """Puts the pieces of one text together again."""

    def __init__(self, text: Text, root: Node, plan: Plan, *, inline: bool) -> None:
        self.text = text
        self.root = root
        self.plan = plan
        self.sheet = Sheet(text, root)
        todo = Todo(plan.changes, changed(root.value, plan))
        self.cutter = Cutter(self.sheet, todo, plan.at, self._arranged, inline=inline)

    def content(self) -> str:
        """The text in today's shape."""
        sheet, cutter = self.sheet, self.cutter
        top = sheet.layout.top
        content = edited(self.text.content, cutter.edits(top, self.root, (), self._header(top)))
        if cutter.floating:
            at = sheet.line_start(top.start)
            lines = "".join(comment + sheet.newline for comment in cutter.floating)
            content = content[:at] + lines + content[at:]
        return content

    def _arranged(self, pieces: list[Piece], colon: str) -> list[Part]:
        """The settings of the session where they belong."""
        kind = "" if self.plan.kind is None else colon + self.sheet.new(self.plan.kind)
        return arranged(pieces, self.plan, self.sheet.style, kind)

    def _header(self, top: Written) -> int | None:
        """Where the lines of the session start; what stands above is about the whole file and stays there."""
        sheet = self.sheet
        if top.flow or not top.entries or self.plan.at:
            return None
        content = sheet.content
        begin, first = sheet.begin(top), sheet.line_start(sheet.start(top.entries[0]))
        lines = _LINE.findall(content, begin, first)
        blank = max((number for number, line in enumerate(lines) if not line.strip()), default=-1)
        name = sheet.names(self.root).get(top.entries[0].start, "")
        stays = name in ("type", "model") or name.startswith(("$", "x-"))
        if blank < 0 and stays:
            blank = len(lines) - 1
        modeline = max((number for number, line in enumerate(lines) if _MODELINE.match(line.strip())), default=-1)
        return begin + sum(map(len, lines[: max(blank, modeline) + 1]))
