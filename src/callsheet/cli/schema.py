"""Print the JSON Schema of a kind of body, today's or that of a date, and what changed between two dates."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from callsheet.cli import FINE, usage
from callsheet.shape.directive import LATEST
from callsheet.shape.kind import KINDS
from callsheet.shape.revision import EARLIEST

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from callsheet.shape.shape import Shape

EPILOG = """examples:
  callsheet schema realtime                             what goes on the wire
  callsheet schema realtime --profile                   what people write: directives and placeholders as well
  callsheet schema realtime --revision 2026-05-07       what went on the wire on that day
  callsheet schema --list                               every kind, every revision
  callsheet schema --diff 2026-05-07 latest             what came, went and changed between two dates
  callsheet schema call --diff 2026-05-07 2026-07-28    the same for one kind of body

exit status: 0 done, 2 usage"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("kind", nargs="?", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--revision", metavar="DATE", help=f"the API as of a date, or `{LATEST}` (default)")
    parser.add_argument("--profile", action="store_true", help="the schema of a profile, for editors")
    parser.add_argument("--list", action="store_true", help="the kinds, and the revisions with what changed in each")
    parser.add_argument("--diff", nargs=2, metavar=("A", "B"), help="what changed from one date to another")
    parser.add_argument(
        "--output-format", "--format", choices=("text", "json"), help="of --list and --diff (default: text)"
    )


def run(options: Namespace) -> int:
    """Print what is asked for."""
    wrong = _misuse(options)
    if wrong is not None:
        return usage(wrong)
    if options.list or options.diff:
        from callsheet.shape.frozen import load

        frozen = load()
        kinds = {kind: frozen[kind] for kind in frozen.names if options.kind in (None, kind)}
        return _list(kinds, options) if options.list else _diff(kinds, options)
    return _schema(options)


def _misuse(options: Namespace) -> str | None:
    """What is wrong with the call."""
    if options.kind is not None and options.kind not in KINDS:
        return f"there is no kind `{options.kind}`; the kinds are {', '.join(KINDS)}"
    asked = [flag for flag in ("list", "diff", "revision") if getattr(options, flag) not in (None, False)]
    if len(asked) > 1:
        return f"--{asked[0]} and --{asked[1]} are two questions; ask one"
    if options.profile and asked and options.revision != LATEST:
        return "profiles have the schema of today only; leave out --profile, or the rest"
    if options.kind is None and not (options.list or options.diff):
        return f"name a kind, such as {next(iter(KINDS))}, or say --list"
    if options.output_format and not (options.list or options.diff):
        return "--output-format is for --list and --diff; a schema is JSON"
    for date in (*(options.diff or ()), LATEST if options.revision is None else options.revision):
        if date != LATEST and not _is_date(date):
            return f"`{date}` is not a date; write it as 2026-11-20, or {LATEST}"
        if date < EARLIEST:
            return f"`{date}` is too early: the first revision that callsheet has is {EARLIEST}"
    return None


def _is_date(word: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(word)
    except ValueError:
        return False
    return re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", word) is not None


def _schema(options: Namespace) -> int:
    from callsheet.schema.wire import wire_schema

    if options.revision in (None, LATEST):
        from callsheet.schema.profile import profile_schema
        from callsheet.shape.derive import shapes  # the texts are in the models

        shape = shapes()[options.kind]
        return _print(profile_schema(options.kind, shape) if options.profile else wire_schema(options.kind, shape))
    from callsheet.schema.revisions import revision_of
    from callsheet.shape.frozen import load

    frozen = load()[options.kind]
    try:
        revision = revision_of(options.kind, frozen, options.revision)
    except LookupError as error:
        return usage(_not_yet(options.kind, str(error)))
    return _print(wire_schema(options.kind, frozen, revision))


def _not_yet(kind: str, came: str) -> str:
    return f"{KINDS[kind].title} ({kind}) came on {came}; there is no schema of it before"


def _list(kinds: Mapping[str, Shape], options: Namespace) -> int:
    from callsheet.schema.page import overview, overview_text

    said = overview(kinds)
    if options.output_format == "json":
        return _print(said)
    print(overview_text(said), end="")
    return FINE


def _diff(kinds: Mapping[str, Shape], options: Namespace) -> int:
    from callsheet.schema.changes import changes
    from callsheet.schema.page import as_data, difference_text
    from callsheet.schema.revisions import first

    before, after = options.diff
    if options.kind is not None and (came := first(kinds[options.kind])) > max(before, after):
        return usage(_not_yet(options.kind, came))
    found = changes(kinds, before, after)
    if options.output_format == "json":
        return _print({"version": 1, "from": before, "to": after, "changes": [as_data(one) for one in found]})
    print(difference_text(found, before, after), end="")
    return FINE


def _print(data: dict[str, Any]) -> int:
    print(json.dumps(data, indent=2, ensure_ascii=False))
    return FINE
