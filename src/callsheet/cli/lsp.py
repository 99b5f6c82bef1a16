"""Serve an editor: findings while one types, fixes, hovering, completion, definitions, over standard input and output.

The editor starts it and speaks the Language Server Protocol. What is not saved yet counts.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from callsheet.cli import usage

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EPILOG = """examples:
  callsheet lsp                                  what an editor is told to start
  callsheet lsp --stdio                          the same, for editors that insist on saying so

It needs the package pygls: pip install 'callsheet[lsp]'. docs/editors.md has the settings for each editor.
exit status: 0 the editor said that it is leaving, 1 it left without a word, 2 usage, or pygls is not installed"""

_MISSING = "callsheet lsp needs the package pygls; install it with: pip install 'callsheet[lsp]'"


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("--stdio", action="store_true", help="speak over standard input and output, as it does anyway")


def run(options: Namespace) -> int:  # noqa: ARG001 - the one flag there is changes nothing
    """Serve until the editor leaves."""
    try:
        from callsheet.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol", "cattrs", "attrs"}:
            raise
        return usage(_MISSING)
    if sys.stdin is None:
        return usage("standard input is closed, and an editor speaks over it")
    output, sys.stdout = sys.stdout, sys.stderr  # nothing but the protocol may be written there
    try:
        with open(os.dup(output.fileno()), "wb") as stream:  # noqa: PTH123 - the server closes it when it leaves
            return serve(sys.stdin.buffer, stream)
    finally:
        sys.stdout = output
