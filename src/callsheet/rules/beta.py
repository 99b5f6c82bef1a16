"""CS319, CS320 and CS607: the flat sessions of the beta API, what they knew and until when."""

from __future__ import annotations

from callsheet.facts.shutdown import BETA_INTERFACE
from callsheet.predicate import Predicate, at, one_of
from callsheet.rules.rule import At, Rule
from callsheet.shape.say import either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_MODELS = (
    "gpt-realtime",
    "gpt-realtime-2025-08-28",
    "gpt-4o-realtime-preview",
    "gpt-4o-realtime-preview-2024-10-01",
    "gpt-4o-realtime-preview-2024-12-17",
    "gpt-4o-realtime-preview-2025-06-03",
    "gpt-4o-mini-realtime-preview",
    "gpt-4o-mini-realtime-preview-2024-12-17",
)
_TRANSCRIBERS = ("gpt-4o-transcribe", "gpt-4o-mini-transcribe", "whisper-1")
_TEXT = Predicate(lambda value: isinstance(value, str), {"type": "string"})
"""Whatever else stands there has been found already."""
_TRANSCRIBER = "input_audio_transcription.model"

BETA_MODEL = Rule(
    code="CS319",
    name="beta-model",
    severity="error",
    summary="A flat beta session names a model that the beta API did not have.",
    why="The list of the beta API was closed, and later models speak today's shape only: the service opens no session for "
    "such a body. On Azure the model goes by the name of its deployment, which may be any.",
    source="openai-python 3.51.0, beta types (unchanged since 2.0.1)",
    kinds=("realtime-beta",),
    targets=("openai",),
    when=at("model", _TEXT & ~one_of(*_MODELS)),
    at="model",
    message="the beta API had no model {model}",
    help=f"write {either(_MODELS)}; a newer model takes today's shape, with `type: realtime`",
    of_parts=True,
    bad="$revision: 2026-05-11\n$kind: realtime-beta\nmodel: gpt-realtime-2\nvoice: alloy\n",
    good="$revision: 2026-05-11\n$kind: realtime-beta\nmodel: gpt-realtime\nvoice: alloy\n",
)
BETA_TRANSCRIBER = Rule(
    code="CS320",
    name="beta-transcription-model",
    severity="error",
    summary="A flat transcription session names a model that the beta API did not have.",
    why="The list of the beta API was closed, and what came after it speaks today's shape only: with such a body nothing "
    "is transcribed. On Azure the model goes by the name of its deployment, which may be any.",
    source="openai-python 3.51.0, beta types (unchanged since 2.0.1)",
    kinds=("transcription-beta",),
    targets=("openai",),
    when=at(_TRANSCRIBER, _TEXT & ~one_of(*_TRANSCRIBERS)),
    at=_TRANSCRIBER,
    message="the beta API had no transcription model {input_audio_transcription.model}",
    help=f"write {either(_TRANSCRIBERS)}; a newer model takes today's shape, with `type: transcription`",
    of_parts=True,
    bad="$revision: 2026-05-11\n$kind: transcription-beta\ninput_audio_transcription: {model: gpt-live-transcribe}\n",
    good="$revision: 2026-05-11\n$kind: transcription-beta\ninput_audio_transcription: {model: gpt-4o-transcribe}\n",
)


def _retired_interface(session: dict[str, Any], as_of: str) -> Iterator[At]:
    if as_of >= BETA_INTERFACE:
        yield At(
            (next(iter(session)),) if session else (),
            f"this is a flat body for the beta API, which OpenAI shut down on {BETA_INTERFACE}",
            "move it to today's shape (`type: realtime` or `type: transcription`); if it runs at a preview endpoint of "
            "Azure, which still speaks the flat one, add `$target: azure-preview`",
            "object",  # no key of it can be dropped to make it right
        )


RETIRED_INTERFACE = Rule(
    code="CS607",
    name="retired-interface",
    severity="warning",
    summary="A body is checked as a flat beta session, and OpenAI's endpoints for these are gone.",
    why="`/v1/realtime/sessions` and `/v1/realtime/transcription_sessions` no longer answer, and a WebSocket that speaks the "
    "flat shape is closed with `beta_api_shape_disabled`. The body may be right for what still speaks it, so this is a "
    "warning.",
    source="OpenAI's deprecations page; observed: close code 4000, beta_api_shape_disabled",
    kinds=("realtime-beta", "transcription-beta"),
    check=_retired_interface,
    of_parts=True,
    bad="$kind: realtime-beta\nmodel: gpt-realtime\nvoice: alloy\n",
    good="$kind: realtime-beta\n$target: azure-preview\nmodel: our-phone-line\nvoice: alloy\n",
)
