"""Keeps what looks like a credential out of everything that is printed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_WORDS = r"authori[sz]ation|secret|api[-_]?key|passw(?:or)?d|token|bearer|credential"

_KEY = rf"(?i)(?:{_WORDS})\Z"

_CREDENTIAL = r"""(?xi)
    \b(?: (?:sk|ek|pk|rk|whsec|xox[abprs]|gh[pousr]|glpat)[-_][A-Za-z0-9_\-.=+/]{8,}
        | github_pat_[A-Za-z0-9_]{8,}
        | AKIA[0-9A-Z]{12,}
        | eyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)*
      )
    | (?<=Bearer\ )[^\s"',}]+ | (?<=Basic\ )[^\s"',}]+
    | (?<=://)[^\s/@"']{1,200}:[^\s/@"']{1,200}(?=@)
    | (?<=[?&]key=)[^\s&"']+ | (?<=[?&]api_key=)[^\s&"']+
    | (?<=[?&]token=)[^\s&"']+ | (?<=[?&]access_token=)[^\s&"']+
    """

# The bound on what may stand before the word keeps a long line of letters and dashes from taking square time.
_KEYED = rf"""(?xi)
    (?P<key> \b [\w-]{{0,40}}? (?:{_WORDS}) ["']? \s* : \s* )
    (?P<value> "(?:[^"\\]|\\.)*"? | '[^']*'? | [^\s\{{\[,}}\]][^,}}\]]* )
    """


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled when the first finding needs it: a clean run never does."""
    import re

    return re.compile(text)


def is_secret_key(key: str) -> bool:
    """Whether a key says that its value is a credential, also where it is misspelt or no key of the API."""
    return key.lower() == "headers" or _pattern(_KEY).search(key) is not None


def mask(text: str) -> str:
    """The text with every credential in it replaced by asterisks, as many as it had characters."""
    text = _pattern(_CREDENTIAL).sub(lambda match: "*" * len(match[0]), text)
    return _pattern(_KEYED).sub(lambda match: match["key"] + "*" * len(match["value"]), text)
