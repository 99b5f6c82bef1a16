"""From the paths of a command line to the files that are to be checked, as they are configured."""

from __future__ import annotations

from callsheet.content import STDIN
from callsheet.discover import discover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.config.choice import Choice
    from callsheet.discover import Found


def inputs(paths: Iterable[str], choice: Choice, *, exclude_named: bool = False) -> Iterator[Found]:
    """The files, each once. What is found in a folder has to be included and not excluded.

    What is named is checked all the same, unless `exclude_named` is said. Raises ConfigurationError.
    """

    def enters(folder: str) -> bool:
        return choice.configuration(folder).enters(folder)

    for found in discover(paths, enters):
        if found.named and (not exclude_named or found.path == STDIN):
            yield found
            continue
        configured = choice.configuration(found.path)
        wanted = found.named or found.error or configured.includes(found.path)
        if wanted and not configured.excludes(found.path):
            yield found
