"""Tables and origins of settings as every format for people writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.setting import Setting
    from callsheet.show.view import Date

_HALVES = (("audio", "input"), ("audio", "output"))
"""The parts of a session that are long enough for a table of their own, beside those at its top."""


def sections(settings: Sequence[Setting], top: str = "session") -> Iterator[tuple[str, list[tuple[str, Setting]]]]:
    """The settings in tables, each with its name, and in it each setting by the rest of its name.

    `top` names the table of those that stand in no part.
    """
    found: dict[str, list[tuple[str, Setting]]] = {}
    for setting in settings:
        steps = 2 if setting.path[:2] in _HALVES and len(setting.path) > 2 else 1 if len(setting.path) > 1 else 0  # noqa: PLR2004 - see _HALVES
        title = setting._replace(path=setting.path[:steps]).name or top
        rest = setting._replace(path=setting.path[steps:]).name
        found.setdefault(title, []).append((rest, setting))
    yield from found.items()


def size_of(setting: Setting) -> str | None:
    """How long a long text is."""
    if not isinstance(setting.value, str) or "\n" not in setting.value.rstrip("\n"):
        return None
    lines = len(setting.value.rstrip("\n").split("\n"))
    return f"{len(setting.value):,} characters on {lines} lines"


def origin_of(setting: Setting, path: str) -> str:
    """Where a setting was decided: a line, a file and a line, or in a word."""
    if setting.spot is None:
        return {"default": "default", "unset": "not set"}.get(setting.origin, setting.origin)
    if setting.origin == "here":
        return f"line {setting.spot.line}"
    return f"{_near(setting.spot.path, path)}:{setting.spot.line}"


def _near(file: str, path: str) -> str:
    """The path of a file without the folder that it shares with the profile."""
    folder = path.rpartition("/")[0]
    return file.removeprefix(f"{folder}/") if folder else file


def left_of(date: Date) -> str:
    """How far off a day is."""
    if date.days is None:
        return ""
    if date.days == 0:
        return "today"
    days = f"{abs(date.days):,} day{'s' * (abs(date.days) != 1)}"
    return f"{days} left" if date.days > 0 else f"{days} ago"
