"""Check OpenAI Realtime session profiles before a caller finds the mistake.

    import callsheet

    callsheet.check({"type": "realtime", "voice": "marin"})      # findings, each with code, message, place
    callsheet.RealtimeSession(model="gpt-realtime-2.1").wire()    # the body as it is sent
    callsheet.load("profiles/concierge.yaml").accept("rtc_123")   # a request; nothing is sent

The names are imported when they are first used: a program that only lints never loads pydantic.
"""

from __future__ import annotations

from callsheet.version import __version__

TYPE_CHECKING = False  # that of `typing`, whose import would be nearly all that importing callsheet costs
if TYPE_CHECKING:
    from typing import Any

    from callsheet.answer import Answer
    from callsheet.diagnostic import Finding
    from callsheet.lint import check
    from callsheet.loaded import Profile, ProfileError, load, profile
    from callsheet.models import (
        ClientSecret,
        RealtimeSession,
        SessionUpdate,
        TranscriptionSession,
        TranslationSession,
    )
    from callsheet.refusal import RefusedError, SendError, UnreachableError
    from callsheet.request import Request, hangup, refer, reject
    from callsheet.sender import send

__all__ = [
    "Answer",
    "ClientSecret",
    "Finding",
    "Profile",
    "ProfileError",
    "RealtimeSession",
    "RefusedError",
    "Request",
    "SendError",
    "SessionUpdate",
    "TranscriptionSession",
    "TranslationSession",
    "UnreachableError",
    "__version__",
    "check",
    "hangup",
    "load",
    "profile",
    "refer",
    "reject",
    "send",
]

_HOMES = {
    "Answer": "callsheet.answer",
    "ClientSecret": "callsheet.models",
    "Finding": "callsheet.diagnostic",
    "Profile": "callsheet.loaded",
    "ProfileError": "callsheet.loaded",
    "RealtimeSession": "callsheet.models",
    "RefusedError": "callsheet.refusal",
    "Request": "callsheet.request",
    "SendError": "callsheet.refusal",
    "SessionUpdate": "callsheet.models",
    "TranscriptionSession": "callsheet.models",
    "TranslationSession": "callsheet.models",
    "UnreachableError": "callsheet.refusal",
    "check": "callsheet.lint",
    "hangup": "callsheet.request",
    "load": "callsheet.loaded",
    "profile": "callsheet.loaded",
    "refer": "callsheet.request",
    "reject": "callsheet.request",
    "send": "callsheet.sender",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'callsheet' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
