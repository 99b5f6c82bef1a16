"""What is known of files that have been looked at."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, TypeAlias

    from callsheet.batch.cache import Verdict
    from callsheet.compose import Link
    from callsheet.diagnostic import Finding

    What: TypeAlias = Literal["profile", "other", "unreadable"]


class Checked(NamedTuple):
    """A file that has been looked at.

    `what` it is: a profile, no profile (and nobody said that it is one), or a file that cannot be read, and `why` not.
    `as_base` are the findings that it has if others build on it, None where that makes no difference. `whole` says
    that it is a session by itself, and no part of others. `links` lead to what it builds on.
    """

    path: str
    what: What
    named: bool
    findings: Sequence[Finding] = ()
    as_base: Sequence[Finding] | None = None
    whole: bool = False
    links: tuple[Link, ...] = ()
    why: str | None = None


class Share(NamedTuple):
    """Some files that have been looked at: how many are `fine`, how many were `passed_over`, and all others.

    `verdicts` are for the cache.
    """

    fine: int
    passed_over: int
    rest: list[Checked]
    verdicts: dict[bytes, Verdict]
