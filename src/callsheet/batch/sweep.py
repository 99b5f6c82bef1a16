"""A run over many files: what is found is given file by file, in the order of the files."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from callsheet.batch.check import Checker
    from callsheet.batch.checked import Checked, Share
    from callsheet.diagnostic import Finding, Span


class Sweep:
    """Goes through files, and counts them on the way.

    `files` were checked, `passed_over` are no profiles, `unreadable` could not be read. `users` were checked because
    they build on a file that was named, and `parts` are files that were named and are no profiles themselves.
    """

    def __init__(self, checker: Checker, unread: Callable[[Checked], None]) -> None:
        self.checker = checker
        self.linters = checker.linters
        self.files = 0
        self.passed_over = 0
        self.unreadable = 0
        self.users = 0
        self.parts = 0
        self._unread = unread
        self._told: set[tuple[str, str, str, Span]] = set()
        self._seen: set[str] = set()
        """The real paths of the profiles that build on others."""

    def run(self, shares: Iterable[Share]) -> Iterator[list[Finding]]:
        """The findings of each file that has some, each told once; in the end, those of profiles that build on them.

        A file that may be a part of others waits for the end, and what comes behind it waits with it.
        """
        waiting: list[Checked] = []
        for one in self._counted(shares):
            if one.links:
                self.linters.note(one.links)
                self._seen.add(os.path.realpath(one.path))
            if one.what == "unreadable":
                self.unreadable += 1
                self._unread(one)
            elif one.what == "other" and not one.named:
                self.passed_over += 1
            elif waiting or one.as_base is not None or self.checker.may_be_part(one):
                waiting.append(one)
            else:
                self.files += 1
                yield from self._once(one.findings)
        if waiting:
            built = self._users([one.path for one in waiting if self.checker.may_be_part(one)])
            for one in waiting:
                yield from self._settled(one)
            for one in built:
                self.users += 1
                yield from self._once(one.findings)

    def _counted(self, shares: Iterable[Share]) -> Iterator[Checked]:
        """The files that need a closer look; the others are counted."""
        for share in shares:
            self.files += share.fine
            self.passed_over += share.passed_over
            yield from share.rest

    def _users(self, parts: list[str]) -> list[Checked]:
        """The profiles that build on some files."""
        if not parts:
            return []
        from callsheet.batch.users import users

        built = [self.checker.check(found) for found in users(parts, self.linters, self._seen)]
        for one in built:
            self.linters.note(one.links)
        return built

    def _settled(self, one: Checked) -> Iterator[list[Finding]]:
        """The findings of a file, now that it is known who builds on it."""
        is_part = one.named and not one.whole and self._in(self.linters.parts, one)
        if one.what == "other" or is_part:
            self.parts += 1
            self.passed_over += not is_part
            return
        self.files += 1
        yield from self._once(
            one.findings if one.as_base is None or not self._in(self.linters.bases, one) else one.as_base
        )

    def _in(self, files: set[str], one: Checked) -> bool:
        return bool(files) and os.path.realpath(one.path) in files

    def _once(self, findings: Iterable[Finding]) -> Iterator[list[Finding]]:
        """Findings, but for those in a file on which another profile builds as well, where they have been told."""
        new: list[Finding] = []
        for finding in findings:
            place = (os.path.realpath(finding.path), finding.code, finding.own_message, finding.span)
            if place not in self._told:
                self._told.add(place)
                new.append(finding)
        if new:
            yield new
