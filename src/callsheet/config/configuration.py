"""What one file says about how profiles are checked."""

from __future__ import annotations

import os
from types import MappingProxyType

from callsheet.named_tuple import NamedTuple
from callsheet.shape.directive import LATEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from callsheet.config.pattern import Patterns


class Configuration(NamedTuple):
    """What is configured for the files below `folder`, which is an absolute path; what is None is not.

    `path` is the file that says so, as people know it; None where there is none.
    """

    folder: str
    path: str | None = None
    said: Mapping[str, Any] = MappingProxyType({})
    """What is written there, by key."""
    include: Patterns | None = None
    exclude: Patterns | None = None
    file_ignores: tuple[tuple[Patterns, tuple[str, ...]], ...] = ()

    @property
    def revision(self) -> str | None:
        """The revision of profiles that name none, an ISO date; None is the latest."""
        revision: str | None = self.said.get("revision")
        return None if revision == LATEST else revision

    @property
    def target(self) -> str | None:
        """The target of profiles that name none."""
        target: str | None = self.said.get("target")
        return target

    @property
    def strict(self) -> bool:
        """Whether warnings fail a run."""
        return self.said.get("strict") is True

    @property
    def output_format(self) -> str | None:
        """How findings are printed."""
        output_format: str | None = self.said.get("output-format")
        return output_format

    def rules(self, key: str) -> tuple[str, ...]:
        """The words of `select`, `ignore` or `extend-select`."""
        return tuple(self.said.get(key, ()))

    def ignores(self, path: str) -> tuple[str, ...]:
        """The words for rules that are left out in a file."""
        if not self.file_ignores:
            return ()
        within = self.relative(path)
        return tuple(word for patterns, words in self.file_ignores if patterns.match(within) for word in words)

    def includes(self, path: str) -> bool:
        """Whether a file that is found is one of the profiles."""
        return self.include is None or self.include.match(self.relative(path))

    def excludes(self, path: str) -> bool:
        """Whether a file or a folder is passed over."""
        return self.exclude is not None and self.exclude.match(self.relative(path))

    def enters(self, folder: str) -> bool:
        """Whether a folder may hold profiles."""
        if self.excludes(folder):
            return False
        return (
            self.include is None
            or not self._holds(os.path.abspath(folder))
            or self.include.may_match_below(self.relative(folder))
        )

    def relative(self, path: str) -> str:
        """A path as patterns know it."""
        path = os.path.abspath(path)
        return os.path.relpath(path, self.folder).replace(os.sep, "/") if self._holds(path) else path

    def _holds(self, path: str) -> bool:
        return path.startswith(self.folder.rstrip(os.sep) + os.sep)
