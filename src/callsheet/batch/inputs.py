"""From the paths of a command line to the files that are to be checked, as they are configured."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from callsheet.content import STDIN
from callsheet.discover import discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.config.choice import Choice
    from callsheet.discover import Found


def inputs(paths: Iterable[str], choice: Choice, *, exclude_named: bool = False) -> Iterator[Found]:
    """The files, each once. What is found in a folder has to be included and not excluded.

    What is named is checked all the same, unless `exclude_named` is said. Raises ConfigurationError.
    """

    def enters(folder: str) -> bool:
        whole = os.path.abspath(folder)
        return choice.below(os.path.dirname(whole)).enters(whole)

    for found in discover(paths, enters):
        if found.named and (not exclude_named or found.path == STDIN):
            yield found
            continue
        path = os.path.abspath(found.path)
        configured = choice.below(os.path.dirname(path))
        if configured.excludes(path) or not (found.named or found.error or configured.includes(path)):
            continue
        yield found
