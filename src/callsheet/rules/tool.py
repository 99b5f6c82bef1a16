"""CS4xx: tools and tool choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.rules.rule import At, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

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
)


def _duplicate_names(functions: list[tuple[Path, dict[str, Any]]]) -> Iterator[At]:
    seen: set[str] = set()
    for path, tool in functions:
        name = tool.get("name")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield At((*path, "name"), f"there is a tool `{name}` already", "give each tool a name of its own")
        seen.add(name)


DUPLICATE_TOOL = Rule(
    code="CS404",
    name="duplicate-tool",
    severity="warning",
    summary="Two function tools have the same name.",
    why="The model calls tools by name, and your program cannot tell which of the two was meant. Nobody has shown what "
    "the service does with it, hence a warning.",
    source="inferred: a call names its function by `name` alone",
    kinds=("realtime",),
    check=_duplicate_names,
    bad="type: realtime\ntools: [{type: function, name: dial}, {type: function, name: dial}]\n",
    good="type: realtime\ntools: [{type: function, name: dial}, {type: function, name: hang_up}]\n",
)
