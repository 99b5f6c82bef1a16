"""A profile: a body, and beside it what is meant for callsheet and never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.rules import shape as rules

if TYPE_CHECKING:
    from callsheet.diagnostic import Fault

DIRECTIVES = ("$extends", "$unset", "$revision", "$target", "$kind", "$partial", "$schema")
"""What may stand at the top of a profile; `$schema` is the editors' key, not ours, and is dropped as well."""


class Profile(NamedTuple):
    """The body as it would be sent, the directives beside it, and what is wrong with those."""

    body: dict[str, Any]
    directives: dict[str, Any]
    faults: tuple[Fault, ...] = ()

    @property
    def kind(self) -> str | None:
        """The kind that the profile says it is."""
        kind = self.directives.get("$kind")
        return kind if isinstance(kind, str) else None

    @property
    def partial(self) -> bool:
        """Whether the profile is not whole by itself: it builds on another, or others build on it."""
        return "$extends" in self.directives or self.directives.get("$partial") is True


def profile(data: dict[str, Any]) -> Profile:
    """Take the directives and the `x-` notes off the top of a document."""
    if not any(key[:1] == "$" or key[:2] == "x-" for key in data):
        return Profile(data, {})
    body: dict[str, Any] = {}
    directives: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, value in data.items():
        if key.startswith("$"):
            directives[key] = value
            if key not in DIRECTIVES:
                faults.append(_unknown(key))
        elif not key.startswith("x-"):
            body[key] = value
    return Profile(body, directives, tuple(faults))


def _unknown(key: str) -> Fault:
    from callsheet.judge.nearest import nearest
    from callsheet.judge.say import either

    guess = nearest(key, DIRECTIVES)
    return rules.UNKNOWN_DIRECTIVE.fault(
        (key,),
        f"callsheet has no directive `{key}`",
        f"write `{guess}`" if guess else f"its directives are {either(DIRECTIVES, 'and')}",
        "key",
    )
