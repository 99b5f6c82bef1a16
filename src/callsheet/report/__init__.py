"""Findings on paper: one module for each output format, one line here for each."""

from __future__ import annotations

from callsheet.shape.configuration import OUTPUT_FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.report.run import Run

    Report: TypeAlias = Callable[[Run], Iterator[str]]
    """Turns a run into the pieces of its output."""

FORMATS = OUTPUT_FORMATS
"""The names of the formats; each is a module of this package with a function `render`. The first is the default."""

PIECEMEAL = frozenset({"full", "concise", "github"})
"""Those that can be printed file by file, with nothing around; where nothing was found, there is nothing to print."""

WITH_EDITS = frozenset({"json", "sarif"})
"""Those that show the edits which would mend what was found."""

COLORED = frozenset({"full"})
"""Those that may be coloured."""


def renderer(name: str) -> Report:
    """The function that renders a format. Only its own module is imported."""
    from importlib import import_module

    render: Report = import_module(f"callsheet.report.{name}").render
    return render
