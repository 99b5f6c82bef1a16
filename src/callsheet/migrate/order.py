"""The order in which today's documents have the settings of a session."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from callsheet.shape.frozen import load

if TYPE_CHECKING:
    from callsheet.pointer import Path

_FIRST = {"type": 0, "expires_after": 1, "session": 2}
_AUDIO = ("format", "noise_reduction", "turn_detection", "transcription", "voice", "speed")
"""How profiles order the sides of `audio`, for which the shapes have no order of their own."""


def rank(path: Path) -> tuple[int, ...]:
    """What to sort the path of a setting by; what no session has comes last, and directives and notes first."""
    key = str(path[0])
    if key.startswith(("$", "x-")):
        return (-1,)
    place = _FIRST.get(key, _places().get(key, len(_places()) + len(_FIRST)))
    inside = (("input", "output").index(str(path[1])), _AUDIO.index(str(path[2]))) if len(path) > 2 else ()  # noqa: PLR2004 - the three steps of `audio`
    return (place, *inside)


@cache
def _places() -> dict[str, int]:
    shape: Any = load()["realtime"]
    return {key: number for number, key in enumerate(shape.fields, len(_FIRST))}
