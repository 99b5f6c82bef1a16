"""Facts: what is known about names that the API takes as free text, each with its date and its source.

A fact is data, one entry for each model, transcription model, voice or key that people get wrong. Nothing
here decides anything; rules do. Three habits keep the entries honest:

* A date is an ISO string and compares as text. `since` is the first sighting in a dated source (a release of
  openai-python, a commit of the OpenAPI document, an announcement), not the day on which a server changed.
  Whatever is older than the first release with today's surface carries the date of that release, 2025-09-02.
* What no source says is None, and so is what two sources of equal weight say differently. None is not a no.
* `source` says in a few words where the entry comes from, and which part of it is inferred.

To add a model or a voice, add one entry to its module; the schemas and the suggestions follow from it. When a
model gets a shutdown date, set `until` (and `replacement`, if the notice names one).

The modules import nothing but `named_tuple`: a linter loads them before it has read a single profile.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    class Entry(Protocol):
        """What the names of all catalogues have in common."""

        @property
        def since(self) -> str:
            """The first day on which the API listed the name."""

        def listed(self, revision: str | None = None) -> bool:
            """Whether the API lists the name: today, or on the day of a revision."""


def entries(catalogue: str) -> Mapping[str, Entry]:
    """Everything known of the names of a "model", "transcription-model", "voice" or "beta-voice".

    Raises ValueError for another catalogue.
    """
    if catalogue == "model":
        from callsheet.facts.model import MODELS  # load only what is asked for

        return MODELS
    if catalogue == "transcription-model":
        from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS  # as above

        return TRANSCRIPTION_MODELS
    if catalogue == "voice":
        from callsheet.facts.voice import VOICES  # as above

        return VOICES
    if catalogue == "beta-voice":
        from callsheet.facts.voice import BETA_VOICES  # as above

        return BETA_VOICES
    raise ValueError(f"no catalogue is called {catalogue!r}")


def known(catalogue: str, revision: str | None = None) -> tuple[str, ...]:
    """List the names of a catalogue that the API itself lists.

    With a revision, those that were listed on that day; without, those of today. They come in the order of
    the catalogue. A name stays after its shutdown, as it does in the API's own documents, and leaves only
    when they dropped it. Raises ValueError for an unknown catalogue.
    """
    return tuple(name for name, entry in entries(catalogue).items() if entry.listed(revision))


def dates_of(catalogue: str) -> Iterator[str]:
    """The days on which the API's list of a catalogue changed. Raises ValueError for an unknown catalogue."""
    for entry in entries(catalogue).values():
        if entry.listed(entry.since):
            yield entry.since
        until: str | None = getattr(entry, "until", None)
        if until is not None and getattr(entry, "delisted", False):
            yield until
