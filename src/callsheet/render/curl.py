"""The request as a command for curl, to be pasted into bash or any other POSIX shell.

The body travels by standard input, from a here-document: there a shell leaves every text alone, however long it is,
and it is not in the list of processes for others to read. A body has no line breaks of its own, because JSON escapes
those of its texts. So it is broken between its values, for people, and curl takes the breaks out again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from callsheet.template import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from callsheet.pointer import Path
    from callsheet.render import Draft
    from callsheet.request import Request
    from callsheet.template import Variable

_OPENAI = ("${OPENAI_BASE_URL:-https://api.openai.com/v1}", "", "Authorization: Bearer $OPENAI_API_KEY")
_AZURE = ("${AZURE_OPENAI_ENDPOINT%/}/openai", "?api-version=$OPENAI_API_VERSION", "api-key: $AZURE_OPENAI_API_KEY")
"""What stands before and behind a path, and the header with the key; the variables are those of the openai package."""
_WIDEST = 100
"""How long a list or a mapping may be that stays on one line."""
_ESCAPE = (  # what `dumps` does to a text, but for control characters that JSON has shorter escapes for
    r"""json_text() { printf '%s\n' "$1" | LC_ALL=C awk '{ gsub(/[\\"]/, "\\\\&");"""
    r""" for (i = 1; i < 32; i++) gsub(sprintf("%c", i), sprintf("\\u%04x", i));"""
    r""" printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }'; }"""
)
"""A shell function that writes a text as it stands between the quotes of JSON, in any awk."""


def render(draft: Draft) -> str:
    """The command. Raises ValueError for what no curl sends."""
    request = draft.request
    if request is None:
        raise ValueError("a session by itself goes nowhere; say what it is for, such as --as accept")
    if request.method == "WEBSOCKET":
        raise ValueError(
            "`session.update` is an event, which is sent over the session's WebSocket, and not by curl; "
            "--format json prints the event, --format python a program that sends it"
        )
    variables = list(_required(draft.open.values()))
    body = _json(draft.body, (), draft.open)
    here = "<<JSON" if variables else "<<'JSON'"
    command = " \\\n".join(_command(draft, request))
    text = f"{command} {here}\n{body}\nJSON\n"
    if request.parts:  # curl leaves the line breaks in a part
        text = f"tr -d '\\n' {here} |\n{body}\nJSON\n{command}\n"
    if variables:  # a shell of its own, so that whoever pastes this finds nothing changed
        text = "\n".join(("(", *variables, _ESCAPE, text + ")\n"))
    return text


def _command(draft: Draft, request: Request) -> Iterator[str]:
    before, behind, key = _AZURE if draft.is_azure else _OPENAI
    call_id = "${CALL_ID:?}" if draft.call_id is None else quote(draft.call_id, safe="")
    path = request.operation.path.replace("{call_id}", call_id)
    yield f'curl --fail-with-body "{before}{path}{behind}"'
    yield f'  -H "{key}"'
    for name, value in request.headers.items():
        yield f"  -H {_quoted(f'{name}: {value}')}"
    if not request.parts:
        yield "  -d @-"
        return
    for part in request.parts:
        if part.name == "session":
            yield f"  -F 'session=<-;type={part.content_type}'"
        elif draft.offer is not None:
            yield f"  -F {_quoted(f'{part.name}=<{_file(draft.offer)};type={part.content_type}')}"
        else:
            content = part.content.decode().replace("\\", "\\\\").replace('"', '\\"')
            form = f'{part.name}="{content}";type={part.content_type}'
            yield f'  -F "$(printf {_printf(form)})"'


def _json(value: Any, path: Path, open_: Mapping[Path, Variable]) -> str:
    """JSON without spaces, as a here-document holds it, with line breaks where it is long."""
    if path in open_:
        return f'"$(json_text "${open_[path].name}")"'
    if isinstance(value, dict):
        inner = [f"{_plain(key, open_)}:{_json(item, (*path, key), open_)}" for key, item in value.items()]
        start, end = "{", "}"
    elif isinstance(value, list):
        inner = [_json(item, (*path, index), open_) for index, item in enumerate(value)]
        start, end = "[", "]"
    else:
        return _plain(value, open_)
    flat = ",".join(inner)
    if len(flat) <= _WIDEST and "\n" not in flat:
        return start + flat + end
    return start + "\n" + ",\n".join(inner) + "\n" + end


def _plain(value: Any, open_: Mapping[Path, Variable]) -> str:
    """A value without anything open; where a shell fills in the rest, what it would take for its own is escaped."""
    text = dumps(value).decode()
    return re.sub(r"[\\$`]", r"\\\g<0>", text) if open_ else text


def _required(variables: Iterable[Variable]) -> Iterator[str]:
    """For each variable the line that stops the command where it is missing, or gives it its default."""
    defaults: dict[str, str | None] = {}
    for name, default, _ in variables:
        if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name):
            raise ValueError(f"a shell has no variable `{name}`; rename it, or say --reveal or --format python")
        if defaults.setdefault(name, default) != default:
            raise ValueError(f"`{name}` has several defaults, and a shell one; say --reveal or --format python")
    for name, default in defaults.items():
        yield f': "${{{name}?}}"' if default is None else f"{name}=${{{name}-{_quoted(default)}}}"


def _file(name: str) -> str:
    """The name of a file as curl reads it in a form."""
    if name == "-":
        name = "./-"  # which is no longer standard input
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"' if re.search(r'[,;"\\\s]', name) else name


def _printf(text: str) -> str:
    """A format for the shell's `printf` that gives a text, on one line and with nothing in it that is not seen."""
    escaped = text.replace("\\", "\\\\").replace("%", "%%").replace("\r", "\\r").replace("\n", "\\n")
    return _quoted(re.sub(r"[\x01-\x1f\x7f]", lambda match: f"\\{ord(match[0]):03o}", escaped))


def _quoted(text: str) -> str:
    """A text as one word of the shell."""
    return "'" + text.replace("'", "'\\''") + "'"
