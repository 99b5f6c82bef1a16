"""Send a request to the API: accept a call, begin or end one, make a client secret.

It goes out over the openai package and reads the package's environment: OPENAI_API_KEY, OPENAI_BASE_URL and the others.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentTypeError
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callsheet.cli import FINE, REFUSED, usage
from callsheet.cli.profile import arguments as profile_arguments
from callsheet.cli.profile import opened, told
from callsheet.cli.whole import WholeFile
from callsheet.connection import connected, connection
from callsheet.loaded import ProfileError
from callsheet.redact import mask
from callsheet.refusal import RefusedError, SendError
from callsheet.request import OPERATIONS, SDP, hangup, refer, reject
from callsheet.said import harmless
from callsheet.sender import WAIT, send
from callsheet.shape.directive import TARGETS
from callsheet.template import NAMES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator

    from callsheet.answer import Answer
    from callsheet.request import Request

EPILOG = """examples:
  callsheet send accept $CALL_ID profiles/sip-concierge.yaml            answer a phone call
  callsheet send accept rtc_1 profiles/sip-concierge.yaml --dry-run     what would go out; no key is needed
  callsheet send create profiles/browser-assistant.yaml --sdp offer.sdp --answer answer.sdp
  callsheet send client-secret profiles/browser-assistant.yaml --ttl 60
  callsheet send refer $CALL_ID tel:+14155550123

exit status: 0 done, 1 errors in the profile, 2 usage or environment, 3 the API refused or the network failed"""

TIMEOUT = 30.0
"""Seconds for one attempt: nobody stays on the line for the ten minutes that the openai package waits."""
_LONGEST, _MOST = 3600, 100
"""The most seconds and attempts that anybody can mean."""
_LIVED = ("client-secret", "translation-secret")


def arguments(parser: ArgumentParser) -> None:
    """The operations, each with its own flags."""
    operations = parser.add_subparsers(metavar="OPERATION", required=True, dest="operation")
    for name, operation in OPERATIONS.items():
        if operation.method != "POST":
            continue
        command = operations.add_parser(
            name,
            help=operation.what,
            description=f"{operation.what[0].upper()}{operation.what[1:]}.",
            formatter_class=parser.formatter_class,
            allow_abbrev=False,
        )
        if "{call_id}" in operation.path:
            command.add_argument(
                "call_id", metavar="CALL_ID", help="the id of the call, from the webhook or `Location`"
            )
        if name == "refer":
            command.add_argument("target_uri", metavar="TARGET_URI", help="tel:+14155550123 or sip:agent@example.com")
        if name == "reject":
            command.add_argument("--status-code", metavar="N", type=int, help="the SIP status (default: 603)")
        if operation.takes:
            profile_arguments(command)
        else:
            command.add_argument("--target", choices=TARGETS, help="where the call runs (default: openai)")
        if name == "create":
            command.add_argument("--sdp", metavar="FILE", help="the browser's offer")
            command.add_argument("--answer", metavar="FILE", help="where its answer goes (default: standard output)")
        if name in _LIVED:
            command.add_argument("--ttl", metavar="SECONDS", type=int, help="how long it is good: 10 to 7200")
        if operation.early:
            command.add_argument(
                "--wait",
                metavar="SECONDS",
                type=_seconds,
                default=WAIT,
                help="how long to try again while the service answers 404 (default: %(default)g)",
            )
        command.add_argument(
            "--timeout",
            metavar="SECONDS",
            type=_seconds,
            default=TIMEOUT,
            help="for each attempt (default: %(default)g)",
        )
        command.add_argument("--retries", metavar="N", type=_count, help="attempts after the first (default: 2)")
        command.add_argument("--dry-run", action="store_true", help="print what would go out, and send nothing")


def run(options: Namespace) -> int:
    """Send the request, or say why there is none."""
    try:
        request = _request(options)
    except ProfileError as error:
        return told(error, "nothing is sent", color=options.color)
    except OSError as error:
        return usage(f"cannot read {error.filename}: {error.strerror}")
    except ValueError as error:
        return usage(str(error))
    target = options.target or (request.profile.target if request.profile else TARGETS[0])
    if options.dry_run:
        sys.stdout.writelines(_outgoing(request, target))
        return FINE
    try:
        client = connected(target, os.environ)
    except ImportError:
        return usage("sending needs the openai package, 3.51 or newer: pip install 'callsheet[send]'")
    except ValueError as error:
        return usage(str(error))
    file = getattr(options, "answer", None)
    try:
        place = None if file is None else WholeFile(file)
    except OSError as error:
        client.close()
        return usage(f"cannot write {file}: {error.strerror}")
    try:
        with client, place or nullcontext():
            wait = getattr(options, "wait", WAIT)
            answer = send(request, client, wait=wait, timeout=options.timeout, retries=options.retries)
            _tell(request, answer)
            if place is not None:
                place.write(answer.content)
            elif request.operation.answers:
                sys.stdout.flush()
                sys.stdout.buffer.write(answer.content)
    except SendError as error:
        return _failed(request, error)
    return FINE


def _request(options: Namespace) -> Request:
    """The request that the command line asks for. Raises OSError, ProfileError and ValueError."""
    match options.operation:
        case "hangup":
            return hangup(options.call_id)
        case "refer":
            return _of_call(refer, options.call_id, options.target_uri)
        case "reject":
            return _of_call(reject, options.call_id, options.status_code)
    offer = getattr(options, "sdp", None)
    return opened(options).request(
        options.operation,
        call_id=getattr(options, "call_id", None),
        sdp=None if offer is None else _text(offer),
        ttl=getattr(options, "ttl", None),
        environment=NAMES if options.dry_run else os.environ,
    )


def _of_call(make: Callable[[str, Any], Request], call_id: str, said: Any) -> Request:
    """The request that does something to a call; a wrong word on the command line is no fault of a profile."""
    from callsheet.lint import check

    try:
        request = make(call_id, said)
    except ProfileError as error:
        finding = error.findings[0]
        raise ValueError(f"{finding.message}; {finding.help}" if finding.help else finding.message) from None
    for finding in check(request.body, request.operation.name) if request.body else ():
        print(f"callsheet: warning: {harmless(finding.message)}; {harmless(finding.help or '')}", file=sys.stderr)
    return request


def _text(file: str) -> str:
    """The text of a file, its line breaks as they are. Raises OSError, and ValueError with a sentence."""
    try:
        return Path(file).read_bytes().decode()
    except UnicodeDecodeError:
        raise ValueError(f"{file} is not an SDP offer: it is not UTF-8") from None


def _outgoing(request: Request, target: str) -> Iterator[str]:
    """What would go out: the first line, the headers and the body, without secrets."""
    to = connection(target, os.environ)
    yield f"{request.method} {to.base_url}{request.path}{to.query}\n"
    headers = {**to.headers, **request.headers}
    if request.parts:
        headers["Content-Type"] = "multipart/form-data"
    yield from (f"{name}: {harmless(value)}\n" for name, value in headers.items())
    for part in request.parts:
        yield f"\n-- {part.name} ({part.content_type})\n"
        if part.content_type == SDP:
            yield mask(part.content.decode()).replace("\r\n", "\n")
    if request.body is not None:
        if not request.parts:
            yield "\n"
        yield json.dumps(request.masked(), indent=2, ensure_ascii=False) + "\n"


def _tell(request: Request, answer: Answer) -> None:
    """Say on standard error that it is done, and which call has begun."""
    if request.operation.answers == "sdp":
        print(f"call id: {harmless(answer.call_id or 'unknown, for the answer does not name it')}", file=sys.stderr)
    request_id = f", request {harmless(answer.request_id)}" if answer.request_id else ""
    print(f"done: {request.operation.what} ({answer.status}{request_id})", file=sys.stderr)


def _failed(request: Request, error: SendError) -> int:
    """Say on standard error what went wrong, at the line of the profile where it has one."""
    finding = error.finding if isinstance(error, RefusedError) else None
    if finding is None:
        print(f"callsheet: {error}", file=sys.stderr)
        return REFUSED
    from callsheet.report.full import render
    from callsheet.report.run import Run

    sys.stderr.writelines(render(Run([finding], 1)))
    doubt = f"; {error.doubt}" if error.in_doubt else ""
    print(f"callsheet: the API refused to {request.operation.what}{doubt}", file=sys.stderr)
    return REFUSED


def _seconds(word: str) -> float:
    """A time. Raises ArgumentTypeError, which becomes a usage error."""
    try:
        seconds = float(word)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST:
        raise ArgumentTypeError(f"`{word}` is not a number of seconds from 0 to {_LONGEST}")
    return seconds


def _count(word: str) -> int:
    """A number of attempts. Raises ArgumentTypeError."""
    if not (word.isascii() and word.isdecimal() and int(word) <= _MOST):
        raise ArgumentTypeError(f"`{word}` is not a number from 0 to {_MOST}")
    return int(word)
