"""Fixes applied: pass after pass over a profile, until there is nothing left that can be fixed."""

from __future__ import annotations

import os

from callsheet.fix.repair import Mends, apart, by_text
from callsheet.fix.replace import NotReplaced, replace
from callsheet.linters import Linters
from callsheet.named_tuple import NamedTuple
from callsheet.overlay import Overlay
from callsheet.source.document import read
from callsheet.source.edit import edited

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.config.choice import Choice
    from callsheet.diagnostic import Finding, Span

_PASSES = 100
"""How often one profile is looked at again. Fixes that undo each other would never end."""
_BOM = b"\xef\xbb\xbf"


class Changed(NamedTuple):
    """A file with its content as it was read and as it is to be; `path` is how people know it."""

    path: str
    real: str
    before: bytes
    after: bytes


class Done(NamedTuple):
    """One fix that was made: the finding that it mends, the file that it changed, the profile it was met through."""

    finding: Finding
    file: str
    profile: str


class Fixer:
    """Fixes profile after profile, in memory; `write` puts it on the disk.

    `instead` holds what counts in place of the files on the disk, by real path.
    """

    def __init__(
        self,
        choice: Choice,
        root: str | None = None,
        *,
        unsafe: bool = False,
        instead: Mapping[str, bytes] | None = None,
    ) -> None:
        self.project = Overlay(root, instead)
        self.linters = Linters(choice, self.project)
        self.unsafe = unsafe
        self.done: list[Done] = []
        self._changed: dict[str, Changed] = {}

    @property
    def changed(self) -> list[Changed]:
        """The files that would be other than they were."""
        return [file for file in self._changed.values() if file.before != file.after]

    def fix(self, name: str, raw: bytes, real: str | None = None) -> bytes:
        """Fix one profile and what it builds on, and give its new content.

        Without a `real` path it is no file that could be written; then nothing but itself is changed.
        """
        seen: set[bytes] = set()
        for _ in range(_PASSES):
            content = raw if real is None else self.content(real, raw)
            made = False
            mends = self._mends(name, content)
            for text, chosen in by_text(mends.all(unsafe=self.unsafe)).items():
                path = text.path
                if real is None and path != name:
                    continue
                taken = mends.accepted(apart(chosen))
                if not taken:
                    continue
                after = edited(taken[0].text.content, [edit for mend in taken for edit in mend.repair.edits])
                if path == name:
                    if (fresh := self._encoded(content, after)) in seen:
                        break
                    seen.add(fresh)
                    if real is None:
                        raw = fresh
                    else:
                        self._change(name, real, content, fresh)
                else:
                    other = os.path.realpath(path)
                    file = self.project.read(path, other)
                    self._change(path, other, file.raw, self._encoded(file.raw, after))
                self.done += [Done(mend.finding, path, name) for mend in taken]
                made = True
            if not made:
                break
        return raw if real is None else self.content(real, raw)

    def more(self, name: str, raw: bytes) -> set[tuple[str, str, Span]]:
        """What is left that the unsafe fixes would mend: file, code and place of each finding."""
        if self.unsafe:
            return set()
        mends = self._mends(name, raw)
        left = [mend.finding for mend in mends.provable(mends.all(unsafe=True))]
        return {(finding.path, finding.code, finding.span) for finding in left}

    def content(self, real: str, raw: bytes) -> bytes:
        """What is by now in a file that held `raw`."""
        changed = self._changed.get(real)
        return raw if changed is None else changed.after

    def write(self) -> Iterator[tuple[Changed, str | None]]:
        """Write what has changed, file by file; with each comes None, or why it stands as it was, here as well."""
        for file in self.changed:
            why = _refusal(file)
            if why is not None:
                del self._changed[file.real], self.project.instead[file.real]
            yield file, why

    def _mends(self, name: str, raw: bytes) -> Mends:
        document = read(name, raw)
        return Mends(document, self.linters.judged(document))

    def _change(self, path: str, real: str, before: bytes, after: bytes) -> None:
        known = self._changed.get(real)
        self._changed[real] = Changed(path, real, before, after) if known is None else known._replace(after=after)
        self.project.instead[real] = after

    @staticmethod
    def _encoded(raw: bytes, content: str) -> bytes:
        return (_BOM if raw.startswith(_BOM) else b"") + content.encode("utf-8")


def _refusal(file: Changed) -> str | None:
    """Write a file; where that cannot be, say why."""
    try:
        replace(file.path, file.before, file.after)
    except NotReplaced as refusal:
        return str(refusal)
    return None
