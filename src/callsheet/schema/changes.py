"""What changed between two revisions: each thing once, with the kinds of body that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.schema.revisions import first
from callsheet.schema.writer import blocking_rules
from callsheet.shape.difference import differences
from callsheet.shape.directive import LATEST
from callsheet.shape.kind import KINDS
from callsheet.shape.revision import NEVER, as_of
from callsheet.shape.shape import Record, Tagged
from callsheet.shape.table import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Literal, TypeAlias

    from callsheet.shape.shape import Shape

    How: TypeAlias = Literal["came", "went", "changed"]
    Told: TypeAlias = tuple[How, str, str, str, Any, Any]
    """A change but for its kinds."""


class Change(NamedTuple):
    """One thing that came, went or changed.

    `aspect` says what it is: a "kind" of body, a "key" with its types, a "value" of a key, a "rule" by code and name,
    or the "type", "required", "null" or "bound" of a key; a bound has the keyword of JSON Schema as its `name`.
    `path` is that of a key in a session, wherever the session stands. `before` and `after` are None where there was
    nothing, or is nothing.
    """

    how: How
    aspect: str
    path: str
    name: str
    before: Any
    after: Any
    kinds: tuple[str, ...]


def changes(shapes: Mapping[str, Shape], before: str, after: str) -> list[Change]:
    """What changed from one revision to another, each a date (ISO) or `latest`; the second may be the older one."""
    found: dict[Told, list[str]] = {}
    for kind, shape in shapes.items():
        for told in _of_kind(kind, shape, before, after):
            kinds = found.setdefault(told, [])
            if kind not in kinds:
                kinds.append(kind)
    return [Change(*told, tuple(kinds)) for told, kinds in found.items()]


def _of_kind(kind: str, shape: Shape, before: str, after: str) -> Iterator[Told]:
    was, is_ = first(shape) <= _day(before), first(shape) <= _day(after)
    if was != is_:
        yield ("came", "kind", "", kind, None, kind) if is_ else ("went", "kind", "", kind, kind, None)
    if not (was and is_):
        return
    for path, aspect, left, right, name in differences(_rows(shape, before), _rows(shape, after)):
        how: How = "changed"
        if aspect in {"key", "value"}:
            how = "came" if left is None else "went"
        yield how, aspect, _in_session(kind, path), name, left, right
    left_rules, right_rules = _rules(shape, before), _rules(shape, after)
    for rule in left_rules:
        if rule not in right_rules:
            yield "went", "rule", "", "", rule, None
    for rule in right_rules:
        if rule not in left_rules:
            yield "came", "rule", "", "", None, rule


def _day(revision: str) -> str:
    return NEVER if revision == LATEST else revision


def _rows(shape: Shape, revision: str) -> Any:
    return rows(as_of(shape, _day(revision)), None if revision == LATEST else revision)


def _rules(shape: Shape, revision: str) -> list[str]:
    """The rules that the schema of a revision says; only dated ones, so that `latest` compares with a date."""
    return list(dict.fromkeys(_rules_in(as_of(shape, _day(revision)), _day(revision))))


def _rules_in(shape: Shape, date: str) -> Iterator[str]:
    match shape:
        case Record(fields=fields):
            yield from (f"{rule.code} {rule.name}" for rule, _ in blocking_rules(shape, date))
            for field in fields.values():
                yield from _rules_in(field.shape, date)
        case Tagged(variants=variants):
            for variant in variants.values():
                yield from _rules_in(variant, date)


def _in_session(kind: str, path: str) -> str:
    """The path below the session that a body carries; another path of the body as it is."""
    carries = KINDS[kind].carries
    if carries is None or not path.startswith((f"{carries}.", f"{carries}[")):
        return path
    return path.removeprefix(carries).partition(".")[2]
