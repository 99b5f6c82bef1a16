"""`callsheet explain`: a page for each rule, for people and for programs."""

from __future__ import annotations

import json

import pytest

from callsheet.cli import main
from callsheet.predicate import has
from callsheet.rules import RULES
from callsheet.rules import page as pages
from callsheet.rules.rule import Rule


@pytest.mark.parametrize("word", ["CS203", "pcm-rate"])
def test_a_rule_is_explained_by_code_and_by_name(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 0
    page = capsys.readouterr().out
    rule = RULES["CS203"]
    assert page.startswith("CS203 pcm-rate (error)\n")
    for part in (rule.summary, rule.why, rule.source, "Bad:", "Fixed:"):
        assert part in page


RULE = Rule(
    code="CS999",
    name="made-up",
    severity="error",
    summary="A rule.",
    why="For a test.",
    source="nobody.",
    since="2026-01-01",
    when=has("no"),
    bad="type: realtime\nno: 1\n\n",
    good="type: realtime\n",
    fixed="{}\n",
    kinds=("realtime",),
    targets=("azure",),
)
TEXT = """\
CS999 made-up (error)

A rule.

For a test.

Source: nobody.
Since: 2026-01-01

Bad:
    type: realtime
    no: 1

Fixed:
    {}

Good:
    type: realtime
"""
MARKDOWN = """\
## CS999 made-up

*error* · A rule.

For a test.

Source: nobody. Since 2026-01-01.

Bad:

```yaml
type: realtime
no: 1
```

Fixed:

```json
{}
```

Good:

```yaml
type: realtime
```
"""
DATA = {
    "code": "CS999",
    "name": "made-up",
    "severity": "error",
    "summary": "A rule.",
    "why": "For a test.",
    "source": "nobody.",
    "since": "2026-01-01",
    "kinds": ["realtime"],
    "targets": ["azure"],
    "in_schema": True,
    "fixable": True,
    "bad": "type: realtime\nno: 1",
    "good": "type: realtime",
    "fixed": "{}\n",
}


def test_a_rule_in_full() -> None:
    assert pages.text(RULE) == TEXT
    assert pages.markdown(RULE) == MARKDOWN
    assert pages.data(RULE) == DATA


def test_a_rule_without_a_date_a_fix_and_a_condition() -> None:
    rule = RULE._replace(since="", fixed=None, when=None, severity="warning", source="nobody")
    short = TEXT.replace("Since: 2026-01-01\n", "").replace("Fixed:\n    {}\n\n", "").replace("nobody.", "nobody")
    assert pages.text(rule) == short.replace("(error)", "(warning)")
    page = MARKDOWN.replace(" Since 2026-01-01.", "").replace("Fixed:\n\n```json\n{}\n```\n\n", "")
    assert pages.markdown(rule) == page.replace("*error*", "*warning*")
    changed = {"since": None, "fixed": None, "fixable": False, "in_schema": False}
    assert pages.data(rule) == {**DATA, **changed, "severity": "warning", "source": "nobody"}


def test_what_is_in_the_schema_is_an_error_with_a_condition() -> None:
    assert not pages.data(RULE._replace(severity="warning"))["in_schema"]
    assert not pages.data(RULE._replace(when=None))["in_schema"]


def test_what_is_good_once_mended_is_shown_once() -> None:
    titles = [title for title, _ in pages.examples(RULE._replace(good="same\n", fixed="same\n"))]
    assert titles == ["Bad", "Fixed"]


def test_a_long_example_is_cut_and_one_that_is_no_text_is_shown_as_well_as_can_be() -> None:
    assert pages.shown(lambda: "a" * 401) == "a" * 400 + " …"
    assert pages.shown("X" * 400 + "\n\n") == "X" * 400
    assert pages.shown("\na\udcff\n") == "\na\N{REPLACEMENT CHARACTER}"


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
