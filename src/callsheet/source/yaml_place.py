"""Where things stand in YAML text, in the corners where libyaml's marks do not say it exactly."""

from __future__ import annotations

import re

# Patterns that most files never need are compiled, by `re` itself, when the first file needs them.
_TAG = r"!(?:<[^>]*>|[^\s,\[\]{}]*)"
_PROPERTIES = r"(?:[&!]\S*\s+(?:#[^\r\n]*\s+)*)*"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
_TO_COLON = r"\s*(?:#[^\r\n]*[\r\n]\s*)*:"

# libyaml knows line breaks that YAML 1.2 dropped. They are swapped for private characters while it reads.
_OLD_BREAKS = "\x85\u2028\u2029"


def hide_old_breaks(content: str) -> tuple[str, dict[int, str] | None]:
    """The text without line breaks that only YAML 1.1 knows, of the same length, and how to get them back."""
    if not any(character in content for character in _OLD_BREAKS):
        return content, None
    escapes = content.lower()  # an escape, too, may name one of the private characters
    unused = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in content and f"{code:x}" not in escapes)
    swap = {ord(old): next(unused, old) for old in _OLD_BREAKS}
    return content.translate(swap), {ord(new): chr(old) for old, new in swap.items()}


def block_end(content: str, raw: str, start: int, end: int) -> int:
    """Where the last line of a text block ends; libyaml counts the blank lines after it, which only `+` keeps."""
    last = start + len(content[start:end].rstrip(" \t\r\n"))
    inked = raw.rstrip(" \t\n")
    blank = raw[len(inked) :].removesuffix("\n").count("\n") + (not inked and raw != "")
    for _ in range(blank):
        last = _line_end(content, last)
    return last + len(content[last : _line_end(content, last)].rstrip("\r\n"))


def _line_end(content: str, at: int) -> int:
    match = _LINE.match(content, at)
    return match.end() if match else at


def empty_value(content: str, key_end: int) -> int:
    """Where a value that is left out would stand: after the colon of its key; libyaml says before the next token."""
    colon = re.compile(_TO_COLON).match(content, key_end)
    return colon.end() if colon else key_end


def tag_span(content: str, start: int, end: int) -> tuple[int, int]:
    """Where the tag of the value stands."""
    match = re.compile(_TAG).search(content, start, end)
    return match.span() if match else (start, end)


def bare(text: str) -> str:
    """The text of a value without its anchor and its tag."""
    return re.sub(_PROPERTIES, "", text, count=1)
