"""Patterns for paths, as in `.gitignore`: without `!`, and relative to one folder."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_WILD = re.compile(r"[*?\[]")


class Patterns:
    """Some patterns at once.

    A pattern stands for files and for folders with all that is in them. One with a slash, but for one at its end,
    starts at the folder that all are relative to; another one holds at any depth. `*` and `?` stop at a slash, `**`
    does not, and `.` is the folder itself. Raises `re.error` for a pattern that is none, such as `[z-a]`.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        cleaned = [_cleaned(pattern) for pattern in patterns]
        self._any = re.compile("|".join(map(_expression, cleaned)) or "(?!)", re.DOTALL)
        self._heads = [_head(pattern) for pattern in cleaned]

    def match(self, path: str) -> bool:
        """Whether a path, relative and with slashes, is meant by one of the patterns."""
        return self._any.fullmatch(path) is not None

    def may_match_below(self, folder: str) -> bool:
        """Whether a folder may hold what is meant, so that it has to be looked into."""
        inside = f"{folder}/"
        return any(f"{head}/".startswith(inside) or inside.startswith(head) for head in self._heads)


def _cleaned(pattern: str) -> str:
    """A pattern without a slash at its end, and with one at its start in place of `./`."""
    bare = pattern.removeprefix(".") if pattern.startswith("./") else pattern
    return "**" if bare in (".", "/") else bare.rstrip("/")


def _head(pattern: str) -> str:
    """What every path begins with that a pattern means; a pattern for any depth promises nothing."""
    anchored = pattern.strip("/") if "/" in pattern else ""
    wild = _WILD.search(anchored)
    return anchored if wild is None else anchored[: wild.start()].rpartition("/")[0]


def _expression(pattern: str) -> str:
    """A pattern as a regular expression for whole paths."""
    steps = pattern.lstrip("/").split("/")
    written = "" if "/" in pattern else "(?:.*/)?"
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        if step == "**":
            written += ".*" if last else "(?:.*/)?"
        else:
            written += _step(step) + ("" if last else "/")
    return written + "(?:/.*)?"


def _step(step: str) -> str:
    """One step of a pattern, in which nothing stands for a slash."""
    written = ""
    while step:
        if step[0] == "*":
            written, step = written + "[^/]*", step.lstrip("*")
        elif step[0] == "?":
            written, step = written + "[^/]", step[1:]
        elif step[0] == "[" and (end := step.find("]", 2)) > 0:
            inner = step[1:end].replace("\\", r"\\").replace("[", r"\[")
            written += f"[{'^/' + inner[1:] if inner[0] in '!^' else inner}]"
            step = step[end + 1 :]
        else:
            written, step = written + re.escape(step[0]), step[1:]
    return written
