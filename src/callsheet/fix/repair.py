"""From the fix of a finding, which names paths, to edits of the file that has the fault."""

from __future__ import annotations

from itertools import chain

from callsheet.diagnostic import Repair
from callsheet.fix.source import Local, Source
from callsheet.named_tuple import NamedTuple
from callsheet.patch import Move, Put, moved_to
from callsheet.rules import RULES
from callsheet.source.document import read_text
from callsheet.source.edit import Unable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callsheet.diagnostic import Finding
    from callsheet.lint import Judged
    from callsheet.patch import Change, Fix
    from callsheet.pointer import Path
    from callsheet.source.document import Document
    from callsheet.source.edit import Edit
    from callsheet.source.node import Node
    from callsheet.source.text import Text

_BUDGET = 5_000_000
"""How many characters are read again, at most, to prove fixes of one profile that nobody is about to make."""


class Mend(NamedTuple):
    """The repair of a finding, and what it changes in the data of its text."""

    finding: Finding
    repair: Repair
    changes: tuple[Change, ...]

    @property
    def text(self) -> Text:
        """The text that it edits."""
        return self.repair.text


class Mends:
    """Works out the repairs of one profile that was judged."""

    def __init__(self, document: Document, judged: Judged) -> None:
        self.document = document
        self.root = judged.root
        self.findings = judged.findings
        fixes = [finding.fix for finding in judged.findings if finding.fix is not None]
        self._wanted = {repr(change) for fix in fixes for change in fix.changes}
        self._sources: dict[Text, Source] = {}

    def source(self, text: Text) -> Source:
        """A text on its own. Raises Unable if it is none that holds data."""
        if text not in self._sources:
            document = self.document if text is self.document.text else read_text(text, mapping=False)
            self._sources[text] = Source(document)
        return self._sources[text]

    def all(self, *, unsafe: bool) -> Iterator[Mend]:
        """The repairs of all findings that can have one, without proof; without `unsafe`, the safe ones only."""
        known: set[tuple[Text, tuple[Edit, ...]]] = set()
        for finding in self.findings:
            mend = self.of(finding)
            if mend is None or (mend.repair.applicability == "unsafe" and not unsafe):
                continue
            if (mend.text, mend.repair.edits) not in known:  # which an alias leads to as well
                known.add((mend.text, mend.repair.edits))
                yield mend

    def of(self, finding: Finding) -> Mend | None:
        """The repair of one finding, without proof; None where there is none."""
        fix = finding.fix
        if fix is None or self.root is None:
            return None
        try:
            text, made, changes = self._edits(fix, self.root)
        except Unable:
            return None
        applicability = fix.applicability
        rule = RULES[finding.code]
        if text is not self.document.text and (rule.when is not None or rule.check is not None):
            applicability = "unsafe"  # what goes ill together in this profile may be fine in another
        return Mend(finding, Repair(applicability, fix.message, text, made), changes)

    def proven(self, finding: Finding) -> Mend | None:
        """The repair of one finding if it does what it should."""
        mend = self.of(finding)
        return mend if mend is not None and self.proves([mend]) else None

    def provable(self, mends: Iterable[Mend]) -> Iterator[Mend]:
        """Those of some repairs that do what they should; not all, where it would take very long to prove them."""
        budget = _BUDGET
        for text, left in by_text(mends).items():
            while left and budget > 0:
                group = apart(left)
                budget -= len(text.content)
                yield from self.accepted(group)
                tried = set(map(id, group))
                left = [mend for mend in left if id(mend) not in tried]  # noqa: PLW2901 - what remains of it

    def accepted(self, mends: list[Mend]) -> list[Mend]:
        """As many of some repairs of one text, all apart, as are proven to do together what they should."""
        if not mends or self.proves(mends):
            return mends
        if len(mends) == 1:
            return []
        half = len(mends) // 2
        first, second = self.accepted(mends[:half]), self.accepted(mends[half:])
        both = first + second
        return both if not (first and second) or self.proves(both) else first

    def proves(self, mends: Sequence[Mend]) -> bool:
        """Whether the edits of some repairs of one text, made at once, change what they mean to and nothing else."""
        ordered = sorted(mends, key=lambda mend: min(mend.repair.edits), reverse=True)  # from the end of every list
        changes = list(chain.from_iterable(mend.changes for mend in ordered))
        made = list(chain.from_iterable(mend.repair.edits for mend in ordered))
        return self.source(mends[0].text).proves(made, changes)

    def _edits(self, fix: Fix, root: Node) -> tuple[Text, tuple[Edit, ...], tuple[Change, ...]]:
        found: dict[Text, list[Change]] = {}
        locals_ = []
        moves: list[tuple[Path, Text, int]] = []
        for change in fix.changes:
            moved = next((move for move in moves if change.path[: len(move[0])] == move[0]), None)
            if moved is None:
                holder = _holder(root, change)
                text = _text(holder, change)
                local = self.source(text).local(change, holder)
                self._right_for_all(local.everywhere, change, local.left_out)
            else:  # what stands there has only just come there
                _, text, left_out = moved
                local = Local(here := moved_to(change, (), left_out), (here,), left_out)
            found.setdefault(text, []).extend(local.everywhere)
            locals_.append(local)
            if isinstance(change, Move):
                moves.append((change.to, text, local.left_out))
        if len(found) != 1:
            raise Unable
        ((text, changes),) = found.items()
        made = self.source(text).edits(locals_)
        if not any(edit.content != text.content[edit.start : edit.end] for edit in made):
            raise Unable
        return text, made, tuple(changes)

    def _right_for_all(self, changes: Sequence[Change], wanted: Change, left_out: int) -> None:
        """Raise Unable if a change shows at a place, through an alias or a merge key, at which nobody asked for it."""
        prefix = wanted.path[:left_out]
        for change in changes:
            here = change._replace(path=(*prefix, *change.path))
            note = str(here.path[0]).startswith("x-")
            if not note and here.path != wanted.path and repr(here) not in self._wanted:
                raise Unable


def repaired(document: Document, judged: Judged) -> list[Finding]:
    """The findings of a document, each with its repair if that is proven."""
    mends = Mends(document, judged)
    known = {(mend.text, mend.repair.edits) for mend in mends.provable(mends.all(unsafe=True))}
    found = ((finding, mends.of(finding)) for finding in judged.findings)
    return [
        finding._replace(repair=mend.repair) if mend and (mend.text, mend.repair.edits) in known else finding
        for finding, mend in found
    ]


def by_text(mends: Iterable[Mend]) -> dict[Text, list[Mend]]:
    """Repairs, by the text that they edit."""
    found: dict[Text, list[Mend]] = {}
    for mend in mends:
        found.setdefault(mend.text, []).append(mend)
    return found


def apart(mends: Iterable[Mend]) -> list[Mend]:
    """Repairs of one text in its order, but for those that begin before one that is taken ends."""
    taken: list[Mend] = []
    reach = -1
    for mend in sorted(mends, key=lambda mend: min(mend.repair.edits)):
        if min(mend.repair.edits).start > reach:
            taken.append(mend)
            reach = max(edit.end for edit in mend.repair.edits)
    return taken


def _holder(root: Node, change: Change) -> Node:
    node = root
    for step in change.path[:-1]:
        below = node.child(step)
        if below is None:
            raise Unable
        node = below
    return node


def _text(holder: Node, change: Change) -> Text:
    """The text in which a change has to be made."""
    last = change.path[-1]
    existing = holder.child(last)
    if not isinstance(change, Put) and any(key == last for key, _ in holder.lost or ()):
        raise Unable  # what it overrules, in a base, would count then
    mark = (holder.keys or {}).get(last) if existing is not None and isinstance(last, str) else None
    text = holder.text if mark is None else mark[0]
    if isinstance(change, Put) and existing is not None and existing.text is not text:
        raise Unable  # what stands there is the name of a file
    return text
