"""Marks by which a finding is known again in the next report, also when lines before it came or went."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from operator import mul

from callsheet.redact import mask_pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callsheet.diagnostic import Finding
    from callsheet.source.text import Text

_WINDOW = 100
"""How many characters from the start of its line on make the mark of a line."""
_SIZE = 2**64
_POWERS = tuple(pow(37, power, _SIZE) for power in reversed(range(_WINDOW)))
_END = "\uffff"
"""Stands behind the last character of a text."""
_BLANK = str.maketrans("", "", " \t")
_LENGTH = 32


def line_hashes(findings: Sequence[Finding]) -> list[str]:
    """The hash of each finding's line that GitHub's `upload-sarif` would work out for it: `c129715d7a2bc9a3:1`.

    It is a polynomial over the 100 UTF-16 units from the start of the line on, without spaces and tabs, with one line
    feed for each line's end, and after the colon, how often the same units have begun a line of the text by then.
    `upload-sarif` complains of any other one (`src/fingerprints.ts` in github/codeql-action). Where a credential stands
    in those 100 units it is masked first: from such a sum, a short text could be worked out.
    """
    lines: dict[Text, set[int]] = {}
    for finding in findings:
        lines.setdefault(finding.text, set()).add(finding.location.line)
    hashes = {text: dict(_hashes(text, numbers)) for text, numbers in lines.items()}
    return [hashes[finding.text][finding.location.line] for finding in findings]


def apart(marks: Iterable[tuple[str, ...]]) -> Iterator[int]:
    """For each of some marks, how often it has come by then: the first time is 1."""
    counts: Counter[tuple[str, ...]] = Counter()
    for mark in marks:
        counts[mark] += 1
        yield counts[mark]


def digest(*parts: str) -> str:
    """A fingerprint made of some texts."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def pointer(finding: Finding) -> str:
    """Where in the data a finding stands, without what may be secret."""
    return mask_pointer(finding.pointer)[0]


def _hashes(text: Text, numbers: set[int]) -> Iterator[tuple[int, str]]:
    """The hashes of some lines of a text, by number."""
    bare = _units(_one_end(text.content).translate(_BLANK)) + _END
    starts = [0, *(match.end() for match in re.finditer("\n", bare))]
    wanted = {bare[starts[number - 1] : starts[number - 1] + _WINDOW] for number in numbers}
    shown = _Shown(text)
    counts: Counter[str] = Counter()
    for number, start in enumerate(starts, 1):
        window = bare[start : start + _WINDOW]
        if window in wanted:
            counts[window] += 1
            if number in numbers:
                yield number, f"{_sum(shown.window(number)):x}:{counts[window]}"


class _Shown:
    """The lines of a text as they may be shown, each masked once."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._lines: dict[int, str] = {}

    def window(self, number: int) -> str:
        """The units from the start of a line on."""
        window = ""
        for later in range(number, len(self.text.starts) + 1):
            window += self._line(later)
            if len(window) >= _WINDOW:
                break
        return window[:_WINDOW]

    def _line(self, number: int) -> str:
        if number not in self._lines:
            line = _units(self.text.masked(number).translate(_BLANK)[:_WINDOW])
            self._lines[number] = line + ("\n" if number < len(self.text.starts) else _END)
        return self._lines[number]


def _one_end(content: str) -> str:
    return content.replace("\r\n", "\n").replace("\r", "\n")


def _units(text: str) -> str:
    """The text with two letters, as UTF-16 has them, for each that lies beyond the first 65,536."""
    if not text or max(text) < "\U00010000":
        return text
    return "".join(map(_pair, text))


def _pair(letter: str) -> str:
    if letter < "\U00010000":
        return letter
    rest = ord(letter) - 0x10000
    return chr(0xD800 + (rest >> 10)) + chr(0xDC00 + (rest & 0x3FF))


def _sum(window: str) -> int:
    total: int = sum(map(mul, map(ord, window), _POWERS))
    return total % _SIZE
