"""The bodies in which a session travels: a client secret, an update, a WebRTC call."""

from __future__ import annotations

from typing import Literal

from callsheet.models.base import Integer, Maybe, Part, Tagged, field, tag
from callsheet.models.session import AnySession, RealtimeSession


class ExpiresAfter(Part):
    """How long a client secret is good for. It limits when a session may begin, not how long it lasts."""

    anchor: Maybe[Literal["created_at"]] = field(
        "From when the time counts: `created_at`, the moment of creation, is the only choice.",
        default="created_at",
    )
    seconds: Maybe[Integer] = field(
        "Seconds until the secret expires: 10 to 7200, which is two hours.",
        default=600,
        ge=10,
        le=7200,
        examples=[600],
    )


class ClientSecret(Part):
    """Body of `POST /v1/realtime/client_secrets`: a short-lived key for a browser or an app."""

    expires_after: Maybe[ExpiresAfter] = field(
        "When the secret expires. Unset, ten minutes after it was made.",
        examples=[{"anchor": "created_at", "seconds": 600}],
    )
    session: Maybe[AnySession] = field(
        "The session that the secret opens. Its settings belong in here, `model` among them, not beside it.",
        examples=[{"type": "realtime", "model": "gpt-realtime-2.1"}],
    )


class SessionUpdate(Part, tagged=True):
    """The `session.update` event: changes a session that is open. What it leaves out stays as it is.

    One key that the service does not know, and the whole update is refused.
    """

    type: Literal["session.update"] = tag("session.update", "Changes the session that is open.")
    event_id: Maybe[str] = field(
        "A name of yours for this event, at most 512 characters. An error that it causes repeats it; "
        "`session.updated` does not.",
        max_length=512,
        source="OpenAPI f85dbe2 (no bound in the SDK)",
        examples=["greeting-1"],
    )
    session: AnySession = field(
        "What changes, together with the `type` that the session already has. `model` cannot change, nor can "
        "the voice once the model has spoken.",
        required=True,
        examples=[{"type": "realtime", "instructions": "Speak German from now on."}],
    )


class Call(Part):
    """Body of `POST /v1/realtime/calls`: begins a WebRTC call."""

    sdp: str = field(
        "The browser's SDP offer, as text. The answer to it comes back.",
        since="2025-10-02",
        required=True,
    )
    session: Maybe[Tagged[RealtimeSession]] = field(
        "The session that the call opens; a conversation, never a transcription. Leave it out where a client "
        "secret already brings one.",
        since="2025-10-02",
        examples=[{"type": "realtime", "model": "gpt-realtime-2.1"}],
    )
