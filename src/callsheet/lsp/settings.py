"""How the profiles in an editor are checked."""

from __future__ import annotations

from callsheet.lint import Options


def options_for(path: str) -> Options:  # noqa: ARG001 - whoever configures a path differently looks at it
    """What a profile at a path is checked with, as `callsheet lint` would check it. It is asked at every look."""
    return Options()
