"""What the API answered when all went well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal


class Answer:
    """An answer of the API: its `status`, its `headers` by their names in any case, and its `content` byte for byte."""

    __slots__ = ("content", "headers", "status")

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.status = status
        self.headers = headers
        self.content = content

    @property
    def request_id(self) -> str | None:
        """The id by which the service knows the request; its support asks for it."""
        return self.headers.get("x-request-id")

    @property
    def call_id(self) -> str | None:
        """The id of a call that has just begun, from the header `Location`; None where there is none."""
        path = urlsplit(self.headers.get("location") or "").path
        return unquote(path.rstrip("/").rpartition("/")[2]) or None

    @property
    def sdp(self) -> str:
        """The content as text: for a WebRTC call, the SDP answer that the browser waits for."""
        return self.content.decode()

    def json(self) -> Any:
        """The content as data. Raises ValueError where it is no JSON."""
        import json

        return json.loads(self.content)

    def lack(self, expected: Literal["", "json", "sdp"]) -> str | None:
        """What shows that this is not what the API answers, in words; None where nothing does."""
        if self.headers.get("content-type", "").startswith("text/html"):
            return "it is a web page"
        if expected and not self.content.strip():
            return "it is empty"
        if expected == "sdp" and not self.content.startswith(b"v="):
            return "it is no SDP"
        if expected == "json":
            try:
                self.json()
            except ValueError:
                return "it is no JSON"
        return None

    def __repr__(self) -> str:
        """How it went, without the content: that may be a secret, and a log keeps it."""
        return f"<Answer {self.status}, {len(self.content)} bytes, request {self.request_id or 'without an id'}>"
