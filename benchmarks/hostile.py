"""Input that is made to hurt, and what it costs: time, peak memory, findings; and how the cost grows with the size.

    python benchmarks/hostile.py                 all of it as a table, each input at half its size and whole
    python benchmarks/hostile.py bomb dashes     those whose names hold one of these words
    python benchmarks/hostile.py --write         all of it, into docs/trust.md

Each run is a process of its own, `callsheet lint --output-format json`. Time is that of the processor, less what a
valid file takes. `growth` is how many times as long the whole takes as the half: 2 is a straight line, 4 is none.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measure import machine, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    Files: TypeAlias = dict[str, str]

PAGE = Path(__file__).parent.parent / "docs" / "trust.md"
_BEGIN, _END = "<!-- table, by benchmarks/hostile.py -->\n", "<!-- end of the table -->\n"
MIB = 1 << 20
_HEAD = "type: realtime\n"
_SECONDS = 120
"""Where a run is ended: nothing here may take that long."""


class Case(NamedTuple):
    """One kind of input: its files by name for a size, the whole size, and the file to lint."""

    make: Callable[[int], Files]
    size: int
    path: str = "profile.yaml"


class Cost(NamedTuple):
    """What one run came to: the status and what was printed, seconds of the processor, peak memory in MiB."""

    status: int
    out: str
    err: str
    seconds: float
    memory: float

    @property
    def findings(self) -> list[dict[str, object]]:
        """What was found. Raises ValueError where something else was printed."""
        found: list[dict[str, object]] = json.loads(self.out)["findings"]
        return found


def _yaml(text: str) -> Files:
    return {"profile.yaml": text}


def _json(text: str) -> Files:
    return {"profile.json": text}


def _bomb(levels: int) -> Files:
    lines = ["x-0: &a0 [z, z, z, z, z, z, z, z, z]"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return _yaml(_HEAD + "\n".join(lines) + "\n")


def _merge_bomb(levels: int) -> Files:
    lines = ["x-0: &a0 {k0: 1}"] + [f"x-{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, levels)]
    return _yaml(_HEAD + "\n".join(lines) + "\n")


def _nested_blocks(levels: int) -> Files:
    """As many levels as fit: each needs one more space than the last, so that a file of 1 MiB has some 1,400."""
    lines, size = [], 0
    for level in range(levels):
        size += level + 3
        if size > MIB:
            break
        lines.append(" " * level + "a:")
    return _yaml("\n".join(lines) + "\n")


def _extends_chain(length: int) -> Files:
    files = {f"base-{n}.yaml": f"$extends: ./base-{n + 1}.yaml\nx-{n}: 1\n" for n in range(length)}
    return {**files, f"base-{length}.yaml": _HEAD, "profile.yaml": "$extends: ./base-0.yaml\n" + _HEAD}


def _extends_bomb(levels: int) -> Files:
    """Each of three bases extends the same next three."""
    files: Files = {}
    for n in range(levels):
        text = f"$extends: [b{n + 1}-0.yaml, b{n + 1}-1.yaml, b{n + 1}-2.yaml]\n"
        files |= {f"b{n}-{k}.yaml": text for k in range(3)}
    last = {f"b{levels}-{k}.yaml": _HEAD for k in range(3)}
    return {**files, **last, "profile.yaml": "$extends: [b0-0.yaml, b0-1.yaml, b0-2.yaml]\n" + _HEAD}


def _file_tree(depth: int) -> Files:
    files = {f"f{n}.yaml": f"properties: {{a: {{$file: f{n + 1}.yaml}}}}\n" for n in range(depth)}
    head = _HEAD + "tools: [{type: function, name: f, parameters: {$file: f0.yaml}}]\n"
    return {**files, f"f{depth}.yaml": "type: string\n", "profile.yaml": head}


def _tools(count: int, each: str = "") -> Files:
    tools = "".join(
        f"  - {{type: function, name: tool_{n}, parameters: {{type: object{each}}}}}\n" for n in range(count)
    )
    return _yaml(_HEAD + "tools:\n" + tools)


def _pattern(count: int) -> Files:
    """Regular expressions that take for ever where somebody tries them."""
    return _tools(
        1, ", properties: {a: {type: string, pattern: '" + "(a+)+" * count + "$', default: " + "a" * count + "b}}"
    )


CASES: dict[str, Case] = {
    "a valid file": Case(lambda _: _yaml(_HEAD + "model: gpt-realtime-2.1\n"), 1),
    "alias bomb": Case(_bomb, 60),
    "merge bomb": Case(_merge_bomb, 60),
    "brackets, YAML": Case(lambda n: _yaml("x-a: " + "[" * n), 100_000),
    "brackets, YAML, closed": Case(lambda n: _yaml("x-a: " + "[" * n + "]" * n), 100_000),
    "braces, YAML": Case(lambda n: _yaml("x-a: " + "{a: " * n), 100_000),
    "brackets, JSON": Case(lambda n: _json('{"x-a": ' + "[" * n + "]" * n + "}"), 100_000, "profile.json"),
    "braces, JSON": Case(lambda n: _json('{"a":' * n + "1" + "}" * n), 100_000, "profile.json"),
    "nested blocks": Case(_nested_blocks, 100_000),
    "nested lists on one line": Case(lambda n: _yaml("x-a:\n  " + "- " * n + "1\n"), 100_000),
    "long integer, YAML": Case(lambda n: _yaml(_HEAD + "max_output_tokens: " + "9" * n + "\n"), 5_000),
    "long integer, JSON": Case(
        lambda n: _json('{"type": "realtime", "max_output_tokens": ' + "9" * n + "}"), 5_000, "profile.json"
    ),
    "longest integer, JSON": Case(lambda n: _json('{"x-a": ' + "9" * n + "}"), MIB - 100, "profile.json"),
    "many keys, YAML": Case(lambda n: _yaml(_HEAD + "".join(f"k{i}: 1\n" for i in range(n))), 80_000),
    "many keys, JSON": Case(
        lambda n: _json('{"type": "realtime"' + "".join(f',"k{i}":1' for i in range(n)) + "}"), 80_000, "profile.json"
    ),
    "a million keys": Case(lambda n: _yaml("".join(f"k{i}: 1\n" for i in range(n))), 1_000_000),
    "one key over and over": Case(lambda n: _yaml(_HEAD + "model: a\n" * n), 80_000),
    "one line": Case(lambda n: _yaml(_HEAD + "instructions: " + "a " * (n // 2) + "\n"), MIB - 100),
    "one line with a fault in it": Case(lambda n: _yaml(_HEAD[:-1] + ", a: [" + "1, " * (n // 3) + "\n"), MIB - 100),
    "dashes": Case(lambda n: _yaml("-" * n), MIB - 100),
    "dashes and spaces": Case(lambda n: _yaml("- " * (n // 2)), MIB - 100),
    "document starts": Case(lambda n: _yaml("---\n" * (n // 4)), MIB - 100),
    "$extends chain": Case(_extends_chain, 2_000),
    "$extends bomb": Case(_extends_bomb, 60),
    "$file tree": Case(_file_tree, 2_000),
    "regular expressions": Case(_pattern, 10_000),
    "wide characters": Case(lambda n: _yaml(_HEAD + "instructions: " + "\U0001f600" * (n // 4) + "\n"), MIB - 100),
    "combining characters": Case(lambda n: _yaml(_HEAD + "instrucions: e" + "\u0301" * (n // 2) + "\n"), MIB - 100),
    "NULs": Case(lambda n: _yaml("\0" * n), MIB - 100),
    "NULs in JSON": Case(lambda n: _json('{"a": "' + "\\u0000" * (n // 6) + '"}'), MIB - 100, "profile.json"),
    "tools": Case(_tools, 10_000),
    "tools of one name": Case(lambda n: _yaml(_HEAD + "tools:\n" + "- {type: function, name: dial}\n" * n), 10_000),
    "findings": Case(lambda n: _yaml(_HEAD + "tools:\n" + "- {type: function, name: a b, strict: 1}\n" * n), 10_000),
    "findings on one line": Case(
        lambda n: _yaml(_HEAD + "tools: [" + "{type: function, name: a b}, " * n + "]\n"), 10_000
    ),
    "a long key": Case(lambda n: _yaml(_HEAD + "? " + "k" * n + "\n: 1\n"), MIB - 100),
    "a path of long keys": Case(
        lambda n: _yaml("tools: [{type: function, name: f, parameters: {" + "properties: {aaaaaaaaaa: {" * n), 30
    ),
    "tags": Case(lambda n: _yaml(_HEAD + "x-a:\n" + "- !t 1\n" * n), 100_000),
    "anchors": Case(lambda n: _yaml(_HEAD + "x-a:\n" + "".join(f"- &a{i} 1\n" for i in range(n))), 80_000),
    "aliases": Case(lambda n: _yaml(_HEAD + "x-a: &a 1\nx-b:\n" + "- *a\n" * n), 100_000),
    "unknown aliases": Case(lambda n: _yaml(_HEAD + "x-b:\n" + "- *a\n" * n), 100_000),
    "comments": Case(lambda n: _yaml(_HEAD + "#\n" * (n // 2)), MIB - 100),
    "quotes": Case(lambda n: _yaml("a: " + "'" * n), MIB - 100),
    "line breaks in quotes": Case(lambda n: _yaml(_HEAD + 'instructions: "' + "\\n" * (n // 2) + '"\nspede: 1\n'), MIB - 100),
    "escapes": Case(lambda n: _yaml('instructions: "' + "\\x41" * (n // 4) + '"\n' + _HEAD), MIB - 100),
    "unset": Case(
        lambda n: {"profile.yaml": "$extends: b.yaml\n$unset: [" + ", ".join(f"k{i}" for i in range(n)) + "]\n" + _HEAD,
                   "b.yaml": "".join(f"k{i}: 1\n" for i in range(n))}, 20_000
    ),
}  # fmt: skip
"""By name. Sizes are what a file of 1 MiB holds, or what the input is known for."""


def run(case: Case, size: int) -> Cost:
    """The cost of linting the input of one case at a size."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".git").mkdir()
        for name, text in case.make(size).items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", _LAUNCHER, sys.executable, "-m", "callsheet", "lint", "-q"]
        done = subprocess.run(
            [*command, "--output-format", "json", case.path], cwd=folder, capture_output=True, text=True, check=True
        )
        out, err = ((Path(folder) / name).read_text(encoding="utf-8") for name in ("out", "err"))
        said = json.loads(done.stdout)
        return Cost(said["status"], out, err, said["seconds"], said["memory"])


_LAUNCHER = f"""
import json, os, resource, subprocess, sys

resource.setrlimit(resource.RLIMIT_CPU, ({_SECONDS}, {_SECONDS}))
process = subprocess.Popen(sys.argv[1:], stdout=open("out", "wb"), stderr=open("err", "wb"))
_, status, usage = os.wait4(process.pid, 0)
cost = {{
    "status": os.waitstatus_to_exitcode(status),
    "seconds": usage.ru_utime + usage.ru_stime,
    "memory": usage.ru_maxrss / 1024,
}}
print(json.dumps(cost))
"""
"""A small process that begins the other one: what begins a process lends it the memory that it holds itself."""


def measured(names: Iterable[str], idle: float) -> Iterator[list[str]]:
    """The rows of the table for some cases; a case that ends in anything but findings says so in its last column."""
    for name in names:
        case = CASES[name]
        half, whole = run(case, case.size // 2), run(case, case.size)
        spent, before = max(0.0, whole.seconds - idle), half.seconds - idle
        growth = f"{spent / before:.1f}" if before > idle / 2 else ""
        yield [name, f"{case.size:,}", f"{spent:.2f}", growth, f"{whole.memory:.0f}", _found(whole)]


def _found(cost: Cost) -> str:
    """How many findings of which rules a run ended in."""
    if cost.status not in (0, 1) or cost.err:
        return f"**{cost.status}: {cost.err[-200:]}**"
    codes = sorted({str(one["code"]) for one in cost.findings})
    return " ".join((f"{len(cost.findings):,}", *codes))


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of the table in a page, by the name of the case."""
    text = page.partition(_BEGIN)[2].partition(_END)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {name: rest for name, *rest in rows[2:]}


def main() -> int:
    """Print the table; exit 1 if anything but findings came out."""
    parser = argparse.ArgumentParser(description="What input that is made to hurt costs.")
    parser.add_argument("words", nargs="*", metavar="WORD", help="only what has one of these words in its name")
    parser.add_argument("--write", action="store_true", help="write the table into docs/trust.md")
    options = parser.parse_args()
    if options.write and options.words:
        parser.error("--write is for the whole table")
    idle = min(run(CASES["a valid file"], 1).seconds for _ in range(3))
    rows = [["input", "size", "s", "growth", "MiB", "findings"]]
    for row in measured((name for name in CASES if not options.words or any(map(name.count, options.words))), idle):
        print("  ".join(row), flush=True)
        rows.append(row)
    said = f"{table(rows)}\n\nOn {machine()}; a valid file takes {idle:.2f} s.\n"
    print(f"\n{said}")
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(_BEGIN)
        PAGE.write_text(f"{before}{_BEGIN}\n{said}\n{_END}{rest.partition(_END)[2]}", encoding="utf-8")
    return int(any("**" in row[-1] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
