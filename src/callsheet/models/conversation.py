"""The conversation: how much of it is kept, what is recorded of it, how hard the model thinks."""

from __future__ import annotations

from typing import Any, Literal

from callsheet.models.audio import REALTIME_2
from callsheet.models.base import Integer, Maybe, Part, Tagged, field, tag

LIMITS = "2025-11-03"
"""openai-python 2.7.0: limits of one's own came back, in an object."""


class TokenLimits(Part):
    """Limits of your own, below those of the model."""

    post_instructions: Maybe[Integer] = field(
        "Tokens that the conversation may hold beside instructions and tools before its oldest part is "
        "dropped. Cannot exceed the context window less the longest answer; unset, that is the limit.",
        since=LIMITS,
        ge=0,
        examples=[8000],
    )


class RetentionRatio(Part, tagged=True):
    """Drops more than it must when the conversation is full, so that it happens less often.

    Each drop costs the prompt cache, so fewer and larger ones make a long call cheaper.
    """

    type: Literal["retention_ratio"] = tag("retention_ratio", "Keeps a share of a full conversation.")
    retention_ratio: float = field(
        "The share of the limit that is kept when it is reached, from 0 to 1. With 0.8 the oldest fifth goes.",
        required=True,
        ge=0,
        le=1,
        examples=[0.8],
    )
    token_limits: Maybe[TokenLimits] = field(
        "A lower limit at which to drop. Unset, the model's own counts.",
        since=LIMITS,
        examples=[{"post_instructions": 8000}],
    )


Truncation = Literal["auto", "disabled"] | Tagged[RetentionRatio]
"""What happens when the conversation outgrows the model's context."""


class TracingConfiguration(Part):
    """How a trace is labelled."""

    workflow_name: Maybe[str] = field(
        "The trace's name in the dashboard. Unset, the service picks one.", examples=["front-desk"]
    )
    group_id: Maybe[str] = field(
        "Ties traces together, so that the dashboard can filter by it; one per call centre, say.",
        examples=["clinic-7"],
    )
    metadata: Maybe[dict[str, Any]] = field(
        "Whatever else the dashboard shall filter by.", examples=[{"line": "reception"}]
    )


Tracing = Literal["auto"] | TracingConfiguration
"""A trace with the service's labels, or with yours."""


class Reasoning(Part):
    """How hard a reasoning model thinks. Others are not meant to get this."""

    effort: Maybe[Literal["minimal", "low", "medium", "high", "xhigh"]] = field(
        "How much the model thinks before it speaks. More is more careful, and a longer silence on the line.",
        since=REALTIME_2,
        default="low",
    )
