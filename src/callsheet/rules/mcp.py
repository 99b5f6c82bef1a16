"""CS42x: MCP servers."""

from __future__ import annotations

from callsheet.nearest import nearest
from callsheet.patch import Fix, Put
from callsheet.rules.rule import At, Rule
from callsheet.shape.directive import may_hold_placeholder
from callsheet.shape.say import either, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from callsheet.facts.model import Model
    from callsheet.pointer import Path

    Servers: TypeAlias = list[tuple[Path, dict[str, Any]]]

_ADDRESSES = ("server_url", "connector_id", "tunnel_id")
_OTHER_KEYS = ("url", "uri", "address", "endpoint")
"""What people write for these three, besides names that are like theirs; each is an unknown key, which has been said."""


def _label(server: dict[str, Any]) -> str:
    label = server.get("server_label")
    return shown(label) if isinstance(label, str) and label else "this MCP server"


def _no_address(servers: Servers) -> Iterator[At]:
    for path, server in servers:
        if any(key in server for key in (*_ADDRESSES, *_OTHER_KEYS)):
            continue
        if any(nearest(key, _ADDRESSES) for key in server.keys() - {"server_label"}):  # which is like `server_url`
            continue
        yield At(
            path,
            f"nothing says where {_label(server)} is",
            "add `server_url: https://…`, a `connector_id` or a `tunnel_id`",
            "object",
        )


NO_ADDRESS = Rule(
    code="CS421",
    name="no-server-address",
    severity="warning",
    summary="An MCP server without `server_url`, `connector_id` or `tunnel_id`.",
    why="The reference says that one of them must be provided; without, the session has no tool of this server. The "
    "schemas do not require it, and the service's answer is not proven, hence a warning.",
    source="API reference, `server_url`, `connector_id` and `tunnel_id`",
    kinds=("realtime",),
    check=_no_address,
    bad="type: realtime\ntools: [{type: mcp, server_label: crm}]\n",
    good='type: realtime\ntools: [{type: mcp, server_label: crm, server_url: "https://crm.example.com/mcp"}]\n',
)


def _several_addresses(servers: Servers) -> Iterator[At]:
    for path, server in servers:
        given = [key for key in _ADDRESSES if server.get(key) is not None]
        if len(given) > 1:
            yield At(
                (*path, given[1]),
                f"{_label(server)} has {either(given, 'and')}; a server is at one of them",
                f"keep one: {either(given)}",
                "key",
            )


SEVERAL_ADDRESSES = Rule(
    code="CS422",
    name="several-server-addresses",
    severity="warning",
    summary="An MCP server with more than one of `server_url`, `connector_id` and `tunnel_id`.",
    why="The reference wants one of them. Which one counts, or whether the body is refused, is not proven, hence a "
    "warning.",
    source="API reference, `server_url`, `connector_id` and `tunnel_id`",
    kinds=("realtime",),
    check=_several_addresses,
    bad="type: realtime\n"
    'tools: [{type: mcp, server_label: mail, server_url: "https://mail.example.com/mcp", connector_id: connector_gmail}]\n',
    good="type: realtime\ntools: [{type: mcp, server_label: mail, connector_id: connector_gmail}]\n",
)

_LAST_DAY = "2026-09-01"


def _connectors(servers: Servers, known_model: Model) -> Iterator[At]:
    for path, server in servers:
        connector = server.get("connector_id")
        if not isinstance(connector, str) or known_model.api != "realtime":
            continue
        gone = known_model.since > _LAST_DAY
        name = known_model.name
        yield At(
            (*path, "connector_id"),
            f"`{name}` takes no connectors any more" if gone else f"connectors are deprecated; `{name}` still has them",
            "put an MCP server with a `server_url` in its place"
            if gone
            else f"before moving to a model released after {_LAST_DAY}, put an MCP server in its place",
        )


DEPRECATED_CONNECTOR = Rule(
    code="CS423",
    name="deprecated-connector",
    severity="info",
    summary="A `connector_id`, which models released after 2026-09-01 no longer have.",
    why="Connectors stay with the models that have them. Whoever changes the model of such a profile has to change this "
    "as well.",
    source="openai-python 3.51.0, `connector_id` (deprecated on 2026-09-18); not in the OpenAPI document",
    since="2026-09-18",
    kinds=("realtime",),
    targets=("openai",),
    check=_connectors,
    bad="type: realtime\nmodel: gpt-realtime-2.1\n"
    "tools: [{type: mcp, server_label: mail, connector_id: connector_gmail}]\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n"
    'tools: [{type: mcp, server_label: mail, server_url: "https://mail.example.com/mcp"}]\n',
)


def _duplicate_labels(servers: Servers) -> Iterator[At]:
    seen: set[str] = set()
    for path, server in servers:
        label = server.get("server_label")
        if not isinstance(label, str):
            continue
        if label in seen:
            yield At(
                (*path, "server_label"),
                f"there is an MCP server {shown(label)} already",
                "give each server a label of its own",
            )
        seen.add(label)


DUPLICATE_LABEL = Rule(
    code="CS424",
    name="duplicate-server-label",
    severity="warning",
    summary="Two MCP servers have the same label.",
    why="Calls, approvals and `tool_choice` name a server by its label alone, so nobody can tell which was meant. What "
    "the service does with it is not proven, hence a warning.",
    source="API reference, `server_label`: identifies the server in tool calls",
    kinds=("realtime",),
    check=_duplicate_labels,
    bad="type: realtime\n"
    "tools:\n"
    '- {type: mcp, server_label: crm, server_url: "https://crm.example.com/mcp"}\n'
    '- {type: mcp, server_label: crm, server_url: "https://old.example.com/mcp"}\n',
    good="type: realtime\n"
    "tools:\n"
    '- {type: mcp, server_label: crm, server_url: "https://crm.example.com/mcp"}\n'
    '- {type: mcp, server_label: old_crm, server_url: "https://old.example.com/mcp"}\n',
)


def _names(value: Any) -> list[Any]:
    """The `tool_names` of a filter, or nothing where there are none."""
    names = value.get("tool_names") if isinstance(value, dict) else None
    return names if isinstance(names, list) else []


def _contradictions(servers: Servers) -> Iterator[At]:
    for path, server in servers:
        approval = server.get("require_approval")
        if not isinstance(approval, dict):
            continue
        always, never = approval.get("always"), approval.get("never")
        place = (*path, "require_approval", "never")
        waiting = {name for name in _names(always) if isinstance(name, str)}
        for index, name in enumerate(_names(never)):
            if isinstance(name, str) and name in waiting:
                yield At(
                    (*place, "tool_names", index),
                    f"{shown(name)} of {_label(server)} waits for an approval always and never",
                    "keep it in `always` or in `never`",
                )
        if isinstance(always, dict) and isinstance(never, dict):
            read_only = never.get("read_only")
            if isinstance(read_only, bool) and always.get("read_only") is read_only:
                yield At(
                    (*place, "read_only"),
                    f"`always` and `never` both pick the tools that are {'' if read_only else 'not '}read-only",
                    f"write {'false' if read_only else 'true'} in one of them",
                )


CONTRADICTING_APPROVAL = Rule(
    code="CS425",
    name="contradicting-approval",
    severity="warning",
    summary="`require_approval` puts the same tools under `always` and under `never`.",
    why="One of the two is not what you want: a call that should wait goes through, or a caller waits in silence. Which "
    "one wins is not proven, hence a warning.",
    source="inferred from the API reference, `require_approval`",
    kinds=("realtime",),
    check=_contradictions,
    bad="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  require_approval: {always: {tool_names: [refund]}, never: {tool_names: [find, refund]}}\n",
    good="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  require_approval: {always: {tool_names: [refund]}, never: {tool_names: [find]}}\n",
)


def _allowed(server: dict[str, Any]) -> list[str] | None:
    """The names of the tools that the model gets to see; None where no list says so."""
    allowed = server.get("allowed_tools")
    if isinstance(allowed, dict):
        allowed = allowed.get("tool_names") if allowed.get("read_only") is None else None
    if not isinstance(allowed, list) or not all(isinstance(name, str) for name in allowed):
        return None
    return allowed


def _hidden_tools(servers: Servers, session: dict[str, Any]) -> Iterator[At]:
    for path, server in servers:
        allowed = _allowed(server)
        if allowed is None:
            continue
        seen = frozenset(allowed)
        approval = server.get("require_approval")
        if isinstance(approval, dict):
            for word in ("always", "never"):
                for index, name in enumerate(_names(approval.get(word))):
                    if isinstance(name, str) and name not in seen:
                        place = (*path, "require_approval", word, "tool_names", index)
                        yield _hidden(place, name, server, allowed)
        choice = session.get("tool_choice")
        if not isinstance(choice, dict) or choice.get("type") != "mcp":
            continue
        name = choice.get("name")
        if choice.get("server_label") == server.get("server_label") and isinstance(name, str) and name not in allowed:
            yield _hidden(("tool_choice", "name"), name, server, allowed)


def _hidden(path: Path, name: str, server: dict[str, Any], allowed: list[str]) -> At:
    guess = nearest(name, allowed) if allowed else None
    return At(
        path,
        f"{shown(name)} is not among the `allowed_tools` of {_label(server)}: the model does not have it",
        f"write {shown(guess)}" if guess else f"add {shown(name)} to `allowed_tools`, or remove it here",
    )


HIDDEN_TOOL = Rule(
    code="CS426",
    name="tool-not-allowed",
    severity="warning",
    summary="`require_approval` or `tool_choice` names a tool that `allowed_tools` leaves out.",
    why="`allowed_tools` is all that the model sees of a server. A name that stands elsewhere and not there is mostly "
    "misspelt in one of the two places, and then a tool is missing or its approval is. The service's answer is not "
    "proven, hence a warning.",
    source="inferred from the API reference, `allowed_tools`",
    kinds=("realtime",),
    check=_hidden_tools,
    bad="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  allowed_tools: [find_customer]\n  require_approval: {never: {tool_names: [find_costumer]}}\n",
    good="type: realtime\n"
    "tools:\n- type: mcp\n  server_label: crm\n  server_url: https://crm.example.com/mcp\n"
    "  allowed_tools: [find_customer]\n  require_approval: {never: {tool_names: [find_customer]}}\n",
)

_SECURE = "https://"
_IPV4 = 4


def addresses(servers: Servers) -> Iterator[tuple[Path, str, str]]:
    """The path, the text and the host of every `server_url` that is more than a name for one."""
    for path, server in servers:
        url = server.get("server_url")
        if not isinstance(url, str) or not url.strip():
            continue
        if any(mark in url for mark in ("${", "{$", "{{", "<", "%")) or may_hold_placeholder(url):
            continue  # the name of an address, not an address: see CS504
        rest = url.partition("://")[2] or url
        host = rest.split("/", 1)[0].split("?", 1)[0].rpartition("@")[2].lower()
        host = host[1 : host.find("]")] if host.startswith("[") else host.partition(":")[0]
        if not url.startswith("$"):
            yield (*path, "server_url"), url, host


def _is_private(host: str) -> bool:
    """Whether a host is one that only the machine or the network around it reaches."""
    if host in ("localhost", "host.docker.internal", "::1", "0.0.0.0") or host.endswith((".localhost", ".local")):  # noqa: S104 - an address to refuse
        return True
    parts = host.split(".")
    if len(parts) != _IPV4 or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    first, second = int(parts[0]), int(parts[1])
    return first in (10, 127) or (first, second) in ((192, 168), (169, 254)) or (first == 172 and 16 <= second < 32)  # noqa: PLR2004 - the private networks of RFC 1918


def _insecure(servers: Servers) -> Iterator[At]:
    for path, url, host in addresses(servers):
        if url.lower().startswith(_SECURE) or _is_private(host):
            continue
        scheme, found, rest = url.partition("://")
        if not found:
            better = _SECURE + url
            message, help_ = f"{shown(url)} is no full address", "add `https://` before it"
        elif scheme.lower() == "http":
            better = _SECURE + rest
            message = f"{shown(url)} is not encrypted: a token, and what callers say, travels in the clear"
            help_ = "write `https://` in place of `http://`"
        else:
            yield At(path, f"{shown(url)} is no address of a web server", "write the `https://` address of the server")
            continue
        yield At(path, message, help_, fix=Fix("write `https://`", (Put(path, better),), "unsafe"))


INSECURE_URL = Rule(
    code="CS427",
    name="insecure-server-url",
    severity="warning",
    summary="The address of an MCP server that does not start with `https://`.",
    why="OpenAI calls the server over the internet, with your token and with what callers have said. Whether it takes "
    "an address without TLS is not proven, hence a warning.",
    source="API reference, `server_url` (a URI; every example is https)",
    kinds=("realtime",),
    check=_insecure,
    of_parts=True,
    bad='type: realtime\ntools: [{type: mcp, server_label: crm, server_url: "http://crm.example.com/mcp"}]\n',
    good='type: realtime\ntools: [{type: mcp, server_label: crm, server_url: "https://crm.example.com/mcp"}]\n',
    fixed='type: realtime\ntools: [{type: mcp, server_label: crm, server_url: "https://crm.example.com/mcp"}]\n',
)


def _unreachable(servers: Servers) -> Iterator[At]:
    for path, url, host in addresses(servers):
        if _is_private(host):
            yield At(
                path,
                f"OpenAI cannot reach {shown(url)}: `{host}` is an address inside your own network",
                "give the server a public address, or take a `tunnel_id` in place of `server_url`",
            )


PRIVATE_URL = Rule(
    code="CS428",
    name="private-server-url",
    severity="warning",
    summary="The address of an MCP server that only your own machine or network can reach.",
    why="OpenAI connects to the server, not your program: the session starts, and the server's tools are missing. The "
    "service's answer is not proven, hence a warning.",
    source="guide to MCP in Realtime; sessions with no MCP tools in community.openai.com/t/1367933",
    kinds=("realtime",),
    targets=("openai",),
    check=_unreachable,
    bad='type: realtime\ntools: [{type: mcp, server_label: crm, server_url: "http://localhost:8000/mcp"}]\n',
    good="type: realtime\n"
    "tools: [{type: mcp, server_label: crm, tunnel_id: tunnel_0123456789abcdefghijklmnopqrstuv}]\n",
)
