"""callsheet beside check-jsonschema and a bare interpreter: whole processes, in turn, over the same files.

    python benchmarks/run.py [--sizes 1:40 100:10 1000:5] [--peer PATH/bin/check-jsonschema …] [--seed 1]

Milliseconds. A size is a number of files and how often to run them; README.md says what each contender does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from measure import ENVIRONMENT, Contender, comparison, in_turn, print_machine, print_table

SCHEMA = Path(__file__).parent.parent / "schemas" / "latest" / "realtime.schema.json"
BIN = Path(sys.executable).parent

_OURS = """
from importlib.metadata import version
import yaml
print(f"callsheet {version('callsheet')}, PyYAML {version('PyYAML')}, libyaml {yaml.__with_libyaml__}")
"""
_PEER = """
from importlib.metadata import version
from ruamel.yaml import YAML
parser = YAML(typ="safe").Parser
print(", ".join(f"{name} {version(name)}" for name in ("check-jsonschema", "jsonschema", "ruamel.yaml")), end="; ")
print("C parser" if parser.__module__ != "ruamel.yaml.parser" else "parser in Python")
"""


def contenders(files: list[Path], peers: list[Path]) -> list[Contender]:
    """The command lines over some files."""
    return [
        Contender("python -c pass", [sys.executable, "-c", "pass"]),
        Contender("callsheet", [BIN / "callsheet", "lint", *files]),
        *(Contender(_name(peer), [peer, "--schemafile", SCHEMA, *files]) for peer in peers),
    ]


def _name(peer: Path) -> str:
    return peer.name if peer.parent == BIN else str(peer)


def prove(files: list[Path], broken: Path, peers: list[Path]) -> None:
    """Make sure that every contender takes the files, and refuses them once the last one is broken."""
    for status, paths in ((0, files), (1, [*files[:-1], broken])):
        for name, command in contenders(paths, peers)[1:]:
            done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
            if done.returncode != status:
                sys.exit(f"{name} exits with {done.returncode}, not {status}:\n{done.stdout}{done.stderr}")


def say_versions(peers: list[Path]) -> None:
    """Print who takes part, and with which YAML parser."""
    for program, code in ((BIN / "callsheet", _OURS), *((peer, _PEER) for peer in peers)):
        command = [str(program.parent / "python"), "-c", code]
        said = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True)
        print(f"{program}: {said.stdout.strip()}")


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description="Compare callsheet with check-jsonschema and a bare interpreter.")
    parser.add_argument("--sizes", nargs="+", metavar="FILES:ROUNDS", default=["1:40", "100:10", "1000:5"])
    parser.add_argument("--peer", type=Path, action="append", help="a check-jsonschema; default: the one beside Python")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    peers: list[Path] = options.peer or [BIN / "check-jsonschema"]
    print_machine()
    say_versions(peers)
    sizes = [tuple(map(int, size.split(":"))) for size in options.sizes]
    with TemporaryDirectory() as folder:
        files = corpus.write(Path(folder), max(count for count, _ in sizes), options.seed)
        broken = Path(folder) / "broken.yaml"
        broken.write_text(files[0].read_text(encoding="utf-8") + "no_such_key: 1\n", encoding="utf-8")
        for count, rounds in sizes:
            some = files[:count]
            prove(some, broken, peers)
            size = sum(file.stat().st_size for file in some)
            times = in_turn(contenders(some, peers), rounds)
            title = f"{count:,} file{'s' * (count != 1)}, {size:,} bytes, {rounds} rounds, ms"
            print_table(title, comparison(times, "callsheet"))


if __name__ == "__main__":
    main()
