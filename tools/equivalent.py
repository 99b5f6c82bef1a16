"""Mutants that no test can kill, because the changed program does the same: each was looked at, and this is why."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from trial import Mutant

Name: TypeAlias = tuple[str, str, str]
"""A file, the line in it without its indent, and the change; line numbers would not hold for long."""

EQUIVALENTS: dict[Name, str] = {
    (
        "src/callsheet/pointer.py",
        'elif step.removeprefix("$").replace("-", "_").isidentifier():',
        "\"_\" → 'XX_XX'",
    ): "any letters of a name in place of a hyphen make a name of the same sort",
    (
        "src/callsheet/rules/parameter.py",
        'if type(value) is str and (value in TYPES if keyword == "type" else keyword in TEXTS):',
        "\"type\" → 'XXtypeXX'",
    ): "a shortcut: the long way finds nothing wrong with these types either",
}


def named(mutant: Mutant) -> Name:
    """By what a mutant is known."""
    return (mutant.file, mutant.text, str(mutant.mutation))
