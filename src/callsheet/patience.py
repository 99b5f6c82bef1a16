"""Whether a request that failed is sent once more, and when. Neither a clock nor the network is touched here.

The openai package tries again by itself after 408, 409, 429, 5xx and broken connections; that is all that is wanted for
what may be done twice. Here is the rest: what must not be done twice, and calls that the service does not know yet.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.request import Operation

_NOT_FOUND, _TIMEOUT, _CONFLICT, _TOO_MANY, _BROKEN = 404, 408, 409, 429, 500
_HOPELESS = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
"""Words for a 429 that time does not cure."""
_OTHER = frozenset({"model_not_found"})
"""Words for a 404 that is about something other than the call."""
_FIRST, _LONGEST = 0.5, 8.0
"""Seconds between attempts: twice as long each time. These are the openai package's own."""
_EARLY, _EARLY_LONGEST = 0.2, 1.0
"""Likewise while a call is not known yet: somebody is hearing it ring."""
_LONGEST_ASKED = 120.0
"""Who asks for more time than this is not waited for."""


class Failure(NamedTuple):
    """How an attempt ended.

    `status`, `code` and `param` are those of the answer, None without one; `asked` is how many seconds it asks to wait.
    `sent` says that the service may have got the request, `connected` that there was a connection at all. `earlier`
    says that the openai package had tried before, and that had failed as well.
    """

    status: int | None = None
    code: str | None = None
    param: str | None = None
    asked: float | None = None
    sent: bool = True
    connected: bool = True
    earlier: bool = False


class Patience:
    """How often one request is tried, and how long it waits in between.

    `retries` is the number of attempts after the first, `wait` the seconds for which a call may stay unknown.
    """

    def __init__(self, operation: Operation, retries: int, wait: float) -> None:
        self.retries_of_client = retries if operation.repeatable else 0
        self._left = 0 if operation.repeatable else retries
        self._wait = wait if operation.early else 0.0
        self._until: float | None = None
        self._tries = 0
        self._earlier = False

    def pause(self, failure: Failure, now: float) -> float | None:
        """The seconds until the next attempt, None if there is to be none. `now` may count from anywhere."""
        self._earlier = self._earlier or failure.earlier
        if failure.status == _NOT_FOUND and failure.param in (None, "call_id") and failure.code not in _OTHER:
            if self._until is None:
                self._until = now + self._wait
            if now >= self._until:
                return None
            pause = min(_growing(self._tries, _EARLY, _EARLY_LONGEST), self._until - now)
        elif self._left and (failure.status == _TOO_MANY or not failure.connected):
            self._left -= 1
            pause = _growing(self._tries, _FIRST, _LONGEST) if failure.asked is None else failure.asked
            if pause > _LONGEST_ASKED or failure.code in _HOPELESS:
                return None
        else:
            return None
        self._tries += 1
        return pause

    def doubt(self, failure: Failure) -> str:
        """Why the service may have done what was asked all the same; "" if it cannot have."""
        if failure.status is None:
            if failure.sent:
                return "no answer came back, and the service may still have carried it out"
            return (
                "an earlier attempt failed differently, and the service may have carried that one out"
                if self._earlier
                else ""
            )
        if failure.status >= _BROKEN or failure.status == _TIMEOUT:
            return "the service may still have carried it out"
        if failure.status in (_NOT_FOUND, _CONFLICT) and self._earlier:
            return "an earlier attempt failed, and the service may have carried that one out"
        return ""


def asked(headers: Mapping[str, str]) -> float | None:
    """The seconds that an answer asks to wait for, None if it does not."""
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(name) or "") / unit
        except ValueError:
            continue
        return seconds if seconds >= 0 else None
    from email.utils import parsedate_to_datetime

    try:  # a date, which is measured by the clock that it was written by
        until, now = (parsedate_to_datetime(headers.get(name) or "") for name in ("retry-after", "date"))
        return max((until - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None


def _growing(tries: int, first: float, longest: float) -> float:
    """A pause that doubles; a little less than that, so that many who failed together do not come back together."""
    return min(first * 2.0 ** min(tries, 10), longest) * (1 - random.random() / 4)  # noqa: S311 - nobody guesses it
