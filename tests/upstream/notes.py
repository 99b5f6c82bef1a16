"""The notes on the API that the maintainers keep outside the repository, and how their paths read here.

CALLSHEET_UPSTREAM names the folder with `fields-newest.json` (every field of the newest bodies) and `timeline.json`
(every change since the first release); CALLSHEET_API_DOCS the one with documents as they were published.
`.ci/run` sets both where the folders are.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest


class Body(NamedTuple):
    """What the notes call a body: its kind here, and how its paths begin there."""

    kind: str
    prefix: str


BODIES = {
    "realtime": Body("realtime", "session."),
    "transcription": Body("transcription", "session."),
    "translation": Body("translation", "session."),
    "client_secret": Body("client-secret", "client_secret."),
    "translation.client_secret": Body("translation-secret", "translation.client_secret."),
    "call.create": Body("call", "call.create."),
    "call.refer": Body("refer", "call.refer."),
    "call.reject": Body("reject", "call.reject."),
    "event.session.update": Body("session-update", "event."),
    "event.translation.session.update": Body("translation-update", "event."),
    "beta.session": Body("realtime-beta", "beta.session."),
    "beta.transcription_session": Body("transcription-beta", "beta.transcription_session."),
}


def folder(variable: str) -> Path:
    """The folder that a variable of the environment names; without it, the tests of the module skip."""
    named = os.environ.get(variable)
    if not named:
        why = f"{variable} is not set (it names a folder that is kept outside the repository)"
        pytest.skip(why, allow_module_level=True)
    return Path(named)


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def row_of(body: str, path: str) -> str:
    """A path of the notes as `callsheet.shape.table` writes it."""
    row = path.removeprefix(BODIES[body].prefix)
    return re.sub(r"\[type=([^\]]+)\]|<([^>]+)>", lambda found: f"[{found[1] or found[2]}]", row)
