"""Which kind of body a document is, or the one sentence that says why it is none."""

from __future__ import annotations

from itertools import chain

from callsheet.facts.key import BETA_KEYS, LIVE_KEYS
from callsheet.facts.shutdown import BETA_INTERFACE
from callsheet.named_tuple import NamedTuple
from callsheet.rules import shape as rules
from callsheet.shape.directive import FLAT_TARGET, TARGETS
from callsheet.shape.kind import FLAT_KINDS, KINDS, TYPED_KINDS
from callsheet.shape.say import a_kind, either
from callsheet.shape.shape import Record
from callsheet.source.node import UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.diagnostic import Fault
    from callsheet.patch import Fix
    from callsheet.pointer import Path
    from callsheet.shape.frozen import Kinds

_UPDATE = "session.update"
_TRANSLATOR = "gpt-realtime-translate"
_NESTED_KEYS = ("type", "audio", "output_modalities")
"""What Azure's preview endpoints are seen to refuse."""
_BETA_UPDATE = "transcription_session.update"
_FLAT_KEYS = frozenset(BETA_KEYS) - {"temperature"}
"""Keys that only the flat shape has at its top; `temperature` alone makes no flat body."""
_WRITTEN_DOWN = frozenset(
    {"input_audio_format", "input_audio_noise_reduction", "input_audio_transcription", "turn_detection", "include"}
)
"""All that a flat session had which only transcribes."""
_OTHER_TYPES = frozenset({"function", "mcp", "object", "array", "string", "number", "integer", "boolean"})
"""What a tool or a JSON Schema in a file of its own says of its type."""
_TELLING = frozenset({"$extends", "$kind", "$partial", "$revision", "$target"})
"""Directives that make any file a profile."""
_REALTIME_MODELS = ("gpt-realtime", "gpt-4o-realtime", "gpt-4o-mini-realtime")
_OTHER_MODELS = ("gpt-", "o1", "o3", "o4", "chatgpt", "claude", "gemini")
"""How the names of models begin that the agents of other APIs have."""
_SPOKEN = frozenset({"audio", "voice", "output_modalities", "modalities", "turn_detection"})
_UNMISTAKABLE = frozenset(
    {
        "input_audio_format",
        "input_audio_noise_reduction",
        "input_audio_transcription",
        "max_response_output_tokens",
        "output_audio_format",
        "output_modalities",
    }
)
"""Settings of which one is enough to tell a session."""
_BESIDE_A_SESSION = frozenset({"type", "event_id", "session", "expires_after", "sdp"})
_HARDLY_MISSPELT = 0.87
"""How like a word must be to the type of a session where nothing else speaks for one."""
_CALL_KEYS = {"target_uri": "refer", "status_code": "reject"}
"""What is done with a call, by the one key that each body of this sort has."""


_FROM_SERVER = frozenset(
    {"session.created", "session.updated", "transcription_session.created", "transcription_session.updated"}
)
"""Events that hold a session and that only the server sends."""
_OTHER_EVENTS = ("response.", "conversation.", "input_audio_buffer.", "output_audio_buffer.")
"""How the names of events begin that are no business of a profile."""


class Recognised(NamedTuple):
    """The kind of a body, None where it has none that can be checked, and what is wrong with the body as a whole.

    `opaque` are the keys of parts that the shape of the kind says nothing of, as they have been judged or are judged
    apart. `flat` is the kind of the flat session that stands in `session`, where one does.
    """

    kind: str | None
    faults: tuple[Fault, ...] = ()
    opaque: tuple[str, ...] = ()
    flat: str | None = None


class Recogniser:
    """Knows sessions by their keys."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        realtime = kinds["realtime"]
        keys = frozenset(realtime.fields if isinstance(realtime, Record) else ()) - {"type"}
        self.session_keys = keys | _FLAT_KEYS | LIVE_KEYS.keys()

    def looks_like_session(self, data: dict[str, Any]) -> bool:
        """Whether a file that nobody named is worth checking: what it says is said by sessions and hardly elsewhere."""
        if not _TELLING.isdisjoint(data):
            return True
        said = data.get("type")
        if isinstance(said, str):
            if said in TYPED_KINDS or said in (_UPDATE, _BETA_UPDATE):
                return True
            if said in _OTHER_TYPES:
                return False
        if data.keys() == {"target_uri"}:  # `status_code` alone stands in the files of other programs as well
            return True
        if "messages" in data or isinstance(data.get("input"), (str, list)):  # Chat Completions, Responses, speech
            return False
        return self._looks_like_envelope(data) or self._looks_like_settings(data) or _says_nearly(data)

    def _looks_like_envelope(self, data: dict[str, Any]) -> bool:
        """Whether something carries a session, which may leave more unsaid the less there is beside it."""
        session = data.get("session")
        if not isinstance(session, dict):
            return False
        known = len(session.keys() & self.session_keys)
        alone = data.keys() <= _BESIDE_A_SESSION
        return known > 1 or (alone and known > 0) or self.looks_like_session(session)

    def _looks_like_settings(self, data: dict[str, Any]) -> bool:
        """Whether settings are those of a session that does not say its type."""
        model, audio = data.get("model"), data.get("audio")
        known = data.keys() & self.session_keys
        spoken = not known.isdisjoint(_SPOKEN)
        if isinstance(model, str):
            if model.startswith(_REALTIME_MODELS) or (model.startswith("gpt-live") and len(known) > 1):
                return True
            if "tts" in model:
                return False
        if isinstance(audio, dict):
            sides = [audio[side] for side in ("input", "output") if side in audio]
            if any(isinstance(side, dict) for side in sides) or (len(known) > 1 and (sides or "instructions" in known)):
                return True
        detection = data.get("turn_detection")
        if isinstance(detection, dict) and detection.get("type") in ("server_vad", "semantic_vad"):
            return True
        if not _UNMISTAKABLE.isdisjoint(known) or ("turn_detection" in known and len(known) > 1):
            return True
        if "modalities" in known and len(known) > 1:
            return True
        # Agents of other APIs have instructions and tools as well, and name a model of theirs.
        other = isinstance(model, str) and model.startswith(_OTHER_MODELS) and not spoken
        return "instructions" in known and len(known) > 2 and not other  # noqa: PLR2004 - and two more

    def recognise(
        self,
        body: dict[str, Any],
        kind: str | None = None,
        *,
        target: str = TARGETS[0],
        partial: bool = False,
        revision: str | None = None,
    ) -> Recognised:
        """The kind of a body; `kind` is what the user says it is, and then it is that.

        A `partial` body need not say what it is. What is flat counts as such where the flat shape is spoken: at
        Azure's preview endpoints, which take nothing else, and at OpenAI's until a `revision` (an ISO date).
        """
        before = target == TARGETS[0] and revision is not None and revision < BETA_INTERFACE
        if body.get("type") == _BETA_UPDATE and kind is None:
            if target == FLAT_TARGET or before:
                return self._flat_event(body, "transcription-beta", only=target == FLAT_TARGET, partial=partial)
            return Recognised(None, (_beta_event(),))
        event = _event(body) if kind in (None, "session-update") else None
        if event is not None:
            return Recognised(None, (event,))
        if kind is not None and (wrapped := self._wrapped(kind, body)) is not None:
            return Recognised(None, (wrapped,))
        if target == FLAT_TARGET:
            return self._where_only_flat(body, kind, partial=partial)
        found = kind or self.kind(body)
        if found is None:
            return Recognised("realtime") if partial else Recognised(None, (_no_session(body),))
        key = KINDS[found].carries
        session = body if key is None else body.get(key)
        path: Path = () if key is None else (key,)
        if key is not None and key not in body and not self.session_keys.isdisjoint(body):
            return Recognised(None, (self._unwrapped(found, body),))
        if isinstance(session, dict) and found not in FLAT_KINDS.values():
            whole = _doubled(session, path) if key else None
            whole = whole or _other_api(session, path, named=target == TARGETS[0])
            if whole is None:
                whole = _flat(session, path)
                if whole is not None and before and kind is None and key is None:
                    return Recognised(flat_kind(session))
                if whole is not None and before and found == "session-update":
                    return self._flat_event(body, "realtime-beta", only=False, partial=partial)
            if whole is not None:
                return Recognised(found, (whole,), (key,)) if key else Recognised(None, (whole,))
        return Recognised(found)

    def _where_only_flat(self, body: dict[str, Any], kind: str | None, *, partial: bool) -> Recognised:
        """The kind of a body for an endpoint that takes the flat shape and no other.

        Bodies that it has no endpoint for stay unread.
        """
        found = kind or self.kind(body)
        flat = not self._flat_keys().isdisjoint(body)
        if found is None and not flat and not partial:
            return Recognised(None, (_no_session(body, "instructions", "voice", "modalities"),))
        if found is None or (found == "client-secret" and flat and kind is None and "session" not in body):
            found = "realtime"
        if found == "session-update":
            return self._flat_event(body, "realtime-beta", only=True, partial=partial)
        key = KINDS[found].carries
        session = body if key is None else body.get(key)
        faults = tuple(_not_flat(session, () if key is None else (key,))) if isinstance(session, dict) else ()
        if faults:
            return Recognised(None, faults)
        if kind is not None:
            named = FLAT_KINDS.get(kind, kind)
            return Recognised(named if named in FLAT_KINDS.values() else None)
        return Recognised(flat_kind(body) if found in (*FLAT_KINDS, "translation") else None)

    def _flat_event(self, body: dict[str, Any], kind: str, *, only: bool, partial: bool) -> Recognised:
        """An update with a flat session of a kind; where `only` such are taken, one in today's shape is a finding.

        `transcription_session.update` is shaped like `session.update`, whose place it takes.
        """
        if "session" not in body and not self.session_keys.isdisjoint(body):
            return Recognised(None, (self._unwrapped("session-update", body, "session: {…}"),))
        session = body.get("session")
        opaque = ("type", "session") if body.get("type") == _BETA_UPDATE else ("session",)
        if not isinstance(session, dict):
            return Recognised("session-update", tuple(_no_changes(body, partial=partial)), opaque)
        doubled = _doubled(session, ("session",))
        if doubled is not None:
            return Recognised(None, (doubled,))
        faults = tuple(_not_flat(session, ("session",))) if only else ()
        return Recognised(None, faults) if faults else Recognised("session-update", (), opaque, kind)

    def _flat_keys(self) -> frozenset[str]:
        """Every key of a flat session."""
        shapes = [self.kinds[kind] for kind in FLAT_KINDS.values()]
        return frozenset(key for shape in shapes if isinstance(shape, Record) for key in shape.fields)

    def kind(self, body: dict[str, Any]) -> str | None:
        """The kind that a body says it is, or seems to be."""
        said = body.get("type")
        if said in TYPED_KINDS:
            return str(said)
        if said is None and _translates(body):
            return "translation"
        if "sdp" not in body and _translates(body.get("session")):
            return "translation-secret" if said is None else "translation-update"
        if said == _UPDATE or ("session" in body and "sdp" not in body and isinstance(said, str)):
            return "session-update"
        if "sdp" in body:
            return "call"
        if "session" in body or "expires_after" in body:
            return "client-secret"
        if not self.session_keys.isdisjoint(body):
            return _likelier(body)
        done = next((_CALL_KEYS[key] for key in _CALL_KEYS if key in body), None)
        if done is None and len(body.keys()) > 1:
            from callsheet.judge.stray import snake

            if not self.session_keys.isdisjoint(map(snake, body)):
                return "realtime"
        return done or next((kind for key, value in body.items() if (kind := _misspelt(key, value))), None)

    def _wrapped(self, kind: str, body: dict[str, Any]) -> Fault | None:
        """The one finding for a body that carries a session where somebody said that it is one."""
        found = self.kind(body)
        if found is None or KINDS[found].carries is None or KINDS[kind].carries is not None:
            return None
        if not isinstance(body.get("session"), dict):
            return None
        help_ = "name no kind (`--kind`, `$kind`), or keep only what stands in `session`"
        if kind in FLAT_KINDS.values() and found == "session-update":
            help_ += f"; with `--target {FLAT_TARGET}` a flat session is looked for in it"
        return rules.MISPLACED_KEY.fault(
            ("session",),
            f"this is a {_within(KINDS[found].title)}, and it was to be checked as a {_within(KINDS[kind].title)}",
            help_,
            "key",
        )

    def _unwrapped(self, kind: str, body: dict[str, Any], into: str = "session: {type: realtime, …}") -> Fault:
        """The one finding for settings of a session that stand where the session should."""
        settings = [key for key in body if key in self.session_keys]
        return rules.MISPLACED_KEY.fault(
            (settings[0],),
            f"the settings of a {KINDS[kind].title.lower()} stand in its `session`, which is missing",
            f"put {either(settings, 'and')} into `{into}`",
            "key",
        )


def _within(title: str) -> str:
    """The title of a kind within a sentence."""
    return title[:1].lower() + title[1:]


def _translates(session: Any) -> bool:
    """Whether something is a translation session, which has no `type` to say so."""
    if not isinstance(session, dict) or "type" in session:
        return False
    model, audio = session.get("model"), session.get("audio")
    heard = audio.get("output") if isinstance(audio, dict) else None
    return (isinstance(model, str) and model.startswith(_TRANSLATOR)) or (
        isinstance(heard, dict) and "language" in heard
    )


def _likelier(body: dict[str, Any]) -> str:
    """The likelier kind of a session that does not say: one with nothing but input to transcribe is no talk."""
    audio = body.get("audio")
    if isinstance(audio, dict) and audio.keys() == {"input"} and body.keys() <= {"audio", "include"}:
        given = audio["input"]
        if isinstance(given, dict) and "transcription" in given:
            return "transcription"
    return "realtime"


def _says_nearly(data: dict[str, Any]) -> bool:
    """Whether something says `typ: realtime` or `type: realtme`; `type: transaction` is another thing."""
    from difflib import SequenceMatcher

    said = data.get("type")
    if isinstance(said, str):
        word = said.lower()
        return any(
            abs(len(word) - len(kind)) < len(kind) and SequenceMatcher(None, word, kind).ratio() >= _HARDLY_MISSPELT
            for kind in TYPED_KINDS
        )
    return any(value in TYPED_KINDS and _misspelt(key, value) for key, value in data.items() if isinstance(value, str))


def _misspelt(key: str, value: Any) -> str | None:
    """The kind that somebody meant by `typ: realtime` or `type: realtme`."""
    from callsheet.nearest import nearest

    return nearest(value, TYPED_KINDS) if key == "session_type" or nearest(key, ("type",)) else None


def _no_session(body: dict[str, Any], *flat: str) -> Fault:
    """The one finding for a body that is none; `flat` are keys that would tell one where no `type` is taken."""
    start = "start with `type: realtime` (or `type: transcription`)"
    keys = "; a session has keys such as `model`, `instructions` and `audio`" if body else ""
    return rules.NO_SESSION.fault(
        (),
        "nothing here says that this is a session",
        f"a flat session has keys such as {either(flat, 'and')}" if flat else start + keys,
        "object",
    )


def _beta_event() -> Fault:
    return rules.BETA_SHAPE.fault(
        ("type",),
        f"`{_BETA_UPDATE}` is an event of the beta API, which was shut down on 2026-05-12",
        f"send `{_UPDATE}` with `session: {{type: transcription, …}}`, its settings below `audio.input`; "
        "`callsheet migrate` does that",
    )


def _event(body: dict[str, Any]) -> Fault | None:
    """The one finding for an event of the API that is no update of a session."""
    said = body.get("type")
    if not isinstance(said, str) or said == _UPDATE:
        return None
    if said in _FROM_SERVER:
        return rules.UNKNOWN_VALUE.fault(
            ("type",),
            f"`{said}` comes from the server and is not sent to it",
            f"to change the session send `{_UPDATE}` with `session: {{type: realtime, …}}` and your own settings",
        )
    if said.startswith(_OTHER_EVENTS) and said.replace(".", "_").isidentifier():
        return rules.UNKNOWN_VALUE.fault(
            ("type",),
            f"`{said}` is another event of the API; callsheet checks sessions and `{_UPDATE}`",
            f"to change the session send `{_UPDATE}` with `session: {{type: realtime, …}}`",
        )
    return None


def _doubled(session: dict[str, Any], path: Path) -> Fault | None:
    """The one finding for a session inside a session."""
    if not isinstance(session.get("session"), dict):
        return None
    return rules.MISPLACED_KEY.fault(
        (*path, "session"),
        "`session` stands inside `session`",
        "keep one of the two: its `type` and its settings stand directly in `session`",
        "key",
    )


def _other_api(session: dict[str, Any], path: Path, *, named: bool) -> Fault | None:
    """The one finding for a body that is meant for GPT-Live; a deployment is `named` as its owner likes."""
    model = session.get("model")
    key = next((name for name in LIVE_KEYS if name in session), None)
    if named and isinstance(model, str) and model.startswith("gpt-live"):
        from callsheet.facts.model import is_live

        key = "model" if is_live(model) else key
    if key is None:
        return None
    return rules.LIVE_SESSION.fault(
        (*path, key),
        "this is a GPT-Live body; GPT-Live is another API (`/v1/live`), and no Realtime session",
        "for the Realtime API take a model such as `gpt-realtime-2.1` and the keys of `callsheet schema realtime`",
        "value" if key == "model" else "key",
    )


def _not_flat(session: dict[str, Any], path: Path) -> Iterator[Fault]:
    """The one finding for a body in today's shape where only the flat one is taken."""
    key = next((name for name in session if name in _NESTED_KEYS), None)
    if key is not None:
        yield rules.FLAT_TARGET.fault(
            (*path, key),
            f"an endpoint of Azure's preview takes the flat beta shape only, and refuses `{key}`",
            "drop `$target: azure-preview` if the session runs at `/openai/v1/realtime`; else write the flat shape",
            "key",
        )


def _no_changes(body: dict[str, Any], *, partial: bool) -> Iterator[Fault]:
    """What is wrong with an update without a flat session in it."""
    help_ = "write `session: {…}` with the settings that change"
    session = body.get("session")
    if "session" not in body:
        if not partial:
            yield rules.MISSING_KEY.fault((), "`session` is missing", help_, "object")
    elif session is not UNREADABLE:
        rule = rules.NULL if session is None else rules.WRONG_TYPE
        yield rule.fault(("session",), f"`session` must be a mapping, not {a_kind(session)}", help_)


def flat_kind(session: dict[str, Any]) -> str:
    """The likelier kind of a flat session: one that asks for nothing but a transcript is no talk."""
    secret = session.get("client_secret")
    asks = "input_audio_transcription" in session or "include" in session
    keys = set(session) - {"modalities"}  # which both kinds have
    if isinstance(secret, dict) and "expires_at" in secret:  # where the other kind says `expires_after`
        keys, asks = keys - {"client_secret"}, True
    return FLAT_KINDS["transcription" if asks and keys <= _WRITTEN_DOWN else "realtime"]


def _flat(session: dict[str, Any], path: Path) -> Fault | None:
    """The one finding for a whole body in the shape of the beta API."""
    flat = [key for key in session if key in _FLAT_KEYS]
    if not flat or session.get("type") in TYPED_KINDS or isinstance(session.get("audio"), dict):
        return None
    kind = "`type: realtime`"
    if _WRITTEN_DOWN.issuperset(session):
        kind += " (or `type: transcription`)"
    said = session.get("type")
    add = f"write {kind} in place of `type: {said}`" if isinstance(said, str) and said.isidentifier() else f"add {kind}"
    moved = ", ".join(f"`{key}` → `{BETA_KEYS[key].path}`" for key in flat)
    return rules.BETA_SHAPE.fault(
        (*path, flat[0]),
        "this is the flat shape of the beta API, which was shut down on 2026-05-12",
        f"{add} and move {moved}; `callsheet migrate` does that",
        "key",
        None if _WRITTEN_DOWN.issuperset(session) else _nested(session, flat, path),
    )


def _nested(session: dict[str, Any], flat: list[str], path: Path) -> Fix | None:
    """A flat session in today's shape; None where a value says too little."""
    from callsheet.judge.beta import moved
    from callsheet.patch import Fix, Put

    moves = [moved((*path, key), session[key]) for key in flat]
    if not all(moves):
        return None
    changes = (Put((*path, "type"), "realtime", first=True), *chain.from_iterable(moves))
    return Fix("write today's shape", changes, "unsafe")
