"""Requests on paper: one module for each form in which a body, a command or a program is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from callsheet.pointer import Path
    from callsheet.request import Request
    from callsheet.template import Variable

FORMATS = ("json", "curl", "python")
"""The names of the formats; each is a module of this package with a function `render`."""


class Draft(NamedTuple):
    """What is to be rendered.

    `body` is the JSON of the body, or of its part `session`; `open` holds the variables whose values are not to be
    seen, by their places in it. `kind` is that of the session. `request` is None for a session by itself, which goes
    nowhere. `call_id` is None where whoever runs the result has to give it. `offer` is the file with the SDP offer,
    None where the request itself holds the offer. `is_azure` says that it goes to a resource on Azure.
    """

    body: Any
    open: Mapping[Path, Variable]
    kind: str
    request: Request | None = None
    call_id: str | None = None
    offer: str | None = None
    is_azure: bool = False


Render: TypeAlias = "Callable[[Draft], str]"
"""Prints a draft in one format. Raises ValueError, with a sentence, for one that has no place in it."""


def renderer(name: str) -> Render:
    """The function that renders a format. Only its own module is imported."""
    from importlib import import_module

    render: Render = import_module(f"callsheet.render.{name}").render
    return render
