"""Each finding in a frame: what, where, the line itself with carets below the place, and what to write instead."""

from __future__ import annotations

import unicodedata

from callsheet.said import harmless, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.diagnostic import Finding
    from callsheet.report.run import Run

    Paint: TypeAlias = Callable[[str, str], str]

_COLORS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_BOLD, _BLUE, _OFF = "\x1b[1m", "\x1b[1;34m", "\x1b[0m"
_WIDEST = 120
"""A longer line is shown as a window around its place."""
_BEFORE = 30
"""How much of a longer line is shown before the place."""


def render(run: Run) -> Iterator[str]:
    """One frame after another, with an empty line after each."""
    paint: Paint = (lambda text, color: f"{color}{text}{_OFF}") if run.color else (lambda text, _color: text)
    for finding in run.findings:
        yield "\n".join(_frame(finding, paint)) + "\n\n"


def _frame(finding: Finding, paint: Paint) -> Iterator[str]:
    color = _COLORS[finding.severity]
    line, column = finding.location
    margin = " " * len(str(line))
    bar = paint("|", _BLUE)
    message = harmless(said(finding, finding.message))
    yield f"{paint(f'{finding.severity}[{finding.code}]', color)}{paint(f': {message}', _BOLD)}"
    yield f"{margin}{paint('-->', _BLUE)} {harmless(finding.path)}:{line}:{column}"
    source, carets = _lines(finding, line, column)
    if source:
        yield f"{margin} {bar}"
        yield f"{paint(str(line), _BLUE)} {bar} {source}"
        yield f"{margin} {bar} {paint(carets, color)}"
    if finding.help is not None:
        if source:
            yield f"{margin} {bar}"
        yield f"{margin} {paint('=', _BLUE)} help: {harmless(said(finding, finding.help))}"


def _lines(finding: Finding, line: int, column: int) -> tuple[str, str]:
    """The line of the place and the carets below it, as a terminal shows them."""
    text = finding.text
    begin, finish = text.bounds(line)
    length = finish - begin
    end = finding.end_location
    start = column - 1
    first, last = 0, length
    if last > _WIDEST:
        first = max(0, start - _BEFORE)
        last = min(last, first + _WIDEST)
    stop = end.column - 1 if end.line == line else first + len(text.content[begin + first : begin + last].rstrip())
    stop = max(stop, start + 1)
    shown = text.masked(line, first, last)
    before, after = ("…" if first else ""), ("…" if last < length else "")
    start, stop = start - first, min(stop, last) - first
    printed = [_printable(character) for character in shown]
    indent = len(before) + sum(map(_width, printed[:start]))
    width = sum(map(_width, printed[start:stop])) or 1
    return before + "".join(printed) + after, " " * indent + "^" * width


def _printable(character: str) -> str:
    """A character that moves the cursor by as much as its width says: tabs as spaces, controls as a mark."""
    if character == "\t":
        return "    "
    if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co"):
        return "\N{REPLACEMENT CHARACTER}"
    return character


def _width(text: str) -> int:
    """The columns of a terminal that a text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
