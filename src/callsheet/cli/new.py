"""Begin a profile: print a starter that lints clean and explains itself, or write it into a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.cli import FINE, usage
from callsheet.said import harmless
from callsheet.starter import DEFAULT, Starter, named, starter, starters

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EPILOG = """examples:
  callsheet new --list                          what there is
  callsheet new                                 print a profile for a phone line
  callsheet new browser --output page.yaml      write one for a web page into a file
  callsheet new base --output hotel-base.yaml   what several profiles share; `variant` builds on it

exit status: 0 done, 2 usage, or a file that cannot be written"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("template", nargs="?", metavar="TEMPLATE", help=f"which starter (default: {DEFAULT})")
    parser.add_argument("--list", action="store_true", help="the templates, and what each is for")
    parser.add_argument("--output", metavar="FILE", help="write it there; a file that is there already stays")
    parser.add_argument("--force", action="store_true", help="with --output: replace a file that is there")


def run(options: Namespace) -> int:
    """Print or write what is asked for."""
    if options.list:
        if options.template or options.output:
            return usage("--list stands alone")
        found = starters()
        width = max(len(one.name) for one in found)
        for one in found:
            print(f"{one.name:<{width}}  {one.purpose}")
        return FINE
    try:
        chosen = starter(options.template or DEFAULT)
    except KeyError:
        said = f"there is no template `{harmless(options.template)}`"
        if options.output is None and Path(options.template).suffix:
            return usage(f"{said}; write --output before the name of a file")
        return usage(f"{said}; there are {', '.join(one.name for one in starters())}")
    if options.output is None:
        if options.force:
            return usage("--force goes with --output")
        sys.stdout.write(chosen.content)
        return FINE
    return _write(chosen, Path(options.output), force=options.force)


def _write(chosen: Starter, path: Path, *, force: bool) -> int:
    """Write a starter into a file, and say what goes with it."""
    shown = harmless(str(path))
    if not force and os.path.lexists(path):
        return usage(f"{shown} is there already; --force replaces it")
    from callsheet.cli.whole import write_whole

    try:
        write_whole(str(path), [chosen.content])
    except OSError as error:
        folder = path.parent
        why = error.strerror if folder.is_dir() else f"there is no folder {harmless(str(folder))}"
        return usage(f"cannot write {shown}: {why}")
    print(f"{shown}: {chosen.purpose}", file=sys.stderr)
    if chosen.base is not None and not (path.parent / chosen.base).exists():
        base = path.parent / chosen.base
        print(
            f"It builds on {harmless(str(base))}: callsheet new {named(chosen.base)} --output {harmless(str(base))}",
            file=sys.stderr,
        )
    return FINE
