"""Who builds on a file: the profiles of the project that extend it, or take a value from it."""

from __future__ import annotations

import os

from callsheet.batch.inputs import inputs
from callsheet.content import content
from callsheet.directives import names_files
from callsheet.source.document import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from callsheet.discover import Found
    from callsheet.linters import Linters


def users(parts: Collection[str], linters: Linters, seen: Collection[str]) -> Iterator[Found]:
    """The profiles that build on one of some files, directly or through others, but for those that were `seen`.

    `parts` are paths; `seen` are real paths. Profiles are looked for where the configuration includes them; where it
    says nothing of that, in the whole project.
    """
    choice = linters.choice
    wanted = {os.path.realpath(path) for path in parts}
    places: dict[str, None] = {}
    for part in parts:
        configured = choice.configuration(part)
        named = configured.path is not None and configured.include is not None
        places[configured.folder if named else linters.project.root(os.path.realpath(part))] = None
    for found in inputs(map(_from_here, places), choice):
        if found.error is None and os.path.realpath(found.path) not in seen and _builds_on(wanted, found.path, linters):
            yield found


def _builds_on(wanted: Collection[str], path: str, linters: Linters) -> bool:
    try:
        raw = content(path)
    except OSError:
        return False
    text = raw.decode("utf-8", "replace")
    if not names_files(text):
        return False
    document = read(path, raw)
    if document.data is None:
        return False
    composed = linters.of(path).compose(document)
    return composed is not None and any(link.real in wanted for link in composed.links)


def _from_here(folder: str) -> str:
    """A folder as a user would name it, where it lies below this one."""
    here = os.path.realpath(os.getcwd())
    if folder == here:
        return os.curdir
    return os.path.relpath(folder, here) if folder.startswith(os.path.join(here, "")) else folder
