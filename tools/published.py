"""The schemas that are published, each with its hash: they stay as they are.

`schemas/published.sha256` lists them, and `sha256sum -c published.sha256` reads it from there.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

FOLDER = "schemas"
LIST = f"{FOLDER}/published.sha256"
_DATED = re.compile(rf"{FOLDER}/(?P<revision>\d{{4}}-\d\d-\d\d)/(?P<kind>[^/]+)\.schema\.json")


def read(text: str) -> dict[str, str]:
    """The hashes by path in the repository, from the text of the list."""
    lines = (line.split("  ", 1) for line in text.splitlines())
    return {f"{FOLDER}/{name}": digest for digest, name in lines}


def listed(published: Mapping[str, str], files: Mapping[str, str], amended: Collection[str] = ()) -> str:
    """The text of the list: what stands in it, and what is new at its end; of amended revisions, what they are now."""
    kept = {name: digest for name, digest in published.items() if revision(name) not in amended or name in files}
    kept |= {name: _digest(files[name]) for name in kept if revision(name) in amended}
    new = {name: _digest(text) for name, text in sorted(files.items()) if revision(name) and name not in kept}
    return "".join(f"{digest}  {name.removeprefix(f'{FOLDER}/')}\n" for name, digest in {**kept, **new}.items())


def objections(published: Mapping[str, str], files: Mapping[str, str], amended: Collection[str] = ()) -> Iterator[str]:
    """What would change of what is published, beside the revisions that are amended: a sentence for each file."""
    newest: dict[str, str] = {}
    for name, digest in published.items():
        kind = _kind(name)
        newest[kind] = max(revision(name), newest.get(kind, ""))
        if revision(name) in amended:
            continue
        if name not in files:
            yield f"{name} is published and would go away; {_advice(name)}"
        elif _digest(files[name]) != digest:
            yield f"{name} is published and would change; {_advice(name)}"
    for name in files:
        late = revision(name) and name not in published and revision(name) < newest.get(_kind(name), "")
        if late and revision(name) not in amended:
            yield f"{name} would come between revisions that are published; {_advice(name)}"


def revision(name: str) -> str:
    """The revision of a dated schema; "" for any other file."""
    found = _DATED.fullmatch(name)
    return found["revision"] if found else ""


def _kind(name: str) -> str:
    found = _DATED.fullmatch(name)
    return found["kind"] if found else ""


def _advice(name: str) -> str:
    return f"date what is new, or, if it was wrong, say --amend {revision(name)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
