"""The request as a program with the `openai` package, which takes the key and the address from its own variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callsheet.render.literal import STEP, literal, quoted, wrapped
from callsheet.shape.frozen import load
from callsheet.shape.shape import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.render import Draft
    from callsheet.request import Request

_CALL_ID = 'os.environ["CALL_ID"]'


class _Method(NamedTuple):
    """A method of the client: what it gives, and what of that is printed."""

    name: str
    gives: str = ""
    shows: str = ""


_METHODS = {
    "accept": _Method("realtime.calls.accept"),
    "create": _Method("realtime.calls.create", "answer", "answer.text"),
    "client-secret": _Method("realtime.client_secrets.create", "secret", "secret.value"),
    "translation-secret": _Method("realtime.translations.client_secrets.create", "secret", "secret.value"),
    "beta-session": _Method("beta.realtime.sessions.create", "session", "session.client_secret.value"),
    "beta-transcription-session": _Method(
        "beta.realtime.transcription_sessions.create", "session", "session.client_secret.value"
    ),
}
"""By the name of the operation."""


def render(draft: Draft) -> str:
    """The program; for a session by itself, its data under the name `session`."""
    request = draft.request
    imports = {"import os"} if draft.open else set()
    if request is None:
        start = "session = "
        lines = [start + literal(draft.body, (), draft.open, len(start))]
    else:
        to = _CALL_ID if draft.call_id is None else quoted(draft.call_id)
        if request.method == "WEBSOCKET":
            to = _connection(draft, to)
            lines = list(_update(draft, to))
        else:
            to = to if "{call_id}" in request.operation.path else ""
            lines = list(_call(draft, request, to))
        if _CALL_ID in to:
            imports.add("import os")
        if request.parts and draft.offer is not None:
            imports.add("from pathlib import Path")
        client = "AzureOpenAI" if draft.is_azure else "OpenAI"
        lines = [f"from openai import {client}", "", f"client = {client}()", "", *lines]
    needed = sorted(imports, reverse=True)  # `import …` comes first
    return "\n".join([*needed, *([""] if needed else []), *lines, ""])


def _call(draft: Draft, request: Request, to: str) -> Iterator[str]:
    """The call of the method that makes the request; `to` is the id of the call that it is about, or empty."""
    arguments = [to] if to else []
    if request.parts:
        session = literal(draft.body, (), draft.open, len("session="), STEP)
        arguments += [f"sdp={_offer(draft, request)}", f"session={session}"]
    else:
        arguments += _keywords(draft, request)
    method = _METHODS[request.operation.name]
    start = f"{method.gives} = " if method.gives else ""
    yield wrapped(f"{start}client.{method.name}(", arguments, ")")
    if method.shows:
        yield f"print({method.shows})"


def _offer(draft: Draft, request: Request) -> str:
    """The SDP offer. A file is read as bytes, because reading text would change the line breaks, which are CR LF."""
    if draft.offer is not None:
        return f"Path({quoted(draft.offer)}).read_bytes().decode()"
    return literal(request.parts[0].content.decode(), (), {}, len("sdp="), STEP)


def _keywords(draft: Draft, request: Request) -> Iterator[str]:
    """The body as keyword arguments. A key that the API has no longer is none of the method's."""
    shape = load()[draft.kind]
    known = shape.fields if isinstance(shape, Record) and request.operation.envelope == "" else draft.body
    for key in draft.body:
        if key in known:
            yield f"{key}={literal(draft.body[key], (key,), draft.open, len(key) + 1, STEP)}"
    headers = {name: value for name, value in request.headers.items() if name != "Content-Type"}
    if headers:  # the package sends others here
        yield f"extra_headers={literal(headers, (), {}, len('extra_headers='), STEP)}"
    others = {key: value for key, value in draft.body.items() if key not in known}
    if others:
        yield f"extra_body={literal(others, (), draft.open, len('extra_body='), STEP)}"


def _connection(draft: Draft, call_id: str) -> str:
    """How to open the session that is updated: a call that there is, or a session of its own."""
    model = draft.body["session"].get("model")
    if draft.call_id is None and draft.kind == "transcription":
        return 'extra_query={"intent": "transcription"}'
    if draft.call_id is None and isinstance(model, str):
        return f"model={literal(model, ('session', 'model'), draft.open)}"
    return f"call_id={call_id}"


def _update(draft: Draft, to: str) -> Iterable[str]:
    """The event, sent over a connection."""
    arguments = [
        f"{key}={literal(draft.body[key], (key,), draft.open, len(key) + 1, STEP * 2)}"
        for key in ("event_id", "session")
        if key in draft.body
    ]
    yield f"with client.realtime.connect({to}) as connection:"
    yield STEP + wrapped("connection.session.update(", arguments, ")", len(STEP), STEP)
