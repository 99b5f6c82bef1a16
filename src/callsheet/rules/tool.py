"""CS4xx: tools and tool choice."""

from __future__ import annotations

from callsheet.nearest import nearest
from callsheet.patch import Fix, Put
from callsheet.rules.rule import At, Rule
from callsheet.shape.say import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.pointer import Path

NESTED_TOOL = Rule(
    code="CS401",
    name="nested-tool",
    severity="error",
    summary="A tool in the nested form of Chat Completions.",
    why="Realtime takes the flat form: name, description and parameters stand beside `type`.",
    source="observed: `Missing required parameter: 'session.tools[0].name'`, refused nested tools in five public threads",
    bad="type: realtime\ntools: [{type: function, function: {name: dial, parameters: {type: object}}}]\n",
    good="type: realtime\ntools: [{type: function, name: dial, parameters: {type: object}}]\n",
    fixed="type: realtime\ntools: [{type: function, name: dial, parameters: {type: object}}]\n",
)
NESTED_CHOICE = Rule(
    code="CS402",
    name="nested-tool-choice",
    severity="error",
    summary="A `tool_choice` in the nested form of Chat Completions.",
    why="Realtime takes the flat form `{type: function, name: …}`.",
    source="observed: `Missing required parameter: 'session.tool_choice.name'`",
    bad="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, function: {name: dial}}\n",
    good="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dial}\n",
    fixed="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dial}\n",
)
EXTRA_TOOL_KEY = Rule(
    code="CS403",
    name="extra-tool-key",
    severity="error",
    summary="A key that other APIs take in a function tool and this one does not.",
    why="A function tool has type, name, description and parameters. `strict` and `meta` are refused, and the whole "
    "body with them.",
    source="observed: `Unknown parameter: 'session.tools[0].strict'.`",
    bad="type: realtime\ntools: [{type: function, name: dial, strict: true}]\n",
    good="type: realtime\ntools: [{type: function, name: dial}]\n",
    fixed="type: realtime\ntools: [{type: function, name: dial}]\n",
)


def _duplicate_names(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    seen: set[str] = set()
    for path, tool in functions:
        name = tool.get("name")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield At((*path, "name"), f"there is a tool {shown(name)} already", "give each tool a name of its own")
        seen.add(name)


DUPLICATE_TOOL = Rule(
    code="CS404",
    name="duplicate-tool",
    severity="warning",
    summary="Two function tools have the same name.",
    why="The model calls tools by name, and your program cannot tell which of the two was meant. Nobody has shown what "
    "the service does with it, hence a warning.",
    source="inferred: a call names its function by `name` alone",
    kinds=("realtime", "realtime-beta"),
    targets=(),
    check=_duplicate_names,
    of_parts=True,
    bad="type: realtime\ntools: [{type: function, name: dial}, {type: function, name: dial}]\n",
    good="type: realtime\ntools: [{type: function, name: dial}, {type: function, name: hang_up}]\n",
)

_LONGEST_NAME = 64


def _long_names(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    for path, tool in functions:
        name = tool.get("name")
        if isinstance(name, str) and len(name) > _LONGEST_NAME:
            yield At(
                (*path, "name"),
                f"{shown(name)} has {len(name)} characters; a tool's name may have {_LONGEST_NAME}",
                f"shorten it by {len(name) - _LONGEST_NAME}, or the service may refuse the whole body",
            )


LONG_TOOL_NAME = Rule(
    code="CS405",
    name="long-tool-name",
    severity="warning",
    summary=f"A function's name is longer than {_LONGEST_NAME} characters.",
    why="Azure documents 64 characters. For OpenAI's own endpoint it is not proven, hence a warning. "
    "Names that a program puts together from a server and a tool get this long.",
    source="Azure's documentation of function tools; openclaw/openclaw#89175",
    kinds=("realtime", "realtime-beta"),
    targets=(),
    check=_long_names,
    of_parts=True,
    bad=f"type: realtime\ntools: [{{type: function, name: {'find_the_customer_' * 4}}}]\n",
    good="type: realtime\ntools: [{type: function, name: find_the_customer}]\n",
)


def _no_such_tool(
    session: dict[str, Any], tools: list[tuple[Path, dict[str, Any]]], tool_choice: str | dict[str, Any]
) -> Iterator[At]:
    if isinstance(tool_choice, str) or not tools or len(tools) != len(session["tools"]):
        return  # `tools: []` goes with any choice, and a tool from elsewhere may have any name
    kind = tool_choice.get("type")
    if kind not in ("function", "mcp") or any(tool.get("type") not in ("function", "mcp") for _, tool in tools):
        return  # what such a tool is called cannot be told until its shape is right
    key, what = ("name", "function") if kind == "function" else ("server_label", "MCP server")
    wanted = tool_choice.get(key)
    names = [tool.get(key) for _, tool in tools if tool.get("type") == kind]
    known = [name for name in names if isinstance(name, str) and (kind == "mcp" or _takes_name(name))]
    if not isinstance(wanted, str) or wanted in names or len(known) != len(names):
        return
    fix = None
    if not known:
        help_ = f"add the {what} to `tools`, or write `tool_choice: auto`"
    elif guess := nearest(wanted, known):
        help_ = f"write {shown(guess)}"
        fix = Fix(help_, (Put(("tool_choice", key), guess),), "unsafe")
    else:
        help_ = f"`tools` has {', '.join(map(shown, known))}; `tool_choice: auto` lets the model choose"
    yield At(("tool_choice", key), f"`tools` has no {what} called {shown(wanted)}", help_, fix=fix)


def _takes_name(name: str) -> bool:
    """Whether the service takes this name for a function."""
    return bool(name) and all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in name)


UNKNOWN_CHOICE = Rule(
    code="CS410",
    name="unknown-tool-choice",
    severity="warning",
    summary="`tool_choice` names a function or an MCP server that is not in `tools`.",
    why="The model is told to call what it does not have. The service takes an empty list of tools with any choice; what "
    "it does with a wrong name is not proven, hence a warning. An update without `tools` is not checked: the session "
    "may have them already.",
    source="inferred; recorded: `tools: []` with any `tool_choice` is accepted",
    kinds=("realtime",),
    check=_no_such_tool,
    bad="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dail}\n",
    good="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dial}\n",
    fixed="type: realtime\ntools: [{type: function, name: dial}]\ntool_choice: {type: function, name: dial}\n",
)
