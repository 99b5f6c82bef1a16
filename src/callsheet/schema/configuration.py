"""The JSON Schema of a configuration: of callsheet.toml, and of the table [tool.callsheet] in pyproject.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.schema.writer import DIALECT, Writer
from callsheet.shape.configuration import CONFIGURATION

if TYPE_CHECKING:
    from callsheet.schema.writer import Json


def configuration_schema() -> Json:
    """The schema, which lists the output formats and the targets that this version knows."""
    return {
        "$comment": "Generated; prints it: callsheet config --schema",
        "$schema": DIALECT,
        "$id": "urn:callsheet:schema:configuration",
        "title": "Configuration of callsheet",
        **Writer().record(CONFIGURATION),
    }
