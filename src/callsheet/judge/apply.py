"""Holds a session against the rules that have a condition of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.patch import below
from callsheet.rules import RULES
from callsheet.shape.say import shown

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
    for rule, inputs in _CONDITIONED:
        if rule.kinds and subject.kind not in rule.kinds:
            continue
        if subject.revision is not None and subject.revision < rule.since:
            continue
        if (rule.targets and subject.target not in rule.targets) or (partial and not rule.of_parts):
            continue
        if rule.when is not None:
            if rule.when.test(subject.session):
                place = tuple(rule.at.split(".")) if rule.at else ()
                fix = rule.fix and below(rule.fix, path)
                help_ = None if rule.help is None else _filled(rule.help, subject)
                yield rule.fault((*path, *place), _filled(rule.message, subject), help_, rule.part, fix)
        elif rule.check is not None:
            yield from _checked(rule, inputs, subject, path)


def _checked(rule: Rule, inputs: tuple[str, ...], subject: Subject, path: Path) -> Iterator[Fault]:
    asked: list[Any] = []
    for name in inputs:
        part = getattr(subject, name)
        if part is None:
            return
        asked.append(part)
    assert rule.check is not None  # noqa: S101 - the caller has looked
    for found in rule.check(*asked):
        yield rule.fault(
            (*path, *found.path), found.message, found.help, found.part, found.fix and below(found.fix, path)
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
