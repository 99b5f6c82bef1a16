"""Requests are sent: byte for byte, never twice where that would do harm, and with errors that say where to look."""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import subprocess
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from openai import (
    APIStatusError,
    AsyncAzureOpenAI,
    AsyncOpenAI,
    AzureOpenAI,
    DefaultAsyncHttpxClient,
    DefaultHttpxClient,
    OpenAI,
)

import callsheet
from callsheet import sender as sender_module
from callsheet.cli import main
from callsheet.patience import Failure, Patience, asked
from callsheet.request import OPERATIONS, Request
from loopback import ANSWER, CLIENT_SECRET, HANG, HTML, KEY, LOST, OPENAPI, RESET, Break, Loopback, Reply, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from loopback import Received

    Send: TypeAlias = Callable[..., callsheet.Answer]

SESSION = {"type": "realtime", "model": "gpt-realtime-2.1", "audio": {"output": {"voice": "marin", "speed": 1.1}}}
BETA = {"model": "gpt-4o-realtime-preview", "voice": "alloy", "modalities": ["audio", "text"]}
CERTIFICATES = ssl.create_default_context()  # which take longer to read than all the rest of a test
OFFER = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=ice-ufrag:F7gI\r\na=ice-pwd:x9cml/YzichV2+XlhiMu8g\r\n"
TOKEN = "crm-Zq9 hunter2"  # noqa: S105 - nobody takes it
ACCEPT = "/v1/realtime/calls/rtc_1/accept"
FAULTS: dict[str, Reply | Break] = {
    "408": refusal(408),
    "409": refusal(409),
    "429": refusal(429),
    "429 with Retry-After": refusal(429, Retry_After="0"),
    "500": refusal(500),
    "HTML": HTML,
    "an empty 503": Reply(503, b""),
    "a reset": RESET,
    "a lost answer": LOST,
}
"""What may be gone the next time."""
NOTHING_DONE = {"429", "429 with Retry-After"}
"""After these it is certain that nothing was done."""


class FakeClock:
    """Time that passes only when somebody sleeps; `slept` are the pauses."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback
    assert loopback.objections == []


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Nobody sleeps: neither here nor in the openai package."""
    for name in ("AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    fake = FakeClock()
    monkeypatch.setattr(sender_module, "CLOCK", sender_module.Clock(fake.now, fake.sleep, fake.sleep_async))
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.0)
    return fake


@pytest.fixture(params=["sync", "async"])
def send(request: pytest.FixtureRequest, server: Loopback) -> Send:
    """Sends over a client of either kind, with one more attempt after the first unless it says otherwise."""

    def sync(outgoing: Request, *, max_retries: int = 1, **options: Any) -> callsheet.Answer:
        web = DefaultHttpxClient(verify=CERTIFICATES)
        with OpenAI(api_key=KEY, base_url=server.url, max_retries=max_retries, http_client=web) as client:
            return callsheet.send(outgoing, client, **options)

    def awaited(outgoing: Request, *, max_retries: int = 1, **options: Any) -> callsheet.Answer:
        async def run() -> callsheet.Answer:
            web = DefaultAsyncHttpxClient(verify=CERTIFICATES)
            known: dict[str, Any] = {"api_key": KEY, "base_url": server.url, "http_client": web}
            async with AsyncOpenAI(**known, max_retries=max_retries) as client:
                return await callsheet.send(outgoing, client, **options)

        return asyncio.run(run())

    return sync if request.param == "sync" else awaited


@pytest.fixture
def shell(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of somebody who sends from a shell."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A profile that takes its voice from a base, its prompt and its tools from files, and a token from outside."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "base.yaml").write_text(
        "type: realtime\nmodel: gpt-realtime-2.1\naudio:\n  output:\n    voice: marin\n    speed: 1.1\n"
    )
    (tmp_path / "prompt.md").write_text("You answer the phone.\n")
    (tmp_path / "tools.yaml").write_text(
        "- type: function\n  name: book\n  parameters: {type: object, properties: {}}\n"
        "- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
        "  authorization: {$env: CRM_TOKEN}\n"
    )
    file = tmp_path / "hotel.yaml"
    file.write_text("$extends: ./base.yaml\ninstructions: {$file: prompt.md}\ntools: {$file: tools.yaml}\n")
    return file


def accept(call_id: str = "rtc_1") -> Request:
    return callsheet.profile(SESSION).accept(call_id)


def create() -> Request:
    return callsheet.profile(SESSION).create(OFFER)


EVERY: dict[str, Request] = {
    "accept": accept(),
    "create": create(),
    "client-secret": callsheet.profile(SESSION).client_secret(60),
    "translation-secret": callsheet.profile(
        {"model": "gpt-realtime-translate", "audio": {"output": {"language": "de"}}}, "translation"
    ).translation_client_secret(),
    "beta-session": callsheet.profile(BETA, "realtime-beta").beta_session(),
    "beta-transcription-session": callsheet.profile(
        {"input_audio_transcription": {"model": "whisper-1"}}, "transcription-beta"
    ).beta_transcription_session(),
    "hangup": callsheet.hangup("rtc_1"),
    "refer": callsheet.refer("rtc_1", "tel:+14155550123"),
    "reject": callsheet.reject("rtc_1", 486),
}
REPEATABLE = [name for name in EVERY if OPERATIONS[name].repeatable]
ONCE = [name for name in EVERY if not OPERATIONS[name].repeatable]


@pytest.mark.skipif(OPENAPI is None, reason="CALLSHEET_OPENAPI names no OpenAPI document: requests are not held to one")
def test_the_server_holds_requests_to_the_document(server: Loopback) -> None:
    wrong = Request(OPERATIONS["accept"], "/realtime/calls/rtc_1/accept", content=b'{"type": "telephone"}')
    with OpenAI(api_key=KEY, base_url=server.url) as client:
        callsheet.send(wrong, client)
    assert any("telephone" in objection for objection in server.objections)
    server.objections.clear()


def test_every_operation_that_goes_over_http_is_tried_here() -> None:
    assert EVERY.keys() | {"session-update"} == OPERATIONS.keys()


@pytest.mark.parametrize("operation", EVERY)
def test_what_arrives_is_what_the_request_says(operation: str, server: Loopback, send: Send) -> None:
    request = EVERY[operation]
    answer = send(request)
    [received] = server.received
    assert received.path == f"/v1{request.path}"
    assert received.body == (request.content or b"") or request.parts
    assert received.parts == {part.name: (part.content_type, part.content) for part in request.parts}
    assert request.headers.items() <= {**received.headers, **request.headers}.items()
    assert all(received.headers[name.lower()] == value for name, value in request.headers.items())
    assert answer.request_id == "req_1"
    assert answer.status in (200, 201)


def test_parts_travel_without_file_names(server: Loopback, send: Send) -> None:
    send(create())
    assert b"filename" not in server.received[0].body


def test_an_answer_gives_what_people_want_of_it(send: Send) -> None:
    call = send(create())
    assert (call.status, call.sdp.encode(), call.call_id) == (201, ANSWER, "rtc_new_1")
    secret = send(EVERY["client-secret"])
    assert secret.json() == CLIENT_SECRET
    assert CLIENT_SECRET["value"] not in repr(secret)
    assert secret.call_id is None


@pytest.mark.parametrize("version", ["2025-08-28", "2025-04-01-preview"])
def test_azure(version: str, server: Loopback) -> None:
    options: dict[str, Any] = {"api_key": KEY, "azure_endpoint": server.origin, "api_version": version}
    with AzureOpenAI(**options) as client:
        callsheet.send(accept(), client)

    async def run() -> None:
        async with AsyncAzureOpenAI(**options) as client:
            await callsheet.send(accept(), client)

    asyncio.run(run())
    assert {received.path for received in server.received} == {
        f"/openai/realtime/calls/rtc_1/accept?api-version={version}"
    }
    assert all(received.headers["api-key"] == KEY for received in server.received)


def test_an_event_of_the_websocket_is_no_request_for_http(server: Loopback, send: Send) -> None:
    with pytest.raises(ValueError, match="over the session's own WebSocket"):
        send(callsheet.profile(SESSION).session_update())
    assert server.received == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("operation", REPEATABLE)
def test_what_may_be_done_twice_is_sent_again(operation: str, fault: str, server: Loopback, send: Send) -> None:
    server.plan(FAULTS[fault])
    send(EVERY[operation])
    assert len(server.received) == 2


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("operation", ONCE)
def test_what_must_be_done_once_is_sent_again_only_if_nothing_was_done(
    operation: str, fault: str, server: Loopback, send: Send
) -> None:
    server.plan(FAULTS[fault])
    if fault in NOTHING_DONE:
        send(EVERY[operation])
        assert len(server.received) == 2
        return
    with pytest.raises(callsheet.SendError) as caught:
        send(EVERY[operation])
    assert len(server.received) == 1
    assert caught.value.in_doubt is (fault != "409")


@pytest.mark.parametrize("operation", EVERY)
def test_a_hung_socket_is_given_up(operation: str, server: Loopback, send: Send) -> None:
    server.plan(HANG, HANG)
    with pytest.raises(callsheet.UnreachableError, match=r"it took too long; no answer came back") as caught:
        send(EVERY[operation], timeout=0.1)
    assert caught.value.in_doubt
    assert caught.value.status is None
    assert len(server.received) == (2 if operation in REPEATABLE else 1)


@pytest.mark.parametrize("operation", EVERY)
def test_attempts_are_bounded(operation: str, server: Loopback, send: Send) -> None:
    server.plan(*[refusal(429, "slow down", "rate_limit_exceeded")] * 9)
    with pytest.raises(callsheet.RefusedError, match="slow down"):
        send(EVERY[operation], max_retries=3)
    assert len(server.received) == 4
    with pytest.raises(callsheet.RefusedError):
        send(EVERY[operation], max_retries=3, retries=0)
    assert len(server.received) == 5


@pytest.mark.parametrize("operation", ONCE)
def test_who_asks_for_time_gets_it(operation: str, server: Loopback, send: Send, clock: FakeClock) -> None:
    server.plan(refusal(429, Retry_After="7"), refusal(429, retry_after_ms="250"))
    send(EVERY[operation], max_retries=2)
    assert clock.slept == [7.0, 0.25]


@pytest.mark.parametrize("operation", ONCE)
def test_a_spent_quota_is_not_waited_for(operation: str, server: Loopback, send: Send) -> None:
    server.plan(refusal(429, "You exceeded your current quota", "insufficient_quota"))
    with pytest.raises(callsheet.RefusedError, match="exceeded"):
        send(EVERY[operation])
    assert len(server.received) == 1


@pytest.mark.parametrize("kind", [OpenAI, AsyncOpenAI])
@pytest.mark.parametrize("operation", EVERY)
def test_where_nobody_listens_it_is_tried_again_and_nothing_is_in_doubt(operation: str, kind: Any) -> None:
    with Loopback() as closed:
        url = closed.url

    async def run() -> None:
        client = kind(api_key=KEY, base_url=url, max_retries=1)
        result = callsheet.send(EVERY[operation], client)
        if kind is AsyncOpenAI:
            await result

    with pytest.raises(callsheet.UnreachableError, match=r"could not .*: 127.0.0.1: ") as caught:
        asyncio.run(run())
    assert caught.value.in_doubt is (operation in REPEATABLE)


def test_a_call_that_is_not_known_yet_is_waited_for(server: Loopback, send: Send, clock: FakeClock) -> None:
    server.plan(*[refusal(404, "no such call", "call_id_not_found")] * 5)
    send(accept())
    assert len(server.received) == 6
    assert 0 < clock.time < 5


def test_a_call_that_stays_unknown_is_given_up(server: Loopback, send: Send, clock: FakeClock) -> None:
    server.fault = lambda _: refusal(404, "no such call", "call_id_not_found")
    with pytest.raises(callsheet.RefusedError, match="no such call"):
        send(accept(), wait=3)
    assert clock.time == pytest.approx(3)
    seen = len(server.received)
    with pytest.raises(callsheet.RefusedError, match="no such call"):
        send(accept(), wait=0)
    assert len(server.received) == seen + 1


@pytest.mark.parametrize("operation", [name for name in EVERY if name != "accept"])
def test_only_accept_waits_for_a_call(operation: str, server: Loopback, send: Send) -> None:
    server.plan(refusal(404))
    with pytest.raises(callsheet.RefusedError):
        send(EVERY[operation])
    assert len(server.received) == 1


def test_a_model_that_is_not_found_is_not_waited_for(server: Loopback, send: Send) -> None:
    server.plan(refusal(404, "The model does not exist", "model_not_found"))
    with pytest.raises(callsheet.RefusedError):
        send(accept())
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [404, 409])
@pytest.mark.parametrize("operation", ["hangup", "reject", "accept"])
def test_if_an_attempt_broke_before_it_may_have_done_it(
    operation: str, status: int, server: Loopback, send: Send
) -> None:
    server.plan(LOST, *[refusal(status)] * 30)
    with pytest.raises(callsheet.RefusedError, match="may have carried that one out") as caught:
        send(EVERY[operation])
    assert caught.value.in_doubt
    assert sum(server.done.values()) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
def test_a_clear_no_leaves_no_doubt(status: int, server: Loopback, send: Send) -> None:
    server.plan(refusal(status, "no", "reason"))
    with pytest.raises(callsheet.RefusedError) as caught:
        send(EVERY["refer"])
    error = caught.value
    assert not error.in_doubt
    assert str(error) == f"the API refused to transfer a phone call: no ({status}, reason, request req_1)"
    assert (error.status, error.message, error.code, error.param) == (status, "no", "reason", None)
    assert (error.request_id, error.finding) == ("req_1", None)
    assert isinstance(error.__cause__, APIStatusError)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (HTML._replace(status=403), "403 Forbidden (403, request req_1)"),
        (Reply(400, b""), "400 Bad Request (400, request req_1)"),
        (Reply(400, b'{"error": {"message": 7, "param": ["x"]}}'), "400 Bad Request (400, request req_1)"),
        (Reply(400, b'{"error": "no"}'), "400 Bad Request (400, request req_1)"),
        (Reply(400, b"[1]"), "400 Bad Request (400, request req_1)"),
    ],
)
def test_an_error_without_a_sentence_has_its_status(reply: Reply, said: str, server: Loopback, send: Send) -> None:
    server.plan(reply)
    with pytest.raises(callsheet.RefusedError) as caught:
        send(accept())
    assert str(caught.value) == f"the API refused to accept a phone call: {said}"


@pytest.mark.parametrize(
    ("operation", "reply", "lack"),
    [
        ("accept", HTML._replace(status=200), "a web page"),
        ("create", HTML._replace(status=200), "a web page"),
        ("create", Reply(200, b""), "empty"),
        ("create", Reply(200, b"{}"), "no SDP"),
        ("client-secret", Reply(200, b""), "empty"),
        ("client-secret", Reply(200, b"{"), "no JSON"),
    ],
)
def test_what_is_no_answer_of_the_api_is_no_success(
    operation: str, reply: Reply, lack: str, server: Loopback, send: Send
) -> None:
    server.plan(reply)
    with pytest.raises(callsheet.UnreachableError, match=f"what answered is not the API, it is {lack}") as caught:
        send(EVERY[operation])
    assert caught.value.in_doubt


@pytest.mark.parametrize(
    ("param", "file", "text"),
    [
        ("session.audio.output.speed", "base.yaml", "1.1"),
        ("audio.output.speed", "base.yaml", "1.1"),
        ("session.instructions", "prompt.md", "You answer the phone.\n"),
        ("tools[0].name", "tools.yaml", "book"),
        ("session.tools[0].parameters", "tools.yaml", "{type: object, properties: {}}"),
        ("session.tools.1.server_label", "tools.yaml", "crm"),
        ("session.tools[1].authorization", "tools.yaml", "{$env: CRM_TOKEN}"),
        ("tools", "tools.yaml", None),
        ("session.audio.output.sped", "base.yaml", "output"),
        ("session.tools[0].strictness", "tools.yaml", "type"),
        ("session.tools[7]", "hotel.yaml", "tools"),
        ("session", "hotel.yaml", None),
        ("nothing.of.the.kind", "hotel.yaml", None),
    ],
)
def test_a_param_comes_home(
    param: str, file: str, text: str | None, profile: Path, server: Loopback, send: Send
) -> None:
    request = callsheet.load(profile).accept("rtc_1", environment={"CRM_TOKEN": TOKEN})
    server.plan(refusal(400, "Invalid value", "invalid_value", param))
    with pytest.raises(callsheet.RefusedError) as caught:
        send(request)
    finding = caught.value.finding
    assert finding is not None
    assert caught.value.param == param
    assert (finding.code, finding.path) == ("CS119", str(profile.parent / file))
    assert "Invalid value (400, invalid_value, request req_1)" in finding.message
    if text is not None:
        assert finding.text.content[slice(*finding.span)] == text


@pytest.mark.parametrize("param", ["call_id", "sdp", "expires_after.seconds", ""])
def test_what_is_not_of_the_profile_is_no_finding(param: str, server: Loopback, send: Send) -> None:
    server.plan(refusal(400, "no", None, param))
    with pytest.raises(callsheet.RefusedError) as caught:
        send(create())
    assert caught.value.finding is None


def test_an_envelope_has_its_own_settings(server: Loopback, send: Send) -> None:
    body = {"session": SESSION, "expires_after": {"anchor": "created_at", "seconds": 60}}
    request = callsheet.profile(body).client_secret()
    for param, pointer in (
        ("expires_after.seconds", "/expires_after/seconds"),
        ("session.model", "/session/model"),
        ("audio.output.voice", "/session/audio/output/voice"),
    ):
        server.plan(refusal(400, "no", None, param))
        with pytest.raises(callsheet.RefusedError) as caught:
            send(request)
        assert caught.value.finding is not None
        assert caught.value.finding.pointer == pointer


@pytest.mark.parametrize("fault", [400, 401, 500, "reset", "page"])
def test_no_error_tells_the_key_or_a_value_of_the_environment(
    fault: int | str, profile: Path, server: Loopback, send: Send
) -> None:
    request = callsheet.load(profile).accept("rtc_1", environment={"CRM_TOKEN": TOKEN})
    echo = f"Invalid value: '{TOKEN}' for Bearer {KEY} in {json.dumps(TOKEN)}, {TOKEN[:-2]}…\x1b[31m"
    faults: dict[int | str, Reply | Break] = {
        "reset": RESET,
        "page": Reply(200, f"<p>{TOKEN}{KEY}".encode(), {"Content-Type": "text/html", "x-request-id": "r"}),
    }
    server.plan(*[faults.get(fault) or refusal(int(fault), echo, TOKEN, f"session.tools['{TOKEN}']")] * 2)
    with pytest.raises(callsheet.SendError) as caught:
        send(request)
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(request)
    if isinstance(error, callsheet.RefusedError):
        told += f"{error.message}{error.code}{error.param}{error.finding and error.finding.message}"
        assert "'$CRM_TOKEN' for Bearer ***" in error.message
    assert "\x1b" not in str(error)
    for secret in (TOKEN, KEY, "hunt"):
        assert secret not in told


def test_a_key_that_no_header_can_hold_is_not_told(server: Loopback) -> None:
    for key in (f"{KEY}\n", f"{KEY}\r\nX-More: 1"):
        client = OpenAI(api_key=key, base_url=server.url, max_retries=0)
        with client, pytest.raises(callsheet.UnreachableError) as caught:
            callsheet.send(accept(), client)
        assert KEY not in "".join(traceback.format_exception(caught.value))
        assert not caught.value.in_doubt
    assert server.received == []


def test_a_client_is_all_that_it_takes() -> None:
    class Client:
        def post(self, path: str, **_: Any) -> Any:
            return type("Response", (), {"status_code": 200, "headers": {}, "content": path.encode()})

    client: Any = Client()
    assert callsheet.send(accept(), client).content == b"/realtime/calls/rtc_1/accept"


def test_a_thousand_sessions_with_faults_lose_none(
    server: Loopback, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20)  # noqa: S311 - the same faults at every run
    choice: list[Reply | Break] = [
        Reply(),
        Reply(),
        RESET,
        LOST,
        refusal(500),
        refusal(429),
        refusal(409),
        HTML,
        Reply(503, b""),
    ]
    unknown: Reply | Break = refusal(404, "no such call", "call_id_not_found")
    # Two faults at most for each call, which is what the client has retries for; calls get known sooner or later.
    plans: dict[str, list[Reply | Break]] = {}
    for number in range(1_000):
        early = [unknown] * chance.choice([0, 0, 0, 1, 3])
        plans[f"/v1/realtime/calls/rtc_{number}/accept"] = [*early, *chance.choices(choice, k=2)]

    def fault(received: Received) -> Reply | Break | None:
        plan = plans[received.path]
        return plan.pop(0) if plan else None

    server.fault = fault
    began = time.perf_counter()
    loaded = callsheet.profile(SESSION)
    with OpenAI(api_key=KEY, base_url=server.url) as client:
        for number in range(500):
            callsheet.send(loaded.accept(f"rtc_{number}"), client)

    async def run() -> None:
        async with AsyncOpenAI(api_key=KEY, base_url=server.url) as client:
            for first in range(500, 1_000, 20):
                requests = [loaded.accept(f"rtc_{first + nth}") for nth in range(20)]
                # The clock is one for all of them: each waits for the pauses of the others as well.
                calls = [callsheet.send(request, client, wait=100) for request in requests]
                await asyncio.gather(*calls)

    asyncio.run(run())
    took = f"1,000 sessions in {time.perf_counter() - began:.1f} s, {len(server.received):,} requests"
    record_property("took", took)
    assert all(server.done[f"/v1/realtime/calls/rtc_{number}/accept"] for number in range(1_000))
    content = loaded.accept("x").content
    assert all(received.body == content for received in server.received)


def test_importing_callsheet_imports_no_client() -> None:
    code = (
        "import sys, callsheet; callsheet.send, callsheet.RefusedError; "
        "assert not {'openai', 'httpx2', 'anyio'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# What Patience decides, without any network.


def test_a_pause_grows_and_ends() -> None:
    patience = Patience(OPERATIONS["create"], 20, 5)
    pauses = [patience.pause(Failure(429), 0) for _ in range(21)]
    assert pauses.pop() is None
    assert all(pause is not None and pause <= 8 for pause in pauses)
    assert [round(pause or 0) for pause in pauses[-3:]] == pytest.approx([7, 7, 7], abs=1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "3", "retry-after-ms": "20"}, 0.02),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Fri, 20 Nov 2026 10:00:09 GMT", "date": "Fri, 20 Nov 2026 10:00:00 GMT"}, 9.0),
        ({"retry-after": "Fri, 20 Nov 2026 10:00:09 GMT"}, None),
    ],
)
def test_what_an_answer_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert asked(headers) == seconds


def test_nobody_waits_for_hours() -> None:
    assert Patience(OPERATIONS["refer"], 3, 5).pause(Failure(429, asked=3600.0), 0) is None


# The command.


@pytest.fixture
def words(tmp_path: Path) -> dict[str, list[str]]:
    """The words that send each operation."""
    files = {
        "realtime": SESSION,
        "translation": {
            "$kind": "translation",
            "model": "gpt-realtime-translate",
            "audio": {"output": {"language": "de"}},
        },
        "beta": {"$kind": "realtime-beta", "$target": "azure-preview", **BETA},
        "captions": {
            "$kind": "transcription-beta",
            "$target": "azure-preview",
            "input_audio_transcription": {"model": "whisper-1"},
        },
    }
    for name, body in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(body))
    (tmp_path / "offer.sdp").write_bytes(OFFER.encode())
    named = {name: str(tmp_path / f"{name}.json") for name in files}
    return {
        "accept": ["accept", "rtc_1", named["realtime"]],
        "create": ["create", named["realtime"], "--sdp", str(tmp_path / "offer.sdp")],
        "client-secret": ["client-secret", named["realtime"], "--ttl", "60"],
        "translation-secret": ["translation-secret", named["translation"]],
        "beta-session": ["beta-session", named["beta"]],
        "beta-transcription-session": ["beta-transcription-session", named["captions"]],
        "hangup": ["hangup", "rtc_1"],
        "refer": ["refer", "rtc_1", "tel:+14155550123"],
        "reject": ["reject", "rtc_1", "--status-code", "486"],
    }


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize("operation", EVERY)
def test_the_command_sends_the_same(
    operation: str, words: dict[str, list[str]], server: Loopback, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["send", *words[operation]]) == 0
    out, err = capfdbinary.readouterr()
    [received] = server.received
    request = EVERY[operation]
    assert received.path == f"/v1{request.path}"
    assert received.body == (request.content or b"") or request.parts
    assert received.parts == {part.name: (part.content_type, part.content) for part in request.parts}
    expected = {"sdp": ANSWER, "json": json.dumps(CLIENT_SECRET).encode(), "": b""}
    assert out.rstrip(b"\n") == expected[OPERATIONS[operation].answers].rstrip(b"\n")
    assert b"request req_1" in err
    assert (b"call id: rtc_new_1\n" in err) is (operation == "create")
    assert KEY.encode() not in out + err


@pytest.mark.parametrize("operation", EVERY)
@pytest.mark.parametrize("target", ["openai", "azure"])
def test_a_dry_run_needs_nothing_and_tells_nothing(
    operation: str, target: str, words: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    if operation.startswith("beta"):
        target = "azure-preview"
    assert main(["send", *words[operation], "--dry-run", "--target", target]) == 0
    out = capsys.readouterr().out
    request = EVERY[operation]
    if target == "openai":
        assert out.startswith(f"POST https://api.openai.com/v1{request.path}\nAuthorization: Bearer $OPENAI_API_KEY\n")
    else:
        first, key, *_ = out.splitlines()
        assert first == f"POST $AZURE_OPENAI_ENDPOINT/openai{request.path}?api-version=$OPENAI_API_VERSION"
        assert key == "api-key: $AZURE_OPENAI_API_KEY"
    if request.content is not None:
        assert json.loads(out.partition("\n\n")[2]) == request.body
    assert "x9cml" not in out


def test_a_dry_run_shows_what_the_environment_adds(
    words: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://me:Zq9-hunter2@proxy.example/v1/")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-hunter2")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Pass: hunter2\nX-More: hunter2")
    assert main(["send", *words["hangup"], "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert out == (
        "POST https://**************@proxy.example/v1/realtime/calls/rtc_1/hangup\n"
        "Authorization: Bearer $OPENAI_API_KEY\nOpenAI-Organization: $OPENAI_ORG_ID\n"
        "X-Pass: $OPENAI_CUSTOM_HEADERS\nX-More: $OPENAI_CUSTOM_HEADERS\n"
    )


def test_a_dry_run_masks_variables(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", "accept", "rtc_1", str(profile), "--dry-run"]) == 0
    assert '"authorization": "$CRM_TOKEN"' in capsys.readouterr().out


@pytest.mark.usefixtures("shell")
def test_an_answer_goes_into_its_file_whole_or_not_at_all(
    words: dict[str, list[str]], tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    file = folder / "answer.sdp"
    server.plan(refusal(400))
    assert main(["send", *words["create"], "--answer", str(file)]) == 3
    assert list(folder.iterdir()) == []
    assert main(["send", *words["create"], "--answer", str(file)]) == 0
    assert file.read_bytes() == ANSWER
    assert list(folder.iterdir()) == [file]
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize("place", [".", "missing/answer.sdp"])
def test_no_call_begins_whose_answer_has_no_place(
    place: str, words: dict[str, list[str]], tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", *words["create"], "--answer", str(tmp_path / place)]) == 2
    assert "cannot write" in capsys.readouterr().err
    assert server.received == []


@pytest.mark.usefixtures("shell")
def test_a_refusal_is_shown_at_its_line(
    profile: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRM_TOKEN", TOKEN)
    server.plan(refusal(400, f"Bad speed for {TOKEN}", "invalid_value", "session.audio.output.speed"))
    assert main(["send", "accept", "rtc_1", str(profile)]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "error[CS119]: the API refused `session.audio.output.speed`: Bad speed for $CRM_TOKEN "
        f"(400, invalid_value, request req_1) (through {profile})\n"
        f" --> {profile.parent / 'base.yaml'}:6:12\n  |\n6 |     speed: 1.1\n  |            ^^^\n\n"
        "callsheet: the API refused to accept a phone call\n"
    )


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            refusal(401, f"Incorrect API key provided: {KEY}", "invalid_api_key"),
            "(401, invalid_api_key, request req_1)",
        ),
        (refusal(404, "no such call", "call_id_not_found"), "no such call (404, call_id_not_found, request req_"),
        (
            refusal(409, "busy"),
            "(409, request req_2); an earlier attempt failed, and the service may have carried that one out",
        ),
        (refusal(429, "slow down"), "slow down (429, request req_2)"),
        (refusal(500, "oh"), "oh (500, request req_2); the service may still have carried it out"),
        (HTML, "502 Bad Gateway (502, request req_2); the service may still"),
        (RESET, "no answer came back, and the service may still have carried it out"),
        (HANG, "127.0.0.1: it took too long; no answer"),
        (
            Reply(200, b"<p>", {"Content-Type": "text/html; charset=utf-8"}),
            "what answered is not the API, it is a web page",
        ),
    ],
)
def test_the_command_says_what_went_wrong(
    fault: Reply | Break, said: str, words: dict[str, list[str]], server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    server.fault = lambda _: fault
    assert main(["send", *words["accept"], "--retries", "1", "--timeout", "0.2"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.startswith("callsheet: ")
    assert err.count("\n") == 1
    assert KEY not in err


@pytest.mark.usefixtures("shell")
def test_an_invalid_profile_is_not_sent(tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("type: realtime\naudio: {output: {speed: 2.0}}\n")
    assert main(["send", "accept", "rtc_1", str(file)]) == 1
    out, err = capsys.readouterr()
    assert f"--> {file}:2:25" in out
    assert err == "callsheet: nothing is sent: 1 error\n"
    assert server.received == []


@pytest.mark.usefixtures("shell")
def test_a_missing_variable_is_a_finding(profile: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", "accept", "rtc_1", str(profile)]) == 1
    assert "tools.yaml:7:18" in capsys.readouterr().out
    assert server.received == []


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["accept", "rtc_1", "{translation}"], "it goes to `translation-secret`"),
        (["accept", "", "{realtime}"], "needs the id of the call"),
        (["accept", "..", "{realtime}"], "needs the id of the call"),
        (["accept", "rtc_1", "missing.yaml"], "cannot read missing.yaml: No such file"),
        (["create", "{realtime}"], "needs the SDP offer"),
        (["create", "{realtime}", "--sdp", "missing.sdp"], "cannot read missing.sdp"),
        (["client-secret", "{realtime}", "--ttl", "5"], "5"),
        (["accept", "rtc_1", "{realtime}", "--timeout", "-1"], "not a number of seconds"),
        (["accept", "rtc_1", "{realtime}", "--retries", "x"], "not a number from 0"),
        (["session-update", "{realtime}"], "there is no operation `session-update`; there are accept, "),
    ],
)
def test_what_cannot_be_sent_exits_2(
    more: list[str], said: str, words: dict[str, list[str]], server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"realtime": words["accept"][2], "translation": words["translation-secret"][1]}
    assert main(["send", *(word.format(**names) for word in more)]) == 2
    assert said in capsys.readouterr().err
    assert server.received == []


@pytest.mark.parametrize(
    ("environment", "target", "said"),
    [
        ({}, "openai", "the environment lacks OPENAI_API_KEY"),
        ({"OPENAI_API_KEY": ""}, "openai", "the environment lacks OPENAI_API_KEY"),
        (
            {"OPENAI_API_KEY": "sk-1 \n"},
            "openai",
            "OPENAI_API_KEY contains a space, a line break or another character that no key has",
        ),
        (
            {"OPENAI_API_KEY": "sk-ä"},
            "openai",
            "OPENAI_API_KEY contains a space, a line break or another character that no key has",
        ),
        (
            {},
            "azure",
            "lacks AZURE_OPENAI_ENDPOINT, OPENAI_API_VERSION, AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN",
        ),
        (
            {"OPENAI_API_KEY": "sk-1", "AZURE_OPENAI_ENDPOINT": "https://x.example"},
            "azure",
            "lacks OPENAI_API_VERSION,",
        ),
    ],
)
def test_without_a_key_nothing_is_sent(
    environment: dict[str, str],
    target: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["send", "hangup", "rtc_1", "--target", target]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_without_the_package_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    assert main(["send", "hangup", "rtc_1"]) == 2
    assert "pip install 'callsheet[send]'" in capsys.readouterr().err


@pytest.mark.parametrize("how", ["preview", "base URL"])
def test_the_command_reaches_azure(
    how: str, server: Loopback, words: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "preview":
        monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", server.origin)
        monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
        monkeypatch.setenv("OPENAI_API_VERSION", "2025-08-28")
    else:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.origin}/openai/v1")
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert main(["send", *words["accept"], "--target", "azure"]) == 0
    path = {"preview": "/openai/realtime/calls/rtc_1/accept?api-version=2025-08-28", "base URL": f"/openai{ACCEPT}"}
    assert server.received[0].path == path[how]
