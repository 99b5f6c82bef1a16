"""The days that matter to a profile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from callsheet.facts.model import MODELS
from callsheet.facts.shutdown import BETA_INTERFACE, STORED_PROMPTS
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.redact import mask
from callsheet.shape.kind import FLAT_KINDS
from callsheet.show.view import Date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.facts.model import Model
    from callsheet.facts.transcription_model import TranscriptionModel
    from callsheet.resolved import Resolved


def dates(profile: Resolved) -> Iterator[Date]:
    """The ends of models, of stored prompts and of the beta interface, and the revision."""
    session = profile.session
    if profile.session_kind is not None and profile.target == "openai":
        yield from _end(session.get("model"), MODELS, profile.today)
        yield from _end(_transcriber(session), TRANSCRIPTION_MODELS, profile.today)
        if isinstance(session.get("prompt"), dict):
            yield _day("Stored prompts end, and with them `prompt`", STORED_PROMPTS, profile.today)
        if profile.session_kind in FLAT_KINDS.values():
            yield _day("OpenAI shut down the flat shape of the beta API", BETA_INTERFACE, profile.today)
    if profile.revision is None:
        yield Date("Checked against the API of today, as far as this callsheet knows it")
    else:
        yield Date("Checked against the API as it was", profile.revision)


def _transcriber(session: dict[str, Any]) -> Any:
    found: Any = session.get("input_audio_transcription")
    if found is None:
        found = session
        for key in ("audio", "input", "transcription"):
            found = found.get(key) if isinstance(found, dict) else None
    return found.get("model") if isinstance(found, dict) else None


def _end(name: Any, catalogue: Mapping[str, Model] | Mapping[str, TranscriptionModel], today: str) -> Iterator[Date]:
    if not isinstance(name, str):
        return
    entry = catalogue.get(name)
    if entry is None:
        yield Date(f"Nothing is known of a model `{mask(name)}`")
    elif entry.until is None:
        yield Date(f"No shutdown of {name} is announced")
    else:
        instead = f"; its notice names {entry.replacement}" if entry.replacement else ""
        ended = "was" if entry.until <= today else "will be"
        yield _day(f"{name} {ended} shut down{instead}", entry.until, today)


def _day(what: str, day: str, today: str) -> Date:
    return Date(what, day, (date.fromisoformat(day) - date.fromisoformat(today)).days)
