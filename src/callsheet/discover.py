"""From the paths on the command line to the files to check."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from callsheet.content import STDIN

SUFFIXES = (".yaml", ".yml", ".json")
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "dist", "build"})

_NEAR_THE_TOP = 16_384
"""How many characters of a text that cannot be read are searched for a sign of a session."""
_SIGN = r"""gpt-(?:4o-)?(?:mini-)?realtime
    | ["']realtime["']
    | \btype["']?\s*[:=]\s*["']?(?:realtime|transcription)\b
    | \b(?:transcription_)?session\.update
    | \$(?:extends|kind|partial|revision|target)\b["']?\s*:
    | \b(?:output_modalities|turn_detection|transcription|max_response_output_tokens
        | input_audio_(?:format|transcription|noise_reduction)|output_audio_format)["']?\s*:"""
"""What stands in sessions, and hardly in the files of other programs."""


class Found(NamedTuple):
    """A file, and whether the user named it; one that was only found in a folder need not be a profile.

    `error` says why a folder could not be looked into, which then is what `path` names.
    """

    path: str
    named: bool
    error: str | None = None


def discover(paths: Iterable[str], enters: Callable[[str], bool] = lambda _folder: True) -> Iterator[Found]:
    """Every file that the paths stand for, each once; folders in the order of their names.

    A file that is named as well as found counts as named, wherever it comes first. `enters` says of a folder in
    another one whether to look into it.
    """
    paths = list(paths)
    folders = {path for path in paths if path != STDIN and os.path.isdir(path)}
    named = {path: _real(path) for path in paths if path not in folders}
    names = frozenset(named.values())
    seen: set[str] = set()
    for path in paths:
        found = _folder(path, enters) if path in folders else iter(((named[path], Found(path, named=True)),))
        for real, file in found:
            if real not in seen:
                seen.add(real)
                yield file._replace(named=True) if real in names else file


def may_be_session(content: str) -> bool:
    """Whether a text that cannot be read, of a file that nobody named, seems to be meant for a session."""
    top = content[:_NEAR_THE_TOP].replace("\0", "")  # which is what UTF-16 has between its letters
    return re.search(_SIGN, top, re.VERBOSE) is not None


def _real(path: str) -> str:
    """What a file is known by, however its path is written and whatever links lead to it."""
    if path in ("", STDIN):
        return path
    try:
        return os.path.realpath(path)
    except OSError:  # the folder that we are in is gone
        return os.path.abspath(path) if os.path.isabs(path) else path


def _folder(folder: str, enters: Callable[[str], bool]) -> Iterator[tuple[str, Found]]:
    """The profiles-to-be below a folder; hidden folders and those of tools are passed over.

    Only regular files, and no folder that is a link: a pipe would never end, nor would a link to a folder above. Nor is
    a link followed that leads out of both the folder and the project. Each comes with what it is known by.
    """
    if os.pardir not in folder:  # behind a link, `..` leads elsewhere
        folder = os.path.normpath(folder)
    whole = _real(folder)
    pending: list[tuple[str, Found | str]] = [(whole, folder)]
    while pending:
        real, item = pending.pop()
        if isinstance(item, Found):
            yield real, item
            continue
        if item != folder and not enters(item):
            continue
        try:
            with os.scandir(item) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield real, Found(item, named=False, error=error.strerror)
            continue
        parent = "" if item == os.curdir else item
        pending += [below for entry in ordered if (below := _entry(entry, real, parent, whole)) is not None]


def _entry(entry: os.DirEntry[str], real: str, folder: str, whole: str) -> tuple[str, Found | str] | None:
    """What a folder below a `whole` one holds, if it is a file or a folder that counts, with what it is known by."""
    name = entry.name
    if name.startswith("."):
        return None
    path = os.path.join(folder, name)
    try:
        if entry.is_dir(follow_symlinks=False):
            return None if name in _PASSED_OVER else (os.path.join(real, name), path)
        if not name.endswith(SUFFIXES) or not entry.is_file():
            return None
        if not entry.is_symlink():
            return os.path.join(real, name), Found(path, named=False)
        target = _real(path)
        return (target, Found(path, named=False)) if _is_inside(target, whole, real) else None
    except OSError as error:
        return os.path.join(real, name), Found(path, named=False, error=error.strerror)


def _is_inside(target: str, whole: str, folder: str) -> bool:
    """Whether what a link in a folder leads to is below the `whole` folder that was named, or in the project."""
    from callsheet.project import holds, top

    return holds(whole, target) or holds(top(folder), target)
