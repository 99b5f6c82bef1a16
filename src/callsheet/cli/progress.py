"""A line that says how far a long run is. No command itself."""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from callsheet.batch.checked import Share

_PATIENCE = 1.0
"""Seconds that a run may take before anybody wants to know how far it is."""
_PAUSE = 0.1
"""Seconds from one line to the next."""
_ERASE = "\r\x1b[K"


class Progress:
    """Counts the files of a run on the last line of a terminal; where standard error is none, it says nothing."""

    def __init__(self, *, quiet: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._shown = False

    def over(self, shares: Iterable[Share]) -> Iterator[Share]:
        """The same shares, counted as they come; the line is gone when there are no more."""
        files = 0
        for share in shares:
            files += share.fine + share.passed_over + len(share.rest)
            self._say(files)
            yield share
        self.clear()

    def clear(self) -> None:
        """Take the line away, before something else is printed."""
        if self._shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
            self._shown = False

    def _say(self, files: int) -> None:
        if self._quiet or self._clock() < self._next:
            return
        self._next = self._clock() + _PAUSE
        sys.stderr.write(f"{_ERASE}{files:,} files looked at")
        sys.stderr.flush()
        self._shown = True
