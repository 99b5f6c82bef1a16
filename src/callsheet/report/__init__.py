"""Findings on paper: one module for each output format, which is named here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.report.run import Run

    Report: TypeAlias = Callable[[Run], Iterator[str]]
    """Turns a run into the pieces of its output."""

FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")
"""The names of the formats; each is a module of this package with a function `render`."""

SILENT_WHEN_CLEAN = frozenset({"full", "concise", "github"})
"""Those that have nothing to print where nothing was found, and need not be imported."""

WITH_EDITS = frozenset({"json", "sarif"})
"""Those that tell the edits that would mend a finding, which are worked out for them alone."""

COLORED = frozenset({"full"})
"""Those that may be coloured."""


def renderer(name: str) -> Report:
    """The function that renders a format. Only its own module is imported."""
    from importlib import import_module

    render: Report = import_module(f"callsheet.report.{name}").render
    return render
