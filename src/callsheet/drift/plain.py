"""YAML 1.2 as plain values, in which `no` and `2026-11-05` are text, and so is every key.

Built from the events of the parser, without recursion: what composes values there has no bottom, and aliases may lead
in circles.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from callsheet.drift.upstream import clip

_YAML = "tag:yaml.org,2002:"
_NULL = re.compile(r"~|null|Null|NULL|")
_FLAG = re.compile(r"true|True|TRUE|false|False|FALSE")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_CONTAINERS = {"map": yaml.MappingStartEvent, "seq": yaml.SequenceStartEvent}


class BrokenError(Exception):
    """A text that is no such YAML: its text says why, for people; `mark` are line and column, both from 1."""

    def __init__(self, what: str, mark: Any) -> None:
        super().__init__(what)
        self.mark = None if mark is None else (mark.line + 1, mark.column + 1)


class _Known(NamedTuple):
    """A value that has an anchor, and how many levels it has."""

    value: Any
    height: int


class _Open:
    """A list or an object whose end has not come; `key` is that of an object whose value is next."""

    def __init__(self, value: list[Any] | dict[str, Any], anchor: str | None) -> None:
        self.value = value
        self.anchor = anchor
        self.key: str | None = None
        self.height = 1


def values(text: str, *, deepest: int, longest_number: int) -> Any:
    """What a text of one document holds. Raises BrokenError."""
    builder = _Builder(deepest, longest_number)
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):  # libyaml, which reads ahead, has a limit of its own since 0.2.6
            raise _too_deep(deepest, error.problem_mark) from None
        raise BrokenError(f"broken YAML: {error.problem}", error.problem_mark) from None
    except (yaml.YAMLError, UnicodeEncodeError):
        raise BrokenError("broken YAML: it holds a character that YAML does not allow", None) from None
    return builder.whole


class _Builder:
    def __init__(self, deepest: int, longest_number: int) -> None:
        self.deepest = deepest
        self.longest_number = longest_number
        self.whole: Any = None
        self.documents = 0
        self.open: list[_Open] = []
        self.known: dict[str, _Known] = {}

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise BrokenError("broken YAML: more than one document in the file", event.start_mark)
            case yaml.ScalarEvent():
                self.scalar(event)
            case yaml.AliasEvent(anchor=anchor):
                if any(one.anchor == anchor for one in self.open):
                    raise BrokenError(f"broken YAML: `*{clip(str(anchor))}` stands within itself", event.start_mark)
                if anchor not in self.known:
                    raise BrokenError(f"broken YAML: nothing is named `&{clip(str(anchor))}`", event.start_mark)
                self.add(*self.known[anchor], event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self.start(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self.open.pop()
                self.name(done.anchor, done.value, done.height)
                self.add(done.value, done.height, event)

    def start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        tag = event.tag
        if tag not in {None, "!"} and not any(
            tag == _YAML + word and isinstance(event, form) for word, form in _CONTAINERS.items()
        ):
            raise _strange(tag, event)
        if self.open and isinstance(self.open[-1].value, dict) and self.open[-1].key is None:
            raise BrokenError("broken YAML: a key that is no text", event.start_mark)
        if len(self.open) >= self.deepest:
            self.too_deep(event)
        empty: list[Any] | dict[str, Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(_Open(empty, event.anchor))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if self.open and isinstance(self.open[-1].value, dict) and self.open[-1].key is None:
            self.name(event.anchor, event.value, 0)
            self.open[-1].key = event.value
            return
        value = self.meant(event)
        self.name(event.anchor, value, 0)
        self.add(value, 0, event)

    def meant(self, event: yaml.ScalarEvent) -> Any:
        text: str = event.value
        plain = event.tag is None and event.implicit[0]
        tag = event.tag or ""
        word = tag.removeprefix(_YAML) if tag.startswith(_YAML) else None
        if not plain and (tag in {"", "!"} or word == "str"):
            return text
        if (plain or word == "null") and _NULL.fullmatch(text):
            return None
        if (plain or word == "bool") and _FLAG.fullmatch(text):
            return text[0] in "tT"
        if (plain or word in {"int", "float"}) and _NUMBER.fullmatch(text):
            number = float(text)
            if len(text) > self.longest_number or abs(number) == float("inf"):
                raise BrokenError(f"a number is too large: {clip(text)}", event.start_mark)
            return int(text) if _WHOLE.fullmatch(text) and word != "float" else number
        if plain:
            return text
        raise _strange(tag, event)

    def add(self, value: Any, height: int, event: yaml.Event) -> None:
        """Put a value where it belongs, which is where the parser stands."""
        if len(self.open) + height > self.deepest:
            self.too_deep(event)
        if not self.open:
            self.whole = value
            return
        into = self.open[-1]
        into.height = max(into.height, height + 1)
        if isinstance(into.value, list):
            into.value.append(value)
        elif into.key is not None:
            into.value[into.key] = value
            into.key = None
        elif isinstance(value, str):
            into.key = value
        else:
            raise BrokenError("broken YAML: a key that is no text", event.start_mark)

    def name(self, anchor: str | None, value: Any, height: int) -> None:
        if anchor is not None:
            self.known[anchor] = _Known(value, height)

    def too_deep(self, event: yaml.Event) -> None:
        raise _too_deep(self.deepest, event.start_mark)


def _too_deep(deepest: int, mark: Any) -> BrokenError:
    return BrokenError(f"nested too deep: more than {deepest} levels", mark)


def _strange(tag: str | None, event: yaml.Event) -> BrokenError:
    return BrokenError(f"broken YAML: the tag `{clip(tag or '')}` means nothing in JSON", event.start_mark)
