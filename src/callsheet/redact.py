"""What looks like a credential: found where it should not stand, and kept out of everything that is printed."""

from __future__ import annotations

from functools import cache, lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_MISSPELT = r"aut?h?t?or?i?[sz]?a?t?i?[sz]a?t?i?on|auth?or?[iy]?[sz]at?i?on|authori[sz]e?|auth?ent[a-z]{0,4}[tc]i?on"
"""`authorization` and `authentication`, and what comes of them in haste."""

_WORDS = rf"""{_MISSPELT}|secret|(?:api|secret|private|access)[-_\ ]?key|pass(?:w(?:or)?d|phrase)|token|bearer
    |credentials?|(?<![a-z])(?:basic|o)?auth2?|(?<![a-z])pwd|jwt"""
"""The words before a colon or an equals sign that say that a credential follows, in any text."""

_KEY = rf"""(?xi)
    (?: {_WORDS} | secrets | (?:api|secret|private|access)[-_\ ]?keys | pass(?:word|wd|phrase)s | paswords? | passwrod
      | (?<!max[-_])tokens | authori[sz]ations | cookies? | signature | jwts | headers )\Z"""
"""The ends of keys whose value is a credential. Prose has some of these words too."""

_COUNTED = r"""(?xi)
    (?:\A|[-_]) (?:max|min|num|total|input|output|prompt|completion|reasoning|response|text|audio|image|cached)
    (?:[-_][a-z]+)? [-_]? tokens? \Z"""
"""Keys that say how many tokens."""

_CREDENTIAL = r"""(?xi)
    \b(?: (?:sk|ek|pk|rk|whsec|xox[abprs]|gh[pousr]|glpat)[-_][A-Za-z0-9_\-.=+/]{8,}
        | github_pat_[A-Za-z0-9_]{8,}
        | (?:hf|npm)_(?=[A-Za-z_\-]{0,200}[0-9])[A-Za-z0-9_\-]{8,}
        | SG\.(?=[A-Za-z_\-.]{0,200}[0-9])[A-Za-z0-9_\-.]{8,}
        | A[KS]IA[0-9A-Z]{12,}
        | AIza[0-9A-Za-z_\-]{30,}
        | eyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)*
      )
    | (?<=Bearer\ )(?!…)[^\s"',}]+ | (?<=Basic\ )(?!…)[^\s"',}]+  # `Bearer …` is what a help line says
    | (?<=://)[^\s/?\#@"']{1,200}(?=@)
    | (?<=hooks\.slack\.com/services/)[^\s"'<>]+ | (?<=hooks\.slack\.com/workflows/)[^\s"'<>]+
    | (?<=hooks\.slack\.com/triggers/)[^\s"'<>]+
    | (?<=PRIVATE\ KEY-----) .+? (?= -----END | \Z | [\r\n] | " )
    """

_PEM = r"(?s)(?<=PRIVATE KEY-----)(?:(?!-----END)[\w\s+/=\\:,.-]){1,20000}"
"""A private key, over as many lines as it takes."""

_QUERY_WORDS = frozenset({"key", "sig", "signature", "auth", "code", "jwt"})
"""Names in the query of a URL that hold a credential, besides those that `is_secret_key` knows."""

_QUERY = rf"""(?xi)
    (?P<key> [?&;\#] (?:[\w-]{{0,40}}?(?:{_WORDS})|{"|".join(sorted(_QUERY_WORDS))}) = )
    (?P<value> [^\s&\#"']+ )"""

_NAMED = r"""(?xi) (?<![\w-]) (?:(?:api|secret|private|access)\ )? [\w-]+ (?P<after> ["']? \s* [:=] \s* )"""
"""What may be a key in any text. What precedes it keeps a long line of letters and dashes from taking square time."""
_SAID = rf"""(?xi) (?:{_WORDS}) \Z"""
_SAID_MAYBE = r"""(?xi) (?:tokens|secrets|passwords|cookies?|signature) \Z"""
"""Words that prose has as well: they count where a word with letters and digits follows."""
_LONGEST_NAME = 60
_VALUE = r"""(?x) "(?:[^"\\]|\\.)*"? | '[^']*'? | [^\s\{\[,}\]][^,}\]]* """
_TELLING = r"""(?xi) ["']? (?=[^\s,}\]"']{0,200}[0-9]) (?=[^\s,}\]"']{0,200}[a-z]) [^\s,}\]"']{6,} """

_NAME = r"""(?x)
    (?P<key> "(?:[^"\\\r\n]|\\.){1,80}" | '[^'\r\n]{1,80}' | (?<![\w$.-])[\w$.-]{1,80} ) \s* [:=]
    """
"""What may be a key on a line that nobody could read."""
_WHOLE = r"""(?x) \s* "(?:[^"\\]|\\.)*" (?= \s* [,}\]]+ \s* (?: \Z | ,?\s*"[\w$-]{1,64}"\s*: ) )"""
"""A value that ends for certain: another key follows it, or the line's end."""
_KEY_LINE = r"""(?x) \s* (?: -\s+ )* ["']? [\w$-]{1,64} ["']? \s* : (?: \s | \Z )"""

_RUN = "[A-Za-z0-9_-]"
_BEARER = "earer"
_PRIVATE = "KEY-----"
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
    ((_BEARER,), "a bearer token", r"\b[Bb]earer +(?=[^\s0-9]{0,200}[0-9])[A-Za-z0-9._~+/=-]{20}"),
    (("SG.",), "a SendGrid key", rf"\bSG\.{_RUN}{{16,30}}\.{_RUN}{{16}}"),
    (("hf_",), "a Hugging Face token", r"\bhf_[A-Za-z0-9]{30}"),
    (("npm_",), "an npm token", r"\bnpm_[A-Za-z0-9]{30}"),
    (
        ("hooks.slack.com/services/",),
        "a Slack webhook",
        r"\bhooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{16}",
    ),
    ((_PRIVATE,), "a private key", r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"),
)
"""The keys that can be told from any other text: stretches of which each has one, what it is, and its form."""
_REST = r"""[^\s"'`]*"""
"""What belongs to a key of which the beginning was recognised."""
_STRETCHES = tuple(stretch for stretches, _, _ in _KNOWN_KEYS for stretch in stretches)
_SHORTEST_KEY = 17
"""Letters without a space that each of them has, but for private keys and what a bearer brings."""
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+/"
"""All letters that stand in them."""
_SHAPE = bytes(120 if letter in _LETTERS else 32 for letter in range(256))
_AS_A_KEY = b"x" * _SHORTEST_KEY
"""By `_SHAPE`, a text becomes an x for each of these letters and a space for every other."""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled when the first finding needs it: a clean run never does."""
    import re

    return re.compile(text)


@lru_cache(maxsize=4096)
def is_secret_key(key: str) -> bool:
    """Whether a key says that its value is a credential, also where it is misspelt or no key of the API."""
    name = _pattern("(?<=[a-z0-9])(?=[A-Z])").sub("_", key.strip())
    return _pattern(_KEY).search(name) is not None and _pattern(_COUNTED).search(name) is None


def names_headers(key: str) -> bool:
    """Whether what stands below a key are headers: their names are no secret, their values are."""
    return key.strip().lower().endswith("headers")


def is_secret_parameter(name: str) -> bool:
    """Whether a name in the query of a URL says that its value is a credential."""
    return name.lower() in _QUERY_WORDS or is_secret_key(name)


def may_hold_key(text: str) -> bool:
    """Whether a text has a stretch that keys have: quick, and no proof.

    Prose has some of the stretches, but few words that are as long as a key. It may be prose as a file has it, with its
    lines broken where the text that is meant has a space.
    """
    return _PRIVATE in text or _BEARER in text or any(map(_long_words(text).__contains__, _STRETCHES))


def _long_words(text: str) -> str:
    """The words of a text that are as long as a key and of its letters, with spaces between them."""
    raw = text.encode("utf-8", "replace")
    shape = raw.translate(_SHAPE)
    words: list[bytes] = []
    start = shape.find(_AS_A_KEY)
    while start >= 0:
        end = shape.find(b" ", start)
        words.append(raw[start : end if end > 0 else None])
        start = shape.find(_AS_A_KEY, end) if end > 0 else -1
    return b" ".join(words).decode("ascii")


def known_key(text: str) -> str | None:
    """What kind of key a text holds, in words; None where nothing in it can be anything but text."""
    for stretches, what, form in _KNOWN_KEYS:
        if any(stretch in text for stretch in stretches) and _pattern(form).search(text):
            return what
    return None


def mask_keys(text: str) -> str:
    """The text without what can be nothing but a key: for words that may be names of files, where `mask` takes more."""
    for stretches, _, form in _KNOWN_KEYS:
        if any(stretch in text for stretch in stretches):
            text = _pattern(form + _REST).sub(lambda match: "*" * len(match[0]), text)
    return text


def mask_header(name: str) -> str:
    """The name of a header as it may be shown: where a colon or a quote is in it, the value has become part of it."""
    shown = mask(name)
    stray = _pattern(r"[^\w!#$%&'*+.^`|~-]").search(name)
    return shown if stray is None else shown[: stray.start()] + "*" * (len(name) - stray.start())


def mask(text: str) -> str:
    """The text with every credential in it replaced by asterisks, as many as it had characters."""
    text = _pattern(_CREDENTIAL).sub(lambda match: "*" * len(match[0]), text)
    if ":" not in text and "=" not in text:
        return text
    text = _pattern(_QUERY).sub(lambda match: match["key"] + "*" * len(match["value"]), text)
    pieces: list[str] = []
    at = 0
    for named in _pattern(_NAMED).finditer(text):
        if named.start() < at:
            continue
        start, end = named.start(), named.start("after")
        name = text[max(start, end - _LONGEST_NAME) : end]
        form = _VALUE if _pattern(_SAID).search(name) else _TELLING if _pattern(_SAID_MAYBE).search(name) else None
        value = None if form is None else _pattern(form).match(text, named.end())
        if value is None or (form == _TELLING and _pattern(_COUNTED).search(name)):
            continue
        pieces += (text[at : value.start()], "*" * len(value[0]))
        at = value.end()
    return "".join((*pieces, text[at:]))


def mask_line(line: str) -> str:
    """A line of a file, masked; in a comment, all that follows a secret key."""
    line = mask(line)
    comment = _pattern(r"(?:\A|(?<=\s))#").search(line) if "#" in line else None
    if comment is not None:
        for name in _pattern(_NAME).finditer(line, comment.end()):
            if is_secret_key(name["key"].strip("\"'")):
                return line[: name.end()] + _stars(line[name.end() :])
    return line


def _stars(text: str) -> str:
    """Asterisks for a text, but not for the space before it."""
    bare = text.lstrip()
    return text[: len(text) - len(bare)] + "*" * len(bare)


def mask_pointer(pointer: str) -> tuple[str, list[str]]:
    """A JSON Pointer as it may be shown, and what was taken out of it: keys below a secret one, or like credentials."""
    steps, taken = [], []
    below = 0
    for step in pointer.split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        is_plain = name.isdecimal() or name in ("$env", "$file", "default")
        hide = _starred if below > 1 and not is_plain else mask_header if below else mask
        shown = hide(name)
        if shown != name:
            taken.append(name)
        steps.append(shown.replace("~", "~0").replace("/", "~1"))
        if below:
            below += 1
        elif is_secret_key(name):
            below = 1 if names_headers(name) else 2
    return "/".join(steps), taken


def _starred(name: str) -> str:
    return "*" * len(name)


def key_blocks(content: str) -> list[tuple[int, int]]:
    """Where private keys stand, which take many lines."""
    return [match.span() for match in _pattern(_PEM).finditer(content)] if "PRIVATE KEY-----" in content else []


def secrets_by_lines(content: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What to hide in a text that could not be read: what follows a secret key on its line, and the lines below it."""
    spans: list[tuple[int, int]] = []
    column: int | None = None  # of the secret key above
    for start, end in lines:
        line = content[start:end]
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            continue
        if column is not None:
            if indent > column or line.lstrip()[:2] == "- " or not _pattern(_KEY_LINE).match(line):
                spans.append((start + indent, end))  # even without an indent: a value may have been torn in two
                continue
            column = None
        at = 0
        while (name := _pattern(_NAME).search(line, at)) is not None:
            at = name.end()
            if not is_secret_key(name["key"].strip("\"'")):
                continue
            before = line[: name.start()]
            column = name.start() if not before.strip(" \t-?") else indent
            whole = _pattern(_WHOLE).match(line, at)
            if whole is not None:
                spans.append((start + at, start + whole.end()))
                at = whole.end()
                column = None
                continue
            spans.append((start + at + len(line[at:]) - len(line[at:].lstrip()), end))
            break
    return spans
