"""An OpenAPI document, from a file of JSON or YAML."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING, Any, NoReturn

from callsheet.drift.upstream import UnreadableError, clip

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST_BYTES = 64 * 1024 * 1024
"""The whole public document has about 3 MB of YAML."""
DEEPEST = 200
"""How many lists and objects may stand within each other."""
LONGEST_NUMBER = 300
"""How many digits a number may have."""
_SHOWN = 6
"""How many steps of a path tell where something is nested too deep."""


def load(path: Path) -> dict[str, Any]:
    """The document in a file. Raises UnreadableError, whose text names the file."""
    try:
        data = _parsed(path, _text(path))
    except MemoryError:
        raise UnreadableError(f"{path}: too large for the memory of this computer") from None
    if not isinstance(data, dict) or "openapi" not in data:
        swagger = isinstance(data, dict) and "swagger" in data
        raise UnreadableError(
            f"{path}: Swagger 2 is too old; the document has to be OpenAPI 3"
            if swagger
            else f"{path}: no OpenAPI document: it does not say `openapi:` at its top"
        )
    return data


def _text(path: Path) -> str:
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise UnreadableError(f"{path}: a folder; name a file in it")
        if not stat.S_ISREG(kind):
            raise UnreadableError(f"{path}: no regular file; save the document in one that has an end")
        with path.open("rb", buffering=0) as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from None
    if len(raw) > MOST_BYTES:
        raise UnreadableError(f"{path}: larger than {MOST_BYTES:,} bytes; is it the right file?")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"{path}: not UTF-8, so neither JSON nor YAML") from None


def _parsed(path: Path, text: str) -> Any:
    if path.suffix == ".json" or text.lstrip()[:1] == "{":
        return _json(path, text)
    from callsheet.drift.plain import BrokenError, values

    try:
        return values(text, deepest=DEEPEST, longest_number=LONGEST_NUMBER)
    except BrokenError as error:
        at = "" if error.mark is None else f":{error.mark[0]}:{error.mark[1]}"
        raise UnreadableError(f"{path}{at}: {error}") from None


def _json(path: Path, text: str) -> Any:
    def no_number(word: str) -> NoReturn:
        raise UnreadableError(f"{path}: broken JSON: {word} is no number in JSON")

    def whole(digits: str) -> int:
        if len(digits) > LONGEST_NUMBER:
            raise UnreadableError(f"{path}: a number is too large: {clip(digits)}")
        return int(digits)

    def fraction(digits: str) -> float:
        number = float(digits)
        if len(digits) > LONGEST_NUMBER or abs(number) == float("inf"):
            raise UnreadableError(f"{path}: a number is too large: {clip(digits)}")
        return number

    try:
        data = json.loads(text, parse_constant=no_number, parse_int=whole, parse_float=fraction)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"{path}:{error.lineno}:{error.colno}: broken JSON: {error.msg}") from None
    except RecursionError:
        raise UnreadableError(f"{path}: nested too deep: more than {DEEPEST} levels") from None
    deep = _deep(data)
    if deep is not None:
        raise UnreadableError(f"{path}: nested too deep: more than {DEEPEST} levels below {clip(deep, 200)}")
    return data


def _deep(data: Any) -> str | None:
    """Where a value is nested too deep: the first steps of the way there; None where it is not."""
    level: list[tuple[Any, str, int]] = [(data, "", 0)]
    for _ in range(DEEPEST):
        level = [
            (value, f"{at}/{step}" if steps < _SHOWN else at, steps + 1)
            for thing, at, steps in level
            for step, value in _entries(thing)
            if isinstance(value, (dict, list)) and value
        ]
        if not level:
            return None
    return level[0][1]


def _entries(thing: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(thing, dict):
        return thing.items()
    return enumerate(thing) if isinstance(thing, list) else ()
