"""What one file says about how profiles are checked."""

from __future__ import annotations

import os
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.config.pattern import Patterns
from callsheet.diagnostic import Place
from callsheet.shape.configuration import CONFIGURATION
from callsheet.shape.directive import LATEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.pointer import Path


class Configuration(NamedTuple):
    """What is configured for the files below `folder`, which is an absolute path; what is None is not.

    `path` is the file that says so, as people know it; None where there is none.
    """

    folder: str
    path: str | None = None
    said: Mapping[str, Any] = MappingProxyType({})
    """What is written there, by key."""
    include: Patterns | None = None
    exclude: Patterns = Patterns(())
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
        """The words for rules that are left out in a file, which has an absolute path."""
        if not self.file_ignores:
            return ()
        within = self.relative(path)
        return tuple(word for patterns, words in self.file_ignores if patterns.match(within) for word in words)

    def includes(self, path: str) -> bool:
        """Whether a file that is found is one of the profiles."""
        return self.include is None or self.include.match(self.relative(path))

    def excludes(self, path: str) -> bool:
        """Whether a file or a folder is passed over."""
        return "exclude" in self.said and self.exclude.match(self.relative(path))

    def enters(self, folder: str) -> bool:
        """Whether a folder may hold profiles."""
        if self.excludes(folder):
            return False
        return self.include is None or not self._holds(folder) or self.include.may_match_below(self.relative(folder))

    def relative(self, path: str) -> str:
        """An absolute path as patterns know it."""
        return os.path.relpath(path, self.folder).replace(os.sep, "/") if self._holds(path) else path

    def _holds(self, path: str) -> bool:
        return path.startswith(self.folder.rstrip(os.sep) + os.sep)


def configuration(said: dict[str, Any], folder: str, path: str) -> Configuration:
    """A configuration that has no faults."""
    ignores = said.get("per-file-ignores", {})
    return Configuration(
        folder,
        path,
        said,
        Patterns(said["include"]) if "include" in said else None,
        Patterns(said.get("exclude", ())),
        tuple((Patterns((pattern,)), tuple(words)) for pattern, words in ignores.items()),
    )


class Misfit(NamedTuple):
    """What is wrong with a configuration: the path of the key, and the sentence."""

    path: Path
    message: str


def misfits(said: dict[str, Any]) -> Iterator[Misfit]:
    """Everything that is wrong with what is written."""
    from callsheet.judge.walk import walk
    from callsheet.nearest import nearest
    from callsheet.shape.frozen import load

    fields = CONFIGURATION.fields
    for key in said.keys() - fields.keys():
        guess = nearest(key, fields)
        yield Misfit(
            (key,), f"there is no key `{key}`; " + (f"write `{guess}`" if guess else f"its keys are {_listed()}")
        )
    known = {key: value for key, value in said.items() if key in fields}
    for fault in walk(load(), CONFIGURATION, known, placeholders=False):
        assert isinstance(fault.place, Place)  # noqa: S101 - it is about data
        known.pop(str(fault.place.path[0]), None)
        yield Misfit(fault.place.path, fault.message + (f"; {fault.help}" if fault.help else ""))
    for path, words in _words(known):
        yield from _unknown_rules(path, words)
    for path, pattern in _patterns(known):
        yield from _broken_pattern(path, pattern)


def _listed() -> str:
    return ", ".join(f"`{key}`" for key in CONFIGURATION.fields)


def _words(said: dict[str, Any]) -> Iterator[tuple[Path, list[str]]]:
    """What names rules, with its path."""
    for key in ("select", "ignore", "extend-select"):
        if key in said:
            yield (key,), said[key]
    for pattern, words in said.get("per-file-ignores", {}).items():
        yield ("per-file-ignores", pattern), words


def _unknown_rules(path: Path, words: list[str]) -> Iterator[Misfit]:
    from callsheet.selection import selection

    try:
        selection(select=words)
    except ValueError as error:
        yield Misfit(path, str(error))


def _patterns(said: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """What is a pattern, with its path."""
    for key in ("include", "exclude"):
        for pattern in said.get(key, ()):
            yield (key,), pattern
    for pattern in said.get("per-file-ignores", ()):
        yield ("per-file-ignores", pattern), pattern


def _broken_pattern(path: Path, pattern: str) -> Iterator[Misfit]:
    try:
        Patterns((pattern,))
    except re.error:
        yield Misfit(path, f"`{pattern}` is not a pattern")
