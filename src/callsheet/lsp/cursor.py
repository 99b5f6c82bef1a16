"""Where somebody is writing, in a text that need not be whole: the path, what is there of the word, and what else is.

The parser is asked, not imitated: a mark takes the place of the word, as a key or as a value, and what follows gives
way where the text cannot be read with it. Then the mark is looked for in the data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from callsheet.source.document import Document, is_json, read_text
from callsheet.source.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.pointer import Path
    from callsheet.source.node import Node

_MARK = "\ue000callsheet\ue001"
"""Letters that nobody has a font for."""
_LONGEST = 262_144
"""In a text of more characters nobody is helped: every key pressed would cost seconds."""
_BEFORE = re.compile(r"""[^\s,\[\]{}"']*\Z""")
_AFTER = re.compile(r"""(?:[^\s,\[\]{}"':]|:(?=[^\s,\[\]{}"']))*""")
_NEW_LINE = re.compile(r"(?:\A|[\r\n])[ ]*(?:- +)*\Z")
"""What stands before a word that begins a line, or an entry of a list."""
_QUOTED = re.compile(r"""(?:^|[\s\[{,:])(["'])(?:(?!\1).)*\Z""")
"""A quote on the line before the cursor that has not been closed."""


class Cursor(NamedTuple):
    """A place in a text where something is written.

    `at` says whether that is a key or a value. `path` leads to the mapping that the key is in, or to the value;
    `document` is the text that could be read, whose data have the mark taken out. `start` and `end` are the word that
    is there already. `quote` is the quote that the word stands in, or "". `valued` says that a key has its colon.
    """

    path: Path
    at: Literal["key", "value"]
    document: Document
    word: str
    start: int
    end: int
    quote: str
    valued: bool
    flow: bool
    indent: int

    @property
    def data(self) -> Any:
        """The data at the path."""
        node = self.document.root
        for step in self.path:
            node = node and node.child(step)
        return None if node is None else node.value

    @property
    def is_json(self) -> bool:
        """Whether the text is JSON."""
        return is_json(self.document.text)


def cursor_at(path: str, content: str, offset: int) -> Cursor | None:
    """What is written at an offset of a text; None where it is no key and no short value, as in a comment."""
    if len(content) > _LONGEST or _MARK in content:
        return None
    before = _BEFORE.search(content, max(0, offset - 500), offset)
    after = _AFTER.match(content, offset)
    start = before.start() if before else offset
    end = after.end() if after else offset
    json = is_json(Text(path, content))
    line = content[max(content.rfind("\n", 0, start), content.rfind("\r", 0, start)) + 1 : start]
    quoted = _QUOTED.search(line)
    quote = quoted[1] if quoted else ""
    rest = content[end:]
    valued = re.match(r"""["']?[ \t]*:(?=\s|\Z|["'\[{])""", rest) is not None
    new_line = _NEW_LINE.search(content[:start]) is not None
    for attempt in _attempts(content[:start], rest, quote, json=json, new_line=new_line):
        document = read_text(Text(path, attempt))
        if document.root is None:
            continue
        found = _find(document.root)
        if found is None:
            return None
        where, at, holder = found
        column = holder.text.location(holder.start).column - 1
        _clean(document.root)
        flow = json or attempt[holder.start : holder.start + 1] in {"{", "["}
        return Cursor(where, at, document, content[start:end], start, end, quote, valued, flow, column)
    return None


def _attempts(head: str, rest: str, quote: str, *, json: bool, new_line: bool) -> Iterator[str]:
    """The text with the mark in it, in the ways in which it may be meant, the likeliest first."""
    closing = rest[1:] if quote and rest.startswith(quote) else rest
    opened = "" if quote or not json else '"'
    shut = quote or opened
    break_ = re.search(r"[\r\n]", rest)
    later = rest[break_.start() :] if break_ else ""
    brackets = _open(head, json=json)
    value = f"{opened}{_MARK}{shut}"
    key = f"{value}: null" if json else f"{value}: ~"
    forms = [key, value] if new_line and not json else [value, key]
    for tail in (closing, f"{brackets}{later}" if not json else f", {closing}", later, brackets):
        for form in forms:
            yield f"{head}{form}{tail}"


def _open(head: str, *, json: bool) -> str:
    """What would close the brackets that are open: those of the line, in JSON of all of it."""
    text = head if json else head[max(head.rfind("\n"), head.rfind("\r")) + 1 :]
    text = re.sub(r'"(?:[^"\\\n]|\\.)*"', "", text)
    pending: list[str] = []
    for letter in text:
        if letter in "[{":
            pending.append("]" if letter == "[" else "}")
        elif letter in "]}" and pending:
            pending.pop()
    return "".join(reversed(pending))


def _find(root: Node) -> tuple[Path, Literal["key", "value"], Node] | None:
    """Where the mark is, and the collection that holds it."""
    pending: list[tuple[Path, Node, Node]] = [((), root, root)]
    while pending:
        path, node, holder = pending.pop()
        if node.value == _MARK:
            return path, "value", holder
        if isinstance(node.children, dict):
            if _MARK in node.children:
                return path, "key", node
            pending += [((*path, key), child, node) for key, child in node.children.items()]
        elif isinstance(node.children, list):
            pending += [((*path, index), child, node) for index, child in enumerate(node.children)]
    return None


def _clean(root: Node) -> None:
    """Take the mark out of the data, which every node shares with those below it."""
    pending: list[Any] = [root.value]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            value.pop(_MARK, None)
            for key in [key for key, held in value.items() if held == _MARK]:
                value[key] = None
            pending += value.values()
        elif isinstance(value, list):
            value[:] = [None if held == _MARK else held for held in value]
            pending += value
