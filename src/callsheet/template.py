"""A body in which values from the environment are still open: JSON in pieces, with the variables between them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.pointer import Path

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_MARK = "\ue000callsheet\ue000"
"""Stands in the JSON where a variable goes. No text of a body holds it: it is taken apart by position, not by luck."""


class Variable(NamedTuple):
    """A value that the environment gives: `{$env: NAME}`, and where in the body it goes."""

    name: str
    default: str | None
    path: Path


class _Names(Mapping[str, str]):
    """See `NAMES`."""

    def __getitem__(self, name: str) -> str:
        return f"${name}"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


NAMES: Mapping[str, str] = _Names()
"""An environment that has every variable, and gives its name in place of its value, as a shell writes it: `$NAME`."""


class Template:
    """The JSON of a body, written once and filled in as often as it is sent."""

    def __init__(self, body: Any) -> None:
        self.variables: tuple[Variable, ...] = tuple(variables(body))
        self._pieces = _pieces(body, self.variables)

    def missing(self, environment: Mapping[str, str]) -> list[Variable]:
        """The variables that neither the environment nor a default gives."""
        return [open_ for open_ in self.variables if open_.default is None and open_.name not in environment]

    def fill(self, environment: Mapping[str, str]) -> bytes:
        """The JSON with every variable filled in. Raises KeyError for one that is missing."""
        if not self.variables:
            return self._pieces[0]
        filled = [self._pieces[0]]
        for variable, piece in zip(self.variables, self._pieces[1:], strict=True):
            value = environment.get(variable.name, variable.default)
            if value is None:
                raise KeyError(variable.name)
            filled += (dumps(value), piece)
        return b"".join(filled)


def dumps(value: Any) -> bytes:
    """JSON as it is sent: without spaces, in UTF-8."""
    return _encode(value).encode()


def variables(value: Any, path: Path = ()) -> Iterator[Variable]:
    """Every placeholder of a body, in the order in which they are written."""
    if isinstance(value, dict):
        if _is_placeholder(value):
            yield Variable(value["$env"], value.get("default"), path)
            return
        for key, item in value.items():
            yield from variables(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from variables(item, (*path, index))


def _is_placeholder(value: dict[str, Any]) -> bool:
    """Whether a mapping stands for a variable. A JSON Schema may have a property that is called `$env`."""
    return isinstance(value.get("$env"), str) and value.keys() <= {"$env", "default"}


def _pieces(body: Any, open_: tuple[Variable, ...]) -> list[bytes]:
    if not open_:
        return [dumps(body)]
    mark = _MARK
    whole = json.dumps(body, ensure_ascii=False)
    while mark in whole:
        mark += _MARK
    marked = dumps(_marked(body, mark))
    return marked.split(dumps(mark))


def _marked(value: Any, mark: str) -> Any:
    if isinstance(value, dict):
        return mark if _is_placeholder(value) else {key: _marked(item, mark) for key, item in value.items()}
    if isinstance(value, list):
        return [_marked(item, mark) for item in value]
    return value
