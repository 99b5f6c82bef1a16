"""Which rules count in a run: codes, prefixes of codes, and names."""

from __future__ import annotations

from callsheet.rules import RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ALL = "ALL"


def selection(select: Iterable[str] = (), ignore: Iterable[str] = (), extend: Iterable[str] = ()) -> frozenset[str]:
    """The rules that are left: all, or those selected, with those that extend, less those ignored.

    The longer word wins, so `--select CS2 --ignore CS203` and `--ignore CS2 --select CS203` both say what they
    seem to; of two equally long ones, ignoring wins. Raises ValueError with a sentence for a word that means
    no rule.
    """
    chosen = {code_of(word) for word in (*(select or (ALL,)), *extend)}
    dropped = {code_of(word) for word in ignore}
    return frozenset(code for code in RULES if _strength(code, chosen) > _strength(code, dropped))


def _strength(code: str, words: Iterable[str]) -> int:
    """How exactly a code is meant by any of the words; -1 if by none."""
    return max((len(word) for word in words if code.startswith(word)), default=-1)


def code_of(word: str) -> str:
    """The code or the prefix that a word stands for, in whatever case; every code starts with nothing.

    Raises ValueError with a sentence for a word that means no rule.
    """
    prefix, name = word.upper(), word.lower()
    if prefix == ALL:
        return ""
    for code, rule in RULES.items():
        if word and (code.startswith(prefix) or rule.name == name):
            return code if rule.name == name else prefix
    from callsheet.nearest import nearest

    guess = nearest(word, [rule.name for rule in RULES.values()])  # codes are alike and tell nothing
    help_ = f"did you mean `{guess}`?" if guess else "`callsheet explain --all` lists them"
    raise ValueError(f"there is no rule `{word}`; {help_}")
