"""From the paths on the command line to the files to check."""

from __future__ import annotations

import os
import re
from itertools import islice

from callsheet.content import STDIN
from callsheet.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    known: dict[str, str] = {}
    named = {path: _named(path, known) for path in paths if path not in folders}
    names = frozenset(named.values())
    seen: set[str] | None = None if len(paths) == 1 else set()  # in one folder only a link leads somewhere again
    for path in paths:
        alone = path not in folders
        found = [_Entry(named[path], Found(path, True, None), False)] if alone else _folder(path, enters)
        for number, (real, file, is_link) in enumerate(found):
            if is_link and seen is None:
                seen = {before.real for before in islice(_folder(path, enters), number)}
            if seen is not None:
                if real in seen:
                    continue
                seen.add(real)
            yield file if alone or not names or real not in names else file._replace(named=True)


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


def _named(path: str, known: dict[str, str]) -> str:
    """The same of one of many files, of whose folders some are `known` already."""
    folder, name = os.path.split(path)
    if name in {"", os.curdir, os.pardir, STDIN}:
        return _real(path)
    if folder not in known:
        known[folder] = os.path.join(_real(folder or os.curdir), "")
    real = known[folder] + name
    return _real(path) if os.path.islink(real) else real


class _Entry(NamedTuple):
    """A file, what it is known by, and whether a link led there."""

    real: str
    file: Found
    is_link: bool


class _Level(NamedTuple):
    """A folder that is being gone through: the names that are left, and which of them are `odd`: no plain files.

    Names alone, as a folder may have a hundred thousand; `real` and `path` are what to put before them.
    """

    real: str
    path: str
    names: list[str]
    odd: dict[str, str]


_FOLDER, _LINK = "a folder", "a link"


def _folder(folder: str, enters: Callable[[str], bool]) -> Iterator[_Entry]:
    """The profiles-to-be below a folder; hidden folders and those of tools are passed over.

    Only regular files, and no folder that is a link: a pipe would never end, nor would a link to a folder above. Nor is
    a link followed that leads out of both the folder and the project.
    """
    if os.pardir not in folder:  # behind a link, `..` leads elsewhere
        folder = os.path.normpath(folder)
    whole = _real(folder)
    try:
        levels = [_level(whole, folder)]
    except OSError as error:
        yield _Entry(whole, Found(folder, False, error.strerror), False)
        return
    while levels:
        level = levels[-1]
        before, shown, names, odd = level
        while names:
            name = names.pop()
            real, path = before + name, shown + name
            what = odd.get(name) if odd else None
            if what is None:
                yield _Entry(real, Found(path, False, None), False)
            elif what == _LINK:
                target = _real(path)
                if _is_inside(target, whole, os.path.dirname(real)):
                    yield _Entry(target, Found(path, False, None), True)
            elif what != _FOLDER:
                yield _Entry(real, Found(path, False, what), False)
            elif enters(path):
                try:
                    levels.append(_level(real, path))
                    break
                except OSError as error:
                    yield _Entry(real, Found(path, False, error.strerror), False)
        else:
            levels.pop()


def _level(real: str, path: str) -> _Level:
    """What a folder holds that counts, the first name last. Raises OSError if it cannot be looked into."""
    names: list[str] = []
    odd: dict[str, str] = {}
    with os.scandir(path) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            try:
                if entry.is_file(follow_symlinks=False):
                    if not name.endswith(SUFFIXES):
                        continue
                elif entry.is_dir(follow_symlinks=False):
                    if name in _PASSED_OVER:
                        continue
                    odd[name] = _FOLDER
                elif name.endswith(SUFFIXES) and entry.is_file():
                    odd[name] = _LINK
                else:
                    continue
            except OSError as error:
                odd[name] = error.strerror or str(error)
            names.append(name)
    names.sort(reverse=True)
    return _Level(os.path.join(real, ""), "" if path == os.curdir else os.path.join(path, ""), names, odd)


def _is_inside(target: str, whole: str, folder: str) -> bool:
    """Whether what a link in a folder leads to is below the `whole` folder that was named, or in the project."""
    from callsheet.project import holds, top

    return holds(whole, target) or holds(top(folder), target)
