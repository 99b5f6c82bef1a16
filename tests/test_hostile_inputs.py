"""Input that is made to hurt ends in findings, within bounds of time and memory, as the table in docs/trust.md says."""

from __future__ import annotations

import sys

import pytest

from hostile import CASES, PAGE, rows_of, run

FEWER = {
    "many keys, JSON": 10_000,
    "one key over and over": 10_000,
    "findings": 1_000,
    "findings on one line": 1_000,
    "tags": 10_000,
    "unknown aliases": 10_000,
}
"""Sizes for what is only long, because each finding costs its share: benchmarks/hostile.py runs the whole."""
MEMORY = 200
"""MiB at most; a valid file takes some 16."""

TABLE = rows_of(PAGE.read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are measured in the way of Unix")


@pytest.mark.parametrize("name", CASES)
def test_nothing_but_findings_comes_out(name: str) -> None:
    cost = run(CASES[name], FEWER.get(name, CASES[name].size))
    assert cost.err == ""
    assert cost.status == (1 if any(one["severity"] == "error" for one in cost.findings) else 0)
    assert cost.memory < MEMORY
    codes = sorted({str(one["code"]) for one in cost.findings})
    told = TABLE[name][-1].split()[1:]
    if name in FEWER:  # the whole may be over a limit, and then nobody reads on to what else is wrong
        codes, told = codes[:1], told[:1]
    assert codes == told


def test_the_table_has_every_input_at_its_size() -> None:
    assert {name: row[0] for name, row in TABLE.items()} == {name: f"{case.size:,}" for name, case in CASES.items()}
