"""A profile for programs: one JSON object, version 1, whose keys docs/show.md lists and which do not change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from callsheet.report.json import render as findings_of
from callsheet.report.run import Run

if TYPE_CHECKING:
    from callsheet.setting import Setting, Spot
    from callsheet.show.view import Budget, View

VERSION = 1


def render(view: View) -> str:
    """The whole object."""
    run = Run(view.findings, 1)
    data = {
        "version": VERSION,
        "profile": view.path,
        "kind": view.kind,
        "target": view.target,
        "revision": view.revision,
        "today": view.today,
        "valid": not run.count("error"),
        "findings": json.loads("".join(findings_of(run)))["findings"],
        "turn_detection": view.turns,
        "settings": [_setting(setting) for setting in view.settings],
        "envelope": [_setting(setting) for setting in view.envelope],
        "tool_choice": view.tool_choice,
        "tools": [{**tool._asdict(), "facts": list(tool.facts), "spot": _spot(tool.spot)} for tool in view.tools],
        "context": None if view.budget is None else _context(view.budget),
        "no_context": view.no_budget,
        "dates": [date._asdict() for date in view.dates],
    }
    return _valid(json.dumps(data, indent=2, ensure_ascii=False)) + "\n"


def _setting(setting: Setting) -> dict[str, Any]:
    return {
        "path": setting.name,
        "origin": setting.origin,
        "value": setting.value,
        "means": setting.means,
        "spot": _spot(setting.spot),
    }


def _spot(spot: Spot | None) -> dict[str, Any] | None:
    return None if spot is None else spot._asdict()


def _context(budget: Budget) -> dict[str, Any]:
    parts = [
        {"name": part.name, "title": part.title, "tokens": part.tokens, "estimate": part.is_estimate}
        for part in budget.parts
    ]
    return {"model": budget.model, "window": budget.window, "parts": parts, "notes": list(budget.notes)}


def _valid(text: str) -> str:
    """The text as UTF-8 can carry it: a byte of a file's name that is none is escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
