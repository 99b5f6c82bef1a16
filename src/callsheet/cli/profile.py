"""The one profile of a command that makes requests: its flags, its reading, and what is said of it.

No command itself.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from callsheet.cli import FINDINGS, configured
from callsheet.cli.argument import folder, kind, revision, wants_color
from callsheet.content import content
from callsheet.loaded import from_bytes
from callsheet.report.run import Run
from callsheet.shape.directive import TARGETS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from callsheet.loaded import Profile, ProfileError


def arguments(parser: ArgumentParser) -> None:
    """The profile, and the flags that say what it is, whatever it says itself."""
    parser.add_argument("profile", metavar="PROFILE", help="the file; - is standard input")
    flags(parser)


def flags(parser: ArgumentParser) -> None:
    """The flags without the profile."""
    parser.add_argument("--kind", metavar="KIND", type=kind, help="what the file is, whatever it says: realtime, …")
    parser.add_argument("--target", choices=TARGETS, help="where the session runs, whatever the file says")
    parser.add_argument(
        "--revision", metavar="DATE", type=revision, help="check against the API as it was then (default: latest)"
    )
    parser.add_argument(
        "--root",
        metavar="FOLDER",
        type=folder,
        help="the project, which no profile reads beyond (default: the nearest with .git)",
    )
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether to use colour")
    configured.arguments(parser)


def opened(options: Namespace) -> Profile:
    """The profile that the command line names; its warnings go to standard error.

    Raises OSError, with the name, for a file that cannot be read, and ProfileError for one that gives no request.
    """
    said = configured.choice(options).options(options.profile)
    profile = from_bytes(options.profile, content(options.profile), root=options.root, options=said)
    if profile.findings:
        from callsheet.report.concise import render

        sys.stderr.writelines(render(Run(profile.findings, 1)))
    return profile


def told(error: ProfileError, consequence: str, *, color: str = "auto", before: str = "") -> int:
    """Print the findings of a profile that gives no request; returns the exit status for it.

    What stands `before` each line keeps a shell or Python, which may be waiting for the request, from running it.
    """
    from callsheet.report.full import render

    run = Run(error.findings, 1, color=wants_color(color))
    sys.stdout.writelines(f"{before}{line}\n" for line in "".join(render(run)).splitlines())
    sys.stdout.flush()
    errors = run.count("error")
    print(f"callsheet: {consequence}: {errors} error{'s' * (errors != 1)}", file=sys.stderr)
    return FINDINGS
