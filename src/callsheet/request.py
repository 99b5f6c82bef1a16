"""Requests as values: what goes out to which endpoint. Nothing is read here and nothing sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from callsheet.shape.say import either
from callsheet.template import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Literal

    from callsheet.loaded import Profile
    from callsheet.template import Variable

JSON = "application/json"
SDP = "application/sdp"
_BETA = {"OpenAI-Beta": "realtime=v1"}
"""What the two retired endpoints ask for, and no other. Source: the API's beta reference."""


class Operation(NamedTuple):
    """Something that the API does: its endpoint below the base URL, and which sessions it takes.

    `envelope` is the key in which the session travels, "" where the body is the session itself, None where there is
    none. `repeatable` says that sending it twice does no harm: one call is accepted, refused or ended once at most,
    and a client secret too many expires by itself. A second call or a second transfer is one too many. `early` says
    that it may be asked for before the service knows the call. `answers` is what a good answer holds, "" where that
    does not matter.
    """

    name: str
    path: str
    what: str
    takes: tuple[str, ...] = ()
    method: str = "POST"
    envelope: str | None = None
    headers: Mapping[str, str] = {}
    repeatable: bool = True
    early: bool = False
    answers: Literal["", "json", "sdp"] = ""


OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation(
            name="accept",
            path="/realtime/calls/{call_id}/accept",
            what="accept a phone call",
            takes=("realtime",),
            envelope="",
            early=True,
        ),
        Operation(
            name="create",
            path="/realtime/calls",
            what="begin a WebRTC call",
            takes=("realtime",),
            envelope="session",
            repeatable=False,
            answers="sdp",
        ),
        Operation(
            name="client-secret",
            path="/realtime/client_secrets",
            what="make a client secret",
            takes=("realtime", "transcription"),
            envelope="session",
            answers="json",
        ),
        Operation(
            name="session-update",
            path="/realtime",
            what="update an open session",
            takes=("realtime", "transcription"),
            method="WEBSOCKET",
            envelope="session",
        ),
        Operation(
            name="translation-secret",
            path="/realtime/translations/client_secrets",
            what="make a client secret for a translation",
            takes=("translation",),
            envelope="session",
            answers="json",
        ),
        Operation(
            name="beta-session",
            path="/realtime/sessions",
            what="make a session of the retired beta interface",
            takes=("realtime-beta",),
            envelope="",
            headers=_BETA,
            answers="json",
        ),
        Operation(
            name="beta-transcription-session",
            path="/realtime/transcription_sessions",
            what="make a transcription session of the retired beta interface",
            takes=("transcription-beta",),
            envelope="",
            headers=_BETA,
            answers="json",
        ),
        Operation(name="hangup", path="/realtime/calls/{call_id}/hangup", what="end a call"),
        Operation(name="refer", path="/realtime/calls/{call_id}/refer", what="transfer a phone call", repeatable=False),
        Operation(name="reject", path="/realtime/calls/{call_id}/reject", what="turn a phone call away"),
    )
}
"""By the name that the command line gives them."""


class Part(NamedTuple):
    """One part of a multipart body."""

    name: str
    content: bytes
    content_type: str


class Request:
    """One request: a method, a path below the API's base URL, headers, and a body or the parts of one.

    `content` is the body byte for byte, None where there is none or where it has `parts`. `variables` are the values
    in it that came from the environment, by their places in the JSON; nothing prints those. `profile` is what it was
    made of, so that an error can name a line; None for one that takes none.
    """

    __slots__ = ("content", "headers", "operation", "parts", "path", "profile", "variables")

    def __init__(
        self,
        operation: Operation,
        path: str,
        *,
        content: bytes | None = None,
        parts: tuple[Part, ...] = (),
        variables: tuple[Variable, ...] = (),
        profile: Profile | None = None,
    ) -> None:
        self.operation = operation
        self.path = path
        self.content = content
        self.parts = parts
        self.variables = variables
        self.profile = profile
        self.headers = {**operation.headers} if content is None else {**operation.headers, "Content-Type": JSON}

    @property
    def method(self) -> str:
        """The HTTP method, or WEBSOCKET for an event that goes over the session's own connection."""
        return self.operation.method

    @property
    def body(self) -> Any:
        """The JSON of the body, or of its part `session`; None where there is none. Yours to change: it is a copy."""
        content = self.content
        if content is None:
            content = next((part.content for part in self.parts if part.content_type == JSON), None)
        return None if content is None else json.loads(content)

    def secrets(self) -> Iterator[tuple[str, str]]:
        """The values that came from the environment, each after the name of its variable."""
        body = self.body if self.variables else None
        for variable in self.variables:
            value: Any = body
            for step in variable.path:
                value = value[step]
            yield variable.name, value

    def masked(self) -> Any:
        """The body as it may be shown: each value from the environment as `$NAME`."""
        body = self.body
        for variable in self.variables:
            _put(body, variable.path, f"${variable.name}")
        return body

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Request) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash((self.method, self.path, self.content, self.parts))

    def _identity(self) -> tuple[Any, ...]:
        return self.method, self.path, self.headers, self.content, self.parts

    def __repr__(self) -> str:
        """What goes where, without what it says: a body may hold secrets, and a log keeps them."""
        size = len(self.content or b"") or sum(len(part.content) for part in self.parts)
        return f"<Request {self.method} {self.path}, {size} bytes>"


def path_of(operation: Operation, call_id: str | None = None) -> str:
    """The path of an operation. Raises ValueError for a call without an id."""
    if "{call_id}" not in operation.path:
        return operation.path
    if not call_id or not call_id.strip(" \t\r\n."):  # dots alone would lead to another path
        raise ValueError(f"to {operation.what} needs the id of the call, such as rtc_5f1c0a; this one is empty")
    return operation.path.replace("{call_id}", quote(call_id, safe=""))


def hangup(call_id: str) -> Request:
    """The request that ends a call. Raises ValueError without an id."""
    operation = OPERATIONS["hangup"]
    return Request(operation, path_of(operation, call_id))


def refer(call_id: str, target_uri: str) -> Request:
    """The request that transfers a phone call, to `tel:+14155550123` or `sip:agent@example.com`.

    Raises ValueError without an id, ProfileError for a target that no call can go to.
    """
    return _call("refer", call_id, {"target_uri": target_uri})


def reject(call_id: str, status_code: int | None = None) -> Request:
    """The request that turns a phone call away, with a SIP status such as 486 (busy); without one it is 603.

    Raises ValueError without an id, ProfileError for a status that is none.
    """
    return _call("reject", call_id, {} if status_code is None else {"status_code": status_code})


def _call(name: str, call_id: str, body: dict[str, Any]) -> Request:
    from callsheet.lint import check
    from callsheet.loaded import refuse

    operation = OPERATIONS[name]
    path = path_of(operation, call_id)
    if body:
        refuse(check(body, name))
    return Request(operation, path, content=dumps(body) if body else None)


def _put(body: Any, path: tuple[str | int, ...], value: str) -> None:
    for step in path[:-1]:
        body = body[step]
    body[path[-1]] = value


def not_taken(operation: Operation, kind: str, title: str) -> str:
    """The sentence for a session that an endpoint does not take; it names the operations that do."""
    others = [other.name for other in OPERATIONS.values() if kind in other.takes]
    where = f"; it goes to {either(others)}" if others else ""
    return f"a {title.lower()} cannot be used to {operation.what}{where}"
