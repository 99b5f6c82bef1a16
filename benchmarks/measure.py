"""Whole processes timed in turn, and what has to be known about a machine to read the figures."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
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


class Contender(NamedTuple):
    """A command line with the name that it has in a table."""

    name: str
    command: Sequence[str | Path]


class Times(NamedTuple):
    """Milliseconds, one for each round: on the wall clock, and of processor time (user and system)."""

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
    """The milliseconds of one run, wall and processor. Raises CalledProcessError where it does not exit with 0."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = perf_counter()
    done = subprocess.run(contender.command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    wall = perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    done.check_returncode()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1000, cpu * 1000


def comparison(times: dict[str, Times], base: str) -> list[list[str]]:
    """The rows of a table; the last column divides each round by the same round of `base`."""
    rows = [["", "min", "median", "max", "cpu", f"times {base}"]]
    for name, (wall, cpu) in times.items():
        ratios = [mine / other for mine, other in zip(wall, times[base].wall, strict=True)]
        low, middle, high = quantiles(ratios, n=4, method="inclusive") if len(ratios) > 1 else ratios * 3
        ratio = "1" if name == base else f"{middle:.2f} ({low:.2f} to {high:.2f})"
        rows.append([name, *(f"{value:,.1f}" for value in (min(wall), median(wall), max(wall), median(cpu))), ratio])
    return rows


def print_table(title: str, rows: list[list[str]]) -> None:
    """Print rows, the first one as the heading; all columns but the first stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n{title}\n")
    for row in rows:
        first, *others = (
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([f"  {first}", *others]).rstrip())


def print_machine() -> None:
    """Print what the figures depend on."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    print(f"machine  {processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; load {load}")
    print(f"python   {platform.python_implementation()} {platform.python_version()}")
