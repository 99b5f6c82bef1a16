"""A profile together with what it builds on: its bases, and the files that stand for values.

Every value keeps the text that it came from, so that a finding points to where it has to be mended.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.diagnostic import Span
from callsheet.directives import names_files
from callsheet.merge import mapping, merged, size, without, without_keys
from callsheet.pointer import from_dotted
from callsheet.project import Refusal
from callsheet.rules import composing as rules
from callsheet.rules.shape import UNKNOWN_DIRECTIVE
from callsheet.shape.directive import DIRECTIVES, takes, takes_data, takes_text
from callsheet.shape.inner import entry, member
from callsheet.shape.shape import Record, Tagged, alternatives
from callsheet.source.document import read
from callsheet.source.node import UNREADABLE, Node
from callsheet.source.problem import MAX_BYTES, MAX_DEPTH, MAX_NODES
from callsheet.source.text import Text as Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path
    from callsheet.project import File, Project
    from callsheet.shape.shape import Shape
    from callsheet.source.document import Document

    ShapeOf: TypeAlias = Callable[[dict[str, Any]], "Shape | None"]

OWN = frozenset({"$extends", "$unset", "$partial", "$schema"})
"""Directives that are about one file and are not inherited."""
_DATA = (".yaml", ".yml", ".json")
"""How files are called that hold more than text, where either could stand."""
_PROSE = frozenset({"instructions", "description", "prompt", "text"})
"""Keys whose text is kept with the line break at its end; elsewhere, nobody means the one behind a single line."""
_MAX_FILES = 1_000
_MAX_CHAIN = 64
"""Files that may name one another in a row."""
_MAX_TEXT = 8 * MAX_BYTES
"""Characters that all texts from files may have together."""
_TOO_MUCH = "is more than a profile can hold"


class Link(NamedTuple):
    """One file that another names: by which path the other is known, the name it writes, and where that leads.

    `extends` says that the file is a base; else it stands for a value.
    """

    by: str
    name: str
    real: str
    extends: bool


class Composed(NamedTuple):
    """A profile with all that it takes from elsewhere.

    `faults` are what went wrong on the way, each with the text it stands in. `whole` says that nothing is missing.
    `links` lead to all files that took part; `bases` are the top nodes of those that it extends, as they are written.
    """

    root: Node
    faults: tuple[tuple[Content, Fault], ...]
    whole: bool
    links: tuple[Link, ...]
    bases: tuple[Node, ...]


def compose(document: Document, project: Project, shape_of: ShapeOf) -> Composed:
    """Follow what a document names; `shape_of` gives the shape of a body, which says where a file may stand.

    What a body is may follow from its bases alone. So it is put together without files first, if there are any to
    take in, and then with them.
    """
    assert document.root is not None  # noqa: S101 - the caller has looked
    documents: dict[str, Document] = {}
    chain = (os.path.realpath(document.text.path),)
    composer = _Composer(project, documents, None)
    root = composer.extended(document.root, chain)
    if composer.may_include:
        shape = shape_of(root.value)
        if shape is not None:
            composer = _Composer(project, documents, shape)
            root = composer.extended(document.root, chain)
    links = tuple(dict.fromkeys(composer.links))
    return Composed(root, tuple(composer.faults), composer.whole, links, tuple(composer.bases))


class _Composer:
    """Follows the references of one profile; with a shape, also those that stand for values."""

    def __init__(self, project: Project, documents: dict[str, Document], shape: Shape | None) -> None:
        self.project = project
        self.shape = shape
        self.faults: list[tuple[Content, Fault]] = []
        self.links: list[Link] = []
        self.whole = True
        self.may_include = False
        self.bases: list[Node] = []
        self._documents = documents
        self._told: set[str] = set()
        self._named: dict[str, Node] = {}
        self._extended: dict[str, Node | None] = {}
        self._texts: dict[str, str] = {}
        self._nodes = 0
        self._characters = 0
        self._overfull = False

    def extended(self, root: Node, chain: tuple[str, ...]) -> Node:
        """The node of a profile, merged over those of its bases."""
        self.may_include = self.may_include or names_files(root.text.content)
        if "$extends" in root.value and not any(True for _ in _names(root, "$extends")):
            self.whole = False  # what it was to be, nobody knows
        if self.shape is not None:
            root = self.filled(self.shape, root, chain, (), at_top=True)
        inherited: Node | None = None
        for name in _names(root, "$extends"):
            base = self._base(name, chain)
            if base is not None:
                inherited = base if inherited is None else merged(inherited, base, at_top=True)
        unset = {_path(name): name for name in _names(root, "$unset")}
        nowhere = set(unset)
        if inherited is not None and unset:
            inherited, nowhere = without(inherited, unset)
        for path, name in unset.items():
            if path in nowhere and self.whole:
                message = f"no base sets `{name.value}`, so there is nothing to unset"
                self._fault(rules.UNSET_NOTHING.fault(name.span, message, "remove it"), name)
        return root if inherited is None else merged(inherited, root, at_top=True)

    def _base(self, name: Node, chain: tuple[str, ...]) -> Node | None:
        file = self._file(name, chain, extends=True)
        if file is None:
            return None
        if file.real not in self._extended:  # which several profiles may build on
            root = self._document(file, mapping=True).root
            if root is not None:
                self.bases.append(root)
                root = self.extended(root, (*chain, file.real))
                root = without_keys(root, OWN)
            self._extended[file.real] = root
        found = self._extended[file.real]
        return found if found is None or self._fits(name, size(found), 0) else None

    def _file(self, name: Node, chain: tuple[str, ...], *, extends: bool = False) -> File | None:
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
        self._named[real] = name
        self.links.append(Link(name.text.path, name.value, real, extends))
        return file

    def _read(self, path: str, real: str, depth: int) -> File:
        if len(self.links) >= _MAX_FILES:
            raise Refusal(
                f"would be file {_MAX_FILES + 1:,}; a profile may use {_MAX_FILES:,}", "name fewer", once=True
            )
        if depth >= _MAX_CHAIN:
            raise Refusal(
                f"is file {_MAX_CHAIN + 1} in a chain; {_MAX_CHAIN} are allowed",
                "extend one of the later bases directly",
            )
        return self.project.read(path, real)

    def _fits(self, name: Node, nodes: int, characters: int) -> bool:
        """Whether there is room for so much more; where it ends, that is said once."""
        self._nodes += nodes
        self._characters += characters
        if self._nodes <= MAX_NODES and self._characters <= _MAX_TEXT:
            return True
        self._refused(name, Refusal(_TOO_MUCH, "is this the right file?", once=True))
        return False

    def _document(self, file: File, *, mapping: bool) -> Document:
        """What a file holds; what is wrong with its text is said once."""
        if file.real not in self._documents:
            self._documents[file.real] = read(file.path, file.raw, mapping=mapping)
        document = self._documents[file.real]
        if file.real not in self._told:
            self._told.add(file.real)
            self.faults += [(document.text, fault) for fault in document.faults]
            self.whole = self.whole and document.root is not None
        return document

    def _circle(self, name: Node, chain: tuple[str, ...], real: str) -> None:
        """Say that files lead in a circle: always at the same place, wherever somebody came into it."""
        self.whole = False
        ring = chain[chain.index(real) :]
        first = min(ring)
        closing = name if first == real else self._named[first]
        start = ring.index(first)
        steps = " → ".join(map(os.path.basename, (*ring[start:], *ring[:start], first)))
        message = "this file names itself" if len(ring) == 1 else f"this leads in a circle: {steps}"
        self._fault(rules.CIRCLE.fault(closing.span, message, "remove it: a file cannot build on itself"), closing)

    def _refused(self, name: Node, refusal: Refusal) -> None:
        self.whole = False
        if refusal.once:
            if self._overfull:
                return
            self._overfull = True
        rule = rules.OUTSIDE_PROJECT if refusal.outside else rules.UNREADABLE_FILE
        self._fault(rule.fault(name.span, f"`{name.value}` {refusal.why}", refusal.help), name)

    def _fault(self, fault: Fault, node: Node) -> None:
        self.faults.append((node.text, fault))

    def filled(
        self, shape: Shape | None, node: Node, chain: tuple[str, ...], at: Path, *, at_top: bool = False
    ) -> Node:
        """A node in which every `$file` has given way to what the file holds."""
        if shape is None or node.children is None:
            return node
        if isinstance(node.children, list):
            inner = entry(shape)
            items = [self.filled(inner, child, chain, (*at, index)) for index, child in enumerate(node.children)]
            if all(new is old for new, old in zip(items, node.children, strict=True)):
                return node
            return Node(node.text, [item.value for item in items], node.start, node.end, items)
        if not at_top and "$file" in node.children:
            return self._included(shape, node, chain, at)
        members = {
            key: self.filled(member(shape, key, node.value), child, chain, (*at, key))
            for key, child in node.children.items()
        }
        if all(members[key] is child for key, child in node.children.items()):
            return node
        return mapping(node, members, node.keys, node.lost)

    def _included(self, shape: Shape, node: Node, chain: tuple[str, ...], at: Path) -> Node:
        """What the file of a placeholder holds; the placeholder itself where it cannot stand for anything here."""
        name = node.child("$file")
        if name is None or not isinstance(name.value, str) or not name.value or len(node.value) > 1:
            return node
        if not takes(shape, "$file"):
            return node
        nothing = Node(node.text, UNREADABLE, node.start, node.end)
        file = self._file(name, chain)
        if file is None:
            return nothing
        if takes_text(shape) and not (takes_data(shape) and name.value.endswith(_DATA)):
            return self._text(name, file, at) or nothing
        if len(at) >= MAX_DEPTH:
            self._refused(name, Refusal(f"is nested deeper than {MAX_DEPTH} levels", "no session is that deep"))
            return nothing
        root = self._document(file, mapping=False).root
        if root is None or not self._fits(name, size(root), 0):
            return nothing
        if any(isinstance(option, (Record, Tagged)) for option in alternatives(shape)):
            root = self._undirected(root)
        return self.filled(shape, root, (*chain, file.real), at)

    def _undirected(self, root: Node) -> Node:
        """What a file holds, without directives at its top: only a profile has these, and that is said once.

        `$schema` is for an editor, in any file.
        """
        if not isinstance(root.children, dict) or root.keys is None:
            return root
        root = without_keys(root, frozenset({"$schema"}))
        found = [key for key in root.value if key in DIRECTIVES.fields]
        if not found or root.keys is None:
            return root
        from callsheet.shape.say import either

        _, start, end = root.keys[found[0]]
        message = f"{either(found, 'and')} cannot stand in a file that is taken in as a value"
        help_ = f"remove {'it' if len(found) == 1 else 'them'}: directives stand at the top of a profile"
        fault = UNKNOWN_DIRECTIVE.fault(Span(start, end), message, help_)
        if (root.text, fault) not in self.faults:
            self._fault(fault, root)
        return without_keys(root, frozenset(found))

    def _text(self, name: Node, file: File, at: Path) -> Node | None:
        """The text of the file that a node names."""
        if file.real not in self._texts:
            try:
                self._texts[file.real] = file.raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
            except UnicodeDecodeError:
                self._refused(name, Refusal("is not UTF-8", "save it as UTF-8"))
                return None
        content = self._texts[file.real]
        value = content
        if at and at[-1] not in _PROSE:
            value = content.removesuffix("\n").removesuffix("\r")
            if "\n" in value:
                value = content
        return Node(Content(file.path, content), value, 0, len(value)) if self._fits(name, 1, len(value)) else None


def _names(root: Node, key: str) -> Iterator[Node]:
    """The texts that a directive holds, one or a list of them; what else it holds is a finding of its shape.

    Of a file that is named twice, the later place counts.
    """
    node = root.child(key)
    names = node.children if node is not None and isinstance(node.children, list) else [node]
    found = {
        name.value: name for name in names if isinstance(name, Node) and isinstance(name.value, str) and name.value
    }
    yield from sorted(found.values(), key=lambda name: name.start)


def _path(name: Node) -> Path:
    """The path that a text of `$unset` means; what is no path leads nowhere."""
    try:
        return from_dotted(name.value) or (name.value,)
    except ValueError:
        return (name.value,)
