"""Holds a session against the rules that have a condition of their own."""

from __future__ import annotations

from functools import lru_cache

from callsheet.patch import below
from callsheet.rules import RULES
from callsheet.shape.say import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path
    from callsheet.rules.rule import Rule
    from callsheet.rules.subject import Subject

_CONDITIONED = tuple(
    (rule, rule.inputs()) for rule in RULES.values() if rule.when is not None or rule.check is not None
)


def apply(subject: Subject, path: Path, *, partial: bool = False) -> Iterator[Fault]:
    """Every rule that the session breaks; `path` is where in the document the session stands.

    A `partial` session is one that gets more from elsewhere.
    """
    session = subject.session
    given = session.keys()
    for rule, inputs in _asked(subject.kind, subject.target, subject.revision, partial=partial):
        if rule.check is not None:
            asked = []
            for name in inputs:
                value = getattr(subject, name)
                if value is None:
                    break
                asked.append(value)
            else:
                for found in rule.check(*asked):
                    fix = found.fix and below(found.fix, path)
                    yield rule.fault((*path, *found.path), found.message, found.help, found.part, fix)
        elif rule.when is not None and rule.when.keys <= given and rule.when.test(session):
            place = tuple(rule.at.split(".")) if rule.at else ()
            fix = rule.fix and below(rule.fix, path)
            help_ = None if rule.help is None else _filled(rule.help, subject)
            yield rule.fault((*path, *place), _filled(rule.message, subject), help_, rule.part, fix)


@lru_cache(maxsize=64)
def _asked(kind: str, target: str, revision: str | None, *, partial: bool) -> tuple[tuple[Rule, tuple[str, ...]], ...]:
    """The rules that are about sessions of a kind, at a target and at a revision, each with what its check asks for."""
    return tuple(
        (rule, inputs)
        for rule, inputs in _CONDITIONED
        if (not rule.kinds or kind in rule.kinds)
        and (revision is None or revision >= rule.since)
        and (not rule.targets or target in rule.targets)
        and (not partial or rule.of_parts)
    )


def _filled(template: str, subject: Subject) -> str:
    """The template with `{some.path}` replaced by the value at that path of the session."""
    pieces = template.split("{")
    text = pieces[0]
    for piece in pieces[1:]:
        path, closed, rest = piece.partition("}")
        value = subject.value(*path.split("."))
        text += shown(value) + rest if closed and value is not None else "{" + piece
    return text
