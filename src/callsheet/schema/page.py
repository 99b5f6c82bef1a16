"""Kinds, revisions and changes, as text and as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.schema.changes import changes
from callsheet.schema.revisions import first, history
from callsheet.shape.kind import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from callsheet.schema.changes import Change
    from callsheet.shape.shape import Shape

_SIGNS = {"came": "+", "went": "-", "changed": "~"}
_MOST = 6
"""How many changes the line of a revision names."""
_NAMED = frozenset({"model", "voice"})
"""Keys whose values say by themselves what they are."""


def overview(shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """The kinds with their revisions, and the revisions with what changed, the newest first."""
    stood = {kind: [date for date, _ in history(kind, shape)] for kind, shape in shapes.items()}
    dates = sorted({date for days in stood.values() for date in days})
    revisions = []
    for before, date in zip(["", *dates], dates, strict=False):
        concerned = {kind: shapes[kind] for kind, days in stood.items() if date in days}
        told = [as_data(change) for change in changes(concerned, before, date)] if before else []
        revisions.append({"revision": date, "kinds": list(concerned), "changes": told})
    return {
        "version": 1,
        "kinds": [
            {"kind": kind, "title": KINDS[kind].title, "since": first(shape), "revisions": stood[kind][::-1]}
            for kind, shape in shapes.items()
        ],
        "revisions": revisions[::-1],
    }


def as_data(change: Change) -> dict[str, Any]:
    """A change for programs."""
    return {
        "change": change.how,
        "aspect": change.aspect,
        "path": change.path or None,
        "name": change.name or None,
        "before": change.before,
        "after": change.after,
        "kinds": list(change.kinds),
    }


def overview_text(said: dict[str, Any]) -> str:
    """The overview for a terminal."""
    wide = max(len(kind["kind"]) for kind in said["kinds"])
    high = max(len(kind["title"]) for kind in said["kinds"])
    lines = ["kinds:"]
    lines += [f"  {kind['kind']:{wide}}  {kind['title']:{high}}  since {kind['since']}" for kind in said["kinds"]]
    lines += ["", "revisions, the newest first:"]
    for revision in said["revisions"]:
        words = ", ".join(_few(list(dict.fromkeys(map(_word, revision["changes"]))))) or "the first of these kinds"
        lines += [f"  {revision['revision']}  {words}", f"              in {', '.join(revision['kinds'])}"]
    return "\n".join(lines) + "\n"


def _few(words: list[str]) -> list[str]:
    return words if len(words) <= _MOST else [*words[: _MOST - 1], f"and {len(words) - _MOST + 1} more"]


def _word(change: dict[str, Any]) -> str:
    """A change in a word."""
    sign = _SIGNS[change["change"]]
    if change["aspect"] == "kind":
        return f"{sign} {change['name']} bodies"
    value = change["after"] if change["before"] is None else change["before"]
    if change["aspect"] == "rule":
        return f"{sign} {value.split()[0]}"
    key = change["path"].rpartition(".")[2]
    if change["aspect"] == "value":
        return f"{sign} {value}" if key in _NAMED else f"{sign} {key} {value}"
    return f"{sign} {key}"


def difference_text(found: Sequence[Change], before: str, after: str) -> str:
    """What changed, for a terminal: what came, what went, what is otherwise."""
    if not found:
        return f"Nothing changed between {before} and {after}.\n"
    lines: list[str] = []
    for how, sign in _SIGNS.items():
        lines += [f"{sign} {line}" for line in _lines([change for change in found if change.how == how])]
    return "\n".join(lines) + "\n"


def _lines(found: Sequence[Change]) -> Iterator[str]:
    """One line for each change; the values of a key share one."""
    done: set[tuple[str, tuple[str, ...]]] = set()
    for change in found:
        said = _said(change)
        if change.aspect == "value":
            if (change.path, change.kinds) in done:
                continue
            done.add((change.path, change.kinds))
            alike = [
                other
                for other in found
                if other.aspect == "value" and other[2:3] + other[6:] == change[2:3] + change[6:]
            ]
            said = f"{change.path}: " + ", ".join(str(other.after or other.before) for other in alike)
        yield said if change.aspect == "kind" else f"{said}  ({', '.join(change.kinds)})"


def _said(change: Change) -> str:
    before, after, path = change.before, change.after, change.path
    match change.aspect:
        case "kind":
            return f"{change.name}: {KINDS[change.name].title}"
        case "key":
            return f"{path}: {after or before}"
        case "rule":
            return f"rule {after or before}"
        case "required":
            return f"{path}: {'required' if after else 'no longer required'}"
        case "null":
            return f"{path}: {'takes null' if after else 'takes null no longer'}"
        case "bound":
            now = f"no {change.name}" if after is None else f"{change.name} {after}"
            return f"{path}: {now}" + ("" if before is None else f", was {before}")
    return f"{path}: {after}, was {before}"
