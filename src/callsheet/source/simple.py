"""YAML as most people write it, to plain data: line by line, without libyaml.

To bring in libyaml's reader costs more than all the rest of a run over one file, and its events are most of what a
valid file costs. What people write in profiles is a small part of YAML: mappings and lists by indentation, values that
end on their line, blocks of text. That part is read here. A line is understood once and remembered, for the profiles of
a project are mostly made of the same lines.

Everything else is declined, and so is whatever may be a fault: libyaml reads it then. What is taken gives the data that
libyaml gives; tests and a fuzzer hold the two to each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from callsheet.source.problem import MAX_NODES, ReadError
from callsheet.source.scalar import NUMBER_STARTS, WORDS, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Data: TypeAlias = dict[str, Any]
    Line: TypeAlias = tuple[int, int, str, int, int, Any]
    """Its column, that of what follows its dash (-1 without one), its key, where its value starts, of what kind that
    is, and the value itself."""
    Entry: TypeAlias = tuple[int, int, int, "list[Entry] | None"]
    """A value in brackets: where its key starts (or it does, in a list), where it does and ends, and what it holds."""

_LONGEST = 256
"""Characters of a line that is remembered, at most, so that thousands of them fill no memory."""
DEEPEST = 24
"""Levels of indentation, and levels of brackets: together less than a profile may have."""
OPENS, SCALAR, PLAIN, FLOW, BLOCK = range(5)
"""What stands behind a key or a dash: nothing, as what it holds may follow; a scalar; a plain one, which the lines
below may continue; a collection in brackets; the head of a block of text."""
_NAME = r"""[A-Za-z_$][\w$.-]{0,99}|"[\w$.-]{1,99}"|'[\w$.-]{1,99}'"""
_START = re.compile(rf"( *)(-(?: +|$))?(?:({_NAME}):(?: +|$))?").match
"""How a line starts: its indentation, a dash, a key; each may be absent."""
_KEY = re.compile(rf"({_NAME}):(?: +|(?<=[\"']:))").match
"""A key in brackets; behind quotes, its colon needs no space."""
_BRACKETED = re.compile(r"""[^-?:,\[\]{}#&*!|>'"%@`\s](?:[^,\[\]{}:?#]|:(?=\w))*|-[0-9][0-9.eE+-]*""").match
"""A value without quotes in brackets: text, or a number below zero."""
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""With what no value starts that has no quotes, but for a number below zero."""
_HEADS = frozenset({"|", "|-", "|+", ">", ">-", ">+"})
_SPACES = dict.fromkeys((0xA0, 0xAD, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x3000))
"""Each to nothing: what Python does not call printable, and people write all the same, as spaces that do not break."""
_ESCAPED = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_HOLDERS = (dict, list)


class DeclinedError(Exception):
    """A line that libyaml should read."""


def simple_data(content: str) -> Data | None:
    """The mapping in a YAML text; None where the text is declined."""
    content = content.replace("\r\n", "\n")
    if _may_break_lines(content) or _may_hold_too_much(content):
        return None
    try:
        return _mapping(lines_of(content))
    except (DeclinedError, ReadError):
        return None


def _may_break_lines(content: str) -> bool:
    """Whether a text has characters that YAML does not take, or libyaml takes for the end of a line; or tabs."""
    content = content.replace("\n", "")
    return not (content.isprintable() or content.translate(_SPACES).isprintable())


def lines_of(content: str) -> list[str]:
    """The lines of a text, and an empty one behind them; a blank one where the text ends within its last line."""
    lines = content.split("\n")
    return [*lines, " "] if lines[-1] else lines


def _may_hold_too_much(content: str) -> bool:
    """Whether there may be more keys and values than a document holds: three to a line, two to a mark in brackets."""
    return len(content) > MAX_NODES and 3 * content.count("\n") + 2 * sum(map(content.count, "[{,")) >= MAX_NODES


def _mapping(lines: list[str]) -> Data | None:
    """The mapping in some lines."""
    number = 1 if lines[0] == "---" else 0
    root: dict[str, Any] = {"": None}
    holder: Any = root  # the mapping or list that is being filled
    level = -1  # the column of its keys or dashes
    slot: Any = ""  # where in it the latest value stands
    opens = True  # whether that may still come, on the lines below
    above: list[tuple[int, Any]] = []  # the levels and holders that it stands in
    while number < len(lines):
        line = lines[number]
        number += 1
        said = remembered(line) if len(line) <= _LONGEST else _understood(line)  # `understood`, without one more call
        if said is None:
            continue
        column, inner, key, _, kind, value = said
        is_item = inner >= 0
        if opens and (column > level or (is_item and column == level and type(holder) is dict)):
            if len(above) >= DEEPEST:
                return None
            above.append((level, holder))
            holder[slot] = holder = [] if is_item else {}
            level = column
        while column < level:
            level, holder = above.pop()
        if not is_item and type(holder) is list and above[-1][0] == column:
            level, holder = above.pop()  # a list whose dashes stood right below the key
        if column != level or is_item is not (type(holder) is list):
            return None
        if is_item:
            slot = -1
            holder.append(None)
            if key:
                above.append((level, holder))
                holder[slot] = holder = {}
                level = inner
        if key:
            if key in holder:
                return None
            slot = key
        opens = kind == OPENS
        if kind == PLAIN:
            if lines[number].startswith(" " * (level + 1)):
                number, value = continued(lines, number, level, value)
        elif kind == FLOW:
            value = _copy(value)
        elif kind == BLOCK:
            number, value = text_block(lines, number, level, value)
        holder[slot] = value
    data = root[""]
    return data if type(data) is dict else None


def understood(line: str) -> Line | None:
    """What one line says by itself, None if nothing. Raises DeclinedError and ReadError."""
    return remembered(line) if len(line) <= _LONGEST else _understood(line)


def _understood(line: str) -> Line | None:
    start = _START(line)
    assert start is not None  # noqa: S101 - everything in it may be absent
    at = start.end()
    column, inner, key = start.end(1), start.end(2), start[3] or ""
    if key:
        key = _name(key)
    if at == len(line) or line[at] == "#":
        return (column, inner, key, at, OPENS, None) if key or inner >= 0 else None
    if not key and inner < 0:
        raise DeclinedError
    first = line[at]
    if first not in _INDICATORS or (first == "-" and line[at + 1 : at + 2].isdigit()):
        raw, comment, _ = line[at:].partition(" #")
        found = _resolved(_no_key(raw.rstrip(" ")))
        return column, inner, key, at, SCALAR if comment or type(found) is not str else PLAIN, found
    if first in "|>":
        if (head := line[at:].rstrip(" ")) not in _HEADS:
            raise DeclinedError
        return column, inner, key, at, BLOCK, head
    found, end = scan(line, at, DEEPEST)
    rest = line[end:].lstrip(" ")
    if rest and not (rest[0] == "#" and line[end] == " "):
        raise DeclinedError
    return column, inner, key, at, FLOW if first in "{[" else SCALAR, found


remembered = lru_cache(maxsize=4096)(_understood)
"""What a line says, of as many lines as a large project has."""


def _name(raw: str) -> str:
    """A key without its quotes. Raises DeclinedError for a word that is no text."""
    if raw[0] in "\"'":
        return raw[1:-1]
    if raw in WORDS:
        raise DeclinedError
    return raw


def _no_key(raw: str) -> str:
    """A value without quotes. Raises DeclinedError where there may be a key in it."""
    if ": " in raw or raw[-1] == ":":
        raise DeclinedError
    return raw


def _resolved(raw: str) -> Any:
    """What a value without quotes means. Raises ReadError."""
    return resolve(raw, 0, 0) if raw[0] in NUMBER_STARTS or raw in WORDS else raw


def scan(line: str, at: int, levels: int, inside: list[Entry] | None = None) -> tuple[Any, int]:
    """A value in quotes or brackets, or a plain one within brackets, and where it ends.

    Where the values in brackets stand is added to `inside`. Raises DeclinedError and ReadError.
    """
    first = line[at : at + 1]
    if first in {"'", '"'}:
        return _quoted(line, at)
    if first in {"{", "["}:
        return _collection(line, at, levels, inside)
    plain = _BRACKETED(line, at)
    if plain is None:
        raise DeclinedError
    raw = plain[0].rstrip(" ")
    return _resolved(raw), at + len(raw)


def _quoted(line: str, at: int) -> tuple[str, int]:
    """A text in quotes, and where it ends. Raises DeclinedError."""
    quote, at = line[at], at + 1
    parts: list[str] = []
    end = line.find(quote, at)
    while end >= 0:
        if quote == "'":
            if line[end + 1 : end + 2] != "'":
                return "".join((*parts, line[at:end])), end + 1
            parts.append(line[at : end + 1])
            at = end + 2
        else:
            back = line.find("\\", at, end)
            if back < 0:
                return "".join((*parts, line[at:end])), end + 1
            letter = line[back + 1]
            if letter not in _ESCAPED:
                raise DeclinedError
            parts += line[at:back], _ESCAPED[letter]
            at = back + 2
            if at <= end:  # the quote that was found is none of those with a backslash
                continue
        end = line.find(quote, at)
    raise DeclinedError


def _collection(line: str, at: int, levels: int, inside: list[Entry] | None) -> tuple[Any, int]:
    """A mapping or list in brackets that ends on its line, and where it ends. Raises DeclinedError and ReadError."""
    if not levels:
        raise DeclinedError
    mapping = line[at] == "{"
    made: Any = {} if mapping else []
    closer = "}" if mapping else "]"
    at = _past(line, at + 1)
    if line[at : at + 1] == closer:
        return made, at + 1
    while True:
        key = start = at
        below: list[Entry] | None = None if inside is None else []
        if mapping:
            match = _KEY(line, at)
            if match is None or (name := _name(match[1])) in made:
                raise DeclinedError
            start = match.end()
            made[name], at = scan(line, start, levels - 1, below)
        else:
            item, at = scan(line, at, levels - 1, below)
            made.append(item)
        if inside is not None:
            inside.append((key, start, at, below))
        at = _past(line, at)
        if line[at : at + 1] == closer:
            return made, at + 1
        if line[at : at + 1] != ",":
            raise DeclinedError
        at = _past(line, at + 1)


def _past(line: str, at: int) -> int:
    """Where the spaces from a place on end."""
    while line[at : at + 1] == " ":
        at += 1
    return at


def _copy(value: Any) -> Any:
    """A collection for a text of its own, as its line may stand in others too."""
    if type(value) is dict:
        return {key: _copy(item) if type(item) in _HOLDERS else item for key, item in value.items()}
    return [_copy(item) if type(item) in _HOLDERS else item for item in value]


def continued(lines: list[str], number: int, level: int, words: str) -> tuple[int, str]:
    """Words with the lines that go on with them, and the line after these. Raises DeclinedError."""
    pad, found = " " * (level + 1), [words]
    while lines[number].startswith(pad):
        raw = lines[number].strip(" ")
        if not raw or raw[0] == "#":
            break
        if " #" in raw:
            raise DeclinedError
        found.append(_no_key(raw))
        number += 1
    return number, " ".join(found)


def text_block(lines: list[str], number: int, level: int, head: str) -> tuple[int, str]:
    """A block of text that begins on a line, and the line after it. Raises DeclinedError."""
    first = lines[number]
    width = len(first) - len(first.lstrip(" "))
    if width <= level or width == len(first):
        raise DeclinedError
    pad = first[:width]
    found: list[str] = []
    while number < len(lines) - 1:
        line = lines[number]
        if not line.startswith(pad) and line.strip(" "):
            break
        found.append(line[width:])
        number += 1
    if number == len(lines) - 1 and lines[number]:  # its last line has no end, and so the value has none
        raise DeclinedError
    whole = "\n".join(found)
    text = whole.rstrip("\n")
    breaks = {"": 1, "-": 0, "+": len(whole) - len(text) + 1}[head[1:]]
    return number, (_folded(text) if head[0] == ">" else text) + "\n" * breaks


def _folded(text: str) -> str:
    """Lines as one, and one break fewer between paragraphs. Raises DeclinedError."""
    if "\n " in text:  # lines that are set in stay as they are
        raise DeclinedError
    return re.sub("\n(\n*)", lambda breaks: breaks[1] or " ", text) if "\n\n" in text else text.replace("\n", " ")
