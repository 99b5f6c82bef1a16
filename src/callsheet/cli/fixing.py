"""What `lint` does with `--fix` and `--diff`. No command itself."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from callsheet.cli import usage
from callsheet.fix.fixer import Fixer
from callsheet.source.document import read

if TYPE_CHECKING:
    from callsheet.config.choice import Choice

_ROUNDS = 10
"""How often all profiles are gone through: a fix in a base may bring one in a profile that was fixed before."""


class _Profile(NamedTuple):
    """A profile as it was read; `real` is None for standard input."""

    name: str
    raw: bytes
    real: str | None


class Fixing:
    """Gathers profiles, fixes them, and says what came of it."""

    def __init__(self, choice: Choice, root: str | None, *, unsafe: bool) -> None:
        self.fixer = Fixer(choice, root, unsafe=unsafe)
        self.profiles: list[_Profile] = []
        self.failed = 0
        """Files that could not be read or written."""
        self._took_stdin = False
        self._stdin = b""

    @property
    def stdin(self) -> bytes | None:
        """What standard input has become, if it was taken."""
        return self._stdin if self._took_stdin else None

    def take(self, name: str, raw: bytes, *, is_file: bool) -> None:
        """Add a profile."""
        self._took_stdin = self._took_stdin or not is_file
        self.profiles.append(_Profile(name, raw, os.path.realpath(name) if is_file else None))

    def show(self, *, quiet: bool) -> bool:
        """Print what would change as a unified diff, and tell whether there is anything."""
        from callsheet.fix.difference import unified

        self._fix()
        changed = [(file.path, file.before, file.after) for file in self.fixer.changed]
        changed += [
            (name, raw, self._stdin) for name, raw, real in self.profiles if real is None and raw != self._stdin
        ]
        for path, before, after in changed:
            sys.stdout.writelines(unified(path, before, after))
        sys.stdout.flush()
        if not quiet:
            count = len(self.fixer.done)
            more = self._more()
            text = f"{count} can be fixed" if count else "nothing to fix"
            print(f"{text}{f'; {more} more with --unsafe-fixes' if more else ''}.".capitalize(), file=sys.stderr)
        return bool(changed)

    def write(self) -> None:
        """Put what has changed on the disk, or standard output."""
        self._fix()
        for file, why in self.fixer.write():
            if why is not None:
                usage(f"{file.path} {why}; nothing in it was changed")
                self.failed += 1
        if self._took_stdin:
            sys.stdout.flush()
            sys.stdout.buffer.write(self._stdin)

    def summary(self, left: int, files: int) -> str | None:
        """How it went, in one line, with one more for each file that was not named and changed all the same."""
        if not self.fixer.done and not left:
            return None
        elsewhere = Counter((done.file, done.profile) for done in self.fixer.done if done.file != done.profile)
        lines = [f"{file}: {count} fixed (through {through})" for (file, through), count in elsewhere.items()]
        more = self._more()
        text = f"{len(self.fixer.done)} fixed, {left} left in {files} file{'s' * (files != 1)}"
        return "\n".join((*lines, f"{text}{f'; {more} more with --unsafe-fixes' if more else ''}."))

    def statistics(self) -> None:
        """Count the fixes of each rule, on standard error."""
        counts = Counter((done.finding.code, done.finding.name) for done in self.fixer.done)
        for (code, name), count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
            print(f"{count:>5}  {code}  {'fixed':<7}  {name}", file=sys.stderr)

    def _fix(self) -> None:
        for name, raw, _ in self.profiles:  # to know which of them are bases of others
            self.fixer.linters.judged(read(name, raw))
        for _ in range(_ROUNDS):
            before = len(self.fixer.done)
            for name, raw, real in self.profiles:
                content = self.fixer.fix(name, raw if real else self._stdin or raw, real)
                if real is None:
                    self._stdin = content
            if len(self.fixer.done) == before:
                break

    def _content(self, profile: _Profile) -> bytes:
        return self._stdin if profile.real is None else self.fixer.content(profile.real, profile.raw)

    def _more(self) -> int:
        """How many more the unsafe fixes would mend."""
        return len(set().union(*(self.fixer.more(profile.name, self._content(profile)) for profile in self.profiles)))
