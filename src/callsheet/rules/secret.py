"""CS5xx: credentials that stand in a profile.

No message and no help repeats a value. The service takes all of this; what goes wrong is that everybody who
has the file has the credential.
"""

from __future__ import annotations

from callsheet.pointer import to_dotted
from callsheet.redact import is_secret_parameter, known_key, mask, may_hold_key
from callsheet.rules.rule import At, Rule
from callsheet.rules.subject import strings_in, texts_in
from callsheet.shape.directive import may_hold_placeholder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.pointer import Path

_SCHEMES = ("bearer ", "basic ", "token ", "apikey ")
_BRACES = (("${{", "}}"), ("${", "}"), ("{{", "}}"), ("<", ">"), ("[", "]"), ("{", "}"), ("%", "%"), ("$", ""))
_TEMPLATES = ("${", "{{", "<")
"""Whatever stands in these is no credential; `${{` begins with the first."""
_REFERENCES = ("env:", "$env:", "process.env.", "env.", "op://", "vault://", "secret://", "arn:aws:")
"""How other programs say that a value comes from elsewhere."""
_STAND_INS = frozenset({
    "your", "my", "changeme", "change", "replace", "placeholder", "redacted", "example", "sample", "dummy", "fake",
    "todo", "tbd", "fixme", "insert", "here", "none", "secret", "token", "password", "key", "apikey", "bearer",
})  # fmt: skip
_LONGEST_LABEL = 30
_SHORTEST = 8
_SERVER_KEYS = frozenset({"server_url", "authorization", "headers"})
_USER_ALONE = 16
"""A user without a password in a URL is a credential if it is at least as long as this."""
_HEADERS = frozenset({
    "authorization", "authorisation", "auth", "token", "secret", "password", "passwd", "apikey", "credential",
    "credentials", "cookie", "bearer", "jwt",
})  # fmt: skip
"""The last word of a header's name that says that its value is a credential."""
_KEY_HEADERS = frozenset({"", "x", "api", "access", "auth", "secret", "subscription", "functions", "private", "client"})
"""What stands before `key` there; an `Idempotency-Key` is none."""


def stand_in(text: str) -> str | None:
    """The name of the variable in a text that is only there to be replaced: `${TOKEN}`.

    It is "" for one that names none, such as `<your token>` or `xxx`, and None for every other text.
    """
    word = text.strip()
    scheme = next((scheme for scheme in _SCHEMES if word.lower().startswith(scheme)), "")
    word = word[len(scheme) :].strip()
    if may_hold_placeholder(word):
        from callsheet.rules.placeholder import written_out

        written = written_out(word)
        if written is not None and written.alone:
            return _variable(written.name)
    for reference in _REFERENCES:
        if word.lower().startswith(reference):
            return _variable(word[len(reference) :])
    for opened, closed in _BRACES:
        inner = word.removeprefix(opened).removesuffix(closed).strip()
        if not word.startswith(opened) or not word.endswith(closed) or len(word) <= len(opened) + len(closed):
            continue
        name = _variable(inner.rpartition(".")[2])
        if opened in _TEMPLATES or name or (opened != "$" and _is_words(inner)):
            return name
    if word and set(word.lower()) <= set("x*.…-_•#0"):
        return ""
    if not _is_words(word):
        return None
    parts = word.lower().replace("-", "_").replace(" ", "_").split("_")
    return "" if any(part in _STAND_INS or (len(part) > 1 and set(part) == {"x"}) for part in parts) else None


def _is_words(text: str) -> bool:
    return all(letter.isalpha() or letter in "_- " for letter in text)


def _variable(name: str) -> str:
    return name if name.isidentifier() and name.isascii() and name.upper() == name else ""


def _is_credential_header(name: str) -> bool:
    *_, before, last = "", *name.lower().replace("_", "-").split("-")
    return last in _HEADERS or (last == "key" and before in _KEY_HEADERS)


def _is_header(path: Path) -> bool:
    return path[:1] == ("tools",) and path[2:-1] == ("headers",)


def _is_for_credential(path: Path) -> bool:
    """Whether a credential belongs here, if not in plain text."""
    if _is_header(path):
        return _is_credential_header(str(path[3]))
    return path[:1] == ("tools",) and path[2:] == ("authorization",)


def _whole(path: Path, text: str) -> str:
    """A reminder for a header such as `Bearer …`: a variable stands for all of it."""
    scheme, space, _rest = text.strip().partition(" ")
    is_scheme = _is_header(path) and bool(space) and scheme.isalpha()
    return f", with the whole header in the variable, `{scheme} …`" if is_scheme else ""


def _variable_for(path: Path, session: dict[str, Any]) -> str:
    """A good name for the variable that holds what belongs at a place."""
    label = session["tools"][path[1]].get("server_label")
    last = str(path[-1]).lower()
    kinds = {"url": "URL", "key": "KEY", "cookie": "COOKIE", "secret": "SECRET", "password": "PASSWORD"}
    kind = next((kind for end, kind in kinds.items() if last.endswith(end)), "TOKEN")
    if not isinstance(label, str) or not label.isascii() or len(label) > _LONGEST_LABEL or mask(label) != label:
        return f"MCP_{kind}"
    name = "".join(letter if letter.isalnum() else "_" for letter in label).upper().strip("_")
    return f"{name}_{kind}" if name[:1].isalpha() else f"MCP_{kind}"


def _of_servers(session: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Every text of a tool that says where its server is, or that lets us in there."""
    tools = session.get("tools")
    entries = enumerate(tools) if isinstance(tools, list) else tools.items() if isinstance(tools, dict) else ()
    for step, tool in entries:
        if not isinstance(tool, dict) or _SERVER_KEYS.isdisjoint(tool):
            continue
        for key, value in tool.items():
            if key in _SERVER_KEYS:
                yield from texts_in(value, ("tools", step, key))


def _literals(session: dict[str, Any]) -> Iterator[At]:
    for path, text in _of_servers(session):
        place = path[:-1] if path[-1:] == ("default",) else path  # the default of `$env` is as plain as any text
        if _is_for_credential(place) and text.strip() and stand_in(text) is None:
            yield At(
                path,
                f"`{to_dotted(path)}` holds a credential in plain text",
                f"write {{$env: {_variable_for(place, session)}}}{_whole(place, text)}, and renew the credential if others have had this file",
            )


LITERAL_CREDENTIAL = Rule(
    code="CS501",
    name="literal-credential",
    severity="error",
    summary="A credential stands in `authorization` or in a header, in plain text.",
    why="A profile lies in a repository, in its history and in every copy of it, and whoever has it can act in your name "
    "at that server. A placeholder is filled in from the environment when a request is built.",
    source="callsheet's profile format, `$env`; the API reference calls `authorization` an OAuth access token",
    kinds=(),
    targets=(),
    check=_literals,
    of_parts=True,
    bad="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  authorization: crm-0815-not-a-real-token\n",
    good="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  authorization: {$env: CRM_TOKEN}\n",
)


def _in_url(text: str) -> bool:
    """Whether some URL in a text has a password or a token in it."""
    if "://" not in text:
        return False
    for word in text.split():
        _, found, rest = word.partition("://")
        if not found:
            continue
        before, _, fragment = rest.partition("#")
        host, _, query = before.partition("?")
        user, at, _ = host.partition("/")[0].rpartition("@")
        password = user.partition(":")[2]
        if at and (stand_in(password) is None if password else len(user) >= _USER_ALONE and stand_in(user) is None):
            return True
        for pair in f"{query}&{fragment}".replace(";", "&").split("&"):
            name, _, value = pair.partition("=")
            telling = any(letter.isdigit() for letter in value) and len(value) >= _SHORTEST
            if telling and "{" not in value and stand_in(value) is None and is_secret_parameter(name):
                return True
    return False


def _urls(prose: str, session: dict[str, Any]) -> Iterator[At]:
    for path, text in texts_in(session) if "://" in prose else ():
        if _in_url(text) and not _is_for_credential(path):
            whole = len(text.split()) == 1
            yield At(
                path,
                f"`{to_dotted(path)}` has a password or a token in its URL"
                if whole
                else f"there is a URL with a password or a token in `{to_dotted(path)}`",
                "take it out of the URL, and send it as `authorization: {$env: …}` or as a header"
                if path[-1:] == ("server_url",)
                else "take it out of the URL"
                if not whole
                else "take it out of the URL, or write {$env: …} for the whole URL",
            )


CREDENTIAL_IN_URL = Rule(
    code="CS502",
    name="credential-in-url",
    severity="error",
    summary="A URL holds a password, a token or a key.",
    why="Besides everybody who has the profile, every log that a URL passes keeps it.",
    source="RFC 3986, 3.2.1 and 7.5; RFC 6750, 5.3: tokens do not belong into URLs",
    kinds=(),
    targets=(),
    check=_urls,
    of_parts=True,
    bad="type: realtime\n"
    'tools: [{type: mcp, server_label: crm, server_url: "https://crm.example.com/mcp?token=0815-not-a-real-token"}]\n',
    good="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  authorization: {$env: CRM_TOKEN}\n",
)


def _keys(prose: str, session: dict[str, Any]) -> Iterator[At]:
    for path, text in texts_in(session) if may_hold_key(prose) else ():
        if _is_for_credential(path) or text.startswith("data:"):
            continue
        rest = " ".join(word for word in text.split() if not _in_url(word)) if _in_url(text) else text
        what = known_key(rest)
        if what is not None:
            where = f"`{to_dotted(path)}`"
            yield At(
                path,
                f"{where} looks like {what}"
                if len(text.split()) == 1
                else f"there is what looks like {what} in {where}",
                "write {$env: …} if it belongs here, else take it out; renew it if others have had this file"
                if len(text.split()) == 1
                else "take it out; renew it if others have had this file",
            )


KEY_IN_TEXT = Rule(
    code="CS503",
    name="key-in-text",
    severity="error",
    summary="A text holds what looks like an API key or a token.",
    why="Everybody who has the profile has the key. In `instructions` the model knows it as well, and tells it to a "
    "caller who asks.",
    source="the forms that OpenAI, GitHub, AWS and others give their keys",
    kinds=(),
    targets=(),
    check=_keys,
    of_parts=True,
    bad="type: realtime\ninstructions: Look orders up with sk-proj-0000notarealkey0000notarealkey.\n",
    good="type: realtime\ninstructions: Look orders up with the tool `find_order`.\n",
)


def _unfilled(session: dict[str, Any], kind: str, prose: str) -> Iterator[At]:
    told: set[Path] = set()
    if may_hold_placeholder(prose) and "$" in "".join(strings_in(session)):
        for found in _written_out(session, kind):
            told.add(found.path)
            yield found
    for path, text in _of_servers(session):
        url = path[2:] == ("server_url",)
        if path in told or not (url or _is_header(path) or _is_for_credential(path)):
            continue
        name = stand_in(text)
        if name is None and not (url and ("${" in text or "{{" in text)):
            continue
        if name == "" and _is_header(path) and not _is_credential_header(str(path[3])):
            continue  # what other headers hold may well be words
        yield At(
            path,
            f"`{to_dotted(path)}` is sent as it stands here: nothing fills it in",
            f"write {{$env: {name or _variable_for(path, session)}}}{_whole(path, text)}",
        )


def _written_out(session: dict[str, Any], kind: str) -> Iterator[At]:
    """Every text with a placeholder of callsheet's in it, but for one that is a credential as well: see CS501."""
    texts = [
        (path, text)
        for path, text in texts_in(session)
        if may_hold_placeholder(text)
        if not (_is_for_credential(path) and stand_in(text) is None)
    ]
    if texts:
        from callsheet.rules.placeholder import unfilled

        yield from unfilled(texts, session, kind)


UNFILLED_PLACEHOLDER = Rule(
    code="CS504",
    name="unfilled-placeholder",
    severity="warning",
    summary="A placeholder that nothing fills in: `${TOKEN}`, `<token>`, or `{$env: TOKEN}` within a text.",
    why="callsheet and the service both take it literally: a server gets these very letters for a credential, and a "
    "caller hears them. A deployment of yours may fill it in before; hence a warning.",
    source="callsheet's profile format, `$env` and `$file`",
    kinds=(),
    targets=(),
    check=_unfilled,
    of_parts=True,
    bad="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    '  authorization: "{$env: CRM_TOKEN}"\n',
    good="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  authorization: {$env: CRM_TOKEN}\n",
    fixed="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  authorization: {$env: CRM_TOKEN}\n",
)
