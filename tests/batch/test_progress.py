"""The line that says how far a long run is: on a terminal, after a second, and gone in the end."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING

import pytest

from callsheet.batch.checked import Share
from callsheet.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHARES = [Share(64, 0, [], {})] * 20


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, clock: Callable[[], float], *, quiet: bool = False
) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(Progress(quiet=quiet, clock=clock).over(SHARES)) == SHARES
    return stream.getvalue()


def test_it_counts_after_a_second_and_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count(0)
    said = run(monkeypatch, Terminal(), lambda: next(ticks) * 0.25)
    assert said.startswith("\r\x1b[K256 files looked at")
    assert "1,280 files" in said
    assert said.endswith("\r\x1b[K")


def test_a_quick_run_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count(0)
    assert run(monkeypatch, Terminal(), lambda: next(ticks) * 0.001) == ""


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)], ids=["pipe", "quiet"])
def test_nobody_asked(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, quiet: bool) -> None:  # noqa: FBT001 - a parameter of the test
    ticks = count(0)
    assert run(monkeypatch, stream, lambda: next(ticks) * 1.0, quiet=quiet) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_real_terminal(tmp_path: Path) -> None:
    import pty

    os.mkfifo(tmp_path / "slow.yaml")
    (tmp_path / "a.yaml").write_text("type: realtime\nmodel: gpt-realtime-2.1\n")
    main, terminal = pty.openpty()
    paths = ["a.yaml", "slow.yaml", *(f"none-{number}.yaml" for number in range(64))]
    command = [sys.executable, "-m", "callsheet", "lint", *paths]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    with (tmp_path / "slow.yaml").open("w") as slow:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)
        slow.write("type: realtime\nmodel: gpt-realtime-2.1\n")
    assert process.wait() == 2
    assert b"files looked at" in os.read(main, 65536)
    os.close(main)
