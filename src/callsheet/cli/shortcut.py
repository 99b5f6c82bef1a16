"""The way past argparse, for command lines that leave no question: it takes longer to load than a profile to check.

A command declares its flags once, to whatever has `add_argument`. No command itself.
"""

from __future__ import annotations

from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence
    from typing import Any, TypeAlias

    Flag: TypeAlias = tuple[str, str, Callable[[str], Any], Container[str] | None]
    """The attribute that holds what a flag says, the action, and what its word has to be."""


class Shortcut:
    """Takes the declarations of a command with flags, and with one list of paths behind or before them."""

    def __init__(self) -> None:
        self.flags: dict[str, Flag] = {}
        self._usual: dict[str, Any] = {}
        self._paths = ""

    def add_argument(
        self,
        *names: str,
        action: str = "store",
        type: Callable[[str], Any] = str,  # noqa: A002 - argparse calls it so
        choices: Container[str] | None = None,
        default: Any = None,
        **_said: Any,
    ) -> None:
        """Take one declaration; what only help needs is passed over."""
        key = names[-1].lstrip("-").replace("-", "_")
        self._usual[key] = False if action == "store_true" else default
        if names[-1] == key:
            self._paths = key
        for name in names:
            self.flags[name] = (key, action, type, choices)

    def read(self, words: Sequence[str]) -> SimpleNamespace | None:
        """What argparse would make of the words; None where it has something to say, or where only it can tell."""
        said = dict(self._usual)
        paths: list[str] = []
        end = 0  # of the paths: argparse takes none behind another flag
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            if word[:1] != "-" or word in ("-", "--"):
                if paths and end < at - 1:
                    return None
                if word == "--":  # and all that follows is a path
                    paths += words[at:]
                    break
                paths.append(word)
                end = at
                continue
            name, given, value = word.partition("=")
            flag = self.flags.get(name)
            if flag is None:
                return None
            if flag[1] == "store_true":
                if given:
                    return None
                said[flag[0]] = True
                continue
            if not given and at < len(words):
                value = words[at]
                at += 1
            if not value or value[0] == "-" or not self._take(said, flag, value):
                return None
        if paths:
            said[self._paths] = paths
        return SimpleNamespace(**said)

    def _take(self, said: dict[str, Any], flag: Flag, word: str) -> bool:
        """Put down what a flag says; whether it is a word that the flag takes."""
        key, action, kind, choices = flag
        try:
            value = kind(word)
        except Exception:  # noqa: BLE001 - argparse asks again, and says what is wrong with the word
            return False
        if choices is not None and value not in choices:
            return False
        if action == "append":
            value = [*said[key], value]
        elif action == "extend":
            value = [*said[key], *value]
        said[key] = value
        return True
