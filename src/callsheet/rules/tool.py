"""CS4xx: tools and tool choice."""

from __future__ import annotations

from callsheet.rules.rule import Rule

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
