"""Show how the files at a path are checked: what is configured, and which file says so."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from callsheet.cli import FINE, configured
from callsheet.config.quote import toml
from callsheet.shape.configuration import CONFIGURATION

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from callsheet.config.choice import Choice
    from callsheet.config.configuration import Configuration

EPILOG = """examples:
  callsheet config                                     for the files of this folder
  callsheet config profiles/sip-concierge.yaml         for one file
  callsheet config --format json                       for programs
  callsheet config --schema                            the JSON Schema of a configuration

A configuration is the table [tool.callsheet] of the nearest pyproject.toml, or callsheet.toml; a flag counts before it.
exit status: 0 fine, 2 usage or a configuration with a fault"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("path", nargs="?", metavar="PATH", default=os.curdir, help="a file or a folder (default: here)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is printed (default: text)")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a configuration instead")
    configured.arguments(parser)


def run(options: Namespace) -> int:
    """Print what is in force."""
    if options.schema:
        from callsheet.schema.configuration import configuration_schema

        return _json(configuration_schema())
    choice = configured.choice(options)
    found = _of(choice, options.path)
    settings, lines = _settings(found), _lines(found)
    if options.format == "json":
        said = {key: {"value": value, "line": lines.get(key)} for key, value in settings.items()}
        return _json({"version": 1, "file": found.path, "folder": found.folder, "settings": said})
    if found.path is None:
        print("# nothing is configured")
    for key, value in settings.items():
        where = f"{found.path}:{lines[key]}" if key in lines else "default"
        print(f"{key} = {toml(value)}  # {where}" if value is not None else f"# {key} is not set")
    return FINE


def _lines(found: Configuration) -> dict[str, int]:
    """The line on which each key is set that is."""
    if found.path is None:
        return {}
    from callsheet.config.file import line_of, named

    source = named(found.path)
    return {key: line_of(source, (key,)) for key in found.said}


def _of(choice: Choice, path: str) -> Configuration:
    return choice.below(os.path.abspath(path)) if os.path.isdir(path) else choice.configuration(path)  # noqa: PTH100, PTH112 - as elsewhere


def _settings(found: Configuration) -> dict[str, Any]:
    """Every key with the value that counts; None where nothing is said and there is no default."""
    return {key: found.said.get(key, field.default) for key, field in CONFIGURATION.fields.items()}


def _json(value: Any) -> int:
    import json

    json.dump(value, sys.stdout, indent=2)
    print()
    return FINE
