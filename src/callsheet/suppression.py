"""Comments in a profile that answer a finding: `# callsheet: ignore[CS301] the reason`.

One counts for what touches its line, `ignore-file` for the whole file that it stands in. JSON has no comments.
"""

from __future__ import annotations

import re

from callsheet.diagnostic import Span
from callsheet.named_tuple import NamedTuple
from callsheet.rules import suppressing as rules
from callsheet.selection import code_of
from callsheet.source.comment import comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.diagnostic import Fault, Finding
    from callsheet.source.comment import Comment
    from callsheet.source.text import Text

_COMMENT = re.compile(
    r"#[ \t]*callsheet(?P<colon>:|(?= ignore[a-z-]*[ \t]*\[?CS[0-9]))[ \t]*"
    r"(?P<verb>[a-z]+(?:-[a-z]+)*)(?:\[(?P<words>[^\]\r\n]*)\])?(?P<rest>.?)"
)
"""Without its colon it ignores nothing, but who names a rule meant it to."""
_MEANT = r"\[(?P<words>[^\]\r\n]+)\]|(?P<codes>CS[0-9]{3}(?:[\s,]+CS[0-9]{3})*)"
"""The rules that a comment of another form means."""
_FAR = 200
"""Characters behind its beginning in which a comment names them."""
_WORD = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_VERBS = ("ignore", "ignore-file")
_ALIKE = ("ignore", "ingore", "disable", "noqa", "skip", "suppress", "allow", "off")
"""What people write who mean to ignore something; any other word is a note of theirs."""
_SHAPE = "write `# callsheet: ignore[CS301] reason`, or `ignore-file[CS301]` for the whole file"


class Ignore(NamedTuple):
    """One word of one comment: the codes that begin with `prefix`, on a `line` or, where that is None, everywhere.

    `alone` are those in a comment that has a line for itself.
    """

    word: str
    span: Span
    prefix: str
    line: int | None
    alone: bool

    def covers(self, finding: Finding) -> bool:
        """Whether a finding in the same text is meant."""
        if not finding.code.startswith(self.prefix):
            return False
        if self.line is None:
            return True
        start, end = finding.span
        text = finding.text
        return text.location(start).line <= self.line <= text.location(max(start, end - 1)).line


class Suppressions:
    """The comments of one readable text: what they ignore, and the faults that they have themselves."""

    def __init__(self, text: Text) -> None:
        self.ignores: list[Ignore] = []
        self.faults: list[Fault] = []
        for comment in _comments(text):
            line = text.location(comment.start).line
            alone = not text.content[text.content.rfind("\n", 0, comment.start) + 1 : comment.start].strip()
            for match in _COMMENT.finditer(comment.content):
                self._take(match, comment.start, line, alone=alone)

    def _take(self, match: re.Match[str], offset: int, line: int, *, alone: bool) -> None:
        verb, words = match["verb"], match["words"]
        if verb not in _VERBS and not verb.startswith(_ALIKE):
            return
        span = Span(offset + match.start(), offset + match.end("verb"))
        if not match["colon"] or verb not in _VERBS or match["rest"] not in ("", " ", "\t"):
            self.faults.append(rules.UNCLEAR_SUPPRESSION.fault(span, "this comment ignores nothing", _shape(match)))
            return
        found = list(_WORD.finditer(words or ""))
        if not found:
            help_ = _shape(match)
            unsaid = help_ is _SHAPE
            message = "this comment does not say which rule to ignore" if unsaid else "this comment ignores nothing"
            self.faults.append(rules.UNCLEAR_SUPPRESSION.fault(span, message, help_))
        for word in found:
            start = offset + match.start("words") + word.start()
            here = Span(start, start + len(word[0]))
            try:
                prefix = code_of(word[0])
            except ValueError as error:
                message, _, help_ = str(error).partition("; ")
                self.faults.append(rules.UNCLEAR_SUPPRESSION.fault(here, message, help_))
                continue
            if not prefix:
                message = "a comment ignores single rules, not all"
                self.faults.append(rules.UNCLEAR_SUPPRESSION.fault(here, message, _SHAPE))
                continue
            self.ignores.append(Ignore(word[0], here, prefix, line if verb == "ignore" else None, alone))


def _shape(match: re.Match[str]) -> str:
    """How to write what a comment means, as far as it says that."""
    start = match.start("verb")
    said = match.string[start : start + _FAR].partition("#")[0]
    meant = re.search(_MEANT, said)
    if meant is None:
        return _SHAPE
    words = _WORD.findall(meant["words"] or meant["codes"].replace(" ", ","))
    try:
        unclear = not all(map(code_of, words))
    except ValueError:
        unclear = True
    if unclear or not words:
        return _SHAPE
    return f"write `# callsheet: {_VERBS['file' in said[: meant.start()]]}[{', '.join(words)}] reason`"


def _comments(text: Text) -> list[Comment]:
    """The comments of a text; nobody can tell which those are of one that cannot be read."""
    import yaml

    try:
        return comments(text)
    except yaml.YAMLError:
        return []


def answered(findings: Iterable[Finding], of: dict[Text, Suppressions]) -> tuple[list[Finding], set[Ignore]]:
    """The findings that no comment in their own text answers, and the comments that did answer some."""
    left: list[Finding] = []
    used: set[Ignore] = set()
    for finding in findings:
        here = of.get(finding.text)
        answers = [ignore for ignore in here.ignores if ignore.covers(finding)] if here is not None else []
        used.update(answers)
        if not answers:
            left.append(finding)
    return left, used


def unused(suppressions: Suppressions, used: set[Ignore], selected: frozenset[str] | None) -> Iterator[Fault]:
    """What is wrong with the comments themselves: those that answer nothing, of the rules that were checked."""
    yield from suppressions.faults
    for ignore in suppressions.ignores:
        checked = selected is None or any(code.startswith(ignore.prefix) for code in selected)
        if ignore not in used and checked:
            where = "in this file" if ignore.line is None else "on this line"
            message = f"there is no finding of `{ignore.word}` {where} to ignore"
            mend = "put it at the end of the line that it is about, or remove it"
            yield rules.UNUSED_SUPPRESSION.fault(
                ignore.span, message, mend if ignore.alone and ignore.line is not None else "remove it"
            )
