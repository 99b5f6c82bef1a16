"""Input that is made to hurt ends in findings, within bounds of time and memory. The table is in benchmarks/."""

from __future__ import annotations

import sys

import pytest

from hostile import CASES, run

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

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are measured in the way of Unix")


@pytest.mark.parametrize("name", CASES)
def test_nothing_but_findings_comes_out(name: str) -> None:
    cost = run(CASES[name], FEWER.get(name, CASES[name].size))
    assert cost.err == ""
    assert cost.status == (1 if any(one["severity"] == "error" for one in cost.findings) else 0)
    assert cost.memory < MEMORY
