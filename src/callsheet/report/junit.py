"""JUnit's XML, as CI systems read it: a suite for each file, a test for each finding.

A finding that fails the run is a failed test, any other a skipped one, so that the report and the exit status agree.
"""

from __future__ import annotations

import re
from html import escape

from callsheet.report.place import Places
from callsheet.said import harmless, one_line, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Finding
    from callsheet.report.run import Run

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 has not, not even by number."""


def render(run: Run) -> Iterator[str]:
    """The document, in ASCII alone: nobody who passes it on can damage it."""
    places = Places()
    suites: dict[str, list[Finding]] = {}
    for finding in run.findings:
        suites.setdefault(harmless(places.path(finding.path)), []).append(finding)
    tests = len(run.findings) or 1
    failures = sum(map(run.fails, run.findings))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="callsheet" tests="{tests}" failures="{failures}" errors="0">\n'
    for file, findings in suites.items():
        yield from _suite(run, file, findings)
    if not suites:
        yield _head("callsheet", 1, 0, 0)
        name = f"No findings in {run.files} file{'s' * (run.files != 1)}"
        yield f'    <testcase classname="callsheet" name="{name}" time="0"/>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _suite(run: Run, file: str, findings: list[Finding]) -> Iterator[str]:
    failures = sum(map(run.fails, findings))
    yield _head(file, len(findings), failures, len(findings) - failures)
    for finding in findings:
        line, column = finding.location
        name = f"{finding.code} {finding.name} at {line}:{column}"
        yield f'    <testcase classname={_quoted(file)} name={_quoted(name)} time="0">\n'
        tag = "failure" if run.fails(finding) else "skipped"
        text = one_line(finding)
        if finding.help is not None:
            text += f"\nhelp: {harmless(said(finding, finding.help))}"
        message = _quoted(harmless(said(finding, finding.message)))
        yield f'      <{tag} type="{finding.severity}" message={message}>{_text(text)}</{tag}>\n'
        yield "    </testcase>\n"
    yield "  </testsuite>\n"


def _head(name: str, tests: int, failures: int, skipped: int) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}" time="0"'
    return f"  <testsuite name={_quoted(name)} {counts}>\n"


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    """Text as XML 1.0 can carry it, for an element or an attribute."""
    known = _NO_XML.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
    return escape(known).encode("ascii", "xmlcharrefreplace").decode("ascii")
