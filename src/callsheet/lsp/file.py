"""The files that a profile may name, as far as the name is written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from callsheet.discover import SUFFIXES
from callsheet.project import holds
from callsheet.reference import real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.lsp.desk import Checked, Desk

_MOST = 500
"""How many names a folder may offer."""


def files(desk: Desk, checked: Checked, word: str, *, profiles: bool) -> Iterator[tuple[str, bool]]:
    """The names in the folder that a word leads to, each with whether it is a folder; of `profiles`, these alone.

    A folder outside of the project offers nothing, nor does a link that leads out.
    """
    sheet, project = checked.sheet, checked.linter.project
    if sheet.real is None or project is None or os.path.isabs(word):
        return
    lead = word[: word.rfind("/") + 1]
    folder = os.path.join(os.path.dirname(sheet.path), lead)
    root = project.root(sheet.real)
    unsaved = [os.path.basename(other.path) for other in desk.sheets.values() if _in(other.real, folder)]
    try:
        there = os.listdir(folder) if holds(root, real(folder)) else []
    except (OSError, ValueError):  # as for letters that the file system has not
        there = []
    for name in sorted({*there, *unsaved})[:_MOST]:
        path = os.path.join(folder, name)
        where = real(path)
        if name.startswith(".") or where == sheet.real or not holds(root, where):
            continue
        if os.path.isdir(path):
            yield f"{lead}{name}/", True
        elif not profiles or name.endswith(SUFFIXES):
            yield f"{lead}{name}", False


def _in(file: str | None, folder: str) -> bool:
    return file is not None and os.path.dirname(file) == real(folder)
