"""What others say of the API: the bodies of one source as shapes, and what of it could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from callsheet.shape.shape import Choice, Either, Entries, Free, Items, Record, Shape, Tagged, alternatives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    Source: TypeAlias = Literal["sdk", "openapi"]

LONGEST = 5_000_000
"""How many characters the paths of one body may fill; those of the public document fill a few thousand."""
_CLIPPED = 80
_MOST_FORMS = 100
"""How many forms, other than objects and fixed values, one value may have."""
_LONGEST_NAME = 200


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
        flat += alternatives(option)
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
                if len(distinct) == _MOST_FORMS:
                    return complain(f"more than {_MOST_FORMS} forms of one value")
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
        if any(len(name) > _LONGEST_NAME for name in names):
            return complain(f"a `type` of more than {_LONGEST_NAME} characters")
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


def length(shape: Shape) -> int:
    """How many characters the paths of all keys in a shape fill, without spelling them out."""
    return _extent(shape, {})[1]


def _extent(shape: Shape, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many keys a shape has, and how many characters their paths fill; `known` are shapes by their identity."""
    if id(shape) not in known:
        known[id(shape)] = _sum(_parts(shape, known))
    return known[id(shape)]


def _parts(shape: Shape, known: dict[int, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    parts: Iterable[tuple[str, Shape]] = ()
    match shape:
        case Record(fields=fields):
            yield _sum((1, len(key) + 1) for key in fields)
            parts = ((f".{key}", field.shape) for key, field in fields.items())
        case Tagged(variants=variants):
            parts = ((f"[{name}]", variant) for name, variant in variants.items())
        case Either(options=options):
            parts = (("", option) for option in options)
        case Items(items=inner) | Entries(values=inner):
            parts = (("[]", inner),)
    for step, inner in parts:
        count, characters = _extent(inner, known)
        yield count, characters + count * len(step)


def _sum(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    count = characters = 0
    for more, longer in parts:
        count, characters = count + more, characters + longer
    return count, characters


def clip(text: str, most: int = _CLIPPED) -> str:
    """A text as a message repeats it: of a long one the beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
