"""What a rule is: everything there is to say about one kind of fault, in one declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callsheet.diagnostic import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from callsheet.diagnostic import Part, Severity, Span
    from callsheet.pointer import Path

    Example: TypeAlias = str | Callable[[], str]
    """The text of a profile; a function where the text itself would be too long to print."""


class Rule(NamedTuple):
    """One kind of fault.

    `bad` raises exactly this rule and `good` raises nothing; `tests/test_rules.py` runs both, so neither can
    be left out. `why` says what happens to the one who ignores the rule, `source` who says so, `since` from
    which revision of the API on it holds ("" for what does not depend on the API).
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    source: str
    bad: Example
    good: Example
    since: str = ""

    def fault(self, path: Path | Span, message: str, help: str | None = None, part: Part = "value") -> Fault:  # noqa: A002 - the word that the output uses
        """A fault of this kind at a path of the data, or at a span of the text."""
        from callsheet.diagnostic import Span

        place = path if isinstance(path, Span) else Place(path, part)
        return Fault(self.code, message, place, help)
