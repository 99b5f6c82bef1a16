"""What one profile takes from its project: each file once, within bounds, and what is wrong with it told once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from callsheet.project import Refusal
from callsheet.rules import composing as rules
from callsheet.source.document import read
from callsheet.source.problem import MAX_BYTES, MAX_NODES

if TYPE_CHECKING:
    from callsheet.diagnostic import Fault
    from callsheet.project import File, Project
    from callsheet.source.document import Document
    from callsheet.source.node import Node
    from callsheet.source.text import Text

MAX_FILES = 1_000
MAX_CHAIN = 64
"""Files that may name one another in a row."""
MAX_TEXT = 8 * MAX_BYTES
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


class Intake:
    """Brings the files that a profile names, and keeps which they are, what is wrong with them, and whether one lacks.

    `documents` are those that have been read already. A `chain` is the real paths of the files that lead to a name.
    """

    def __init__(self, project: Project, documents: dict[str, Document]) -> None:
        self.project = project
        self.faults: list[tuple[Text, Fault]] = []
        self.links: list[Link] = []
        self.whole = True
        self._documents = documents
        self._told: set[str] = set()
        self._named: dict[str, Node] = {}
        self._texts: dict[str, str] = {}
        self._nodes = 0
        self._characters = 0
        self._overfull = False

    def file(self, name: Node, chain: tuple[str, ...], *, extends: bool = False) -> File | None:
        """The file that a node names; None where there is none that can be read, and then that has been said."""
        try:
            path, real = self.project.find(name.value, name.text.path)
            if real in chain:
                self._circle(name, chain, real)
                return None
            file = self._read(path, real, len(chain))
        except Refusal as refusal:
            self.refuse(name, refusal)
            return None
        self._named[real] = name
        self.links.append(Link(name.text.path, name.value, real, extends))
        return file

    def document(self, file: File, *, mapping: bool) -> Document:
        """What a file holds; what is wrong with its text is said once."""
        if file.real not in self._documents:
            self._documents[file.real] = read(file.path, file.raw, mapping=mapping)
        document = self._documents[file.real]
        if file.real not in self._told:
            self._told.add(file.real)
            self.faults += [(document.text, fault) for fault in document.faults]
            self.whole = self.whole and document.root is not None
        return document

    def text(self, name: Node, file: File) -> str | None:
        """The text that a file holds; None for one that is none, and then that has been said."""
        if file.real not in self._texts:
            try:
                self._texts[file.real] = file.raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
            except UnicodeDecodeError:
                self.refuse(name, Refusal("is not UTF-8", "save it as UTF-8"))
                return None
        return self._texts[file.real]

    def fits(self, name: Node, nodes: int, characters: int) -> bool:
        """Whether there is room for so much more; where it ends, that is said once."""
        self._nodes += nodes
        self._characters += characters
        if self._nodes <= MAX_NODES and self._characters <= MAX_TEXT:
            return True
        self.refuse(name, Refusal(_TOO_MUCH, "is this the right file?", once=True))
        return False

    def refuse(self, name: Node, refusal: Refusal) -> None:
        """Say why the file that a node names is not taken; that there is room for no more is said once."""
        self.whole = False
        if refusal.once:
            if self._overfull:
                return
            self._overfull = True
        rule = rules.OUTSIDE_PROJECT if refusal.outside else rules.UNREADABLE_FILE
        self.tell(rule.fault(name.span, f"`{name.value}` {refusal.why}", refusal.help), name)

    def tell(self, fault: Fault, node: Node) -> None:
        """Keep what is wrong in the text of a node."""
        self.faults.append((node.text, fault))

    def _read(self, path: str, real: str, depth: int) -> File:
        if len(self.links) >= MAX_FILES:
            raise Refusal(f"would be file {MAX_FILES + 1:,}; a profile may use {MAX_FILES:,}", "name fewer", once=True)
        if depth >= MAX_CHAIN:
            raise Refusal(
                f"is file {MAX_CHAIN + 1} in a chain; {MAX_CHAIN} are allowed",
                "extend one of the later bases directly",
            )
        return self.project.read(path, real)

    def _circle(self, name: Node, chain: tuple[str, ...], real: str) -> None:
        """Say that files lead in a circle: always at the same place, wherever somebody came into it."""
        self.whole = False
        ring = chain[chain.index(real) :]
        first = min(ring)
        closing = name if first == real else self._named[first]
        start = ring.index(first)
        steps = " → ".join(map(os.path.basename, (*ring[start:], *ring[:start], first)))
        message = "this file names itself" if len(ring) == 1 else f"this leads in a circle: {steps}"
        self.tell(rules.CIRCLE.fault(closing.span, message, "remove it: a file cannot build on itself"), closing)
