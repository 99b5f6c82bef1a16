"""The thin sender: one request over the user's own client of the openai package, which is imported by nobody else."""

from __future__ import annotations

import time
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from callsheet.answer import Answer
from callsheet.patience import Failure, Patience, asked
from callsheet.refusal import refused, unlike, unreachable
from callsheet.unsaid import Unsaid

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from openai import APIConnectionError, APIStatusError, AsyncOpenAI, OpenAI

    from callsheet.refusal import SendError
    from callsheet.request import Request

WAIT = 5.0
"""Seconds for which `accept` waits until the service knows the call."""
_RETRIES = 2
"""Attempts after the first where the client does not say; the openai package has the same."""
_NOT_CONNECTED = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"})
_NOT_SENT = _NOT_CONNECTED | {"LocalProtocolError", "UnsupportedProtocol"}
"""Errors of httpx before the request has left. By name: the package knows two libraries that have them."""


class Clock(NamedTuple):
    """What tells the time and lets it pass."""

    now: Callable[[], float]
    sleep: Callable[[float], None]
    sleep_async: Callable[[float], Awaitable[None]]


async def _sleep_async(seconds: float) -> None:
    from anyio import sleep  # which the openai package brings: its clients run on trio as well

    await sleep(seconds)


CLOCK = Clock(time.monotonic, time.sleep, _sleep_async)
"""Tests put another one in its place."""


@overload
def send(
    request: Request, client: OpenAI, *, wait: float = ..., timeout: float | None = ..., retries: int | None = ...
) -> Answer: ...
@overload
def send(
    request: Request, client: AsyncOpenAI, *, wait: float = ..., timeout: float | None = ..., retries: int | None = ...
) -> Coroutine[Any, Any, Answer]: ...
def send(
    request: Request,
    client: Any,
    *,
    wait: float = WAIT,
    timeout: float | None = None,
    retries: int | None = None,
) -> Answer | Coroutine[Any, Any, Answer]:
    """Send a request over an `OpenAI` or `AzureOpenAI`, or over their async kin and then to be awaited.

    `timeout` is for each attempt, in seconds, and `retries` the number of attempts after the first; both are the
    client's own where they are not given. What must not be done twice is tried again only where nothing can have
    happened. An `accept` waits up to `wait` seconds for the service to know the call.

    Raises RefusedError if the API says no, UnreachableError if no answer of it comes, and ValueError for an event that
    does not go over HTTP.
    """
    if request.method == "WEBSOCKET":
        raise ValueError(
            f"a request to {request.operation.what} goes over the session's own WebSocket: "
            "`connection.send(request.body)` with the connection of the openai package"
        )
    retries = getattr(client, "max_retries", _RETRIES) if retries is None else retries
    exchange = _Exchange(request, Patience(request.operation, retries, wait), timeout)
    return _sent_async(exchange, client) if iscoroutinefunction(client.post) else _sent(exchange, client)


def _sent(exchange: _Exchange, client: Any) -> Answer:
    from openai import APIConnectionError, APIStatusError

    while True:
        try:
            response = client.post(exchange.path, **exchange.arguments())
        except (APIConnectionError, APIStatusError) as error:
            pause = exchange.pause(error)
            if pause is None:
                raise exchange.failed(error) from error
        else:
            return exchange.answer(response)
        CLOCK.sleep(pause)


async def _sent_async(exchange: _Exchange, client: Any) -> Answer:
    from openai import APIConnectionError, APIStatusError

    while True:
        try:
            response = await client.post(exchange.path, **exchange.arguments())
        except (APIConnectionError, APIStatusError) as error:
            pause = exchange.pause(error)
            if pause is None:
                raise exchange.failed(error) from error
        else:
            return exchange.answer(response)
        await CLOCK.sleep_async(pause)


class _Exchange:
    """One request and what becomes of it: what the client is told, and what its answers and errors mean."""

    def __init__(self, request: Request, patience: Patience, timeout: float | None) -> None:
        self.path = request.path
        self._request = request
        self._patience = patience
        self._timeout = timeout

    def arguments(self) -> dict[str, Any]:
        """What `post` of a client takes beside the path."""
        from httpx2 import Response

        request = self._request
        options: dict[str, Any] = {
            "headers": {"Accept": "*/*", **request.headers},
            "max_retries": self._patience.retries_of_client,
            "security": {"bearer_auth": True},  # an admin key is for other endpoints
        }
        if self._timeout is not None:
            options["timeout"] = self._timeout
        arguments: dict[str, Any] = {"cast_to": Response, "options": options}
        if request.parts:
            options["headers"]["Content-Type"] = "multipart/form-data"  # httpx adds the boundary
            arguments["files"] = [(part.name, (None, part.content, part.content_type)) for part in request.parts]
        elif request.content is not None:
            arguments["content"] = request.content
        return arguments

    def pause(self, error: APIConnectionError | APIStatusError) -> float | None:
        """The seconds until the next attempt, None if there is to be none."""
        return self._patience.pause(_failure(error), CLOCK.now())

    def failed(self, error: APIConnectionError | APIStatusError) -> SendError:
        """What to raise when there is no further attempt."""
        unsaid = Unsaid(self._request, error.request.headers)
        unsaid.hush(error)
        failure = _failure(error)
        doubt = self._patience.doubt(failure)
        return (unreachable if failure.status is None else refused)(self._request, error, unsaid, doubt)

    def answer(self, response: Any) -> Answer:
        """The answer. Raises UnreachableError for one that is not the API's."""
        answer = Answer(response.status_code, response.headers, response.content)
        lack = answer.lack(self._request.operation.answers)
        if lack is not None:
            raise unlike(self._request, answer, lack)
        return answer


def _failure(error: Any) -> Failure:
    """What an error of the openai package says of how the attempt ended."""
    earlier = error.request.headers.get("x-stainless-retry-count", "0") != "0"
    response = getattr(error, "response", None)
    if response is None:
        cause = type(error.__cause__).__name__
        return Failure(sent=cause not in _NOT_SENT, connected=cause not in _NOT_CONNECTED, earlier=earlier)
    return Failure(error.status_code, error.code, error.param, asked(response.headers), earlier=earlier)
