"""Which kinds of body there are, and the model of each. A new kind is one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet import models
from callsheet.shape.derive import record

if TYPE_CHECKING:
    from pydantic import BaseModel

    from callsheet.shape.shape import Record

MODELS: dict[str, type[BaseModel]] = {
    "realtime": models.RealtimeSession,
    "transcription": models.TranscriptionSession,
    "client-secret": models.ClientSecret,
    "session-update": models.SessionUpdate,
    "call": models.Call,
}


def shapes() -> dict[str, Record]:
    """The shape of every kind, with its documentation."""
    return {kind: record(model) for kind, model in MODELS.items()}
