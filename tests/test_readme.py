"""The README shows what the tool really prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"<!-- (?P<what>file|screen): (?P<of>.*?) -->\n+```\w*\n(?P<text>.*?)```", re.DOTALL)
BLOCKS = [match.groupdict() for match in BLOCK.finditer((ROOT / "README.md").read_text(encoding="utf-8"))]


def test_there_are_screens_to_check() -> None:
    assert {block["what"] for block in BLOCKS} == {"file", "screen"}


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block["what"] == "screen"], ids=lambda block: block["of"]
)
def test_a_screen_is_what_the_command_prints(block: dict[str, str], tmp_path: Path) -> None:
    for other in BLOCKS:
        if other["what"] == "file":
            (tmp_path / other["of"]).write_text(other["text"], encoding="utf-8")
    program, *arguments = shlex.split(block["of"])
    assert program == "callsheet"
    done = subprocess.run(
        [sys.executable, "-m", "callsheet", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert block["text"] == done.stdout + done.stderr
