"""The shape of what is meant for callsheet and never sent: directives and placeholders."""

from __future__ import annotations

from callsheet.shape.kind import KINDS
from callsheet.shape.shape import (
    Choice,
    Either,
    Entries,
    Field,
    Flag,
    Free,
    Items,
    Record,
    Shape,
    Tagged,
    Text,
    alternatives,
)

FLAT_TARGET = "azure-preview"
"""Where the flat shape of the beta API is still spoken, and no other."""
TARGETS = ("openai", "azure", FLAT_TARGET)
"""Where a session can run; the first is the default."""

LATEST = "latest"
"""The name of the newest revision, whichever date it has."""
_LEAP_YEAR = "[0-9]{2}([02468][048]|[13579][26])"
_DAYS = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31"
"""The days of every year, as month and day."""
REVISION = f"^({LATEST}|[0-9]{{4}}-({_DAYS})|{_LEAP_YEAR}-02-29)$"
"""How a revision of the API is named: by a date, which may lie between two changes."""
_PATH = Text(min_length=1)
_ANYTHING = Free(anything=True)

DIRECTIVES = Record(
    "Directives",
    {
        "$schema": Field(Text(), doc="For editors; never sent."),
        "$extends": Field(
            Either((_PATH, Items(_PATH, min_items=1))),
            doc="One profile, or several, that this one builds on. Mappings merge, everything else replaces.",
            examples=("./base.yaml",),
        ),
        "$unset": Field(
            Items(_PATH),
            doc="Settings to drop from what was inherited.",
            examples=(["audio.input.noise_reduction"],),
        ),
        "$revision": Field(
            Text(pattern=REVISION),
            doc="Check against the API as it was on this date: what came later is found. Unset, as it is today.",
            examples=("2026-07-28",),
        ),
        "$target": Field(Choice(TARGETS), default=TARGETS[0], doc="Where the session is to run."),
        "$kind": Field(Choice(tuple(KINDS)), doc="What the profile is, where the body itself does not say."),
        "$partial": Field(Flag(), doc="This profile is only a base for others and need not be whole."),
    },
)
"""What may stand at the top of a profile beside the body."""

FROM_FILE = Record(
    "FromFile",
    {"$file": Field(_PATH, required=True, doc="Path of the file.", examples=("prompts/concierge.md",))},
    doc="The content of a file. Paths are relative to this file and stay inside the project.",
)
FROM_ENVIRONMENT = Record(
    "FromEnvironment",
    {
        "$env": Field(_PATH, required=True, doc="Name of the variable.", examples=("CRM_TOKEN",)),
        "default": Field(Text(), doc="What to take where the variable is not set."),
    },
    doc="A variable of the environment, read when a request is built, never while linting.",
)
PLACEHOLDERS = {"$file": FROM_FILE, "$env": FROM_ENVIRONMENT}
"""What may stand for a value that comes from elsewhere, by the key that says so."""


def may_hold_placeholder(text: str) -> bool:
    """Whether a placeholder is named in a text: quick, and no proof that it is one."""
    return "$" in text and any(map(text.__contains__, PLACEHOLDERS))


def begins_as_placeholder(text: str) -> bool:
    """Whether a text begins as a placeholder does that stands in quotes, so that it is no name of anything else."""
    word = text.lstrip(" {\"'")
    return "$" in word and any(word.startswith(name) and not word[len(name) :][:1].isalnum() for name in PLACEHOLDERS)


def takes(shape: Shape, placeholder: str) -> bool:
    """Whether a placeholder may stand for a value of a shape: a variable for text, a file for that or for data."""
    return takes_text(shape) or (placeholder == "$file" and takes_data(shape))


def takes_text(shape: Shape) -> bool:
    """Whether a value may be any text."""
    return any(isinstance(option, Text) or option == _ANYTHING for option in alternatives(shape))


def takes_data(shape: Shape) -> bool:
    """Whether a value may be an object or a list."""
    return any(isinstance(option, (Record, Tagged, Items, Entries, Free)) for option in alternatives(shape))
