"""The changes of a plan, as whoever walks through a text asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.migrate.change import Drop, First, Replace, Unwrap
from callsheet.pointer import to_dotted

if TYPE_CHECKING:
    from callsheet.migrate.change import Change
    from callsheet.migrate.sheet import Sheet
    from callsheet.pointer import Path
    from callsheet.source.layout import Written
    from callsheet.source.node import Node


class CannotMove(Exception):  # noqa: N818 - it is no error of the program
    """The text is written in a way that does not let its parts be moved truly."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class Todo:
    """What is to be done, by path; `after` is the data with all of it done, before anything moves."""

    def __init__(self, changes: tuple[Change, ...], after: dict[str, Any]) -> None:
        self.values = {change.path: change.value for change in changes if isinstance(change, Replace)}
        self.firsts = {change.path: change for change in changes if isinstance(change, First)}
        self.dropped = {change.path: change.why for change in changes if isinstance(change, Drop)}
        self.unwrapped = {change.path for change in changes if isinstance(change, Unwrap)}
        self.touched = {change.path[:length] for change in changes for length in range(len(change.path) + 1)}
        self.after = after

    def at(self, path: Path) -> Any:
        """What stands at a path in the end. Raises CannotMove where that is not to be told."""
        value: Any = self.after
        try:
            for step in path:
                value = value[step]
        except LookupError:
            raise CannotMove(f"what stands for `{to_dotted(path)}` has to be taken apart; write it out first") from None
        return value

    def comes_or_goes(self, path: Path, node: Node) -> bool:
        """Whether keys of a mapping come or go."""
        return path in self.firsts or any(
            (*path, key) in self.dropped or (*path, key) in self.unwrapped for key in node.children or ()
        )

    def is_plain(self, sheet: Sheet, written: Written, node: Node, path: Path) -> bool:
        """Whether everything that changes below a path is written there, and not behind an alias or a merge."""
        if path not in self.touched:
            return True
        if written.kind == "alias":
            return False
        if isinstance(node.children, list):
            pairs = zip(written.entries, node.children, strict=True)
            return all(
                self.is_plain(sheet, entry.value, child, (*path, index)) for index, (entry, child) in enumerate(pairs)
            )
        if node.children is None:
            return True
        names = sheet.names(node)
        if not len(names) == len(node.children) == len(written.entries):
            return False
        return all(
            self.is_plain(sheet, entry.value, node.children[name], (*path, name))
            for entry in written.entries
            if (name := names[entry.start])
        )
