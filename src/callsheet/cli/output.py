"""Where the findings of `lint` go, and in which formats. No command itself."""

from __future__ import annotations

import os
import sys

from callsheet.cli import usage
from callsheet.report import COLORED, FORMATS, PIECEMEAL, WITH_EDITS, renderer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from callsheet.diagnostic import Finding
    from callsheet.report.run import Run

VARIABLE = "CALLSHEET_OUTPUT_FORMAT"
"""The variable of the environment that says what counts without `--output-format`."""
STANDARD = "-"
"""What standard output is called."""


def output_arguments(parser: ArgumentParser) -> None:
    """The flags of it."""
    parser.add_argument(
        "--output-format",
        metavar="FORMAT",
        action="append",
        default=[],
        help=f"how findings are printed: {', '.join(FORMATS)} (default: what ${VARIABLE} or the configuration says, or"
        f" {FORMATS[0]}); FORMAT=FILE writes them to a file, and the flag may be given again for several formats",
    )
    parser.add_argument(
        "--output-file",
        metavar="FILE",
        help="where a format goes that names no file itself; - is standard output (default)",
    )


class Output:
    """What the flags ask for: `words` and `file`, and in `default` what counts without flag and variable.

    Raises ValueError with a sentence if that cannot be.
    """

    def __init__(self, words: Sequence[str], file: str | None = None, default: str = FORMATS[0]) -> None:
        usual = os.environ.get(VARIABLE)
        try:
            self.reports = [_report(word, file) for word in words or [usual or default]]
        except ValueError as error:
            raise ValueError(f"{error} (${VARIABLE} says so)" if usual and not words else str(error)) from None
        files = [place for _, place in self.reports]
        twice = next((name for name in files if files.count(name) > 1), None)
        if twice is not None:
            where = "standard output" if twice == STANDARD else twice
            raise ValueError(f"two formats cannot both go to {where}; write FORMAT=FILE for one of them")
        if file is not None and file not in files:
            raise ValueError("--output-file is for a format that names no file itself, and each of these does")
        self.edits = any(name in WITH_EDITS for name, _ in self.reports)
        """Whether a format shows the edits that would mend a finding."""
        self.piecemeal = any(name in PIECEMEAL and _stream(place, sys.stdout) for name, place in self.reports)
        """Whether something is printed before the run is over."""
        self._kept: list[Finding] = []

    def take(self, run: Run, stream: TextIO) -> None:
        """Print the findings of some files, in a format that can do that, and keep them for the others."""
        waits = False
        for name, file in self.reports:
            to = _stream(file, stream)
            if to is None or name not in PIECEMEAL:
                waits = True
            else:
                to.writelines(_rendered(name, run, color=file == STANDARD))
        if waits:
            self._kept += run.findings

    def finish(self, run: Run, stream: TextIO) -> int:
        """Print and write what had to wait for the end of the run; the number of files where that failed.

        A file is written if there is nothing to say as well: an older one would go on to say something else.
        """
        failed = 0
        whole = run._replace(findings=self._kept)
        for name, file in self.reports:
            to = _stream(file, stream)
            if to is None:
                failed += _written(file, name, whole)
            elif name not in PIECEMEAL:
                to.writelines(_rendered(name, whole, color=file == STANDARD))
        sys.stdout.flush()
        return failed


def _stream(file: str, standard: TextIO) -> TextIO | None:
    """The stream that a file's name stands for."""
    return {STANDARD: standard, "/dev/stdout": sys.stdout, "/dev/stderr": sys.stderr}.get(file)


def _rendered(name: str, run: Run, *, color: bool) -> Iterator[str]:
    """The pieces of one format, coloured where it and the run allow that."""
    return renderer(name)(run._replace(color=run.color and color and name in COLORED))


def _report(word: str, file: str | None) -> tuple[str, str]:
    """A format, and where it goes."""
    name, says_file, own = word.partition("=")
    if name not in FORMATS:
        raise ValueError(f"there is no output format `{name}`; there are {', '.join(FORMATS)}")
    if says_file and not own:
        raise ValueError(f"`{word}` names no file; write `{name}=FILE`")
    return name, own or file or STANDARD


def _written(file: str, name: str, run: Run) -> bool:
    """Write one format to a file, and tell whether that failed; standard error says why."""
    from callsheet.cli.whole import write_whole

    try:
        write_whole(file, _rendered(name, run, color=False))
    except OSError as error:
        usage(f"cannot write {file}: {error.strerror}")
        return True
    return False
