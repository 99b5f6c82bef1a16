"""With what options each file is checked: as the command line says, and for the rest its configuration."""

from __future__ import annotations

import os

from callsheet.config import file
from callsheet.config.configuration import Configuration
from callsheet.lint import Options
from callsheet.named_tuple import NamedTuple


class Flags(NamedTuple):
    """What was said for all files at once; None, or empty, where it was not."""

    kind: str | None = None
    target: str | None = None
    today: str | None = None
    revision: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


class Choice:
    """Finds the configuration of each file, and what comes of it together with the flags.

    It is that of the nearest folder upward that has one, up to the folder with `.git`.
    A flag counts before the key of its name. `named` is a configuration for all files, whatever theirs would be;
    `isolated` leaves all of them out. Every method raises ConfigurationError for a configuration with a fault, and
    ValueError for a flag that names no rule.
    """

    def __init__(self, flags: Flags | None = None, *, named: str | None = None, isolated: bool = False) -> None:
        self.flags = flags or Flags()
        self._for_all: Configuration | None = None
        if isolated:
            self._for_all = Configuration(os.getcwd())
        elif named is not None:
            self._for_all = _checked(file.named(named), os.path.dirname(os.path.abspath(named)))
        self._by_folder: dict[str, Configuration] = {}
        self._by_name: dict[str, Configuration] = {}
        """The same by the names of folders as paths have them, which is quicker to look up."""
        self._options: dict[tuple[str, tuple[str, ...]], Options] = {}

    def configuration(self, path: str) -> Configuration:
        """The configuration of a file."""
        folder = os.path.dirname(path)
        known = self._by_name.get(folder)
        if known is None:
            known = self._by_name[folder] = self.below(os.path.abspath(folder))
        return known

    def below(self, folder: str) -> Configuration:
        """The configuration of the files in a folder, which is an absolute path."""
        if self._for_all is not None:
            return self._for_all
        known = self._by_folder.get(folder)
        if known is None:
            source = file.found(folder)
            if source is not None:
                known = _checked(source, folder)
            else:
                known = Configuration(folder) if file.is_top(folder) else self.below(os.path.dirname(folder))
            self._by_folder[folder] = known
        return known

    def options(self, path: str) -> Options:
        """The options for a file."""
        chosen = self.configuration(path)
        ignores = chosen.ignores(path)
        key = (chosen.path or "", ignores)
        if key not in self._options:
            self._options[key] = self._told(chosen, ignores)
        return self._options[key]

    def _told(self, chosen: Configuration, ignores: tuple[str, ...]) -> Options:
        flags = self.flags
        select = flags.select or chosen.rules("select")
        ignore = flags.ignore or chosen.rules("ignore")
        extend = (*chosen.rules("extend-select"), *flags.extend_select)
        selected: frozenset[str] | None = None
        if select or ignore or extend or ignores:
            from callsheet.selection import selection

            selected = selection(select, ignore, extend)
            if ignores:
                selected &= selection((), ignores)
        return Options(flags.kind, flags.target, flags.today, flags.revision, selected, chosen.target, chosen.revision)


def _checked(source: file.Source, folder: str) -> Configuration:
    """The configuration in a file. Raises ConfigurationError with a line for each fault in it."""
    from callsheet.config.written import configuration, misfits

    said = file.data(source)
    wrong = sorted((file.line_of(source, misfit.path), misfit.message) for misfit in misfits(said))
    if wrong:
        raise file.ConfigurationError(*(f"{source.path}:{line}: {message}" for line, message in wrong))
    return configuration(said, folder, source.path)
