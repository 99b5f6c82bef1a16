"""What people read, kept as files: the report of each profile in `golden/` beside it, and the words of each finding.

After a change that is meant: CALLSHEET_GOLDEN=write pytest tests/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_json import FAULTS as JSON_FAULTS
from test_yaml import FAULTS as YAML_FAULTS

from callsheet.diagnostic import Place
from callsheet.lint import Linter, Options
from callsheet.report import renderer
from callsheet.report.run import Run
from callsheet.rules import RULES
from callsheet.source.document import read
from test_service import CASES
from test_service import findings as findings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.diagnostic import Finding

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
PROFILES = [file for file in sorted(GOLDEN.iterdir()) if file.suffix in {".yaml", ".json"}]
LINTER = Linter(Options(today="2026-11-20"))
_SHORT = 200
"""Characters of a text that is kept with what is said of it."""


def kept(file: Path, text: str) -> str:
    """What is kept in a file, which is the text itself if it is to be written."""
    if WRITE:
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", PROFILES, ids=lambda file: file.name)
def test_the_full_report(profile: Path) -> None:
    findings = LINTER.file(profile.name, profile.read_bytes())
    report = "".join(renderer("full")(Run(findings, 1)))
    assert report == kept(profile.with_suffix(profile.suffix + ".txt"), report)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda file: file.name)
def test_each_fault_stands_at_a_part_that_there_is(profile: Path) -> None:
    for fault in LINTER.body(read(profile.name, profile.read_bytes()).data):
        assert not isinstance(fault.place, Place) or fault.place.part in {"value", "key", "object"}


def words(findings: Iterable[Finding]) -> Iterator[str]:
    """Each finding as it is said: what and where, the text it points at, the help, and the fix with its changes."""
    for one in findings:
        start, end = one.span
        marked = one.text.content[start : min(end, start + 40)] + "…" * (end > start + 40)
        yield f"  {one.severity}[{one.code}] {one.pointer or '/'} {marked!r}: {one.message}"
        if one.help is not None:
            yield f"    help: {one.help}"
        if one.fix is not None:
            yield f"    {one.fix.applicability} fix: {one.fix.message}"
            yield from (f"      {change}" for change in one.fix.changes)


def test_what_is_said_of_each_profile() -> None:
    found = {profile.name: LINTER.file(profile.name, profile.read_bytes()) for profile in PROFILES}
    text = "\n".join(line for name, findings in found.items() for line in (name, *words(findings))) + "\n"
    assert text == kept(GOLDEN / "profiles.txt", text)


def test_what_each_rule_is_about_and_says_of_its_bad_example() -> None:
    lines = []
    for rule in RULES.values():
        bad = rule.bad() if callable(rule.bad) else rule.bad
        found = LINTER.file("profile", bad.encode("utf-8", "surrogateescape"))
        about = f"{', '.join(rule.kinds) or 'all'}; {', '.join(rule.targets) or 'all'}; {rule.since or 'always'}"
        lines += [f"{rule.code} {rule.name}: {about}{'; in parts' * rule.of_parts}", *words(found)]
    text = "\n".join(lines) + "\n"
    assert text == kept(GOLDEN / "rules.txt", text)


def test_what_is_said_of_each_case_of_the_service() -> None:
    lines = [line for case in CASES if case.finds for line in (case.id, *words(findings_of(case)))]
    text = "\n".join(lines) + "\n"
    assert text == kept(GOLDEN / "service.txt", text)


@pytest.mark.parametrize(("name", "groups"), [("yaml", YAML_FAULTS), ("json", JSON_FAULTS)], ids=["yaml", "json"])
def test_what_is_said_of_each_text_with_a_fault(
    name: str, groups: dict[str, list[tuple[str | bytes, Any, Any]]]
) -> None:
    lines = []
    for content in (case[0] for cases in groups.values() for case in cases if len(case[0]) < _SHORT):
        document = read(f"a.{name}", content if isinstance(content, bytes) else content.encode())
        lines.append(repr(content))
        for fault in document.faults:
            said, own, _ = fault.message.partition("this is not YAML:")  # what follows are words of libyaml
            lines.append(f"  {fault.code}: {said}{own}")
            lines += [f"    help: {fault.help}"] if fault.help is not None else []
    text = "\n".join(lines) + "\n"
    assert text == kept(GOLDEN / f"reading-{name}.txt", text)
