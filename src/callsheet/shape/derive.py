"""Models to shapes: reads pydantic's fields once, so that nobody else has to."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from callsheet import models
from callsheet.models.base import Facts, Known, Part
from callsheet.shape.kind import KINDS
from callsheet.shape.shape import (
    Choice,
    Either,
    Entries,
    Field,
    Flag,
    Free,
    Items,
    Number,
    Record,
    Shape,
    Tagged,
    Text,
)


def derive(annotation: Any, facts: Facts | None = None, metadata: tuple[Any, ...] = ()) -> Shape:
    """The shape of a type annotation as the models use them.

    `metadata` is what `Annotated` and the field add: bounds, patterns, a catalogue of known names.
    Raises TypeError for an annotation that no model uses so far.
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return derive(inner, facts, (*metadata, *more))
    if origin in (Union, types.UnionType):
        return _union(annotation, facts, metadata)
    if origin is Literal:
        return Choice(get_args(annotation), facts and facts.added, facts and facts.removed)
    if origin is list:
        return Items(
            derive(get_args(annotation)[0], facts), _bound(metadata, "min_length"), _bound(metadata, "max_length")
        )
    if origin is dict:
        value = get_args(annotation)[1]
        return Free() if value is Any else Entries(derive(value, facts))
    if annotation is str:
        known = next((mark.catalogue for mark in metadata if isinstance(mark, Known)), None)
        return Text(_bound(metadata, "min_length"), _bound(metadata, "max_length"), _bound(metadata, "pattern"), known)
    if annotation is bool:
        return Flag()
    if annotation in (int, float):
        return Number(annotation is int, _bound(metadata, "ge"), _bound(metadata, "le"))
    if annotation is Any:
        return Free(anything=True)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return record(annotation)
    raise TypeError(f"no shape for {annotation!r}")


def shapes() -> dict[str, Record]:
    """The shape of every kind of body, with its documentation."""
    return {name: record(model_of(name)) for name in KINDS}


def model_of(kind: str) -> type[Part]:
    """The model of a kind of body. Raises KeyError."""
    model: type[Part] = getattr(models, KINDS[kind].model)
    return model


def record(model: type[BaseModel]) -> Record:
    """The shape of a model."""
    fields = {info.alias or name: _field(info) for name, info in model.model_fields.items()}
    return Record(model.__name__, fields, (model.__doc__ or "").strip())


def _field(info: FieldInfo) -> Field:
    extra: Any = info.json_schema_extra
    facts: Facts = extra["facts"]
    annotation: Any = info.annotation
    metadata = tuple(info.metadata)
    if info.discriminator is not None:
        metadata = (*metadata, FieldInfo(discriminator=info.discriminator))
    null = "no"
    if _allows_none(annotation) and not _refuses_null(metadata):
        null = "unproven" if facts.unproven_null else "yes"
    shape = derive(annotation, facts, metadata)
    tagged = isinstance(shape, Choice) and len(shape.values) == 1 and info.default == shape.values[0]
    return Field(
        shape,
        required=info.is_required() or tagged,
        null=null,
        since=facts.since,
        until=facts.until,
        earlier=facts.earlier,
        bounded=facts.bounded,
        default=facts.default,
        doc=info.description or "",
        source=facts.source,
        examples=tuple(info.examples or ()),
        needs=facts.needs,
    )


def _allows_none(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _allows_none(get_args(annotation)[0])
    return get_origin(annotation) in (Union, types.UnionType) and type(None) in get_args(annotation)


def _refuses_null(metadata: tuple[Any, ...]) -> bool:
    from callsheet.models.base import refuse_null

    return any(getattr(mark, "func", None) is refuse_null for mark in metadata)


def _union(annotation: Any, facts: Facts | None, metadata: tuple[Any, ...]) -> Shape:
    members = [member for member in get_args(annotation) if member is not type(None)]
    if len(members) == 1:
        return derive(members[0], facts, metadata)
    if all(
        isinstance(member, type) and issubclass(member, BaseModel) and "type" in member.model_fields
        for member in members
    ):
        records = [record(member) for member in members]
        return Tagged({_tag(variant): variant for variant in records})
    return Either(tuple(derive(member, facts, metadata) for member in members))


def _tag(variant: Record) -> str:
    shape = variant.fields["type"].shape
    if not isinstance(shape, Choice):
        raise TypeError(f"{variant.name}.type is not a fixed word")
    return str(shape.values[0])


_CONSTRAINTS = {"ge": Ge, "le": Le, "min_length": MinLen, "max_length": MaxLen}


def _bound(metadata: tuple[Any, ...], name: str) -> Any:
    """The value of one constraint among everything that a field was annotated with."""
    for mark in metadata:
        if isinstance(mark, FieldInfo):
            found = _bound(tuple(mark.metadata), name)
            if found is not None:
                return found
        elif name in _CONSTRAINTS and isinstance(mark, _CONSTRAINTS[name]):
            return getattr(mark, name)
        elif name == "pattern" and getattr(mark, "pattern", None) is not None:
            return mark.pattern
    return None
