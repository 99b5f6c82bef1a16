"""What `callsheet show` has to say of a profile, as plain data that each format lays out in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal

    from callsheet.diagnostic import Finding
    from callsheet.setting import Setting, Spot

    PartName = Literal["instructions", "tools", "kept", "conversation", "unused", "answer"]


class Part(NamedTuple):
    """One stretch of the context: who has it, and how many tokens; `is_estimate` if they were not counted."""

    name: PartName
    title: str
    tokens: int
    is_estimate: bool = False


class Budget(NamedTuple):
    """How the context of a model is used, drawn from left to right.

    `window` counts all its tokens. The parts come to `window`, or to more where instructions and tools overflow it.
    `notes` are sentences.
    """

    model: str
    window: int
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def scale(self) -> int:
        """The tokens that the whole bar stands for."""
        return sum(part.tokens for part in self.parts)


class Tool(NamedTuple):
    """One tool: its name, what it is ("function" or "mcp"), its description, and sentences about it.

    `parameters` and `required` count the arguments of a function; None for a server.
    """

    name: str
    type: str
    description: str
    parameters: int | None
    required: int | None
    facts: tuple[str, ...]
    spot: Spot | None


class Date(NamedTuple):
    """Something with a day: what happens, when (ISO; None where no day is known), and in how many days."""

    what: str
    date: str | None = None
    days: int | None = None


class View(NamedTuple):
    """All of it. `title` is "" where nobody can tell the kind; `budget` is None for the reason beside it."""

    path: str
    kind: str | None
    title: str
    target: str
    revision: str | None
    today: str
    findings: list[Finding]
    settings: list[Setting]
    envelope: list[Setting]
    turns: str | None
    tools: list[Tool]
    tool_choice: str | None
    budget: Budget | None
    no_budget: str | None
    dates: list[Date]
