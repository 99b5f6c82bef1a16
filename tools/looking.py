"""Which rules look at which field: by what their conditions name, and by where their bad examples are faulted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.diagnostic import Place
from callsheet.judge.recognise import Recogniser
from callsheet.lint import Linter, Options
from callsheet.rules import RULES
from callsheet.shape.shape import Either, Entries, Items, Record, Shape, Tagged, fits
from callsheet.source.document import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.pointer import Path
    from callsheet.rules.rule import Rule
    from callsheet.shape.frozen import Kinds

_AREAS = ("CS2", "CS3", "CS4", "CS6", "CS7")
_EVERYWHERE = frozenset({"CS605"})
"""Rules are about settings in these areas, but for some. Those about texts, shapes and credentials look everywhere."""
_TODAY = "2026-11-20"
"""The day on which the examples of rules are read."""


def rules_by_field(kinds: Mapping[str, Record], frozen: Kinds) -> dict[tuple[str, str], list[str]]:
    """The codes of the rules by the field that they look at: the name of its record, and its key."""
    linter = Linter(Options(today=_TODAY))
    linter.kinds, linter.recogniser = frozen, Recogniser(frozen)  # those of now: the file may be stale
    found: dict[tuple[str, str], list[str]] = {}
    for rule in RULES.values():
        if not rule.code.startswith(_AREAS) or rule.code in _EVERYWHERE:
            continue
        looked = {
            owner
            for path, value in _places(rule, linter)
            for kind in rule.kinds
            for owner in _owners(kinds[kind], path, value, None)
        }
        for owner in looked - {None}:
            found.setdefault(owner, []).append(rule.code)  # type: ignore[arg-type]  # None is taken out
    return found


def _places(rule: Rule, linter: Linter) -> Iterator[tuple[Path, Any]]:
    """The paths at which a rule looks, each with the body that it is in, if there is one."""
    if rule.when is not None:
        yield from ((path, None) for path in _mentioned(rule.when.schema, ()))
    text = rule.bad() if callable(rule.bad) else rule.bad
    body = read("-", text.encode("utf-8", "surrogateescape")).data
    if isinstance(body, dict):
        for fault in linter.body(body):
            if fault.code == rule.code and isinstance(fault.place, Place):
                yield fault.place.path, body


def _mentioned(condition: Any, path: Path) -> Iterator[Path]:
    """The keys that a condition, as a schema, is about in the end."""
    below = [part for keyword in ("allOf", "anyOf") for part in condition.get(keyword, ())]
    below += [condition[keyword] for keyword in ("not", "items", "contains") if keyword in condition]
    for part in below:
        yield from _mentioned(part, path)
    for key, inner in condition.get("properties", {}).items():
        deeper = list(_mentioned(inner, (*path, key)))
        yield from deeper or [(*path, key)]


def _owners(shape: Shape, path: Path, value: Any, above: tuple[str, str] | None) -> set[tuple[str, str] | None]:
    """The fields that a path ends in, or the last ones on it that there are; `value` helps to tell variants apart."""
    if not path:
        return {above}
    step, *rest = path
    match shape:
        case Record(name=name, fields=fields) if step in fields:
            return _owners(fields[str(step)].shape, tuple(rest), _inner(value, step), (name, str(step)))
        case Tagged(variants=variants, tag=tag):
            chosen = variants.get(str(_inner(value, tag)))
            options = [chosen] if chosen else [record for record in variants.values() if step in record.fields]
            return {owner for option in options for owner in _owners(option, path, value, above)} or {above}
        case Either(options=options):
            fitting = [option for option in options if value is None or fits(option, value)]
            owners = {owner for option in fitting for owner in _owners(option, path, value, above)}
            return owners - {above} or {above}
        case Items(items=items):
            inner = tuple(rest) if isinstance(step, int) else path
            return _owners(items, inner, _inner(value, step), above)
        case Entries(values=values):
            return _owners(values, tuple(rest), _inner(value, step), above)
    return {above}


def _inner(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (TypeError, KeyError, IndexError):
        return None
