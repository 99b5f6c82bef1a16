"""How the profiles in an editor are checked: as `callsheet lint` would check them, by their configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callsheet.config.choice import Choice
from callsheet.config.file import ConfigurationError

if TYPE_CHECKING:
    from callsheet.lint import Options


class Settings(NamedTuple):
    """What counts for a file; `trouble` is what is wrong with its configuration, which then does not count."""

    choice: Choice
    options: Options
    is_excluded: bool = False
    trouble: str | None = None


def settings_for(path: str) -> Settings:
    """What counts for the profile at a path. It is asked at every look, as a configuration may be edited as well."""
    choice = Choice()
    try:
        configured = choice.configuration(path)
        return Settings(choice, choice.options(path), configured.excludes(path))
    except ConfigurationError as error:
        isolated = Choice(isolated=True)
        return Settings(isolated, isolated.options(path), trouble=str(error))
