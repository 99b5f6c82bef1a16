"""The kinds of body there are: one entry for each."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Kind(NamedTuple):
    """One kind of body: its model in `callsheet.models`, what it is called, and the smallest useful example.

    `carries` is the key in which a body of this kind holds a session, of the kind `holds` unless it says another;
    None where it holds none. `typed` says whether it is a session that names its kind in `type`, `update` whether it
    changes a session that is open.
    """

    name: str
    model: str
    title: str
    example: dict[str, Any]
    carries: str | None = None
    holds: str = "realtime"
    typed: bool = False
    update: bool = False


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="realtime",
            model="RealtimeSession",
            title="Realtime session",
            example={"type": "realtime", "model": "gpt-realtime-2.1", "audio": {"output": {"voice": "marin"}}},
            typed=True,
        ),
        Kind(
            name="transcription",
            model="TranscriptionSession",
            title="Transcription session",
            example={"type": "transcription", "audio": {"input": {"transcription": {"model": "gpt-live-transcribe"}}}},
            typed=True,
        ),
        Kind(
            name="client-secret",
            model="ClientSecret",
            title="Client secret request",
            example={"session": {"type": "realtime", "model": "gpt-realtime-2.1"}},
            carries="session",
        ),
        Kind(
            name="session-update",
            model="SessionUpdate",
            title="Session update event",
            example={"type": "session.update", "session": {"type": "realtime", "instructions": "Be brief."}},
            carries="session",
            update=True,
        ),
        Kind(
            name="call",
            model="Call",
            title="Call request",
            example={"sdp": "v=0\r\n", "session": {"type": "realtime", "model": "gpt-realtime-2.1"}},
            carries="session",
        ),
        Kind(
            name="translation",
            model="TranslationSession",
            title="Translation session",
            example={"model": "gpt-realtime-translate", "audio": {"output": {"language": "es"}}},
        ),
        Kind(
            name="translation-secret",
            model="TranslationSecret",
            title="Client secret request for a translation",
            example={"session": {"model": "gpt-realtime-translate", "audio": {"output": {"language": "es"}}}},
            carries="session",
            holds="translation",
        ),
        Kind(
            name="translation-update",
            model="TranslationUpdate",
            title="Update event of a translation session",
            example={"type": "session.update", "session": {"audio": {"output": {"language": "es"}}}},
            carries="session",
            holds="translation",
            update=True,
        ),
        Kind(
            name="realtime-beta",
            model="BetaSession",
            title="Realtime session in the flat shape of the beta API",
            example={"model": "gpt-realtime", "modalities": ["text", "audio"], "voice": "alloy"},
        ),
        Kind(
            name="transcription-beta",
            model="BetaTranscriptionSession",
            title="Transcription session in the flat shape of the beta API",
            example={"input_audio_format": "pcm16", "input_audio_transcription": {"model": "gpt-4o-transcribe"}},
        ),
        Kind(
            name="refer",
            model="Refer",
            title="Transfer of a call",
            example={"target_uri": "tel:+14155550123"},
        ),
        Kind(
            name="reject",
            model="Reject",
            title="Rejection of a call",
            example={"status_code": 486},
        ),
    )
}

TYPED_KINDS: tuple[str, ...] = tuple(name for name, kind in KINDS.items() if kind.typed)
"""The sessions that name their kind in `type`."""

FLAT_KINDS: dict[str, str] = {"realtime": "realtime-beta", "transcription": "transcription-beta"}
"""What these sessions were in the flat shape of the beta API."""
