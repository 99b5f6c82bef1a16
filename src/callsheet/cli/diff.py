"""Compare two profiles with all that they build on, setting by setting.

With --live it also tells whether a session that runs the first profile can become the second by a session.update,
what stands in the way, and which update does it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from callsheet.cli import FINDINGS, FINE, USAGE, configured, usage
from callsheet.cli.argument import wants_color
from callsheet.cli.profile import flags as profile_flags
from callsheet.content import content
from callsheet.contrast.compare import changes
from callsheet.resolved import resolve

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from callsheet.contrast.live import Update
    from callsheet.resolved import Resolved

EPILOG = """examples:
  callsheet diff profiles/sip-concierge.yaml profiles/noisy-line.yaml
  callsheet diff --live en.yaml de.yaml                       can the call go on in German?
  callsheet diff old.yaml new.yaml --output-format json       for programs

exit status: 0 no difference, or with --live nothing in the way; 1 differences, or with --live something that no update
can do, or errors in the second profile; 2 usage or unreadable input"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("left", metavar="A", help="a profile; - is standard input")
    parser.add_argument("right", metavar="B", help="the one to compare it with")
    parser.add_argument("--live", action="store_true", help="tell whether an open session can go from A to B")
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="how it is printed (default: %(default)s)"
    )
    profile_flags(parser)


def run(options: Namespace) -> int:
    """Compare, and with --live say what an update can do."""
    if options.left == options.right == "-":
        return usage("only one of the two can be standard input")
    chosen = configured.choice(options)
    try:
        profiles = [
            resolve(name, content(name), root=options.root, options=chosen.options(name))
            for name in (options.left, options.right)
        ]
    except OSError as error:
        return usage(f"cannot read {error.filename}: {error.strerror}")
    left, right = profiles
    lost = [profile for profile in profiles if profile.session_node is None or profile.session_kind is None]
    for profile in lost:
        _told(profile)
    if lost:
        return USAGE
    if options.live and right.is_broken:
        return _refused(right, options)
    for profile in profiles:
        if profile.is_broken:
            usage(f"{profile.path} has errors; `callsheet lint {profile.path}` tells them")
    return _compared(left, right, options)


def _compared(left: Resolved, right: Resolved, options: Namespace) -> int:
    found = changes(left, right)
    names = (left.path, right.path)
    update: Update | None = None
    if options.live:
        from callsheet.contrast.live import update as live

        update = live(left, right)
    if options.output_format == "json":
        from callsheet.contrast.json import render

        sys.stdout.write(render(found, names, update))
    else:
        from callsheet.contrast.text import differences, liveness

        color = wants_color(options.color)
        sys.stdout.write(differences(found, names, color=color))
        if update is not None:
            sys.stdout.write(liveness(update, color=color))
    if update is not None:
        return FINE if update.reaches else FINDINGS
    return FINDINGS if found else FINE


def _refused(profile: Resolved, options: Namespace) -> int:
    """Print the findings of a profile that no update can carry."""
    from callsheet.report.full import render
    from callsheet.report.run import Run

    sys.stdout.writelines(render(Run(profile.findings, 1, color=wants_color(options.color))))
    sys.stdout.flush()
    usage(f"{profile.path} has errors, and the service would refuse an update with them as a whole")
    return FINDINGS


def _told(profile: Resolved) -> None:
    """Print on standard error why a profile cannot be compared."""
    from callsheet.report.concise import render
    from callsheet.report.run import Run

    sys.stderr.writelines(render(Run(profile.findings, 1)))
    usage(f"{profile.path} cannot be compared: nobody can tell what it is")
