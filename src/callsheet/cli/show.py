"""Show what will really run: every setting and where it was decided, the tools, the context, the dates.

Of a profile with errors, the findings come first, then what can be shown of it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from callsheet.cli import FINDINGS, FINE, configured, usage
from callsheet.cli.argument import day, wants_color
from callsheet.cli.profile import arguments as profile_arguments
from callsheet.content import content
from callsheet.report.full import render as frames
from callsheet.report.run import Run
from callsheet.resolved import resolve
from callsheet.show import FORMATS, renderer
from callsheet.show.assemble import view

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from callsheet.show.view import View

EPILOG = """examples:
  callsheet show profiles/sip-concierge.yaml                            on the terminal
  callsheet show profiles/long-calls.yaml --format html --output a.html   one page, to be opened, sent or printed
  callsheet show profiles/reasoning.yaml --format json                  for programs
  callsheet show profiles/phone-transcript.yaml --today 2027-02-01      as on another day

exit status: 0 fine (warnings included), 1 errors in the profile, 2 usage or unreadable input"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    profile_arguments(parser)
    parser.add_argument("--today", metavar="DATE", type=day, help="the date to count days from (YYYY-MM-DD)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is laid out (default: %(default)s)")
    parser.add_argument("--output", metavar="FILE", help="where it is written (default: standard output)")


def run(options: Namespace) -> int:
    """Show the profile, with its findings first."""
    said = configured.choice(options).options(options.profile)
    try:
        profile = resolve(options.profile, content(options.profile), root=options.root, options=said)
    except OSError as error:
        return usage(f"cannot read {error.filename}: {error.strerror}")
    color = options.format == "text" and options.output is None and wants_color(options.color)
    text = _text(view(profile), color=color) if options.format == "text" else renderer(options.format)(view(profile))
    try:
        _write(text, options.output)
    except OSError as error:
        return usage(f"cannot write {options.output or 'standard output'}: {error.strerror}")
    return FINDINGS if profile.is_broken else FINE


def _text(seen: View, *, color: bool) -> str:
    """The findings as lint prints them, and then the profile."""
    from callsheet.show.text import render

    return "".join(frames(Run(seen.findings, 1, color=color))) + render(seen, color=color)


def _write(text: str, name: str | None) -> None:
    """Write UTF-8 to a file, whole or not at all, or to standard output in its own encoding."""
    if name is None:
        sys.stdout.write(text)
        return
    from callsheet.cli.whole import write_whole

    write_whole(name, [text])
