"""Two profiles beside each other, on a terminal."""

from __future__ import annotations

import json
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from callsheet.column import clipped, one_line, padded, width, wrapped
from callsheet.said import harmless
from callsheet.setting import flow
from callsheet.source.secret import HIDDEN, masked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from callsheet.contrast.compare import Change, Side
    from callsheet.contrast.live import Update

    Paint: TypeAlias = Callable[[str, str], str]

_BOLD, _RED, _GREEN, _OFF = "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[0m"
_WIDTH = 80
_VALUE = 46
_MOST_LINES = 24
"""Lines of a text that are shown one by one; a longer change is only counted."""


def painter(*, color: bool) -> Paint:
    """What puts a text into a colour, or leaves it."""
    return (lambda text, code: f"{code}{text}{_OFF}") if color else (lambda text, _code: text)


def differences(changes: Sequence[Change], names: tuple[str, str], *, color: bool) -> str:
    """What differs, one setting after another."""
    paint = painter(color=color)
    return "".join(f"{line}\n" for line in _differences(changes, names, paint))


def _differences(changes: Sequence[Change], names: tuple[str, str], paint: Paint) -> Iterator[str]:
    left, right = map(harmless, names)
    if not changes:
        yield f"{left} and {right} set the same."
        return
    yield paint(f"{len(changes)} setting{'s' * (len(changes) != 1)} differ{'s' * (len(changes) == 1)}", _BOLD)
    yield paint(f"- {left}", _RED)
    yield paint(f"+ {right}", _GREEN)
    for change in changes:
        yield ""
        yield paint(f"{harmless(change.path)}", _BOLD) + f"  {_what(change)}"
        if change.left and change.right and _is_long(change.left.value) and _is_long(change.right.value):
            yield from _lines(change.left, change.right, paint)
            continue
        yield from _side("-", change.left, change.otherwise, _RED, paint)
        yield from _side("+", change.right, change.otherwise, _GREEN, paint)


def _what(change: Change) -> str:
    hidden = change.left is not None and change.right is not None and change.left.value == change.right.value
    return f"{change.what}, not shown" if hidden else change.what


def _side(sign: str, side: Side | None, otherwise: str | None, color: str, paint: Paint) -> Iterator[str]:
    if side is None:
        yield f"  {sign} not set{f' (default: {one_line(otherwise)})' if otherwise else ''}"
        return
    where = f"{harmless(side.spot.path)}:{side.spot.line}"
    value = one_line(flow(side.value))
    if width(value) <= _VALUE and width(where) <= _WIDTH - _VALUE - 6:
        yield f"  {paint(sign, color)} {padded(value, _VALUE)}  {where}"
        return
    yield f"  {paint(sign, color)} {clipped(value, _WIDTH - 4)}"
    yield f"    {where}"


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and "\n" in value.rstrip("\n")


def _lines(left: Side, right: Side, paint: Paint) -> Iterator[str]:
    """The lines of two texts that differ."""
    for sign, side, color in (("-", left, _RED), ("+", right, _GREEN)):
        yield f"  {paint(sign, color)} {harmless(side.spot.path)}:{side.spot.line}"
    found = list(unified_diff(left.value.splitlines(), right.value.splitlines(), n=0, lineterm=""))[2:]
    told = [line for line in found if not line.startswith("@@")]
    for line in told[:_MOST_LINES]:
        yield "    " + paint(clipped(harmless(line), _WIDTH - 4), _RED if line.startswith("-") else _GREEN)
    if len(told) > _MOST_LINES:
        yield f"    … and {len(told) - _MOST_LINES:,} more lines"


_HEADS = {
    "refused": "What an update cannot do",
    "stays": "What stays as it is",
    "condition": "What to mind",
}


def liveness(update: Update, *, color: bool) -> str:
    """Whether a session can go from the one profile to the other, and the event that does it."""
    return "".join(f"{line}\n" for line in _liveness(update, painter(color=color)))


def _liveness(update: Update, paint: Paint) -> Iterator[str]:
    for sort, head in _HEADS.items():
        found = [obstacle for obstacle in update.obstacles if obstacle.sort == sort]
        if found:
            yield ""
            yield paint(head, _BOLD)
        for obstacle in found:
            yield from wrapped(f"{obstacle.message}.", _WIDTH, "  ")
            yield from wrapped(f"({obstacle.source})", _WIDTH, "    ")
    yield ""
    if update.event is None:
        yield "There is nothing to send."
    else:
        yield paint("The update" if update.reaches else "The update, as far as one can go", _BOLD)
        shown = masked(update.event)
        text = json.dumps(shown, indent=2, ensure_ascii=False)
        yield from map(harmless, text.split("\n"))
        if HIDDEN in text:
            yield f"{HIDDEN} stands for a credential that is not shown."
    yield ""
    yield _verdict(update)


def _verdict(update: Update) -> str:
    if not update.reaches:
        return "No: the open session cannot become the second profile as a whole."
    if any(obstacle.sort == "condition" for obstacle in update.obstacles):
        return "Yes, minding the above: the open session can become the second profile."
    return "Yes: the open session can become the second profile."
