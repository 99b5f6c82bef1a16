"""Every setting of a session: what it is, and where that was decided."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from callsheet.facts.absence import ABSENT, IMPLIED, NULL
from callsheet.facts.model import MODELS
from callsheet.pointer import to_dotted
from callsheet.redact import mask
from callsheet.shape.shape import Either, Entries, Field, Record, Tagged, fits
from callsheet.source.secret import HIDDEN, masked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from callsheet.pointer import Path
    from callsheet.resolved import Resolved
    from callsheet.shape.shape import Shape
    from callsheet.source.node import Node

    Origin: TypeAlias = Literal["here", "inherited", "included", "default", "unset"]


class Spot(NamedTuple):
    """A line of a file."""

    path: str
    line: int


class Setting(NamedTuple):
    """One setting of a session, with a value that may be shown.

    Its `origin` is "here" for the profile's own file, "inherited" for a profile that it extends, "included" for a file
    that stands for a value, "default" for what the API does by itself, and "unset" where no source says what it does.
    `spot` is where it was written. `means` puts null, or the lack of a value, into words.
    """

    path: Path
    origin: Origin
    value: Any = None
    spot: Spot | None = None
    means: str | None = None

    @property
    def name(self) -> str:
        """The path as the API writes it, without what looks like a credential in a key."""
        return to_dotted(tuple(mask(step) if isinstance(step, str) else step for step in self.path))

    @property
    def is_set(self) -> bool:
        """Whether somebody wrote it down."""
        return self.spot is not None


def settings(profile: Resolved) -> list[Setting]:
    """Every setting that a session of its kind has, in the order of the API; of an update, those that it changes."""
    shape = profile.session_shape
    if shape is None:
        return []
    found = _Lister(profile).record(shape, profile.session_node, ())
    return [setting for setting in found if setting.is_set or not profile.is_update]


def envelope(profile: Resolved) -> list[Setting]:
    """The settings that a body holds beside its session."""
    if profile.shape is None or not profile.at:
        return []
    beside = profile.shape._replace(fields={k: v for k, v in profile.shape.fields.items() if k not in profile.at})
    found = _Lister(profile).record(beside, profile.root, ())
    return [setting for setting in found if setting.path[:1] != profile.at]


class _Lister:
    """Walks a shape and what a profile sets of it, side by side."""

    def __init__(self, profile: Resolved) -> None:
        self.text = profile.text
        self.bases = profile.bases
        self.kind = profile.session_kind or ""
        model = profile.session.get("model")
        known = MODELS.get(model) if isinstance(model, str) and profile.target == "openai" else None
        self.cannot_reason = known is not None and known.reasoning is False
        self.top: Any = None

    def record(self, shape: Record, node: Node | None, path: Path) -> Iterator[Setting]:
        """The settings of one object; without a node, of one that is not there but counts."""
        if self.top is None and node is not None:
            self.top = masked(node.value)
        members = node.children if node is not None and isinstance(node.children, dict) else {}
        for key, field in shape.fields.items():
            child = members.get(key)
            if child is not None:
                yield from self.present(field.shape, child, (*path, key))
            else:
                yield from self.absent(field, (*path, key))
        for key, child in members.items():
            if key not in shape.fields and (path or not key.startswith(("$", "x-"))):
                yield self.leaf(child, (*path, key))

    def present(self, shape: Shape | None, node: Node, path: Path) -> Iterator[Setting]:
        """What is written at a path: as many settings as it has parts with a name."""
        if isinstance(shape, Either):
            shape = next((option for option in shape.options if fits(option, node.value)), None)
        if isinstance(node.children, dict) and "$env" not in node.children and "$file" not in node.children:
            if isinstance(shape, Tagged):
                tag = node.value.get(shape.tag)
                shape = shape.variants.get(tag) if isinstance(tag, str) else None
            if isinstance(shape, Record):
                yield from self.record(shape, node, path)
                return
            if isinstance(shape, Entries) and node.children:
                for key, child in node.children.items():
                    yield from self.present(shape.values, child, (*path, key))
                return
        yield self.leaf(node, path)

    def leaf(self, node: Node, path: Path) -> Setting:
        """One value that is written down."""
        origin: Origin = "here"
        if node.text is not self.text:
            origin = "inherited" if node.text in self.bases else "included"
        means = NULL.get(to_dotted(path)) if node.value is None else None
        spot = Spot(node.text.path, node.text.location(node.start).line)
        return Setting(path, origin, self.shown(path), spot, means)

    def shown(self, path: Path) -> Any:
        """The value at a path as it may be shown."""
        found = self.top
        for step in path:
            name = mask(step) if isinstance(step, str) else step
            if not isinstance(found, dict) or name not in found:
                return HIDDEN
            found = found[name]
        return found

    def absent(self, field: Field, path: Path) -> Iterator[Setting]:
        """What counts where nothing is written."""
        name = to_dotted(path)
        implied = IMPLIED.get(self.kind, {}).get(name)
        if implied is not None and isinstance(field.shape, Tagged):
            yield from self.implied(field.shape, implied, path)
        elif name == "reasoning" and self.cannot_reason:
            yield Setting(path, "default", None, None, "not for this model")
        elif field.default is not None:
            yield Setting(path, "default", field.default)
        elif isinstance(field.shape, Record) and field.null == "no" and not _names_itself(field.shape):
            yield from self.record(field.shape, None, path)
        elif name in ABSENT:
            yield Setting(path, "default", None, None, ABSENT[name].means)
        else:
            yield Setting(path, "unset")

    def implied(self, shape: Tagged, value: dict[str, Any], path: Path) -> Iterator[Setting]:
        """What the service sets up by itself, with the defaults that come with it."""
        variant = shape.variants[value[shape.tag]]
        for key, field in variant.fields.items():
            if key in value:
                yield Setting((*path, key), "default", value[key])
            else:
                yield from self.absent(field, (*path, key))


def _names_itself(shape: Record) -> bool:
    """Whether an object cannot be there in part: something in it has to be given."""
    return any(field.required for field in shape.fields.values())


def value_of(setting: Setting) -> str:
    """The value in words: as YAML has it in one line, or what it means that there is none."""
    if setting.value is None:
        if setting.is_set:
            return f"null ({setting.means})" if setting.means else "null"
        return setting.means or "-"
    if setting.path == ("tools",) and isinstance(setting.value, list):
        count = len(setting.value)
        return f"{count} tool{'s' * (count != 1)}" if count else "none"
    return flow(setting.value)


def flow(value: Any) -> str:
    """A value in one line; a text without quotes."""
    if isinstance(value, str):
        return value or '""'
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or "[]"
    return json.dumps(value, ensure_ascii=False, default=str)
