"""What the tests of trust share: a command run in this process, with all that it printed."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from callsheet.cli import main


class Said(NamedTuple):
    """What came of a command: its exit status, standard output and standard error."""

    status: int
    out: str
    err: str


def run(*words: str) -> Said:
    """Run a command; what it prints has to be UTF-8."""
    written = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(raw, encoding="utf-8", newline="") for raw in written)
    with redirect_stdout(out), redirect_stderr(err):
        status = main(words)
        out.flush()
        err.flush()
    return Said(status, written[0].getvalue().decode(), written[1].getvalue().decode())
