"""Answer phone calls: each `realtime.call.incoming` event is accepted with the profile of the number that was called.

    pip install '.[send]' starlette uvicorn
    export OPENAI_API_KEY=... OPENAI_WEBHOOK_SECRET=whsec_...
    python examples/sip_webhook.py --profiles profiles --numbers examples/numbers.json

README.md beside this file says how to try it without a phone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import re
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

import uvicorn
from anyio import fail_after
from openai import AsyncOpenAI, OpenAIError
from openai.types.webhooks import RealtimeCallIncomingWebhookEvent as IncomingCall
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

import callsheet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

Answer: TypeAlias = "callsheet.Profile | int"
"""What a caller gets: a session as the profile says, or no for an answer, with a SIP status."""

OK, TRY_AGAIN = 200, 503
NOBODY = 603  # Decline: the number has no profile
BUSY = 486  # Busy Here: it has one that the service did not take; a carrier may try elsewhere
GONE = 404  # the service knows no such call: who called has hung up
ATTEMPT, DEADLINE = 5.0, 15.0  # seconds for one request, and with its retries; meanwhile the caller hears it ring
GRACE = 30  # seconds for calls that are begun when the service stops: a deadline to accept, and one to reject
LONGEST = 64 * 1024  # bytes of an event; one has less than four thousand
REMEMBERED = 10_000  # events that are still known when they are delivered again
SHAPE = re.compile(r'(?:(?:"(?:\\.|[^"\\])*"\s*|[^"<]*)<)?(?:sips?|tel):([^@;:>?\s]+)', re.IGNORECASE)
"""`"Hotel Aurora" <sip:+12125550100@sip.example.com>;tag=1`, with or without what surrounds the number."""

log = logging.getLogger("sip_webhook")


class Switchboard:
    """Answers each call once, however often its event is delivered."""

    def __init__(self, numbers: dict[str, Answer], client: AsyncOpenAI) -> None:
        self._numbers = numbers
        self._client = client
        self._answers: dict[str, asyncio.Task[int]] = {}  # by the id of the event; the oldest first

    async def webhook(self, request: Request) -> Response:
        """Take a delivery: 400 for what OpenAI did not sign, 200 for what is settled, 503 for what may come again."""
        raw = b""
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > LONGEST:
                return Response(status_code=413)
        try:
            event = self._client.webhooks.unwrap(raw, request.headers)
            if not isinstance(event, IncomingCall):
                return Response(status_code=OK)
            call_id, number = incoming(raw)
        except (ValueError, TypeError) as error:  # TypeError: of a signature that is not ASCII
            log.warning("delivery refused: %s", str(error).partition("\n")[0])
            return Response(status_code=400)
        return Response(status_code=await self._once(request.headers["webhook-id"], call_id, number))

    async def _once(self, event_id: str, call_id: str, number: str) -> int:
        """The status for an event: the one that it had, or is just getting."""
        answer = self._answers.get(event_id)
        if answer is None:  # nothing is awaited between the look and the entry, so no other delivery comes between
            if len(self._answers) >= REMEMBERED:
                del self._answers[next(iter(self._answers))]
            answer = self._answers[event_id] = asyncio.create_task(self._answer(event_id, call_id, number))
        return await asyncio.shield(answer)  # a delivery that breaks off does not break off the call

    async def _answer(self, event_id: str, call_id: str, number: str) -> int:
        """Settle a call. Where that failed the event is forgotten, so that its next delivery tries again."""
        began, status = time.monotonic(), TRY_AGAIN
        try:
            status, level, outcome = await self._settle(call_id, self._numbers.get(number, self._numbers["default"]))
            log.log(level, "%s to %s: %s (%.2f s)", call_id, number or "?", outcome, time.monotonic() - began)
        finally:
            if status != OK:
                self._answers.pop(event_id, None)
        return status

    async def _settle(self, call_id: str, answer: Answer) -> tuple[int, int, str]:
        """Accept a call or turn it away: the status, how loud to say it, and what became of it."""
        level, why = logging.INFO, ""
        if not isinstance(answer, int):
            try:
                await self._send(answer.accept(call_id))
            except (callsheet.SendError, TimeoutError) as error:
                level, why, answer = logging.ERROR, f"{reason(error)}; ", BUSY  # nobody is left ringing
            else:
                return OK, level, f"accepted with {answer.path}"
        try:
            await self._send(callsheet.reject(call_id, answer))
        except (callsheet.SendError, TimeoutError) as error:
            if getattr(error, "status", None) == GONE:
                return OK, level, f"{why}the caller has hung up"
            return TRY_AGAIN, logging.ERROR, f"{why}not rejected either: {reason(error)}"
        return OK, level, f"{why}rejected with {answer}"

    async def _send(self, request: callsheet.Request) -> None:
        with fail_after(DEADLINE):
            await callsheet.send(request, self._client)

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Before the service stops, what is begun comes to its end."""
        yield
        await asyncio.gather(*self._answers.values(), return_exceptions=True)
        await self._client.close()


def incoming(raw: bytes) -> tuple[str, str]:
    """The id of a call and the number that was called. Raises ValueError for an event that lacks what it must have."""
    call = IncomingCall.model_validate_json(raw).data  # `unwrap` takes it on trust
    if not re.fullmatch("[!-~]+", call.call_id):
        raise ValueError("a call without an id")
    addresses = [header.value.strip() for header in call.sip_headers if header.name.lower() in {"to", "t"}]
    found = SHAPE.match(addresses[0]) if addresses else None
    return call.call_id, plain(unquote(found[1])) if found else ""


def plain(number: str) -> str:
    """A number without what people write between its digits, and a name without what a log should not hold."""
    return re.sub(r"\W", "", number)


def reason(error: Exception) -> str:
    """Why a request failed; where the service named a setting, with the line of the profile that holds it."""
    finding = getattr(error, "finding", None)
    if finding is None:
        return str(error) or f"no answer within {DEADLINE:.0f} s"
    return f"{finding.path}:{finding.location.line}: {finding.message}"


def read(folder: Path, table: Path) -> dict[str, Answer]:
    """Who answers which number, with every profile of the folder checked. SystemExit tells all that is wrong there."""
    wrong, profiles, numbers = [], {}, dict[str, Answer](default=NOBODY)
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yaml", ".yml", ".json"}:
            try:
                profiles[path.name] = callsheet.load(path)
            except callsheet.ProfileError as error:
                wrong.append(str(error))
    if wrong:
        raise SystemExit("\n".join(wrong))
    for number, name in json.loads(table.read_bytes()).items():
        answer = name if isinstance(name, int) else profiles.get(str(name))
        if answer is None:
            raise SystemExit(f"{table}: {number}: there is no profile {json.dumps(name)} in {folder}")
        try:  # a session that no phone call takes, a status that is none, a variable that is not set
            callsheet.reject("rtc_0", answer) if isinstance(answer, int) else answer.accept("rtc_0")
        except (ValueError, callsheet.ProfileError) as error:
            raise SystemExit(f"{table}: {number}: {error}") from None
        numbers[plain(number)] = answer
    return numbers


def main() -> None:
    """Check everything, then listen until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(description="Answer phone calls, each with the profile of the number called.")
    parser.add_argument("--profiles", type=Path, default=Path("profiles"), help="the folder of the profiles")
    parser.add_argument("--numbers", type=Path, default=Path("numbers.json"), help="number to profile or SIP status")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen; a proxy in front brings the TLS")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    log.setLevel(logging.INFO)
    try:
        client = AsyncOpenAI(timeout=ATTEMPT)
        switchboard = Switchboard(read(options.profiles, options.numbers), client)
    except (OpenAIError, OSError) as error:
        sys.exit(str(error))
    except ValueError as error:  # JSON that is none
        sys.exit(f"{options.numbers}: {error}")
    if not client.webhook_secret:
        sys.exit("set OPENAI_WEBHOOK_SECRET: without it, events cannot be told from forgeries")
    route = Route("/webhook", switchboard.webhook, methods=["POST"])
    app = Starlette(routes=[route], lifespan=switchboard.lifespan)
    uvicorn.run(app, host=options.host, port=options.port, access_log=False, timeout_graceful_shutdown=GRACE)


if __name__ == "__main__":
    main()
