"""A profile to look at: what will really run. One module gathers it, and one for each format lays it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from callsheet.show.view import View

    Lay: TypeAlias = Callable[[View], str]
    """Turns a view into the text of a format."""

FORMATS = ("text", "json", "html")
"""The names of the formats; each is a module of this package with a function `render`."""


def renderer(name: str) -> Lay:
    """The function that renders a format. Only its own module is imported."""
    from importlib import import_module

    render: Lay = import_module(f"callsheet.show.{name}").render
    return render
