"""What rules can ask for: the parts of a session under the names that checks give their parameters.

Each attribute is None where the session has none of it, or has it in another shape than the API takes
(which is a finding of its own): a check is only run when nothing it asks for is None.
"""

from __future__ import annotations

from functools import cached_property

from callsheet.facts.model import MODELS
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.rules.json_schema import is_plain, parameters_of, subschemas
from callsheet.shape.directive import begins_as_placeholder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    from callsheet.facts.model import Model
    from callsheet.facts.transcription_model import TranscriptionModel
    from callsheet.pointer import Path
    from callsheet.rules.json_schema import Parameters, Subschema

    Catalogue: TypeAlias = Mapping[str, Model] | Mapping[str, TranscriptionModel]
    Names: TypeAlias = list[tuple[Path, str, Catalogue]]


class Subject:
    """A session and its circumstances.

    `body` is the whole document without its directives, `session` the session in it, `kind` the kind of the
    session, `today` an ISO date, `revision` the one to check against (None: the newest). Of a session that `is_part` of
    others, nobody knows here what they add. An `update` changes what it names in a session that is open, and leaves the
    rest as it was. `content` is the text that all of the session comes from, None where it comes from several.
    """

    def __init__(
        self,
        body: dict[str, Any],
        session: dict[str, Any],
        kind: str,
        *,
        target: str = "openai",
        today: str = "9999-12-31",
        revision: str | None = None,
        is_part: bool = False,
        update: bool = False,
        content: str | None = None,
    ) -> None:
        self.body = body
        self.session = session
        self.kind = kind
        self.target = target
        self.today = today
        self.revision = revision
        self.is_part = is_part
        self.update = update
        self.content = content

    @property
    def as_of(self) -> str:
        """The day on which names are to be alive: today, or that of an older revision."""
        return self.today if self.revision is None else min(self.today, self.revision)

    def value(self, *path: str) -> Any:
        """The value at a path of the session, None where there is none."""
        found: Any = self.session
        for key in path:
            if type(found) is not dict:
                return None
            found = found.get(key)
        return found

    def text(self, *path: str) -> str | None:
        """The text at a path; a placeholder in quotes names nothing."""
        found = self.value(*path)
        return found if isinstance(found, str) and not begins_as_placeholder(found) else None

    def mapping(self, *path: str) -> dict[str, Any] | None:
        """The mapping at a path; one that stands for a value from elsewhere is none."""
        found = self.value(*path)
        return found if isinstance(found, dict) and "$file" not in found and "$env" not in found else None

    @cached_property
    def model(self) -> str | None:
        """The model that talks, by name."""
        return self.text("model")

    @cached_property
    def known_model(self) -> Model | None:
        """What is known of it. On Azure a model is the name of a deployment, of which nothing is known."""
        return MODELS.get(self.model) if self.model is not None and self.target == "openai" else None

    @cached_property
    def names(self) -> Names | None:
        """Every model that is named, with its path and the catalogue it should be in.

        In a session that only transcribes, `model` at the top is a finding by itself.
        """
        names: Names = []
        if self.model is not None and self.kind == "realtime":
            names.append((("model",), self.model, MODELS))
        if self.transcription_model is not None:
            names.append((("audio", "input", "transcription", "model"), self.transcription_model, TRANSCRIPTION_MODELS))
        return names or None

    @cached_property
    def transcription(self) -> dict[str, Any] | None:
        """`audio.input.transcription`."""
        return self.mapping("audio", "input", "transcription")

    @cached_property
    def transcription_model(self) -> str | None:
        """The transcription model, by name."""
        return self.text("audio", "input", "transcription", "model")

    @cached_property
    def voice(self) -> str | None:
        """The voice, by name."""
        return self.text("audio", "output", "voice")

    @cached_property
    def tools(self) -> list[tuple[Path, dict[str, Any]]] | None:
        """Every tool that is a mapping, with its path; None where the list itself is missing."""
        found = self.value("tools")
        if not isinstance(found, list):
            return None
        return [(("tools", index), tool) for index, tool in enumerate(found) if isinstance(tool, dict)]

    @cached_property
    def functions(self) -> list[tuple[Path, dict[str, Any]]] | None:
        """The function tools among them; where there are no others, a tool need not say that it is one."""
        if self.tools is None:
            return None
        unsaid = "function" if self.kind == "realtime-beta" else None
        return [entry for entry in self.tools if entry[1].get("type", unsaid) == "function"] or None

    @cached_property
    def parameters(self) -> list[Parameters] | None:
        """The parameters of every function."""
        return None if self.functions is None else list(parameters_of(self.functions)) or None

    @cached_property
    def schemas(self) -> list[Subschema] | None:
        """Every JSON Schema in those parameters that are worth a closer look, at every depth."""
        if self.parameters is None:
            return None
        odd = [parameters for parameters in self.parameters if not is_plain(parameters.schema)]
        return [schema for parameters in odd for schema in subschemas(parameters)] or None

    @cached_property
    def servers(self) -> list[tuple[Path, dict[str, Any]]] | None:
        """The MCP servers among them."""
        return None if self.tools is None else [entry for entry in self.tools if entry[1].get("type") == "mcp"] or None

    @cached_property
    def tool_choice(self) -> str | dict[str, Any] | None:
        """`tool_choice`, a word or a mapping."""
        found = self.value("tool_choice")
        return found if isinstance(found, (str, dict)) else None

    @cached_property
    def prompt(self) -> dict[str, Any] | None:
        """The prompt template."""
        return self.mapping("prompt")

    @cached_property
    def prose(self) -> str:
        """A text that has all texts of the session in it, if with line breaks for spaces: what it lacks, they lack."""
        if self.content is not None and ("\\" not in self.content or not any(map(self.content.__contains__, _ESCAPED))):
            return self.content
        return "\n".join(strings_in(self.session))


_ESCAPED = ("\\x", "\\u", "\\U", "\\/", "\\\n", "\\\r")
"""How a letter is written in a text where it does not stand as it is, and how a word goes on in the next line."""


def strings_in(value: Any) -> list[str]:
    """Every text in a value; as deep as a document goes."""
    found: list[str] = []
    pending = [value]
    while pending:
        holder = pending.pop()
        for item in holder.values() if type(holder) is dict else holder:
            kind = type(item)
            if kind is str:
                found.append(item)
            elif kind is dict or kind is list:
                pending.append(item)
    return found


def texts_in(value: Any, path: Path = ()) -> list[tuple[Path, str]]:
    """Every text in a value that stands at a path, with the path of its own."""
    found: list[tuple[Path, str]] = []
    _collect(value, path, found)
    return found


def _collect(value: Any, path: Path, found: list[tuple[Path, str]]) -> None:
    kind = type(value)
    if kind is str:
        found.append((path, value))
    elif kind is dict:
        for key, item in value.items():
            _collect(item, (*path, key), found)
    elif kind is list:
        for index, item in enumerate(value):
            _collect(item, (*path, index), found)
