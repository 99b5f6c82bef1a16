"""A profile: a body, and beside it what is meant for callsheet and never sent."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from callsheet.shape.directive import REVISION, TARGETS
from callsheet.shape.kind import KINDS


class Profile(NamedTuple):
    """The body as it would be sent, and the directives beside it."""

    body: dict[str, Any]
    directives: dict[str, Any]

    @property
    def kind(self) -> str | None:
        """The kind that the profile says it is, if there is such a kind."""
        kind = self.directives.get("$kind")
        return kind if isinstance(kind, str) and kind in KINDS else None

    @property
    def target(self) -> str:
        """Where the session is to run."""
        target = self.directives.get("$target")
        return target if isinstance(target, str) and target in TARGETS else TARGETS[0]

    @property
    def revision(self) -> str | None:
        """The revision of the API that the profile is written for, an ISO date; None is today's."""
        revision = self.directives.get("$revision")
        dated = isinstance(revision, str) and revision != "latest" and re.fullmatch(REVISION, revision)
        return revision if dated else None

    @property
    def partial(self) -> bool:
        """Whether the profile is not whole by itself: it builds on another, or others build on it."""
        return "$extends" in self.directives or self.directives.get("$partial") is True


def profile(data: dict[str, Any]) -> Profile:
    """Take the directives and the `x-` notes off the top of a document."""
    if not any(key[:1] == "$" or key[:2] == "x-" for key in data):
        return Profile(data, {})
    return Profile(
        {key: value for key, value in data.items() if not key.startswith(("$", "x-"))},
        {key: value for key, value in data.items() if key.startswith("$")},
    )
