"""The files of a run, looked at: in this process or in several, with the cache where it pays off."""

from __future__ import annotations

from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from callsheet.batch.cache import Cache, Verdict
    from callsheet.batch.check import Checker
    from callsheet.batch.checked import Share
    from callsheet.discover import Found

    T = TypeVar("T")

SEVERAL = 60
"""Files from which on several processes are quicker than one: to copy a process and to hear from it costs some ten."""
MANY = 300
"""Files from which on a cache is worth its own start."""
_SHARE = 64
"""Files that are done at a time, at most."""
_TURNS = 4
"""Shares that each process gets, at least: the last to be done should not be waited for long."""


def work(
    checker: Checker, files: Iterator[Found], jobs: int | None, cache: Callable[[], Cache | None]
) -> Iterator[Share]:
    """Every file looked at, in shares, in their order; `jobs` is the number of processes, None for as many as help."""
    first = list(islice(files, MANY))
    are_many = len(first) == MANY
    if len(first) < SEVERAL and not are_many:
        yield from map(checker.share, _shares(first))
        return
    if are_many:
        checker.cache = cache()
    fresh: dict[bytes, Verdict] = {}
    for share in _spread(checker, first, files, jobs):
        fresh |= share.verdicts
        yield share
    if checker.cache is not None:
        checker.cache.save(fresh)


def _spread(checker: Checker, first: list[Found], files: Iterator[Found], jobs: int | None) -> Iterator[Share]:
    from callsheet.batch.pool import CAN_COPY, processes, spread

    count = processes() if jobs is None else jobs
    if count == 1 or not CAN_COPY:
        yield from map(checker.share, _shares(first))
        while rest := list(islice(files, _SHARE)):
            yield checker.share(rest)
        return
    yield checker.share(first[:1])  # so that all processes find loaded what the first file asks for
    left = [*first[1:], *files]
    yield from spread(checker.share, list(_shares(left, min(_SHARE, len(left) // (count * _TURNS) + 1))), count)


def _shares(items: list[T], size: int = _SHARE) -> Iterable[list[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
