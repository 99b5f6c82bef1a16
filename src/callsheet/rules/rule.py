"""What a rule is: everything there is to say about one kind of fault, in one declaration."""

from __future__ import annotations

from callsheet.diagnostic import Fault, Place, Span
from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

    from callsheet.diagnostic import Part, Severity
    from callsheet.patch import Fix
    from callsheet.pointer import Path
    from callsheet.predicate import Predicate

    Example: TypeAlias = str | Callable[[], str]
    """The text of a profile; a function where the text itself would be too long to print."""
    Check: TypeAlias = Callable[..., Iterator["At"]]
    """Finds faults in what it asks for by the names of its parameters: attributes of `subject.Subject`."""


class At(NamedTuple):
    """One place, below the session, at which a rule is broken, and what to say about it."""

    path: Path
    message: str
    help: str | None = None
    part: Part = "value"
    fix: Fix | None = None


class Rule(NamedTuple):
    """One kind of fault.

    `bad` raises exactly this rule and `good` raises nothing; `fixed` is `bad` after the fix, where there is
    one; `tests/test_rules.py` runs all three. `why` says what happens to the one who ignores the rule,
    `source` who says so, `since` from which revision of the API on it holds ("" for what does not depend on
    the API).

    The condition is one of two. `when` is a predicate on the session that is true where the rule is broken;
    the finding stands at `at`, with `message` and `help` in which `{path}` gives the value at a path. An error
    with `when` becomes part of the JSON Schema. `check` is a function for what a schema cannot say. A rule
    with neither is raised where texts are read (`callsheet.source`) or shapes are held against bodies
    (`callsheet.judge`).

    `kinds` are the kinds of session that the rule is about, `targets` where they run; none named is all. A rule
    `of_parts` holds for a profile that is not whole as well: nothing that it builds on could make it right. One that is
    raised `outside` never comes from lint: it comes when a request is made, or from the service's answer.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    source: str
    bad: Example
    good: Example
    fixed: str | None = None
    since: str = ""
    when: Predicate | None = None
    at: str = ""
    part: Part = "value"
    message: str = ""
    help: str | None = None
    fix: Fix | None = None
    check: Check | None = None
    kinds: tuple[str, ...] = ("realtime", "transcription")
    targets: tuple[str, ...] = ("openai", "azure")
    of_parts: bool = False
    outside: bool = False

    def fault(
        self,
        path: Path | Span,
        message: str,
        help: str | None = None,  # noqa: A002 - the word that the output uses
        part: Part = "value",
        fix: Fix | None = None,
    ) -> Fault:
        """A fault of this kind at a path of the data, or at a span of the text."""
        place = path if isinstance(path, Span) else Place(path, part)
        return Fault(self.code, message, place, help, fix)

    def inputs(self) -> tuple[str, ...]:
        """What `check` asks for."""
        if self.check is None:
            return ()
        code: Any = self.check.__code__
        names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
        return names
