"""Tools: the functions that you run, and the MCP servers that OpenAI calls for you."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from callsheet.models.base import Maybe, Part, field, tag


class FunctionTool(Part, tagged=True):
    """A function of your own. The model names it and fills in arguments; your code runs it and answers.

    Unlike in the other APIs these four keys are all there are; `strict` is refused.
    """

    type: Literal["function"] = tag("function", "A function that your code runs.")
    name: str = field(
        "The name by which the model calls it: letters, digits, `_` and `-`, without dots or spaces.",
        required=True,
        pattern="^[a-zA-Z0-9_-]+$",
        source="service: Invalid 'session.tools[0].name' (no pattern in the schemas)",
        examples=["transfer_call"],
    )
    description: Maybe[str] = field(
        "When to call it, and what to tell the caller meanwhile. The model reads this to choose.",
        examples=["Put the caller through to a person. Say that you are connecting them first."],
    )
    parameters: Maybe[dict[str, Any]] = field(
        "The arguments, as a JSON Schema of type `object`. Unset, the function takes none.",
        examples=[{"type": "object", "properties": {"extension": {"type": "string"}}, "required": ["extension"]}],
    )


class McpFilter(Part):
    """Picks some of a server's tools, by name or by whether they only read."""

    read_only: Maybe[bool] = field(
        "Picks by whether the server declares a tool free of side effects (MCP's `readOnlyHint`).",
    )
    tool_names: Maybe[list[str]] = field("Picks these tools by name.", examples=[["find_booking"]])


class McpApproval(Part):
    """Which tools wait for your approval before each call, and which do not."""

    always: Maybe[McpFilter] = field("The tools whose calls wait for your approval.")
    never: Maybe[McpFilter] = field("The tools that are called without asking you.")


class McpTool(Part, tagged=True):
    """A remote MCP server. OpenAI connects to it, lists its tools and calls them; your code does not.

    Where the server is, one of `server_url`, `connector_id` and `tunnel_id` says.
    """

    type: Literal["mcp"] = tag("mcp", "The tools of a remote MCP server.")
    server_label: str = field(
        "Your name for this server. Calls and `tool_choice` refer to it.",
        required=True,
        examples=["bookings"],
    )
    server_url: Maybe[str] = field(
        "Where the server listens. It has to be reachable from OpenAI's side.",
        examples=["https://mcp.example.com/sse"],
    )
    connector_id: Maybe[
        Literal[
            "connector_dropbox",
            "connector_gmail",
            "connector_googlecalendar",
            "connector_googledrive",
            "connector_microsoftteams",
            "connector_outlookcalendar",
            "connector_outlookemail",
            "connector_sharepoint",
        ]
    ] = field(
        "A service that OpenAI connects to itself, in place of a server of yours. Deprecated with models "
        "released after 2026-09-01.",
    )
    tunnel_id: Maybe[str] = field(
        "The tunnel to a server that has no public address: `tunnel_` and 32 lower-case letters or digits.",
        since="2026-06-17",
        bounded="2026-07-15",
        pattern="^tunnel_[a-z0-9]{32}$",
        examples=["tunnel_0123456789abcdefghijklmnopqrstuv"],
    )
    server_description: Maybe[str] = field(
        "What the server is good for, in a sentence that the model reads.",
        examples=["The clinic's appointments: find, book, move, cancel."],
    )
    authorization: Maybe[str] = field(
        "OAuth access token that is presented to the server or the connector. Getting and renewing it is up "
        "to you. A secret: keep it out of browsers and repositories.",
    )
    headers: dict[str, str] | None = field(
        "HTTP headers sent with each request to the server. Often secrets.",
        examples=[{"X-Tenant": "clinic-7"}],
    )
    allowed_tools: list[str] | McpFilter | None = field(
        "The tools that the model gets to see: a list of names, or a filter. Unset, all that the server offers.",
        examples=[["find_booking", "move_booking"], {"read_only": True}],
    )
    allowed_callers: list[Literal["direct", "programmatic"]] | None = field(
        "How the tools may be invoked: `direct` by the model, `programmatic` from code. At least one; the "
        "reference says no more about them.",
        since="2026-07-09",
        bounded="2026-07-15",
        min_length=1,
        examples=[["direct"]],
    )
    require_approval: Literal["always", "never"] | McpApproval | None = field(
        "Whether calls wait until your code approves them: for all tools in a word, or tool by tool. Unset, "
        "every call waits, and the caller with it.",
        default="always",
        examples=["never", {"never": {"read_only": True}}],
    )
    defer_loading: Maybe[bool] = field(
        "Whether the tools stay out of the model's sight until a tool search turns them up.",
        since="2026-03-05",
    )


Tool = Annotated[FunctionTool | McpTool, Field(discriminator="type")]
"""Something that the model may call."""


class ToolChoiceFunction(Part, tagged=True):
    """Makes the model call one function."""

    type: Literal["function"] = tag("function", "Calls a function of `tools`.")
    name: str = field("The function that has to be called.", required=True, examples=["transfer_call"])


class ToolChoiceMcp(Part, tagged=True):
    """Makes the model call one MCP server."""

    type: Literal["mcp"] = tag("mcp", "Calls an MCP server of `tools`.")
    server_label: str = field(
        "The server that has to be called, by its `server_label`.", required=True, examples=["bookings"]
    )
    name: str | None = field(
        "The one tool of that server that has to be called. Unset, any of them.", examples=["find_booking"]
    )


ToolChoice = (
    Literal["none", "auto", "required"] | Annotated[ToolChoiceFunction | ToolChoiceMcp, Field(discriminator="type")]
)
"""Whether the model calls tools: never, as it likes, at least one, or this one."""
