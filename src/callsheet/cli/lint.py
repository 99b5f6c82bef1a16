"""Check files and folders, and say of each fault where it is and what to write instead."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from callsheet.cli import FINDINGS, FINE, USAGE, usage
from callsheet.cli.argument import day, folder, kind, revision, wants_color
from callsheet.cli.output import Output, output_arguments
from callsheet.discover import STDIN, Found, discover
from callsheet.lint import Linter, Options
from callsheet.project import Project
from callsheet.report.run import Run
from callsheet.selection import selection
from callsheet.shape.directive import TARGETS
from callsheet.source.document import read
from callsheet.source.problem import MAX_BYTES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from callsheet.cli.fixing import Fixing
    from callsheet.diagnostic import Finding, Severity, Span
    from callsheet.source.document import Document

EPILOG = """examples:
  callsheet lint                                       every profile below this folder
  callsheet lint profiles/sip-concierge.yaml           one file
  callsheet lint - --kind realtime < body.json         standard input
  callsheet lint profiles --output-format json         for programs
  callsheet lint --output-format full --output-format sarif=callsheet.sarif
                                                       to read here, and a file for code scanning
  callsheet lint profiles --fix                        mend what can be mended without a doubt
  callsheet lint profiles --diff --unsafe-fixes        show what would change, the likely mends included

Files that are found in a folder and are no sessions are passed over; a file that is named is always checked.
exit status: 0 fine (warnings included), 1 errors, 2 usage or unreadable input"""

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", default=["."], help="files and folders; - is standard input"
    )
    parser.add_argument(
        "--kind", metavar="KIND", type=kind, help="what the files are, whatever they say: realtime, transcription, …"
    )
    parser.add_argument("--target", choices=TARGETS, help="where the sessions run, whatever the files say")
    for flag, what in (
        ("--select", "check only these rules"),
        ("--ignore", "leave these rules out"),
        ("--extend-select", "check these rules beside those selected"),
    ):
        parser.add_argument(
            flag, metavar="CODES", type=_words, action="extend", default=[], help=f"{what}: codes, prefixes, names"
        )
    parser.add_argument(
        "--revision", metavar="DATE", type=revision, help="check against the API as it was then (default: latest)"
    )
    parser.add_argument("--strict", action="store_true", help="warnings fail as well")
    parser.add_argument("--today", metavar="DATE", type=day, help="the date to check shutdowns against (YYYY-MM-DD)")
    output_arguments(parser)
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether to use colour")
    parser.add_argument("--stdin-filename", metavar="NAME", default=STDIN, help="the name that standard input goes by")
    parser.add_argument(
        "--root",
        metavar="FOLDER",
        type=folder,
        help="the project, which no profile reads beyond (default: the nearest with .git)",
    )
    parser.add_argument("--fix", action="store_true", help="mend what can be mended without a doubt, in the files")
    parser.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: mend what is likely, too")
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even where there are errors")
    parser.add_argument("--statistics", action="store_true", help="count the findings of each rule, on standard error")
    parser.add_argument("-q", "--quiet", action="store_true", help="print findings only")


def run(options: Namespace) -> int:
    """Lint, report, and say how it went."""
    try:
        selected = selection(options.select, options.ignore, options.extend_select) if _selects(options) else None
    except ValueError as error:
        return usage(str(error))
    if selected is not None and not selected:
        return usage("no rule is left to check; select some, or ignore less")
    if options.unsafe_fixes and not (options.fix or options.diff):
        return usage("--unsafe-fixes goes with --fix or --diff")
    try:
        output = Output(options.output_format, options.output_file)
    except ValueError as error:
        return usage(str(error))
    told = Options(options.kind, options.target, options.today, options.revision, selected)
    linter = Linter(told, Project(options.root))
    fixing = _fixing(options, told) if options.fix or options.diff else None
    findings: list[Finding] = []
    shared: set[tuple[str, str, str, Span]] = set()
    wrong: list[tuple[Document, list[Finding]]] = []
    files = passed_over = unreadable = 0
    for found in discover(options.paths):
        raw = _bytes(found, options.stdin_filename)
        if raw is None:
            unreadable += 1
            continue
        name = options.stdin_filename if found.path == STDIN else found.path
        document = read(name, raw)
        if not found.named and not linter.is_profile(document):
            passed_over += 1
            continue
        files += 1
        if fixing is not None:
            fixing.take(name, raw, is_file=found.path != STDIN)
            continue
        found_here = _found(linter, document, edits=output.edits)
        if found_here:
            wrong.append((document, found_here))
    findings += _once(_told(linter, wrong, edits=output.edits), shared)
    if fixing is not None and options.diff and (files or unreadable):
        would_change = fixing.show(quiet=options.quiet)
        return USAGE if unreadable else FINDINGS if would_change and not options.exit_zero else FINE
    if fixing is not None:
        unreadable += fixing.write()
        findings += _once(fixing.left(_found, edits=output.edits), shared)
    result = Run(findings, files, color=wants_color(options.color), strict=options.strict)
    unwritten = output.write(result, sys.stderr if fixing is not None and fixing.took_stdin else sys.stdout)
    if options.statistics:
        _statistics(findings, fixing)
    if not files and not unreadable:
        return usage(f"no profile found below {', '.join(options.paths)}")
    if files and not options.quiet:
        said = None if fixing is None else fixing.summary(len(findings), files)
        print(said or _summary(result, passed_over), file=sys.stderr)
    if unreadable or unwritten:
        return USAGE
    return FINDINGS if not options.exit_zero and any(map(result.fails, findings)) else FINE


def _fixing(options: Namespace, told: Options) -> Fixing:
    from callsheet.cli.fixing import Fixing

    return Fixing(told, options.root, unsafe=options.unsafe_fixes)


def _found(linter: Linter, document: Document, *, edits: bool, base: bool = False) -> list[Finding]:
    """What is wrong with a document; for programs, with the edits that would mend it."""
    judged = linter.judged(document, base=base)
    if not edits or not any(finding.fix for finding in judged.findings):
        return judged.findings
    from callsheet.fix.repair import repaired

    return repaired(document, judged)


def _told(linter: Linter, wrong: Iterable[tuple[Document, list[Finding]]], *, edits: bool) -> Iterator[Finding]:
    """What is wrong with all documents. One that others were found to build on need not be whole."""
    for document, findings in wrong:
        is_base = _real(document.text.path) in linter.bases
        yield from _found(linter, document, edits=edits, base=True) if is_base else findings


def _real(path: str) -> str:
    return os.path.realpath(path)


def _once(findings: Iterable[Finding], shared: set[tuple[str, str, str, Span]]) -> Iterator[Finding]:
    """The findings, but for those in a file on which another profile builds as well, where they have been told."""
    for finding in findings:
        said = finding.message.partition(" (through ")[0]
        place = (_real(finding.path), finding.code, said, finding.span)
        if place not in shared:
            shared.add(place)
            yield finding


def _selects(options: Namespace) -> bool:
    return bool(options.select or options.ignore or options.extend_select)


def _words(text: str) -> list[str]:
    """Rules on the command line: separated by commas, and the flag may be given again."""
    return [word.strip() for word in text.split(",") if word.strip()]


def _bytes(found: Found, stdin_name: str) -> bytes | None:
    """The content of a file, as much of it as would be read; None where it cannot be, and standard error says why."""
    name = found.path
    error = found.error
    if error is None:
        try:
            if name == STDIN:
                name = "standard input" if stdin_name == STDIN else stdin_name
                if sys.stdin is not None:
                    return sys.stdin.buffer.read(MAX_BYTES + 1)
                name, error = "standard input", "it is closed"
            elif name:
                return _content(os.open(name, os.O_RDONLY))
        except OSError as failure:
            error = failure.strerror
    usage(f"cannot read {name}: {error}" if name else "cannot read an empty path")
    return None


def _content(descriptor: int) -> bytes:
    """What an open file holds, up to where it is too much."""
    with open(descriptor, "rb", buffering=0) as file:
        content = bytearray()
        while len(content) <= MAX_BYTES and (piece := file.read(MAX_BYTES + 1 - len(content))):
            content += piece
        return bytes(content)


def _summary(run: Run, passed_over: int) -> str:
    files = f"{run.files} file" + "s" * (run.files != 1)
    counts = [(run.count(severity), severity) for severity in _SEVERITIES]
    parts = [f"{count} {what}" + "s" * (count != 1) for count, what in counts if count]
    text = f"{', '.join(parts)} in {files}." if parts else f"All is well in {files}."
    if passed_over:
        text += f" {passed_over} other file{'s' * (passed_over != 1)} without a session passed over."
    return text


def _statistics(findings: list[Finding], fixing: Fixing | None) -> None:
    counts = Counter((finding.code, finding.name, finding.severity) for finding in findings)
    for (code, name, severity), count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        print(f"{count:>5}  {code}  {severity:<7}  {name}", file=sys.stderr)
    if fixing is not None:
        fixing.statistics()
