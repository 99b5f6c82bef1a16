"""Strategies for profiles as people write them: text with comments and directives, in one file or in several."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from callsheet.lint import Linter, Options
from callsheet.pointer import to_dotted
from callsheet.rules import secret
from callsheet.shape.directive import takes_data, takes_text
from callsheet.shape.kind import TYPED_KINDS
from callsheet.testing.site import sites
from callsheet.testing.valid import at, path_of, sessions, shape_of
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from random import Random
    from typing import TypeAlias

    from hypothesis.strategies import SearchStrategy

    from callsheet.testing.site import Site

    Data: TypeAlias = dict[str, Any]

_FOLDERS = ("", "bases", "prompts", "a/b/c", "Größe 1", "it's")
_OVERRULED = "what the profile itself says otherwise"
_CREDENTIALS = (secret.LITERAL_CREDENTIAL.code, secret.CREDENTIAL_IN_URL.code)
_INDENTS = (None, 2, 4, "\t")


class Profile(NamedTuple):
    """A profile as text: its `files` by their paths, which one of them it is, and the body that it comes to.

    Paths are relative to the project's folder, with `/` between folders.
    """

    files: dict[str, str]
    path: str
    body: dict[str, Any]
    kind: str

    @property
    def text(self) -> str:
        """The text of the profile's own file."""
        return self.files[self.path]

    def write(self, folder: Path) -> Path:
        """Write all files into the folder of a project; returns the path of the profile."""
        for name, text in self.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())  # as it is, its line ends among it
        return folder / self.path


def profiles(
    kind: str = "realtime", revision: str | None = None, model: str | None = None, *, single: bool = False
) -> SearchStrategy[Profile]:
    """Profiles that lint clean of errors, in YAML and JSON; all that is said of `sessions` holds for their bodies.

    Some build on others by `$extends`, drop what they inherit by `$unset`, or take texts and parts from a `$file`. With
    `single`, all of it stands in one file. Credentials come from variables of the environment, by `$env`.
    """
    bodies = sessions(kind, revision, model).map(lambda body: _without_credentials(body, kind, revision))
    return bodies.flatmap(lambda body: written(body, kind, revision, single=single))


def _without_credentials(body: Data, kind: str, revision: str | None) -> Data:
    """The body as it may stand in a file: what is secret comes from the environment."""
    linter = Linter(Options(kind, revision=revision, selected=frozenset(_CREDENTIALS)))
    for number, fault in enumerate(linter.body(body)):
        body = _replaced(body, path_of(fault), {"$env": f"SECRET_{number}"})
    return body


@st.composite
def written(
    draw: st.DrawFn, body: Data, kind: str, revision: str | None = None, *, single: bool = False, fits: bool = True
) -> Profile:
    """One body, written down as a profile.

    Of one that `fits` its shape parts may go into files by `$file`, and its `$kind` may be left out where it can be
    told. With `single`, all stands in one file in the order that it has.
    """
    layout = _Layout(draw)
    data = body
    if not single:
        data = _shuffled(data, draw)
        if fits:
            data = layout.included(data, kind, revision)
        data = layout.extended(data)
    named = not fits or kind not in TYPED_KINDS or draw(st.booleans())
    data = {**({"$kind": kind} if named else {}), **_directives(draw, revision), **data}
    path = layout.file("profile", data)
    return Profile(layout.files(), path, body, kind)


def text(data: Any, path: str, random: Random) -> str:
    """Data as YAML or JSON, by the end of its path, in one of many styles."""
    if not path.endswith(".json"):
        writer = Writer(random)
        return writer.document(data) if isinstance(data, dict) else writer.flow(data, 1) + "\n"
    indent = random.choice(_INDENTS)
    separators = random.choice(((",", ":"), (", ", ": "), (" , ", " : ")))
    content = json.dumps(data, indent=indent, separators=separators, ensure_ascii=random.random() < 1 / 2)
    return content.replace("\n", random.choice(("\n", "\r\n"))) + random.choice(("", "\n", " \n"))


def _directives(draw: st.DrawFn, revision: str | None) -> Data:
    """What stands beside the body, its kind aside: its revision, and notes."""
    said: Data = {} if revision is None else {"$revision": revision}
    if draw(st.booleans()):
        said["x-note"] = draw(st.sampled_from(["ask Anna", None, {"since": "spring"}, [1, 2]]))
    if draw(st.booleans()):
        said["$schema"] = "../schemas/latest/realtime.profile.schema.json"
    return said


def _shuffled(value: Any, draw: st.DrawFn) -> Any:
    """The same data with its keys in another order."""
    if isinstance(value, dict):
        return {key: _shuffled(value[key], draw) for key in draw(st.permutations(list(value)))}
    if isinstance(value, list):
        return [_shuffled(item, draw) for item in value]
    return value


class _Layout:
    """Files that come about while one profile is taken apart."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.random: Random = draw(st.randoms(use_true_random=False))
        self.contents: dict[str, Any] = {}
        self.surplus = 0

    def file(self, stem: str, content: Any, *, prose: bool = False) -> str:
        """The path of a new file with that content: prose, or data."""
        folder = self.draw(st.sampled_from(_FOLDERS))
        ending = self.draw(st.sampled_from((".md", ".txt") if prose else (".yaml", ".yml", ".json")))
        path = str(PurePosixPath(folder) / f"{stem}-{len(self.contents)}{ending}")
        self.contents[path] = content
        return path

    def files(self) -> dict[str, str]:
        """The texts of all files."""
        return {
            path: content if isinstance(content, str) else text(_leading(content, path), path, self.random)
            for path, content in self.contents.items()
        }

    def included(self, body: Data, kind: str, revision: str | None) -> Data:
        """The body, some parts of which have gone into files."""
        parts = [site for site in sites(shape_of(kind, revision), body) if site.path and _includable(site)]
        if not parts:
            return body
        for site in self.draw(st.lists(st.sampled_from(parts), max_size=2, unique_by=lambda site: site.path)):
            try:
                value = at(body, site.path)
            except LookupError:
                continue  # what it stands in has gone already
            prose = isinstance(value, str)
            path = self.file("part", value, prose=prose)
            body = _replaced(body, site.path, {"$file": _Leads(path)})
        return body

    def extended(self, data: Data) -> Data:
        """The data, part of which has gone into none, one or two bases."""
        names: list[_Leads] = []
        for _ in range(self.draw(st.integers(0, 2))):
            base, data, surplus = self.parted(data)
            if surplus:
                data = {**data, "$unset": list(dict.fromkeys([*data.get("$unset", ()), *surplus]))}
            names.append(_Leads(self.file("base", base)))  # the later counts more, and the profile most
            if self.draw(st.booleans()):  # and this base has bases
                self.contents[names[-1]] = self.extended(base)
        if not names:
            return data
        return {"$extends": names[0] if len(names) == 1 and self.draw(st.booleans()) else names, **data}

    def parted(self, data: Data, path: tuple[str, ...] = ()) -> tuple[Data, Data, list[str]]:
        """What goes into a base, what stays, and the paths of what the base has beyond the two."""
        base: Data = {}
        stays: Data = {}
        surplus: list[str] = []
        for key, value in data.items():
            where = self.draw(st.sampled_from(("base", "here", "overruled", "both")))
            if key.startswith("$") or where == "here":
                stays[key] = value
            elif where == "base":
                base[key] = value
            elif isinstance(value, dict) and value and not any(inner.startswith("$") for inner in value):
                base[key], stays[key], below = self.parted(value, (*path, key))
                surplus += below
            else:
                base[key] = _OVERRULED if where == "overruled" and not isinstance(value, dict) else value
                stays[key] = value
        if self.draw(st.integers(0, 3)) == 0:
            self.surplus += 1
            name = f"dropped_{self.surplus}"
            base[name] = {"left": 1}
            surplus.append(to_dotted((*path, name)))
        return base, stays, surplus


class _Leads(str):
    """The path of a file from the project's folder, to be written as it is seen from the file that names it."""

    __slots__ = ()


def _leading(value: Any, path: str) -> Any:
    if isinstance(value, _Leads):
        up = "../" * (len(PurePosixPath(path).parts) - 1)
        return up + value if up else f"./{value}"
    if isinstance(value, dict):
        return {key: _leading(item, path) for key, item in value.items()}
    if isinstance(value, list):
        return [_leading(item, path) for item in value]
    return value


def _includable(site: Site) -> bool:
    """Whether a file can stand for a value: prose where text is taken, data where an object or a list is."""
    if isinstance(site.value, str):
        plain = not site.value.startswith("\ufeff") and "\n" not in site.value  # which a file may lose
        return plain and takes_text(site.shape)
    return isinstance(site.value, (dict, list)) and takes_data(site.shape)


def _replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    step, *rest = path
    if isinstance(value, list):
        return [_replaced(item, tuple(rest), new) if index == step else item for index, item in enumerate(value)]
    return {key: _replaced(item, tuple(rest), new) if key == step else item for key, item in value.items()}
