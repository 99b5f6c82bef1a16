"""What of a flat body goes where: decided from its data, by the tables of `callsheet.facts`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.directives import split
from callsheet.facts.key import BETA_KEYS
from callsheet.judge.recognise import Recogniser, flat_kind
from callsheet.migrate.change import Change, Drop, Note, Plan, Replace, Unwrap
from callsheet.migrate.setting import NO_TYPE, format_of, retired, tool, tool_choice, turn_detection
from callsheet.shape.directive import FLAT_TARGET, TARGETS
from callsheet.shape.frozen import load
from callsheet.shape.kind import FLAT_KINDS, TYPED_KINDS
from callsheet.shape.revision import EARLIEST

if TYPE_CHECKING:
    from callsheet.pointer import Path

_FORMATS = ("input_audio_format", "output_audio_format")
_UPDATE, _BETA_UPDATE = "session.update", "transcription_session.update"
_TODAY = frozenset({"audio", "output_modalities", "max_output_tokens", "reasoning", "parallel_tool_calls"})
"""Settings that a flat session never had."""
_LEFT = BETA_KEYS.keys() - {"temperature"}
_LIFETIMES = ("expires_after", "expires_at")


class NotFlat(Exception):  # noqa: N818 - it is no error of the program
    """The body is no flat session; `today` says that it is a session of today's shape, with which nothing is wrong."""

    def __init__(self, said: str, *, today: bool = False) -> None:
        super().__init__(said)
        self.said = said
        self.today = today


class Wishes(NamedTuple):
    """What the user asks for beside the move: `models` that are gone replaced; `today` is an ISO date."""

    models: bool = False
    today: str | None = None


def plan(data: dict[str, Any], wishes: Wishes | None = None) -> Plan:
    """How a profile's data gets to today's shape. Raises NotFlat where there is nothing to move."""
    return _Planner(data, wishes or Wishes()).plan()


class _Planner:
    """Works out the plan for one body."""

    def __init__(self, data: dict[str, Any], wishes: Wishes) -> None:
        self.data = data
        self.parts = split(data)
        self.recogniser = Recogniser(load())
        self.body = self.parts.body
        self.wishes = wishes
        self.today = wishes.today or time.strftime("%Y-%m-%d")
        self.at: Path = self._carried()
        self.session: dict[str, Any] = self.body["session"] if self.at else self.body
        self.changes: list[Change] = []
        self.notes: list[Note] = []
        self.lifetime: dict[str, Path] = {}
        """Where the lifetime of a client secret goes, out of `client_secret`, by its key there."""

    def _carried(self) -> Path:
        """Where the session stands in the body."""
        said = self.body.get("type")
        if isinstance(self.body.get("session"), dict):
            if isinstance(said, str) and said not in (_UPDATE, _BETA_UPDATE):
                raise NotFlat(f"`type` says that this is another event than `{_UPDATE}`")
            return ("session",)
        if self.body.get("type") in (_UPDATE, _BETA_UPDATE):
            raise NotFlat("the event has no `session` in which its settings stand; write `session: {…}` first")
        return ()

    def plan(self) -> Plan:
        """The plan for the body."""
        self._refuse()
        kind = self._kind()
        extends = self.parts.extends and "type" not in self.session
        wrapped = False
        self._directives()
        if self.body.get("type") == _BETA_UPDATE:
            self.changes.append(Replace(("type",), _UPDATE))
        for key, value in self.session.items():
            path = (*self.at, key)
            if key == "client_secret":
                wrapped = self._client_secret(path, value)
            elif not key.startswith(("$", "x-")):
                self._setting(path, key, value, kind)
        moves: dict[str, Path] = {
            key: tuple((BETA_KEYS[key].path or "").split(".")) for key in self.session if key in _LEFT
        }
        moves.update(self.lifetime)
        wrapped = wrapped or (not self.at and "expires_after" in self.session)
        written = None if extends or self.session.get("type") == kind else kind
        if written is not None and "type" in self.session:
            self.changes.append(Replace((*self.at, "type"), kind))
            written = None
        return Plan(self.at, written, moves, tuple(self.changes), tuple(self.notes), wrapped)

    def _refuse(self) -> None:
        """Raise NotFlat for what is not in the flat shape."""
        session, said = self.session, self.session.get("type")
        recogniser = self.recogniser
        if not recogniser.looks_like_session(self.data) and recogniser.kind(self.body) is None:
            raise NotFlat("nothing here says that this is a session")
        flat = sorted(_LEFT & session.keys())
        new = sorted(_TODAY & session.keys())
        spoken = [key for key in flat if (BETA_KEYS[key].path or "").startswith("audio.")]
        named = self.parts.kind in FLAT_KINDS.values() or self.body.get("type") == _BETA_UPDATE
        if isinstance(session.get("session"), dict):
            raise NotFlat("`session` stands inside `session`; keep one of the two first")
        if spoken and "audio" in session:
            raise NotFlat(
                f"the body is half in today's shape: `audio` stands beside `{spoken[0]}`; "
                f"move what is flat by hand, `callsheet lint` names each new place"
            )
        if flat or (named and not new):
            return
        translates = (recogniser.kind(self.body) or "").startswith("translation")
        if said in TYPED_KINDS or new or translates or self.parts.partial or self.parts.extends:
            raise NotFlat("this is in today's shape already", today=True)
        if recogniser.session_keys.isdisjoint(session) and "client_secret" not in session:
            raise NotFlat("nothing in it is a setting of a flat session")

    def _kind(self) -> str:
        """The type that the session has in today's shape."""
        said = self.session.get("type")
        if said in TYPED_KINDS:
            return str(said)
        if self.body.get("type") == _BETA_UPDATE:
            return "transcription"
        flat = self.parts.kind if self.parts.kind in FLAT_KINDS.values() else flat_kind(self.session)
        return next(kind for kind, name in FLAT_KINDS.items() if name == flat)

    def _directives(self) -> None:
        """What becomes of directives that speak of the flat shape."""
        said = self.parts.directives
        if self.parts.target == FLAT_TARGET:
            self.changes.append(Replace(("$target",), TARGETS[1]))
            self.notes.append(
                Note(
                    ("$target",),
                    f"`{FLAT_TARGET}` takes the flat shape only; the session has to run at `/openai/v1/realtime` now, "
                    f"which is `{TARGETS[1]}`",
                )
            )
        if said.get("$kind") in FLAT_KINDS.values():
            self.changes.append(Drop(("$kind",), "the session says its `type` now"))
        if self.parts.revision is not None and self.parts.revision < EARLIEST:
            self.changes.append(Drop(("$revision",), f"today's shape is not older than {EARLIEST}"))
        unset = said.get("$unset")
        if isinstance(unset, list):
            renamed = [_renamed(name) if isinstance(name, str) else name for name in unset]
            if renamed != unset:
                self.changes.append(Replace(("$unset",), renamed))
        if "-beta" in str(said.get("$schema")):
            self.notes.append(Note(("$schema",), "this is the schema of flat bodies; point it to the one of today"))

    def _setting(self, path: Path, key: str, value: Any, kind: str) -> None:
        """What happens to one setting, beside the move of its key."""
        if key in _LEFT and BETA_KEYS[key].path in self.session:
            self.changes.append(Drop(path, f"`{BETA_KEYS[key].path}` is set as well"))
        elif key == "temperature":
            self.changes.append(Drop(path, "no longer a setting: the API has no successor for it"))
        elif key == "modalities":
            self._modalities(path, value, kind)
        elif key in _FORMATS:
            self._take(format_of(path, value))
        elif key == "turn_detection":
            self._take(turn_detection(path, value))
        elif key == "tools" and isinstance(value, list):
            for index, entry in enumerate(value):
                self._take(tool((*path, index), entry))
        elif key == "tool_choice":
            self._take(tool_choice(path, value))
        elif key == "model":
            self._model(path, value, transcriber=False)
        elif key == "input_audio_transcription" and isinstance(value, dict):
            self._model((*path, "model"), value.get("model"), transcriber=True)
        elif key not in self.recogniser.session_keys and key not in NO_TYPE:
            self.notes.append(Note(path, f"callsheet knows no setting `{key}`; it is kept as it is", open=True))

    def _take(self, found: tuple[list[Change], list[Note]]) -> None:
        self.changes += found[0]
        self.notes += found[1]

    def _modalities(self, path: Path, value: Any, kind: str) -> None:
        if kind == "transcription":
            self.changes.append(Drop(path, "no setting of a transcription session: nobody answers"))
        elif isinstance(value, list) and "audio" in value and value != ["audio"]:
            self.changes.append(Replace(path, ["audio"]))
            self.notes.append(Note(path, "an answer is audio or text now; with audio its transcript comes along"))
        elif isinstance(value, list) and len(value) > 1 and set(map(str, value)) == {"text"}:
            self.changes.append(Replace(path, ["text"]))

    def _model(self, path: Path, name: Any, *, transcriber: bool) -> None:
        """A model that is gone is replaced where that is wished for, else named."""
        if self.parts.target not in (None, TARGETS[0]):  # a deployment goes by any name
            return
        gone = retired(name, self.today, transcriber=transcriber)
        if gone is None:
            return
        if gone.replacement is None:
            self.notes.append(Note(path, f"{gone.said}; no replacement was announced, so choose a model", open=True))
        elif self.wishes.models:
            self.changes.append(Replace(path, gone.replacement))
            self.notes.append(Note(path, f"{gone.said}; `{gone.replacement}` takes its place, as announced"))
        else:
            told = f"{gone.said}; `--models` puts `{gone.replacement}` in its place, as announced"
            self.notes.append(Note(path, told, open=True))

    def _client_secret(self, path: Path, value: Any) -> bool:
        """Whether the session has to move into a body that says when its client secret expires."""
        asked = value if isinstance(value, dict) else {}
        if value == {} and isinstance(value, dict):
            self.changes.append(Drop(path, "it asks for nothing"))
            return False
        if len(asked) == 1 and next(iter(asked)) in _LIFETIMES and isinstance(next(iter(asked.values())), dict):
            lifetime = next(iter(asked))
            if not self.at and self.session.keys().isdisjoint(_LIFETIMES):
                self.changes.append(Unwrap(path))
                self.lifetime = {lifetime: ("expires_after",)}
                return True
            why = "the lifetime stands beside `session`" if "expires_after" in self.data else "nobody asks for one here"
            self.changes.append(Drop(path, f"no setting of a session: {why}"))
            return False
        self.notes.append(Note(path, "this holds what the server answers, not what a request asks for", open=True))
        return False


def _renamed(name: str) -> str:
    """The path of a setting today, for its path in the flat shape."""
    head, dot, rest = name.partition(".")
    key = BETA_KEYS.get(head)
    return name if key is None or key.path is None else key.path + dot + rest
