"""What every part of a session is built from: a closed object whose fields carry their own facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

if TYPE_CHECKING:
    from typing_extensions import Self

T = TypeVar("T")

GA = "2025-09-02"
"""The first openai-python release with the GA surface (v1.103.0)."""


class Facts(NamedTuple):
    """What a field knows about itself beyond its type.

    `since` and `until` are revision dates: the field exists from the first on and is gone from the
    second on. `earlier` are periods of that sort before `since` in which it existed already. `added` and
    `removed` date single values of an enumeration; a value they do not name is as old as its field. `bounded`
    dates the bounds where they are younger than the field. `default` is what the API does when the field is
    absent. `unproven_null` marks a field for which the server itself prints null, while nobody has shown that
    it takes it. `needs` names what the model beside the field must be able to do: a flag of
    `callsheet.facts.model.Model` or `callsheet.facts.transcription_model.TranscriptionModel`.
    """

    since: str
    until: str | None = None
    earlier: tuple[tuple[str, str], ...] = ()
    bounded: str | None = None
    default: Any = None
    added: dict[str, str] | None = None
    removed: dict[str, str] | None = None
    unproven_null: bool = False
    source: str = "openai-python 3.51.0; OpenAPI f85dbe2"
    needs: str | None = None


class Known(NamedTuple):
    """Marks a string for which the API takes any name, while `catalogue` (of `callsheet.facts`) knows some."""

    catalogue: Literal["model", "transcription-model", "voice", "beta-voice"]


def field(  # one declaration holds all that is known of a field
    doc: str,
    *,
    since: str = GA,
    until: str | None = None,
    earlier: tuple[tuple[str, str], ...] = (),
    bounded: str | None = None,
    default: Any = None,
    added: dict[str, str] | None = None,
    removed: dict[str, str] | None = None,
    unproven_null: bool = False,
    source: str | None = None,
    needs: str | None = None,
    required: bool = False,
    examples: list[Any] | None = None,
    **constraints: Any,
) -> Any:
    """A field of the API: its documentation, its dates, its default, its bounds.

    `constraints` are pydantic's own (`ge`, `le`, `min_length`, `max_length`, `pattern`). A field that is not
    `required` is None until it is set; whether it was set is what `model_fields_set` says.
    """
    facts = Facts(since, until, earlier, bounded, default, added, removed, unproven_null, needs=needs)
    if source is not None:
        facts = facts._replace(source=source)
    unset: Any = ... if required else None
    return Field(
        unset,
        description=doc,
        examples=examples,
        json_schema_extra={"facts": facts},  # type: ignore[dict-item]  # kept as it is, read by `callsheet.shape`
        **constraints,
    )


def tag(value: str, doc: str, *, since: str = GA) -> Any:
    """The `type` of an object: one fixed word, always on the wire."""
    return Field(value, description=doc, json_schema_extra={"facts": Facts(since)})  # type: ignore[dict-item]


def refuse_null(value: Any) -> Any:
    """Refuse an explicit null where absence is the only way to say nothing."""
    if value is None:
        raise PydanticCustomError("null_not_allowed", "null is not allowed here; leave the field out instead")
    return value


def _integral(value: Any) -> Any:
    """24000.0 is the integer 24000 to JSON Schema, and so to us."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _refuse_untagged(value: Any) -> Any:
    if isinstance(value, dict) and "type" not in value:
        missing: InitErrorDetails = {"type": "missing", "loc": ("type",), "input": value}
        raise ValidationError.from_exception_data("object", [missing])
    return value


Maybe = Annotated[T | None, BeforeValidator(refuse_null)]
"""A field that may be absent and may not be null. Reads as None while it is absent."""

WHOLE = BeforeValidator(_integral)
"""Lets a number written with an empty fraction count as whole. Goes to the right of any bound."""

Integer = Annotated[int, WHOLE]
"""A whole number; one written with an empty fraction counts."""

Tagged = Annotated[T, BeforeValidator(_refuse_untagged)]
"""A tagged object inside another one where no discriminated union would miss its `type`."""


class Part(BaseModel):
    """A closed object of the API: unknown keys are refused, nothing is converted, absent is not null."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    tagged: ClassVar[bool] = False
    """Whether the object names its own kind in `type`."""

    def __init_subclass__(cls, *, tagged: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.tagged = tagged or cls.tagged

    def model_post_init(self, _context: Any, /) -> None:
        """Count the tag as set, so that `wire` never leaves it out."""
        if self.tagged:
            self.__pydantic_fields_set__.add("type")

    def wire(self) -> dict[str, Any]:
        """The body as it is sent: exactly what was set, null where null was set, and each object's `type`."""
        return self.model_dump(mode="json", exclude_unset=True, by_alias=True)

    @classmethod
    def from_wire(cls, body: Any) -> Self:
        """The model of a body as it would be sent, in which no `type` goes without saying.

        Raises pydantic.ValidationError.
        """
        return cls.model_validate(_refuse_untagged(body) if cls.tagged else body)
