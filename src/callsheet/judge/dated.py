"""What to say of a key, a value or a form that another revision of the API has, and the one checked against has not."""

from __future__ import annotations

from callsheet.rules.lifecycle import NOT_IN_REVISION
from callsheet.shape.revision import born, came
from callsheet.shape.say import shown
from callsheet.shape.shape import Choice, Either, Tagged, fits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from callsheet.diagnostic import Fault, Part
    from callsheet.pointer import Path
    from callsheet.shape.shape import Field, Shape


def key(field: Field, path: Path, revision: str) -> Fault:
    """A key that its record has at another date."""
    return _fault(path, f"`{path[-1]}`", came(field), field.until, revision, "key", field.earlier)


def value(shape: Shape, found: Any, path: Path, revision: str) -> Fault | None:
    """The fault for a value or a form that is taken at another date; None for one that never was."""
    for part in (*shape.options, *shape.other) if isinstance(shape, Either) else (shape,):
        if isinstance(part, Choice) and isinstance(found, str):
            added, removed = (part.added or {}).get(found), (part.removed or {}).get(found)
            if added is not None or removed is not None:
                return _fault(path, shown(found), added or "", removed, revision)
        tag = found.get(part.tag) if isinstance(part, Tagged) and isinstance(found, dict) else None
        if isinstance(part, Tagged) and isinstance(tag, str) and tag in part.other:
            return _fault((*path, part.tag), shown(tag), born(part.other[tag]), None, revision)
    if isinstance(shape, Either):
        form = next((part for part in shape.other if fits(part, found)), None)
        if form is not None:
            return _fault(path, f"this form of `{path[-1]}`", born(form), None, revision)
    return None


def kind(title: str, since: str, path: Path, revision: str) -> Fault:
    """A whole body of a kind that was not there yet."""
    article = "an" if title[0] in "AEIOU" else "a"
    return _fault(path, f"{article} {title.lower()}", since, None, revision, "value" if path else "object")


def _fault(
    path: Path,
    what: str,
    since: str,
    until: str | None,
    revision: str,
    part: Part = "value",
    earlier: tuple[tuple[str, str], ...] = (),
) -> Fault:
    back = next((period for period in earlier if period[1] <= revision), None)
    if until is not None and until <= revision:
        message = f"{what} is not in the API as of {revision}; it was removed on {until}"
        return NOT_IN_REVISION.fault(path, message, "remove it", part)
    if back is not None:
        message = f"{what} is not in the API as of {revision}: it was removed on {back[1]} and added again later"
        return NOT_IN_REVISION.fault(path, message, "remove it, or raise the revision to today's", part)
    message = f"{what} is not in the API as of {revision}; it was added on {since}"
    return NOT_IN_REVISION.fault(path, message, f"remove it, or raise the revision to {since}", part)
