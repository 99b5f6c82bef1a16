"""A file that appears when all of it is written. No command itself."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self


class WholeFile:
    """Written beside its place, and put there at the end if all went well; else nothing has changed.

    It can be written once it is made, so nobody does something first and has no place for the result then. Only its
    owner may read it. Raises OSError.
    """

    def __init__(self, name: str) -> None:
        self._place = Path(name)
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
                beside.replace(self._place)
        finally:
            beside.unlink(missing_ok=True)
