"""The known name that somebody probably meant."""

from __future__ import annotations

from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 64
"""Names of the API are shorter; comparing longer texts costs time and tells nothing."""
_MOST = 400
"""More names than this are somebody's own list; comparing each fault with all of it would take square time."""


def nearest(name: object, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where none is like it."""
    if not isinstance(name, str) or not name or len(name) > _LONGEST:
        return None
    folded = {_fold(candidate): candidate for candidate in islice(known, _MOST + 1)}
    if len(folded) > _MOST:
        return None
    from difflib import get_close_matches

    start, end = _common(list(folded))
    telling = {candidate[len(start) : len(candidate) - len(end)]: full for candidate, full in folded.items()}
    found = get_close_matches(_fold(name).removeprefix(start).removesuffix(end), telling, n=1, cutoff=0.6)
    return telling[found[0]] if found else None


def _fold(name: str) -> str:
    return name.lower().replace("-", "_")


def _common(names: list[str]) -> tuple[str, str]:
    """The word that all names begin with and the one that they end with; likeness in these tells nothing."""
    if len(names) < 2 or not all("_" in name for name in names):  # noqa: PLR2004 - one name has nothing in common
        return "", ""
    first = {name[: name.index("_") + 1] for name in names}
    last = {name[name.rindex("_") :] for name in names}
    return first.pop() if len(first) == 1 else "", last.pop() if len(last) == 1 else ""
