"""Named tuples that are defined in next to no time: `typing.NamedTuple` to a type checker, and like it in use.

A run defines some fifty of them and makes instances of half. `typing` would compile a constructor for each, look into
every annotation, and take as long to import as it takes to check ten profiles. Here all share one constructor.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NamedTuple
else:
    from collections import _tuplegetter as _getter

    _new = tuple.__new__

    class _Values(tuple):
        """What all named tuples have in common.

        Each has `_fields` and `_field_defaults` of its own, and for speed `_usual`, the defaults alone.
        """

        __slots__ = ()

        def __new__(cls, *values: Any, **named: Any) -> Any:
            lacking = len(cls._fields) - len(values)
            if named or lacking:
                values += _rest(cls, lacking, named)
            return _new(cls, values)

        def _replace(self, **changed: Any) -> Any:
            """A copy in which some fields have other values."""
            return type(self)(**{**self._asdict(), **changed})

        __replace__ = _replace  # what `copy.replace` of Python 3.13 asks for

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Any:
            """An instance with all values in order."""
            return cls(*values)

        def _asdict(self) -> dict[str, Any]:
            """The values by field."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            said = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({said})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _rest(cls: type, lacking: int, named: dict[str, Any]) -> tuple[Any, ...]:
        """The last values of an instance, by name or as they are by default. Raises TypeError if they do not fit."""
        usual = cls._usual
        if not named and 0 < lacking <= len(usual):
            return usual[-lacking:]
        left = cls._fields[-lacking:] if lacking > 0 else ()
        if lacking < 0 or sum(map(named.__contains__, left)) < len(named):
            raise TypeError(f"{cls.__name__}() takes {', '.join(cls._fields)}, each once")
        whole = cls._field_defaults | named
        try:
            return tuple([whole[field] for field in left])
        except KeyError as error:
            raise TypeError(f"{cls.__name__}() lacks {error}") from None

    class _Maker(type):
        """Makes the class, so that it is an ordinary one from then on."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            getters = {field: _getter(place, None) for place, field in enumerate(fields)}
            own = {"_fields": fields, "_field_defaults": defaults, "_usual": tuple(defaults.values())}
            return type(name, (_Values,), {**body, "__slots__": (), "__match_args__": fields, **own, **getters})

    class NamedTuple(metaclass=_Maker):
        """The base that a named tuple names; it is none of the bases that it then has."""


__all__ = ["NamedTuple"]
