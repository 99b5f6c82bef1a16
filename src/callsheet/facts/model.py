"""Speech models: what may stand in `model`, what each can do, and until when."""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


class Model(NamedTuple):
    """One name for `model`.

    `api` is where the model is served: "realtime", "translation" (/realtime/translations), "live" (GPT-Live,
    /live), or "audio" for a Chat Completions model that the Realtime documents list as well. `until` is the
    first day on which it no longer answers; with `delisted` it is the day on which the name left the API's
    lists, and no model of that name is known to have been served. `replacement` is what the notice names,
    which may be on its way out itself. Token figures count the whole window and the longest single answer;
    `input_tokens` is what the window leaves for the conversation, where a source gives a figure of its own.
    """

    name: str
    api: Literal["realtime", "audio", "translation", "live"]
    since: str
    source: str
    until: str | None = None
    replacement: str | None = None
    reasoning: bool | None = None
    parallel_tool_calls: bool | None = None
    context_window: int | None = None
    max_output_tokens: int | None = None
    input_tokens: int | None = None
    delisted: bool = False

    def listed(self, revision: str | None = None) -> bool:
        """Whether the API lists the name for a Realtime session: today, or on the day of a revision."""
        if self.api not in {"realtime", "audio"}:
            return False
        if revision is None:
            return not self.delisted
        gone = self.delisted and self.until is not None and self.until <= revision
        return self.since <= revision and not gone


LIVE_PREFIXES: tuple[str, ...] = ("gpt-live-",)
"""How the names of GPT-Live models begin, which the Realtime API refuses. Source: invalid_model errors."""

NOT_LIVE_PREFIXES: tuple[str, ...] = ("gpt-live-transcribe",)
"""Names that begin alike and are Realtime transcription models. Source: openai-python 2.50.0."""


def is_live(name: str) -> bool:
    """Whether a name is that of a GPT-Live model, known or new, which is another API's."""
    return name.startswith(LIVE_PREFIXES) and not name.startswith(NOT_LIVE_PREFIXES)


_NOT_REASONING = "reasoning and parallel calls: no, inferred from the reference's 'only reasoning models'"
_OF_32K = 28_224
"""Of 32k tokens with answers of 4,096, as the reference has it in its text on truncation."""
_NOTICE = "deprecations page, in a third party's copy"
_SHUTDOWN = "shutdown: openai-python 3.41.0, replacement: deprecations page in a third party's copy"

MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        # names of the first days, never seen served
        Model(
            name="gpt-4o-realtime",
            api="realtime",
            since="2025-09-02",
            until="2025-09-08",
            delisted=True,
            source="openai-python 1.103.0 to 1.106.1 listed it, 1.107.0 does not",
        ),
        Model(
            name="gpt-4o-mini-realtime",
            api="realtime",
            since="2025-09-02",
            until="2025-09-08",
            delisted=True,
            source="openai-python 1.103.0 to 1.106.1 listed it, 1.107.0 does not",
        ),
        # previews, all shut down and all still listed
        Model(
            name="gpt-4o-realtime-preview-2024-10-01",
            api="realtime",
            since="2025-09-02",
            until="2025-10-10",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=128_000,
            max_output_tokens=4_096,
            source=f"older than the GA surface; deprecations page, announced 2025-06-10; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-4o-realtime-preview-2024-12-17",
            api="realtime",
            since="2025-09-02",
            until="2026-05-07",
            replacement="gpt-realtime-1.5",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=128_000,
            max_output_tokens=4_096,
            source=f"older than the GA surface; {_NOTICE}; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-4o-realtime-preview-2025-06-03",
            api="realtime",
            since="2025-09-02",
            until="2026-05-07",
            replacement="gpt-realtime-1.5",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=128_000,
            max_output_tokens=4_096,
            source=f"older than the GA surface; {_NOTICE}; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-4o-realtime-preview",
            api="realtime",
            since="2025-09-02",
            until="2026-05-07",
            replacement="gpt-realtime-1.5",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=128_000,
            max_output_tokens=4_096,
            source=f"older than the GA surface; {_NOTICE}; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-4o-mini-realtime-preview-2024-12-17",
            api="realtime",
            since="2025-09-02",
            until="2026-07-23",
            replacement="gpt-realtime-mini",
            reasoning=False,
            parallel_tool_calls=False,
            max_output_tokens=4_096,
            source="older than the GA surface; deprecations page of 2026-04-22, the row gone a month later; "
            f"window: 16,000 on its page, 128,000 elsewhere; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-4o-mini-realtime-preview",
            api="realtime",
            since="2025-09-02",
            until="2026-05-07",
            replacement="gpt-realtime-mini",
            reasoning=False,
            parallel_tool_calls=False,
            max_output_tokens=4_096,
            source=f"older than the GA surface; {_NOTICE}; window: 16,000 on its page, 128,000 elsewhere; "
            f"{_NOT_REASONING}",
        ),
        # the first generation
        Model(
            name="gpt-realtime-2025-08-28",
            api="realtime",
            since="2025-08-28",
            until="2027-01-20",
            replacement="gpt-realtime-2.1",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=32_000,
            max_output_tokens=4_096,
            input_tokens=_OF_32K,
            source=f"GA announcement, openai-python 1.105.0; {_SHUTDOWN}; tokens: cookbook, reference on "
            f"truncation; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-realtime",
            api="realtime",
            since="2025-08-28",
            until="2027-01-20",
            replacement="gpt-realtime-2.1",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=32_000,
            max_output_tokens=4_096,
            input_tokens=_OF_32K,
            source=f"GA announcement, openai-python 1.105.0; {_SHUTDOWN}; tokens: cookbook, reference on "
            f"truncation; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-realtime-mini-2025-10-06",
            api="realtime",
            since="2025-10-06",
            until="2026-07-23",
            replacement="gpt-realtime-mini",
            reasoning=False,
            parallel_tool_calls=False,
            source=f"openai-python 2.2.0; deprecations page of 2026-04-22; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-realtime-mini-2025-12-15",
            api="realtime",
            since="2025-12-19",
            until="2027-01-20",
            replacement="gpt-realtime-2.1-mini",
            reasoning=False,
            parallel_tool_calls=False,
            source=f"openai-python 2.14.0; {_SHUTDOWN}; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-realtime-mini",
            api="realtime",
            since="2025-10-06",
            until="2027-01-20",
            replacement="gpt-realtime-2.1-mini",
            reasoning=False,
            parallel_tool_calls=False,
            max_output_tokens=4_096,
            source=f"openai-python 2.2.0; {_SHUTDOWN}; window: 32k in one source, 128k in another; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-realtime-1.5",
            api="realtime",
            since="2026-02-24",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=32_000,
            max_output_tokens=4_096,
            input_tokens=_OF_32K,
            source=f"openai-python 2.23.0; tokens: model page; {_NOT_REASONING}",
        ),
        # reasoning models
        Model(
            name="gpt-realtime-2",
            api="realtime",
            since="2026-05-07",
            reasoning=True,
            parallel_tool_calls=True,
            context_window=128_000,
            max_output_tokens=32_000,
            source="openai-python 2.36.0; model page (Azure's says a window of 256,000)",
        ),
        Model(
            name="gpt-realtime-2.1-mini",
            api="realtime",
            since="2026-07-09",
            reasoning=True,
            parallel_tool_calls=True,
            context_window=128_000,
            max_output_tokens=32_000,
            source="openai-python 2.45.0; model page; parallel calls: inferred, as it is a reasoning model",
        ),
        Model(
            name="gpt-realtime-2.1",
            api="realtime",
            since="2026-07-09",
            reasoning=True,
            parallel_tool_calls=True,
            context_window=128_000,
            max_output_tokens=32_000,
            source="openai-python 2.45.0; model page",
        ),
        # Chat Completions models in the Realtime list
        Model(
            name="gpt-audio-mini-2025-10-06",
            api="audio",
            since="2025-10-06",
            until="2026-07-23",
            replacement="gpt-audio-1.5",
            reasoning=False,
            parallel_tool_calls=False,
            source=f"openai-python 2.2.0; deprecations page of 2026-04-22, at first with gpt-audio; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-audio-mini-2025-12-15",
            api="audio",
            since="2025-12-19",
            until="2027-01-20",
            replacement="gpt-audio-1.5",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=128_000,
            max_output_tokens=16_384,
            source=f"openai-python 2.14.0; {_SHUTDOWN}; page of gpt-audio-mini: not on v1/realtime; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-audio-mini",
            api="audio",
            since="2025-10-06",
            until="2027-01-20",
            replacement="gpt-audio-1.5",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=128_000,
            max_output_tokens=16_384,
            source=f"openai-python 2.2.0; {_SHUTDOWN}; model page: not on v1/realtime; {_NOT_REASONING}",
        ),
        Model(
            name="gpt-audio-1.5",
            api="audio",
            since="2026-02-24",
            reasoning=False,
            parallel_tool_calls=False,
            context_window=128_000,
            max_output_tokens=16_384,
            source=f"openai-python 2.23.0; model page, which speaks of Chat Completions; {_NOT_REASONING}",
        ),
        # other APIs, in no list for Realtime sessions
        Model(
            name="gpt-realtime-translate",
            api="translation",
            since="2026-05-07",
            reasoning=False,
            context_window=16_000,
            max_output_tokens=2_000,
            source="translation guide of 2026-05-07; model page; reasoning: no, inferred; it takes no tools",
        ),
        Model(
            name="gpt-live-1",
            api="live",
            since="2026-09-10",
            source="OpenAI's announcement of its API; the Realtime service answers invalid_model to it",
        ),
    )
}
"""Every model known by name, from the oldest to the newest within each group."""

OTHER_MODELS: tuple[str, ...] = (
    "chatgpt-4o-latest",
    "gpt-3.5-turbo",
    "gpt-4",
    "gpt-4-turbo",
    "gpt-4.1",
    "gpt-4.1-mini",
    "gpt-4.1-nano",
    "gpt-4o",
    "gpt-4o-audio-preview",
    "gpt-4o-mini",
    "gpt-4o-mini-audio-preview",
    "gpt-4o-mini-tts",
    "gpt-5",
    "gpt-5-chat-latest",
    "gpt-5-mini",
    "gpt-5-nano",
    "gpt-5-pro",
    "gpt-5.1",
    "gpt-5.2",
    "gpt-6",
    "gpt-6-astra",
    "gpt-6-luna",
    "gpt-6-sol",
    "gpt-6-terra",
    "o1",
    "o3",
    "tts-1",
    "tts-1-hd",
)
"""Names of models that belong to Chat Completions, Responses or text to speech, and are in no list for Realtime.

Source: the service's `Model "…" is not supported in realtime mode`, seen for gpt-6-luna, whisper-1 and others.
"""

OTHER_PREFIXES: tuple[str, ...] = (
    "gpt-3.5-", "gpt-4-", "gpt-4.1-", "gpt-4.5", "gpt-5-", "gpt-5.", "gpt-6-", "gpt-6.",
    "o1-", "o3-", "o4-", "tts-1-",
)  # fmt: skip
"""How the names of such models begin, whichever comes next.

Source: the service's invalid_model, seen for gpt-6-luna; that it holds for the whole family is inferred.
"""


def is_other(name: str) -> bool:
    """Whether a name is that of a model of another API, known or new."""
    if name in OTHER_MODELS:
        return True
    return name.startswith(OTHER_PREFIXES) and "realtime" not in name and "transcribe" not in name
