"""What several commands take on their command lines: the types of their arguments.

Each raises ArgumentTypeError, which becomes a usage error. No command itself.
"""

from __future__ import annotations

import os
import re
import sys

from callsheet.shape.directive import LATEST
from callsheet.shape.kind import KINDS

_MOST = 256
"""Processes that nobody wants more of."""


def day(word: str) -> str:
    """A day, as an ISO date."""
    import time

    try:
        parsed = time.strptime(word, "%Y-%m-%d")
    except ValueError:
        parsed = None
    if parsed is None or not re.fullmatch("[0-9-]+", word):  # `strptime` reads the digits of all scripts
        raise _refusal(f"`{word}` is not a date; write it as 2026-11-20")
    return word[:4] + time.strftime("-%m-%d", parsed)


def revision(word: str) -> str:
    """A revision of the API: an ISO date, or `latest`."""
    return word if word == LATEST else day(word)


def kind(word: str) -> str:
    """A kind of body."""
    if word not in KINDS:
        raise _refusal(f"there is no kind `{word}`; the kinds are {', '.join(KINDS)}")
    return word


def processes(word: str) -> int:
    """How many processes to use."""
    if not word.isdecimal() or not 0 < int(word) <= _MOST:
        raise _refusal(f"`{word}` is no number of processes; write one from 1 to {_MOST}")
    return int(word)


def rule_words(text: str) -> list[str]:
    """Rules, separated by commas; the flag may be given again."""
    return [word.strip() for word in text.split(",") if word.strip()]


def folder(word: str) -> str:
    """A folder that is there."""
    if not os.path.isdir(word):  # noqa: PTH112 - pathlib costs milliseconds at start-up
        raise _refusal(f"`{word}` is not a folder")
    return word


def wants_color(said: str = "auto") -> bool:
    """Whether to use colour. NO_COLOR and FORCE_COLOR count when they are not empty, and --color before them."""
    if said != "auto":
        return said == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _refusal(sentence: str) -> Exception:
    from argparse import ArgumentTypeError

    from callsheet.said import harmless

    return ArgumentTypeError(harmless(sentence))
