"""The parameter types of the installed `openai` package as shapes.

They are read as text: nothing of the package is imported, so that it may be any release, and lack what it needs.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.drift.annotation import Reader
from callsheet.drift.bodies import BODIES, OTHER_SDK
from callsheet.drift.modules import Modules
from callsheet.drift.upstream import UnreadableError, Upstream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = "openai"
_TYPES = "types"


def installed() -> Path | None:
    """The folder of the installed `openai` package, or None."""
    try:
        found = find_spec(PACKAGE)
    except ValueError:  # a module of that name that something has put together by hand
        return None
    places = list(found.submodule_search_locations or ()) if found is not None else []
    return Path(places[0]) if places else None


def read(package: Path, kinds: Iterable[str]) -> Upstream:
    """The bodies of some kinds as a package has them. Raises UnreadableError where it has none of them."""
    reader = Reader(Modules(package))
    bodies = {
        kind: {place.rpartition(".")[2]: reader.body(f"{_TYPES}.{place}") for place in BODIES[kind].sdk}
        for kind in kinds
        if kind in BODIES
    }
    name = f"{PACKAGE} {_version(package)}"
    if all(shape is None for places in bodies.values() for shape in places.values()):
        raise UnreadableError(f"{name} has none of the types that callsheet compares with; is it the right package?")
    return Upstream("sdk", name, bodies, tuple(dict.fromkeys(reader.complaints)), tuple(_new(package)))


def _version(package: Path) -> str:
    try:
        text = (package / "_version.py").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "of an unknown version"
    found = re.search(r"""^__version__\s*=\s*["']([^"']+)["']""", text, re.MULTILINE)
    return found[1] if found else "of an unknown version"


def _new(package: Path) -> Iterator[str]:
    """Modules of parameters beside those that callsheet knows."""
    known = OTHER_SDK | {place.rpartition(".")[0] for body in BODIES.values() for place in body.sdk}
    types = package / _TYPES
    for file in sorted((types / "realtime").rglob("*_params.py")):
        place = ".".join(file.relative_to(types).with_suffix("").parts)
        if place not in known:
            yield place
