"""A placeholder of callsheet's that stands in a text, where it is letters like any others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.patch import Fix, Put
from callsheet.pointer import to_dotted
from callsheet.redact import mask
from callsheet.rules.rule import At
from callsheet.shape import inner
from callsheet.shape.directive import takes
from callsheet.shape.frozen import load
from callsheet.shape.shape import Text, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.pointer import Path
    from callsheet.shape.shape import Shape

_BRACED = re.compile(
    r"""\{\s*(?P<quote>["']?)\$(?P<directive>env|file)(?P=quote)\s*:(?P<space>\s*)
    (?P<inner>["']?)(?P<name>[\w./-]+(?:\ [\w./-]+)*)(?P=inner)
    \s*(?:\}|,\s*(?P<more>["']?)default(?P=more)\s*:(?P<default>[^{}]*)\})""",
    re.VERBOSE,
)
_BARE = re.compile(r"\$(?P<directive>env|file)(?::\s*|\s+)(?P<name>[\w./-]+)")
"""Without braces it is one only if the whole text is no more than that: a prompt may speak of `$env:PATH`."""

_LONGEST = 255
"""A longer name is none."""


class Written(NamedTuple):
    """A placeholder in a text: its directive, and the variable or the file that it names.

    It stands `alone` if the text is no more than that, and is `plain` without a default, which may be a secret.
    """

    directive: str
    name: str
    alone: bool
    plain: bool

    def __str__(self) -> str:
        """The placeholder as YAML has it, without its default."""
        return f"{{{self.directive}: {self.name}}}"


def written_out(text: str) -> Written | None:
    """The first placeholder in a text; None for one that holds none."""
    whole = text.strip()
    found = _BARE.fullmatch(whole) or _braced(whole)
    if found is None or len(found["name"]) > _LONGEST:
        return None
    plain = found.groupdict().get("default") is None
    return Written(f"${found['directive']}", found["name"], found[0] == whole, plain)


def _braced(text: str) -> re.Match[str] | None:
    """The first placeholder in braces. Among other words `{ $env:PATH }` is none: so a block of PowerShell looks."""
    for found in _BRACED.finditer(text):
        if found["quote"] or found["space"] or found[0] == text:
            return found
    return None


def unfilled(texts: Iterable[tuple[Path, str]], session: dict[str, Any], kind: str) -> Iterator[At]:
    """Each of some texts of a session that has a placeholder in it, where that could have stood in its place.

    Elsewhere it is a value like any other, which is a finding of its shape.
    """
    kinds = load()
    if kind not in kinds.names:
        return
    shape = kinds[kind]
    for path, text in texts:
        written = written_out(text)
        there = None if written is None else inner.at(shape, path, session)
        if written is None or there is None or not takes(there, written.directive):
            continue
        if not (written.alone and _has_form(there)):
            yield _told(path, written)


def _has_form(shape: Shape) -> bool:
    """Whether a text has to match a pattern, which no placeholder does."""
    return any(isinstance(option, Text) and option.pattern is not None for option in alternatives(shape))


def _told(path: Path, written: Written) -> At:
    """What to say of it; the name is left out where that looks like a credential itself."""
    where = to_dotted(path)
    shown = str(written) if mask(str(written)) == str(written) else f"{{{written.directive}: …}}"
    if written.alone:
        help_ = f"write {shown} without quotes around it"
        fix = Fix(help_, (Put(path, {written.directive: written.name}),)) if written.plain else None
        return At(path, f"`{where}` is the text `{shown}`, which nothing fills in", help_, fix=fix)
    source = "variable" if written.directive == "$env" else "file"
    return At(
        path,
        f"`{shown}` stands within the text of `{where}`, where nothing fills it in",
        f"write {shown} in place of the whole text, which then belongs into that {source}",
    )
