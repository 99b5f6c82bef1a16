"""Transcription models: what may stand in `transcription.model`, and which hints each one takes."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


class TranscriptionModel(NamedTuple):
    """One name for `transcription.model`.

    The flags say whether the model takes the field of that name beside it: True, False, or None where the
    sources are silent or contradict each other. `vad_in_transcription` is about sessions of type
    "transcription" alone: as the side transcription of a realtime session, even a model with False works with
    turn detection. `prompt_kind` is how the model reads its prompt, as a list of keywords or as free text.
    `logprobs` is whether it has confidence figures to return, not whether `include` may ask for them.
    `until` and `delisted` are as in `callsheet.facts.model`.
    """

    name: str
    since: str
    source: str
    until: str | None = None
    replacement: str | None = None
    vad_in_transcription: bool | None = None
    prompt: bool | None = None
    prompt_kind: Literal["keywords", "text"] | None = None
    delay: bool | None = None
    keywords: bool | None = None
    languages: bool | None = None
    language: bool | None = None
    logprobs: bool | None = None
    delisted: bool = False

    def listed(self, revision: str | None = None) -> bool:
        """Whether the API lists the name: today, or on the day of a revision."""
        if revision is None:
            return not self.delisted
        gone = self.delisted and self.until is not None and self.until <= revision
        return self.since <= revision and not gone


_HINTS = "delay, keywords, languages: the reference names the models that take them"
_VAD = "turn detection: yes, inferred from the absence of a prohibition"
_NOTICE = "shutdown: openai-python 3.41.0; the deprecations page offers gpt-live-transcribe or gpt-transcribe"

TRANSCRIPTION_MODELS: dict[str, TranscriptionModel] = {
    model.name: model
    for model in (
        TranscriptionModel(
            name="whisper-1",
            since="2025-09-02",
            until="2027-02-26",
            replacement="gpt-live-transcribe",
            vad_in_transcription=True,
            prompt=True,
            prompt_kind="keywords",
            delay=False,
            keywords=False,
            languages=False,
            language=True,
            source=f"older than the GA surface; {_NOTICE}; {_HINTS}; {_VAD}",
        ),
        TranscriptionModel(
            name="gpt-4o-transcribe-latest",
            since="2025-09-02",
            until="2025-10-16",
            delisted=True,
            delay=False,
            keywords=False,
            languages=False,
            source=f"listed by openai-python from 1.103.0 until 2.4.0; {_HINTS}",
        ),
        TranscriptionModel(
            name="gpt-4o-transcribe",
            since="2025-09-02",
            until="2027-02-26",
            replacement="gpt-live-transcribe",
            vad_in_transcription=True,
            prompt=True,
            prompt_kind="text",
            delay=False,
            keywords=False,
            languages=False,
            language=True,
            source=f"older than the GA surface; {_NOTICE}; {_HINTS}; turn detection: the OpenAPI document's "
            "example of a transcription session",
        ),
        TranscriptionModel(
            name="gpt-4o-transcribe-diarize",
            since="2025-10-16",
            until="2027-02-26",
            replacement="gpt-live-transcribe",
            prompt=False,
            delay=False,
            keywords=False,
            languages=False,
            source=f"openai-python 2.4.0, and before that 1.103.0 to 1.106.1; {_NOTICE}; {_HINTS}; prompt: "
            "the reference excludes it",
        ),
        TranscriptionModel(
            name="gpt-4o-mini-transcribe",
            since="2025-09-02",
            until="2027-02-26",
            replacement="gpt-live-transcribe",
            vad_in_transcription=True,
            prompt=True,
            prompt_kind="text",
            delay=False,
            keywords=False,
            languages=False,
            language=True,
            source=f"older than the GA surface; {_NOTICE}; {_HINTS}; {_VAD}",
        ),
        TranscriptionModel(
            name="gpt-4o-mini-transcribe-2025-12-15",
            since="2025-12-19",
            until="2027-02-26",
            replacement="gpt-live-transcribe",
            vad_in_transcription=True,
            prompt=True,
            prompt_kind="text",
            delay=False,
            keywords=False,
            languages=False,
            source=f"openai-python 2.14.0; {_NOTICE}; {_HINTS}; {_VAD}",
        ),
        TranscriptionModel(
            name="gpt-realtime-whisper",
            since="2026-05-07",
            vad_in_transcription=False,
            prompt=False,
            delay=True,
            keywords=False,
            languages=False,
            language=True,
            source="openai-python 2.36.0; reference; turn detection refused in livekit/agents#5779",
        ),
        TranscriptionModel(
            name="gpt-transcribe",
            since="2026-07-28",
            prompt=True,
            delay=False,
            keywords=True,
            languages=True,
            source=f"openai-python 2.50.0; {_HINTS}; prompt: a user's table of what the service took",
        ),
        TranscriptionModel(
            name="gpt-live-transcribe",
            since="2026-07-28",
            vad_in_transcription=False,
            prompt=True,
            prompt_kind="text",
            keywords=True,
            languages=True,
            language=False,
            logprobs=False,
            source="openai-python 2.50.0; transcription guide: languages in place of language, no confidence "
            "scores, no turn detection, which the service refuses as well; delay: the guide sets it, the "
            "reference keeps it for gpt-realtime-whisper",
        ),
    )
}
"""Every transcription model known by name, from the oldest family to the newest."""
