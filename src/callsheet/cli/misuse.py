"""What was wrong with a call, in one sentence: argparse's complaints, and what to write instead. No command itself."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from callsheet.nearest import nearest

if TYPE_CHECKING:
    from argparse import Action
    from collections.abc import Iterable, Sequence

_STRAY = "unrecognized arguments: "
_MISSING = "the following arguments are required: "
_CHOICE = re.compile(r"argument (?P<name>\S+): invalid choice: (?P<quote>['\"])(?P<word>.*)(?P=quote) \(", re.DOTALL)
_VALUE = re.compile(r"argument (?P<name>\S+): expected (?:one|at least one) argument")
_EXTRA = re.compile(
    r"argument (?P<name>\S+): ignored explicit argument (?P<quote>['\"])(?P<word>.*)(?P=quote)", re.DOTALL
)
_TOGETHER = re.compile(r"argument (?P<name>\S+): not allowed with argument (?P<other>\S+)")
_ARGUMENT = "argument "


def complaint(words: Sequence[str], stray: Sequence[str], actions: Sequence[Action]) -> str:
    """What argparse says of words that are left over.

    From Python 3.13 on it makes `-.yaml` of `-q.yaml`, and takes `-q` for said; before, that was too much behind `-q`.
    """
    flags = {name: action.option_strings for action in actions for name in action.option_strings}
    for word in words:
        if word[:2] in flags and word not in stray and f"-{word[2:]}" == stray[0]:
            return f"argument {'/'.join(flags[word[:2]])}: ignored explicit argument {word[2:]!r}"
    return _STRAY + " ".join(stray)


def misuse(call: str, actions: Sequence[Action], message: str) -> str:
    """The sentence for what argparse says of `call`, a command that takes `actions`."""
    if message.startswith(_STRAY):
        return _stray(call, actions, message.removeprefix(_STRAY))
    if message.startswith(_MISSING):
        return _missing(call, actions, message.removeprefix(_MISSING))
    if match := _CHOICE.match(message):
        return _choice(match["name"], match["word"], actions)
    if match := _VALUE.match(message):
        named = [action for action in actions if match["name"].split("/")[0] in action.option_strings]
        value = "".join(str(action.metavar or f"{{{','.join(action.choices or ())}}}") for action in named)
        return f"{match['name']} takes a value; write `{match['name'].split('/')[-1]} {value}`"
    if match := _EXTRA.match(message):
        said = f"{match['name']} takes no value"
        file = _file(match["name"].split("/")[0] + match["word"])
        return f"{said}; {file}" if file else said
    if match := _TOGETHER.match(message):
        return f"{match['name']} does not go with {match['other']}"
    return message.removeprefix(_ARGUMENT)


def _stray(call: str, actions: Sequence[Action], said: str) -> str:
    """The sentence for words that belong nowhere; the first of them is enough."""
    word = said.split(" ", maxsplit=1)[0]
    if not word.startswith("-"):
        return f"`{said}` is more than it takes; `{call} --help` says what that is"
    flag = word.partition("=")[0]
    meant = _flag(flag.lstrip("-"), actions)
    better = f"did you mean `{meant}`?" if meant else f"`{call} --help` lists them"
    return f"there is no flag `{flag}`; {_file(word) or better}"


def _file(word: str) -> str | None:
    """How to write a file whose name looks like a flag, if there is one."""
    return f"write `./{word}` for the file" if os.path.lexists(word) else None


def _flag(bare: str, actions: Sequence[Action]) -> str | None:
    """The flag that was probably meant: by its name, by either end of that, or by something like its last word."""
    known = {name.lstrip("-"): name for action in actions for name in action.option_strings if name.startswith("--")}
    if len(bare) < 2:  # noqa: PLR2004 - a letter is like anything
        return None
    for name, flag in known.items():
        if name.startswith(bare) or name.endswith(bare):
            return flag
    last = {name.rpartition("-")[2]: flag for name, flag in known.items()}
    likely = {**{word: flag for word, flag in last.items() if not word.startswith(tuple(known))}, **known}
    meant = nearest(bare, likely)
    return meant and likely[meant]


def _missing(call: str, actions: Sequence[Action], names: str) -> str:
    """The sentence for places that nothing stands in."""
    places = [action for action in actions if not action.option_strings]
    if places and places[0].choices:  # a command of commands, which takes nothing else
        first, *_ = known = list(places[0].choices)
        return f"say which {names.lower()}, such as `{call} {first}`; there are {', '.join(known)}"
    return f"{names} is missing; write `{' '.join([call, *(str(place.metavar or place.dest) for place in places)])}`"


def _choice(name: str, word: str, actions: Sequence[Action]) -> str:
    """The sentence for a word that is none of those that can stand there."""
    known: Iterable[str] = next(
        (action.choices for action in actions if action.choices and name in (*action.option_strings, action.metavar)),
        (),
    )
    said = f"{name}: there is no `{word}`" if name.startswith("-") else f"there is no {name.lower()} `{word}`"
    meant = nearest(word, known)
    return f"{said}; " + (f"did you mean `{meant}`?" if meant else f"there are {', '.join(known)}")
