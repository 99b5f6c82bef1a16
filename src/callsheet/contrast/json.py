"""Two profiles beside each other, for programs: one JSON object, version 1, whose keys docs/show.md lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from callsheet.source.secret import masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.contrast.compare import Change, Side
    from callsheet.contrast.live import Update

VERSION = 1


def render(changes: Sequence[Change], names: tuple[str, str], update: Update | None) -> str:
    """The whole object; `live` is null unless it was asked for."""
    left, right = names
    data = {
        "version": VERSION,
        "left": left,
        "right": right,
        "changes": [_change(change) for change in changes],
        "live": None if update is None else _live(update),
    }
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _change(change: Change) -> dict[str, Any]:
    return {
        "path": change.path,
        "what": change.what,
        "left": _side(change.left),
        "right": _side(change.right),
        "otherwise": change.otherwise,
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    return None if side is None else {"value": side.value, "spot": side.spot._asdict()}


def _live(update: Update) -> dict[str, Any]:
    return {
        "reaches": update.reaches,
        "update": masked(update.event),
        "obstacles": [obstacle._asdict() for obstacle in update.obstacles],
    }
