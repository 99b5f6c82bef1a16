"""One list of findings with all that can make trouble, for every output format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.diagnostic import Finding, Repair, Span
from callsheet.report.run import Run
from callsheet.rules import RULES
from callsheet.source.edit import Edit
from callsheet.source.text import Text

if TYPE_CHECKING:
    from callsheet.diagnostic import Severity
    from callsheet.patch import Applicability

SECRET = "Zq9-hunter2"  # noqa: S105 - planted, to be looked for

_FRONT = "type: realtime\naudio:\n  output: {voice: marin, speed: 2.0}\ninstructions: |\n  You answer\n  the phone.\n"
_HOTEL = '{"type": "realtime", "instructions": "🏨 Zürich", "voice": "märin"}\n'
_BASE = "temperature: 0.8\naudio: {output: {voice: nobody, speed: 9}}\n"
_CRM = f"tools:\n- type: mcp\n  server_label: crm\n  authorization: {SECRET}\n  headers: {{X-Key: {SECRET}}}\n"


def finding(
    code: str,
    where: tuple[Text, str],
    message: str,
    help_: str | None = None,
    *,
    severity: Severity | None = None,
    pointer: str = "",
    through: Text | None = None,
    repair: Repair | None = None,
) -> Finding:
    """A finding at the first place of a text at which some words stand."""
    text, words = where
    start = text.content.index(words)
    rule = RULES[code]
    span = Span(start, start + len(words))
    return Finding(
        code, rule.name, severity or rule.severity, message, text, span, pointer, help_, None, repair, through
    )


def repair(applicability: Applicability, message: str, text: Text, *edits: tuple[str, str]) -> Repair:
    """A repair that puts words in the place of others."""
    starts = [(text.content.index(before), before, after) for before, after in edits]
    return Repair(
        applicability, message, text, tuple(Edit(start, start + len(before), after) for start, before, after in starts)
    )


def every_kind() -> Run:
    """A run that found all of it; the texts are new each time, as reports keep what they worked out about one."""
    front = Text("profiles/front desk.yaml", _FRONT)
    hotel = Text("profiles/Zürich 🏨.json", _HOTEL)
    base, desk = Text("profiles/base.yaml", _BASE), Text("profiles/de [1](x).yaml", "$extends: base.yaml\n")
    crm = Text("crm.yaml", _CRM)
    crm.secrets = tuple(
        Span(start, start + len(SECRET)) for start in range(len(_CRM)) if _CRM.startswith(SECRET, start)
    )
    odd = Text("profiles/50%, \"new\": 'a' & <b>.yaml", "type: realtime\r\nx: 1\r\ny: 2\r\n")
    return Run(
        [
            finding(
                "CS105",
                (front, "2.0"),
                "`audio.output.speed` is 2.0; it must be a number from 0.25 to 1.5",
                "write 1.5 or less",
                pointer="/audio/output/speed",
                repair=repair("unsafe", "write 1.5", front, ("2.0", "1.5")),
            ),
            finding("CS114", (front, "|\n  You answer\n  the phone."), "this spans lines", severity="info"),
            finding(
                "CS202",
                (hotel, '"märin"'),
                "`🏨` is no voice, nor is `märin`",
                "write {id: …}",
                pointer="/voice",
                repair=repair("safe", "move it", hotel, (', "voice": "märin"', ""), ("realtime", "réaltime 🏨")),
            ),
            finding(
                "CS114",
                (base, "temperature"),
                f"`temperature` is gone from the API (through {desk.path})",
                f"remove it; or drop it in {desk.path} with `$unset: [temperature]`",
                pointer="/temperature",
                through=desk,
            ),
            finding("CS101", (base, "voice"), "first of a line", pointer="/audio/output/voice"),
            finding("CS101", (base, "speed"), "second of the same line", pointer="/audio/output/speed"),
            finding(
                "CS103",
                (crm, SECRET),
                f"`{SECRET}` must be an object",
                f"write {{value: {SECRET}}}",
                pointer="/tools/0/authorization",
                repair=repair("safe", f"write {{value: {SECRET}}}", crm, (SECRET, f"{{value: {SECRET}}}")),
            ),
            finding("CS101", (crm, "X-Key"), "no such header", pointer=f"/tools/0/authorization/{SECRET}"),
            finding(
                "CS101",
                (odd, "x"),
                "a line\nand\r\nanother \x1b[31mred\x00\u2028\ufffe"
                " ]]> & <b> \"'%0A::error::50% [look](https://evil.example) {0}",
                "::warning::\n%25",
                pointer="/x",
            ),
            finding("CS101", (Text("profiles\\win dows.yaml", "x: 1\n"), "x"), "a name as on Windows", pointer="/x"),
            finding("CS001", (Text("profiles/t\udcffl.yaml", "x: [\n"), "["), "a name that is not UTF-8"),
            finding("CS001", (Text("-", "x: [\n"), "["), "standard input"),
            finding("CS001", (Text("empty.yaml", ""), ""), "nothing at all"),
        ],
        files=9,
    )
