"""What the parsers of the commands were told: arguments, flags, commands. argparse keeps that to itself."""

from __future__ import annotations

from argparse import Action, ArgumentParser, _SubParsersAction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def positionals(command: ArgumentParser) -> list[Action]:
    """The arguments that stand without a flag."""
    return [one for one in _declared(command) if not one.option_strings and not isinstance(one, _SubParsersAction)]


def options(command: ArgumentParser) -> list[Action]:
    """The flags, but for --help."""
    return [one for one in _declared(command) if one.option_strings and one.dest != "help"]


def subparsers(command: ArgumentParser) -> Iterator[ArgumentParser]:
    """The commands in a command."""
    for action in _declared(command):
        if isinstance(action, _SubParsersAction):
            yield from action.choices.values()


def explained(action: Action) -> str:
    """What an argument or a flag does, in the words of its help."""
    return (action.help or "") % vars(action)


def _declared(command: ArgumentParser) -> list[Action]:
    return command._actions  # noqa: SLF001 - argparse has no other way to what was declared
