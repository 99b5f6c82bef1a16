"""A profile that is ready to be sent: read, composed, checked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from callsheet.directives import split
from callsheet.lint import Linter, Options
from callsheet.pointer import from_dotted
from callsheet.project import Project
from callsheet.request import JSON, OPERATIONS, SDP, Part, Request, not_taken, path_of
from callsheet.rules.sending import REFUSED, UNSET_VARIABLE
from callsheet.said import one_line
from callsheet.selection import selection
from callsheet.shape.kind import KINDS, TYPED_KINDS
from callsheet.source.document import Document, read, read_data
from callsheet.template import Template, dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callsheet.diagnostic import Finding
    from callsheet.models import Part as Model
    from callsheet.pointer import Path
    from callsheet.request import Operation
    from callsheet.rules.rule import Rule
    from callsheet.source.node import Node
    from callsheet.source.text import Text
    from callsheet.template import Variable

_SECRETS_IN_DATA = ("literal-credential", "credential-in-url")
"""What is only wrong in a file: a program's own data may hold the credential itself."""


_AROUND = frozenset({"call_id", "event_id", "expires_after", "sdp"})
"""What goes out beside the session; a profile has it only where it is an envelope."""


class ProfileError(Exception):
    """A profile that cannot become a request; `findings` say why, each with its place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(map(one_line, self.findings)))


def load(path: str | os.PathLike[str], *, root: str | None = None, options: Options | None = None) -> Profile:
    """Read a profile with all that it builds on, and check it.

    `root` is the top folder of the project, which is found by itself else. Without `options` those count that the
    project configures. Raises OSError for a file that cannot be read, ProfileError for one that the API would not
    take, and ConfigurationError for a configuration with a fault.
    """
    name = os.fspath(path)
    with open(name, "rb") as file:
        raw = file.read()
    return from_bytes(name, raw, root=root, options=options)


def from_bytes(name: str, raw: bytes, *, root: str | None = None, options: Options | None = None) -> Profile:
    """A profile from what its file holds, for one that has been read already. Raises ProfileError as `load` does."""
    if options is None:
        from callsheet.config.choice import Choice

        options = Choice().options(name)
    return _checked(read(name, raw), Linter(options, Project(root)))


def profile(data: Mapping[str, Any], kind: str | None = None) -> Profile:
    """A profile of a body that a program holds as plain data.

    Raises ProfileError as `load` does, and TypeError for data of which no JSON can be made.
    """
    options = Options(kind, selected=selection(ignore=_SECRETS_IN_DATA))
    return _checked(read_data(data), Linter(options))


def refuse(findings: list[Finding]) -> None:
    """Raise ProfileError if one of the findings is an error."""
    if any(finding.severity == "error" for finding in findings):
        raise ProfileError(findings)


def _checked(document: Document, linter: Linter) -> Profile:
    judged = linter.judged(document)
    refuse(judged.findings)
    assert judged.root is not None  # noqa: S101 - or there would have been an error
    parts = split(judged.root.value)
    kind = linter.kind_of(parts)
    assert kind is not None  # noqa: S101 - likewise
    return Profile(document.text, judged.root, kind, parts.body, linter.target_of(parts), judged.findings)


class Profile:
    """A profile that the API takes, as far as anybody can tell without asking it.

    `path` is its file, `kind` what it is, `body` its data with everything that it builds on, as it is sent but for
    values from the environment, which stay `{"$env": …}`. `target` is where it says that its session runs, `findings`
    are the warnings. Each method gives a request; what comes from the environment is looked up at that moment, in
    `os.environ` or in the `environment` it is given. All raise ProfileError if a variable is missing, and ValueError
    if the endpoint takes no session of this kind.
    """

    def __init__(
        self, text: Text, root: Node, kind: str, body: dict[str, Any], target: str, findings: list[Finding]
    ) -> None:
        self.path = text.path
        self.kind = kind
        self.body = body
        self.findings = findings
        self._text = text
        self._root = root
        self.target = target
        self._partial = split(root.value).partial
        carried = KINDS[kind].carries
        self._at = () if carried is None else (carried,)
        session = body if carried is None else body.get(carried, {})
        self.session_kind = kind
        if carried is not None:
            self.session_kind = session["type"] if session.get("type") in TYPED_KINDS else KINDS[kind].holds
        self._session = Template(session)
        self._beside = Template({key: value for key, value in body.items() if self._at and key not in self._at})

    @property
    def session(self) -> Model:
        """The session as a pydantic model, with the values that the environment gives now."""
        import json

        from callsheet.shape.derive import model_of

        content = self.content(os.environ)
        return model_of(self.session_kind).from_wire(json.loads(content))

    def accept(self, call_id: str, *, environment: Mapping[str, str] = os.environ) -> Request:
        """The request that accepts an incoming phone call, by the id that the webhook brought."""
        return self.request("accept", call_id=call_id, environment=environment)

    def create(self, sdp: str | None = None, *, environment: Mapping[str, str] = os.environ) -> Request:
        """The request that begins a WebRTC call with a browser's SDP offer."""
        return self.request("create", sdp=sdp, environment=environment)

    def client_secret(self, ttl: int | None = None, *, environment: Mapping[str, str] = os.environ) -> Request:
        """The request for a client secret, good for `ttl` seconds: 10 to 7200, 600 unless the profile says."""
        return self.request("client-secret", ttl=ttl, environment=environment)

    def session_update(self, event_id: str | None = None, *, environment: Mapping[str, str] = os.environ) -> Request:
        """The `session.update` event, to be sent over the session's own WebSocket."""
        return self.request("session-update", event_id=event_id, environment=environment)

    def translation_client_secret(
        self, ttl: int | None = None, *, environment: Mapping[str, str] = os.environ
    ) -> Request:
        """The request for a client secret that opens a translation."""
        return self.request("translation-secret", ttl=ttl, environment=environment)

    def beta_session(self, *, environment: Mapping[str, str] = os.environ) -> Request:
        """The request to the retired `/realtime/sessions`."""
        return self.request("beta-session", environment=environment)

    def beta_transcription_session(self, *, environment: Mapping[str, str] = os.environ) -> Request:
        """The request to the retired `/realtime/transcription_sessions`."""
        return self.request("beta-transcription-session", environment=environment)

    def request(
        self,
        operation: str,
        *,
        call_id: str | None = None,
        sdp: str | None = None,
        ttl: int | None = None,
        event_id: str | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Request:
        """The request for an operation by its name in `callsheet.request.OPERATIONS`."""
        meant = OPERATIONS[operation]
        if self.session_kind not in meant.takes:
            raise ValueError(not_taken(meant, self.session_kind, KINDS[self.session_kind].title))
        if self._partial:
            raise ValueError("the profile says `$partial`: it is a base for others, and no whole session")
        path = path_of(meant, call_id)
        session = self.content(environment)
        variables = self._session.variables
        if meant.name == "create":
            parts = (Part("sdp", self._offer(sdp, environment), SDP), Part("session", session, JSON))
            return Request(meant, path, parts=parts, variables=variables, profile=self)
        if meant.envelope:
            around = self._around(meant, ttl, event_id, environment)
            session = dumps({**around, meant.envelope: None})[: -len("null}")] + session + b"}"
            variables = tuple(open_._replace(path=(meant.envelope, *open_.path)) for open_ in variables)
            variables += tuple(
                open_ for open_ in self._beside.variables if event_id is None and open_.path[0] in around
            )
        return Request(meant, path, content=session, variables=variables, profile=self)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What comes from the environment, with the places in the session where it goes."""
        return self._session.variables

    def finding(self, rule: Rule, path: Path, message: str, help_: str | None = None) -> Finding:
        """A finding about a value at a path of the session, in the file that it came from.

        What is not there is found at the nearest thing around it.
        """
        return self._pinned(rule, (*self._at, *path), message, help_)

    def refused(self, parameter: str, message: str) -> Finding | None:
        """The finding for a parameter that the service names, None if it is none of the profile.

        `session.tools[0].name` and `tools[0].name` are the same to the service.
        """
        path = from_dotted(parameter)
        if path[:1] == ("session",):
            return self.finding(REFUSED, path[1:], message)
        if path[:1] and path[0] in _AROUND:
            return self._pinned(REFUSED, path, message) if path[0] in self.body else None
        return self.finding(REFUSED, path, message)

    def _pinned(self, rule: Rule, path: Path, message: str, help_: str | None = None) -> Finding:
        from callsheet.compose import Composed
        from callsheet.pin import pin_composed

        node: Node | None = self._root
        for step in path:
            node = node and node.child(step)
        fault = rule.fault(path, message, help_, "object" if node is None else "value")
        composed = Composed(self._root, (), whole=True, links=(), bases=())
        return pin_composed([fault], self._text, composed, ())[0]

    def content(self, environment: Mapping[str, str] = os.environ) -> bytes:
        """The JSON of the session by itself, as every request carries it."""
        return self._filled(self._session, self._at, environment)

    def _filled(self, template: Template, at: Path, environment: Mapping[str, str]) -> bytes:
        try:
            return template.fill(environment)
        except KeyError:
            raise ProfileError(self._unset(open_, at) for open_ in template.missing(environment)) from None

    def _unset(self, variable: Variable, at: Path) -> Finding:
        message = f"the environment has no variable `{variable.name}`"
        help_ = f"export {variable.name} before you run this"
        return self._pinned(UNSET_VARIABLE, (*at, *variable.path), message, help_)

    def _given(self, environment: Mapping[str, str]) -> dict[str, Any]:
        """What an envelope holds beside the session."""
        import json

        given: dict[str, Any] = json.loads(self._filled(self._beside, (), environment))
        return given

    def _offer(self, sdp: str | None, environment: Mapping[str, str]) -> bytes:
        """The SDP offer, which an envelope may have brought."""
        offer = self._given(environment).get("sdp") if sdp is None else sdp
        if not isinstance(offer, str) or not offer.strip():
            raise ValueError("a WebRTC call needs the SDP offer of the browser")
        return offer.encode()

    def _around(
        self, operation: Operation, ttl: int | None, event_id: str | None, environment: Mapping[str, str]
    ) -> dict[str, Any]:
        """What the body holds beside the session."""
        given = self._given(environment) if self._at else {}
        if operation.name == "session-update":
            around = {"type": "session.update"}
            if event_id is not None or "event_id" in given:
                around["event_id"] = given["event_id"] if event_id is None else event_id
            return around
        if ttl is not None:
            return {"expires_after": {"anchor": "created_at", "seconds": _seconds(ttl)}}
        return {"expires_after": given["expires_after"]} if "expires_after" in given else {}


def _seconds(ttl: int) -> int:
    """The lifetime of a client secret. Raises ValueError for one that the API does not give."""
    from callsheet.lint import check

    found = check({"expires_after": {"anchor": "created_at", "seconds": ttl}}, "client-secret")
    if found:
        raise ValueError(found[0].message)
    return ttl
