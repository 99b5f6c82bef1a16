"""CS0xx as well: what can be wrong with the files and the variables that a profile names."""

from __future__ import annotations

from callsheet.rules.rule import Rule

_GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"
_OWN = "callsheet's profile format"

UNREADABLE_FILE = Rule(
    code="CS018",
    name="unreadable-file",
    severity="error",
    summary="A file that a profile names does not exist or cannot be read.",
    why="What the file was to bring is missing, so the profile cannot become a request.",
    source=_OWN,
    bad="$extends: ./no-such-base.yaml\ntype: realtime\n",
    good=_GOOD,
)
OUTSIDE_PROJECT = Rule(
    code="CS019",
    name="outside-project",
    severity="error",
    summary="A path that leads out of the project.",
    why="A profile may come from anybody who opens a pull request; it gets to read its own project and nothing else. The "
    "project is the nearest folder upward with `.git` or `pyproject.toml`, or the one given with `--root`.",
    source=_OWN,
    bad="type: realtime\ninstructions: {$file: /etc/hostname}\n",
    good="type: realtime\ninstructions: You answer the phone at Hotel Aurora.\n",
)
CIRCLE = Rule(
    code="CS020",
    name="circular-reference",
    severity="error",
    summary="A profile that builds on itself, directly or through others.",
    why="A profile that extends itself can never be completed.",
    source=_OWN,
    bad="$extends: ./profile\ntype: realtime\n",
    good=_GOOD,
)
UNSET_NOTHING = Rule(
    code="CS021",
    name="unset-nothing",
    severity="warning",
    summary="`$unset` names a setting that is not inherited.",
    why="Either the name is misspelt, so the setting is still inherited, or the base no longer has it and the line can go. "
    "That it does harm is not proven.",
    source=_OWN,
    bad="$unset: [audio.input.noise_reduction]\ntype: realtime\n",
    good=_GOOD,
)
UNSETTABLE_VARIABLE = Rule(
    code="CS024",
    name="unsettable-variable",
    severity="warning",
    summary="`$env` names a variable that no shell can set.",
    why="A shell takes letters, digits and `_` for a name, and no digit first: `export CRM-TOKEN=…` fails. The variable "
    "is then missing when the request is made. Other programs can set such a name, hence a warning.",
    source="POSIX.1-2017, 3.235 Name",
    bad="type: realtime\ninstructions: {$env: LINE-4}\n",
    good="type: realtime\ninstructions: {$env: LINE_4}\n",
    fixed="type: realtime\ninstructions: {$env: LINE_4}\n",
)
