"""What people read, kept as files: for each profile in `golden/`, the full report beside it.

After a change that is meant: CALLSHEET_GOLDEN=write pytest tests/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from callsheet.lint import Linter
from callsheet.report import renderer
from callsheet.report.run import Run

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
PROFILES = [file for file in sorted(GOLDEN.iterdir()) if file.suffix in {".yaml", ".json"}]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda file: file.name)
def test_the_full_report(profile: Path) -> None:
    findings = Linter().file(profile.name, profile.read_bytes())
    report = "".join(renderer("full")(Run(findings, 1)))
    kept = profile.with_suffix(profile.suffix + ".txt")
    if WRITE:
        kept.write_text(report, encoding="utf-8")
    assert report == kept.read_text(encoding="utf-8")
