"""Try the tests on mutants of callsheet: `python tools/mutants.py AREA… [--share 0.2] [--seed 1] [--jobs 2]`.

A mutant is callsheet with one small change (`mutation.py`), in a copy of the repository. Some test of its area
(`area.py`) ought to fail then; where none does, the mutant has survived, and is told. One that no test could kill, as
the changed program does the same, is told once and for all in `equivalent.py`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from area import AREAS
from equivalent import EQUIVALENTS, named
from mutation import mutations
from trial import Mutant, Trial, enter, outcome, preload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from area import Area

ROOT = Path(__file__).parents[1]
LEAST = 90
"""Of a hundred mutants that could be killed, how many have to be."""
OUTCOMES = ("killed", "timed out", "equivalent", "survived")
_ROW = "{:<12}{:>9}{:>8}{:>8}{:>11}{:>12}{:>10}{:>9}"


def main(words: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Try the areas one after the other; 0 if enough mutants were killed in each, 1 else."""
    parser = argparse.ArgumentParser(description="Try the tests on mutants of callsheet.")
    parser.add_argument("areas", nargs="+", choices=AREAS, metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--share", type=float, default=1.0, help="which part of each file's mutants (default: all)")
    parser.add_argument("--seed", type=int, default=1, help="which ones those are (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=1, help="how many at once (default: %(default)s)")
    parser.add_argument("--at", action="append", default=[], metavar="FILE[:LINE]", help="only the mutants there")
    options = parser.parse_args(words)
    preload()
    rows = []
    for name in options.areas:
        area = AREAS[name]
        mutants = [one for one in mutants_of(root, area) if not options.at or _is_at(one, options.at)]
        if not mutants:
            parser.error(f"{name} has no mutant at {' or '.join(options.at)}")
        chosen = sample(mutants, options.share, options.seed)
        outcomes: Counter[str] = Counter()
        for mutant, became in tried(root, area, chosen, options.jobs):
            outcomes[became] += 1
            if became == "survived":
                print(f"{mutant}    in `{mutant.text}`", flush=True)
        rows.append((name, len(mutants), outcomes))
    print()
    print(_ROW.format("area", "mutants", "tried", *OUTCOMES, "share"))
    for name, every, outcomes in rows:
        counts = [outcomes[word] for word in OUTCOMES]
        print(_ROW.format(name, every, sum(counts), *counts, f"{share(outcomes):.1f} %"))
    return int(any(share(outcomes) < LEAST for _, _, outcomes in rows))


def mutants_of(root: Path, area: Area) -> Iterator[Mutant]:
    """All mutants of an area, file by file."""
    for file in area.sources(root):
        yield from mutants_in(root, file)


def mutants_in(root: Path, file: str) -> Iterator[Mutant]:
    """All mutants of a file."""
    source = (root / file).read_bytes()
    lines = source.decode().splitlines()
    yield from (Mutant(file, one, lines[one.line - 1].strip()) for one in mutations(source))


def sample(mutants: list[Mutant], part: float, seed: int) -> list[Mutant]:
    """A part of the mutants of each file, one at least, in the order of the text; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret
    chosen: set[int] = set()
    for file in dict.fromkeys(mutant.file for mutant in mutants):
        there = [index for index, mutant in enumerate(mutants) if mutant.file == file]
        chosen.update(chance.sample(there, min(len(there), max(1, round(part * len(there))))))
    return [mutants[index] for index in sorted(chosen)]


def tried(root: Path, area: Area, mutants: list[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """The mutants with what became of each; those that are known as equivalent are not tried."""
    yield from ((mutant, "equivalent") for mutant in mutants if named(mutant) in EQUIVALENTS)
    alive = [mutant for mutant in mutants if named(mutant) not in EQUIVALENTS]
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        Path(scratch).chmod(0o755)  # for tests that run as somebody else
        first = Trial.begun(root, Path(scratch, "copy"), area)
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), enter, (first,)) as pool:
            yield from zip(alive, pool.map(outcome, alive), strict=True)


def _is_at(mutant: Mutant, places: Sequence[str]) -> bool:
    return any(place in (mutant.file, f"{mutant.file}:{mutant.mutation.line}") for place in places)


def share(outcomes: Counter[str]) -> float:
    """Of a hundred mutants that could be killed, how many were."""
    killed = outcomes["killed"] + outcomes["timed out"]
    could = killed + outcomes["survived"]
    return 100 * killed / could if could else 100.0


if __name__ == "__main__":
    sys.exit(main())
