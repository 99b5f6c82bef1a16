"""callsheet beside its peers: whole processes, in turn, over the same files; and how its own time grows.

    python benchmarks/run.py [--folder build/bench] [--quick] [--write]

It brings callsheet (as a wheel) and the peers into environments below the folder, makes the files, measures and prints.
With --write the page docs/performance.md and its pictures are made anew; that wants the extra `bench`. Nothing else
should be busy on the machine. README.md beside this file says how to read it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import corpus
import growth
from chart import draw
from measure import ENVIRONMENT, Contender, Times, comparison, in_turn, machine, once, peak, ratios, table
from peers import AJV, BARE, CHECK, CHECK_C, NATIVE, OURS, ROOT, YAMLLINT, Peer, bring, contenders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = ROOT / "docs" / "performance.md"
PICTURES = ROOT / "docs" / "performance"
SIZES = (10, 100, 1_000, 10_000, 100_000)
WRONG = 10
"""Of so many files one is wrong, where some are."""


class Bar(NamedTuple):
    """What was asked for, and what came of it."""

    work: str
    asked: str
    measured: str
    met: bool


class Bench:
    """The peers, the files, and what has been found: pieces of a page, and the bars."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder = folder
        self.quick = quick
        self.peers: dict[str, Peer] = bring(folder)
        self.pieces: list[str] = []
        self.bars: list[Bar] = []

    def say(self, piece: str) -> None:
        """Print a piece of the page, and keep it."""
        print(f"\n{piece}", flush=True)
        self.pieces.append(piece)

    def files(self, count: int) -> tuple[Path, list[Path]]:
        """A folder with so many files, made where it is not there yet."""
        folder = self.folder / "files" / str(count)
        if not folder.exists():
            corpus.write(folder, count)
        return folder, sorted(folder.iterdir())

    def rounds(self, count: int) -> int:
        """How often something is run; a quarter of it where it shall be quick."""
        return max(2, count // 4) if self.quick else count

    def ours(self, *words: str | Path, status: int = 0, name: str = OURS) -> Contender:
        """callsheet, called in another way than its peers are."""
        program = self.peers[OURS].command(self.folder, [])[0]
        return Contender(name, [program, "lint", *words], status)

    def compare(self, title: str, count: int, names: Sequence[str], rounds: int) -> dict[str, Times]:
        """Callsheet and some peers over a number of valid files."""
        folder, files = self.files(count)
        times = in_turn(contenders(self.peers, names, folder, files), self.rounds(rounds))
        self.say(f"### {title}\n\n{table(comparison(times, OURS))}")
        return times

    def bar(self, work: str, asked: str, times: dict[str, Times], base: str, limit: float) -> None:
        """Whether callsheet takes at most so many times what another one does."""
        if base not in times:
            self.bars.append(Bar(work, asked, f"{base} is not here", met=False))
            return
        _, ratio, _ = ratios(times, OURS, base)
        self.bars.append(Bar(work, asked, f"{ratio:.3g} ×", met=ratio <= limit))


def prove(bench: Bench) -> None:
    """Make sure that every peer takes the files, and refuses them once one has an unknown key: who fails fast looks fast."""
    folder, some = bench.files(10)
    broken = folder.with_name("10-broken")
    if not broken.exists():
        shutil.copytree(folder, broken)
        text = some[-1].read_text(encoding="utf-8")
        (broken / some[-1].name).write_text(f"{text}no_such_key: 1\n", encoding="utf-8")
    for where, should in ((folder, True), (broken, False)):
        for peer in bench.peers.values():
            if peer.name in (BARE, YAMLLINT):  # which know no schema
                continue
            command = peer.command(where, sorted(where.iterdir()))
            done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
            if (done.returncode == 0) != should:
                sys.exit(f"{peer.name} exits with {done.returncode} over {where}:\n{done.stdout}{done.stderr}")


def files(bench: Bench) -> None:
    """One file, and many, beside the peers."""
    bench.say("## Beside its peers\n\nValid files of 3 to 4 KB, none remembered from an earlier run.")
    everyone = (BARE, OURS, CHECK, CHECK_C, NATIVE, AJV, YAMLLINT)
    one = bench.compare("1 file", 1, everyone, 40)
    bench.bar("1 file, all rules", "4 × `python -c pass`", one, BARE, 4)
    bench.bar("1 file, all rules", "0.2 × check-jsonschema with its C parser", one, CHECK_C, 0.2)
    hundred = bench.compare("100 files", 100, everyone, 20)
    bench.bar("100 files", "0.08 × check-jsonschema", hundred, CHECK, 0.08)
    thousand = bench.compare("1,000 files", 1_000, (OURS, CHECK_C, NATIVE, AJV, YAMLLINT), 10)
    bench.bar("1,000 files, cold", "0.08 × check-jsonschema with its C parser", thousand, CHECK_C, 0.08)
    bench.bar("1,000 files, cold", "2 × sourcemeta's native binary", thousand, NATIVE, 2)
    many = bench.compare("10,000 files", 10_000, (OURS, NATIVE), 5)
    bench.bar("10,000 files, cold", "1 × sourcemeta's native binary", many, NATIVE, 1)


def ways(bench: Bench) -> None:
    """The same files in other ways: remembered, in one process, with faults."""
    folder, _ = bench.files(10_000)
    runs = [
        bench.ours(folder, "-q", name="again: all were fine"),
        bench.ours(folder, "-q", "--no-cache"),
        bench.ours(folder, "-q", "--no-cache", "--jobs", "1", name="in one process"),
    ]
    subprocess.run(runs[0].command, env=ENVIRONMENT, check=True)
    times = in_turn(runs, bench.rounds(10))
    bench.say(f"## In other ways\n\n### 10,000 files\n\n{table(comparison(times, OURS))}")
    again = median(times["again: all were fine"].wall)
    bench.bars.append(Bar("10,000 files, warm", "150 ms", f"{again:.0f} ms", met=again <= 150))
    folder, _ = bench.files(1)
    seldom, wrong = (_with(bench, 1, line, 1) for line in ("x-note: &note a\n", "no_such_key: 1\n"))
    times = in_turn(
        [
            bench.ours(folder, "-q", "--no-cache"),
            bench.ours(seldom, "-q", "--no-cache", name="with an anchor, which libyaml reads"),
            bench.ours(wrong, "--no-cache", status=1, name="with a fault, in full text"),
        ],
        bench.rounds(40),
    )
    bench.say(f"### 1 file\n\n{table(comparison(times, OURS))}")
    folder, _ = bench.files(1_000)
    wrong = _with(bench, 1_000, "no_such_key: 1\n", WRONG)
    times = in_turn(
        [bench.ours(folder, "--no-cache"), bench.ours(wrong, "--no-cache", status=1, name="100 of them wrong")],
        bench.rounds(20),
    )
    bench.say(f"### 1,000 files, full text\n\n{table(comparison(times, OURS))}")
    _, ratio, _ = ratios(times, "100 of them wrong", OURS)
    bench.bars.append(
        Bar("1,000 files of which 100 are wrong", "1.5 × the clean run", f"{ratio:.2f} ×", met=ratio <= 1.5)
    )


def _with(bench: Bench, count: int, line: str, each: int) -> Path:
    """The files in another folder, where one of so many has a line more."""
    folder, some = bench.files(count)
    other = folder.with_name(f"{count}-{line.partition(':')[0]}")
    if not other.exists():
        shutil.copytree(folder, other)
        for file in some[::each]:
            (other / file.name).write_text(file.read_text(encoding="utf-8") + line, encoding="utf-8")
    return other


def memory(bench: Bench) -> None:
    """The peak of memory, and the time, by the number of files."""
    points: list[tuple[float, float]] = []
    rows = [["files", "ms", "ms a file", "MiB"]]
    for count in SIZES:
        folder, _ = bench.files(count)
        run = bench.ours(folder, "-q", "--no-cache")
        largest = peak(run)
        took = once(run)[0]
        points.append((count, took))
        rows.append([f"{count:,}", f"{took:,.0f}", f"{took / count:.3f}", f"{largest:.1f}"])
    bench.say(f"## As the files get more\n\n{table(rows)}\n\n![Time by files](performance/files.svg)")
    draw(PICTURES / "files.svg", "callsheet lint FOLDER", ("files", "milliseconds"), {"cold": points})
    most = max(float(row[-1]) for row in rows[1:])
    bench.bars.append(Bar("peak memory, up to 100,000 files", "45 MiB", f"{most:.1f} MiB", met=most <= 45))


def growing(bench: Bench) -> None:
    """One file that grows."""
    lines = dict(growth.measured(growth.CONTENTS))
    bench.say(
        "## As one file grows\n\nEach kind of content in sizes that double up to a mebibyte: kilobytes, findings, and the "
        "processor time of reading, judging and reporting. The last column says how many times longer the last doubling "
        f"took.\n\n{table(growth.rows(lines))}\n\n![Time by size](performance/size.svg)"
    )
    shown = {name: [(point.size / 1024, point.took) for point in points] for name, points in lines.items()}
    draw(PICTURES / "size.svg", "one file", ("KB", "milliseconds"), shown)


def starting(bench: Bench) -> None:
    """What it costs a program to import callsheet, and to make a body."""
    python = bench.peers[BARE].command(bench.folder, [])[0]
    times = in_turn(
        [
            Contender(BARE, [python, "-c", "pass"]),
            Contender("import callsheet", [python, "-c", "import callsheet"]),
            Contender("callsheet --version", [python, "-m", "callsheet", "--version"]),
        ],
        bench.rounds(40),
    )
    bench.say(f"## From a program\n\n{table(comparison(times, BARE))}")
    took = median(a - b for a, b in zip(times["import callsheet"].wall, times[BARE].wall, strict=True))
    bench.bars.append(Bar("`import callsheet`", "15 ms over bare Python", f"{took:.1f} ms", met=took <= 15))
    code = "import bodies, sys; print(bodies.microseconds(sys.argv[1]))"
    done = subprocess.run(
        [python, "-c", code, ROOT / "profiles" / "mcp-approvals.yaml"],
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT / "benchmarks")},
        capture_output=True,
        text=True,
        check=True,
    )
    body = float(done.stdout)
    bench.bars.append(Bar("a body from a loaded profile", "20 µs", f"{body:.1f} µs", met=body <= 20))


def page(bench: Bench) -> Iterator[str]:
    """The whole page."""
    yield "# Performance\n\n<!-- Generated by benchmarks/run.py --write. -->\n\n"
    yield (
        "Whole processes, run in turn (A B C A B C …) on one machine, so that the ratios hold where the milliseconds do "
        "not. Each row is a median; in brackets stands the middle half. What was asked of callsheet, and what came of "
        "it:\n\n"
    )
    rows = [["work", "at most", "measured", ""]]
    rows += [[bar.work, bar.asked, bar.measured, "met" if bar.met else "**not met**"] for bar in bench.bars]
    yield f"{table(rows)}\n\n{(ROOT / 'benchmarks' / 'HOW.md').read_text(encoding='utf-8')}\n"
    yield f"## Who takes part\n\n{machine()}\n\n"
    rows = [["program", "version", "what it does, beside callsheet"]]
    for peer in bench.peers.values():
        done = subprocess.run(peer.version, capture_output=True, text=True, check=False)
        rows.append([peer.name, done.stdout.strip(), peer.does])
    yield f"{table(rows)}\n\n"
    yield (
        "callsheet does more than each of them: it finds out what a body is, holds it against some hundred rules and the "
        "dates of models, keeps the place of every value, and says what to write instead. It does less: it knows no other "
        "schema than that of the Realtime API.\n\n"
    )
    yield "\n\n".join(bench.pieces) + "\n"


def main() -> None:
    """Measure, print, and perhaps write."""
    parser = argparse.ArgumentParser(description="Measure callsheet beside its peers.")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench", help="where peers and files go")
    parser.add_argument("--quick", action="store_true", help="a quarter of the rounds")
    parser.add_argument("--write", action="store_true", help="make docs/performance.md anew")
    options = parser.parse_args()
    bench = Bench(options.folder.resolve(), quick=options.quick)
    print(machine())
    for section in (prove, files, ways, memory, growing, starting):
        section(bench)
    text = "".join(page(bench))
    for bar in bench.bars:
        print(f"{'met    ' if bar.met else 'NOT MET'}  {bar.work}: {bar.measured} (at most {bar.asked})")
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
