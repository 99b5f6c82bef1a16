"""Where the time of one `callsheet lint FILE` goes.

    python benchmarks/where.py [FILE] [--rounds 30]

Three tables, all medians. The first divides a whole run by processor time, which other programs disturb least:
every stage is timed in a fresh process, on its first call, as a commit hook pays for it; beside it stands what
each further file costs in the same process. The others say which imports the run pays for, by `python -X
importtime`, which slows what it measures down a little.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import corpus
from measure import ENVIRONMENT, Contender, machine, once, table

CALLSHEET = Path(sys.executable).parent / "callsheet"
LARGEST = 25
"""How many single modules are listed."""
AGAIN = 200
"""How often a stage is repeated to tell what a further file costs."""

_IMPORTS = """
import sys
from time import process_time_ns as clock
path, again, *modules = sys.argv[1:]
start = clock()
for module in modules:
    try:
        __import__(module)
    except ImportError:  # `copy` asks for a module of Jython
        pass
times = {"importing": clock() - start}
"""
_STAGES = """
from callsheet.lint import Linter
from callsheet.report import renderer
from callsheet.report.run import Run
from callsheet.source.document import read

def read_file():
    with open(path, "rb", buffering=0) as file:
        return file.read()

def timed(name, stage):
    start = clock()
    result = stage()
    times[name] = clock() - start
    if int(again):
        start = clock()
        for _ in range(int(again)):
            stage()
        times[name] = (clock() - start) // int(again)
    return result

linter = timed("loading the shapes", Linter)
raw = timed("reading the file", read_file)
document = timed("YAML to nodes", lambda: read(path, raw))
findings = timed("judging", lambda: linter.document(document))
timed("reporting", lambda: list(renderer("full")(Run(findings, 1))))
print(times)
"""
_COMMAND = """
from callsheet.cli import main
start = clock()
main(["lint", path])
print({**times, "command": clock() - start})
"""


def child(code: str, *arguments: str) -> dict[str, float]:
    """The milliseconds that a fresh interpreter prints."""
    command = [sys.executable, "-c", _IMPORTS + code, *arguments]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    times: dict[str, int] = ast.literal_eval(done.stdout)
    return {name: value / 1e6 for name, value in times.items()}


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The median of each name over all rounds; what a round does not have is 0 there."""
    names = dict.fromkeys(name for times in rounds for name in times)
    return {name: median(times.get(name, 0.0) for times in rounds) for name in names}


def imports(*command: str) -> dict[str, float]:
    """The modules that a command imports, in order, with the milliseconds of each without those below it."""
    said = subprocess.run(
        [sys.executable, "-X", "importtime", *command], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    times = {}
    for line in said.stderr.splitlines():
        if line.startswith("import time:") and "imported package" not in line:
            own, _, name = line.removeprefix("import time:").split("|")
            times[name.strip()] = int(own) / 1000
    return times


def stages(path: str, modules: list[str], rounds: int) -> list[list[str]]:
    """The rows of the first table."""
    seen = []
    for _ in range(rounds):
        _, bare = once(Contender("bare", [sys.executable, "-c", "pass"]))
        _, run = once(Contender("run", [CALLSHEET, "lint", path]))
        first = child(_STAGES, path, "0", *modules)
        seen.append({"bare": bare, "run": run, **first, **child(_COMMAND, path, "0", *modules)})
    first = medians(seen)
    bare, run, command, importing = (first.pop(name) for name in ("bare", "run", "command", "importing"))
    later = medians([child(_STAGES, path, str(AGAIN), *modules) for _ in range(3)])
    rest = {"arguments, summary": command - sum(first.values()), "start script, exit": run - bare - importing - command}
    rows = [["", "ms", "share", "each further file, us"]]
    for name, value in {"bare interpreter": bare, "importing": importing, **first, **rest}.items():
        per_file = "" if name not in first or name == "loading the shapes" else f"{later[name] * 1000:,.0f}"
        rows.append([name, f"{value:.2f}", f"{value / run:.0%}", per_file])
    return [*rows, ["whole run", f"{run:.2f}", "100%", ""]]


def packages(times: dict[str, float]) -> list[list[str]]:
    """The rows of the second table: imports by the package at the top."""
    groups: dict[str, list[float]] = defaultdict(list)
    for name, own in times.items():
        groups[name.partition(".")[0]].append(own)
    ordered = sorted(groups.items(), key=lambda group: -sum(group[1]))
    rows = [["", "ms", "modules"], *([name, f"{sum(own):.2f}", str(len(own))] for name, own in ordered[:LARGEST])]
    return [*rows, ["all", f"{sum(times.values()):.2f}", str(len(times))]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Say where the time of one run goes.")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = options.file or str(corpus.write(Path(folder), 1)[0])
        bare = imports("-c", "pass")
        imports(str(CALLSHEET), "lint", path)  # writes the bytecode
        seen = [imports(str(CALLSHEET), "lint", path) for _ in range(options.rounds)]
        times = {name: own for name, own in medians(seen).items() if name not in bare}
        print(machine())
        print(f"\nOne run over one file, processor time\n\n{table(stages(path, list(times), options.rounds))}")
    print(f"\nWhat is imported, by package\n\n{table(packages(times))}")
    largest = sorted(times.items(), key=lambda module: -module[1])[:LARGEST]
    rows = [["", "ms"], *([name, f"{own:.2f}"] for name, own in largest)]
    print(f"\nWhat is imported, the largest modules\n\n{table(rows)}")


if __name__ == "__main__":
    main()
