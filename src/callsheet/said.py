"""What a report may say: nothing that is secret, and nothing that a terminal obeys."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from callsheet.redact import mask, mask_pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.diagnostic import Finding

_LONGEST = 2000
"""How much of a secret is looked for in a message: none quotes more."""
_SHORTEST = 3
_WORD = re.compile(r"[^\s\"'`,:{}\[\]<>()!*&|]+")
_CONTROLS = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def said(finding: Finding, words: str) -> str:
    """A message or a help of a finding, without what its frame and its pointer mask."""
    taken = set(mask_pointer(finding.pointer)[1]) if finding.pointer else set()
    if not finding.code.startswith("CS5"):  # those are about credentials, and repeat none
        start, end = finding.span
        content = finding.text.content
        for begin, stop in finding.text.hidden(start, min(max(end, start + 1), start + _LONGEST)):
            taken.update(_WORD.findall(content[begin:stop]))
    for secret in sorted(taken, key=len, reverse=True):
        if len(secret) >= _SHORTEST and secret in words:
            words = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "*" * len(secret), words)
    return _masked(words)


_masked = lru_cache(maxsize=1024)(mask)
"""Helps are often the same, and to look for credentials is most of the work of a report."""


def one_line(finding: Finding) -> str:
    """Where a finding stands and what it says: `path:line:column: CODE message`."""
    line, column = finding.location
    return f"{harmless(finding.path)}:{line}:{column}: {finding.code} {harmless(said(finding, finding.message))}"


def sentences(finding: Finding, message: str | None = None) -> str:
    """What a finding says and what to write instead, as sentences; another message may stand for its own."""
    told = harmless(said(finding, finding.message if message is None else message)).rstrip(".")
    if finding.help is None:
        return f"{told}."
    help_ = harmless(said(finding, finding.help)).rstrip(".")
    return f"{told}. Help: {help_}{'' if help_.endswith('?') else '.'}"


def harmless(text: str) -> str:
    """The text on one line, with an escape for each character that a terminal would obey, or could not print."""
    if text.isprintable():
        return text
    return "".join(_escape(letter) if unicodedata.category(letter) in _CONTROLS else letter for letter in text)


def valid(text: str) -> str:
    """The text as UTF-8 can carry it: a byte of a file's name that is none is escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape", "backslashreplace").decode("ascii")


def words(stretches: Iterable[str]) -> frozenset[str]:
    """The words of what a frame would mask."""
    found = (word for stretch in stretches for word in _WORD.findall(stretch[:_LONGEST]))
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def shows(text: str, hidden: frozenset[str]) -> bool:
    """Whether a text holds what looks like a credential, or one of the words that a frame would mask."""
    return mask(text) != text or any(word in text for word in hidden)
