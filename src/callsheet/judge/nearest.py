"""The known name that somebody probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 64
"""Names of the API are shorter; comparing longer texts costs time and tells nothing."""


def nearest(name: object, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where none is like it."""
    if not isinstance(name, str) or not name or len(name) > _LONGEST:
        return None
    from difflib import get_close_matches

    lowered = {candidate.lower(): candidate for candidate in known}
    found = get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    return lowered[found[0]] if found else None
