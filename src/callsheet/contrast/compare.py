"""What differs between two profiles, setting by setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from callsheet.pointer import to_dotted
from callsheet.redact import mask
from callsheet.setting import Setting, Spot, settings, value_of
from callsheet.source.node import UNREADABLE
from callsheet.source.secret import HIDDEN, masked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from callsheet.pointer import Path
    from callsheet.resolved import Resolved
    from callsheet.source.node import Node

    What: TypeAlias = Literal["added", "removed", "changed", "moved"]


class Side(NamedTuple):
    """What one profile sets: a value that may be shown, and where it is written."""

    value: Any
    spot: Spot


class Change(NamedTuple):
    """One setting that differs. A side is None where its profile does not set it; then `otherwise` says what counts.

    `path` is dotted, with the names of tools in place of their numbers. A "moved" tool is the same at another place.
    """

    path: str
    what: What
    left: Side | None
    right: Side | None
    otherwise: str | None = None


def changes(left: Resolved, right: Resolved) -> list[Change]:
    """Everything that differs between the sessions of two profiles, in the order in which they say it."""
    return list(_Comparer(left, right).between(left.session_node, right.session_node, (), (), ""))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: true is not 1, 1.0 is."""
    if one is UNREADABLE or other is UNREADABLE:
        return False
    match one, other:
        case dict(), dict():
            return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
        case list(), list():
            return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


class _Comparer:
    """Walks two sessions side by side."""

    def __init__(self, left: Resolved, right: Resolved) -> None:
        self.profiles = (left, right)
        self.shown = tuple(
            masked(profile.session_node.value) if profile.session_node is not None else {} for profile in self.profiles
        )
        self._counts: dict[int, dict[Path, Setting]] = {}

    def between(
        self, left: Node | None, right: Node | None, left_path: Path, right_path: Path, name: str
    ) -> Iterator[Change]:
        """What differs at a place, which has a path on either side and one name."""
        if left is not None and right is not None and same(left.value, right.value):
            return
        if name == "tools" and _is_tools(left) and _is_tools(right) and (_has_items(left) or _has_items(right)):
            yield from self.tools(left, right)
            return
        keys = _keys(left, right)
        if keys is None:
            yield self.change(left, right, left_path, right_path, name)
            return
        for key in keys:
            if not name and key.startswith(("$", "x-")):
                continue
            below = to_dotted((mask(key),))
            dotted = f"{name}{below}" if below.startswith("[") or not name else f"{name}.{below}"
            one, other = (node and node.child(key) for node in (left, right))
            yield from self.between(one, other, (*left_path, key), (*right_path, key), dotted)

    def tools(self, left: Node | None, right: Node | None) -> Iterator[Change]:
        """What differs between two lists of tools, which go by their names."""
        one, other = _by_name(left), _by_name(right)
        if one is None or other is None:
            yield self.change(left, right, ("tools",), ("tools",), "tools")
            return
        for name in [*one, *(name for name in other if name not in one)]:
            at, its = one.get(name, (0, None)), other.get(name, (0, None))
            title, at_left, at_right = f"tools[{mask(name)}]", ("tools", at[0]), ("tools", its[0])
            if at[1] is None or its[1] is None:  # a tool is one thing
                yield self.change(at[1], its[1], at_left, at_right, title)._replace(otherwise=None)
            else:
                yield from self.between(at[1], its[1], at_left, at_right, title)
        kept = [name for name in one if name in other]
        if left is not None and right is not None and kept != [name for name in other if name in one]:
            first, second = self.side(0, left, ("tools",)), self.side(1, right, ("tools",))
            orders = first._replace(value=_order(one)), second._replace(value=_order(other))
            yield Change("tools", "moved", *orders)

    def change(self, left: Node | None, right: Node | None, left_path: Path, right_path: Path, name: str) -> Change:
        """One difference."""
        one = None if left is None else self.side(0, left, left_path)
        other = None if right is None else self.side(1, right, right_path)
        if one is None:
            return Change(name, "added", None, other, self.counting(0, left_path))
        if other is None:
            return Change(name, "removed", one, None, self.counting(1, right_path))
        return Change(name, "changed", one, other)

    def side(self, which: int, node: Node, path: Path) -> Side:
        """What a profile sets at a path."""
        found: Any = self.shown[which]
        for step in path:
            key = mask(step) if isinstance(step, str) else step
            try:
                found = found[key]
            except (KeyError, IndexError, TypeError):
                found = HIDDEN
                break
        return Side(found, Spot(node.text.path, node.text.location(node.start).line))

    def counting(self, which: int, path: Path) -> str | None:
        """What counts in a profile that does not set a path, or the nearest thing around it."""
        if which not in self._counts:
            self._counts[which] = {setting.path: setting for setting in settings(self.profiles[which])}
        for length in range(len(path), 0, -1):
            setting = self._counts[which].get(path[:length])
            if setting is not None:
                return value_of(setting) if setting.origin == "default" else None
        return None


def _has_items(node: Node | None) -> bool:
    return node is not None and bool(node.children)


def _order(tools: dict[str, tuple[int, Node]]) -> list[str]:
    return [mask(name) for name in tools]


def _is_tools(node: Node | None) -> bool:
    return node is None or isinstance(node.children, list)


def _keys(left: Node | None, right: Node | None) -> list[str] | None:
    """The keys at which two mappings are to be compared, or one where the other is not there; None for no mappings."""
    found: dict[str, None] = {}
    for node in (left, right):
        if node is None:
            continue
        if not isinstance(node.children, dict) or not node.children or "$env" in node.children:
            return None
        found |= dict.fromkeys(node.children)
    return list(found)


def _by_name(tools: Node | None) -> dict[str, tuple[int, Node]] | None:
    """The tools of a list by name, with their numbers; None where a name is missing or used twice."""
    found: dict[str, tuple[int, Node]] = {}
    for index, tool in enumerate(tools.children if tools is not None and isinstance(tools.children, list) else ()):
        value = tool.value if isinstance(tool.value, dict) else {}
        name = value.get("server_label" if value.get("type") == "mcp" else "name")
        if not isinstance(name, str) or name in found:
            return None
        found[name] = (index, tool)
    return found
