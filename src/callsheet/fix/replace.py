"""A file replaced, whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


class NotReplaced(Exception):  # noqa: N818 - the old file stands
    """The file is as it was; the text says why, in a sentence that goes on after its name."""


def replace(path: str, before: bytes, after: bytes) -> None:
    """Put other content into a file that still has the content `before`.

    It is written beside the file and then takes its place, with the same mode and, where that may be, the same owner.
    Of a link, the file that it leads to is replaced. Raises NotReplaced.
    """
    target = Path(path).resolve()
    try:
        status = target.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotReplaced("is no regular file")
        if not os.access(target, os.W_OK):
            raise NotReplaced("is read-only")
        _unchanged(target, before)
        descriptor, name = mkstemp(dir=target.parent, prefix=".callsheet-")
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(after)
                with suppress(OSError, AttributeError):  # only root may give a file away, and not on every system
                    os.chown(beside, status.st_uid, status.st_gid)
                beside.chmod(stat.S_IMODE(status.st_mode))
                file.flush()
                os.fsync(file.fileno())
            _unchanged(target, before)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise NotReplaced(f"cannot be written: {error.strerror}") from None
    _settle(target.parent)


def _unchanged(target: Path, before: bytes) -> None:
    if target.read_bytes() != before:
        raise NotReplaced("has changed since it was read; run it again")


def _settle(folder: Path) -> None:
    """Have the new name on the disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
