"""Tell whether the API has moved: compare callsheet with the openai package and with an OpenAPI document.

Nothing is called or imported: the package is read as text. What differs and is not known to differ is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.cli import FINDINGS, FINE, usage
from callsheet.cli.argument import day
from callsheet.said import harmless

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from callsheet.drift.compare import Comparison

EPILOG = """examples:
  callsheet drift                                            compare with the installed openai package
  callsheet drift --openapi openapi.yaml                     with an OpenAPI document as well
  callsheet drift --openapi old.json --revision 2026-05-13   with callsheet as it was then
  callsheet drift --verbose                                  list the disagreements that are held, with reasons

exit status: 0 nothing new, 1 an unknown difference, 2 usage, or nothing to compare with"""

_MISSING = "the package openai is not installed"


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("--openapi", metavar="FILE", type=Path, help="an OpenAPI document, JSON or YAML")
    parser.add_argument(
        "--revision",
        metavar="DATE",
        type=day,
        help="compare the document with callsheet as of this date (default: the revision that it fits best)",
    )
    parser.add_argument("--output-format", "--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("-v", "--verbose", action="store_true", help="list the disagreements that are held on purpose")


def run(options: Namespace) -> int:
    """Compare, print, and say how it went."""
    from callsheet.drift.upstream import UnreadableError

    if options.revision is not None and options.openapi is None:
        return usage("--revision is about the document of --openapi; the package is compared with the newest shapes")
    try:
        comparisons = _comparisons(options)
    except UnreadableError as error:
        return usage(harmless(str(error)))
    if not comparisons:
        return usage(f"{_MISSING}: pip install 'callsheet[send]', or name a document with --openapi")
    _print(comparisons, options)
    return FINE if all(comparison.clean for comparison in comparisons) else FINDINGS


def _comparisons(options: Namespace) -> list[Comparison]:
    """One for each source that there is. Raises UnreadableError."""
    from callsheet.drift import document, openapi, sdk
    from callsheet.drift.compare import compare, fit
    from callsheet.shape.derive import shapes

    ours = shapes()
    comparisons: list[Comparison] = []
    package = sdk.installed()
    if package is not None:
        types = sdk.read(package, ours)
        comparisons.append(compare(types, ours))
        better = fit(types, ours) if comparisons[0].news else comparisons[0]
        if better.distance < comparisons[0].distance:
            name = harmless(types.name)
            print(f"callsheet: {name} fits {better.revision} better; is it an old release?", file=sys.stderr)
    elif options.openapi is not None:
        print(f"callsheet: {_MISSING}; comparing with the document only", file=sys.stderr)
    if options.openapi is not None:
        name = str(options.openapi)
        theirs = openapi.read(document.load(options.openapi), name, ours)
        comparisons.append(compare(theirs, ours, options.revision) if options.revision else fit(theirs, ours))
    return comparisons


def _print(comparisons: list[Comparison], options: Namespace) -> None:
    from callsheet.drift import page

    if options.output_format == "json":
        print(page.dumped(comparisons))
    else:
        for comparison in comparisons:
            lines = [*page.text(comparison), *(page.verbose(comparison) if options.verbose else ())]
            if lines:
                print("\n".join(lines))
    sys.stdout.flush()
    for comparison in comparisons:
        print(*page.summary(comparison), sep="\n", file=sys.stderr)
    count = page.held_count(comparisons)
    if count:
        hint = "" if options.verbose else " (--verbose lists them with reasons)"
        print(f"{count} known disagreement{'s' if count > 1 else ''} held on purpose{hint}.", file=sys.stderr)
