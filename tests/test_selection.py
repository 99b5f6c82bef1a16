"""Which rules a run checks."""

from __future__ import annotations

import pytest

from callsheet.rules import RULES
from callsheet.selection import selection


def test_all_are_checked_by_default() -> None:
    assert selection() == frozenset(RULES)


def test_a_prefix_selects_an_area() -> None:
    assert selection(["CS2"]) == {code for code in RULES if code.startswith("CS2")}


def test_a_name_is_taken_wherever_a_code_is() -> None:
    assert selection(["pcm-rate"]) == {"CS203"}
    assert "CS203" not in selection(ignore=["pcm-rate"])


def test_words_are_taken_in_any_case() -> None:
    assert selection(["cs2"]) == selection(["CS2"])
    assert selection(["PCM-Rate"]) == selection(["cs203"]) == {"CS203"}
    assert selection(["all"]) == frozenset(RULES)


def test_the_longer_word_wins() -> None:
    assert "CS203" not in selection(["CS2"], ["CS203"])
    assert "CS203" in selection(["CS203"], ["CS2"])
    assert selection(["CS203"], ["CS2"]) == {"CS203"}


def test_ignoring_wins_between_equals() -> None:
    assert "CS203" not in selection(["CS203"], ["CS203"])
    assert selection(["ALL"], ["ALL"]) == frozenset()


def test_extending_adds_to_what_is_selected() -> None:
    assert selection(["CS203"], extend=["CS201"]) == {"CS201", "CS203"}


def test_a_word_that_means_no_rule_is_refused_with_a_guess() -> None:
    with pytest.raises(ValueError, match="there is no rule `pcm-rat`; did you mean `pcm-rate`"):
        selection(["pcm-rat"])
    with pytest.raises(ValueError, match="there is no rule `XY`"):
        selection(ignore=["XY"])
