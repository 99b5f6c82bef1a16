"""What stands within a shape: the entries of a list, the value of a key, whatever a path leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.shape.shape import Either, Entries, Free, Items, Record, Tagged, alternatives

if TYPE_CHECKING:
    from callsheet.pointer import Path
    from callsheet.shape.shape import Shape


def entry(shape: Shape) -> Shape | None:
    """The shape of the entries of a list; None where there can be none."""
    lists = (option for option in alternatives(shape) if isinstance(option, (Items, Free)))
    found = next(lists, None)
    return found.items if isinstance(found, Items) else found and Free(anything=True)


def records(shape: Shape, value: Any) -> list[Record]:
    """The objects that a mapping of a shape may be, by what is in it.

    Which one it is may be said in a base, so that without its tag it can be any.
    """
    match shape:
        case Record():
            return [shape]
        case Tagged(variants=variants, tag=tag):
            name = value.get(tag) if isinstance(value, dict) else None
            return [variants[name]] if isinstance(name, str) and name in variants else list(variants.values())
        case Either(options=options):
            return [record for option in options for record in records(option, value)]
    return []


def member(shape: Shape, key: str, value: Any) -> Shape | None:
    """The shape of what stands below a key of a mapping with some value; of several that it may be, all of them."""
    found = [record.fields[key].shape for record in records(shape, value) if key in record.fields]
    for option in alternatives(shape):
        if isinstance(option, Entries):
            found.append(option.values)
        elif isinstance(option, Free):
            found.append(Free(anything=True))
    options = [part for one in found for part in alternatives(one)]
    return None if not options else options[0] if len(options) == 1 else Either(tuple(options))


def at(shape: Shape, path: Path, value: Any) -> Shape | None:
    """The shape of what stands at a path of a value; None where the shape has no such place."""
    found: Shape | None = shape
    for step in path:
        if found is None:
            return None
        found = entry(found) if isinstance(step, int) else member(found, step, value)
        value = value[step]
    return found
