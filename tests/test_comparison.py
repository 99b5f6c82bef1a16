"""docs/comparison.md says what came out: each check that is installed is run again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from callsheet.lint import Linter, Options
from callsheet.source.document import read

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import faults  # noqa: E402 - it lies beside the other scripts

OPENAPI = os.environ.get("CALLSHEET_OPENAPI")  # read at once: tests run without such variables
COLUMNS = faults.columns_of(faults.PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_what_the_check_sees(name: str, tmp_path: Path) -> None:
    check = next((check for check in faults.checks(OPENAPI, tmp_path) if check.column == name), None)
    if check is None:
        pytest.skip(f"there is nothing here to run for the column `{name}`")
    assert faults.column(check, tmp_path) == COLUMNS[name]


def test_callsheet_sees_every_fault() -> None:
    assert set(COLUMNS["callsheet"].values()) == {"line"}


def test_each_fault_is_one_finding() -> None:
    for fault in faults.FAULTS.values():
        (finding,) = Linter(Options("realtime")).document(read("a.yaml", fault.text.encode()))
        assert (finding.severity, finding.location.line) == ("error", fault.line), fault.name
    assert Linter(Options()).document(read("a.yaml", faults.GOOD.encode())) == []
