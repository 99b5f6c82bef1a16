"""Which kind of body a document is, or the one sentence that says why it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.facts.key import BETA_KEYS, LIVE_KEYS
from callsheet.judge.say import either
from callsheet.rules import shape as rules

if TYPE_CHECKING:
    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path

SESSION_KINDS = ("realtime", "transcription")
ENVELOPES = {"client-secret": "session", "session-update": "session", "call": "session"}
"""Kinds that carry a session, and the key they carry it in."""

_SESSION_KEYS = frozenset(
    ("audio", "instructions", "include", "max_output_tokens", "model", "output_modalities", "parallel_tool_calls",
     "prompt", "reasoning", "tool_choice", "tools", "tracing", "truncation")
)  # fmt: skip
_BETA_EVENT = "transcription_session.update"
_FLAT_KEYS = frozenset(BETA_KEYS) - {"temperature"}
"""Keys that only the flat shape has at its top; `temperature` alone makes no flat body."""


class Recognised(NamedTuple):
    """The kind of a body, None where it has none that can be checked, and what is wrong with the body as a whole.

    `opaque` is the key of a part that has been judged as a whole and need not be looked into.
    """

    kind: str | None
    faults: tuple[Fault, ...] = ()
    opaque: str | None = None


def looks_like_session(body: dict[str, Any]) -> bool:
    """Whether a file that nobody named is worth checking: it says its type, or has keys that say enough."""
    kind = body.get("type")
    if isinstance(kind, str) and (kind in SESSION_KINDS or kind in ("session.update", _BETA_EVENT)):
        return True
    if isinstance(kind, str) and kind in ("function", "mcp", "object", "array", "string"):
        return False  # a tool or a JSON Schema, kept in a file of its own
    if isinstance(body.get("session"), dict) and (kind is None or "session" in str(kind)):
        return True
    keys = body.keys()
    return len(keys & (_SESSION_KEYS | _FLAT_KEYS | LIVE_KEYS.keys())) > 1 or any(
        key in keys for key in ("$extends", "$kind", "$partial")
    )


def recognise(body: dict[str, Any], kind: str | None = None) -> Recognised:
    """The kind of a body; `kind` is what the user says it is, and then it is that."""
    found = kind or _kind(body)
    if found is None:
        return _nothing(body)
    key = ENVELOPES.get(found)
    session = body if key is None else body.get(key)
    path: Path = () if key is None else (key,)
    if isinstance(session, dict):
        whole = _other_api(session, path) or _flat(session, path, found if key is None else None)
        if whole is not None:
            return Recognised(found if key else None, (whole,), key)
    return Recognised(found)


def _kind(body: dict[str, Any]) -> str | None:
    kind = body.get("type")
    if kind in SESSION_KINDS:
        return str(kind)
    if "session" in body and "sdp" not in body and isinstance(kind, str):
        return "session-update"
    if kind == "session.update":
        return "session-update"
    if "sdp" in body:
        return "call"
    sessionlike = body.keys() & (_SESSION_KEYS | _FLAT_KEYS | LIVE_KEYS.keys())
    if "session" in body or ("expires_after" in body and not sessionlike):
        return "client-secret"
    if sessionlike:
        return _guess(body)
    return "realtime" if isinstance(kind, str) and _is_misspelt(kind) else None


def _is_misspelt(kind: str) -> bool:
    from callsheet.judge.nearest import nearest

    return nearest(kind, SESSION_KINDS) is not None


def _guess(body: dict[str, Any]) -> str:
    """The likelier kind of a session that does not say: one with nothing but input to transcribe is no talk."""
    audio = body.get("audio")
    only_input = isinstance(audio, dict) and audio.keys() == {"input"} and body.keys() <= {"audio", "include"}
    if (
        only_input
        and isinstance(audio, dict)
        and isinstance(audio["input"], dict)
        and "transcription" in audio["input"]
    ):
        return "transcription"
    return "realtime"


def _nothing(body: dict[str, Any]) -> Recognised:
    return Recognised(
        None,
        (
            rules.NO_SESSION.fault(
                (),
                "nothing here says that this is a session",
                f"start with `type: realtime`; a session has keys such as {either(('model', 'instructions', 'audio'))}"
                if body
                else "start with `type: realtime`",
                "object",
            ),
        ),
    )


def _other_api(session: dict[str, Any], path: Path) -> Fault | None:
    """The one finding for a body that is meant for GPT-Live."""
    from callsheet.facts.model import is_live

    model = session.get("model")
    key = next((name for name in LIVE_KEYS if name in session), None)
    if isinstance(model, str) and model.startswith("gpt-live") and is_live(model):
        key = "model"
    if key is None:
        return None
    return rules.LIVE_SESSION.fault(
        (*path, key),
        "this is a GPT-Live body; GPT-Live is another API (`/v1/live`), and no Realtime session",
        "for the Realtime API take a model such as `gpt-realtime-2.1` and the keys of `callsheet schema realtime`",
        "value" if key == "model" else "key",
    )


def _flat(session: dict[str, Any], path: Path, kind: str | None) -> Fault | None:
    """The one finding for a whole body in the shape of the beta API."""
    kind_said = session.get("type") in SESSION_KINDS or (kind is not None and session.get("type") is not None)
    flat = [key for key in session if key in _FLAT_KEYS]
    if not flat or kind_said or isinstance(session.get("audio"), dict):
        return None
    moved = ", ".join(f"`{key}` → `{BETA_KEYS[key].path}`" for key in flat)
    return rules.BETA_SHAPE.fault(
        (*path, flat[0]),
        "this is the flat shape of the beta API, which was shut down on 2026-05-12",
        f"add `type: realtime` and move {moved}",
        "key",
    )
