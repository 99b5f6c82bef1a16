"""Move bodies from the flat shape of the beta API, retired on 2026-05-12, to today's; comments and style are kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from callsheet.cli import FINDINGS, FINE, USAGE, usage
from callsheet.cli.argument import day
from callsheet.content import STDIN, content
from callsheet.discover import Found, discover
from callsheet.fix.difference import unified
from callsheet.fix.replace import NotReplaced, replace
from callsheet.migrate.outcome import Outcome, outcome
from callsheet.migrate.plan import Wishes
from callsheet.redact import mask
from callsheet.report.full import render
from callsheet.report.run import Run
from callsheet.said import harmless

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EPILOG = """examples:
  callsheet migrate phone.yaml                   print the profile in today's shape
  callsheet migrate profiles --diff              show what would change in every file below a folder
  callsheet migrate profiles --write             change the files
  callsheet migrate session.json --models        put announced replacements in the place of models that are gone
  callsheet migrate - < update.json              standard input

What could not be moved, and what somebody should look at, is said on standard error.
exit status: 0 fine (also nothing to do), 1 something could not be moved or the result has errors, 2 usage, or a file
that cannot be read or written"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; - is standard input")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--write", action="store_true", help="change the files; without it, the result is printed")
    modes.add_argument("--diff", action="store_true", help="show what --write would change, and change nothing")
    parser.add_argument(
        "--models", action="store_true", help="replace models that are gone by those that were announced instead"
    )
    parser.add_argument("--today", metavar="DATE", type=day, help="the date to check shutdowns against (YYYY-MM-DD)")


def run(options: Namespace) -> int:
    """Migrate, report, and say how it went."""
    wishes = Wishes(options.models, options.today)
    done: list[tuple[str, Outcome]] = []
    unreadable = False
    for found in discover(options.paths):
        raw = _bytes(found)
        if raw is None:
            unreadable = True
            continue
        name = "standard input" if found.path == STDIN else found.path
        came = outcome(found.path, raw, wishes)
        if found.named or (came.after is not None and not came.today):
            done.append((name, came))
    if not done and not unreadable:
        print(f"Nothing is flat below {', '.join(map(harmless, options.paths))}.", file=sys.stderr)
    if len(done) > 1 and not (options.write or options.diff):
        return usage(f"there are {len(done)} files; say --diff to see what would change, or --write to change them")
    status = max([_finish(name, came, options) for name, came in done], default=FINE)
    return USAGE if unreadable else status


def _finish(name: str, came: Outcome, options: Namespace) -> int:
    """Print, show or write what came of one file; returns the exit status for it, fine if nothing is left to do."""
    changed = came.after is not None and came.after != came.before
    if came.after is not None and (name == "standard input" or not options.write) and not options.diff:
        sys.stdout.flush()
        sys.stdout.buffer.write(came.after)
        if sys.stdout.isatty() and not came.after.endswith(b"\n"):
            sys.stdout.buffer.write(b"\n")  # so that what is said begins on a line of its own
        sys.stdout.buffer.flush()
    elif changed and options.diff and came.after is not None:
        sys.stdout.writelines(unified(name, came.before, came.after))
        sys.stdout.flush()
    for line in came.said:
        print(mask(harmless(line)), file=sys.stderr)
    if came.findings:
        if came.after is not None:
            count = len(came.findings)
            print(f"{harmless(name)}: in today's shape it has {count} error{'s' * (count != 1)}:", file=sys.stderr)
        sys.stderr.writelines(render(Run(came.findings, 1)))
    if changed and name != "standard input" and not (options.write or options.diff or came.fresh):
        print(f"{harmless(name)} itself is unchanged; --write changes it.", file=sys.stderr)
    if came.today or came.after is None:
        return FINDINGS if came.open else FINE
    status = _write(name, came) if options.write and name != "standard input" else FINE
    return max(status, FINDINGS if came.findings or came.open else FINE)


def _write(name: str, came: Outcome) -> int:
    """Replace a file by what came of it; returns the exit status."""
    if came.fresh:
        usage(f"{harmless(name)} is left as it was: in today's shape it would have errors that it has not now")
        return FINDINGS
    try:
        replace(name, came.before, came.after or b"")
    except NotReplaced as error:
        return usage(f"{harmless(name)} {error}; nothing in it was changed")
    print(f"{harmless(name)}: moved to today's shape", file=sys.stderr)
    return FINE


def _bytes(found: Found) -> bytes | None:
    """The content of a file; None where it cannot be read, and standard error says why."""
    error = found.error
    if error is None:
        try:
            return content(found.path)
        except OSError as failure:
            error = failure.strerror
    name = "standard input" if found.path == STDIN else found.path
    usage(f"cannot read {harmless(name)}: {error}" if name else "cannot read an empty path")
    return None
