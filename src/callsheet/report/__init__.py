"""Findings on paper: one module for each output format, one line here for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.report.run import Run

    Report: TypeAlias = Callable[[Run], Iterator[str]]
    """Turns a run into the pieces of its output."""


class Format(NamedTuple):
    """What a format asks of a run, and of the one who prints it."""

    silent: bool = False
    """It has nothing to print where nothing was found, and need not be imported then."""
    edits: bool = False
    """It tells the edits that would mend a finding, which are worked out for it alone."""
    color: bool = False
    """It may be coloured."""


FORMATS = {
    "full": Format(silent=True, color=True),
    "concise": Format(silent=True),
    "json": Format(edits=True),
    "sarif": Format(edits=True),
    "github": Format(silent=True),
    "gitlab": Format(),
    "junit": Format(),
}
"""The formats by name; each is a module of this package with a function `render`."""


def renderer(name: str) -> Report:
    """The function that renders a format. Only its own module is imported."""
    from importlib import import_module

    render: Report = import_module(f"callsheet.report.{name}").render
    return render
