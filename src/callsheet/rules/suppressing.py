"""CS0xx as well: comments that are to answer a finding, and do not."""

from __future__ import annotations

from callsheet.rules.rule import Rule

_OWN = "callsheet's profile format"

UNUSED_SUPPRESSION = Rule(
    code="CS022",
    name="unused-suppression",
    severity="warning",
    summary="A comment that ignores a rule where the rule finds nothing.",
    why="The fault it was written for is gone, or it stands on another line. Left there, it would hide the next one. "
    "That it does harm is not proven.",
    source=_OWN,
    bad="type: realtime\nmodel: gpt-realtime-2.1  # callsheet: ignore[CS601] not released yet\n",
    good="type: realtime\nmodel: gpt-realtime-9  # callsheet: ignore[CS601] not released yet\n",
)
UNCLEAR_SUPPRESSION = Rule(
    code="CS023",
    name="unclear-suppression",
    severity="warning",
    summary="A comment that is to ignore a rule and does not say which, or names none that there is.",
    why="It ignores nothing: what it was written for is reported all the same. There is no comment that ignores "
    "everything, because it would hide what nobody has seen yet. That it does harm is not proven.",
    source=_OWN,
    bad="type: realtime\nmodel: gpt-realtime-2.1  # callsheet: ignore\n",
    good="type: realtime\nmodel: gpt-realtime-9  # callsheet: ignore[unknown-model]\n",
)
