"""Names that one part of a profile gives and another one uses: tools, servers, settings to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.pointer import to_dotted
from callsheet.shape.kind import KINDS, TYPED_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.pointer import Path
    from callsheet.source.node import Node


def names(path: Path, data: Any, bases: Iterable[Node] | None) -> Iterator[tuple[str, str]]:
    """The names that may stand at a path, each with what it is; `data` are those of the whole profile."""
    if path[:1] == ("$unset",):
        found = {name for base in bases or () for name in _settings(base.value, ())}
        yield from ((name, "inherited") for name in sorted(found))
        return
    if path == ("type",):
        yield from ((kind, KINDS[kind].title) for kind in TYPED_KINDS)
    if len(path) > 1 and path[-2] == "tool_choice":
        tools, choice = _at(data, (*path[:-2], "tools")), _at(data, path[:-1])
        if isinstance(tools, list) and isinstance(choice, dict):
            yield from _tools(path[-1], tools, choice)


def _tools(key: str | int, tools: Iterable[Any], choice: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The tools that a key of `tool_choice` can mean."""
    of_server = choice.get("type") == "mcp"
    for tool in tools:
        if not isinstance(tool, dict):
            continue
        name, label = tool.get("name"), tool.get("server_label")
        if key == "server_label" and isinstance(label, str):
            yield label, "MCP server"
        elif key == "name" and of_server and label == choice.get("server_label"):
            allowed = tool.get("allowed_tools")
            listed = allowed.get("tool_names") if isinstance(allowed, dict) else allowed
            words = listed if isinstance(listed, list) else ()
            yield from ((word, f"tool of {label}") for word in words if isinstance(word, str))
        elif key == "name" and not of_server and isinstance(name, str):
            yield name, "function"


def _settings(value: Any, path: Path) -> Iterator[str]:
    """The settings in some data, mappings included, in the words of `$unset`."""
    if not isinstance(value, dict):
        return
    for key, below in value.items():
        if not key.startswith(("$", "x-")):
            yield to_dotted((*path, key))
            yield from _settings(below, (*path, key))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data
