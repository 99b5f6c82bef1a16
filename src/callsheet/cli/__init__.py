"""The command line: one module for each command, one line here for each."""

from __future__ import annotations

import gc
import os
import sys

from callsheet.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, HelpFormatter
    from collections.abc import Container, Sequence
    from typing import Any, NoReturn, TextIO

COMMANDS = {
    "lint": "check profiles",
    "explain": "explain a rule",
    "show": "show what will really run",
    "diff": "compare two profiles",
    "render": "print the request that a profile becomes",
    "send": "send a request to the API",
    "migrate": "move flat beta bodies to today's shape",
    "new": "begin a profile",
    "schema": "print a JSON Schema",
    "lsp": "serve editors",
    "drift": "tell whether the API has moved",
    "config": "show how files are checked",
}
"""The commands and what each does; each is a module of this package with `arguments` and `run`."""

FINE, FINDINGS, USAGE, REFUSED = 0, 1, 2, 3
INTERRUPTED = 130
_GARBAGE = 200_000
"""New objects between two searches for garbage: more than all imports make. With Python's 700 a run would be searched
again and again, and it leaves next to nothing that only a search can find."""
_WIDEST = 110
"""Longer lines of help are hard to read."""

_EPILOG = """examples:
  callsheet lint profiles                        check every profile below a folder
  callsheet lint accept.json --kind realtime     check a body that is about to be sent
  callsheet show profiles/sip-concierge.yaml     what will really run
  callsheet new --output phone.yaml              begin a profile for a phone line
  callsheet migrate old.yaml --diff              what a flat beta body is in today's shape
  callsheet schema realtime                      the JSON Schema of a realtime session

exit status: 0 fine (warnings included), 1 errors, 2 usage or unreadable input, 3 the API or the network failed"""


def script() -> NoReturn:
    """Run one command as a process of its own.

    Leaves without taking the interpreter down piece by piece, which costs more than reading a profile:
    everything that is written has been flushed by then.
    """
    gc.set_threshold(_GARBAGE)
    try:
        sys.stdout = _stream(sys.stdout, 1)
        sys.stderr = _stream(sys.stderr, 2)
        status = main()
        sys.stderr.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError:  # there is no place left to complain
        status = USAGE
    os._exit(status)


def usage(message: str) -> int:
    """Say on standard error what was wrong with the call; returns the exit status for it."""
    from callsheet.redact import mask_keys
    from callsheet.said import harmless

    print(f"callsheet: {harmless(mask_keys(message))}", file=sys.stderr)
    return USAGE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        status = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a user sees no traceback
        from callsheet.batch.pool import LostProcessError
        from callsheet.config.file import ConfigurationError

        if isinstance(error, (ConfigurationError, LostProcessError)):
            for line in str(error).split("\n"):
                usage(line)
            return USAGE
        if isinstance(error, OSError) and error.filename is None:  # what cannot be read is named
            gone = isinstance(error, FileNotFoundError)  # which no stream says, but the system of where we are
            return usage("the current folder is gone" if gone else f"cannot write: {error.strerror}")
        return _mistake(error)
    return status


def _run(words: list[str]) -> int:
    """Run the command that the words say; argparse answers wrong ones, and those that ask for help, by itself."""
    if words[:1] == ["lint"]:
        status = _linted(words[1:])
        if status is not None:
            return status
    try:
        called = next((word for word in words if not word.startswith("-")), None)
        options = parser((called,), listed=called not in COMMANDS or called != words[0]).parse_args(words)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    return int(options.run(options))


def _linted(words: list[str]) -> int | None:
    """Run without argparse the command that editors and commits wait for; None where the words need argparse."""
    from callsheet.cli import lint
    from callsheet.cli.shortcut import Shortcut

    command: Any = lint  # which is told by argparse and by the shortcut alike
    shortcut = Shortcut()
    command.arguments(shortcut)
    options = shortcut.read(words)
    return None if options is None else int(command.run(options))


def _mistake(error: Exception) -> int:
    """Say that callsheet itself is wrong, and where if somebody asks; never in the error's words, which may quote."""
    if not os.environ.get("CALLSHEET_TRACEBACK"):
        return usage(
            f"this is a mistake in callsheet itself ({type(error).__name__}); CALLSHEET_TRACEBACK=1 shows where"
        )
    from traceback import format_tb

    print("Traceback (most recent call last):", *format_tb(error.__traceback__), sep="\n", end="", file=sys.stderr)
    return usage(f"this is a mistake in callsheet itself ({type(error).__name__})")


def _stream(stream: TextIO | None, descriptor: int) -> TextIO:
    """A stream that writes whatever letters its encoding has not by their numbers, in place of failing.

    Where the caller has closed it, `print` would take another or say nothing: then what is written to standard
    output fails, and what is written to standard error is gone.
    """
    if stream is None:
        flags = os.O_RDONLY if descriptor == 1 else os.O_WRONLY
        while (free := os.open(os.devnull, flags)) < descriptor:  # so that no file is opened in its place
            pass
        return open(free, "w", encoding="utf-8", closefd=False)  # open to the end
    if hasattr(stream, "reconfigure"):
        # Not written through: argparse says nothing of a help that cannot be written, but flushing does.
        stream.reconfigure(errors="backslashreplace", write_through=False)
    return stream


def _formatter(prog: str) -> HelpFormatter:
    """Help as wide as the terminal. argparse makes one for every flag, and would import shutil to ask for the width."""
    from argparse import RawDescriptionHelpFormatter

    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):
        width = 80
    return RawDescriptionHelpFormatter(prog, width=min(width, _WIDEST) - 2)


def parser(wanted: Container[str | None] = COMMANDS, *, listed: bool = True) -> ArgumentParser:
    """The parser; only the commands that are wanted have their modules imported and their flags built.

    The others are in the list of commands, unless nobody is going to see that.
    """
    from argparse import ArgumentParser
    from importlib import import_module

    class Parser(ArgumentParser):
        """Says in one sentence what is wrong with a call, and repeats no key that somebody gave for something else."""

        def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # so that the command answers
            options, stray = super().parse_known_args(args, namespace)
            if stray:
                from callsheet.cli.misuse import complaint

                self.error(complaint(args or (), stray, self._actions))
            return options, stray

        def error(self, message: str) -> NoReturn:
            from callsheet.cli.misuse import misuse

            self.exit(usage(misuse(self.prog, self._actions, message)))

    whole = Parser(
        "callsheet",
        description="Check OpenAI Realtime session profiles before a caller finds the mistake.",
        epilog=_EPILOG,
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"callsheet {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True, prog="callsheet")
    for name, what in COMMANDS.items():
        if name not in wanted:
            if listed:
                commands.add_parser(name, help=what, add_help=False)
            continue
        module = import_module(f"callsheet.cli.{name}")
        command = commands.add_parser(
            name,
            help=what,
            description=module.__doc__,
            epilog=module.EPILOG,
            formatter_class=_formatter,
            allow_abbrev=False,
        )
        module.arguments(command)
        command.set_defaults(run=module.run)
    return whole
