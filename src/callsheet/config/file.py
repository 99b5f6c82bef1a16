"""The file in which a project says how it is checked: which one counts, and what it holds."""

from __future__ import annotations

import os
import re

from callsheet.named_tuple import NamedTuple
from callsheet.source.problem import MAX_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OWN = "callsheet.toml"
PROJECT = "pyproject.toml"
TABLE = ("tool", "callsheet")
"""Where the configuration stands in a file that is not its own."""
_MAY_HAVE_TABLE = r"(?m)tool\W+callsheet|^[^\w\n]*tool[^\w\n]*[\]=]"
"""The table in one of TOML's spellings, or one around it. To read the TOML takes longer than to check ten profiles."""
_TOP = ".git"
"""What the folder holds beyond which nobody looks."""


class ConfigurationError(Exception):
    """A configuration that cannot be used; its text has a line for each fault, with file and line."""

    def __init__(self, *faults: str) -> None:
        from callsheet.redact import mask_keys
        from callsheet.said import harmless

        super().__init__("\n".join(harmless(mask_keys(fault)) for fault in faults))  # a key may hold whatever it likes


class Source(NamedTuple):
    """A file and its text."""

    path: str
    content: str

    @property
    def table(self) -> tuple[str, ...]:
        """Where in it the configuration stands."""
        return () if os.path.basename(self.path) != PROJECT else TABLE


def found(folder: str) -> Source | None:
    """The configuration that stands in a folder itself.

    There `callsheet.toml` counts before `pyproject.toml`, which counts only if it has the table.
    """
    for name in (OWN, PROJECT):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            source = Source(_shown(path), _content(path))
            if name == OWN or _has_table(source):
                return source
    return None


def is_top(folder: str) -> bool:
    """Whether nobody looks for a configuration above a folder."""
    return os.path.dirname(folder) == folder or os.path.exists(os.path.join(folder, _TOP))


def named(path: str) -> Source:
    """The file that somebody named. Raises ConfigurationError where it cannot be read."""
    content = _content(path)
    source = Source(path, content)
    if source.table and not _has_table(source):
        raise ConfigurationError(f"{path}: there is no table [{'.'.join(TABLE)}]")
    return source


def data(source: Source) -> dict[str, Any]:
    """What a file says. Raises ConfigurationError for a text that is not TOML, or that holds no table there."""
    said: Any = _parsed(source)
    for key in source.table:
        said = said.get(key, {}) if isinstance(said, dict) else said
    if not isinstance(said, dict):
        raise ConfigurationError(f"{source.path}: `{'.'.join(TABLE)}` must be a table")
    return {key: _plain(value) for key, value in said.items()}


def line_of(source: Source, path: tuple[Any, ...]) -> int:
    """The line on which a key is written: the first after which the text, cut off there, has it."""
    keys = [key for key in (*source.table, *path) if isinstance(key, str)]
    lines = [f"{line}\n" for line in source.content.split("\n")]
    for number, line in enumerate(lines):
        if keys and keys[-1] in line and _has("".join(lines[:number]), lines[number:], keys):
            return number + 1
    return 1


_LONGEST = 200
"""Lines that one value may have, where a key is looked for."""


def _has(before: str, rest: list[str], keys: list[str]) -> bool:
    """Whether a text has a key as soon as the value is complete that begins with the rest."""
    from callsheet.config.toml import TOMLDecodeError, loads

    text = before
    for line in rest[:_LONGEST]:
        text += line
        try:
            value: Any = loads(text)
        except TOMLDecodeError:
            continue
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                return False
            value = value[key]
        return True
    return False


def _has_table(source: Source) -> bool:
    """Whether a pyproject.toml is about callsheet. TOML is read only where it may be: a name may be a package's."""
    if TABLE[-1] not in source.content or not re.search(_MAY_HAVE_TABLE, source.content):
        return False
    tool = _parsed(source).get(TABLE[0])
    return isinstance(tool, dict) and TABLE[-1] in tool


def _parsed(source: Source) -> dict[str, Any]:
    from callsheet.config.toml import TOMLDecodeError, loads

    try:
        parsed: dict[str, Any] = loads(source.content)
    except TOMLDecodeError as error:
        from callsheet.config.toml_error import explain

        line, sentence = explain(error, source.content)
        raise ConfigurationError(f"{source.path}:{line}: {sentence}") from None
    except RecursionError:
        raise ConfigurationError(f"{source.path}: it is nested too deep") from None
    return parsed


def _plain(value: Any) -> Any:
    """A value as JSON has it: a date becomes the text that it is written as."""
    import datetime as dt

    match value:
        case dt.date() | dt.time():
            return value.isoformat()
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
    return value


def _shown(path: str) -> str:
    """A path from here, where that leads downward."""
    return path.removeprefix(os.path.join(os.getcwd(), ""))


def _content(path: str) -> str:
    path = _shown(path)
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ConfigurationError(f"{path}: is larger than {MAX_BYTES:,} bytes")
        return raw.decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: is not UTF-8") from None
