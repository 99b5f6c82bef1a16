"""Every kind of fault that callsheet knows: one module for each area of codes, one declaration for each rule."""

from __future__ import annotations

from callsheet.rules import (
    audio,
    beta,
    call,
    composing,
    lifecycle,
    mcp,
    model,
    parameter,
    prompt,
    reading,
    secret,
    sending,
    shape,
    suppressing,
    tool,
    transcription,
)
from callsheet.rules.rule import Rule

_AREAS = (
    reading,
    composing,
    suppressing,
    shape,
    audio,
    transcription,
    model,
    tool,
    parameter,
    mcp,
    prompt,
    call,
    secret,
    sending,
    lifecycle,
    beta,
)


def register(rules: dict[str, Rule], names: set[str], rule: Rule) -> None:
    """Add a rule. Raises ValueError if its code or name is taken, or if it does not show what it means."""
    if rule.code in rules or rule.name in names:
        raise ValueError(f"{rule.code} {rule.name} is taken")
    if not (rule.bad and rule.good and rule.why and rule.source):
        raise ValueError(f"{rule.code} needs a bad and a good example, a reason and a source")
    rules[rule.code] = rule
    names.add(rule.name)


def _catalogue() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    names: set[str] = set()
    for area in _AREAS:
        for rule in vars(area).values():
            if isinstance(rule, Rule):
                register(rules, names, rule)
    return dict(sorted(rules.items()))


RULES: dict[str, Rule] = _catalogue()
"""All rules by code, in the order of their codes."""
