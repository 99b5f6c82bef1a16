"""The shape of what a project says about how it is checked: `[tool.callsheet]` in pyproject.toml, or callsheet.toml."""

from __future__ import annotations

from callsheet.shape.directive import LATEST, REVISION, TARGETS
from callsheet.shape.shape import Choice, Entries, Field, Flag, Items, Record, Text

OUTPUT_FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")
"""How findings can be printed; each is a module of `callsheet.report`."""
_RULES = Items(Text(min_length=1))
_PATTERNS = Items(Text(min_length=1))

CONFIGURATION = Record(
    "Configuration",
    {
        "include": Field(
            _PATTERNS,
            doc="Where the profiles are: files, folders and patterns, from the folder of this file. Unset, anywhere.",
            examples=(["profiles", "agents/**/*.realtime.yaml"],),
        ),
        "exclude": Field(
            _PATTERNS,
            default=(),
            doc="What is passed over: files, folders and patterns. A pattern without a slash holds at any depth.",
            examples=(["drafts", "*.tmpl.yaml"],),
        ),
        "select": Field(
            _RULES, doc="Check only these rules: codes, prefixes or names. Unset, all.", examples=(["CS1", "CS5"],)
        ),
        "ignore": Field(_RULES, default=(), doc="Leave these rules out.", examples=(["stored-prompt"],)),
        "extend-select": Field(
            _RULES, default=(), doc="Check these rules beside those selected.", examples=(["pcm-rate"],)
        ),
        "per-file-ignores": Field(
            Entries(_RULES),
            default={},
            doc="Rules to leave out in some files: patterns, each with its rules.",
            examples=({"legacy/**": ["CS602"]},),
        ),
        "revision": Field(
            Text(pattern=REVISION),
            default=LATEST,
            doc="Check profiles that say no `$revision` against the API as it was on this date.",
            examples=("2026-07-28",),
        ),
        "target": Field(
            Choice(TARGETS), default=TARGETS[0], doc="Where the sessions of profiles run that say no `$target`."
        ),
        "strict": Field(Flag(), default=False, doc="Warnings fail a run as well."),
        "output-format": Field(Choice(OUTPUT_FORMATS), default=OUTPUT_FORMATS[0], doc="How findings are printed."),
    },
    doc="How callsheet checks the profiles of a project.",
)
