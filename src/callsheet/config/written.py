"""From what is written in a configuration to its value, or to what is wrong with it."""

from __future__ import annotations

import re

from callsheet.config.configuration import Configuration
from callsheet.config.file import TABLE
from callsheet.config.pattern import Patterns
from callsheet.diagnostic import Place
from callsheet.named_tuple import NamedTuple
from callsheet.shape.configuration import CONFIGURATION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.pointer import Path


def configuration(said: dict[str, Any], folder: str, path: str) -> Configuration:
    """A configuration that has no faults."""
    ignores = said.get("per-file-ignores", {})
    return Configuration(
        folder,
        path,
        said,
        Patterns(said["include"]) if "include" in said else None,
        Patterns(said["exclude"]) if "exclude" in said else None,
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
        help_ = f"write `{guess}`" if guess else f"its keys are {_listed()}"
        if key in TABLE and isinstance(said[key], dict):
            help_ = "the keys stand at the top here, without a table around them"
        yield Misfit((key,), f"there is no key `{key}`; {help_}")
    known = {key: value for key, value in said.items() if key in fields}
    for fault in walk(load(), CONFIGURATION, known, placeholders=False):
        assert isinstance(fault.place, Place)  # noqa: S101 - it is about data
        mend = _in_toml(fault.help, known.pop(str(fault.place.path[0]), None))
        yield Misfit(fault.place.path, fault.message + (f"; {mend}" if mend else ""))
    for path, words in _words(known):
        yield from _unknown_rules(path, words)
    for path, pattern in _patterns(known):
        yield from _broken_pattern(path, pattern)


def _in_toml(help_: str | None, value: Any) -> str | None:
    """The help for a value as TOML is written; of a profile's it is told in YAML."""
    if help_ == f"write [{value}]":
        return f'write ["{value}"]'
    return help_.partition(" (in YAML")[0] if help_ else None


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
    if pattern.startswith("!"):
        yield Misfit(path, f"`{pattern}` takes nothing back, as it would in .gitignore; write what is meant")
    if ".." in pattern.split("/"):
        yield Misfit(path, f"`{pattern}` leads out of the folder of this file, where no pattern holds")
    try:
        Patterns((pattern,))
    except re.error:
        yield Misfit(path, f"`{pattern}` is not a pattern")
