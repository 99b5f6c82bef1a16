"""Check files and folders, and say of each fault where it is and what to write instead."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter

from callsheet.batch.check import Checker
from callsheet.batch.inputs import inputs
from callsheet.batch.sweep import Sweep
from callsheet.batch.work import work
from callsheet.cli import FINDINGS, FINE, USAGE, configured, usage
from callsheet.cli.argument import day, folder, kind, processes, revision, rule_words, wants_color
from callsheet.cli.output import Output, output_arguments
from callsheet.cli.progress import Progress
from callsheet.content import STDIN, content
from callsheet.linters import Linters
from callsheet.project import Project
from callsheet.report import FORMATS
from callsheet.report.run import Run
from callsheet.shape.directive import TARGETS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from callsheet.batch.cache import Cache
    from callsheet.batch.checked import Checked
    from callsheet.cli.fixing import Fixing
    from callsheet.config.choice import Choice
    from callsheet.diagnostic import Severity
    from callsheet.discover import Found
    from callsheet.patch import Applicability

    Row: TypeAlias = tuple[str, str, Severity]
    """What findings are counted by: code, name and severity."""

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
A file that others build on, named alone, has the profiles checked as well that build on it.
exit status: 0 fine (warnings included), 1 errors, 2 usage, configuration or unreadable input"""

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
            flag, metavar="CODES", type=rule_words, action="extend", default=[], help=f"{what}: codes, prefixes, names"
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
    configured.arguments(parser)
    parser.add_argument(
        "--force-exclude", action="store_true", help="pass over what the configuration excludes even where it is named"
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=processes,
        help="how many processes check many files (default: one a processor)",
    )
    parser.add_argument("--no-cache", action="store_true", help="check files that were fine the last time as well")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even where there are errors")
    parser.add_argument("--statistics", action="store_true", help="count the findings of each rule, on standard error")
    parser.add_argument("-q", "--quiet", action="store_true", help="print findings only")


def run(options: Namespace) -> int:
    """Lint, report, and say how it went."""
    if options.unsafe_fixes and not (options.fix or options.diff):
        return usage("--unsafe-fixes goes with --fix or --diff")
    chosen = configured.choice(options)
    try:
        selected = chosen.options(options.stdin_filename).selected
        usual = chosen.configuration(STDIN).output_format or FORMATS[0]
        output = Output(options.output_format, options.output_file, usual)
    except ValueError as error:
        return usage(str(error))
    if selected is not None and not selected:
        return usage("no rule is left to check; select some, or ignore less")
    files = inputs(options.paths, chosen, exclude_named=options.force_exclude)
    if options.fix or options.diff:
        return _fix(options, chosen, output, list(files))
    return _check(options, chosen, output, files)


def _check(
    options: Namespace, chosen: Choice, output: Output, files: Iterator[Found], fixing: Fixing | None = None
) -> int:
    """Check the files, those that were fixed as they are now, and report."""
    strict = options.strict or chosen.configuration(STDIN).strict
    linters = Linters(chosen, Project(options.root))
    given = None if fixing is None else fixing.stdin
    checker = Checker(linters, edits=output.edits, stdin=options.stdin_filename, given=given)
    progress = Progress(quiet=options.quiet)
    sweep = Sweep(checker, _unread(options, progress) if fixing is None else lambda _: None)
    found = sweep.run(progress.over(work(checker, files, options.jobs, lambda: _cache(options))))
    stream = sys.stdout if given is None else sys.stderr
    run = Run([], 0, color=wants_color(options.color), strict=strict)
    tally: Counter[Row] = Counter()
    fixes: set[Applicability] = set()
    for findings in found:
        tally.update((finding.code, finding.name, finding.severity) for finding in findings)
        fixes.update(finding.fix.applicability for finding in findings if finding.fix is not None)
        if output.piecemeal:
            progress.clear()
        output.take(run._replace(findings=findings), stream)
    unwritten = output.finish(run._replace(files=sweep.files), stream)
    if options.statistics:
        _statistics(tally, fixing)
    unreadable = sweep.unreadable + (0 if fixing is None else fixing.failed)
    if not sweep.files and not unreadable and not sweep.parts:
        return usage(_nothing(options.paths, chosen, sweep))
    if not options.quiet and (sweep.files or sweep.parts):
        said = None if fixing is None else fixing.summary(sum(tally.values()), sweep.files)
        print(said or _summary(tally, fixes, sweep), file=sys.stderr)
    if unreadable or unwritten:
        return USAGE
    failing = _count(tally, "error") + (_count(tally, "warning") if strict else 0)
    return FINDINGS if failing and not options.exit_zero else FINE


def _fix(options: Namespace, chosen: Choice, output: Output, files: list[Found]) -> int:
    """Fix the files, or show what that would change."""
    from callsheet.cli.fixing import Fixing

    fixing = Fixing(chosen, options.root, unsafe=options.unsafe_fixes)
    checker = Checker(Linters(chosen, Project(options.root)), stdin=options.stdin_filename)
    say = _unread(options, Progress(quiet=True))
    for found in files:
        checked = checker.check(found)
        if checked.what == "unreadable":
            fixing.failed += 1
            say(checked)
        elif checked.what == "profile" and found.path == STDIN:
            fixing.take(options.stdin_filename, checker.given or b"", is_file=False)
        elif checked.what == "profile":
            fixing.take(found.path, content(found.path), is_file=True)
    if options.diff and (fixing.profiles or fixing.failed):
        would_change = fixing.show(quiet=options.quiet)
        return USAGE if fixing.failed else FINDINGS if would_change and not options.exit_zero else FINE
    fixing.write()
    return _check(options, chosen, output, iter(files), fixing)


def _unread(options: Namespace, progress: Progress) -> Callable[[Checked], None]:
    """Says on standard error why a file cannot be read."""

    def say(checked: Checked) -> None:
        progress.clear()
        name = checked.path
        if name == STDIN:
            name = "standard input" if options.stdin_filename == STDIN else options.stdin_filename
        usage(f"cannot read {name}: {checked.why}" if name else "cannot read an empty path")

    return say


def _cache(options: Namespace) -> Cache | None:
    """The cache, unless nobody wants it."""
    if options.no_cache:
        return None
    from callsheet.batch.cache import Cache

    folder = os.environ.get("CALLSHEET_CACHE_DIR")
    if not folder:
        from platformdirs import user_cache_dir

        folder = user_cache_dir("callsheet", appauthor=False)
    return Cache(folder, options.today or time.strftime("%Y-%m-%d"), options.root)


def _summary(tally: Counter[Row], fixes: set[Applicability], sweep: Sweep) -> str:
    """How it went, in one line; where something could be mended, with the call that shows it."""
    where = []
    if sweep.files:
        where.append(_number(sweep.files, "file"))
    if sweep.users:
        where.append(f"{_number(sweep.users, 'profile')} that build{'s' * (sweep.users == 1)} on what was named")
    passed_over = _number(sweep.passed_over, "other file" if where else "file")
    if not where:
        return f"Nothing was checked: {passed_over} without a session, on which no profile builds that was found."
    parts = [_number(found, what) for what in _SEVERITIES if (found := _count(tally, what))]
    said = [f"{', '.join(parts) or 'All is well'} in {' and '.join(where)}."]
    if sweep.passed_over:
        said.append(f"{passed_over} without a session passed over.")
    if fixes:
        flags = "--diff" if "safe" in fixes else "--diff --unsafe-fixes"
        said.append(f"`callsheet lint {flags}` shows what can be mended.")
    return " ".join(said)


def _nothing(paths: list[str], chosen: Choice, sweep: Sweep) -> str:
    """That there is no profile, and what to do about it."""
    said = f"no profile found below {', '.join(paths)}"
    configuration = chosen.configuration(STDIN)
    if configuration.include is not None:
        return f"{said}; `include` in {configuration.path} says where profiles are"
    if sweep.passed_over:
        others = _number(sweep.passed_over, "file")
        return f"{said}; {others} without a session passed over, but one that is named is always checked"
    return f"{said}; `callsheet new --output phone.yaml` begins one"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _count(tally: Counter[Row], severity: Severity) -> int:
    return sum(count for row, count in tally.items() if row[2] == severity)


def _statistics(tally: Counter[Row], fixing: Fixing | None) -> None:
    for (code, name, severity), count in sorted(tally.items(), key=lambda row: (-row[1], row[0])):
        print(f"{count:>5}  {code}  {severity:<7}  {name}", file=sys.stderr)
    if fixing is not None:
        fixing.statistics()
