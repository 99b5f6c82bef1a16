"""What the fuzzer begins with: the words of the API, and the profiles that stand in this repository, by target."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from callsheet.facts import key
from callsheet.rules import RULES
from callsheet.shape.data import FROZEN

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
TOP = HERE.parent
CORPUS = HERE / "corpus"
"""What was written for a target, and what it found: small files, one folder for each target."""
MOST = 4096
"""Bytes of an input."""
_LONGEST = 40
_WRITTEN = (
    "$extends: ", "$unset: ", "$partial: true\n", "$kind: ", "$revision: ", "$target: azure", "{$file: a.yaml}",
    "{$env: A}", "{$env: A, default: ''}", "x-a: &a ", "*a", "<<: *a", "# callsheet: ignore[CS102] x", "\n=== base.yaml\n",
    "ignore-file[", "!!str ", "!!python/object:os.system ", "? ", "- ", "|\n  ", ">-\n  ", "---\n", "...\n", "'", '"',
    "{", "}", "[", "]", ": ", ", ", "null", "true", "false", ".inf", ".nan", "0x1f", "1e999", "\\ud800", "\\u0000",
    "\ufeff", "\u2028", "\x85", "\r\n", "\t", "\U0001f600", "e\u0301", "per-file-ignores", "[tool.callsheet]",
)  # fmt: skip


def words() -> list[str]:
    """The keys, values and names that the API and profiles have, and pieces of YAML, JSON and TOML."""
    found: dict[str, None] = dict.fromkeys(_WRITTEN)
    for word in (*_strings(FROZEN), *_strings({**vars(key)}), *RULES):
        if 1 < len(word) <= _LONGEST and " " not in word:
            found[word] = None
    return list(found)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            if isinstance(name, str):
                yield name
            yield from _strings(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _strings(value)


def write(target: str, folder: Path) -> None:
    """Write the seeds of a target into a folder, each as a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(_seeds(target)):
        if len(content) <= MOST:
            (folder / f"seed-{number}").write_bytes(content)


def dictionary(file: Path) -> None:
    """Write the words as the fuzzer reads them."""
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words())
    file.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")


def _seeds(target: str) -> Iterator[bytes]:
    if target in ("configuration", "suppression"):
        return  # what is kept in the corpus
    lead = b"\0" if target == "command" else b""
    for file in sorted((TOP / "profiles").rglob("*.yaml")):
        yield lead + file.read_bytes()
    for rule in RULES.values():
        for example in (rule.bad, rule.good, rule.fixed):
            if isinstance(example, str):
                yield lead + example.encode("utf-8", "surrogateescape")
    for file in sorted((TOP / "tests" / "service").glob("*.yaml")):
        for row in yaml.safe_load(file.read_text(encoding="utf-8")):
            if isinstance(row["body"], str):
                yield lead + row["body"].translate({ord("«"): None, ord("»"): None}).encode()
    for file in sorted((TOP / "tests" / "golden").rglob("*.yaml")):
        yield lead + file.read_bytes()
