"""JSON text to nodes: strict RFC 8259, with a sentence for each liberty that people take."""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]  # the stubs leave it out

from callsheet.source import problem
from callsheet.source.node import LOST_KEY, UNREADABLE, Node
from callsheet.source.problem import ReadError
from callsheet.source.scalar import not_finite, number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from callsheet.source.node import Mark
    from callsheet.source.text import Text

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_NUMBERISH = re.compile(r"[-+]?\.?[0-9][-+.\w]*", re.ASCII)
_WORD = re.compile(r"[-+]?[A-Za-z_$][A-Za-z0-9_$]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LITERALS = {"true": True, "false": False, "null": None}
_FOREIGN = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def parse(text: Text, faults: list[ReadError]) -> Node:
    """The document's top node. Faults that leave the rest readable are appended; ReadError ends the reading."""
    return _Reader(text, faults).document()


class _Reader:
    """One pass over a text; every method takes the offset at which its thing starts."""

    def __init__(self, text: Text, faults: list[ReadError]) -> None:
        self.text = text
        self.content = text.content
        self.faults = faults
        self.count = 0

    def document(self) -> Node:
        node = self.value(self.skip(0), 0)
        rest = self.skip(node.end)
        if rest < len(self.content):
            raise self.error(
                rest, "there is more text after the end of the JSON document", "one file holds one document"
            )
        return node

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.content, at)
        return match.end() if match else at

    def error(self, at: int, message: str, help: str | None = None, length: int = 1) -> ReadError:  # noqa: A002 - the word that the output uses
        return ReadError(problem.SYNTAX, message, at, min(at + length, len(self.content)), help)

    def value(self, at: int, depth: int) -> Node:
        self.count += 1
        if self.count > problem.MAX_NODES:
            raise ReadError(
                problem.ALIAS_BOMB, f"the document holds more than {problem.MAX_NODES:,} values", at, at + 1
            )
        first = self.content[at : at + 1]
        if first == '"':
            return self.string(at)
        if first in "{[" and first:
            if depth >= problem.MAX_DEPTH:
                raise problem.too_deep(at, at + 1)
            return self.object(at, depth + 1) if first == "{" else self.array(at, depth + 1)
        return self.scalar(at)

    def scalar(self, at: int) -> Node:
        written = _NUMBERISH.match(self.content, at)
        if written:
            end = written.end()
            match = _NUMBER.fullmatch(self.content, at, end)
            if match is None:
                raise self.error(
                    at,
                    f"`{written[0][:40]}` is not a number in JSON",
                    "write decimal digits, without a leading zero or plus sign, or quote it if it is text",
                    end - at,
                )
            try:
                value: Any = number(match[0], at, end, whole=match[1] is None and match[2] is None)
            except ReadError as fault:
                self.faults.append(fault)
                value = UNREADABLE
            return Node(self.text, value, at, end)
        word = _WORD.match(self.content, at)
        if word:
            return self.word(word[0], at, word.end())
        raise self.stray(at)

    def word(self, word: str, at: int, end: int) -> Node:
        if word in _LITERALS:
            return Node(self.text, _LITERALS[word], at, end)
        if word.lstrip("+-") in ("NaN", "Infinity"):
            self.faults.append(not_finite(word, at, end))
            return Node(self.text, UNREADABLE, at, end)
        if word in _FOREIGN:
            raise self.error(at, f"`{word}` is not JSON", f"write {_FOREIGN[word]}", len(word))
        raise self.error(at, f"`{word}` is not JSON: text needs double quotes", f'write "{word}"', len(word))

    def stray(self, at: int) -> ReadError:
        """The error for a character with which no value starts."""
        character = self.content[at : at + 1]
        if not character:
            return self.error(at, "the text ends where a value is expected", "is the file cut short?")
        if character == "'":
            return self.error(at, "JSON takes double quotes only", "write \"…\" instead of '…'")
        if character == "/":
            return self.error(at, "JSON has no comments", "remove it, or keep the profile in YAML", 2)
        if character == "#":
            return self.error(at, "JSON has no comments", "remove it, or keep the profile in YAML")
        return self.error(at, f"`{character}` where a value is expected")

    def string(self, at: int) -> Node:
        try:
            value, end = scanstring(self.content, at + 1, True)
        except JSONDecodeError as error:
            raise self.string_error(at, error) from None
        if _SURROGATE.search(value):
            self.faults.append(
                ReadError(
                    problem.SURROGATE,
                    "the text has half of a surrogate pair, which no UTF-8 message can carry",
                    at,
                    end,
                    "write the character itself",
                )
            )
            value = UNREADABLE
        return Node(self.text, value, at, end)

    def string_error(self, at: int, error: JSONDecodeError) -> ReadError:
        if error.msg.startswith("Unterminated"):
            return self.error(at, "this text is never closed", 'end it with "')
        if error.msg.startswith("Invalid control"):
            return self.error(
                error.pos, "a line break or control character inside a JSON text", r"write \n for a line break"
            )
        return self.error(error.pos, "an escape that JSON does not have", r"write \\ for a backslash")

    def comma(self, at: int, closing: str, opened: int) -> tuple[int, bool]:
        """The offset after the comma or the closing bracket at `at`, and whether it was the bracket."""
        character = self.content[at : at + 1]
        if character == closing:
            return at + 1, True
        if character != ",":
            if not character:
                raise self.error(opened, f"this bracket is never closed: `{closing}` is missing")
            if character in "/#":
                raise self.stray(at)
            raise self.error(at, f"`,` or `{closing}` is expected here", "is a comma missing?")
        after = self.skip(at + 1)
        if self.content[after : after + 1] == closing:
            raise self.error(
                at, f"a comma before `{closing}`: JSON takes none after the last entry", "remove this comma"
            )
        return after, False

    def array(self, opened: int, depth: int) -> Node:
        children: list[Node] = []
        at = self.skip(opened + 1)
        done = self.content[at : at + 1] == "]"
        at += done
        while not done:
            child = self.value(at, depth)
            children.append(child)
            at, done = self.comma(self.skip(child.end), "]", opened)
        return Node(self.text, [child.value for child in children], opened, at, children)

    def object(self, opened: int, depth: int) -> Node:
        children: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        lost: list[tuple[str, Node]] = []
        at = self.skip(opened + 1)
        done = self.content[at : at + 1] == "}"
        at += done
        while not done:
            if self.content[at : at + 1] != '"':
                raise self.key_error(at)
            key = self.string(at)
            at = self.skip(key.end)
            if self.content[at : at + 1] != ":":
                raise self.error(at, "`:` is expected after the key")
            child = self.value(self.skip(at + 1), depth)
            if key.value is not UNREADABLE:
                if key.value in keys:
                    self.faults.append(problem.duplicate(self.text, key.value, keys[key.value], key.start, key.end))
                    lost.append((key.value, children[key.value]))
                children[key.value] = child
                keys[key.value] = (self.text, key.start, key.end)
            else:
                lost.append((LOST_KEY, child))
            at, done = self.comma(self.skip(child.end), "}", opened)
        values = {name: child.value for name, child in children.items()}
        return Node(self.text, values, opened, at, children, keys, lost or None)

    def key_error(self, at: int) -> ReadError:
        word = _WORD.match(self.content, at)
        if word:
            return self.error(at, "a JSON key needs double quotes", f'write "{word[0]}"', len(word[0]))
        if not self.content[at : at + 1] or self.content[at] in "'/#":
            return self.stray(at)
        return self.error(at, f"`{self.content[at]}` where a key is expected")
