"""From a profile to the view of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.setting import envelope, settings
from callsheet.shape.kind import FLAT_KINDS, KINDS
from callsheet.show.budget import budget
from callsheet.show.dates import dates
from callsheet.show.tools import tool_choice, tools
from callsheet.show.turns import turns
from callsheet.show.view import View

if TYPE_CHECKING:
    from callsheet.resolved import Resolved
    from callsheet.setting import Setting

_SESSIONS = ("realtime", "transcription", "translation", *FLAT_KINDS.values())


def view(profile: Resolved) -> View:
    """All that can be said of a profile; of one that cannot be understood, its findings."""
    understood = profile.session_kind is not None and profile.session_node is not None
    drawn = budget(profile) if understood and profile.session_kind in _SESSIONS else None
    listed = settings(profile) if understood else []
    return View(
        path=profile.path,
        kind=profile.session_kind,
        title=_title(profile),
        target=profile.target,
        revision=profile.revision,
        today=profile.today,
        findings=profile.findings,
        settings=listed,
        envelope=envelope(profile) if understood else [],
        turns=_turns(profile, listed),
        tools=tools(profile) if understood else [],
        tool_choice=tool_choice(profile) if understood else None,
        budget=None if isinstance(drawn, str) else drawn,
        no_budget=drawn if isinstance(drawn, str) else None,
        dates=list(dates(profile)) if understood else [],
    )


def _title(profile: Resolved) -> str:
    if profile.session_kind is None:
        return ""
    title = KINDS[profile.session_kind].title
    if profile.is_update:
        return f"{title}, changed while it is open"
    return f"{title}, a base for others" if profile.is_partial else title


def _turns(profile: Resolved, listed: list[Setting]) -> str | None:
    """Turn detection in words; of an update, only if it turns it off: what else counts then, the session knows."""
    if profile.is_update and not any(setting.path[-1] == "turn_detection" for setting in listed):
        return None
    return turns(profile.session_kind or "", listed)
