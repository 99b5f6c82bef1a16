"""The fuzzer itself, for one target, in a process of its own: fuzz.py starts it, with libFuzzer's own arguments."""

from __future__ import annotations

import pkgutil
import random
import sys
from importlib import import_module

import atheris

from seed import words

WORDS = [word.encode() for word in words()]
_INDENTS = (b"", b"  ", b"    ", b"- ")


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """An input changed: half the time byte by byte as libFuzzer does it, else line by line as people do."""
    dice = random.Random(seed)  # noqa: S311 - nothing to keep secret
    if dice.random() < 0.5 or not data:
        changed: bytes = atheris.Mutate(data, most)
        return changed
    lines = data.splitlines(keepends=True)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(lines))
        line = lines[at]
        match dice.randrange(7):
            case 0:
                lines.insert(dice.randrange(len(lines) + 1), line)
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                other = dice.randrange(len(lines))
                lines[at], lines[other] = lines[other], line
            case 3:
                lines[at] = dice.choice(_INDENTS) + line.lstrip(b" ")
            case 4:
                word, body = dice.choice(WORDS), line.rstrip(b"\r\n")
                cut = body.find(b":") + 1
                lines[at] = body[:cut] + b" " + word + line[len(body) :]
            case 5:
                lines.insert(at, b"%s%s: %s\n" % (dice.choice(_INDENTS), dice.choice(WORDS), dice.choice(WORDS)))
            case 6:
                spot = dice.randrange(len(line) + 1)
                lines[at] = line[:spot] + dice.choice(WORDS) + line[spot:]
    return b"".join(lines)[:most]


def run(name: str, arguments: list[str]) -> None:
    """Fuzz a target until libFuzzer has enough; it ends the process."""
    with atheris.instrument_imports(include=["callsheet"]):
        import callsheet

        for module in pkgutil.walk_packages(callsheet.__path__, "callsheet."):
            if not module.name.endswith("__main__") and ".testing" not in module.name:
                import_module(module.name)
        from target import TARGETS
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name], custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2:])
