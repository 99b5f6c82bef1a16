"""A profile: a body, and beside it what is meant for callsheet and never sent."""

from __future__ import annotations

import re

from callsheet.named_tuple import NamedTuple
from callsheet.shape.directive import REVISION, TARGETS
from callsheet.shape.kind import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAMING = ("$extends", "$file", "$unset")
_ESCAPED = ("\\x", "\\u00", "\\U0000", "\\\n", "\\\r")
"""How a letter of these looks that JSON or YAML spells by its number, or a word that goes on in the next line."""


def names_files(content: str) -> bool:
    """Whether a text names other files, or may do so: most do not, and need no looking."""
    if "$" in content and any(directive in content for directive in _NAMING):
        return True
    return "\\" in content and any(escape in content for escape in _ESCAPED)


def may_suppress(content: str) -> bool:
    """Whether a text may hold comments that answer findings."""
    return "callsheet:" in content or "callsheet ignore" in content


class Parts(NamedTuple):
    """The body as it would be sent, and the directives beside it."""

    body: dict[str, Any]
    directives: dict[str, Any]

    @property
    def kind(self) -> str | None:
        """The kind that the profile says it is, if there is such a kind."""
        kind = self.directives.get("$kind")
        return kind if isinstance(kind, str) and kind in KINDS else None

    @property
    def target(self) -> str | None:
        """Where the session is to run, if the profile says it."""
        target = self.directives.get("$target")
        return target if isinstance(target, str) and target in TARGETS else None

    @property
    def revision(self) -> str | None:
        """The revision of the API that the profile is written for, an ISO date or `latest`, if it says it."""
        revision = self.directives.get("$revision")
        return revision if isinstance(revision, str) and re.fullmatch(REVISION, revision) else None

    @property
    def extends(self) -> bool:
        """Whether the profile builds on another one."""
        return "$extends" in self.directives

    @property
    def partial(self) -> bool:
        """Whether the profile says that it is only a base for others."""
        return self.directives.get("$partial") is True


def split(data: dict[str, Any]) -> Parts:
    """Take the directives and the `x-` notes off the top of a document."""
    if not any(key[:1] == "$" or key[:2] == "x-" for key in data):
        return Parts(data, {})
    return Parts(
        {key: value for key, value in data.items() if not key.startswith(("$", "x-"))},
        {key: value for key, value in data.items() if key.startswith("$")},
    )
