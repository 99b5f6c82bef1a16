"""What others say of the API: the bodies of one source as shapes, and what of it could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from callsheet.shape.shape import Choice, Either, Free, Record, Shape, Tagged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    Source: TypeAlias = Literal["sdk", "openapi"]


class UnreadableError(Exception):
    """There is nothing to compare with: its text says why, for people."""


class Unread(Free):
    """Stands where a source writes something that its reader does not know; nothing is compared there or below."""


class Complaint(NamedTuple):
    """One construct that a reader does not know: where it stands, and what it is."""

    where: str
    what: str


class Upstream(NamedTuple):
    """One source, read.

    `bodies` holds, by kind and by the place where the source has it, the shape of each body; None where the source
    has no such place. `new` are places with bodies of which callsheet has no kind.
    """

    source: Source
    name: str
    bodies: Mapping[str, Mapping[str, Shape | None]]
    complaints: tuple[Complaint, ...]
    new: tuple[str, ...] = ()


def unite(options: Iterable[Shape], complain: Callable[[str], Shape]) -> Shape:
    """One shape for several, whichever of them a value may have."""
    flat: list[Shape] = []
    for option in options:
        flat += option.options if isinstance(option, Either) else (option,)
    distinct: list[Shape] = []
    records: list[Record] = []
    values: dict[type, list[Any]] = {}
    for option in flat:
        match option:
            case Unread():
                return option
            case Record():
                records.append(option)
            case Tagged():
                records += option.variants.values()
            case Choice():
                values.setdefault(type(option.values[0]), []).extend(option.values)
            case _ if option not in distinct:
                distinct.append(option)
    distinct += (Choice(tuple(dict.fromkeys(some))) for some in values.values())
    if records:
        distinct.append(_objects(records, complain))
    if any(isinstance(option, Unread) for option in distinct):
        return distinct[-1]
    return distinct[0] if len(distinct) == 1 else Either(tuple(distinct))


def _objects(records: list[Record], complain: Callable[[str], Shape]) -> Shape:
    """One record, or several that their `type` tells apart."""
    if all(record == records[0] for record in records):
        return records[0]
    variants: dict[str, Record] = {}
    for record in records:
        names = tags(record)
        if not names:
            return complain(f"several objects, and no fixed `type` tells {record.name or 'one'} from the others")
        if any(variants.get(name, record) != record for name in names):
            return complain(f"two objects whose `type` is `{names[0]}`")
        variants |= dict.fromkeys(names, record)
    return Tagged(variants)


def tags(record: Record) -> tuple[str, ...]:
    """The values of a record's `type`, if they are fixed words."""
    field = record.fields.get("type")
    if field is None or not isinstance(field.shape, Choice):
        return ()
    return tuple(value for value in field.shape.values if isinstance(value, str))
