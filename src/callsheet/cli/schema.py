"""Print the JSON Schema of a kind of body."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from callsheet.cli import FINE, usage
from callsheet.shape.kind import KINDS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EPILOG = """examples:
  callsheet schema realtime                what goes on the wire
  callsheet schema realtime --profile      what people write: directives and placeholders as well"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--profile", action="store_true", help="the schema of a profile, for editors")


def run(options: Namespace) -> int:
    """Print the schema."""
    from callsheet.schema.profile import profile_schema
    from callsheet.schema.wire import wire_schema
    from callsheet.shape.derive import shapes

    kinds = shapes()
    if options.kind not in kinds:
        return usage(f"there is no kind `{options.kind}`; the kinds are {', '.join(kinds)}")
    write = profile_schema if options.profile else wire_schema
    print(json.dumps(write(options.kind, kinds[options.kind]), indent=2, ensure_ascii=False))
    return FINE
