"""The revisions of each kind of body: the days on which its wire schema changed.

A date between two of them means the earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.rules import RULES
from callsheet.schema.wire import wire_schema
from callsheet.schema.writer import heading
from callsheet.shape.revision import EARLIEST, born, dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.schema.writer import Json
    from callsheet.shape.shape import Shape


def first(shape: Shape) -> str:
    """The revision that a shape first stands in: that in which it came, or the first that callsheet has."""
    return max(EARLIEST, born(shape))


def history(kind: str, shape: Shape) -> Iterator[tuple[str, Json]]:
    """Every revision in which a kind changed, with its wire schema, from the oldest to the newest."""
    above = set(heading(kind, EARLIEST))
    before: Json | None = None
    for date in _days(shape):
        schema = wire_schema(kind, shape, date)
        says = {keyword: said for keyword, said in schema.items() if keyword not in above}
        if says != before:
            yield date, schema
        before = says


def revision_of(kind: str, shape: Shape, date: str) -> str:
    """The revision that a date means. Raises LookupError, which says when the kind came, for a date before it."""
    came = first(shape)
    if date < came:
        raise LookupError(came)
    return max(revision for revision, _ in history(kind, shape) if revision <= date)


def _days(shape: Shape) -> list[str]:
    """The days on which the schema of a shape may have changed."""
    came = first(shape)
    rules = {rule.since for rule in RULES.values() if rule.when is not None and rule.severity == "error"}
    return sorted({came, *(date for date in dates(shape) | rules if date > came)})
