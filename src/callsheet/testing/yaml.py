"""Data as YAML, in all the ways that people write it and emitters do not.

Comments, anchors, merge keys, explicit keys, pairs in flow lists, values left out, texts in every style.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

_SELDOM, _OFTEN = 0.15, 0.7
_BYTE, _LONG = 0x100, 0x10000
"""The first characters that do not fit into the two shorter escapes."""
_PLAIN = re.compile(r"[A-Za-z]([A-Za-z0-9_ .-]*[A-Za-z0-9_.-])?\Z")
_MEANT = {"null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"}
_SHORT = {
    "\n": "\\n",
    "\t": "\\t",
    '"': '\\"',
    "\\": "\\\\",
    "/": "\\/",
    "\u0085": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}
_RAW = re.compile("[\t\n -~\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*\\Z")


class Writer:
    """Writes data as YAML, one random choice after the other."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.anchors: dict[str, str] = {}
        self.names = 0
        self.open_end = False
        """Whether the text so far ends in a text block, to which an empty line, or the lack of one, would matter."""

    def document(self, data: dict[str, Any]) -> str:
        """The text of the data."""
        content = self.any("# c\n", "\n", "---\n", "%YAML 1.2\n---\n", "--- # c\n", "", "", "")
        content += self.mapping(data, 0) if data and self.often() else self.flow(data, 1) + "\n"
        if not self.open_end:
            content += self.any("...\n", "# c\n", "\n", "  # c", "", "")
            if self.seldom():
                content = content.rstrip("\n")
        return content.replace("\n", self.any("\n", "\n", "\r\n", "\r"))

    def any(self, *choices: str) -> str:
        """One of several ways."""
        return self.random.choice(choices)

    def seldom(self) -> bool:
        """True now and then."""
        return self.random.random() < _SELDOM

    def often(self) -> bool:
        """True more often than not."""
        return self.random.random() < _OFTEN

    def mapping(self, data: dict[str, Any], indent: int) -> str:
        """The entries of a mapping, each on lines of its own, from `indent` on."""
        content = ""
        merged = {key: data[key] for key in data if self.seldom()} if self.seldom() else {}
        if merged:
            content += " " * indent + "<<: " + self.merged(merged, indent + 1) + "\n"
        for key, value in data.items():
            if key in merged and self.often():
                continue
            content += self.between(indent)
            if self.seldom():
                content += " " * indent + "? " + self.key(key) + self.end_of_line() + " " * indent + ":"
            else:
                content += " " * indent + self.key(key) + self.any("", "", " ") + ":"
            content += self.entry(value, indent, of_list=False)
        return content

    def merged(self, data: dict[str, Any], indent: int) -> str:
        """What a merge key brings: one mapping, or two of which the first is the stronger."""
        if self.often():
            return self.flow_mapping(data, indent)
        weak = {key: "overruled" for key in data if self.seldom()}
        return f"[{self.flow_mapping(data, indent)}, {self.flow_mapping(weak, indent)}]"

    def sequence(self, data: list[Any], indent: int) -> str:
        """The entries of a list, each on lines of its own, from `indent` on."""
        content = ""
        for value in data:
            content += self.between(indent) + " " * indent + "-" + self.entry(value, indent, of_list=True)
        return content

    def between(self, indent: int) -> str:
        """What stands between two entries: mostly nothing, else an empty line or a comment."""
        if self.open_end:
            self.open_end = False
            return self.any("", "", " " * indent + "# c\n")
        return self.any("", "", "", "\n", "# c\n", " " * indent + "# c\n", "  \n")

    def end_of_line(self) -> str:
        """The end of a line, behind a comment or spaces."""
        return self.any("\n", "\n", " \n", " # c\n", "  # c: [\n")

    def entry(self, value: Any, indent: int, *, of_list: bool) -> str:
        """A value after its `:` or its `-`, to the end of its last line."""
        alias = self.anchors.get(json.dumps(value))
        if alias and self.often():
            return f" *{alias}{self.end_of_line()}"
        name = self.name() if self.seldom() else ""
        before = f" &{name}" if name else ""
        if isinstance(value, (dict, list)) and value and self.often():
            inner = indent + self.random.choice((1, 2, 4))
            if isinstance(value, list):
                inner = indent if not of_list and self.often() else inner
                body = self.sequence(value, inner)
            else:
                body = self.mapping(value, inner)
            compact = (
                of_list
                and not name
                and inner > indent + 1
                and body.startswith(" " * inner)
                and body.lstrip(" ")[0] not in "#\n"
            )
            body = body[indent + 1 :] if compact else before + self.end_of_line() + body
        elif value is None and self.often():
            body = before + self.end_of_line()
        elif isinstance(value, str) and _RAW.match(value) and self.often() and not value.startswith("\ufeff"):
            body = before + " " + self.block(value, indent)
        else:
            body = before + self.any(" ", " ", "  ", "\n" + " " * (indent + 1)) + self.flow(value, indent + 1)
            body += self.end_of_line()
        if name:
            self.anchors[json.dumps(value)] = name
        return body

    def name(self) -> str:
        """The name of a new anchor."""
        self.names += 1
        return f"x{self.names}"

    def block(self, value: str, indent: int) -> str:
        """A literal text block."""
        inner = self.random.choice((1, 2, 3))
        first = value.lstrip("\n")[:1]
        header = str(inner) if first in {" ", "\t"} or self.seldom() else ""
        chomped = "" if value.endswith("\n") and value.strip("\n") and not value.endswith("\n\n") else "-"
        if value.endswith("\n\n") or (value and not value.strip("\n")):
            chomped = "+"
        lines = value.removesuffix("\n").split("\n") if value else []
        body = "".join((" " * (indent + inner) + line if line else "") + "\n" for line in lines)
        self.open_end = True
        return "|" + self.any(header + chomped, chomped + header) + self.any("", "", " # c", " ") + "\n" + body

    def flow(self, value: Any, indent: int) -> str:
        """A value that may stand on one line; where it is broken, the next line starts at `indent`."""
        if isinstance(value, dict):
            return self.flow_mapping(value, indent)
        if isinstance(value, list):
            items = [
                self.pair(*next(iter(item.items())), indent)
                if isinstance(item, dict) and len(item) == 1 and self.often()
                else self.flow(item, indent)
                for item in value
            ]
            return "[" + self.joined(items, indent) + "]"
        if isinstance(value, str):
            return self.text(value, indent)
        return self.other(value)

    def flow_mapping(self, data: dict[str, Any], indent: int) -> str:
        """A mapping in braces."""
        return "{" + self.joined([self.pair(key, value, indent) for key, value in data.items()], indent) + "}"

    def pair(self, key: str, value: Any, indent: int) -> str:
        """A key and its value within braces or brackets."""
        start = "? " if self.seldom() else ""
        if value is None and self.often():
            return start + self.key(key) + ": "
        return start + self.key(key) + ":" + self.any(" ", "  ", "\n" + " " * indent) + self.flow(value, indent)

    def joined(self, items: list[str], indent: int) -> str:
        """Entries with commas, spaces, line breaks and comments between them."""

        def gap() -> str:
            return self.any("", "", " ", " ", "\n" + " " * indent, " # c, ]}\n" + " " * indent)

        body = ",".join(gap() + item + gap() for item in items)
        return body + ("," + gap() if items and self.seldom() else "")

    def key(self, key: str) -> str:
        """A key, which stays on its line."""
        return self.text(key, None)

    def text(self, value: str, indent: int | None) -> str:
        """A text, plain or quoted; with an indent it may be broken into lines."""
        plain = bool(_PLAIN.match(value))
        if plain and value not in _MEANT and self.often():
            return self.broken(value, indent)
        if plain and self.seldom():
            return "!!str " + value
        if _RAW.match(value) and "\n" not in value and self.often():
            return "'" + self.broken(value.replace("'", "''"), indent) + "'"
        return '"' + "".join(self.character(character) for character in value) + '"'

    def broken(self, value: str, indent: int | None) -> str:
        """A text that may go on in the next line."""
        if indent is None or not self.seldom():
            return value
        ends = (" ", "\n" + " " * indent, " \n" + " " * indent)  # a line may be broken at a space between words
        return re.sub(r"(?<=[a-z]) (?=[a-z])", lambda _: self.any(*ends), value)

    def character(self, character: str) -> str:
        """A character within double quotes, as itself or as one of its escapes."""
        code = ord(character)
        if character in '"\\' or not _RAW.match(character) or character in "\n\t" or self.seldom():
            escapes = [f"\\U{code:08x}"]
            escapes += [f"\\u{code:04X}"] if code < _LONG else []
            escapes += [f"\\x{code:02x}"] if code < _BYTE else []
            escapes += [_SHORT[character]] if character in _SHORT else []
            return self.any(*escapes)
        return character

    def other(self, value: Any) -> str:
        """A number, a truth value or null."""
        if value is None:
            return self.any("~", "null", "Null", "NULL", "!!null ~")
        if isinstance(value, bool):
            return self.any(*(["true", "True", "TRUE"] if value else ["false", "False", "FALSE"]))
        if isinstance(value, int):
            more = [f"0x{value:x}", f"0o{value:o}", f"+{value}", f"0{value}"] if value >= 0 else []
            return self.any(str(value), *more)
        return self.any(repr(value), repr(value).upper())
