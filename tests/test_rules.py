"""Each rule proves itself: its bad example raises it and nothing else, its good example raises nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from callsheet.lint import Linter
from callsheet.rules import RULES

if TYPE_CHECKING:
    from callsheet.rules.rule import Example, Rule

LINTER = Linter()


def codes(example: Example) -> list[str]:
    text = example() if callable(example) else example
    return [finding.code for finding in LINTER.file("-", text.encode("utf-8", "surrogateescape"))]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_the_bad_example_raises_exactly_this_rule(rule: Rule) -> None:
    assert codes(rule.bad) == [rule.code]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_the_good_example_raises_nothing(rule: Rule) -> None:
    assert codes(rule.good) == []


def test_names_are_kebab_case_and_unique() -> None:
    names = [rule.name for rule in RULES.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_every_code_has_its_area() -> None:
    assert all(re.fullmatch(r"CS[0-7][0-9]{2}", code) for code in RULES)
