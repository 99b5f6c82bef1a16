"""Keeps what looks like a credential out of everything that is printed."""

from __future__ import annotations

import re

SECRET_KEYS = frozenset(
    {"authorization", "client_secret", "api_key", "apikey", "api-key", "password", "token", "access_token", "secret"}
)
"""Keys, in lower case, whose value is never shown; so are all values under `headers`."""

_TOKENS = re.compile(
    r"""(?xi)
    \b(?: (?:sk|ek|pk|rk|whsec|xox[abprs]|gh[pousr]|glpat)[-_][A-Za-z0-9_\-.=+/]{8,}
        | github_pat_[A-Za-z0-9_]{8,}
        | AKIA[0-9A-Z]{12,}
        | eyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)*
      )
    | (?<=Bearer\ )[^\s"',}]+ | (?<=Basic\ )[^\s"',}]+
    | (?<=://)[^\s/@"']+:[^\s/@"']+(?=@)
    | (?<=[?&]key=)[^\s&"']+ | (?<=[?&]api_key=)[^\s&"']+
    | (?<=[?&]token=)[^\s&"']+ | (?<=[?&]access_token=)[^\s&"']+
    """
)
_KEYED = re.compile(
    r"""(?xi)
    (?P<key> ["']? \b
        (?:authorization|client_secret|x-api-key|api[_-]?key|password|(?:access_)?token|secret) ["']? \s* : \s*)
    (?P<value> "(?:[^"\\]|\\.)*"? | '[^']*'? | [^\s\{\[,}\]][^,}\]]* )
    """
)


def mask(text: str) -> str:
    """The text with every credential in it replaced by asterisks, as many as it had characters."""
    text = _TOKENS.sub(lambda match: "*" * len(match[0]), text)
    return _KEYED.sub(lambda match: match["key"] + "*" * len(match["value"]), text)
