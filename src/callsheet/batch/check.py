"""One file of many: what it is, and what is wrong with it."""

from __future__ import annotations

from callsheet.batch.checked import Checked, Share
from callsheet.content import STDIN, content
from callsheet.source.document import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.batch.cache import Cache
    from callsheet.diagnostic import Finding
    from callsheet.discover import Found
    from callsheet.lint import Judged, Linter
    from callsheet.linters import Linters
    from callsheet.source.document import Document

_PROSE = (".md", ".markdown", ".mdx", ".txt", ".rst", ".j2", ".jinja", ".tmpl")
"""How files are called that hold the words of a prompt, and hardly a profile."""


class Checker:
    """Checks file after file.

    With `edits`, findings come with the text edits that would mend them. `stdin` is what standard input goes by, and
    `given` what it holds, as soon as it has been read.
    """

    def __init__(
        self,
        linters: Linters,
        *,
        edits: bool = False,
        stdin: str = STDIN,
        given: bytes | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.linters = linters
        self.edits = edits
        self.stdin = stdin
        self.given = given
        self.cache = cache

    def share(self, files: Sequence[Found]) -> Share:
        """Look at some files. Raises ConfigurationError."""
        fine = passed_over = 0
        rest: list[Checked] = []
        for found in files:
            checked = self.check(found)
            if checked.findings or checked.links or checked.what == "unreadable" or self.may_be_part(checked):
                rest.append(checked)
            elif checked.what == "other":
                passed_over += 1
            else:
                fine += 1
        verdicts = {} if self.cache is None else self.cache.taken()
        return Share(fine, passed_over, rest, verdicts)

    def may_be_part(self, one: Checked) -> bool:
        """Whether to look for profiles that build on a file.

        On a whole session they are looked for only where it is configured which files are profiles: most have none,
        and nobody wants a whole project to be read for each.
        """
        if not one.named or one.path == STDIN:
            return False
        return not one.whole or self.linters.choice.configuration(one.path).include is not None

    def check(self, found: Found) -> Checked:
        """Look at one file. Raises ConfigurationError."""
        name = self.stdin if found.path == STDIN else found.path
        if found.error is not None:
            return Checked(found.path, "unreadable", found.named, why=found.error)
        try:
            raw = self._stdin() if found.path == STDIN else content(found.path)
        except OSError as error:
            return Checked(found.path, "unreadable", found.named, why=error.strerror)
        linter = self.linters.of(name)
        if self.cache is None:
            return self._checked(found, linter, read(name, raw))
        key = self.cache.key(linter.options, name, raw, named=found.named)
        known = self.cache.known(key, found, self.linters.project)
        if known is not None:
            return known
        checked = self._checked(found, linter, read(name, raw))
        self.cache.add(key, checked, self.linters.project)
        return checked

    def _stdin(self) -> bytes:
        if self.given is None:
            self.given = content(STDIN)
        return self.given

    def _checked(self, found: Found, linter: Linter, document: Document) -> Checked:
        if (not found.named or found.path.endswith(_PROSE)) and not linter.is_profile(document):
            return Checked(found.path, "other", found.named)
        judged = linter.judged(document)
        findings = self._findings(document, judged)
        as_base: list[Finding] | None = None
        if findings and judged.data is not None and not linter.is_alike_as_base(judged):
            as_base = self._findings(document, linter.judged(document, base=True))
            if _said(as_base) == _said(findings):
                as_base = None
        whole = as_base is None and judged.data is not None and linter.is_whole(judged.data)
        return Checked(found.path, "profile", found.named, findings, as_base, whole, judged.links)

    def _findings(self, document: Document, judged: Judged) -> list[Finding]:
        """The findings of a document; with the edits that would mend them, if somebody wants those."""
        if not self.edits or not any(finding.fix for finding in judged.findings):
            return judged.findings
        from callsheet.fix.repair import repaired

        return repaired(document, judged)


def _said(findings: list[Finding]) -> list[tuple[str, str, object]]:
    return [(finding.code, finding.message, finding.span) for finding in findings]
