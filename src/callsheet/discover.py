"""From the paths on the command line to the files to check."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = (".yaml", ".yml", ".json")
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "dist", "build"})


class Found(NamedTuple):
    """A file, and whether the user named it; one that was only found in a folder need not be a profile."""

    path: str
    named: bool


def discover(paths: Iterable[str]) -> Iterator[Found]:
    """Every file that the paths stand for, each once; folders in the order of their names."""
    seen: set[str] = set()
    for path in paths:
        found = _folder(path) if os.path.isdir(path) else iter((Found(path, named=True),))
        for file in found:
            if file.path not in seen:
                seen.add(file.path)
                yield file


def _folder(folder: str) -> Iterator[Found]:
    """The profiles-to-be below a folder; hidden folders and those of tools are passed over."""
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        path = os.path.normpath(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _PASSED_OVER:
                yield from _folder(path)
        elif entry.name.endswith(SUFFIXES):
            yield Found(path, named=False)
