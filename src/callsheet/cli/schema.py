"""Print the JSON Schema of a kind of body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EPILOG = """examples:
  callsheet schema realtime                what goes on the wire
  callsheet schema realtime --profile      what people write: directives and placeholders as well"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("kind", metavar="KIND")


def run(options: Namespace) -> int:
    """Print the schema."""
    raise NotImplementedError(options.kind)
