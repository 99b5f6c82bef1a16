"""Text in columns: what a terminal makes of it, cut and padded by the width that it takes there."""

from __future__ import annotations

import textwrap
import unicodedata

from callsheet.said import harmless

_SECOND = "\ue000"
"""Stands for the second column of a wide letter while lines are counted by letters: one of private use."""


def width(text: str) -> int:
    """The columns of a terminal that a text takes."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """The text, cut where it is longer, and spaces up to a width."""
    text = clipped(text, columns)
    return text + " " * (columns - width(text))


def clipped(text: str, columns: int) -> str:
    """The text, cut where it is longer, with a mark for what is missing."""
    if width(text) <= columns:
        return text
    taken, kept = 1, ""
    for character in text:
        taken += _width(character)
        if taken > columns:
            break
        kept += character
    return kept.rstrip() + "…"


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """The text on lines of a width, each after an indent; words that are wider than that are broken."""
    shown = "".join(f"{letter}{_SECOND}" if _width(letter) > 1 else letter for letter in harmless(text))
    lines = textwrap.wrap(shown, columns, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return [line.replace(_SECOND, "") for line in lines]


def one_line(text: str) -> str:
    """The text on one line, with one space for each stretch of white space, safe for a terminal."""
    return harmless(" ".join(text.split()))
