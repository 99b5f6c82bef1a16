"""Which files were fine when they were last checked, by what they hold.

Only what needs no words is kept: that a file is no session, or a session without findings. All else is checked again.
A key is made of everything that a verdict depends on: the bytes of the file, the options, the day, this version of
callsheet. Of a profile that builds on others the files are kept as well that it was found to need, and each has to lie
where it lay and to hold what it held.

A cache that cannot be read counts as empty, and one that cannot be written is not written. Two runs at once each write
a whole file, and the later one stays.
"""

from __future__ import annotations

import os
import time
from struct import unpack

from callsheet.batch.checked import Checked
from callsheet.named_tuple import NamedTuple
from callsheet.project import Refusal
from callsheet.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from hashlib import blake2b

    from callsheet.compose import Link
    from callsheet.discover import Found
    from callsheet.lint import Options
    from callsheet.project import Project

else:
    try:
        from _blake2 import blake2b  # as `hashlib` has it, which loads OpenSSL first
    except ImportError:
        from hashlib import blake2b

_SIZE = 16
"""Bytes of a key."""
_HEAD = b"callsheet cache 1\n"
_MOST = 200_000
"""Verdicts that are kept; if there were more, only those of the last run are."""
_DAYS = 14
"""How long the cache of another day or version is kept."""
_SECONDS = 86_400
_COUNT = 8
"""Bytes of the number of keys."""
_ENDING = ".verdicts"


class Verdict(NamedTuple):
    """What is known of a file: whether it is a profile, and what that builds on, with a digest of each file."""

    profile: bool
    links: tuple[Link, ...] = ()
    digests: tuple[str, ...] = ()


_PROFILE, _OTHER = Verdict(profile=True), Verdict(profile=False)


class Cache:
    """Verdicts of earlier runs, and those of this one.

    `folder` need not be there yet. `day` is the date that shutdowns are checked against, `root` the project.
    """

    def __init__(self, folder: str, day: str, root: str | None) -> None:
        self.folder = folder
        self.file = os.path.join(folder, blake2b(_stamp(day, root), digest_size=_SIZE).hexdigest() + _ENDING)
        self.verdicts: dict[bytes, Verdict] = _loaded(self.file)
        self.fresh: dict[bytes, Verdict] = {}
        """Verdicts that were not known before."""
        self._salts: dict[tuple[Options, str, bool], bytes] = {}

    def key(self, options: Options, name: str, raw: bytes, *, named: bool) -> bytes:
        """What the verdict on a file of some name depends on, as one short digest."""
        what = (options, name.rpartition(".")[2], named)
        salt = self._salts.get(what)
        if salt is None:
            selected = None if options.selected is None else sorted(options.selected)
            said = repr((options._replace(selected=None), selected, *what[1:]))
            salt = self._salts[what] = blake2b(said.encode(), digest_size=_SIZE).digest()
        return blake2b(raw, digest_size=_SIZE, salt=salt).digest()

    def known(self, key: bytes, found: Found, project: Project) -> Checked | None:
        """What is known of a file; None where it has to be checked."""
        verdict = self.verdicts.get(key)
        if verdict is None or (verdict.links and not _holds(verdict, found.path, project)):
            return None
        if not verdict.profile:
            return Checked(found.path, "other", found.named)
        return Checked(found.path, "profile", found.named, (), None, True, verdict.links)

    def add(self, key: bytes, checked: Checked, project: Project) -> None:
        """Keep what was found of a file, if it needs no words."""
        if checked.what == "other" and not checked.named:
            self.fresh[key] = _OTHER
        elif checked.what == "profile" and checked.whole and not checked.findings:
            digests = tuple(_digest(project.read(link.name, link.real).raw) for link in checked.links)
            self.fresh[key] = Verdict(True, checked.links, digests)

    def taken(self) -> dict[bytes, Verdict]:
        """What is new since somebody asked the last time: in a process of its own, for the one that saves it."""
        fresh, self.fresh = self.fresh, {}
        return fresh

    def save(self, fresh: dict[bytes, Verdict]) -> None:
        """Write what there is to know, and remove what nobody has used for long."""
        if not fresh:
            return
        kept = {**self.verdicts, **fresh} if len(self.verdicts) + len(fresh) <= _MOST else fresh
        try:
            os.makedirs(self.folder, exist_ok=True)
            _write(self.file, _dumped(kept))
            _tidy(self.folder)
        except OSError:  # then the next run checks all again
            pass


def _stamp(day: str, root: str | None) -> bytes:
    """What every verdict depends on: the version with the date of each of its files, the day, and the project."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return repr((__version__, day, root, sorted(_files(package)))).encode("utf-8", "surrogateescape")


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Every file below a folder, but for bytecode, with its size and its date."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns
            elif entry.name != "__pycache__":
                yield from _files(entry.path)


def _holds(verdict: Verdict, path: str, project: Project) -> bool:
    """Whether all that a profile builds on lies where it lay, and holds what it held."""
    try:
        for link, digest in zip(verdict.links, verdict.digests, strict=True):
            found, real = project.find(link.name, link.by)
            if real != link.real or _digest(project.read(found, real).raw) != digest:
                return False
    except Refusal:
        return False
    return verdict.links[0].by == path


def _digest(raw: bytes) -> str:
    return blake2b(raw, digest_size=_SIZE).hexdigest()


def _dumped(verdicts: dict[bytes, Verdict]) -> bytes:
    """Verdicts as bytes: how many keys of profiles and of other files there are, the keys, and the rest as JSON."""
    import json

    alone = {what: [key for key, verdict in verdicts.items() if verdict == what] for what in (_PROFILE, _OTHER)}
    linked = [[key.hex(), verdict.links, verdict.digests] for key, verdict in verdicts.items() if verdict.links]
    counts = b"".join(len(keys).to_bytes(_COUNT, "big") for keys in alone.values())
    return counts + b"".join(map(b"".join, alone.values())) + json.dumps(linked).encode("ascii")


def _loaded(file: str) -> dict[bytes, Verdict]:
    """The verdicts in a file; none where it is not there, was cut short, or is not what was written."""
    try:
        with open(file, "rb") as opened:
            raw = opened.read()
    except OSError:
        return {}
    head, body = raw[: len(_HEAD) + _SIZE], raw[len(_HEAD) + _SIZE :]
    if head != _HEAD + blake2b(body, digest_size=_SIZE).digest():
        return {}
    verdicts: dict[bytes, Verdict] = {}
    at = 2 * _COUNT
    for number, what in enumerate((_PROFILE, _OTHER)):
        count = int.from_bytes(body[number * _COUNT : (number + 1) * _COUNT], "big")
        end = at + _SIZE * count
        verdicts |= dict.fromkeys(unpack(f"{_SIZE}s" * count, body[at:end]), what)
        at = end
    if body[at:] != b"[]":
        import json

        from callsheet.compose import Link

        for key, links, digests in json.loads(body[at:]):
            verdicts[bytes.fromhex(key)] = Verdict(True, tuple(Link(*link) for link in links), tuple(digests))
    return verdicts


def _write(file: str, body: bytes) -> None:
    """Put a file in its place, whole."""
    beside = f"{file}.{os.getpid()}"
    try:
        with open(beside, "wb") as opened:
            opened.write(_HEAD + blake2b(body, digest_size=_SIZE).digest() + body)
        os.replace(beside, file)
    finally:
        try:  # noqa: SIM105 - contextlib would be loaded for it
            os.unlink(beside)
        except FileNotFoundError:  # as it should be
            pass


def _tidy(folder: str) -> None:
    """Remove what was written on other days or by other versions, once it is old."""
    oldest = time.time() - _DAYS * _SECONDS
    with os.scandir(folder) as entries:
        for entry in entries:
            if _ENDING in entry.name and entry.stat(follow_symlinks=False).st_mtime < oldest:
                os.unlink(entry.path)
