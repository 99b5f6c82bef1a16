"""The flags that say which configuration counts, and what comes of them. No command itself."""

from __future__ import annotations

from callsheet.config.choice import Choice, Flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def arguments(parser: ArgumentParser) -> None:
    """The two flags."""
    parser.add_argument("--config", metavar="FILE", help="take the configuration from this file")
    parser.add_argument("--isolated", action="store_true", help="take no configuration from any file")


def choice(options: Namespace) -> Choice:
    """What a command was told, for each file together with its configuration. Raises ConfigurationError."""
    said = vars(options)
    flags = Flags(
        said.get("kind"),
        said.get("target"),
        said.get("today"),
        said.get("revision"),
        tuple(said.get("select", ())),
        tuple(said.get("ignore", ())),
        tuple(said.get("extend_select", ())),
    )
    return Choice(flags, named=options.config, isolated=options.isolated)
