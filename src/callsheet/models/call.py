"""What can be done with a phone call besides accepting it: transferring it, and turning it away."""

from __future__ import annotations

from callsheet.models.base import Integer, Maybe, Part, field

CALLS = "2025-10-02"
"""openai-python 2.1.0: calls."""


class Refer(Part):
    """Body of `POST /v1/realtime/calls/{call_id}/refer`: transfers a phone call."""

    target_uri: str = field(
        "Where the call goes: `tel:` and the number with `+` and country code, or a `sip:` address.",
        since=CALLS,
        required=True,
        examples=["tel:+14155550123", "sip:agent@example.com"],
    )


class Reject(Part):
    """Body of `POST /v1/realtime/calls/{call_id}/reject`: turns a phone call away. It may be left out."""

    status_code: Maybe[Integer] = field(
        "The SIP status that the caller's side gets, such as 486 for busy: 400 to 699, which is what SIP has for no.",
        since=CALLS,
        default=603,
        ge=400,
        le=699,
        source="SIP final responses, RFC 3261; default 603 in the API reference (no bounds in the schemas)",
        examples=[486],
    )
