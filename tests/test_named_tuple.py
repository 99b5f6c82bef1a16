"""Named tuples of callsheet are those of `typing`, in all that anybody does with them."""

from __future__ import annotations

import copy
import pickle
from typing import Any, NamedTuple

import pytest

from callsheet import named_tuple


class Theirs(NamedTuple):
    """A place."""

    street: str
    number: int = 1
    others: tuple[Theirs, ...] = ()

    @property
    def door(self) -> str:
        """What stands at the door."""
        return f"{self.street} {self.number}"


class Ours(named_tuple.NamedTuple):
    """A place."""

    street: str
    number: int = 1
    others: tuple[Ours, ...] = ()

    @property
    def door(self) -> str:
        """What stands at the door."""
        return f"{self.street} {self.number}"


class Nothing(named_tuple.NamedTuple):
    """No field at all."""


@pytest.mark.parametrize(
    ("values", "named"),
    [(("a",), {}), (("a", 2), {}), (("a",), {"others": (1,)}), ((), {"number": 3, "street": "b"}), (("a", 1, ()), {})],
)
def test_it_is_made_and_read_as_theirs(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)
    assert tuple(ours) == tuple(theirs)
    assert ours == tuple(theirs)
    assert hash(ours) == hash(theirs)
    assert (ours.street, ours.number, ours.others, ours.door) == (
        theirs.street,
        theirs.number,
        theirs.others,
        theirs.door,
    )
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours._asdict() == theirs._asdict()
    assert ours._replace(number=9) == tuple(theirs._replace(number=9))
    assert type(ours._replace(number=9)) is Ours
    assert Ours._make(tuple(theirs)) == ours
    assert pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301 - written in this line
    assert type(copy.copy(ours)) is Ours
    match ours:
        case Ours(street, number):
            assert (street, number) == theirs[:2]


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a", 1, (), 4), {}), (("a",), {"street": "b"}), (("a",), {"town": "b"})],
    ids=["too few", "too many", "twice", "unknown"],
)
def test_what_is_no_field_is_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    for place in (Theirs, Ours):
        with pytest.raises(TypeError):
            place(*values, **named)


def test_what_is_said_of_the_class() -> None:
    assert (Ours._fields, Ours._field_defaults) == (Theirs._fields, Theirs._field_defaults)
    assert Ours.__match_args__ == Theirs.__match_args__
    assert (Ours.__doc__, Ours.__name__, Ours.__module__) == ("A place.", "Ours", __name__)
    assert type(Ours) is type
    assert issubclass(Ours, tuple)
    assert len(Nothing()) == 0


def test_no_field_can_be_set_and_none_added() -> None:
    ours: Any = Ours("a")
    for field in ("street", "town"):
        with pytest.raises(AttributeError):
            setattr(ours, field, "b")
    with pytest.raises(TypeError):
        ours._replace(town="b")


@pytest.mark.skipif(not hasattr(copy, "replace"), reason="copy.replace came with Python 3.13")
def test_a_copy_with_other_values_is_made_in_the_new_way_too() -> None:
    assert copy.replace(Ours("a"), number=2) == Ours("a", 2)  # type: ignore[attr-defined]  # of Python 3.13
