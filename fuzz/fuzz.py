"""Fuzz callsheet: `python fuzz/fuzz.py TARGET… --seconds N`, or `all`. See README.md beside this file."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
_DONE = re.compile(r"Done (\d+) runs in (\d+) second")
_COVERED = re.compile(r"cov: (\d+)")
_SLOWEST = 20
"""Seconds after which one input has taken too long."""
_MEBIBYTES = 2048


class Outcome(NamedTuple):
    """What came of a target: how many inputs it was given, in how many seconds, how many edges it went over."""

    target: str
    runs: int
    seconds: int
    covered: int
    failed: bool


def main() -> int:
    """Fuzz the targets, one after the other; 0 if nothing but findings came out, 1 else, 2 without the fuzzer."""
    try:
        import atheris  # noqa: F401 - the worker needs it
    except ImportError:
        print("fuzz: there is no atheris in this Python: pip install -e '.[dev,fuzz]'", file=sys.stderr)
        return 2
    from target import TARGETS

    parser = argparse.ArgumentParser(description="Fuzz callsheet.")
    parser.add_argument("targets", nargs="+", choices=(*TARGETS, "all"), metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="how long each is fuzzed (default: %(default)s)")
    parser.add_argument("--inputs", type=int, default=-1, help="after how many inputs it ends, if that is sooner")
    parser.add_argument("--found", type=Path, default=HERE.parent / "build" / "fuzz", help="where inputs are kept")
    parser.add_argument("--seed", type=int, default=0, help="for the same run again; 0 is another each time")
    options = parser.parse_args()
    names = list(TARGETS) if "all" in options.targets else options.targets
    outcomes = [fuzz(name, options) for name in names]
    print(f"{'target':<14} {'inputs':>9} {'seconds':>8} {'edges':>7}")
    for outcome in outcomes:
        print(f"{outcome.target:<14} {outcome.runs:>9,} {outcome.seconds:>8,} {outcome.covered:>7,}", end="")
        print("  FAILED" if outcome.failed else "")
    return int(any(outcome.failed for outcome in outcomes))


def fuzz(name: str, options: argparse.Namespace) -> Outcome:
    """Fuzz one target; inputs that lead further stay in the folder `found`, those that broke something beside them."""
    from seed import CORPUS, MOST, dictionary, write

    found: Path = options.found.absolute()
    grown, broken = found / name, found / "broken"
    for folder in (grown, broken, CORPUS / name):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        write(name, Path(scratch, "seeds"))
        dictionary(Path(scratch, "words"))
        words = [
            f"-max_total_time={options.seconds}", f"-runs={options.inputs}", f"-dict={scratch}/words", f"-max_len={MOST}", f"-timeout={_SLOWEST}",
            f"-rss_limit_mb={_MEBIBYTES}", f"-artifact_prefix={broken}/{name}-", f"-seed={options.seed}", "-print_final_stats=1",
            str(grown), str(CORPUS / name), f"{scratch}/seeds",
        ]  # fmt: skip
        line = [sys.executable, str(HERE / "worker.py"), name, *words]
        order = {**os.environ, "PYTHONHASHSEED": str(options.seed)}  # of sets, which is another each time as well
        done = subprocess.run(line, cwd=scratch, env=order if options.seed else None, capture_output=True, check=False)
    told = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    (found / f"{name}.log").write_text(told, encoding="utf-8")
    if done.returncode:
        print(f"fuzz: {name} broke; the input is in {broken}", *told.splitlines()[-60:], sep="\n", file=sys.stderr)
    ended, covered = _DONE.search(told), _COVERED.findall(told)
    runs = re.search(r"number_of_executed_units: (\d+)", told)
    return Outcome(
        name,
        int(runs[1]) if runs else 0,
        int(ended[2]) if ended else 0,
        int(covered[-1]) if covered else 0,
        bool(done.returncode),
    )


if __name__ == "__main__":
    sys.exit(main())
