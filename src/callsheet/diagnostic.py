"""What is said about a document: a fault names a place symbolically, a finding has it pinned to the text.

Named tuples, not dataclasses: these stand on the start-up path of every run, where importing `dataclasses`
would cost more than reading a profile. So would `typing`, which is why `TYPE_CHECKING` is False by its own word in all
that `lint` imports.
"""

from __future__ import annotations

from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from callsheet.patch import Applicability, Fix
    from callsheet.pointer import Path
    from callsheet.source.edit import Edit
    from callsheet.source.text import Location, Text

    Severity: TypeAlias = Literal["error", "warning", "info"]
    Part: TypeAlias = Literal["value", "key", "object"]
    """Which text of a place is meant: its value, its key, or (for something that is missing in it) the object."""


class Span(NamedTuple):
    """A stretch of text: offsets in code points, the end exclusive."""

    start: int
    end: int


class Place(NamedTuple):
    """A symbolic place: a path into the data, and which text of it is meant."""

    path: Path
    part: Part = "value"


class Fault(NamedTuple):
    """One thing that is wrong, before anybody has looked up its line.

    `code` names the rule; `place` is a path where the document could be read, a span where it could not.
    """

    code: str
    message: str
    place: Place | Span
    help: str | None = None
    fix: Fix | None = None


class Repair(NamedTuple):
    """A fix as edits of the text that a finding stands in, or of the one that it builds on."""

    applicability: Applicability
    message: str
    text: Text
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """A fault with its rule's name and severity, pinned to the text it stands in."""

    code: str
    name: str
    severity: Severity
    message: str
    text: Text
    span: Span
    pointer: str
    help: str | None
    fix: Fix | None = None
    """What would mend it, in terms of the profile's data."""
    repair: Repair | None = None
    """The same in terms of the text, if somebody asked for it and it can be done."""
    through: Text | None = None
    """The profile by which it was met, where it stands in a file that the profile takes from; `message` says so too."""

    @property
    def own_message(self) -> str:
        """The message without the profile by which it was met."""
        return self.message if self.through is None else self.message.removesuffix(through(self.through))

    @property
    def own_help(self) -> str | None:
        """The help without what can be done in that profile instead."""
        if self.help is None or self.through is None:
            return self.help
        return self.help.partition(dropping(self.through))[0]

    @property
    def path(self) -> str:
        """The file, as the user wrote its path."""
        return self.text.path

    @property
    def location(self) -> Location:
        """Where it starts: line and column, counted from 1."""
        return self.text.location(self.span.start)

    @property
    def end_location(self) -> Location:
        """Where it ends; the column is one past the last."""
        return self.text.location(self.span.end)


def through(text: Text) -> str:
    """What a message ends with that was met through a profile."""
    return f" (through {text.path})"


def dropping(text: Text, keys: str = "") -> str:
    """What the help goes on with where a profile can drop what it inherits: `keys` close the directive."""
    return f"; or drop it in {text.path} with `$unset: {keys}"
