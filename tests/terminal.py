"""A program on a terminal of its own, at which the test is the person who types."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_OWN = (  # a new session takes the terminal as its own; forking here is not for a process with threads
    "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
_PATIENCE = 60.0
"""Seconds until a program that says nothing is taken for hanging."""


class Terminal:
    """One end of a terminal; the program has the other."""

    def __init__(self, descriptor: int, running: subprocess.Popen[bytes]) -> None:
        self._descriptor = descriptor
        self.running = running
        self.shown = ""
        """What the program has put on the screen so far."""

    def type(self, keys: str) -> None:
        """Press keys; `\\x03` is Ctrl-C."""
        os.write(self._descriptor, keys.encode())

    def wait_for(self, text: str) -> None:
        """Until the text is on the screen."""
        while text not in self.shown:
            assert self._read(), f"{text!r} never came: {self.shown!r}"

    def leave(self) -> int:
        """Until the program ends; its exit status."""
        while self._read():
            pass
        return self.running.wait(_PATIENCE)

    def _read(self) -> bool:
        """Whether there is more to come."""
        if not select.select([self._descriptor], [], [], _PATIENCE)[0]:
            raise TimeoutError(self.shown)
        try:
            piece = os.read(self._descriptor, 65536)
        except OSError:  # how Linux tells that nobody is at the other end any more
            return False
        self.shown += piece.decode(errors="replace")
        return bool(piece)


@contextmanager
def terminal(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, *, stdout: int | None = None
) -> Iterator[Terminal]:
    """Run a command on a terminal; what it prints goes there too, unless `stdout` says otherwise."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", _OWN, *command],
        stdin=theirs,
        stdout=theirs if stdout is None else stdout,
        stderr=theirs,
        cwd=folder,
        env=environment,
    ) as running:
        os.close(theirs)
        try:
            yield Terminal(ours, running)
        finally:
            if running.poll() is None:
                time.sleep(0.1)
                running.kill()
            os.close(ours)
