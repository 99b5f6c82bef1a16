"""What can only be wrong once a request is made: lint looks at no environment and asks no service."""

from __future__ import annotations

from callsheet.rules.rule import Rule

UNSET_VARIABLE = Rule(
    code="CS505",
    name="unset-variable",
    severity="error",
    summary="A variable of the environment that a request needs and that is not set.",
    why="`{$env: NAME}` is looked up when a request is made. Without the value the service would get a request that lacks "
    "a credential, so no request is made.",
    source="callsheet's profile format, `$env`",
    bad="type: realtime\ntools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  authorization: {$env: CMR_TOKEN}\n",
    good="type: realtime\ntools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  authorization: {$env: CRM_TOKEN}\n",
    outside=True,
)

REFUSED = Rule(
    code="CS119",
    name="refused-by-api",
    severity="error",
    summary="The service itself refused a setting when the request was sent.",
    why="The service has the last word. Its own message is shown at the line of the setting that it names.",
    source="the `param`, `code` and `message` of the API's errors",
    bad="type: realtime\naudio: {output: {voice: {id: voice_of_another_account}}}\n",
    good="type: realtime\naudio: {output: {voice: marin}}\n",
    outside=True,
)
