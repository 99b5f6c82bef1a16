"""What programs may be told of a fix: edits that show no credential."""

from __future__ import annotations

from callsheet.said import shows, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from callsheet.diagnostic import Finding, Repair
    from callsheet.source.text import Text


class Repairs:
    """The repairs of one report's findings, as far as they may be told."""

    def __init__(self) -> None:
        self._hidden: dict[Text, frozenset[str]] = {}

    def of(self, finding: Finding) -> Repair | None:
        """The repair of a finding; None where it has none, or where an edit would put a credential into words."""
        repair = finding.repair
        if repair is None:
            return None
        hidden = self._words(repair.text)
        return None if any(shows(edit.content, hidden) for edit in repair.edits) else repair

    def _words(self, text: Text) -> frozenset[str]:
        """The words of a text that a frame would mask; a text is searched once."""
        if text not in self._hidden:
            stretches = text.hidden(0, len(text.content))
            self._hidden[text] = words(text.content[start:end] for start, end in stretches)
        return self._hidden[text]
