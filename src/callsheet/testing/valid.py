"""Strategies for bodies that the API takes."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import reject
from hypothesis import strategies as st

from callsheet.facts import entries
from callsheet.lint import Linter, Options
from callsheet.pointer import to_dotted
from callsheet.rules import RULES
from callsheet.selection import selection
from callsheet.shape.frozen import load
from callsheet.shape.kind import FLAT_KINDS, TYPED_KINDS
from callsheet.shape.table import rows
from callsheet.testing.site import sites
from callsheet.testing.value import Meant, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path
    from callsheet.shape.shape import Shape

_STEP = re.compile(r"\[\]|\[[^\]]+\]|\*|[^.\[\]*]+")
_NOBODY = "a-model-of-which-nobody-knows"
_KINDS = load()


def sessions(
    kind: str = "realtime", revision: str | None = None, model: str | None = None
) -> SearchStrategy[dict[str, Any]]:
    """Bodies of a kind in every combination of settings that the API takes.

    `kind` is one of those that `callsheet schema` takes. With a `revision`, an ISO date, they are valid as the API was
    on that day. With a `model`, each of them names it, and has nothing that this model does not take; the name of one
    that transcribes stands where that belongs. Raises KeyError for another kind, and ValueError where there were no
    such bodies on that day, where they name no such model, or where the model is gone or of another API.
    """
    shape_of(kind, revision)
    if model is not None:
        _check_model(kind, revision, model)
    return _sessions(kind, revision, model)


@cache
def _sessions(kind: str, revision: str | None, model: str | None) -> SearchStrategy[dict[str, Any]]:
    shape = shape_of(kind, revision)
    if model is None:
        return values(shape, revision).map(lambda body: mended(body, kind, revision))
    meant = [Meant(way, model) for way in _ways(kind, revision, model)]
    made = st.one_of([values(shape, revision, one) for one in meant])
    return made.map(lambda body: mended(body, kind, revision, model))


@cache
def shape_of(kind: str, revision: str | None) -> Shape:
    """The shape of a kind on a day. Raises KeyError, and ValueError for a day before there was one."""
    if revision is None or kind in FLAT_KINDS.values():  # which are older than all revisions, and did not change
        return _KINDS[kind]
    if (came := _KINDS.born(kind)) > revision:
        raise ValueError(f"there is no {kind} body as of {revision}; the first came on {came}")
    return _KINDS.at(revision)[kind]


@cache
def linter(kind: str, revision: str | None) -> Linter:
    """The linter that decides what is valid: it passes over credentials, which are wrong in files only."""
    selected = selection(ignore=("literal-credential", "credential-in-url"))
    return Linter(Options(kind, revision=revision, selected=selected))


def mended(body: dict[str, Any], kind: str, revision: str | None = None, model: str | None = None) -> dict[str, Any]:
    """A body of the right shape without what the rules forbid: the settings that they name are left out.

    With a `model`, what lint minds only because of this model goes as well; the model itself stays.
    """
    kept = next((path for path in _model_paths(body) if model is not None and at(body, path) == model), None)

    def wrong(body: dict[str, Any]) -> list[Fault]:
        faults = linter(kind, revision).body(body)
        if kept is None:
            return [fault for fault in faults if RULES[fault.code].severity == "error"]
        without = {_key(fault) for fault in linter(kind, revision).body(put(body, kept, _NOBODY))}
        return [
            fault
            for fault in faults
            if RULES[fault.code].severity == "error" or (path_of(fault) != kept and _key(fault) not in without)
        ]

    return mend(body, shape_of(kind, revision), wrong, kept)


def mend(
    body: dict[str, Any], shape: Shape, wrong: Callable[[dict[str, Any]], list[Fault]], kept: Path | None = None
) -> dict[str, Any]:
    """A body without what is wrong with it, taken out piece by piece; what stands at `kept` stays."""
    while faults := wrong(body):
        body = _without(body, shape, path_of(faults[0]), kept)
    return body


def _without(body: dict[str, Any], shape: Shape, path: Path, kept: Path | None) -> dict[str, Any]:
    """The body without what stands at a path; where that cannot go, without what is around it."""
    may_go = {site.path: site.may_go for site in sites(shape, body)}
    for length in range(len(path), 0, -1):
        place = path[:length]
        around = kept is not None and kept[:length] == place
        if not around and may_go.get(place, True) and _there(body, place):  # what no shape names is free
            body = copy.deepcopy(body)
            del at(body, place[:-1])[place[-1]]
            return body
    return reject()


def at(body: Any, path: Path) -> Any:
    """The value at a path that is there."""
    for step in path:
        body = body[step]
    return body


def put(body: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """The body with another value at a path whose holder is there."""
    body = copy.deepcopy(body)
    at(body, path[:-1])[path[-1]] = value
    return body


def path_of(fault: Fault) -> Path:
    """The path of a fault in a body, which always has one."""
    path: Path = fault.place.path  # type: ignore[union-attr]  # spans are for texts
    return path


def _there(body: Any, path: Path) -> bool:
    try:
        at(body, path)
    except (LookupError, TypeError):
        return False
    return True


def _key(fault: Fault) -> tuple[str, Path]:
    return fault.code, path_of(fault)


def _model_paths(body: Any, path: Path = ()) -> list[Path]:
    """Where in a body a model is named."""
    if not isinstance(body, dict):
        return []
    named: list[Path] = [(*path, "model")] if "model" in body else []
    return named + [found for key, value in body.items() for found in _model_paths(value, (*path, key))]


def _ways(kind: str, revision: str | None, model: str) -> list[tuple[str, ...]]:
    """The ways to where a body names a model of that sort. Raises ValueError if there are none."""
    transcribes = model in entries("transcription-model")
    found = [tuple(_STEP.findall(path)) for path in rows(shape_of(kind, revision))]
    named = [way for way in found if way[-1] == "model"]
    ways = [way for way in named if "".join(way[-2:-1]).endswith("transcription") == transcribes]
    if not ways:
        what = "transcription model" if transcribes else "model"
        raise ValueError(f"a {kind} body has no place for the {what} {model}")
    return ways


@cache
def _check_model(kind: str, revision: str | None, model: str) -> None:
    """Raise ValueError if a body cannot name a model."""
    for way in _ways(kind, revision, model):
        path = tuple(step for step in way if not step.startswith("["))
        body: Any = model
        for step in reversed(way):
            body = {"type": step[1:-1], **body} if step.startswith("[") else {step: body}
        tag = {"type": kind} if kind in TYPED_KINDS else {}
        for fault in linter(kind, revision).body({**body, **tag}):
            if path_of(fault) == path and RULES[fault.code].severity == "error":
                raise ValueError(f"{to_dotted(path)}: {fault.message}")
