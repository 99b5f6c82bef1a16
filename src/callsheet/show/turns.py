"""Turn detection in words: how the service notices that the caller begins and stops to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from callsheet.setting import Setting

_PLACES = {
    "realtime": ("audio", "input", "turn_detection"),
    "transcription": ("audio", "input", "turn_detection"),
    "realtime-beta": ("turn_detection",),
    "transcription-beta": ("turn_detection",),
}
"""Where sessions that have turns say how they are noticed."""
_TRANSCRIBER = ("audio", "input", "transcription", "model")
_WAITS = {"low": 8, "medium": 4, "auto": 4, "high": 2}
"""The seconds that `semantic_vad` waits at most. Source: API reference on eagerness."""

_UNTOLD = "It cannot be told from what is written here."


def turns(kind: str, settings: Sequence[Setting]) -> str | None:
    """The sentences for a session of a kind, from its settings; None for one that has no turns."""
    if kind not in _PLACES:
        return None
    place = _PLACES[kind]
    answers = kind.startswith("realtime")
    whole = next((setting for setting in settings if setting.path == place), None)
    if whole is None:
        parts = {str(setting.path[-1]): setting for setting in settings if setting.path[: len(place)] == place}
        return _said(parts, answers=answers)
    if not whole.is_set:
        return _unset(settings)
    if whole.value is None:
        then = " and asks for the answer (`response.create`)" if answers else ""
        return f"Off. Your code says where a turn ends (`input_audio_buffer.commit`){then}."
    return _UNTOLD


def _unset(settings: Sequence[Setting]) -> str:
    """What happens in a session that only transcribes where nothing is said."""
    name = next((setting.value for setting in settings if setting.path == _TRANSCRIBER), None)
    model = TRANSCRIPTION_MODELS.get(name) if isinstance(name, str) else None
    if model is not None and model.vad_in_transcription is False:
        return f"Off: {model.name} takes none in a transcription session, and writes as it hears."
    return "Nothing is set, and no source says what the service does then in this kind of session."


def _said(parts: Mapping[str, Setting], *, answers: bool) -> str:
    told = {key: setting.value for key, setting in parts.items()}
    kind = told.get("type") or "server_vad"
    if not parts or kind not in ("server_vad", "semantic_vad"):
        return _UNTOLD
    sentences: list[str] = []
    if not any(setting.is_set for setting in parts.values()):
        sentences.append("Nothing is set, so the service uses `server_vad`.")
    if kind == "server_vad":
        sentences += _by_loudness(told, is_set="silence_duration_ms" in parts and parts["silence_duration_ms"].is_set)
    else:
        eagerness = told.get("eagerness")
        wait = _WAITS.get(eagerness) if isinstance(eagerness, str) else None
        longest = f", and waits {wait} s at most (eagerness {eagerness})" if wait else ""
        sentences.append(f"The service judges by meaning whether the caller has finished{longest}.")
    if answers:
        creates, interrupts = told.get("create_response") is not False, told.get("interrupt_response") is not False
        sentences.append(_answering(creates=creates, interrupts=interrupts))
    if kind == "server_vad" and told.get("idle_timeout_ms") is not None:
        sentences.append(f"After {_time(told['idle_timeout_ms'])} without a word the model speaks up by itself.")
    return " ".join(sentences)


def _by_loudness(told: Mapping[str, Any], *, is_set: bool) -> Iterator[str]:
    note = "" if is_set else " (by the reference; the live service says 200 ms)"
    yield f"A turn ends after {_time(told.get('silence_duration_ms'))} of silence{note}."
    kept = _time(told.get("prefix_padding_ms"))
    yield f"Sound above a loudness of {told.get('threshold')} (0 to 1) is speech; {kept} from before it are kept."


def _answering(*, creates: bool, interrupts: bool) -> str:
    if creates and interrupts:
        return "The model then answers by itself, and the caller can interrupt it."
    if creates:
        return "The model then answers by itself, and the caller cannot interrupt it."
    if interrupts:
        return "Your code then asks for the answer (`response.create`), and the caller can interrupt it."
    return "The model never answers by itself, and the caller cannot interrupt it: your code does both."


def _time(milliseconds: Any) -> str:
    """A time as people say it."""
    if not isinstance(milliseconds, (int, float)) or isinstance(milliseconds, bool):
        return "an unknown time"
    if milliseconds >= 1000:  # noqa: PLR2004 - a second
        return f"{milliseconds / 1000:g} s"
    return f"{milliseconds:g} ms"
