"""From one profile to another in a session that is open: the `session.update` for it, and what stands in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from callsheet.contrast.compare import same
from callsheet.facts.absence import ABSENT, IMPLIED
from callsheet.facts.liveness import LIVE, UNSET
from callsheet.pointer import to_dotted
from callsheet.redact import mask
from callsheet.shape.kind import TYPED_KINDS
from callsheet.shape.say import shown
from callsheet.shape.shape import Either, Entries, Free, Record, Tagged, fits

if TYPE_CHECKING:
    from typing import TypeAlias

    from callsheet.pointer import Path
    from callsheet.resolved import Resolved
    from callsheet.shape.shape import Field, Shape

    Sort: TypeAlias = Literal["refused", "condition", "stays"]

NOTHING: Any = object()
"""The value of a setting that is not there."""
_KINDS = (*TYPED_KINDS, "translation")
_REPLACED = "no source says whether an update replaces an object or merges it"
_NO_WAY = "the reference of session.update: only the fields that are present are updated"


class Obstacle(NamedTuple):
    """Something that keeps a session from becoming what a profile says.

    "refused" is what no update can do, "condition" what it can under a condition, and "stays" what the session keeps
    because nothing takes it back.
    """

    path: str
    sort: Sort
    message: str
    source: str


class Update(NamedTuple):
    """The event to send, None where there is nothing to send or nothing that could be, and the obstacles.

    Values from the environment are still placeholders in it.
    """

    event: dict[str, Any] | None
    obstacles: list[Obstacle]

    @property
    def reaches(self) -> bool:
        """Whether the session then is what the second profile says."""
        return all(obstacle.sort == "condition" for obstacle in self.obstacles)


def update(left: Resolved, right: Resolved) -> Update:
    """The update that takes a session that runs the first profile to the second."""
    kind = right.session_kind
    if kind not in _KINDS or left.session_kind not in _KINDS or right.session_shape is None:
        said = "an update is known for sessions in today's shape only"
        return Update(None, [Obstacle("", "refused", said, "no source on updates in the flat shape of the beta API")])
    if kind != left.session_kind:
        fixed = LIVE["type"]
        said = f"`type` {fixed.says}: {left.session_kind} cannot become {kind}"
        return Update(None, [Obstacle("type", "refused", said, fixed.source)])
    updater = _Updater(kind)
    body = updater.record(right.session_shape, left.session, right.session, ())
    if not body:
        return Update(None, updater.obstacles)
    typed = {"type": kind} if kind in TYPED_KINDS else {}
    return Update({"type": "session.update", "session": {**typed, **body}}, updater.obstacles)


class _Updater:
    """Gathers what to send.

    Objects that are there or not as a whole are sent whole, so that it does not matter whether the service replaces or
    merges them.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.obstacles: list[Obstacle] = []

    def record(self, shape: Record, left: Any, right: Any, path: Path) -> dict[str, Any]:
        """What to send of an object that every session has."""
        left, right = (value if isinstance(value, dict) else {} for value in (left, right))
        body: dict[str, Any] = {}
        for key, field in shape.fields.items():
            at = (*path, key)
            old, new = left.get(key, NOTHING), right.get(key, NOTHING)
            if _is_part(field):
                if inner := self.record(field.shape, old, new, at):  # type: ignore[arg-type]  # as _is_part says
                    body[key] = inner
            elif at != ("type",) and not self.is_alike(field, old, new, at):
                value = self.value(field, old, new, at)
                if value is not NOTHING:
                    body[key] = value
        return body

    def is_alike(self, field: Field, old: Any, new: Any, path: Path) -> bool:
        """Whether nothing changes: the same is set, or one side sets what counts on the other by itself."""
        usual = self.usual(field, path)
        if usual is not NOTHING:
            old, new = (usual if value is NOTHING else value for value in (old, new))
        return (old is NOTHING and new is NOTHING) or (NOTHING not in (old, new) and same(old, new))

    def usual(self, field: Field, path: Path) -> Any:
        """What counts where nothing is set, as far as it can be written down."""
        name = to_dotted(path)
        if name in IMPLIED.get(self.kind, {}):
            return IMPLIED[self.kind][name]
        if field.default is not None:
            return field.default
        if name == "tools":
            return []
        return None if name in ABSENT and ABSENT[name].null else NOTHING

    def value(self, field: Field, old: Any, new: Any, path: Path) -> Any:
        """What to send for a setting that changes; NOTHING where it cannot."""
        name = to_dotted(path)
        if name == "model":
            return self.model(old, new)
        held = LIVE.get(name)
        if held is not None and not (held.once_on and old in (NOTHING, None)):
            self.say(name, held.bar, f"`{name}` {held.says}", held.source)
            if held.bar == "refused":
                return NOTHING
        if new is NOTHING:
            implied = IMPLIED.get(self.kind, {}).get(name)
            return self.taken_back(field, path) if implied is None else self.whole(field.shape, old, implied, path)
        return self.whole(field.shape, old, new, path)

    def model(self, old: Any, new: Any) -> Any:
        """The model, which stays whatever it is."""
        held = LIVE["model"]
        if old is NOTHING:
            said = f"`model` {held.says}; open the session with {_quoted(new)}, which the first profile leaves open"
            self.say("model", "condition", said, held.source)
        elif new is not NOTHING:
            said = f"`model` {held.says}: it stays {_quoted(old)}, and {_quoted(new)} takes a new session"
            self.say("model", "refused", said, held.source)
        return NOTHING

    def taken_back(self, field: Field, path: Path) -> Any:
        """What to send for a setting that the second profile leaves out; leaving it out of the update would keep it."""
        name = to_dotted(path)
        if name in UNSET:
            unset = UNSET[name]
            if unset.note is not None:
                self.say(name, "condition", f"`{name}` {unset.note}", unset.source)
            return unset.value
        if field.default is not None:
            return field.default
        if field.null == "yes":
            return None
        self.say(name, "stays", f"`{name}` stays as it is: nothing is known that takes it back", _NO_WAY)
        return NOTHING

    def whole(self, shape: Shape, old: Any, new: Any, path: Path) -> Any:
        """The second profile's value, and with it what takes back the rest of the first one's."""
        if not isinstance(new, dict) or not isinstance(old, dict) or "$env" in new or "$env" in old:
            return new
        if isinstance(shape, Either):
            shape = next((option for option in shape.options if fits(option, new)), shape)
        if isinstance(shape, Tagged):
            if old.get(shape.tag) != new.get(shape.tag):
                return new
            shape = shape.variants[new[shape.tag]]
        if isinstance(shape, (Entries, Free)):
            for key in old.keys() - new.keys():
                name = to_dotted((*path, key))
                self.say(name, "condition", f"`{name}` may stay: {_REPLACED}", _NO_WAY)
            return new
        if not isinstance(shape, Record):
            return new
        sent = {}
        for key, field in shape.fields.items():
            before, after = old.get(key, NOTHING), new.get(key, NOTHING)
            if after is not NOTHING:
                sent[key] = self.whole(field.shape, before, after, (*path, key))
            elif not self.is_alike(field, before, NOTHING, (*path, key)):
                value = self.taken_back(field, (*path, key))
                if value is not NOTHING:
                    sent[key] = value
        return sent

    def say(self, path: str, sort: Sort, message: str, source: str) -> None:
        """Note an obstacle."""
        self.obstacles.append(Obstacle(mask(path), sort, mask(message), source))


def _is_part(field: Field) -> bool:
    """Whether a field is an object that cannot be switched off, so that an update can change a part of it."""
    return isinstance(field.shape, Record) and field.null == "no"


def _quoted(value: Any) -> str:
    return shown(value)
