"""Where something comes from: a file that is named, a setting that is inherited, a tool that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Location, Range
from lsprotocol.types import Position as Where

from callsheet.compose import compose
from callsheet.diagnostic import Place
from callsheet.lsp.place import here
from callsheet.pointer import from_dotted
from callsheet.project import Refusal
from callsheet.reference import references
from callsheet.source.document import Document
from callsheet.source.node import Node

if TYPE_CHECKING:
    from lsprotocol.types import Position

    from callsheet.lsp.desk import Checked, Desk
    from callsheet.lsp.place import Here
    from callsheet.pointer import Path


def definition(desk: Desk, uri: str, position: Position) -> Location | None:
    """Where what stands at a place comes from; None where it comes from nowhere else."""
    checked = desk.checked(uri)
    root = None if checked is None else checked.document.root
    if checked is None or root is None:
        return None
    found = here(root, desk.lines(checked.document.text).offset(position))
    if not found.path:
        return None
    return (
        _file(desk, checked, found)
        or _unset(desk, checked, found)
        or _tool(desk, checked, found)
        or _anchor(desk, found)
        or _inherited(desk, checked, found.path)
    )


def _file(desk: Desk, checked: Checked, found: Here) -> Location | None:
    """The file that is named."""
    project = checked.linter.project
    reference = next((one for one in references(checked.document.root) if one.span == found.node.span), None)
    if reference is None or found.is_key or project is None:
        return None
    try:
        path, real = project.find(reference.name, checked.sheet.path)
        project.read(path, real)
    except Refusal:
        return None
    return Location(desk.uri(path), Range(Where(0, 0), Where(0, 0)))


def _unset(desk: Desk, checked: Checked, found: Here) -> Location | None:
    """The setting that is dropped, where it is set."""
    if found.path[0] != "$unset" or not isinstance(found.node.value, str):
        return None
    try:
        return _inherited(desk, checked, from_dotted(found.node.value))
    except ValueError:
        return None


def _tool(desk: Desk, checked: Checked, found: Here) -> Location | None:
    """The tool, or the server, that `tool_choice` means."""
    path, name = found.path, found.node.value
    if found.is_key or len(path) < 2 or path[-2] != "tool_choice" or checked.root is None:  # noqa: PLR2004 - the key and what is below it
        return None
    node: Node | None = checked.root
    for step in (*path[:-2], "tools"):
        node = node and node.child(step)
    for tool in node.children if node is not None and isinstance(node.children, list) else ():
        named = tool.child(str(path[-1]))
        if named is not None and named.value == name:
            return _location(desk, named.text.path, named)
    return None


def _anchor(desk: Desk, found: Here) -> Location | None:
    """The value that an alias repeats."""
    node = found.node
    repeated = found.is_key and node.end <= found.span.start
    return _location(desk, node.text.path, node) if repeated else None


def _inherited(desk: Desk, checked: Checked, path: Path) -> Location | None:
    """Where a base sets the same; what comes from a file leads into it."""
    root, project = checked.document.root, checked.linter.project
    if root is None or project is None or not path or str(path[0]).startswith(("$", "x-")):
        return None
    extends = root.child("$extends")
    if extends is None:
        return None
    alone = Node(root.text, {"$extends": extends.value}, root.start, root.end, {"$extends": extends})
    composed = compose(Document(root.text, alone.value, root=alone), project, checked.linter.shape_of)
    node: Node | None = composed.root
    for step in path:
        node = node and node.child(step)
    if node is None:
        return None
    text, span = composed.root.locate(Place(path, "key"))
    if text is root.text:
        return None
    return Location(desk.uri(text.path), desk.lines(text).range(*span))


def _location(desk: Desk, path: str, node: Node) -> Location:
    return Location(desk.uri(path), desk.lines(node.text).range(node.start, node.end))
