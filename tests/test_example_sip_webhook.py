"""`examples/sip_webhook.py` as it runs: its own process, signed events, and the API on loopback behind it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

import callsheet
from loopback import HANG, HTML, KEY, OPENAPI, RESET, Break, Loopback, Received, Reply, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Self

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "examples" / "sip_webhook.py"
SECRET = "whsec_" + base64.b64encode(b"of the endpoint, 24 byte").decode()
LONGEST = 40.0
"""Seconds that anything may take; all of it takes well under ten."""
PHONE, STREET, BUSY, STRANGE = "+12125550100", "+12125550101", "+12125550199", "+12125550177"
PROFILES = {PHONE: "sip-concierge.yaml", STREET: "noisy-line.yaml"}
"""As examples/numbers.json has them."""
_ids = count(1)


def until(is_so: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < end, f"waited for {what}"
        time.sleep(0.01)


def plain_environment() -> dict[str, str]:
    """What every program needs, and no proxy: everything is on this machine."""
    return {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")}


class Service:
    """The program on a port that was free. Use as a context: it ends the way that a deployment ends it."""

    def __init__(
        self,
        api: str,
        profiles: Path = ROOT / "profiles",
        numbers: Path = ROOT / "examples" / "numbers.json",
        environment: dict[str, str] | None = None,
        **constants: float,
    ) -> None:
        """With `constants` of the program that are other than it has them."""
        self.lines: list[str] = []
        given = {"OPENAI_BASE_URL": api, "OPENAI_API_KEY": KEY, "OPENAI_WEBHOOK_SECRET": SECRET, **(environment or {})}
        program = [
            f"import sys; sys.path.insert(0, {str(PROGRAM.parent)!r}); import {PROGRAM.stem} as program",
            *(f"assert program.{name}; program.{name} = {value}" for name, value in constants.items()),
            "program.main()",
        ]
        self.process = subprocess.Popen(
            [
                sys.executable,
                *(("-c", "\n".join(program)) if constants else (PROGRAM,)),
                "--port",
                "0",
                "--profiles",
                profiles,
                "--numbers",
                numbers,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env=plain_environment() | {name: value for name, value in given.items() if value},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.client = httpx2.Client(timeout=LONGEST, trust_env=False)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            self.lines.extend(iter(output.readline, ""))

    def __enter__(self) -> Self:
        until(lambda: self.process.poll() is not None or "running on" in self.said, "the start")
        self.url = re.findall(r"running on (http://\S+)", self.said)[0] + "/webhook"
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.ended()

    def ended(self) -> int:
        """How the program ended, once it has."""
        try:
            return self.process.wait(LONGEST)
        finally:
            self.process.kill()
            self._reader.join(LONGEST)
            self.client.close()

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def line(self, word: str) -> str:
        """The one line that the log has for a call."""
        until(lambda: any(word in line for line in self.lines), f"a line about {word}")
        (line,) = [line for line in self.lines if word in line]
        return line

    def deliver(self, body: bytes, headers: dict[str, str]) -> int:
        return self.client.post(self.url, content=body, headers=headers).status_code

    def event(self, call_id: str, to: str | None = PHONE, **how: Any) -> int:
        """The status for an event about a call."""
        body = incoming(call_id, to)
        return self.deliver(body, signed(body, **how))


def incoming(call_id: str, to: str | None = PHONE) -> bytes:
    """An event, with a number or a whole `To` header; None leaves it out."""
    headers = [{"name": "From", "value": "sip:+14155550123@carrier.example"}]
    if to is not None:
        headers.append({"name": "To", "value": f"sip:{to}@sip.api.openai.com" if to.startswith("+") else to})
    return event("realtime.call.incoming", {"call_id": call_id, "sip_headers": headers})


def event(kind: str, data: Any) -> bytes:
    return json.dumps({"id": "evt_1", "object": "event", "created_at": 1, "type": kind, "data": data}).encode()


def signed(body: bytes, *, secret: str = SECRET, event_id: str | None = None, age: float = 0) -> dict[str, str]:
    """The three headers of a delivery, by the rules of standard-webhooks."""
    event_id = event_id or f"wh_{next(_ids)}"
    timestamp = str(int(time.time() - age))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": event_id, "webhook-timestamp": timestamp, "webhook-signature": signature}


def body_of(number: str) -> Any:
    return callsheet.load(ROOT / "profiles" / PROFILES[number]).accept("rtc_0").body


def where(text: str, name: str) -> int:
    """The line of a profile that holds a text."""
    lines = (ROOT / "profiles" / name).read_text(encoding="utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, 1) if line.strip().startswith(text)]
    return number


@pytest.fixture(scope="module")
def _api() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


@pytest.fixture(scope="module")
def _service(_api: Loopback) -> Iterator[Service]:
    with Service(_api.url) as service:
        yield service
        said = service.said
    assert KEY not in said
    assert SECRET not in said
    assert SECRET.removeprefix("whsec_") not in said
    assert "Traceback" not in said


@pytest.fixture
def api(_api: Loopback) -> Iterator[Loopback]:
    _api.received.clear()
    yield _api
    _api.fault = lambda _: None
    assert _api.objections == []


@pytest.fixture
def service(_service: Service) -> Service:
    return _service


@pytest.fixture(scope="module")
def hasty(_api: Loopback) -> Iterator[Service]:
    """With little time, and little memory."""
    with Service(_api.url, DEADLINE=1.0, ATTEMPT=0.4, REMEMBERED=3) as service:
        yield service
        assert KEY not in service.said
        assert "Traceback" not in service.said


@pytest.fixture
def call_id() -> str:
    return f"rtc_{next(_ids)}x"


def asked(api: Loopback, call_id: str) -> list[tuple[str, Any]]:
    """What was asked of the API about a call: accept or reject, and the body."""
    paths = [(received, received.path.split("/")) for received in api.received]
    return [(path[-1], json.loads(received.body)) for received, path in paths if path[-2] == call_id]


def refuses(*replies: Reply | Break, to: str = "accept") -> Callable[[Received], Reply | Break | None]:
    """The API says these to one of its endpoints, and the last of them ever after."""
    left = list(replies)

    def fault(received: Received) -> Reply | Break | None:
        if not received.path.endswith(to):
            return None
        return left.pop(0) if len(left) > 1 else left[0]

    return fault


@pytest.mark.parametrize("number", PROFILES)
def test_a_call_is_accepted_with_the_profile_of_its_number(
    service: Service, api: Loopback, call_id: str, number: str
) -> None:
    assert service.event(call_id, number) == 200
    assert asked(api, call_id) == [("accept", body_of(number))]
    assert api.received[0].headers["authorization"] == f"Bearer {KEY}"
    line = service.line(f"{call_id} to {number[1:]}: ")
    assert f"accepted with profiles/{PROFILES[number]}" in line.replace(f"{ROOT}/", "")


@pytest.mark.skipif(OPENAPI is None, reason="CALLSHEET_OPENAPI names no OpenAPI document")
def test_what_is_asked_holds_to_the_document(service: Service, api: Loopback, call_id: str) -> None:
    for number in (PHONE, STREET, BUSY, STRANGE):
        service.event(f"{call_id}{number[-3:]}", number)
    assert len(api.received) == 4
    assert api.objections == []


@pytest.mark.parametrize(
    "to",
    [
        "sip:+12125550101@sip.api.openai.com",
        "<sip:+12125550101@sip.api.openai.com;transport=tls;user=phone>;tag=as7",
        '"Road \\"service\\" <sip:+12125550100@a.example>" <sips:+12125550101@b.example>',
        "Road service <sip:%2B12125550101@b.example:5061>",
        "<tel:+1-212-555-0101>",
        "sip:12125550101:word@b.example",
        " SIP:+1.212.555.0101@b.example ",
    ],
)
def test_the_number_is_found_however_it_is_written(service: Service, api: Loopback, call_id: str, to: str) -> None:
    assert service.event(call_id, to) == 200
    assert asked(api, call_id) == [("accept", body_of(STREET))]


@pytest.mark.parametrize(
    ("to", "status"),
    [
        (BUSY, 486),
        (STRANGE, 603),
        (None, 603),
        ("", 603),
        ("sip:sip.api.openai.com", 603),
        ("anonymous", 603),
        ("sip:%0aaccepted%1b[2J@b.example", 603),
        ('"' * 2000, 603),
    ],
)
def test_a_call_that_nobody_takes_is_rejected(
    service: Service, api: Loopback, call_id: str, to: str | None, status: int
) -> None:
    assert service.event(call_id, to) == 200
    assert asked(api, call_id) == [("reject", {"status_code": status})]
    line = service.line(f"{call_id} to ")
    assert f": rejected with {status} (" in line
    assert line.rstrip("\n").isprintable()


@pytest.mark.parametrize("number", [PHONE, BUSY])
def test_an_event_that_comes_twice_is_answered_once(service: Service, api: Loopback, call_id: str, number: str) -> None:
    assert {service.event(call_id, number, event_id=f"wh_{call_id}", age=age) for age in (200, 60, 0)} == {200}
    assert len(asked(api, call_id)) == 1
    service.line(call_id)


def test_an_event_that_comes_again_while_it_is_in_work_waits_for_the_same_answer(
    service: Service, api: Loopback, call_id: str
) -> None:
    go = threading.Event()

    def hold(received: Received) -> Reply | None:
        if "accept" in received.path:
            go.wait(LONGEST)
        return None

    api.fault = hold
    with ThreadPoolExecutor(9) as pool:
        try:
            first = pool.submit(service.event, call_id, event_id=f"wh_{call_id}")
            until(lambda: asked(api, call_id), "the first")
            more = [pool.submit(service.event, call_id, event_id=f"wh_{call_id}") for _ in range(8)]
            assert service.deliver(b"", {}) == 400  # and nobody else has to wait
            assert not any(delivery.done() for delivery in (first, *more))
        finally:
            go.set()
        assert [delivery.result(LONGEST) for delivery in (first, *more)] == [200] * 9
    assert len(asked(api, call_id)) == 1
    service.line(call_id)


def test_a_bad_signature_changes_nothing(service: Service, api: Loopback, call_id: str) -> None:
    body = incoming(call_id)
    good = signed(body)
    elsewhere = signed(body, secret="whsec_" + base64.b64encode(b"of some other endpoint..").decode())
    wrong: list[tuple[bytes, dict[str, str]]] = [
        (body, {}),
        (body, elsewhere),
        (body.replace(b"5550100", b"5550101"), good),
        (body, {**good, "webhook-id": "wh_other"}),
        (body, {**good, "webhook-timestamp": str(int(time.time()) - 1)}),
        (body, {**good, "webhook-timestamp": "soon"}),
        (body, {**good, "webhook-signature": ""}),
        (body, {**good, "webhook-signature": good["webhook-signature"].replace("v1,", "v1,x")}),
        *((body, {name: value for name, value in good.items() if name != left_out}) for left_out in good),
        (body, signed(body, age=301)),
        (body, signed(body, age=-310)),
    ]
    assert [service.deliver(*delivery) for delivery in wrong] == [400] * len(wrong)
    latin = [(name.encode(), value.encode() + b"\xe9" * name.endswith("signature")) for name, value in good.items()]
    assert service.client.post(service.url, content=body, headers=latin).status_code == 400
    assert api.received == []


def test_a_secret_that_is_being_changed_has_two_signatures(service: Service, api: Loopback, call_id: str) -> None:
    body = incoming(call_id)
    headers = signed(body)
    headers["webhook-signature"] = f"v1,{'A' * 43}= {headers['webhook-signature']}"
    assert service.deliver(body, headers) == 200
    assert len(asked(api, call_id)) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        event("realtime.call.incoming", None),
        event("realtime.call.incoming", {}),
        event("realtime.call.incoming", {"call_id": 5, "sip_headers": []}),
        event("realtime.call.incoming", {"call_id": "", "sip_headers": []}),
        event("realtime.call.incoming", {"call_id": "rtc_1\n2", "sip_headers": []}),
        event("realtime.call.incoming", {"call_id": "rtc_1", "sip_headers": ["To"]}),
    ],
)
def test_what_is_no_event_is_a_bad_request(service: Service, api: Loopback, body: bytes) -> None:
    assert service.deliver(body, signed(body)) == 400
    assert api.received == []


@pytest.mark.parametrize(
    "body",
    [
        event("response.completed", {"id": "resp_1"}),
        event("live.transport.incoming", {"type": "sip", "session_id": "live_1", "sip_headers": []}),
        event("what.comes.next", {"call_id": "rtc_1", "sip_headers": []}),
        event("", None),
        b"[1]",
        b"null",
    ],
)
def test_an_event_about_something_else_is_taken_and_ignored(service: Service, api: Loopback, body: bytes) -> None:
    assert service.deliver(body, signed(body)) == 200
    assert api.received == []


def test_what_is_too_long_is_not_read(service: Service, api: Loopback) -> None:
    body = b" " * (64 * 1024 + 1)
    assert service.deliver(body, signed(body)) == 413
    assert service.client.get(service.url).status_code == 405
    assert api.received == []


@pytest.mark.parametrize("fault", [Reply(500), RESET, refusal(429, retry_after="0"), HTML, refusal(404)], ids=repr)
def test_what_passes_is_tried_again(service: Service, api: Loopback, call_id: str, fault: Reply | Break) -> None:
    api.fault = refuses(fault, Reply())
    assert service.event(call_id) == 200
    assert [asks for asks, _ in asked(api, call_id)] == ["accept", "accept"]
    assert "accepted with" in service.line(call_id)


def test_a_refusal_comes_home_to_its_line(service: Service, api: Loopback, call_id: str) -> None:
    sentence = "Invalid value: 'cedar'."
    api.fault = refuses(refusal(400, sentence, "invalid_value", "session.audio.output.voice"))
    assert service.event(call_id) == 200
    assert asked(api, call_id)[1:] == [("reject", {"status_code": 486})]
    line = service.line(call_id)
    assert " ERROR " in line
    assert f"profiles/sip-concierge.yaml:{where('voice:', 'sip-concierge.yaml')}: " in line
    assert sentence in line
    assert "request req_" in line
    assert "; rejected with 486 (" in line


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (refusal(400, "Something is wrong."), "Something is wrong."),
        (refusal(401, f"Incorrect API key provided: {KEY}", "invalid_api_key"), "invalid_api_key"),
        (refusal(429, "Too much.", retry_after="100"), "no answer within 1 s"),
        (HANG, "no answer within 1 s"),
        (Reply(200, b"<html>", {"Content-Type": "text/html"}), "what answered is not the API"),
    ],
    ids=["no param", "another key", "to be asked again too late", "hangs", "a portal"],
)
def test_a_call_that_cannot_be_accepted_is_not_left_ringing(
    hasty: Service, api: Loopback, call_id: str, fault: Reply | Break, says: str
) -> None:
    api.fault = refuses(fault)
    assert hasty.event(call_id) == 200
    assert asked(api, call_id)[-1] == ("reject", {"status_code": 486})
    line = hasty.line(call_id)
    assert says in line
    assert "; rejected with 486 (" in line


def test_a_failure_is_not_remembered(hasty: Service, api: Loopback, call_id: str) -> None:
    api.fault = lambda _: HANG
    assert hasty.event(call_id, event_id=f"wh_{call_id}") == 503
    assert "; not rejected either: " in hasty.line(call_id)
    api.fault = lambda _: None
    api.received.clear()
    assert [hasty.event(call_id, event_id=f"wh_{call_id}") for _ in range(3)] == [200] * 3
    assert [asks for asks, _ in asked(api, call_id)] == ["accept"]


def test_a_caller_who_has_hung_up_is_not_called_for_again(hasty: Service, api: Loopback, call_id: str) -> None:
    api.fault = lambda _: refusal(404, "No such call.", "call_id_not_found")
    assert hasty.event(call_id, event_id=f"wh_{call_id}") == 200
    assert "the caller has hung up (" in hasty.line(call_id)
    asked_once = len(asked(api, call_id))
    assert hasty.event(call_id, event_id=f"wh_{call_id}") == 200
    assert len(asked(api, call_id)) == asked_once


def test_what_is_remembered_is_bounded(hasty: Service, api: Loopback, call_id: str) -> None:
    first, *others = [f"{call_id}_{number}" for number in range(4)]
    for each in (first, *others, first, others[-1]):
        assert hasty.event(each, event_id=f"wh_{each}") == 200
    assert [len(asked(api, each)) for each in (first, *others)] == [2, 1, 1, 1]


def test_many_calls_at_once_are_each_answered_once(service: Service, api: Loopback, call_id: str) -> None:
    calls = {f"{call_id}_{number}": (PHONE, STREET, BUSY)[number % 3] for number in range(150)}
    failed: set[str] = set()

    def fault(received: Received) -> Reply | Break | None:
        path = received.path
        number = int(path.split("/")[-2].rpartition("_")[2])
        if number % 7 or path in failed:
            return None
        failed.add(path)
        return (Reply(500), RESET, refusal(429, retry_after="0"))[number % 3]

    api.fault = fault
    with ThreadPoolExecutor(24) as pool:
        twice = [each for each in calls for _ in range(2)]
        statuses = pool.map(lambda each: service.event(each, calls[each], event_id=f"wh_{each}"), twice)
        assert set(statuses) == {200}
    assert len(failed) == 22
    for each, number in calls.items():
        meant = ("reject", {"status_code": 486}) if number == BUSY else ("accept", body_of(number))
        assert asked(api, each) == [meant] * (1 + any(each in path.split("/") for path in failed))
    until(lambda: sum(call_id in line for line in service.lines) >= len(calls), "a line for each call")
    assert sum(call_id in line for line in service.lines) == len(calls)


def test_it_finishes_what_it_has_begun_before_it_stops(api: Loopback, call_id: str) -> None:
    go = threading.Event()

    def hold(_: Received) -> None:
        go.wait(LONGEST)

    api.fault = hold
    with Service(api.url) as service, ThreadPoolExecutor(1) as pool:
        try:
            caller = pool.submit(service.event, call_id)
            until(lambda: asked(api, call_id), "the call")
            service.process.terminate()
            until(lambda: "Shutting down" in service.said, "the end")
            assert not caller.done()
        finally:
            go.set()
        assert caller.result(LONGEST) == 200
        assert service.ended() in (0, -signal.SIGTERM)
        assert "accepted with" in service.line(call_id)
        assert "Traceback" not in service.said


def test_a_call_outlives_its_delivery(api: Loopback, call_id: str) -> None:
    go = threading.Event()

    def hold(_: Received) -> None:
        go.wait(LONGEST)

    api.fault = hold
    with Service(api.url, GRACE=1) as service, ThreadPoolExecutor(1) as pool:
        try:
            caller = pool.submit(service.event, call_id)
            until(lambda: asked(api, call_id), "the call")
            service.process.terminate()
            until(lambda: "timeout graceful shutdown exceeded" in service.said, "the end of the delivery")
            caller.exception(LONGEST)  # a 500, or a connection that breaks
        finally:
            go.set()
        service.ended()
        assert "accepted with" in service.line(f"{call_id} to ")


def not_started(tmp_path: Path, profiles: dict[str, str], numbers: object, **environment: str) -> str:
    """What the program says when it does not start."""
    folder, table = tmp_path / "profiles", tmp_path / "numbers.json"
    folder.mkdir()
    for name, text in profiles.items():
        (folder / name).write_text(text, encoding="utf-8")
    table.write_text(json.dumps(numbers), encoding="utf-8")
    service = Service("http://127.0.0.1:9", folder, table, environment)
    assert service.ended() == 1
    assert "Traceback" not in service.said
    return service.said.replace(f"{tmp_path}/", "")


GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"


def test_a_wrong_profile_stops_the_start_with_its_findings(tmp_path: Path) -> None:
    profiles = {
        "good.yaml": GOOD,
        "a.yaml": f"{GOOD}audio:\n  output: {{speed: 2.0}}\n",
        "b.yml": "type: realtime\nvoice: marin\n",
        "notes.txt": "not looked at",
    }
    said = not_started(tmp_path, profiles, {"+12125550100": "a.yaml"}).splitlines()
    assert [line.split(" ")[:2] for line in said] == [
        ["profiles/a.yaml:4:19:", "CS105"],
        ["profiles/b.yml:2:1:", "CS107"],
    ]


@pytest.mark.parametrize(
    ("profile", "numbers", "says"),
    [
        (GOOD, {"+1": "other.yaml"}, 'numbers.json: +1: there is no profile "other.yaml" in profiles'),
        (GOOD, {"+1": 200}, "numbers.json: +1: "),
        (GOOD, {"+1": None}, "numbers.json: +1: there is no profile null in "),
        (
            "type: transcription\n",
            {"default": "good.yaml"},
            "numbers.json: default: a transcription session cannot be used",
        ),
        (f"{GOOD}instructions: {{$env: MOOD}}\n", {"+1": "good.yaml"}, "profiles/good.yaml:3:15: CS505 "),
    ],
    ids=["no such profile", "no status", "nothing", "not for phones", "a missing variable"],
)
def test_a_wrong_table_stops_the_start(tmp_path: Path, profile: str, numbers: object, says: str) -> None:
    said = not_started(tmp_path, {"good.yaml": profile}, numbers)
    assert said.count("\n") == 1
    assert says in said


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_WEBHOOK_SECRET"])
def test_it_does_not_start_without_its_secrets(tmp_path: Path, name: str) -> None:
    assert name in not_started(tmp_path, {"good.yaml": GOOD}, {"+1": "good.yaml"}, **{name: ""})


def test_ring_plays_the_part_of_openai(tmp_path: Path) -> None:
    with socket.socket() as kept:  # the port is nobody else's, and ring.py may listen there
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        port = kept.getsockname()[1]
        with Service(f"http://127.0.0.1:{port}/v1") as service:
            ring = [
                sys.executable,
                PROGRAM.parent / "ring.py",
                STREET,
                "--webhook",
                service.url,
                "--api-port",
                str(port),
            ]
            ran = subprocess.run(
                [*ring, "--deliveries", "2"],
                env=plain_environment() | {"OPENAI_WEBHOOK_SECRET": SECRET},
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=LONGEST,
                check=True,
            )
    first, *body, status, again = ran.stdout.splitlines()
    assert re.fullmatch(r"the service asks: POST /v1/realtime/calls/rtc_try_\w+/accept", first)
    assert json.loads("\n".join(body)) == body_of(STREET)
    assert status == again == "the webhook is answered with 200"


def test_the_readme_shows_the_table() -> None:
    readme = (PROGRAM.parent / "README.md").read_text(encoding="utf-8")
    table = (PROGRAM.parent / "numbers.json").read_text(encoding="utf-8")
    assert f"<!-- file: numbers.json -->\n```json\n{table}```\n" in readme
