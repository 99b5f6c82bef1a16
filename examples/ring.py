"""Try sip_webhook.py without a phone: play OpenAI's part of a call, on this machine alone.

An event is signed with OPENAI_WEBHOOK_SECRET and delivered. What the service then asks of the API arrives here, is
printed, and is granted. So the service has to run with this as its API:

    OPENAI_BASE_URL=http://127.0.0.1:8001/v1
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Api(BaseHTTPRequestHandler):
    """The API, which says yes to everything."""

    def do_POST(self) -> None:
        """Print what is asked, and grant it."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        print(f"the service asks: POST {self.path}\n{json.dumps(json.loads(body or b'null'), indent=2)}")
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing else."""


def incoming(number: str) -> bytes:
    """The event about a call to a number."""
    headers = [
        {"name": "From", "value": "sip:+14155550123@carrier.example"},
        {"name": "To", "value": f"sip:{number}@sip.api.openai.com"},
    ]
    data = {"call_id": f"rtc_try_{uuid.uuid4().hex[:8]}", "sip_headers": headers}
    event = {"id": "evt_try", "object": "event", "created_at": int(time.time()), "type": "realtime.call.incoming"}
    return json.dumps({**event, "data": data}).encode()


def signed(body: bytes, secret: str) -> dict[str, str]:
    """The headers of a delivery, by the rules of standard-webhooks."""
    event_id, timestamp = f"wh_{uuid.uuid4().hex}", str(int(time.time()))
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    digest = hmac.new(key, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": event_id, "webhook-timestamp": timestamp, "webhook-signature": signature}


def main() -> None:
    """Ring once, or as often as told."""
    parser = argparse.ArgumentParser(description="Deliver a signed event, and play the API that the service then asks.")
    parser.add_argument("number", nargs="?", default="+12125550100", help="the number that is called")
    parser.add_argument("--webhook", default="http://127.0.0.1:8000/webhook", help="where the service listens")
    parser.add_argument("--api-port", type=int, default=8001, help="where the API is played")
    parser.add_argument("--deliveries", type=int, default=1, help="how often the event is delivered")
    options = parser.parse_args()
    secret = os.environ.get("OPENAI_WEBHOOK_SECRET") or sys.exit("set OPENAI_WEBHOOK_SECRET as for the service")
    api = ThreadingHTTPServer(("127.0.0.1", options.api_port), Api)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    body = incoming(options.number)
    headers = signed(body, secret)
    for _ in range(options.deliveries):
        request = urllib.request.Request(options.webhook, body, {"Content-Type": "application/json", **headers})  # noqa: S310 - it is the user's own
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                print(f"the webhook is answered with {answer.status}")
        except urllib.error.HTTPError as error:
            print(f"the webhook is answered with {error.code}")
        except OSError as error:
            sys.exit(f"{options.webhook}: {error}")


if __name__ == "__main__":
    main()
