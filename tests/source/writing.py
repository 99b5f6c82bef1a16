"""Data, and the many ways to write it down.

`Writer` writes YAML as people do and as emitters do not: comments, anchors, merge keys, explicit keys, pairs in flow
lists, values left out. `styled` lets ruamel.yaml do it, with styles of its own for every value.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

if TYPE_CHECKING:
    from random import Random

_TRICKY = (
    "on", "yes", "~", "null", "True", "012", "0o17", "0x1F", "1_000", "1e3", ".5", "+1", "-.inf", ".nan", "<<", "=", "",
    "!x", "&x", "*x", "- a", "? a", ": a", "a: b", "a #b", "#a", "%a", "@a", "`a", "[a", "]", "{a", "}", "a,b", "|",
    ">", "'", '"', "\\", "---", "...", "--- a", "2001-01-01", "1:30",
    " a", "a ", "a\n", "a\n\n", "\n", "\na", " \n", "a\n b\n", "  a\nb", "a\n \n", "\ta", "a\tb", "a\n\tb\n",
    "a\u2028b", "\u0085", "a \u2029\nb", "\ufeff", "a\u00a0", "\u00a0\n", "\ue000\u2028", "\U0001f600", "e\u0301",
    "Speak slowly.\nBe kind.\n", "one two three four five six",
)  # fmt: skip
_CHARACTERS = st.one_of(
    st.sampled_from(" \n#:-?[]{},&*!|>'\"%@`\\~=<01.e+_xy\u0085\u2028\u00a0\U0001f600"),
    st.characters(exclude_categories=("Cs", "Cc")),
)
TEXTS = st.one_of(st.sampled_from(_TRICKY), st.text("abc xyz", max_size=40), st.text(_CHARACTERS, max_size=12))
KEYS = st.one_of(st.text("abcxyz_", min_size=1, max_size=8), st.sampled_from(_TRICKY), st.text(_CHARACTERS, max_size=8))
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: round(number, 6)),
    TEXTS,
    TEXTS,
)


def _values(depth: int) -> st.SearchStrategy[Any]:
    if depth == 0:
        return _LEAVES
    below = _values(depth - 1)
    return st.one_of(_LEAVES, st.lists(below, max_size=5), st.dictionaries(KEYS, below, max_size=5))


DATA = st.dictionaries(KEYS, _values(4), max_size=8)
"""JSON objects, nested up to five deep."""

RANDOMS = st.randoms(use_true_random=False)


def styled(data: Any, random: Random) -> str:
    """The data as ruamel.yaml writes it, in random styles."""
    yaml: Any = YAML()
    yaml.width = random.choice((20, 80, 4096))
    yaml.allow_unicode = random.random() < 0.8
    yaml.explicit_start = random.random() < 0.2
    yaml.explicit_end = random.random() < 0.1
    sequence = random.choice((2, 4, 5))
    yaml.indent(mapping=random.choice((2, 4)), sequence=sequence, offset=random.choice((0, sequence - 2)))
    yaml.line_break = random.choice(("\n", "\r\n"))
    out = io.StringIO(newline="")
    yaml.dump(_in_styles(data, random), out)
    return out.getvalue()


def _in_styles(value: Any, random: Random) -> Any:
    if isinstance(value, str):
        styles = (str, str, SingleQuotedScalarString, DoubleQuotedScalarString, LiteralScalarString, FoldedScalarString)
        return random.choice(styles)(value)
    if isinstance(value, dict):
        mapping = CommentedMap((key, _in_styles(child, random)) for key, child in value.items())
        (mapping.fa.set_flow_style if random.random() < 0.3 else mapping.fa.set_block_style)()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(_in_styles(child, random) for child in value)
        (sequence.fa.set_flow_style if random.random() < 0.3 else sequence.fa.set_block_style)()
        return sequence
    return value


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
        return self.random.choice(choices)

    def seldom(self) -> bool:
        return self.random.random() < 0.15

    def often(self) -> bool:
        return self.random.random() < 0.7

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
        if self.often():
            return self.flow_mapping(data, indent)
        weak = {key: "overruled" for key in data if self.seldom()}
        return f"[{self.flow_mapping(data, indent)}, {self.flow_mapping(weak, indent)}]"

    def sequence(self, data: list[Any], indent: int) -> str:
        content = ""
        for value in data:
            content += self.between(indent) + " " * indent + "-" + self.entry(value, indent, of_list=True)
        return content

    def between(self, indent: int) -> str:
        if self.open_end:
            self.open_end = False
            return self.any("", "", " " * indent + "# c\n")
        return self.any("", "", "", "\n", "# c\n", " " * indent + "# c\n", "  \n")

    def end_of_line(self) -> str:
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
        return "{" + self.joined([self.pair(key, value, indent) for key, value in data.items()], indent) + "}"

    def pair(self, key: str, value: Any, indent: int) -> str:
        start = "? " if self.seldom() else ""
        if value is None and self.often():
            return start + self.key(key) + ": "
        return start + self.key(key) + ":" + self.any(" ", "  ", "\n" + " " * indent) + self.flow(value, indent)

    def joined(self, items: list[str], indent: int) -> str:
        def gap() -> str:
            return self.any("", "", " ", " ", "\n" + " " * indent, " # c, ]}\n" + " " * indent)

        body = ",".join(gap() + item + gap() for item in items)
        return body + ("," + gap() if items and self.seldom() else "")

    def key(self, key: str) -> str:
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
        if indent is None or not self.seldom():
            return value
        ends = (" ", "\n" + " " * indent, " \n" + " " * indent)  # a line may be broken at a space between words
        return re.sub(r"(?<=[a-z]) (?=[a-z])", lambda _: self.any(*ends), value)

    def character(self, character: str) -> str:
        code = ord(character)
        if character in '"\\' or not _RAW.match(character) or character in "\n\t" or self.seldom():
            escapes = [f"\\U{code:08x}"]
            escapes += [f"\\u{code:04X}"] if code < 0x10000 else []
            escapes += [f"\\x{code:02x}"] if code < 0x100 else []
            escapes += [_SHORT[character]] if character in _SHORT else []
            return self.any(*escapes)
        return character

    def other(self, value: Any) -> str:
        if value is None:
            return self.any("~", "null", "Null", "NULL", "!!null ~")
        if isinstance(value, bool):
            return self.any(*(["true", "True", "TRUE"] if value else ["false", "False", "FALSE"]))
        if isinstance(value, int):
            more = [f"0x{value:x}", f"0o{value:o}", f"+{value}", f"0{value}"] if value >= 0 else []
            return self.any(str(value), *more)
        return self.any(repr(value), repr(value).upper())
