"""What can be wrong with a text before anybody asks what it means.

Each code is explained, with examples, by the rule of the same code in `callsheet.rules.reading`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from callsheet.source.node import Mark
    from callsheet.source.text import Text

SYNTAX = "CS001"
DUPLICATE_KEY = "CS002"
TAB = "CS003"
SEVERAL_DOCUMENTS = "CS004"
ALIAS = "CS005"
MERGE_KEY = "CS006"
TAG = "CS007"
ENCODING = "CS008"
NOT_A_JSON_NUMBER = "CS009"
TOO_MANY_DECIMALS = "CS010"
SURROGATE = "CS011"
TOO_DEEP = "CS012"
TOO_LARGE = "CS013"
ALIAS_BOMB = "CS014"
EMPTY = "CS015"
NOT_A_MAPPING = "CS016"
KEY_NOT_TEXT = "CS017"

MAX_BYTES = 1024 * 1024
"""Files above this size are not read unless the limit is raised; a session with every tool is far below."""
MAX_DEPTH = 64
"""Levels of nesting; the deepest session without tool parameters has eight."""
MAX_NODES = 100_000
"""Values a document may hold once its aliases are written out."""
MAX_TAG_DIRECTIVES = 1_000
"""libyaml compares each with all others."""
MAX_DECIMALS = 16
"""The service answers `max decimal places exceeded` to a literal with more."""
MAX_DIGITS = 309
"""Digits before which any number fits a double; a longer literal is no number that JSON readers agree on."""


class ReadError(Exception):
    """The text cannot be read any further: carries the code, the sentence, where, and what to do."""

    def __init__(self, code: str, message: str, start: int, end: int, help: str | None = None) -> None:  # noqa: A002 - the word that the output uses
        super().__init__(message)
        self.code = code
        self.message = message
        self.start = start
        self.end = end
        self.help = help


def duplicate(text: Text, key: str, first: Mark, start: int, end: int) -> ReadError:
    """The error for a key that its mapping has already."""
    line = text.location(first[1]).line
    return ReadError(
        DUPLICATE_KEY,
        f"`{key}` stands here a second time; only one of the two can count",
        start,
        end,
        f"the first one is on line {line}: keep one",
    )


def empty(message: str) -> ReadError:
    """The error for a text in which nothing stands."""
    return ReadError(EMPTY, message, 0, 0, "write a profile, which `callsheet new` begins, or remove the file")


def too_deep(start: int, end: int) -> ReadError:
    """The error for what stands deeper in a document than anything in a session."""
    return ReadError(TOO_DEEP, f"nested deeper than {MAX_DEPTH} levels", start, end, "flatten the data")
