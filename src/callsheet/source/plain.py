"""Text to plain data, without places: all that it takes to read a text in which nothing is wrong.

It reads JSON, and by libyaml's events the YAML that `simple` leaves. Both readers decline a text, with None, as soon as
something in it may be a fault or has to be unfolded (an anchor, a tag, a merge key), or where it is no mapping. Then
`yaml` or `json` of this package read it, which know the places and say what is wrong; of what is taken here they would
say nothing, and give the same data.
"""

from __future__ import annotations

from callsheet.source.problem import MAX_DEPTH, MAX_NODES, ReadError
from callsheet.source.scalar import NUMBER_STARTS, WORDS, number, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeAlias

    Data: TypeAlias = dict[str, Any]

_MERGE = "<<"
_OLD_BREAKS = "\x85\u2028\u2029"
"""What libyaml takes for line breaks, and YAML 1.2 does not."""


def yaml_data(content: str) -> Data | None:
    """The mapping in a YAML text, from libyaml's events in one loop; None where the text is declined."""
    from yaml import YAMLError
    from yaml import events as of
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out

    if "%TAG" in content or not (content.isascii() or all(old not in content for old in _OLD_BREAKS)):
        return None
    scalar, mapping, sequence = of.ScalarEvent, of.MappingStartEvent, of.SequenceStartEvent
    ends = (of.MappingEndEvent, of.SequenceEndEvent)
    documents: list[Any] = []
    holder: Any = documents  # the mapping or the list that is being filled
    key: str | None = None  # in a mapping, the key that waits for its value
    keyed = False
    above: list[tuple[Any, str | None, bool]] = []
    try:
        next_event = CParser(content).get_event
        for _ in range(MAX_NODES):  # every value has an event, so there are not more
            event: Any = next_event()
            kind = type(event)
            if kind is scalar:
                if event.tag is not None or event.anchor is not None:
                    return None
                value: Any = event.value
                if not event.style and (value[:1] in NUMBER_STARTS or value in WORDS):
                    value = resolve(value, 0, 0)
                if not keyed:
                    holder.append(value)
                elif key is not None:
                    holder[key] = value
                    key = None
                elif type(value) is not str or value in holder or value == _MERGE:
                    return None
                else:
                    key = value
            elif kind is mapping or kind is sequence:
                if event.tag is not None or event.anchor is not None or len(above) >= MAX_DEPTH:
                    return None
                if keyed and key is None:  # a key that is no text
                    return None
                above.append((holder, key, keyed))
                keyed = kind is mapping
                holder = {} if keyed else []
                key = None
            elif kind in ends:
                value = holder
                holder, key, keyed = above.pop()
                if keyed:
                    holder[key] = value
                    key = None
                else:
                    holder.append(value)
            elif kind is of.StreamEndEvent:
                return documents[0] if documents and type(documents[0]) is dict else None
            elif kind is of.AliasEvent or (kind is of.DocumentStartEvent and documents):
                return None
    except (YAMLError, ReadError, UnicodeError):
        pass
    return None


def json_data(content: str) -> Data | None:
    """The mapping in a JSON text, from Python's own reader; None where the text is declined."""
    import json

    if "\\ud" in content or "\\uD" in content:  # perhaps half of a surrogate pair
        return None
    if (
        content.count(",") + content.count("[") + content.count("{") >= MAX_NODES
    ):  # before each value stands one of them
        return None
    try:
        if not content.isascii():
            content.encode()
        data = json.loads(
            content, object_pairs_hook=_members, parse_int=_whole, parse_float=_fraction, parse_constant=_no_number
        )
    except (ValueError, ReadError, RecursionError):
        return None
    return data if type(data) is dict and _is_shallow(data) else None


def _members(pairs: list[tuple[str, Any]]) -> Data:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands twice")
    return members


def _whole(raw: str) -> int | float:
    return number(raw, 0, 0, whole=True)


def _fraction(raw: str) -> int | float:
    return number(raw, 0, 0, whole=False)


def _no_number(raw: str) -> None:
    raise ValueError(raw)


def _is_shallow(data: Data) -> bool:
    """Whether nothing is nested too deep: looked at level by level."""
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        level = [below for holder in level for below in _inside(holder) if type(below) is dict or type(below) is list]
        if not level:
            return True
    return False


def _inside(holder: Data | list[Any]) -> Iterable[Any]:
    return holder.values() if type(holder) is dict else holder
