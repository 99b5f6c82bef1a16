"""A file that appears when all of it is written. No command itself."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from typing_extensions import Self


_DEVICES = "/dev/"
"""Where the streams of a process are files."""


def write_whole(name: str, pieces: Iterable[str]) -> None:
    """Write a text file as UTF-8, whole or not at all; its folder must be there. Raises OSError.

    A file that is there keeps its mode, and a link stays one. A device or a pipe is written to as it stands, and so is
    whatever `/dev/fd/3` leads to.
    """
    place = os.path.realpath(name)
    mode = os.stat(name).st_mode if os.path.exists(name) else None  # noqa: PTH110, PTH116 - a pipe has no other path
    if mode is not None and not stat.S_ISDIR(mode) and (not stat.S_ISREG(mode) or name.startswith(_DEVICES)):
        with open(name, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:  # noqa: PTH123 - as above
            stream.writelines(pieces)
        return
    if mode is not None and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with WholeFile(place, _usual() if mode is None else stat.S_IMODE(mode)) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "backslashreplace"))


def _usual() -> int:
    """The mode of a new file."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


class WholeFile:
    """Written beside its place, and put there at the end if all went well; else nothing has changed.

    It can be written once it is made, so nobody does something first and has no place for the result then. Only its
    owner may read it, if no `mode` says otherwise. Raises OSError.
    """

    def __init__(self, name: str, mode: int | None = None) -> None:
        self._place = Path(name)
        self._mode = mode
        if self._place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        self._file = NamedTemporaryFile(dir=self._place.parent, prefix=".callsheet-", delete=False)  # noqa: SIM115 - closed below

    def write(self, content: bytes) -> None:
        """Write a piece of it."""
        self._file.write(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        beside = Path(self._file.name)
        try:
            self._file.close()
            if error is None:
                if self._mode is not None:
                    beside.chmod(self._mode)
                beside.replace(self._place)
        finally:
            beside.unlink(missing_ok=True)
