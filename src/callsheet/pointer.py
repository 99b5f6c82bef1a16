"""Paths into JSON data, and the ways they are written down."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead from the top of a document to a value."""


def to_pointer(path: Path) -> str:
    """The path as a JSON Pointer (RFC 6901): `/tools/0/name`; the whole document is the empty string."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def to_dotted(path: Path) -> str:
    """The path as the API names its parameters: `tools[0].name`."""
    dotted = ""
    for step in path:
        if isinstance(step, int):
            dotted += f"[{step}]"
        elif step.removeprefix("$").replace("-", "_").isidentifier():
            dotted += f".{step}" if dotted else step
        else:
            dotted += f"[{step!r}]"
    return dotted


def from_dotted(name: str) -> Path:
    """The path that the API means by the name of a parameter: `tools[0].name`."""
    import re

    steps = re.finditer(r"""\[(["'])(.*?)\1\]|([^.\[\]]+)""", name)
    bare = ((step[3], step[2]) for step in steps)
    return tuple(key if word is None else int(word) if word.isdecimal() else word for word, key in bare)
