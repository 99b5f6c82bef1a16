"""The files of a project: what a profile may name, and nothing beyond."""

from __future__ import annotations

import os
import stat

from callsheet.named_tuple import NamedTuple
from callsheet.source.problem import MAX_BYTES

_MARKS = (".git", "pyproject.toml")
"""What the top folder of a project holds."""


class Refusal(Exception):  # noqa: N818 - it is no error of the program
    """Why a file is not read, in a sentence that goes on after its name, and what to do about it.

    `outside` is for what does not belong to the project, `once` for a limit that is told no second time.
    """

    def __init__(self, why: str, help: str, *, outside: bool = False, once: bool = False) -> None:  # noqa: A002 - the word that the output uses
        super().__init__(why)
        self.why = why
        self.help = help
        self.outside = outside
        self.once = once


class File(NamedTuple):
    """A file that another one names: its path as people know it, its real path, its bytes."""

    path: str
    real: str
    raw: bytes


class Project:
    """Reads what profiles name, each file once. Nothing outside of `root` is ever opened.

    Without a root it is, for each file, the nearest folder upward that holds `.git` or `pyproject.toml`, or else the
    file's own folder.
    """

    def __init__(self, root: str | None = None) -> None:
        self._root = None if root is None else os.path.realpath(root)
        self._roots: dict[str, str] = {}
        self._read: dict[str, bytes] = {}

    def find(self, name: str, by: str) -> tuple[str, str]:
        """The path and the real path of a file that the file `by` names.

        Raises Refusal if it is not one that belongs to the project.
        """
        if os.path.isabs(name) or name.startswith("~") or "\0" in name:
            raise Refusal("is not a path relative to this file", "start it at the folder of this file", outside=True)
        folder = os.path.dirname(by)
        path = os.path.join(folder, name)
        try:
            real, root = os.path.realpath(path), self.root(os.path.realpath(by))
            if os.path.realpath(os.path.normpath(path)) == real:  # behind a link, `..` leads elsewhere
                path = os.path.normpath(path)
        except (OSError, ValueError):  # as for letters that the file system has not
            raise Refusal("is not a valid file name on this system", "give the file another name") from None
        if not holds(root, real):
            link = holds(root, os.path.abspath(path))
            where = "leads out of the project by a link" if link else "is outside of the project"
            mend = (
                "move it into the project (the folder with `.git` or `pyproject.toml`), or name a wider one with --root"
            )
            raise Refusal(where, mend, outside=True)
        return path, real

    def read(self, path: str, real: str) -> File:
        """A file that was found. Raises Refusal if there is none, or none that can be read."""
        if real not in self._read:
            self._read[real] = _content(real)
        return File(path, real, self._read[real])

    def root(self, real: str) -> str:
        """The top folder of the project that a file belongs to, by its real path."""
        if self._root is not None:
            return self._root
        own = os.path.dirname(real)
        if own not in self._roots:
            self._roots[own] = top(own)
        return self._roots[own]


def holds(folder: str, path: str) -> bool:
    """Whether a path is a folder or below it; both are absolute, and what links there are is not asked."""
    try:
        return os.path.commonpath((folder, path)) == folder
    except ValueError:  # on another drive
        return False


def top(folder: str) -> str:
    """The top folder of the project that a folder, by its real path, belongs to; itself where there is no project."""
    return nearest_with(_MARKS, folder) or folder


def nearest_with(marks: tuple[str, ...], folder: str) -> str | None:
    """The nearest folder upward, from one by its real path, that holds any of some names; None if none does."""
    while not any(os.path.exists(os.path.join(folder, mark)) for mark in marks):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def _content(real: str) -> bytes:
    try:
        kind = os.stat(real).st_mode
        if stat.S_ISDIR(kind):
            raise Refusal("is a folder", "name a file in it")
        if not stat.S_ISREG(kind):
            raise Refusal("is not a regular file", "name a file, not a device or a pipe")
        with open(real, "rb", buffering=0) as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        other = os.sep == "/" and "\\" in real
        help_ = "write `/` between folders" if other else "check the path: it starts at the folder of this file"
        raise Refusal("does not exist", help_) from None
    except OSError as error:
        raise Refusal(f"cannot be read: {error.strerror}", "check its permissions") from None
    if len(raw) > MAX_BYTES:
        raise Refusal(f"is larger than {MAX_BYTES:,} bytes", "no session comes near that: is it the right file?")
    return raw
