"""Strategies for bodies with exactly one fault, which say what is to be found and where."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from callsheet.rules import RULES
from callsheet.shape.kind import KINDS, TYPED_KINDS
from callsheet.testing.misfit import GONE, Misfit, misfits
from callsheet.testing.site import sites
from callsheet.testing.valid import at, linter, mend, path_of, sessions, shape_of
from callsheet.testing.witness import met, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Fault, Severity
    from callsheet.pointer import Path
    from callsheet.rules.rule import Rule


class Broken(NamedTuple):
    """A body with one fault: the code of the rule that must find it, and the path of the finding.

    `fault` names it for people, such as "wrong type" or the name of the rule. `valid` is the body without it; for the
    fault of a shape the two differ at this place alone.
    """

    body: dict[str, Any]
    code: str
    path: Path
    fault: str
    valid: dict[str, Any]


@st.composite
def broken_sessions(
    draw: st.DrawFn,
    kind: str = "realtime",
    revision: str | None = None,
    model: str | None = None,
    *,
    severity: Severity = "error",
) -> Broken:
    """Bodies of a kind that are valid but for one named fault.

    The faults are all that a shape can have, at every place, and the conditions of rules. With `severity` "warning" or
    "info" they are those which the API may take, and lint says so. The rest is as for `sessions`, and so is what is
    raised.
    """
    valid = draw(sessions(kind, revision, model))
    found = [misfit for site in sites(shape_of(kind, revision), valid) for misfit in misfits(site, revision)]
    faults: dict[str, list[Misfit | Rule]] = {}
    for misfit in found:
        if misfit.rule.severity == severity:
            faults.setdefault(misfit.fault, []).append(misfit)
    for rule in _rules(kind, valid, revision, severity):
        faults[rule.name] = [rule]
    assume(faults)
    name = draw(st.sampled_from(sorted(faults, key=lambda name: (len(faults[name]), name))))  # the rare ones first
    fault = draw(st.sampled_from(faults[name]))
    if isinstance(fault, Misfit):
        return _unfit(draw, valid, fault)
    return _against(draw, valid, fault, kind, revision)


def _unfit(draw: st.DrawFn, valid: dict[str, Any], misfit: Misfit) -> Broken:
    body = copy.deepcopy(valid)
    value = draw(misfit.value)
    holder = at(body, misfit.changed[:-1])
    if value is GONE:
        del holder[misfit.changed[-1]]
    else:
        holder[misfit.changed[-1]] = copy.deepcopy(value)
    return Broken(body, misfit.rule.code, misfit.path, misfit.fault, valid)


def _rules(kind: str, body: dict[str, Any], revision: str | None, severity: Severity) -> Iterator[Rule]:
    """The rules with a condition that the session in a body can break."""
    key = KINDS[kind].carries
    if key is not None and key not in body:
        return
    held = _session(kind, body)[1]
    for rule in RULES.values():
        here = held in rule.kinds and (not rule.targets or "openai" in rule.targets)
        since = revision is None or rule.since <= revision
        if rule.when is not None and rule.severity == severity and here and since:
            yield rule


def _session(kind: str, body: dict[str, Any]) -> tuple[Path, str]:
    """Where the session of a body stands, and its kind."""
    key = KINDS[kind].carries
    if key is None:
        return (), kind
    said = body[key].get("type")
    return (key,), said if said in TYPED_KINDS else KINDS[kind].holds


def _against(draw: st.DrawFn, valid: dict[str, Any], rule: Rule, kind: str, revision: str | None) -> Broken:
    """A body that breaks a rule, and nothing else: what its change makes wrong besides is left out."""
    place, _ = _session(kind, valid)
    path = (*place, *place_of(rule.at))
    shape = shape_of(kind, revision)
    session = at(valid, place)
    inner = next(site.chosen for site in sites(shape, valid) if site.path == place)
    assert rule.when is not None  # noqa: S101 - they have been chosen by it
    session = met(draw, session, rule.when.schema, inner, revision)
    body = {**valid, KINDS[kind].carries or "": session} if place else session
    before = {(fault.code, path_of(fault)) for fault in linter(kind, revision).body(valid)}
    assume((rule.code, path) not in before)

    def wrong(body: dict[str, Any]) -> list[Fault]:
        found = linter(kind, revision).body(body)
        return [
            fault
            for fault in found
            if (fault.code, path_of(fault)) != (rule.code, path)
            and (RULES[fault.code].severity == "error" or (fault.code, path_of(fault)) not in before)
        ]

    body = mend(body, shape, wrong)
    assume(any((fault.code, path_of(fault)) == (rule.code, path) for fault in linter(kind, revision).body(body)))
    return Broken(body, rule.code, path, rule.name, valid)
