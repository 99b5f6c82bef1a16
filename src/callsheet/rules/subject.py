"""What rules can ask for: the parts of a session under the names that checks give their parameters.

Each attribute is None where the session does not have it, or has it in another shape than the API takes
(which is a finding of its own): a check is only run when nothing it asks for is None.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from callsheet.facts.model import MODELS
from callsheet.rules.json_schema import parameters_of, subschemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.facts.model import Model
    from callsheet.pointer import Path
    from callsheet.rules.json_schema import Parameters, Subschema


class Subject:
    """A session and its circumstances.

    `body` is the whole document without its directives, `session` the session in it, `kind` the kind of the
    session, `today` an ISO date, `revision` the one to check against (None: the newest). An `update` changes what it
    names in a session that is open, and leaves the rest as it was.
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
        update: bool = False,
    ) -> None:
        self.body = body
        self.session = session
        self.kind = kind
        self.target = target
        self.today = today
        self.revision = revision
        self.update = update

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
        """The text at a path."""
        found = self.value(*path)
        return found if isinstance(found, str) else None

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
        return [entry for entry in self.tools if entry[1].get("type", unsaid) == "function"]

    @cached_property
    def parameters(self) -> list[Parameters] | None:
        """The parameters of every function."""
        return None if self.functions is None else list(parameters_of(self.functions))

    @cached_property
    def schemas(self) -> list[Subschema] | None:
        """Every JSON Schema in them, at every depth."""
        if self.parameters is None:
            return None
        return [schema for parameters in self.parameters for schema in subschemas(parameters)]

    @cached_property
    def servers(self) -> list[tuple[Path, dict[str, Any]]] | None:
        """The MCP servers among them."""
        return None if self.tools is None else [entry for entry in self.tools if entry[1].get("type") == "mcp"]

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
    def texts(self) -> list[tuple[Path, str]]:
        """Every text of the session with its path, keys left out."""
        return list(_texts(self.session, ()))


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case str():
            yield path, value
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*path, key))
        case list():
            for index, item in enumerate(value):
                yield from _texts(item, (*path, index))
