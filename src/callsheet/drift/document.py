"""An OpenAPI document, from a file of JSON or YAML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from callsheet.drift.upstream import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path


def load(path: Path) -> dict[str, Any]:
    """The document in a file. Raises UnreadableError, whose text names the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"{path}: not UTF-8, so neither JSON nor YAML") from None
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        data = json.loads(text) if path.suffix == ".json" or text.lstrip()[:1] == "{" else _yaml(path, text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"{path}:{error.lineno}:{error.colno}: broken JSON: {error.msg}") from None
    except RecursionError:
        raise UnreadableError(f"{path}: nested too deep") from None
    if not isinstance(data, dict) or "openapi" not in data:
        swagger = isinstance(data, dict) and "swagger" in data
        raise UnreadableError(
            f"{path}: Swagger 2 is too old; the document has to be OpenAPI 3"
            if swagger
            else f"{path}: no OpenAPI document: it does not say `openapi:` at its top"
        )
    return data


def _yaml(path: Path, text: str) -> Any:
    import yaml

    class Loader(yaml.CSafeLoader):
        """Reads YAML 1.2, in which `no` and `2026-11-05` are text."""

    Loader.yaml_implicit_resolvers = {}
    for kind, pattern, first in (
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
        ("int", r"[-+]?[0-9]+", list("-+0123456789")),
        ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ):
        tag = f"tag:yaml.org,2002:{kind}"
        Loader.add_implicit_resolver(tag, re.compile(rf"^(?:{pattern})$"), first)
    try:
        return yaml.load(text, Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f":{mark.line + 1}:{mark.column + 1}" if mark is not None else ""
        raise UnreadableError(f"{path}{at}: broken YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise UnreadableError(f"{path}: broken YAML: {error}") from None
