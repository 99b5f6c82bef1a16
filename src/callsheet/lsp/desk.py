"""What is open in an editor, and what is to be said of it: unsaved text counts, also in what a profile builds on."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from callsheet.discover import SUFFIXES
from callsheet.fix.repair import Mends
from callsheet.lint import Linter
from callsheet.lsp.address import path_of, uri_of
from callsheet.lsp.position import Lines
from callsheet.lsp.settings import settings_for
from callsheet.overlay import Overlay
from callsheet.redact import mask_keys
from callsheet.reference import real
from callsheet.source.document import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Finding
    from callsheet.project import Project
    from callsheet.source.document import Document
    from callsheet.source.node import Node
    from callsheet.source.text import Text

NAMED = tuple(f".realtime{suffix}" for suffix in SUFFIXES)
"""How a file ends that is a profile whatever it holds."""
_LANGUAGES = frozenset({"yaml", "json", "jsonc"})
_BOM = "\ufeff"


class Sheet:
    """One text that is open. `path` is its file, or a name for it where it is none yet; `real` is None there."""

    def __init__(self, uri: str, language: str, version: int | None, content: str) -> None:
        path = path_of(uri)
        self.uri = uri
        self.version = version
        self.language = language
        self.lead = int(content.startswith(_BOM))
        self.content = content[self.lead :]
        self.real = None if path is None else real(path)
        self.path = path or "untitled" + (".json" if language.startswith("json") else ".yaml")

    @cached_property
    def raw(self) -> bytes:
        """The text as the bytes of a file; half a letter, which a client may send, will be no UTF-8."""
        return self.content.encode("utf-8", "surrogatepass")

    @property
    def may_be_profile(self) -> bool:
        """Whether it is of a kind that profiles are written in."""
        return self.path.endswith(SUFFIXES) if self.real is not None else self.language in _LANGUAGES


class Checked:
    """A sheet that was looked at.

    `builds_on` are the real paths of the files that it names, as far as they could be found; `is_profile` says whether
    its findings are worth telling.
    """

    def __init__(self, sheet: Sheet, project: Project | None, *, is_base: bool, was_profile: bool) -> None:
        self.sheet = sheet
        settings = settings_for(sheet.path)
        linter = Linter(settings.options, project)
        self.document: Document = read(sheet.path, sheet.raw)
        self.linter = linter
        self._judged = linter.judged(self.document, base=is_base)
        self.builds_on = frozenset(link.real for link in self._judged.links)
        broken = self.document.root is None and was_profile  # for a moment, while somebody types
        seems = sheet.path.endswith(NAMED) or broken or linter.is_profile(self.document)
        self.is_profile = seems and not settings.is_excluded
        self.trouble = settings.trouble if self.is_profile else None
        """What is wrong with the configuration, which therefore does not count."""

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with it, and with what it builds on."""
        return self._judged.findings if self.is_profile else []

    @property
    def root(self) -> Node | None:
        """Its data with everything that it builds on; None where it cannot be read."""
        return self._judged.root

    @cached_property
    def mends(self) -> Mends:
        """What would mend the findings."""
        return Mends(self.document, self._judged)


class Desk:
    """All that is open. Positions are in units of `encoding`."""

    def __init__(self, encoding: str = "utf-16") -> None:
        self.encoding = encoding
        self.sheets: dict[str, Sheet] = {}
        self._looks: dict[str, Checked] = {}
        self._checked: dict[str, Checked] = {}
        self._lines: dict[Text, Lines] = {}
        self._profiles: set[str] = set()

    def put(self, uri: str, language: str | None, version: int | None, content: str) -> None:
        """Take a text that was opened or changed; of the others, those that build on it are looked at anew."""
        known = self.sheets.get(uri)
        sheet = self.sheets[uri] = Sheet(uri, language or (known.language if known else "yaml"), version, content)
        if known is None:
            self.forget()  # some text may have lacked it
        for other, look in list(self._looks.items()):
            if other == uri or sheet.real in look.builds_on:
                del self._looks[other]
        self._checked.clear()
        self._lines.clear()

    def drop(self, uri: str) -> None:
        """Let go of a text that was closed."""
        self.sheets.pop(uri, None)
        self._profiles.discard(uri)
        self.forget()

    def forget(self) -> None:
        """Look at everything anew when it is next asked for: some file has changed."""
        self._looks.clear()
        self._checked.clear()
        self._lines.clear()

    def related(self, uri: str) -> set[str]:
        """What else is open that builds on a text, or that it builds on, as far as that has been looked at."""
        sheet, own = self.sheets.get(uri), self._looks.get(uri)
        found = set() if own is None else {other for other, at in self.sheets.items() if at.real in own.builds_on}
        if sheet is not None:
            found |= {other for other, look in self._looks.items() if sheet.real in look.builds_on}
        return found - {uri}

    def checked(self, uri: str) -> Checked | None:
        """What there is to say of a text; None for one that is not open, or of no kind that profiles are written in."""
        sheet = self.sheets.get(uri)
        if sheet is None or not sheet.may_be_profile:
            return None
        if uri not in self._checked:
            found = self._look(sheet)
            if found.findings and any(True for _ in self._upon(sheet)):
                found = Checked(sheet, self.project(sheet), is_base=True, was_profile=uri in self._profiles)
            if found.is_profile:
                self._profiles.add(uri)
            self._checked[uri] = found
        return self._checked[uri]

    def through(self, uri: str) -> Iterator[tuple[Checked, Finding]]:
        """What is wrong in a text as the other profiles that are open use it, each with the profile."""
        sheet = self.sheets.get(uri)
        if sheet is None or sheet.real is None:
            return
        for other in self._upon(sheet):
            for finding in other.findings:
                if finding.text is not other.document.text and real(finding.path) == sheet.real:
                    yield other, finding

    def project(self, sheet: Sheet) -> Project | None:
        """The project of a sheet that is a file; unsaved texts count in it."""
        return None if sheet.real is None else Overlay(None, self.instead())

    def instead(self) -> dict[str, bytes]:
        """The texts that are open, by the real path of their files."""
        return {sheet.real: sheet.raw for sheet in self.sheets.values() if sheet.real is not None}

    def lines(self, text: Text) -> Lines:
        """The places of a text, open or not."""
        if text not in self._lines:
            sheet = self.sheet_at(text.path)
            self._lines[text] = Lines(text, self.encoding, lead=sheet.lead if sheet else 0)
        return self._lines[text]

    def sheet_at(self, path: str) -> Sheet | None:
        """The open text of a file."""
        where = real(path)
        return next((sheet for sheet in self.sheets.values() if where in (sheet.real, sheet.path)), None)

    def uri(self, path: str) -> str:
        """How the editor names a file: as it did when it opened it."""
        sheet = self.sheet_at(path)
        return uri_of(path) if sheet is None else sheet.uri

    def short(self, path: str, by: str) -> str:
        """A path as one says it in the folder of another file."""
        try:
            return mask_keys(os.path.relpath(path, os.path.dirname(by)))
        except ValueError:  # on another drive
            return mask_keys(path)

    def _upon(self, sheet: Sheet) -> Iterator[Checked]:
        """What else is open and builds on a text."""
        for other in list(self.sheets.values()):
            if other is not sheet and sheet.real is not None and other.may_be_profile:
                look = self._look(other)
                if sheet.real in look.builds_on:
                    yield look

    def _look(self, sheet: Sheet) -> Checked:
        """A text by itself, as if no other one built on it."""
        if sheet.uri not in self._looks:
            was_profile = sheet.uri in self._profiles
            self._looks[sheet.uri] = Checked(sheet, self.project(sheet), is_base=False, was_profile=was_profile)
        return self._looks[sheet.uri]
