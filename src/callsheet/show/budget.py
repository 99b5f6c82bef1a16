"""How a session uses the context of its model."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from callsheet.facts.model import MODELS
from callsheet.show.view import Budget, Part

if TYPE_CHECKING:
    from callsheet.facts.model import Model
    from callsheet.resolved import Resolved

_LETTERS = 4
"""Characters of English, or of JSON, that make a token, as the tokenizer's documentation puts it."""
_OTHER_LETTERS = 2
"""Characters of other alphabets that make one: their words are rarer in what the tokenizer was made from."""


def budget(profile: Resolved) -> Budget | str:
    """The context of a session, or the sentence that says why none can be drawn."""
    session = profile.session
    if profile.is_update:
        return "An update changes what it names; the rest of the session stays as it is and is not known here."
    if profile.session_kind not in ("realtime", "realtime-beta"):
        return "Only a conversation fills a context; this session holds none."
    name = session.get("model")
    if not isinstance(name, str):
        return "No model is named here, so the size of its context is not known."
    if profile.target != "openai":
        return "On Azure, `model` names a deployment; the size of its context is not known here."
    model = MODELS.get(name)
    if model is None or model.context_window is None or model.max_output_tokens is None:
        known = (
            f" One answer has {model.max_output_tokens:,} tokens at most." if model and model.max_output_tokens else ""
        )
        why = "nothing is known of it here" if model is None else "the sources do not agree, or say nothing"
        return f"The size of the context of this model is not known: {why}.{known}"
    return _drawn(model, session, model.context_window, model.max_output_tokens)


def _drawn(model: Model, session: dict[str, Any], window: int, longest: int) -> Budget:
    """The parts of a window, from what is always there to what is kept free."""
    instructions = estimated(session.get("instructions"))
    tools = sum(estimated(tool) for tool in _tools(session))
    left = max(0, window - longest - instructions - tools)
    notes = list(_not_counted(session))
    limit, ratio, sentence = _truncation(session, left)
    notes.append(sentence)
    kept = None if ratio is None else round(limit * min(1.0, max(0.0, ratio)))
    parts = [
        Part("instructions", "Instructions", instructions, is_estimate=True),
        Part("tools", "Tools", tools, is_estimate=True),
        Part("kept", "Conversation, kept after a cut", kept or 0),
        Part("conversation", "Conversation" if kept is None else "Conversation, up to the cut", limit - (kept or 0)),
        Part("unused", "Not used", left - limit),
        Part("answer", "Kept free for the longest answer", longest),
    ]
    over = instructions + tools + longest - window
    if over > 0:
        notes.insert(
            0, f"By this estimate, instructions and tools are about {over:,} tokens more than there is room for."
        )
    asked = session.get("max_output_tokens", session.get("max_response_output_tokens"))
    if isinstance(asked, int) and 0 < asked < longest:
        notes.append(
            f"An answer ends at {asked:,} tokens already (`max_output_tokens`); the model could give {longest:,}."
        )
    if model.input_tokens is not None:
        notes.append(
            f"The reference counts {model.input_tokens:,} tokens beside the answer; "
            f"drawn is the window less the answer, {window - longest:,}."
        )
    return Budget(model.name, window, tuple(part for part in parts if part.tokens > 0), tuple(notes))


def _truncation(session: dict[str, Any], left: int) -> tuple[int, float | None, str]:
    """The most tokens that the conversation holds, the share kept when it gets there, and what happens then."""
    truncation = session.get("truncation", "auto")
    if truncation == "disabled":
        return left, None, "Nothing is dropped: when the context is full, the service answers with an error."
    ratio = truncation.get("retention_ratio") if isinstance(truncation, dict) else None
    if not isinstance(truncation, dict) or not isinstance(ratio, (int, float)) or isinstance(ratio, bool):
        return left, None, "When the context is full, the oldest part of the conversation is dropped, bit by bit."
    limits = truncation.get("token_limits")
    own = limits.get("post_instructions") if isinstance(limits, dict) else None
    has_own = isinstance(own, (int, float)) and not isinstance(own, bool)
    limit = max(0, min(int(own), left)) if has_own else left  # type: ignore[arg-type]  # mypy does not follow has_own
    where = f"At {limit:,} tokens" + (" (`post_instructions`)" if has_own and own == limit else "")
    return limit, ratio, f"{where} the conversation is cut to {ratio:.0%} of that; the oldest part goes."


def _not_counted(session: dict[str, Any]) -> list[str]:
    """What fills the context and is not here to be counted."""
    tools = _tools(session)
    missing = []
    if isinstance(session.get("prompt"), dict):
        missing.append("the stored prompt, whose text is at OpenAI")
    if "instructions" not in session:
        missing.append("the service's own instructions")
    elif not isinstance(session["instructions"], str):
        missing.append("the instructions, which come from elsewhere")
    if any(isinstance(tool, dict) and tool.get("type") == "mcp" for tool in tools):
        missing.append("the tools that MCP servers list when the session begins")
    return [f"Not counted: {'; '.join(missing)}."] if missing else []


def _tools(session: dict[str, Any]) -> list[Any]:
    tools = session.get("tools")
    return tools if isinstance(tools, list) else []


def estimated(value: Any) -> int:
    """About how many tokens a text takes, or a tool as JSON.

    One for every four letters of English, two of other alphabets, and for each character of Chinese, Japanese or
    Korean. Good to a fifth or so, which is enough for a drawing.
    """
    match value:
        case str():
            text = value
        case dict() if value.get("type") == "mcp" or "$env" in value or "$file" in value:
            return 0  # the model sees what the server lists, not what is written here
        case dict():
            text = json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return 0
    plain = wide = 0
    for character in text:
        if character.isascii():
            plain += 1
        elif unicodedata.east_asian_width(character) in "WF":
            wide += 1
    other = len(text) - plain - wide
    return -(-plain // _LETTERS) + -(-other // _OTHER_LETTERS) + wide
