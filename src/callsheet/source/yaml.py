"""YAML 1.2 text to nodes, in one pass over the events of libyaml.

libyaml finds the tokens; what a scalar means, what a key may be and how aliases and merge keys unfold is
decided here. Events, not composed nodes: composing recurses in C, and a file of brackets would end the
process.
"""

from __future__ import annotations

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from callsheet.source import problem, yaml_place
from callsheet.source.node import LOST_KEY, UNREADABLE, Node
from callsheet.source.problem import ReadError
from callsheet.source.scalar import resolve
from callsheet.source.yaml_error import broken_tag, explain, foreign_character

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from callsheet.source.node import Mark
    from callsheet.source.text import Text

_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS = {_CORE + name for name in ("null", "bool", "int", "float")}
_TEXT_TAGS = {_CORE + "str", "!"}
_MAPPING_TAGS = {None, "!", _CORE + "map"}
_SEQUENCE_TAGS = {None, "!", _CORE + "seq"}
_MERGE = "<<"


def parse(text: Text, faults: list[ReadError]) -> Node:
    """The document's top node. Faults that leave the rest readable are appended; ReadError ends the reading."""
    if text.content.count("%TAG") > problem.MAX_TAG_DIRECTIVES:
        at = text.content.index("%TAG")
        raise ReadError(
            problem.TAG, "more tag directives than anybody needs", at, at + 4, "write plain data without tags"
        )
    content, restore = yaml_place.hide_old_breaks(text.content)
    try:
        parser = CParser(content)
    except UnicodeEncodeError:
        raise foreign_character(text) from None
    try:
        return _Builder(text, faults, restore).build(parser)
    except yaml.YAMLError as error:
        raise explain(error, text) from None
    except UnicodeDecodeError:
        raise broken_tag(text) from None
    finally:
        parser.dispose()


class _Frame:
    """A mapping or sequence that is being read."""

    __slots__ = (
        "anchor",
        "children",
        "count",
        "end",
        "height",
        "key",
        "keys",
        "lost",
        "merge",
        "merges",
        "start",
        "values",
    )

    def __init__(self, start: int, anchor: str | None, count: int, *, mapping: bool) -> None:
        self.start = start
        self.end = start
        self.anchor = anchor
        self.count = count
        self.height = 1
        """Levels from here down, those behind an alias too."""
        self.children: Any = {} if mapping else []
        self.values: Any = {} if mapping else []
        self.keys: dict[str, Mark] | None = {} if mapping else None
        self.key: tuple[Node, int, int] | None = None
        """The key that waits for its value, and where it is written."""
        self.merge: Mark | None = None
        self.merges: list[Node] = []
        self.lost: list[tuple[str, Node]] = []


class _Builder:
    """Builds the nodes of one document from libyaml's events."""

    def __init__(self, text: Text, faults: list[ReadError], restore: dict[int, str] | None) -> None:
        self.text = text
        self.faults = faults
        self.restore = restore
        self.anchors: dict[str, tuple[Node, int, int] | _Frame] = {}
        """What each anchor names, with its values and its levels counted; a frame as long as it is open."""
        self.stack: list[_Frame] = []
        self.count = 0
        """Values so far, those behind an alias counted each time."""

    def build(self, parser: CParser) -> Node:
        next_event = parser.get_event
        stack = self.stack
        root: Node | None = None
        while True:
            event: Any = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                node = self.scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open(event, mapping=kind is MappingStartEvent)
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = self.close(event.start_mark.index, event.end_mark.index)
            elif kind is AliasEvent:
                node = self.alias(event)
                if stack:
                    self.attach(stack[-1], node, event.start_mark.index, event.end_mark.index)
                    continue
            elif kind is StreamEndEvent or event is None:
                break
            elif kind is DocumentStartEvent and root is not None:
                self.second_document(event.end_mark.index)
                break
            else:
                continue
            if stack:
                self.attach(stack[-1], node, node.start, node.end)
            else:
                root = node
        if root is None or (root.children is None and root.value is None and root.start == root.end):
            raise problem.empty("there is no profile in this file")
        return root

    def scalar(self, event: Any) -> Node:
        self.count += 1
        start, end = event.start_mark.index, event.end_mark.index
        raw, tag, style = event.value, event.tag, event.style
        if self.restore:
            raw = raw.translate(self.restore)
        if start == end:
            if self.stack and self.stack[-1].key:
                start = end = yaml_place.empty_value(self.text.content, self.stack[-1].end)
        elif style in ("|", ">"):
            end = yaml_place.block_end(self.text.content, raw, start, end)
        value: Any = raw
        try:
            if tag is None:
                if not style:
                    value = resolve(raw, start, end)
            else:
                value = self.tagged(raw, tag, start, end)
        except ReadError as fault:
            self.faults.append(fault)
            value = UNREADABLE
        node = Node(self.text, value, start, end)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, 1, 0)
        return node

    def tagged(self, raw: str, tag: str, start: int, end: int) -> Any:
        if tag in _TEXT_TAGS:
            return raw
        if tag in _SCALAR_TAGS:
            value = resolve(raw, start, end)
            kinds: dict[str, tuple[type, ...]] = {
                "null": (type(None),),
                "bool": (bool,),
                "int": (int,),
                "float": (int, float),
            }
            if isinstance(value, kinds[tag[len(_CORE) :]]) and (tag.endswith("bool") or not isinstance(value, bool)):
                return value
            raise ReadError(
                problem.TAG, f"`{raw}` is not what its tag `!!{tag[len(_CORE) :]}` says", start, end, "remove the tag"
            )
        raise self.foreign_tag(tag, start, end)

    def foreign_tag(self, tag: str, start: int, end: int) -> ReadError:
        shown = "!!" + tag[len(_CORE) :] if tag.startswith(_CORE) else tag
        return ReadError(
            problem.TAG,
            f"the tag `{shown}` makes an object that JSON cannot carry",
            *yaml_place.tag_span(self.text.content, start, end),
            "write plain data without the tag",
        )

    def open(self, event: Any, *, mapping: bool) -> None:
        self.count += 1
        start = event.start_mark.index
        self.check_depth(1, start, start + 1)
        if event.tag not in (_MAPPING_TAGS if mapping else _SEQUENCE_TAGS):
            self.faults.append(self.foreign_tag(event.tag, start, event.end_mark.index))
        frame = _Frame(start, event.anchor, self.count, mapping=mapping)
        if event.anchor is not None:
            self.anchors[event.anchor] = frame
        self.stack.append(frame)

    def close(self, start: int, end: int) -> Node:
        frame = self.stack.pop()
        if frame.merges:
            self.merge(frame)
        if start == end:  # no bracket closes it
            end = frame.end
        node = Node(self.text, frame.values, frame.start, end, frame.children, frame.keys, frame.lost or None)
        if frame.anchor is not None and self.anchors[frame.anchor] is frame:
            self.anchors[frame.anchor] = (node, self.count - frame.count + 1, frame.height)
        self.raise_above(frame.height)
        return node

    def raise_above(self, height: int) -> None:
        """Tell the frame on top that something of this height stands in it."""
        if self.stack:
            self.stack[-1].height = max(self.stack[-1].height, height + 1)

    def alias(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        name = event.anchor
        target = self.anchors.get(name)
        if not isinstance(target, tuple):
            inside = target is not None
            self.faults.append(
                ReadError(
                    problem.ALIAS,
                    f"`*{name}` stands inside the value that `&{name}` names, so it would never end"
                    if inside
                    else f"`*{name}` refers to an anchor that is not set above it",
                    start,
                    end,
                    None if inside else f"name a value with `&{name}` first, or quote the text if `*` is part of it",
                )
            )
            return Node(self.text, UNREADABLE, start, end)
        node, size, height = target
        self.count += size
        self.check_count(start, end)
        self.check_depth(height, start, end)
        self.raise_above(height)
        return node

    def check_depth(self, height: int, start: int, end: int) -> None:
        if len(self.stack) + height > problem.MAX_DEPTH:
            raise problem.too_deep(start, end)

    def check_count(self, start: int, end: int) -> None:
        if self.count > problem.MAX_NODES:
            raise ReadError(
                problem.ALIAS_BOMB,
                f"the document holds more than {problem.MAX_NODES:,} values once its aliases are written out",
                start,
                end,
                "remove aliases of aliases",
            )

    def attach(self, frame: _Frame, node: Node, start: int, end: int) -> None:
        """Put the node into the frame. It is written from `start` to `end`: there an alias is not where its node is."""
        frame.end = end
        if frame.keys is None:
            frame.children.append(node)
            frame.values.append(node.value)
            self.check_count(start, end)
            return
        if frame.key is None:
            frame.key = (node, start, end)
            return
        (key, key_start, key_end), frame.key = frame.key, None
        self.check_count(start, end)
        name = key.value
        if name == _MERGE and self.text.content[key_start:key_end] == _MERGE:
            if frame.merge:
                self.faults.append(problem.duplicate(self.text, name, frame.merge, key_start, key_end))
            frame.merge = frame.merge or (self.text, key_start, key_end)
            frame.merges += self.mergeable(node, start, end)
            frame.lost.append(("", node))
            return
        if not isinstance(name, str):
            if name is UNREADABLE:
                frame.lost.append((LOST_KEY, node))
                return
            name = yaml_place.bare(self.text.content[key.start : key.end])
            self.faults.append(self.key_not_text(key, name, key_start, key_end))
            if key.children is not None:
                frame.lost.append((LOST_KEY, node))
                return
        if name in frame.keys:
            frame.lost.append((name, frame.children[name]))
            self.faults.append(problem.duplicate(self.text, name, frame.keys[name], key_start, key_end))
        frame.keys[name] = (self.text, key_start, key_end)
        frame.children[name] = node
        frame.values[name] = node.value

    def key_not_text(self, key: Node, raw: str, start: int, end: int) -> ReadError:
        if key.children is not None:
            return ReadError(problem.KEY_NOT_TEXT, "a key must be text, not a list or a mapping", start, end)
        if not raw:
            return ReadError(problem.KEY_NOT_TEXT, "a key is missing before the colon", start, end)
        return ReadError(
            problem.KEY_NOT_TEXT, f"the key `{raw}` is not text, and JSON keys are", start, end, f'quote it: "{raw}"'
        )

    def mergeable(self, node: Node, start: int, end: int) -> list[Node]:
        """The mappings that a merge key names, first one strongest."""
        sources = node.children if isinstance(node.children, list) else [node]
        wrong = [source for source in sources if source.keys is None and source.value is not UNREADABLE]
        for source in wrong:
            here = start <= source.start and source.end <= end  # else it was reached through an alias
            self.faults.append(
                ReadError(
                    problem.MERGE_KEY,
                    "`<<` merges mappings, and this is none",
                    source.start if here else start,
                    source.end if here else end,
                    "give it an alias of a mapping (`<<: *name`) or a list of them",
                )
            )
        return [source for source in sources if source.keys is not None]

    def merge(self, frame: _Frame) -> None:
        children: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        for source in reversed(frame.merges):
            children.update(source.children)  # type: ignore[arg-type]  # `mergeable` lets only mappings through
            keys.update(source.keys or {})
        children.update(frame.children)
        keys.update(frame.keys or {})
        frame.children, frame.keys = children, keys
        frame.values = {name: child.value for name, child in children.items()}

    def second_document(self, end: int) -> None:
        self.faults.append(
            ReadError(
                problem.SEVERAL_DOCUMENTS,
                "a second document starts here; one file holds one profile",
                end - len("---"),
                end,
                "move it to a file of its own",
            )
        )
