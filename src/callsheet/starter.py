"""Profiles to begin with: the examples of `profiles/`, which the package carries with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

DEFAULT = "sip"

_FILES = {
    "sip": "sip-concierge",
    "browser": "browser-assistant",
    "push-to-talk": "push-to-talk",
    "text": "text-only",
    "transcription": "live-transcription",
    "phone-transcript": "phone-transcript",
    "translation": "live-translation",
    "tools": "function-tools",
    "mcp": "mcp-approvals",
    "reasoning": "reasoning",
    "noisy-line": "noisy-line",
    "long-calls": "long-calls",
    "base": "hotel-base",
    "variant": "hotel-german",
}
"""The templates by the names that they go by, and the files that they are."""

_MODELINE = re.compile(r"# yaml-language-server: \$schema=\S*?(?P<file>(?P<kind>[a-z-]+)\.profile\.schema\.json)\n")
_EXTENDS = re.compile(r"^\$extends: \./(\S+)", re.MULTILINE)


class Starter(NamedTuple):
    """One template: its name, the sentence that says what it is for, its text, and the schema that its text names.

    `base` is the file beside it on which it builds, None for most.
    """

    name: str
    purpose: str
    content: str
    kind: str
    schema: str
    base: str | None


def starters() -> list[Starter]:
    """Every template."""
    return [starter(name) for name in _FILES]


def starter(name: str) -> Starter:
    """The template of a name. Raises KeyError."""
    path = _folder() / f"{_FILES[name]}.yaml"
    content = path.read_text(encoding="utf-8")
    modeline = _MODELINE.match(content)
    if modeline is None:
        raise ValueError(f"{path.name} names no schema in its first line")
    kind, schema = modeline["kind"], modeline["file"]
    rest = content[modeline.end() :]
    base = _EXTENDS.search(rest)
    first = (
        f"# yaml-language-server: $schema=./{schema}\n"
        f"# For completion in an editor, once: callsheet schema {kind} --profile > {schema}\n"
    )
    return Starter(
        name, rest.partition("\n")[0].removeprefix("# "), first + rest, kind, schema, base[1] if base else None
    )


def named(file: str) -> str:
    """The name of the template that is a file."""
    return next(name for name, stem in _FILES.items() if f"{stem}.yaml" == file)


def _folder() -> Path:
    """Where the profiles are: in the package, or beside it where it runs from its sources."""
    packaged = Path(__file__).parent / "profiles"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "profiles"
