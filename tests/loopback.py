"""The API on loopback: a real HTTP server that holds every request to the OpenAPI document, and fails when told to.

The document is the file that CALLSHEET_OPENAPI names. Without it the server serves all the same and holds nothing.
"""

from __future__ import annotations

import copy
import json
import os
import socket
import struct
import threading
from collections import Counter, deque
from email.parser import BytesParser
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typing_extensions import Self

OPENAPI = os.environ.get("CALLSHEET_OPENAPI")  # read at once: tests run without such variables
KEY = "sk-loopback-0123456789abcdefghij"
"""The key that the server takes."""
ANSWER = b"v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
CLIENT_SECRET: dict[str, Any] = {
    "value": "ek_loopback_0123456789",
    "expires_at": 1_800_000_000,
    "session": {"type": "realtime"},
}

NULLS: dict[tuple[str, ...], str] = {
    ("audio", "input", "noise_reduction"): "null switches it off; the document forgot the null",
    ("audio", "input", "transcription"): "null switches it off; the document forgot the null",
}
"""Settings, by their path in a session, that may be null whatever the document says, and why."""
WRONG = {
    "/realtime/sessions: $: 'client_secret' is a required property": "that is in the answer: it is what one asks for",
}
"""What the document has against requests that are right, and why they are."""


class Reply(NamedTuple):
    """An answer that is not the usual one. Without `content` it is what the operation answers."""

    status: int = 200
    content: bytes | None = None
    headers: Mapping[str, str] = {}


class Break(NamedTuple):
    """No answer at all: the socket hangs, or is reset. What was asked has been done before if it is `done`."""

    hangs: bool = False
    done: bool = False


HANG = Break(hangs=True)
RESET = Break()
LOST = Break(done=True)
"""It is done, and the answer gets lost."""


def refusal(
    status: int, message: str = "no", code: str | None = None, param: str | None = None, **headers: str
) -> Reply:
    """An error as the API writes it."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps({"error": error}).encode(), {"Content-Type": "application/json", **named})


HTML = Reply(502, b"<html><body>Bad gateway</body></html>", {"Content-Type": "text/html"})


class Received(NamedTuple):
    """A request as it arrived; `parts` are those of a multipart body: type and content by name."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    parts: Mapping[str, tuple[str, bytes]]


class Loopback:
    """Use as a context. `plan` says how the next requests fail, one after the other; after that all goes well.

    `fault` is asked first: it may choose by what arrived. `received` are all requests, `done` counts what was done, by
    path, and `objections` is where requests and the document disagree.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.done: Counter[str] = Counter()
        self.objections: list[str] = []
        self.fault: Callable[[Received], Reply | Break | None] = lambda _: None
        self._planned: deque[Reply | Break] = deque()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The base URL for a client."""
        return f"{self.origin}/v1"

    def plan(self, *faults: Reply | Break) -> None:
        self._planned.extend(faults)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, received: Received) -> Reply | Break:
        """How to answer; keeps the books."""
        request_id = {"x-request-id": f"req_{len(self.received) + 1}"}
        with self._lock:
            self.received.append(received)
            self.objections += objections(received)
            meant = self.fault(received) or (self._planned.popleft() if self._planned else Reply())
            if isinstance(meant, Break):
                self.done[received.path] += meant.done
                return meant
            if not _is_authorized(received.headers):
                meant = refusal(
                    401, f"Incorrect API key provided: {received.headers.get('authorization')}", "invalid_api_key"
                )
            if meant.status < 300:
                self.done[received.path] += 1
        usual, content, headers = _usual(received.path, self.done[received.path])
        status = usual if meant.status == 200 else meant.status
        if meant.content is not None:
            content, headers = meant.content, {}
        return Reply(status, content, {**request_id, **headers, **meant.headers})

    def wait(self) -> None:
        """Hang until it is over."""
        self._over.wait(30)


def _is_authorized(headers: Mapping[str, str]) -> bool:
    return KEY in (headers.get("authorization", "").removeprefix("Bearer "), headers.get("api-key"))


def _usual(path: str, number: int) -> tuple[int, bytes, dict[str, str]]:
    if path.endswith("/realtime/calls"):
        return 201, ANSWER, {"Content-Type": "application/sdp", "Location": f"/v1/realtime/calls/rtc_new_{number}"}
    if path.endswith(("client_secrets", "sessions")):
        return 200, json.dumps(CLIENT_SECRET).encode(), {"Content-Type": "application/json"}
    return 200, b"", {}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def shutdown_request(self, request: Any) -> None:
        self.close_request(request)  # without saying goodbye first: a reset is to be one

    def handle_error(self, *_: object) -> None:
        """A client that has gone is none of the server's business."""


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = loopback.answer(Received(self.path, headers, body, _parts(headers, body)))
            if isinstance(reply, Break):
                self.close_connection = True
                if reply.hangs:
                    loopback.wait()
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            content = reply.content or b""
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _parts(headers: Mapping[str, str], body: bytes) -> dict[str, tuple[str, bytes]]:
    if not headers.get("content-type", "").startswith("multipart/"):
        return {}
    message = BytesParser().parsebytes(b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + body)
    parts = {}
    for part in message.get_payload():
        assert not isinstance(part, str)
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        parts[str(name)] = part.get_content_type(), content
    return parts


@cache
def _document() -> Any:
    assert OPENAPI is not None
    return json.loads(Path(OPENAPI).read_text(encoding="utf-8"))


@cache
def _validator(schema: str) -> Draft202012Validator:
    """The validator of a schema in the document, by its name."""
    resource = Resource.from_contents(_document(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource("urn:openapi", resource)
    return Draft202012Validator({"$ref": f"urn:openapi#/components/schemas/{schema}"}, registry=registry)


def objections(received: Received) -> list[str]:
    """What the document has against a request."""
    found = []
    path = received.path.partition("?")[0].removeprefix("/openai").removeprefix("/v1")
    is_beta = path.endswith("sessions")
    if ("openai-beta" in received.headers) is not is_beta:
        found.append(f"{path}: OpenAI-Beta is for the retired endpoints, and asked for there")
    if OPENAPI is None:
        return found
    steps = path.split("/")
    if len(steps) == 5 and steps[2] == "calls":
        steps[3] = "{call_id}"
    operation = _document()["paths"].get("/".join(steps), {}).get("post")
    if operation is None:
        return [*found, f"{path}: there is no such endpoint"]
    meant = operation.get("requestBody")
    if meant is None:
        return [*found, *([f"{path}: takes no body"] if received.body else [])]
    if not received.body:
        return [*found, *([f"{path}: lacks its body"] if meant.get("required") else [])]
    content_type = received.headers.get("content-type", "").partition(";")[0]
    media = meant["content"].get(content_type)
    if media is None:
        return [*found, f"{path}: does not take {content_type}"]
    if received.parts:
        types = {name: entry["contentType"] for name, entry in media["encoding"].items()}
        found += [f"{path}: {name} is {kind}" for name, (kind, _) in received.parts.items() if kind != types.get(name)]
        body: Any = {
            name: json.loads(content) if kind == "application/json" else content.decode()
            for name, (kind, content) in received.parts.items()
        }
    else:
        body = json.loads(received.body)
    errors = _validator(media["schema"]["$ref"].rpartition("/")[2]).iter_errors(_without_nulls(body))
    found += [f"{path}: {error.json_path}: {error.message}" for error in errors]
    return [objection for objection in found if objection not in WRONG]


def _without_nulls(body: Any) -> Any:
    """The body without those of its nulls that the document does not know."""
    body = copy.deepcopy(body)
    session = body.get("session", body)
    for *path, last in NULLS:
        holder = session
        for step in path:
            holder = holder.get(step) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and last in holder and holder[last] is None:
            del holder[last]
    return body
