"""Writes everything in the repository that is derived from the models and the rules.

    python tools/generate.py            write what is stale
    python tools/generate.py --check    write nothing; exit 1 if anything is stale

A new generated file is one line in `outputs`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from callsheet.shape.frozen import freeze
from callsheet.shape.kinds import shapes

ROOT = Path(__file__).parent.parent


def outputs() -> dict[str, str]:
    """The text of every generated file, by its path in the repository."""
    kinds = shapes()
    return {"src/callsheet/shape/frozen.json": freeze(kinds)}


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit status."""
    stale = 0
    for name, text in outputs().items():
        file = ROOT / name
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if arguments == ["--check"]:
            print(f"stale: {name}", file=sys.stderr)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"wrote {name}")
    return 1 if stale and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
