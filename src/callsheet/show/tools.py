"""The tools of a session, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.setting import Spot
from callsheet.show.view import Tool
from callsheet.source.secret import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.resolved import Resolved
    from callsheet.source.node import Node


def tools(profile: Resolved) -> list[Tool]:
    """Every tool of a session, in order."""
    listed = profile.session.get("tools")
    node = profile.session_node
    node = node and node.child("tools")
    if not isinstance(listed, list):
        return []
    return [_tool(masked(tool), node and node.child(index)) for index, tool in enumerate(listed)]


def tool_choice(profile: Resolved) -> str | None:
    """Which tools the model calls, in a sentence; None where there are none."""
    session = masked(profile.session)
    if not session.get("tools"):
        return None
    match session.get("tool_choice", "auto"):
        case "auto":
            return "The model calls tools as it sees fit."
        case "none":
            return "The model calls no tool (`tool_choice: none`)."
        case "required":
            return "Every answer calls a tool (`tool_choice: required`)."
        case {"type": "function", "name": str(name)}:
            return f"Every answer calls `{name}`."
        case {"type": "mcp", "server_label": str(label), **rest}:
            called = f"`{rest['name']}`" if rest.get("name") else "a tool"
            return f"Every answer calls {called} of `{label}`."
    return None


def _tool(tool: Any, node: Node | None) -> Tool:
    spot = None if node is None else Spot(node.text.path, node.text.location(node.start).line)
    if not isinstance(tool, dict):
        return Tool("(no tool)", "unknown", "", None, None, (), spot)
    if tool.get("type") == "mcp" or "server_label" in tool:
        return Tool(
            _text(tool.get("server_label")), "mcp", _text(tool.get("server_description"), ""), None, None,
            tuple(_server(tool)), spot,
        )  # fmt: skip
    parameters = tool.get("parameters")
    properties = parameters.get("properties") if isinstance(parameters, dict) else None
    required = parameters.get("required") if isinstance(parameters, dict) else None
    count = len(properties) if isinstance(properties, dict) else 0
    needed = len(required) if isinstance(required, list) else 0
    return Tool(_text(tool.get("name")), "function", _text(tool.get("description"), ""), count, needed, (), spot)


def _server(tool: dict[str, Any]) -> Iterator[str]:
    """What is to be known of an MCP server: where it is, what is allowed, what waits for a yes, how it knows you."""
    for key, what in (("server_url", "at"), ("connector_id", "the connector"), ("tunnel_id", "through the tunnel")):
        if isinstance(tool.get(key), str):
            yield f"Reached {what} {tool[key]}."
    allowed = tool.get("allowed_tools")
    yield "All its tools are allowed." if allowed is None else f"Allowed: {_filter(allowed)}."
    yield _approval(tool.get("require_approval"))
    if tool.get("defer_loading") is True:
        yield "Its tools show only when the model searches for them."
    credential = tool.get("authorization")
    if isinstance(credential, str):
        known = f"comes from {credential}" if credential.startswith("$") else "stands in the profile and is not shown"
        yield f"Its access token {known}."
    headers = tool.get("headers")
    if isinstance(headers, dict) and headers:
        yield f"Sent with each request, values not shown: {', '.join(map(str, headers))}."


def _approval(asked: Any) -> str:
    match asked:
        case "never":
            return "No call waits for approval."
        case None | "always":
            return "Every call waits for approval" + ("." if asked else ", which is the default.")
        case dict():
            waits = {key: _filter(asked[key]) for key in ("never", "always") if isinstance(asked.get(key), dict)}
            said = []
            if "never" in waits:
                said.append(f"without asking {waits['never']}")
            if "always" in waits:
                said.append(f"after approval {waits['always']}")
            return f"Called {'; '.join(said)}." if said else "Every call waits for approval."
    return "Which calls wait for approval cannot be told; see the findings."


def _filter(chosen: Any) -> str:
    """The tools that a list or a filter picks."""
    if isinstance(chosen, list):
        return ", ".join(map(str, chosen)) or "none"
    if not isinstance(chosen, dict):
        return "not to be told; see the findings"
    parts = []
    names = chosen.get("tool_names")
    if isinstance(names, list):
        parts.append(", ".join(map(str, names)) or "none")
    if isinstance(chosen.get("read_only"), bool):
        parts.append("those that only read" if chosen["read_only"] else "those that change something")
    return " and of these ".join(parts) or "all"


def _text(value: Any, otherwise: str = "(no name)") -> str:
    return value if isinstance(value, str) and value else otherwise
