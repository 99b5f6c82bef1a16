"""What `callsheet render` prints is run for real: by bash and curl, and by Python, against a server on loopback."""

from __future__ import annotations

import email.parser
import email.policy
import io
import json
import os
import shutil
import subprocess
import sys
import types
from contextlib import redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import callsheet
from callsheet.cli import main
from callsheet.loaded import Profile, ProfileError
from callsheet.render import FORMATS, Draft, renderer
from callsheet.request import OPERATIONS, Request
from callsheet.shape.frozen import load as load_shapes
from callsheet.template import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "render"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
OFFER = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=it's 100% \"-\\\\\r\n"
KEY = "sk-planted-key-of-the-shell"
VERSION = "2025-04-01-preview"
VALUE = 'hunter2 "quoted" \\ back$slash `id` $(id)'
SHELLS = [shell for shell in ("bash", "sh") if shutil.which(shell)]
needs_curl = pytest.mark.skipif(not SHELLS or not shutil.which("curl"), reason="needs a shell and curl")

BODIES: dict[str, dict[str, Any]] = {
    "accept": {"type": "realtime", "model": "gpt-realtime-2.1", "instructions": "Say\n'hi'."},
    "create": {"type": "realtime", "model": "gpt-realtime-2.1"},
    "client-secret": {"type": "transcription", "audio": {"input": {"transcription": {"model": "gpt-live-transcribe"}}}},
    "session-update": {"type": "session.update", "event_id": "e", "session": {"type": "realtime", "instructions": "x"}},
    "translation-secret": {"model": "gpt-realtime-translate", "audio": {"output": {"language": "es"}}},
    "beta-session": {"$target": "azure-preview", "model": "gpt-realtime", "modalities": ["text"], "voice": "alloy"},
    "beta-transcription-session": {
        "$target": "azure-preview",
        "input_audio_format": "pcm16",
        "input_audio_transcription": {"model": "gpt-4o-transcribe"},
    },
}
"""A profile for each operation."""
ANSWERS = {
    "/accept": b"",
    "/calls": b"v=0\r\n",
    "/client_secrets": b'{"value": "ek_1", "expires_at": 1, "session": {"type": "realtime"}}',
    "sessions": b'{"client_secret": {"value": "ek_1", "expires_at": 1}}',
}


class Arrived(NamedTuple):
    """A request as the server saw it."""

    path: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def parts(self) -> dict[str, tuple[str, bytes]]:
        """The parts of a multipart body: type and content by name."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + self.content)
        boundary = b"--" + message.get_boundary("").encode()
        raw = self.content.split(boundary)[1:-1]
        found = {}
        for text in raw:
            fields, _, content = text.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            part = email.parser.BytesHeaderParser(policy=email.policy.HTTP).parsebytes(fields + b"\r\n\r\n")
            name = part["Content-Disposition"].params["name"]
            found[name] = (part.get_content_type(), content.removesuffix(b"\r\n"))
        return found


class Server(ThreadingHTTPServer):
    """Keeps the last request and answers as the API does when all is well."""

    arrived: Arrived | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What makes curl and the package come here."""
        here = f"http://127.0.0.1:{self.server_port}"
        azure = {"AZURE_OPENAI_API_KEY": KEY, "AZURE_OPENAI_ENDPOINT": f"{here}/", "OPENAI_API_VERSION": VERSION}
        return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{here}/v1", **azure}

    def taken(self) -> Arrived:
        """The last request, once."""
        arrived, self.arrived = self.arrived, None
        assert arrived is not None, "nothing arrived"
        return arrived


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.arrived = Arrived(self.path, {name.lower(): value for name, value in self.headers.items()}, content)
        path = self.path.partition("?")[0]
        answer = next((answer for end, answer in ANSWERS.items() if path.endswith(end)), b"")
        self.send_response(200)
        self.send_header("Content-Type", "application/sdp" if answer.startswith(b"v=") else "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def render(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs `callsheet render` in an empty folder; gives the exit status and both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        status = main(["render", *arguments])
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return run


def drafted(profile: Profile, operation: str, *, sdp: str = OFFER, call_id: str | None = "rtc_1") -> Draft:
    """What the command would render, without --reveal, with the offer in the request."""
    request = profile.request(operation, call_id="rtc_1", sdp=sdp, environment=NAMES)
    return Draft(
        request.body, {open_.path: open_ for open_ in request.variables}, profile.session_kind, request, call_id
    )


def in_shell(command: str, server: Server, *, shell: str = "", **environment: str) -> Arrived:
    """What arrives when a command is run."""
    if not (SHELLS and shutil.which("curl")):
        pytest.skip("needs a shell and curl")
    shell = shell or SHELLS[0]
    subprocess.run([shell, "-n"], input=command.encode(), check=True)
    done = subprocess.run(
        [shell], input=command.encode(), env={**os.environ, **server.environment, **environment}, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return server.taken()


def in_python(code: str, server: Server, **environment: str) -> Arrived:
    """What arrives when a program is run."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {**server.environment, **environment}.items():
            patched.setenv(name, value)
        with redirect_stdout(io.StringIO()):
            exec(compile(code, "<rendered>", "exec"), {})  # noqa: S102 - what a user would do with it
    return server.taken()


RUNS = (("python", in_python), ("curl", in_shell))  # the one that may be skipped comes last

NASTY = (
    "'", '"', "\\", "$", "`", "!", "!!", "\n", "\r\n", "\t", "@", "@file", "%s", "{", "}", "JSON", "\nJSON\n", ";",
    ";type=text/html", "<", "$HOME", "${x}", "$(exit 1)", "\\n", "\\\n", "\\u0000", "'''", '"""',
    "é", "\x7f", "\x01", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ufeff", "\xa0", "😀",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=5)), max_size=8).map("".join)
ALL_NASTY = "".join(NASTY)


def nasty_profile(instructions: str, description: str, key: str) -> Profile:
    """A profile with such texts, if callsheet has nothing against them."""
    tool = {
        "type": "function",
        "name": "f",
        "description": description,
        "parameters": {"type": "object", "properties": {key: {"type": "string", "description": instructions}}},
    }
    try:
        return callsheet.profile({"type": "realtime", "instructions": instructions, "tools": [tool]})
    except ProfileError:
        assume(False)
        raise


@needs_curl
@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=25)
@given(TEXTS, TEXTS, TEXTS)
@example(ALL_NASTY, ALL_NASTY, "a")
def test_curl_sends_the_body_byte_for_byte(
    shell: str, server: Server, instructions: str, description: str, key: str
) -> None:
    draft = drafted(nasty_profile(instructions, description, key), "accept")
    assert draft.request is not None
    arrived = in_shell(renderer("curl")(draft), server, shell=shell)
    assert arrived.content == draft.request.content
    assert arrived.path == f"/v1{draft.request.path}"
    assert arrived.headers["content-type"] == "application/json"
    assert arrived.headers["authorization"] == f"Bearer {KEY}"
    assert "openai-beta" not in arrived.headers


@needs_curl
@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=25)
@given(TEXTS, TEXTS.map(lambda text: f"v=0\r\n{text}"))
@example(ALL_NASTY, OFFER + ALL_NASTY)
def test_curl_sends_the_parts_byte_for_byte(shell: str, server: Server, instructions: str, offer: str) -> None:
    assume("\0" not in offer)
    draft = drafted(nasty_profile(instructions, "", "a"), "create", sdp=offer)
    assert draft.request is not None
    arrived = in_shell(renderer("curl")(draft), server, shell=shell)
    assert arrived.parts == {part.name: (part.content_type, part.content) for part in draft.request.parts}


def with_secret(text: str, default: str | None = None) -> Profile:
    """A profile that wants a variable, beside another text."""
    given_ = {"$env": "CRM_TOKEN"} if default is None else {"$env": "CRM_TOKEN", "default": default}
    mcp = {"type": "mcp", "server_label": "a", "server_url": "https://a.example/mcp", "authorization": given_}
    try:
        return callsheet.profile({"type": "realtime", "instructions": text, "tools": [mcp]})
    except ProfileError:
        assume(False)
        raise


@needs_curl
@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=25)
@given(TEXTS, TEXTS.filter(lambda text: "\0" not in text))
@example(ALL_NASTY, ALL_NASTY)
@example("", "\n")
def test_curl_fills_in_any_secret(shell: str, server: Server, text: str, secret: str) -> None:
    profile = with_secret(text)
    arrived = in_shell(renderer("curl")(drafted(profile, "accept")), server, shell=shell, CRM_TOKEN=secret)
    assert json.loads(arrived.content) == profile.accept("rtc_1", environment={"CRM_TOKEN": secret}).body


@needs_curl
@pytest.mark.parametrize("shell", SHELLS)
@settings(max_examples=25)
@given(TEXTS.filter(lambda text: "\0" not in text))
@example(ALL_NASTY)
def test_curl_takes_any_default(shell: str, server: Server, default: str) -> None:
    profile = with_secret("", default)
    arrived = in_shell(renderer("curl")(drafted(profile, "accept")), server, shell=shell)
    assert json.loads(arrived.content) == profile.accept("rtc_1", environment={}).body


@needs_curl
@pytest.mark.parametrize("shell", SHELLS)
def test_curl_sends_nothing_without_the_secret(shell: str, server: Server) -> None:
    command = renderer("curl")(drafted(with_secret(""), "accept"))
    done = subprocess.run(
        [shell], input=command.encode(), env={**os.environ, **server.environment}, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert b"CRM_TOKEN" in done.stderr
    assert server.arrived is None


@settings(max_examples=25)
@given(TEXTS, TEXTS, TEXTS, TEXTS.filter(lambda text: "\0" not in text))
@example(ALL_NASTY, ALL_NASTY, ALL_NASTY, ALL_NASTY)
def test_python_sends_the_body(server: Server, instructions: str, description: str, key: str, secret: str) -> None:
    profile = nasty_profile(instructions, description, key)
    code = renderer("python")(drafted(profile, "accept"))
    assert code.replace("\n", "").isprintable()
    arrived = in_python(code, server)
    assert json.loads(arrived.content) == profile.body
    assert arrived.path == "/v1/realtime/calls/rtc_1/accept"
    profile = with_secret(instructions)
    arrived = in_python(renderer("python")(drafted(profile, "accept")), server, CRM_TOKEN=secret)
    assert json.loads(arrived.content) == profile.accept("rtc_1", environment={"CRM_TOKEN": secret}).body


@settings(max_examples=25)
@given(TEXTS.map(lambda text: f"v=0\r\n{text}"))
def test_python_sends_the_parts(server: Server, offer: str) -> None:
    profile = nasty_profile("", "", "a")
    parts = in_python(renderer("python")(drafted(profile, "create", sdp=offer)), server).parts
    assert parts["sdp"] == ("application/sdp", offer.encode())
    assert json.loads(parts["session"][1]) == profile.body


@settings(max_examples=25)
@given(TEXTS, TEXTS, TEXTS)
def test_json_is_the_body_and_nothing_that_a_terminal_obeys(instructions: str, description: str, key: str) -> None:
    profile = nasty_profile(instructions, description, key)
    text = renderer("json")(drafted(profile, "accept"))
    assert json.loads(text) == profile.body
    assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("operation", BODIES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_operation_in_every_format(
    form: str, operation: str, server: Server, render: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("offer.sdp").write_bytes(OFFER.encode())
    Path("p.json").write_text(json.dumps(BODIES[operation]), encoding="utf-8")
    status, out, err = render("p.json", "--as", operation, "--format", form)
    profile = callsheet.load("p.json")
    wanted = profile.request(operation, call_id="rtc_1", sdp=OFFER)
    if (form, operation) == ("curl", "session-update"):
        assert (status, out) == (2, "")
        assert "--format json" in err
        return
    assert status == 0
    if form == "json":
        assert json.loads(out) == wanted.body
    elif operation == "session-update":
        assert in_connection(out, monkeypatch, CALL_ID="rtc_1") == ("call_id=rtc_1", wanted.body)
    else:
        run = in_python if form == "python" else in_shell
        same(run(out, server, CALL_ID="rtc_1"), wanted)


def same(arrived: Arrived, wanted: Request) -> None:
    """Hold what arrived to what was wanted."""
    if wanted.profile is not None and wanted.profile.target != "openai":
        assert arrived.path == f"/openai{wanted.path}?api-version={VERSION}"
        assert arrived.headers["api-key"] == KEY
    else:
        assert arrived.path == f"/v1{wanted.path}"
        assert arrived.headers["authorization"] == f"Bearer {KEY}"
    assert arrived.headers.get("openai-beta") == wanted.headers.get("OpenAI-Beta")
    if wanted.parts:
        assert {name: content for name, (_, content) in arrived.parts.items()} == {
            part.name: part.content for part in wanted.parts
        }
    else:
        assert json.loads(arrived.content) == wanted.body


def in_connection(code: str, patched: pytest.MonkeyPatch, **environment: str) -> tuple[str, Any]:
    """The query of the WebSocket that a program opens, and the one event that it sends."""
    asked: list[str] = []
    sent: list[str] = []

    def connect(url: str, **_: Any) -> Any:
        asked.append(url.partition("?")[2])
        return types.SimpleNamespace(send=sent.append, close=lambda *_, **__: None)

    client = types.ModuleType("websockets.sync.client")
    vars(client)["connect"] = connect
    for name in ("websockets", "websockets.sync"):
        patched.setitem(sys.modules, name, types.ModuleType(name))
    patched.setitem(sys.modules, "websockets.sync.client", client)
    for name, value in {"OPENAI_API_KEY": KEY, **environment}.items():
        patched.setenv(name, value)
    exec(compile(code, "<rendered>", "exec"), {})  # noqa: S102 - what a user would do with it
    return asked[0], json.loads(sent[0])


@pytest.mark.parametrize(
    ("session", "arguments", "query"),
    [
        ({"type": "realtime", "model": "gpt-realtime-2.1"}, (), "model=gpt-realtime-2.1"),
        ({"type": "realtime", "model": "gpt-realtime-2.1"}, ("--call-id", "rtc_2"), "call_id=rtc_2"),
        (BODIES["client-secret"], (), "intent=transcription"),
        (BODIES["accept"], ("--event-id", "e_1"), "model=gpt-realtime-2.1"),
    ],
)
def test_an_update_opens_the_session_that_it_is_for(
    session: dict[str, Any], arguments: tuple[str, ...], query: str, render: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = render(
        "-", "--as", "session-update", "--format", "python", *arguments, stdin=json.dumps(session)
    )  # fmt: skip
    asked, event = in_connection(out, monkeypatch)
    assert asked == query
    assert event["session"] == session
    assert event.get("event_id") == (arguments[1] if "--event-id" in arguments else None)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("operation", ["session", "accept", "create", "client-secret", "session-update"])
def test_a_secret_is_seen_only_when_it_is_to_be(
    operation: str, form: str, render: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = "Zq9-hunter2"
    monkeypatch.setenv("CRM_TOKEN", planted)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    text = json.dumps(with_secret("Hello").body)
    arguments = ("-", "--as", operation, "--format", form)
    status, out, err = render(*arguments, stdin=text)
    assert planted not in out + err
    assert KEY not in out + err
    revealed, out, err = render(*arguments, "--reveal", stdin=text)
    assert KEY not in out + err
    if form == "curl" and operation in {"session", "session-update"}:
        assert (status, revealed, out) == (2, 2, "")
    else:
        assert (status, revealed) == (0, 0)
        assert planted in out
        assert "CRM_TOKEN" not in out


@needs_curl
def test_curl_sends_nothing_without_a_call(render: Run, server: Server) -> None:
    _, out, _ = render("-", "--as", "accept", "--format", "curl", stdin=json.dumps(BODIES["accept"]))
    done = subprocess.run(
        SHELLS[:1], input=out.encode(), env={**os.environ, **server.environment}, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert b"CALL_ID" in done.stderr
    assert server.arrived is None


def test_a_name_stands_for_its_value(render: Run) -> None:
    _, out, _ = render("-", stdin=json.dumps(with_secret("").body))
    assert json.loads(out)["tools"][0]["authorization"] == "$CRM_TOKEN"


def test_a_missing_variable_matters_only_when_its_value_is_wanted(render: Run) -> None:
    text = "type: realtime\ninstructions: {$env: CALLSHEET_NOT_SET}\n"
    assert render("-", stdin=text)[0] == 0
    status, out, err = render("-", "--reveal", stdin=text)
    assert status == 1
    assert out.startswith("error[CS505]: the environment has no variable `CALLSHEET_NOT_SET`\n --> -:2:15\n")
    assert err == "callsheet: nothing is rendered: 1 error\n"


def test_a_variable_that_no_shell_has(render: Run) -> None:
    text = "type: realtime\ninstructions: {$env: my-prompt}\n"
    assert render("-", "--as", "accept", "--format", "python", stdin=text)[0] == 0
    status, out, err = render("-", "--as", "accept", "--format", "curl", stdin=text)
    assert (status, out) == (2, "")
    assert "`my-prompt`" in err


def test_one_variable_with_two_defaults(render: Run) -> None:
    text = "type: realtime\nmodel: {$env: X, default: gpt-realtime-2.1}\ninstructions: {$env: X, default: Hello.}\n"
    _, out, _ = render("-", "--as", "accept", "--format", "python", stdin=text)
    assert 'model=os.environ.get("X", "gpt-realtime-2.1")' in out
    status, out, err = render("-", "--as", "accept", "--format", "curl", stdin=text)
    assert (status, out) == (2, "")
    assert "`X` has several defaults" in err


def test_a_key_that_is_gone_from_the_package_goes_out_all_the_same(render: Run, server: Server) -> None:
    status, out, err = render(
        "-", "--as", "accept", "--format", "python", stdin="type: realtime\ntemperature: 0.8\n"
    )  # fmt: skip
    assert status == 0
    assert err.startswith("-:2:1: CS114 ")
    assert json.loads(in_python(out, server, CALL_ID="rtc_1").content) == {"type": "realtime", "temperature": 0.8}


@pytest.mark.parametrize("kind", ["realtime", "realtime-beta", "transcription-beta"])
def test_the_package_takes_every_key_as_an_argument(kind: str) -> None:
    import inspect

    from openai import OpenAI

    client = OpenAI(api_key="x")
    methods: dict[str, Any] = {
        "realtime": client.realtime.calls.accept,
        "realtime-beta": client.beta.realtime.sessions.create,
        "transcription-beta": client.beta.realtime.transcription_sessions.create,
    }
    shape: Any = load_shapes()[kind]
    assert shape.fields.keys() <= inspect.signature(methods[kind]).parameters.keys()


def test_an_offer_comes_from_the_envelope(render: Run, server: Server) -> None:
    call = {"sdp": OFFER, "session": BODIES["create"]}
    for form, run in RUNS:
        _, out, _ = render("-", "--as", "create", "--format", form, stdin=json.dumps(call))
        assert run(out, server).parts["sdp"] == ("application/sdp", OFFER.encode())


@pytest.mark.parametrize("name", ["my offer.sdp", 'a";b,c.sdp', "it's $HOME.sdp", "-", "ö.sdp", "a\\b"])
def test_an_offer_comes_from_any_file(name: str, render: Run, server: Server) -> None:
    Path(name).write_bytes(OFFER.encode())
    for form, run in RUNS:
        _, out, _ = render(
            "-", "--as", "create", f"--sdp={name}", "--format", form, stdin=json.dumps(BODIES["create"])
        )  # fmt: skip
        assert run(out, server).parts["sdp"] == ("application/sdp", OFFER.encode())


def test_a_call_id_cannot_lead_elsewhere(render: Run, server: Server) -> None:
    nasty = "../x?y=1'\"$(id)"
    for form, run in RUNS:
        _, out, _ = render(
            "-", "--as", "accept", "--call-id", nasty, "--format", form, stdin=json.dumps(BODIES["accept"])
        )  # fmt: skip
        path = run(out, server).path
        assert path.count("/") == 5  # the package leaves more of it unescaped than curl's command does
        assert unquote(path) == f"/v1/realtime/calls/{nasty}/accept"


def test_what_stands_beside_the_session_may_come_from_the_environment(
    render: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ID", "evt_1")
    monkeypatch.setenv("OFFER", OFFER)
    text = "type: session.update\nevent_id: {$env: ID}\nsession: {type: realtime}\n"
    _, out, _ = render("-", "--as", "session-update", stdin=text)
    assert json.loads(out)["event_id"] == "$ID"
    _, out, _ = render("-", "--as", "session-update", "--format", "python", "--call-id", "rtc_1", stdin=text)
    assert in_connection(out, monkeypatch)[1]["event_id"] == "evt_1"
    _, out, _ = render("-", "--as", "session-update", "--event-id", "evt_2", stdin=text)
    assert json.loads(out)["event_id"] == "evt_2"
    text = "sdp: {$env: OFFER}\nsession: {type: realtime}\n"
    _, out, _ = render("-", "--as", "create", "--format", "curl", stdin=text)
    assert "sdp=<offer.sdp" in out
    _, out, _ = render("-", "--as", "create", "--format", "curl", "--reveal", stdin=text)
    assert "IN IP4" in out


def test_a_property_that_is_called_like_a_directive_is_data(render: Run) -> None:
    parameters = {"type": "object", "properties": {"$env": {"type": "string"}}}
    body = {"type": "realtime", "tools": [{"type": "function", "name": "f", "parameters": parameters}]}
    _, out, _ = render("-", stdin=json.dumps(body))
    assert json.loads(out) == body


def test_a_part_of_a_profile_is_no_request(render: Run) -> None:
    text = "$partial: true\naudio: {output: {voice: marin}}\n"
    status, out, err = render("-", "--as", "accept", stdin=text)
    assert (status, out) == (2, "")
    assert "`$partial`" in err


def test_a_profile_with_all_that_it_builds_on(render: Run, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "base.yaml").write_text("$partial: true\naudio: {output: {voice: marin}}\n", encoding="utf-8")
    (tmp_path / "shop" / "prompt.md").write_text("Hello.\n", encoding="utf-8")
    (tmp_path / "shop" / "a.yaml").write_text(
        "$extends: ../base.yaml\ntype: realtime\ninstructions: {$file: prompt.md}\n", encoding="utf-8"
    )
    status, out, _ = render("shop/a.yaml", "--root", ".")
    assert status == 0
    assert json.loads(out) == {
        "type": "realtime", "instructions": "Hello.\n", "audio": {"output": {"voice": "marin"}}
    }  # fmt: skip
    assert render("shop/a.yaml", "--root", "shop")[0] == 1


def test_ttl(render: Run) -> None:
    text = json.dumps(BODIES["accept"])
    _, out, _ = render("-", "--as", "client-secret", "--ttl", "60", stdin=text)
    assert json.loads(out)["expires_after"] == {"anchor": "created_at", "seconds": 60}
    status, out, err = render("-", "--as", "client-secret", "--ttl", "5", stdin=text)
    assert (status, out) == (2, "")
    assert "must be a whole number from 10 to 7200" in err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--ttl", "60"), "--ttl is for --as client-secret and translation-secret"),
        (("--as", "accept", "--sdp", "x"), "--sdp is for --as create"),
        (("--event-id", "x"), "--event-id is for --as session-update"),
        (("--as", "create", "--call-id", "x"), "--call-id is for --as accept and session-update"),
        (("--as", "accept", "--call-id", " "), "needs the id of the call"),
        (("--format", "curl"), "--as accept"),
        (("--as", "translation-secret"), "a realtime session cannot be used to make a client secret for a translation"),
        (("--kind", "x"), "there is no kind `x`"),
        (("--revision", "x"), "`x` is not a date"),
    ],
)
def test_a_wrong_call_exits_2(arguments: tuple[str, ...], why: str, render: Run) -> None:
    status, out, err = render("-", *arguments, stdin=json.dumps(BODIES["accept"]))
    assert (status, out) == (2, "")
    assert why in err


@pytest.mark.parametrize("name", [".", "missing.yaml", ""])
def test_unreadable_input_exits_2(name: str, render: Run) -> None:
    status, out, err = render(name)
    assert (status, out) == (2, "")
    assert "cannot read" in err


def test_an_invalid_profile_renders_nothing(render: Run) -> None:
    text = "type: realtime\ntemperature: 0.8\naudio: {output: {speed: 2.0}}\n"
    for form in FORMATS:
        status, out, err = render("-", "--as", "accept", "--format", form, stdin=text)
        assert status == 1
        assert "error[CS105]: " in out
        assert "warning[CS114]: " in out
        assert "realtime-2" not in out
        assert err == "callsheet: nothing is rendered: 1 error\n"


PROFILES = sorted(
    path
    for path in (ROOT / "profiles").iterdir()
    if path.suffix in {".yaml", ".json"} and "$partial: true" not in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name)
def test_every_example_renders(path: Path, render: Run, server: Server) -> None:
    profile = callsheet.load(path)
    operation = next(name for name, operation in OPERATIONS.items() if profile.session_kind in operation.takes)
    environment = {variable.name: VALUE for variable in profile.variables}
    wanted = profile.request(operation, call_id="rtc_1", environment=environment)
    status, out, _ = render(str(path))
    assert status == 0
    assert json.loads(out) == json.loads(profile.content(NAMES))
    for form, run in RUNS:
        status, out, err = render(str(path), "--as", operation, "--format", form)
        assert (status, err) == (0, "")
        same(run(out, server, CALL_ID="rtc_1", **environment), wanted)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("operation", ["accept", "create"])
def test_the_golden_files(operation: str, form: str, render: Run) -> None:
    status, out, _ = render(str(GOLDEN / "phone.yaml"), "--as", operation, "--format", form)
    assert status == 0
    kept = GOLDEN / f"phone.{operation}.{form}.txt"
    if WRITE:
        kept.write_text(out, encoding="utf-8")
    assert out == kept.read_text(encoding="utf-8")
