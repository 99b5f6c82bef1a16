"""Where a file is, as those who hold the whole repository call it."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote

from callsheet.content import STDIN
from callsheet.project import nearest_with

_MARKS = (".git",)
"""What the top folder of a repository holds."""


class Places:
    """The places of the files of one report.

    A place starts at the top of the repository, which is the nearest folder upward with `.git`, or the current folder
    where there is none. A file that is in neither keeps its absolute path. Links on the way are followed.
    """

    def __init__(self) -> None:
        self._here = os.path.realpath(".")
        self._tops: dict[str, str] = {}
        self._files: dict[str, PurePath] = {}

    def path(self, file: str) -> str:
        """The path of a file, with slashes."""
        return self._file(file).as_posix()

    def uri(self, file: str) -> str:
        """The same as a URI; all but plain letters is percent-encoded, byte by byte."""
        place = self._file(file)
        return place.as_uri() if place.is_absolute() else quote(os.fsencode(place.as_posix()))

    def _file(self, file: str) -> PurePath:
        if file not in self._files:
            self._files[file] = PurePath(file) if file == STDIN else self._found(PurePath(os.path.realpath(file)))
        return self._files[file]

    def _found(self, real: PurePath) -> PurePath:
        folder = str(real.parent)
        if folder not in self._tops:
            self._tops[folder] = nearest_with(_MARKS, folder) or self._here
        top = self._tops[folder]
        return real.relative_to(top) if real.is_relative_to(top) else real
