"""What a setting of the flat beta shape has become: where it lives today, and in which form."""

from __future__ import annotations

from callsheet.facts.key import BETA_FORMATS, BETA_KEYS
from callsheet.patch import Change, Move, Put, Remove

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from callsheet.pointer import Path


def moved(path: Path, value: Any) -> tuple[Change, ...]:
    """The changes that bring a setting at the top of a session to its place; none where its value says too little."""
    key = str(path[-1])
    home = BETA_KEYS[key].path
    if home is None:
        return ()
    move = Move(path, (*path[:-1], *home.split(".")))
    if key in ("input_audio_format", "output_audio_format") and isinstance(value, str):
        return (move, Put(move.to, BETA_FORMATS[value])) if value in BETA_FORMATS else ()
    if key == "modalities" and isinstance(value, list) and sorted(map(str, value)) == ["audio", "text"]:
        return (move, Remove((*move.to, value.index("text"))))
    return (move,)
