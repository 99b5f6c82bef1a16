"""A linter for each file, as its configuration asks, and what was found to build on what."""

from __future__ import annotations

import os

from callsheet.lint import Linter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.compose import Link
    from callsheet.config.choice import Choice
    from callsheet.lint import Judged, Options
    from callsheet.project import Project
    from callsheet.source.document import Document


class Linters:
    """Checks documents, each with the options for its file; all read from one project."""

    def __init__(self, choice: Choice, project: Project) -> None:
        self.choice = choice
        self.project = project
        self.bases: set[str] = set()
        """The real paths of all files that profiles were found to extend."""
        self.parts: set[str] = set()
        """The real paths of all files that were found to stand for values in profiles."""
        self._by_options: dict[Options, Linter] = {}

    def of(self, path: str) -> Linter:
        """The linter for a file. Raises ConfigurationError and ValueError as `Choice.options` does."""
        options = self.choice.options(path)
        linter = self._by_options.get(options)
        if linter is None:
            linter = self._by_options[options] = Linter(options, self.project)
        return linter

    def judged(self, document: Document) -> Judged:
        """A document that has been looked at; one that others were found to extend need not be whole."""
        judged = self.of(document.text.path).judged(document, base=self.is_base(document.text.path))
        self.note(judged.links)
        return judged

    def is_base(self, path: str) -> bool:
        """Whether a profile was found to extend a file."""
        return bool(self.bases) and os.path.realpath(path) in self.bases

    def note(self, links: Iterable[Link]) -> None:
        """Keep in mind what a profile builds on."""
        for link in links:
            (self.bases if link.extends else self.parts).add(link.real)
