"""What looks like a credential: found where it should not stand, and kept out of everything that is printed."""

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
        | A[KS]IA[0-9A-Z]{12,}
        | AIza[0-9A-Za-z_\-]{30,}
        | eyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)*
      )
    | (?<=Bearer\ )[^\s"',}]+ | (?<=Basic\ )[^\s"',}]+
    | (?<=://)[^\s/?\#@"']{1,200}(?=@)
    """

_QUERY_WORDS = frozenset({"key", "sig", "signature", "auth", "code", "jwt"})
"""Names in the query of a URL that hold a credential, besides those that `is_secret_key` knows."""

_QUERY = rf"(?i)(?P<lead>[?&;](?:[\w-]{{0,40}}?(?:{_WORDS})|{'|'.join(sorted(_QUERY_WORDS))})=)(?P<value>[^\s&#\"']+)"

# The bound on what may stand before the word keeps a long line of letters and dashes from taking square time.
_KEYED = rf"""(?xi)
    (?P<key> \b [\w-]{{0,40}}? (?:{_WORDS}) ["']? \s* : \s* )
    (?P<value> "(?:[^"\\]|\\.)*"? | '[^']*'? | [^\s\{{\[,}}\]][^,}}\]]* )
    """

_RUN = "[A-Za-z0-9_-]"
_KNOWN_KEYS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("sk-",),
        "an API key",
        rf"\bsk-(?=[A-Za-z_-]{{0,200}}[0-9]){_RUN}{{0,200}}[A-Za-z0-9]{{16}}",
    ),
    (("ek_",), "an ephemeral key", r"\bek_(?=[A-Za-z]{0,200}[0-9])[A-Za-z0-9]{20}"),
    (("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), "a GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{30}"),
    (("github_pat_",), "a GitHub token", r"\bgithub_pat_[A-Za-z0-9_]{30}"),
    (("glpat-",), "a GitLab token", rf"\bglpat-{_RUN}{{20}}"),
    (("xox",), "a Slack token", r"\bxox[abprs]-[A-Za-z0-9-]{12}"),
    (("k_live_", "k_test_"), "a Stripe key", r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16}"),
    (("whsec_",), "a webhook's secret", r"\bwhsec_[A-Za-z0-9+/]{24}"),
    (("AKIA", "ASIA"), "an AWS access key", r"\bA[KS]IA[0-9A-Z]{16}\b"),
    (("AIza",), "a Google API key", rf"\bAIza{_RUN}{{35}}"),
    (("eyJ",), "a JSON Web Token", rf"\beyJ{_RUN}{{8,}}\.eyJ{_RUN}{{8,}}\."),
    (("earer ",), "a bearer token", r"\b[Bb]earer +(?=[^\s0-9]{0,200}[0-9])[A-Za-z0-9._~+/=-]{20}"),
    (("PRIVATE KEY-----",), "a private key", r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"),
)
"""The keys that can be told from any other text: stretches of which each has one, what it is, and its form."""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled when the first finding needs it: a clean run never does."""
    import re

    return re.compile(text)


def is_secret_key(key: str) -> bool:
    """Whether a key says that its value is a credential, also where it is misspelt or no key of the API."""
    return key.lower() == "headers" or _pattern(_KEY).search(key) is not None


def is_secret_parameter(name: str) -> bool:
    """Whether a name in the query of a URL says that its value is a credential."""
    return name.lower() in _QUERY_WORDS or _pattern(_KEY).search(name) is not None


def may_hold_key(text: str) -> bool:
    """Whether a text has a stretch that keys have: quick, and no proof."""
    return any(stretch in text for stretches, _, _ in _KNOWN_KEYS for stretch in stretches)


def known_key(text: str) -> str | None:
    """What kind of key a text holds, in words; None where nothing in it can be anything but text."""
    for stretches, what, form in _KNOWN_KEYS:
        if any(stretch in text for stretch in stretches) and _pattern(form).search(text):
            return what
    return None


def mask(text: str) -> str:
    """The text with every credential in it replaced by asterisks, as many as it had characters."""
    text = _pattern(_CREDENTIAL).sub(lambda match: "*" * len(match[0]), text)
    text = _pattern(_QUERY).sub(lambda match: match["lead"] + "*" * len(match["value"]), text)
    return _pattern(_KEYED).sub(lambda match: match["key"] + "*" * len(match["value"]), text)
