"""`callsheet explain`: a page for each rule, for people and for programs."""

from __future__ import annotations

import json

import pytest

from callsheet.cli import main
from callsheet.rules import RULES


@pytest.mark.parametrize("word", ["CS203", "pcm-rate"])
def test_a_rule_is_explained_by_code_and_by_name(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 0
    page = capsys.readouterr().out
    rule = RULES["CS203"]
    assert page.startswith("CS203 pcm-rate (error)\n")
    for part in (rule.summary, rule.why, rule.source, "Bad:", "Fixed:"):
        assert part in page


def test_all_rules_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--all", "--output-format", "json"]) == 0
    pages = json.loads(capsys.readouterr().out)
    assert [page["code"] for page in pages] == list(RULES)
    assert all(page["summary"] and page["why"] and page["source"] and page["bad"] and page["good"] for page in pages)


def test_all_rules_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--all"]) == 0
    text = capsys.readouterr().out
    assert all(f"{rule.code} {rule.name} ({rule.severity})" in text for rule in RULES.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["explain", "CS999"], "there is no rule `CS999`"),
        (["explain", "pcm-rat"], "did you mean `pcm-rate`?"),
        (["explain"], "name one rule, or say --all"),
        (["explain", "CS203", "--all"], "name one rule, or say --all"),
    ],
)
def test_wrong_calls_exit_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err
