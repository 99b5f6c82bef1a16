"""Check OpenAI Realtime session profiles before a caller finds the mistake.

    import callsheet

    callsheet.check({"type": "realtime", "voice": "marin"})      # findings, each with code, message, place
    callsheet.RealtimeSession(model="gpt-realtime-2.1").wire()    # the body as it is sent

The names are imported when they are first used: a program that only lints never loads pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.version import __version__

if TYPE_CHECKING:
    from callsheet.diagnostic import Finding
    from callsheet.lint import check
    from callsheet.models import ClientSecret, RealtimeSession, SessionUpdate, TranscriptionSession

__all__ = [
    "ClientSecret",
    "Finding",
    "RealtimeSession",
    "SessionUpdate",
    "TranscriptionSession",
    "__version__",
    "check",
]

_HOMES = {
    "ClientSecret": "callsheet.models",
    "Finding": "callsheet.diagnostic",
    "RealtimeSession": "callsheet.models",
    "SessionUpdate": "callsheet.models",
    "TranscriptionSession": "callsheet.models",
    "check": "callsheet.lint",
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
