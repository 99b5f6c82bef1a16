"""Bodies a second: a loaded profile asked for the request that accepts a call, beside what the openai package does.

The package is given the same body as plain data and turns it into what it sends: its parameter transform, which knows
the names, and its JSON. Its HTTP is left out on both sides. In turn, so that the ratio holds on a busy machine.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import callsheet
from measure import machine, table

if TYPE_CHECKING:
    from collections.abc import Callable

PROFILES = Path(__file__).parent.parent / "profiles"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "profiles", nargs="*", type=Path, default=[PROFILES / "sip-concierge.yaml", PROFILES / "mcp-approvals.yaml"]
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--each", type=int, default=2_000, help="bodies in a round")
    options = parser.parse_args()
    print(machine())
    for path in options.profiles:
        compare(path, options.rounds, options.each)


def microseconds(path: str, each: int = 5_000) -> float:
    """What one body of a profile takes, at best of some rounds."""
    profile = callsheet.load(path)
    environment = {variable.name: "a-token" for variable in profile.variables}
    taken = []
    for _ in range(7):
        start = perf_counter()
        for _ in range(each):
            profile.accept("rtc_1", environment=environment)
        taken.append((perf_counter() - start) / each * 1e6)
    return min(taken)


def compare(path: Path, rounds: int, each: int) -> None:
    """Time both ways to one body, and print what a body takes."""
    from openai._utils import maybe_transform
    from openai._utils._json import openapi_dumps
    from openai.types.realtime.call_accept_params import CallAcceptParams

    profile = callsheet.load(path)
    environment = {variable.name: "a-token" for variable in profile.variables}
    body = profile.accept("rtc_1", environment=environment).body

    def ours() -> bytes | None:
        return profile.accept("rtc_1", environment=environment).content

    def theirs() -> bytes:
        return openapi_dumps(maybe_transform(body, CallAcceptParams))

    def bare() -> bytes:
        return json.dumps(body).encode()

    if json.loads(ours() or b"") != json.loads(theirs()):
        raise SystemExit(f"{path}: the two bodies differ")
    ways: dict[str, Callable[[], object]] = {
        "profile.accept": ours,
        "openai: transform and JSON": theirs,
        "json.dumps alone": bare,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for counter in range(-1, rounds):  # one round does not count
        for name, way in ways.items():
            start = perf_counter()
            for _ in range(each):
                way()
            if counter >= 0:
                times[name].append((perf_counter() - start) / each * 1e6)
    rows = [["", "µs", "bodies a second", "times profile.accept"]]
    base = times["profile.accept"]
    for name, taken in times.items():
        ratio = median(mine / other for mine, other in zip(taken, base, strict=True))
        rows.append([name, f"{median(taken):.1f}", f"{1e6 / median(taken):,.0f}", f"{ratio:.1f}"])
    variables = len(environment)
    title = f"{path.name}: {len(ours() or b''):,} bytes, {variables} variable{'s' * (variables != 1)}"
    print(f"\n{title}\n\n{table(rows)}")


if __name__ == "__main__":
    main()
