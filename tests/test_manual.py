"""The manual page: what `man` shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from callsheet.cli import COMMANDS, parser
from completion import actions

PAGE = Path(__file__).parent.parent / "man" / "callsheet.1"


def shown() -> str:
    man = shutil.which("man")
    if man is None or shutil.which("groff") is None:
        pytest.skip("needs man and groff")
    done = subprocess.run(
        [man, "--warnings", "--local-file", str(PAGE)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "200"},
    )
    assert done.stderr == ""
    return done.stdout


def test_groff_has_no_complaint_and_every_command_and_flag_is_there() -> None:
    text = shown()
    for name in COMMANDS:
        assert f"   callsheet {name}\n" in text
    words = set(text.replace(",", " ").split())
    flags = {flag for action in actions(parser()) for flag in action.option_strings if action.dest != "help"}
    assert len(flags) > 40
    assert flags <= words


def test_an_example_keeps_its_line_and_its_dashes() -> None:
    assert "  callsheet lint accept.json --kind realtime     check a body that is about to be sent\n" in shown()


def test_every_variable_of_ours_is_told() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (PAGE.parent.parent / "src").rglob("*.py"))
    variables = set(re.findall(r"CALLSHEET_[A-Z_]+", source))
    assert len(variables) > 1
    assert variables <= set(shown().split())


def test_a_default_is_told_and_no_placeholder_is_left() -> None:
    text = shown()
    assert "beta-transcription-session (default: session)" in text
    assert "%(" not in text
