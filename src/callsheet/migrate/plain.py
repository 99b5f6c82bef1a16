"""A flat body as plain data, moved to today's shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.migrate.change import Drop, First, Replace, Unwrap
from callsheet.migrate.order import rank
from callsheet.migrate.plan import plan as planned

if TYPE_CHECKING:
    from callsheet.migrate.change import Change, Plan
    from callsheet.migrate.plan import Wishes


def migrate_data(data: dict[str, Any], wishes: Wishes | None = None) -> dict[str, Any]:
    """The data in today's shape; what was given stays as it was. Raises NotFlat where nothing is flat."""
    return moved(data, planned(data, wishes))


def moved(data: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The data as a plan has it."""
    result = changed(data, plan)
    if plan.at:
        result["session"] = _session(result["session"], plan)
        return result
    if not plan.wrapped:
        return _session(result, plan)
    beside: dict[str, Any] = {}
    inside: dict[str, Any] = {}
    for key, value in result.items():
        path = plan.moves.get(key, (key,))
        if key.startswith(("$", "x-")) or path == ("expires_after",):
            beside[str(path[0])] = value
        else:
            inside[key] = value
    return {**beside, "session": _session(inside, plan)}


def changed(data: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The data with the changes of a plan made, before anything moves."""
    result: dict[str, Any] = _copied(data)
    for change in plan.changes:
        if not isinstance(change, Unwrap):
            _make(result, change)
    for change in plan.changes:
        if isinstance(change, Unwrap):
            _make(result, change)
    return result


def _copied(value: Any) -> Any:
    """A copy in which nothing is shared, as what stands behind two aliases is before."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _make(data: dict[str, Any], change: Change) -> None:
    holder: Any = data
    path = (*change.path, change.key) if isinstance(change, First) else change.path
    for step in path[:-1]:
        holder = holder[step]
    last: Any = path[-1]
    match change:
        case Replace(_, value):
            holder[last] = _copied(value)
        case First(_, key, value):
            entries = {key: value, **holder}
            holder.clear()
            holder.update(entries)
        case Drop():
            del holder[last]
        case Unwrap():
            inner = holder.pop(last)
            holder.update(inner)


def _session(session: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The settings of a session, each at its place, in the order of today's documents."""
    placed = [(plan.moves.get(key, (key,)), value) for key, value in session.items()]
    if plan.kind is not None:
        placed.append((("type",), plan.kind))
    placed.sort(key=lambda entry: rank(entry[0]))
    result: dict[str, Any] = {}
    for path, value in placed:
        holder: Any = result
        for step in path[:-1]:
            holder = holder.setdefault(step, {})
        holder[path[-1]] = value
    return result
