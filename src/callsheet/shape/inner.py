"""What stands one step below a shape: the entries of a list, the value of a key."""

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


def member(shape: Shape, key: str, value: Any) -> Shape | None:
    """The shape of what stands below a key of a mapping with some value; of several that it may be, all of them.

    Which record a mapping is may be said in a base, so that without its tag it can be any.
    """
    found: list[Shape] = []
    for option in alternatives(shape):
        match option:
            case Record(fields=fields) if key in fields:
                found.append(fields[key].shape)
            case Tagged(variants=variants, tag=tag):
                name = value.get(tag)
                named = variants.get(name) if isinstance(name, str) else None
                records = (named,) if named is not None else variants.values()
                found += (record.fields[key].shape for record in records if key in record.fields)
            case Entries(values=values):
                found.append(values)
            case Free():
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
