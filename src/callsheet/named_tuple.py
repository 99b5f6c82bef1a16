"""Named tuples that are defined in next to no time: `typing.NamedTuple` to a type checker, and like it in use.

A run defines some fifty of them and makes instances of half. `typing` would compile a constructor for each at once,
look into every annotation, and take as long to import as it takes to check ten profiles.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:
    from collections import _tuplegetter as _getter

    class _Values(tuple):
        """What all named tuples have in common; each has `_fields` and `_field_defaults` of its own."""

        __slots__ = ()

        def __new__(cls, *values: Any, **named: Any) -> Any:
            """Make the first one of a class, which gets a constructor of its own for all that follow."""
            cls.__new__ = staticmethod(_constructor(cls._fields, cls._field_defaults))
            return cls(*values, **named)

        def _replace(self, **changed: Any) -> Any:
            """A copy in which some fields have other values."""
            return type(self)(**{**self._asdict(), **changed})

        def _asdict(self) -> dict[str, Any]:
            """The values by field."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            said = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({said})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _constructor(fields: tuple[str, ...], defaults: dict[str, Any]) -> Any:
        """What takes the fields by place and by name, as a method that somebody wrote would."""
        listed = "".join(f"{field}, " for field in fields)
        made = eval(f"lambda _cls, {listed}: _new(_cls, ({listed}))", {"_new": tuple.__new__})  # noqa: S307 - fields are identifiers
        made.__defaults__ = tuple(defaults.values())
        return made

    class _Maker(type):
        """Makes the class, so that it is an ordinary one from then on."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            getters = {field: _getter(place, None) for place, field in enumerate(fields)}
            own = {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            return type(name, (_Values,), {**body, **own, **getters})

    class NamedTuple(metaclass=_Maker):
        """The base that a named tuple names; it is none of the bases that it then has."""


__all__ = ["NamedTuple"]
