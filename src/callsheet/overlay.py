"""A project in which some files hold something else than the disk does: a fix, or what an editor has not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.project import File, Project

if TYPE_CHECKING:
    from collections.abc import Mapping


class Overlay(Project):
    """A project whose `instead` gives contents by real path, which count in place of those on the disk."""

    def __init__(self, root: str | None = None, instead: Mapping[str, bytes] | None = None) -> None:
        super().__init__(root)
        self.instead = dict(instead or {})

    def read(self, path: str, real: str) -> File:
        """A file as it would be. Raises Refusal if there is none, or none that can be read."""
        raw = self.instead.get(real)
        return super().read(path, real) if raw is None else File(path, real, raw)
