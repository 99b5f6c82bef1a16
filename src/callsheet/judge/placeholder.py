"""`{$file: PATH}` and `{$env: NAME}`: mappings that stand for a value which comes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.judge.say import a_kind, expected
from callsheet.pointer import to_dotted
from callsheet.rules import shape as rules
from callsheet.shape.shape import Choice, Flag, Number, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.diagnostic import Fault
    from callsheet.pointer import Path

_KEYS = {"$file": ("$file",), "$env": ("$env", "default")}


def is_placeholder(value: dict[str, Any]) -> bool:
    """Whether a mapping stands for a value that comes from a file or from the environment."""
    return "$file" in value or "$env" in value


def placeholder(shape: Shape, value: dict[str, Any], path: Path) -> Iterator[Fault]:
    """What is wrong with a placeholder where a shape is expected."""
    name = "$file" if "$file" in value else "$env"
    for key in value:
        if key not in _KEYS[name]:
            yield rules.UNKNOWN_KEY.fault(
                (*path, key), f"`{{{name}: …}}` has no key `{key}`", "remove it: the placeholder stands alone", "key"
            )
    target = value[name]
    if not isinstance(target, str) or not target:
        what = "the path of a file" if name == "$file" else "the name of a variable"
        yield rules.WRONG_TYPE.fault((*path, name), f"`{name}` takes {what} as text, not {a_kind(target)}")
    elif isinstance(shape, (Choice, Number, Flag)) or (name == "$env" and not _takes_text(shape)):
        yield rules.WRONG_TYPE.fault(
            path, f"`{to_dotted(path)}` cannot come from `{name}`, which gives text", f"write {expected(shape)} here"
        )


def _takes_text(shape: Shape) -> bool:
    return isinstance(shape, Text) or any(isinstance(option, Text) for option in getattr(shape, "options", ()))
