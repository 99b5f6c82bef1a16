"""Whole processes timed in turn, and what has to be known about a machine to read the figures."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WARM_UPS = 3
"""Rounds that are not counted: they fill the file cache and write the bytecode of what is installed."""

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""Without Python's own variables: PYTHONDONTWRITEBYTECODE alone makes an editable install compile at every run."""

NOWHERE = tempfile.gettempdir()
"""Where all run: in no project, for callsheet would read the pyproject.toml of this one."""


class Contender(NamedTuple):
    """A command line with the name that it has in a table."""

    name: str
    command: Sequence[str | Path]
    status: int = 0
    """What it exits with."""


class Times(NamedTuple):
    """One number for each round: milliseconds on the wall clock, and of processor time."""

    wall: list[float]
    cpu: list[float]


def in_turn(contenders: Sequence[Contender], rounds: int) -> dict[str, Times]:
    """Run A B C A B C …, so that whatever slows the machine down slows all of them down."""
    times = {contender.name: Times([], []) for contender in contenders}
    for counter in range(-min(WARM_UPS, rounds), rounds):
        for contender in contenders:
            wall, cpu = once(contender)
            if counter >= 0:
                times[contender.name].wall.append(wall)
                times[contender.name].cpu.append(cpu)
    return times


def once(contender: Contender) -> tuple[float, float]:
    """The milliseconds of one run, wall and processor. Raises CalledProcessError where it does not exit as it should."""
    start = perf_counter()
    with subprocess.Popen(
        contender.command, cwd=NOWHERE, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as run:
        said = run.stderr.read() if run.stderr else b""
        _, status, usage = os.wait4(run.pid, 0)
        wall = perf_counter() - start
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode != contender.status:
        raise subprocess.CalledProcessError(run.returncode, contender.command, stderr=said)
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


_PEAK = """
import resource, subprocess, sys
subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(contender: Contender) -> float:
    """The MiB that the largest process of one run takes, and at least the ten or so of the one that starts it.

    A child begins with the memory of its parent, so that is a small one.
    """
    command = [sys.executable, "-S", "-c", _PEAK, *contender.command]
    done = subprocess.run(command, cwd=NOWHERE, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def comparison(times: dict[str, Times], base: str) -> list[list[str]]:
    """The rows of a table; the last column divides each round by the same round of `base`."""
    rows = [["", "min ms", "median ms", "max ms", "cpu ms", f"times {base}"]]
    for name, (wall, cpu) in times.items():
        low, middle, high = ratios(times, name, base)
        ratio = "1" if name == base else f"{middle:.2f} ({low:.2f} to {high:.2f})"
        figures = (min(wall), median(wall), max(wall), median(cpu))
        rows.append([name, *(f"{value:,.1f}" for value in figures), ratio])
    return rows


def ratios(times: dict[str, Times], name: str, base: str) -> tuple[float, float, float]:
    """How many times longer one takes than another, round by round: the middle half and the median of it."""
    found = [mine / other for mine, other in zip(times[name].wall, times[base].wall, strict=True)]
    if len(found) == 1:
        return found[0], found[0], found[0]
    low, middle, high = quantiles(found, n=4, method="inclusive")
    return low, middle, high


def table(rows: list[list[str]]) -> str:
    """Rows as a table in Markdown, the first one as its heading; all columns but the first stand to the right."""
    widths = [max(3, *map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join((row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:]))) + " |" for row in rows]
    rule = "|".join(("-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])))
    return "\n".join((lines[0], f"|{rule}|", *lines[1:]))


def machine() -> str:
    """What the figures depend on."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"{platform.python_implementation()} {platform.python_version()}; load {load}"
    )
