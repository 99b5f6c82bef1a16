"""Voices: the built-in names for `audio.output.voice`; a custom voice is an object with an `id`."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple


class Voice(NamedTuple):
    """One built-in voice; `recommended` is OpenAI's own advice for the best quality."""

    name: str
    since: str
    recommended: bool
    source: str

    def listed(self, revision: str | None = None) -> bool:
        """Whether the API lists the voice: today, or on the day of a revision."""
        return revision is None or self.since <= revision


_LISTED = "openai-python 1.103.0; the service's list in its refusal of another name"
_ADVISED = f"{_LISTED}; recommended by the reference since 2025-09-08"

VOICES: dict[str, Voice] = {
    voice.name: voice
    for voice in (
        Voice(name="alloy", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="ash", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="ballad", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="coral", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="echo", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="sage", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="shimmer", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="verse", since="2025-09-02", recommended=False, source=_LISTED),
        Voice(name="marin", since="2025-09-02", recommended=True, source=_ADVISED),
        Voice(name="cedar", since="2025-09-02", recommended=True, source=_ADVISED),
    )
}
"""The ten built-in voices, in the order of the API's own list."""

BETA_VOICES: dict[str, Voice] = {
    name: VOICES[name] for name in ("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse")
}
"""The voices of the flat beta session. Source: openai-python 3.51.0, beta types."""

OTHER_VOICES: tuple[str, ...] = ("fable", "nova", "onyx")
"""Text-to-speech voices that a Realtime session refuses. Source: the service's invalid_value error."""
