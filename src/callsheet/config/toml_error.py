"""The TOML reader's errors in the words of somebody who wants to mend the file, each with its line.

None repeats a value: the file may be another tool's as well, and hold its secrets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callsheet.config.toml import TOMLDecodeError

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_SEPARATORS = re.compile(r"[\s,#\]}]")
_QUOTES = ("Unterminated string", "Expected \"'")
"""How the errors begin that the reader notices at the end of the file only."""
_BAD = ("Illegal character", "Found invalid character")
_CLOSED = "close it"
_ONCE = "keep one of the two"
_NEVER_CLOSED = "a quotation mark is never closed"

_SENTENCES: tuple[tuple[str, str, str], ...] = (
    *((f"{start} '\\n'", _NEVER_CLOSED, f"{_CLOSED}, or take three of them around several lines") for start in _BAD),
    *((start, "a control character, which cannot stand here", "remove it") for start in _BAD),
    *((start, _NEVER_CLOSED, _CLOSED) for start in _QUOTES),
    ("Unescaped '\\'", "an escape that TOML does not have", r"write \\ for a backslash, or use single quotes"),
    ("Escaped character is not", "an escape that names no character", "write the character itself"),
    ("Cannot overwrite a value", "this key is there already", _ONCE),
    ("Duplicate inline table key", "this key is there already", _ONCE),
    ("Cannot declare", "this table is there already", _ONCE),
    ("Unclosed array", "`,` or `]` is missing before this", "is every `[` closed, with a comma between its entries?"),
    ("Unclosed inline table", "`,` or `}` is missing before this", "write a table in braces on one line"),
    (
        "Invalid initial character for a key",
        "a key is missing",
        "write a table in braces on one line, with no comma at its end",
    ),
    ("Expected ']", "`]` is missing behind the name of a table", "write `[tool.callsheet]`"),
    ("Invalid date or datetime", "a day or a time that there is not", "write it as 2026-07-28, or in quotes"),
    (
        "Expected newline or end of document",
        "there is more on this line than one value",
        "put quotes around text, a comma between entries in `[…]`, and `#` before a comment",
    ),
)
"""How the reader's sentence begins, what is said for it, and what to write instead."""
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
_NOTHING = ("null", "none", "nil", "~")


def explain(error: TOMLDecodeError, content: str) -> tuple[int, str]:
    """The line of an error, counted from 1, and the sentence for it."""
    said = str(error)
    place = _PLACE.search(said)
    said = said[: place.start()] if place else said
    if place and place["line"]:
        at = _offset(content, int(place["line"]), int(place["column"]))
    elif said.startswith(_QUOTES):
        at = _opened(said, content)
    else:
        at = len(content.rstrip())
    return content.count("\n", 0, at) + 1, "; ".join(_sentence(said, content, at))


def _opened(said: str, content: str) -> int:
    """The offset of the quotation mark that stays open to the end: the last one."""
    mark = '"' if said.startswith(_QUOTES[0]) else "'"
    return max(content.rfind(mark * 3 if content.count(mark * 3) % 2 else mark), 0)


def _sentence(said: str, content: str, at: int) -> tuple[str, str]:
    """What is wrong at an offset, and what to write instead."""
    if said == "Invalid value":
        return _no_value(_SEPARATORS.split(content[at:], maxsplit=1)[0])
    if said == "Invalid statement":
        return _no_statement(content[at:])
    if said.startswith("Expected '=' after a key"):
        if content[at : at + 1] == ":":
            return "a colon after a key, where TOML takes `=`", "write `key = value`"
        return (
            "there is no `=` after this key",
            "write `key = value`, with quotes around a key that is more than a word",
        )
    for start, what, help_ in _SENTENCES:
        if said.startswith(start):
            return what, help_
    return "this is not TOML", f"the reader says: {said}"


def _no_value(word: str) -> tuple[str, str]:
    if not word:
        return "a value is missing", "write one, or remove the key"
    if word.lower() in (*_TRUE, *_FALSE):
        return f"`{word}` is no value in TOML", f"write {'true' if word.lower() in _TRUE else 'false'}"
    if word.lower() in _NOTHING:
        return "TOML has no null", "remove the key"
    return "text without quotes around it", "put it in quotes"


def _no_statement(rest: str) -> tuple[str, str]:
    if rest.startswith("{"):
        return (
            "this looks like JSON",
            "write `key = value` on a line of its own for each key, without braces around them",
        )
    if rest.startswith(("//", ";", "--")):
        return "no line can start like this", "write `#` before a comment"
    return "this line is neither `key = value` nor `[table]`", "put quotes around a key that is more than a word"


def _offset(content: str, line: int, column: int) -> int:
    """The offset of a place that is counted from 1."""
    before = content.split("\n")[: line - 1]
    return sum(len(text) + 1 for text in before) + column - 1
