"""A profile together with what it builds on: its bases, and the files that stand for values.

Every value keeps the text that it came from, so that a finding points to where it has to be mended.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.project import Refusal
from callsheet.rules import composing as rules
from callsheet.shape.shape import Either, Entries, Free, Items, Record, Tagged, Text, fits
from callsheet.source.document import read
from callsheet.source.node import UNREADABLE, Node
from callsheet.source.text import Text as Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.diagnostic import Fault
    from callsheet.project import File, Project
    from callsheet.shape.shape import Shape
    from callsheet.source.document import Document
    from callsheet.source.node import Mark

    ShapeOf: TypeAlias = Callable[[dict[str, Any]], "Shape | None"]

_OWN = frozenset({"$extends", "$unset", "$partial", "$schema"})
"""Directives that are about one file and are not inherited."""
_DATA = (".yaml", ".yml", ".json")
"""How files are called that hold more than text, where either could stand."""
_MAX_FILES = 1_000
_MAX_CHAIN = 64
"""Files that may name one another in a row."""


class Composed(NamedTuple):
    """A profile with all that it takes from elsewhere.

    `faults` are what went wrong on the way, each with the text it stands in. `whole` says that nothing is missing.
    `files` are the real paths of all files that took part, the profile itself left out; `bases` are the texts of those
    that it extends.
    """

    root: Node
    faults: tuple[tuple[Content, Fault], ...]
    whole: bool
    files: tuple[str, ...]
    bases: frozenset[Content]


def compose(document: Document, project: Project, shape_of: ShapeOf) -> Composed:
    """Follow what a document names; `shape_of` gives the shape of a body, which says where a file may stand."""
    assert document.root is not None  # noqa: S101 - the caller has looked
    composer = _Composer(project)
    root = composer.extended(document.root, (os.path.realpath(document.text.path),))
    if composer.may_include:
        shape = shape_of(root.value)
        if shape is not None:
            root = composer.filled(shape, root, at_top=True)
    files = tuple(dict.fromkeys(composer.files))
    return Composed(root, tuple(composer.faults), composer.whole, files, frozenset(composer.bases))


class _Composer:
    """Follows the references of one profile."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.faults: list[tuple[Content, Fault]] = []
        self.files: list[str] = []
        self.whole = True
        self.may_include = False
        self.bases: list[Content] = []
        self._open: list[str] = []
        self._counting = True
        self._bases: dict[str, Node | None] = {}
        self._documents: dict[str, Document] = {}
        self._texts: dict[str, Node] = {}

    def extended(self, root: Node, chain: tuple[str, ...]) -> Node:
        """The node of a profile, merged over those of its bases."""
        self.may_include = self.may_include or "$file" in root.text.content
        inherited: Node | None = None
        for name in _names(root, "$extends"):
            base = self._base(name, chain)
            if base is not None:
                inherited = base if inherited is None else merged(inherited, base)
        for name in _names(root, "$unset"):
            left = None if inherited is None else without(inherited, name.value.split("."))
            if left is not None:
                inherited = left
            elif self.whole:
                self._fault(
                    rules.UNSET_NOTHING.fault(name.span, f"nothing is inherited at `{name.value}`", "remove it"), name
                )
        return root if inherited is None else merged(inherited, root)

    def _base(self, name: Node, chain: tuple[str, ...]) -> Node | None:
        file = self._file(name, chain)
        if file is None:
            return None
        if file.real not in self._bases:  # which several profiles may build on
            document = self._document(file, mapping=True)
            self.bases.append(document.text)
            root = document.root
            if root is not None:
                root = self.extended(root, (*chain, file.real))
                root = without_keys(root, _OWN)
            self._bases[file.real] = root
        return self._bases[file.real]

    def _file(self, name: Node, chain: tuple[str, ...]) -> File | None:
        """The file that a node names; None where there is none that can be read, and then that has been said."""
        try:
            path, real = self.project.find(name.value, name.text.path)
            if real in chain:
                self._circle(name, chain, real)
                return None
            file = self._read(path, real, len(chain))
        except Refusal as refusal:
            self._refused(name, refusal)
            return None
        self.files.append(real)
        if len(self.files) <= _MAX_FILES:
            return file
        if self._counting:
            self._counting = False
            self._refused(name, Refusal(f"is one file too many: a profile names {_MAX_FILES:,} at most", "name fewer"))
        return None

    def _read(self, path: str, real: str, depth: int) -> File:
        if depth >= _MAX_CHAIN:
            raise Refusal(f"is one step too far: {_MAX_CHAIN} files may build on each other", "name it sooner")
        return self.project.read(path, real)

    def _document(self, file: File, *, mapping: bool) -> Document:
        """What a file holds; what is wrong with its text is said once."""
        if file.real not in self._documents:
            document = self._documents[file.real] = read(file.path, file.raw, mapping=mapping)
            self.faults += [(document.text, fault) for fault in document.faults]
            self.whole = self.whole and document.root is not None
        return self._documents[file.real]

    def _circle(self, name: Node, chain: tuple[str, ...], real: str) -> None:
        self.whole = False
        ring = [os.path.basename(file) for file in (*chain[chain.index(real) :], real)]
        message = "this profile names itself" if len(ring) == 2 else f"this leads in a circle: {' → '.join(ring)}"  # noqa: PLR2004 - itself twice
        self._fault(rules.CIRCLE.fault(name.span, message, "remove it: a file cannot build on itself"), name)

    def _refused(self, name: Node, refusal: Refusal) -> None:
        self.whole = False
        rule = rules.OUTSIDE_PROJECT if refusal.outside else rules.UNREADABLE_FILE
        self._fault(rule.fault(name.span, f"`{name.value}` {refusal.why}", refusal.help), name)

    def _fault(self, fault: Fault, node: Node) -> None:
        self.faults.append((node.text, fault))

    def filled(self, shape: Shape | None, node: Node, *, at_top: bool = False) -> Node:
        """A node in which every `$file` has given way to what the file holds."""
        if shape is None or node.children is None:
            return node
        if isinstance(node.children, list):
            inner = _items(shape)
            items = [self.filled(inner, child) for child in node.children]
            if all(new is old for new, old in zip(items, node.children, strict=True)):
                return node
            return Node(node.text, [item.value for item in items], node.start, node.end, items)
        if not at_top and "$file" in node.children:
            return self._included(shape, node)
        members = {key: self.filled(_below(shape, key, node.value), child) for key, child in node.children.items()}
        if all(members[key] is child for key, child in node.children.items()):
            return node
        return _mapping(node, members, node.keys, node.lost)

    def _included(self, shape: Shape, node: Node) -> Node:
        """What the file of a placeholder holds; the placeholder itself where it cannot stand for anything here."""
        name = node.child("$file")
        if name is None or not isinstance(name.value, str) or not name.value or len(node.value) > 1:
            return node
        options = shape.options if isinstance(shape, Either) else (shape,)
        takes_text = any(isinstance(option, Text) for option in options)
        takes_data = any(isinstance(option, (Record, Tagged, Items, Entries, Free)) for option in options)
        if not (takes_text or takes_data):
            return node
        nothing = Node(node.text, UNREADABLE, node.start, node.end)
        if takes_text and not (takes_data and name.value.endswith(_DATA)):
            return self._text(name) or nothing
        file = self._file(name, tuple(self._open))
        root = file and self._document(file, mapping=False).root
        if file is None or root is None:
            return nothing
        self._open.append(file.real)
        filled = self.filled(shape, root)
        self._open.pop()
        return filled

    def _text(self, name: Node) -> Node | None:
        """The text of the file that a node names, as it is, the line break at its end included."""
        file = self._file(name, ())
        if file is None:
            return None
        if file.real not in self._texts:
            try:
                content = file.raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
            except UnicodeDecodeError:
                self._refused(name, Refusal("is not UTF-8", "save it as UTF-8"))
                return None
            self._texts[file.real] = Node(Content(file.path, content), content, 0, len(content))
        return self._texts[file.real]


def merged(base: Node, over: Node) -> Node:
    """One node over another: mappings merge, everything else replaces, and null is a value."""
    if base is over or not _is_mapping(base) or not _is_mapping(over):
        return over
    assert isinstance(base.children, dict)  # noqa: S101 - for mypy
    assert isinstance(over.children, dict)  # noqa: S101 - likewise
    members = dict(base.children)
    lost = [*(over.lost or ()), *(base.lost or ())]
    for key, child in over.children.items():
        below = members.get(key)
        members[key] = child if below is None else merged(below, child)
        if below is not None and members[key] is child:
            lost.append((key, below))
    marks = dict(over.keys or {})
    for key, mark in (base.keys or {}).items():
        marks.setdefault(key, mark)
    return _mapping(over, members, marks, lost)


def without(node: Node, path: list[str]) -> Node | None:
    """A node without the value at a path; None where there is none."""
    if not isinstance(node.children, dict) or path[0] not in node.children:
        return None
    if len(path) == 1:
        return without_keys(node, frozenset(path))
    below = without(node.children[path[0]], path[1:])
    if below is None:
        return None
    return _mapping(node, {**node.children, path[0]: below}, node.keys, node.lost)


def without_keys(node: Node, keys: frozenset[str]) -> Node:
    """A mapping without some of its keys."""
    if not isinstance(node.children, dict) or keys.isdisjoint(node.children):
        return node
    kept = {key: child for key, child in node.children.items() if key not in keys}
    marks = {key: mark for key, mark in (node.keys or {}).items() if key not in keys}
    gone = [(key, child) for key, child in node.children.items() if key in keys]
    return _mapping(node, kept, marks, [*(node.lost or ()), *gone])


def _mapping(
    at: Node, members: dict[str, Node], keys: dict[str, Mark] | None, lost: list[tuple[str, Node]] | None
) -> Node:
    """A mapping that stands where another one does."""
    value = {key: child.value for key, child in members.items()}
    once = list({id(child): (key, child) for key, child in lost or ()}.values())  # bases may meet again and again
    return Node(at.text, value, at.start, at.end, members, keys, once or None)


def _is_mapping(node: Node) -> bool:
    return isinstance(node.children, dict) and "$file" not in node.children and "$env" not in node.children


def _names(root: Node, key: str) -> Iterator[Node]:
    """The texts that a directive holds, one or a list of them; what else it holds is a finding of its shape."""
    node = root.child(key)
    for name in node.children if node is not None and isinstance(node.children, list) else [node]:
        if isinstance(name, Node) and isinstance(name.value, str) and name.value:
            yield name


def _items(shape: Shape) -> Shape | None:
    """The shape of the entries of a list."""
    options = shape.options if isinstance(shape, Either) else (shape,)
    lists = (option for option in options if isinstance(option, (Items, Free)))
    found = next(lists, None)
    return found.items if isinstance(found, Items) else found and Free(anything=True)


def _below(shape: Shape, key: str, value: Any) -> Shape | None:
    """The shape of what stands below a key."""
    if isinstance(shape, Either):
        shape = next((option for option in shape.options if fits(option, value)), shape)
    match shape:
        case Record(fields=fields):
            return fields[key].shape if key in fields else None
        case Tagged(variants=variants, tag=tag):
            name = value.get(tag)
            variant = variants.get(name) if isinstance(name, str) else None
            return _below(variant, key, value) if variant is not None else None
        case Entries(values=values):
            return values
        case Free():
            return Free(anything=True)
    return None
