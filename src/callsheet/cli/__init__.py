"""The command line: one module for each command, one line here for each."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING

from callsheet.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

COMMANDS = {
    "lint": "check profiles",
    "explain": "explain a rule",
    "schema": "print a JSON Schema",
}
"""The commands and what each does; each is a module of this package with `arguments` and `run`."""

FINE, FINDINGS, USAGE = 0, 1, 2
INTERRUPTED = 130
_WIDEST = 110
"""Longer lines of help are hard to read."""

_EPILOG = """examples:
  callsheet lint profiles                        check every profile below a folder
  callsheet lint accept.json --kind realtime     check a body that is about to be sent
  callsheet schema realtime                      the JSON Schema of a realtime session

exit status: 0 fine (warnings included), 1 errors, 2 usage or unreadable input"""


class _Formatter(RawDescriptionHelpFormatter):
    """Help as wide as the terminal. argparse makes one for every flag, and would import shutil to ask for the width."""

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size(sys.stdout.fileno()).columns
        except (AttributeError, OSError, ValueError):
            width = 80
        super().__init__(prog, width=min(width, _WIDEST) - 2)


def script() -> NoReturn:
    """Run one command as a process of its own.

    Leaves without taking the interpreter down piece by piece, which costs more than reading a profile:
    everything that is written has been flushed by then.
    """
    status = main()
    if sys.stderr is not None:  # which it is where the caller has closed it
        sys.stderr.flush()
    os._exit(status)


def usage(message: str) -> int:
    """Say on standard error what was wrong with the call; returns the exit status for it."""
    print(f"callsheet: {message}", file=sys.stderr)
    return USAGE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(words).parse_args(words)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("CALLSHEET_TRACEBACK"):
            raise
        # Only the kind of error: its text may quote the profile.
        return usage(
            f"this is a mistake in callsheet itself ({type(error).__name__}); CALLSHEET_TRACEBACK=1 shows where"
        )
    return status


def _parser(words: list[str]) -> ArgumentParser:
    """The parser; only the command that is called has its module imported and its flags built."""
    from importlib import import_module

    parser = ArgumentParser(
        "callsheet",
        description="Check OpenAI Realtime session profiles before a caller finds the mistake.",
        epilog=_EPILOG,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"callsheet {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog="callsheet")
    called = next((word for word in words if not word.startswith("-")), None)
    for name, what in COMMANDS.items():
        if name != called:
            commands.add_parser(name, help=what, add_help=False)
            continue
        module = import_module(f"callsheet.cli.{name}")
        command = commands.add_parser(
            name,
            help=what,
            description=module.__doc__,
            epilog=module.EPILOG,
            formatter_class=_Formatter,
            allow_abbrev=False,
        )
        module.arguments(command)
        command.set_defaults(run=module.run)
    return parser
