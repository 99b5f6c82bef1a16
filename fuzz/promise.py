"""What every finding and every report holds to, whatever the text was that they are about."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from callsheet.report import FORMATS, renderer
from callsheet.report.run import Run
from callsheet.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from callsheet.diagnostic import Finding

_BREAK = re.compile(r"\r\n|\r|\n")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What would steer a terminal; reports end their lines with a line feed."""
_READ: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "sarif": json.loads,
    "gitlab": json.loads,
    "junit": ET.fromstring,  # our own output, whose entities are those of XML alone
}
"""How the formats are read that programs read."""


class Wrong(AssertionError):  # noqa: N818 - what is wrong is callsheet
    """Something that is no finding came out."""


def hold(condition: object, said: str) -> None:
    """Raise Wrong unless the condition holds."""
    if not condition:
        raise Wrong(said)


def findings(found: list[Finding]) -> None:
    """Each is of a rule, says something, and stands in its text at the line and column that it names."""
    for finding in found:
        rule = RULES[finding.code]
        hold((finding.name, finding.severity) == (rule.name, rule.severity), f"not as {finding.code} is declared")
        hold(finding.message, f"{finding.code} says nothing")
        content, (start, end) = finding.text.content, finding.span
        hold(0 <= start <= end <= len(content), f"{finding.code} at {start}-{end} of {len(content)}")
        for offset, told in ((start, finding.location), (end, finding.end_location)):
            before = _BREAK.split(content[:offset] + ("\n" if content[offset - 1 : offset + 1] == "\r\n" else ""))
            if content[offset - 1 : offset + 1] == "\r\n":  # within the end of a line
                before = [*before[:-2], before[-2] + "\r"]
            hold(
                tuple(told) == (len(before), len(before[-1]) + 1), f"{finding.code}: {offset} is told as {tuple(told)}"
            )
    hold(len(set(map(_seen, found))) == len(found), "one finding comes twice")


def _seen(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.code, finding.span, finding.pointer, finding.message


def reports(found: list[Finding], formats: Iterable[str] = FORMATS) -> None:
    """Each is UTF-8 that steers no terminal, and what programs read can be read."""
    for name in formats:
        printed = "".join(renderer(name)(Run(found, 1)))
        output(printed)
        if name in _READ:
            _READ[name](printed)


def output(printed: str) -> None:
    """What a command prints is UTF-8, and steers no terminal."""
    printed.encode("utf-8")
    unseen = _UNSEEN.search(printed)
    hold(unseen is None, f"{unseen and unseen[0]!r} in the output")
