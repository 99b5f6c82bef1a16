"""Every kind of fault that callsheet knows: one module for each area of codes, one declaration for each rule."""

from __future__ import annotations

from callsheet.rules import audio, call, lifecycle, mcp, model, prompt, reading, secret, shape, tool
from callsheet.rules.rule import Rule

_AREAS = (reading, shape, audio, model, tool, mcp, prompt, call, secret, lifecycle)


def _catalogue() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for area in _AREAS:
        for rule in vars(area).values():
            if isinstance(rule, Rule):
                rules[rule.code] = rule
    return dict(sorted(rules.items()))


RULES: dict[str, Rule] = _catalogue()
"""All rules by code, in the order of their codes."""
