"""Sessions that meet the condition of a rule, from the condition itself: it is a JSON Schema as well as a test."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from hypothesis import assume
from hypothesis import strategies as st

from callsheet.shape.shape import Either, Record
from callsheet.testing.value import values

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from callsheet.pointer import Path
    from callsheet.shape.shape import Shape

    Json = dict[str, Any]


def met(draw: DrawFn, session: dict[str, Any], condition: Json, shape: Shape, revision: str | None) -> dict[str, Any]:
    """The session, changed where it has to be so that a condition holds for it. What only forbids changes nothing."""
    changed: dict[str, Any] = _meet(draw, copy.deepcopy(session), condition, shape, revision)
    return changed


def _meet(draw: DrawFn, value: Any, condition: Json, shape: Shape | None, revision: str | None) -> Any:
    for part in condition.get("allOf", ()):
        value = _meet(draw, value, part, shape, revision)
    if "anyOf" in condition:
        value = _meet(draw, value, draw(st.sampled_from(condition["anyOf"])), shape, revision)
    for key, inner in condition.get("properties", {}).items():
        value = value if isinstance(value, dict) else _drawn_record(draw, shape, revision)
        below = _below(shape, key)
        if value.get(key) is None:
            assume(below is not None)
            value[key] = draw(values(below, revision))  # type: ignore[arg-type]  # just assumed
        value[key] = _meet(draw, value[key], inner, below, revision)
    if "enum" in condition:
        return draw(st.sampled_from(condition["enum"]))
    if "pattern" in condition:
        text = str(draw(st.from_regex(condition["pattern"])))
        return text.replace("\n", "")
    if "contains" in condition:
        return [_meet(draw, None, condition["contains"], None, revision)]
    return value


def _drawn_record(draw: DrawFn, shape: Shape | None, revision: str | None) -> dict[str, Any]:
    record = _record(shape)
    assume(record is not None)
    drawn: dict[str, Any] = draw(values(record, revision))  # type: ignore[arg-type]  # just assumed
    return drawn


def _record(shape: Shape | None) -> Shape | None:
    options = shape.options if isinstance(shape, Either) else (shape,)
    return next((option for option in options if isinstance(option, Record) or hasattr(option, "variants")), None)


def _below(shape: Shape | None, key: str) -> Shape | None:
    record = _record(shape)
    if isinstance(record, Record):
        return record.fields[key].shape if key in record.fields else None
    variants = getattr(record, "variants", {}).values()
    return next((variant.fields[key].shape for variant in variants if key in variant.fields), None)


def place_of(rule_at: str) -> Path:
    """The path below the session at which a rule's finding stands."""
    return tuple(rule_at.split(".")) if rule_at else ()
