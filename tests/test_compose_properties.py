"""Any profiles that build on each other come to what their data come to, merged, and every value knows its place."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import assume, event, given
from hypothesis import strategies as st
from writing import DATA, RANDOMS, styled

from callsheet.compose import compose
from callsheet.lint import Linter, Options
from callsheet.project import Project
from callsheet.source.document import read, read_text
from callsheet.source.text import Text
from callsheet.testing import sessions
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from random import Random

    from callsheet.compose import Composed

Plain = dict[str, Any]
LINTER = Linter(Options(today="2026-11-20"))
FOLDERS = ("", "lines/", "lines/de/")
PROSE = ("instructions", "description")
OWN = {"$extends", "$unset", "$partial", "$schema"}
"""What a file says of itself alone."""


# the same in plain data


def plainly_merged(base: Any, over: Any, *, at_top: bool = False) -> Any:
    """Mappings merge, everything else replaces, and null is a value; a placeholder is one value."""
    for side in (base, over):
        if not isinstance(side, dict) or (not at_top and ("$file" in side or "$env" in side)):
            return over
    both = dict(base)
    for key, value in over.items():
        both[key] = plainly_merged(both[key], value) if key in both else value
    return both


def plainly_resolved(name: str, profiles: dict[str, Plain], bases: dict[str, list[str]]) -> Plain:
    inherited: Plain = {}
    for base in bases[name]:
        below = plainly_resolved(base, profiles, bases)
        below = {key: value for key, value in below.items() if key not in OWN}
        inherited = plainly_merged(inherited, below, at_top=True)
    own = profiles[name]
    for dotted in own.get("$unset", []) if bases[name] else []:
        *way, last = dotted.split(".")
        at: Any = inherited
        for step in way:
            at = at.get(step) if isinstance(at, dict) else None
        if isinstance(at, dict):
            at.pop(last, None)
    return json.loads(json.dumps(plainly_merged(inherited, own, at_top=True)))  # type: ignore[no-any-return]


# written down


def written(data: Any, random: Random, name: str) -> bytes:
    """Data as somebody writes it: as JSON or YAML by the name, with any style, line end and mark."""
    if name.endswith(".json"):
        content = json.dumps(data, indent=random.choice([None, 2, 4]), ensure_ascii=random.random() < 0.5)
    elif isinstance(data, dict):
        content = Writer(random).document(data) if random.random() < 0.7 else styled(data, random)
    else:
        content = json.dumps(data, ensure_ascii=False)
    document = read_text(Text(name, content), mapping=isinstance(data, dict))
    assume(not document.faults and json.dumps(document.data, sort_keys=True) == json.dumps(data, sort_keys=True))
    crlf = content.replace("\n", "\r\n") if "\r" not in content and random.random() < 0.3 else content
    if read_text(Text(name, crlf), mapping=isinstance(data, dict)).data == document.data:
        content = crlf
    return (b"\xef\xbb\xbf" if random.random() < 0.2 else b"") + content.encode()


def composed(top: Path, name: str) -> Composed:
    path = top / name
    document = read(str(path), path.read_bytes())
    assert document.root is not None
    return compose(document, Project(str(top)), LINTER.shape_of)


def put(top: Path, name: str, raw: bytes) -> None:
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def to(name: str, by: str) -> str:
    """The path by which one file names another."""
    return os.path.relpath(name, Path(by).parent).replace(os.sep, "/")


def reads_back(found: Composed) -> int:
    """Look up every key and every leaf in its file, read for itself; gives how many leaves there were.

    That a place in a file reads back as its value, tests/source/test_places.py has proven.
    """
    count = 0
    there: dict[str, set[str]] = {}
    for _, node in found.root.walk():
        for key, (text, start, end) in (node.keys or {}).items():
            assert place(start, end, key) in places(text, there)
        if node.children is None:
            count += 1
            assert place(node.start, node.end, node.value) in places(node.text, there)
    return count


def place(start: int, end: int, value: Any) -> str:
    return json.dumps([start, end, value])


def places(text: Text, there: dict[str, set[str]]) -> set[str]:
    """Every key and every leaf of a file with its place."""
    if text.path not in there:
        raw = Path(text.path).read_bytes()
        if text.path.endswith(".md"):
            content = raw.decode()
            there[text.path] = {place(0, len(content), content)}
        else:
            root = read(text.path, raw, mapping=False).root
            assert root is not None
            nodes = [node for _, node in root.walk()]
            there[text.path] = {place(node.start, node.end, node.value) for node in nodes if node.children is None}
            there[text.path] |= {
                place(start, end, key) for node in nodes for key, (_, start, end) in (node.keys or {}).items()
            }
    return there[text.path]


# what is tried


def settings(data: Any, way: tuple[str, ...] = ()) -> list[str]:
    """The dotted paths of all settings that can be named without quotes."""
    found = []
    for key, value in data.items():
        if key.isidentifier() and key.isascii():
            found.append(".".join((*way, key)))
            if isinstance(value, dict):
                found += settings(value, (*way, key))
    return found


@given(st.lists(DATA, min_size=2, max_size=4), RANDOMS, st.data())
def test_profiles_with_any_data_come_to_what_their_data_come_to(
    several: list[Plain], random: Random, draw: st.DataObject
) -> None:
    names = [f"{random.choice(FOLDERS)}p{number}.{random.choice(['yaml', 'json'])}" for number in range(len(several))]
    bases: dict[str, list[str]] = {}
    profiles: dict[str, Plain] = {}
    for number, (name, data) in enumerate(zip(names, several, strict=True)):
        plain = {key: value for key, value in data.items() if key[:1] != "$"}
        below = draw.draw(st.lists(st.sampled_from(names[:number]), unique=True, max_size=3)) if number else []
        bases[name] = below
        if below:
            paths = [to(base, name) for base in below]
            plain["$extends"] = paths[0] if len(paths) == 1 and random.random() < 0.5 else paths
            known = sorted({path for base in below for path in settings(plainly_resolved(base, profiles, bases))})
            known = [path for path in known if not path.startswith("$")]
            if known and random.random() < 0.6:
                plain["$unset"] = random.sample(known, min(2, len(known)))
        profiles[name] = plain
    event(f"{sum(map(len, bases.values()))} bases")
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        for name in names:
            put(top, name, written(profiles[name], random, name))
        for name in names:
            found = composed(top, name)
            wanted = plainly_resolved(name, profiles, bases)
            assert [fault.code for _, fault in found.faults if fault.code != "CS021"] == []
            assert json.dumps(found.root.value, sort_keys=True) == json.dumps(wanted, sort_keys=True)
            assert found.whole
            reads_back(found)


def taken_out(data: Any, by: str, random: Random, files: dict[str, bytes], at: str = "") -> Any:
    """A session in which some texts and parts have gone into files of their own."""
    chance = 0.5 if at in ("instructions", "description", "tools", "parameters", "audio", "input", "prompt") else 0
    if isinstance(data, dict) and not ("$file" in data or "$env" in data):
        inner: Any = {key: taken_out(value, by, random, files, key) for key, value in data.items()}
    else:
        inner = data
    if at == "tools" and isinstance(data, list):
        inner = [taken_out(tool, by, random, files, "tool") for tool in data]
    if random.random() >= chance or not isinstance(inner, (str, dict, list)):
        return inner
    if isinstance(inner, str) and at not in PROSE:
        return inner
    if isinstance(inner, dict) and ("$file" in inner or "$env" in inner):
        return inner
    suffix = "md" if isinstance(inner, str) else random.choice(["yaml", "json"])
    name = (Path(by).parent / f"part{len(files)}.{suffix}").as_posix()  # what it names starts where that of `by` does
    files[name] = inner.encode() if isinstance(inner, str) else written(inner, random, name)
    return {"$file": to(name, by)}


@given(st.lists(sessions("realtime"), min_size=1, max_size=3), RANDOMS)
def test_sessions_in_pieces_come_to_the_whole(bodies: list[Plain], random: Random) -> None:
    names = [f"{random.choice(FOLDERS)}p{number}.{random.choice(['yaml', 'json'])}" for number in range(len(bodies))]
    files: dict[str, bytes] = {}
    profiles = dict(zip(names, bodies, strict=True))
    bases = {name: names[:number] for number, name in enumerate(names)}
    for number, name in enumerate(names):
        text = json.dumps(bodies[number])
        assume("$file" not in text and "$env" not in text)
        data = taken_out(bodies[number], name, random, files)
        if number:
            data = {"$extends": [to(base, name) for base in bases[name]], **data}
            profiles[name] = {"$extends": data["$extends"], **bodies[number]}
        files[name] = written(data, random, name)
    event(f"{len(files) - len(names)} parts")
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        for name, raw in files.items():
            put(top, name, raw)
        found = composed(top, names[-1])
        wanted = plainly_resolved(names[-1], profiles, bases)
        assert found.faults == ()
        assert json.dumps(found.root.value, sort_keys=True) == json.dumps(wanted, sort_keys=True)
        assert reads_back(found) > 0


def every_path(data: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [at] if at else []
    steps: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        found += every_path(value, (*at, step))
    return found


@given(st.sampled_from(["realtime", "transcription"]).flatmap(sessions), st.data())
def test_a_file_gives_what_it_holds_or_is_a_finding(body: Plain, draw: st.DataObject) -> None:
    path = draw.draw(st.sampled_from(every_path(body)))
    assume(path != ("type",) and "$file" not in json.dumps(body) and "$env" not in json.dumps(body))
    holder: Any = json.loads(json.dumps(body))
    data = holder
    for step in path[:-1]:
        holder = holder[step]
    value = holder[path[-1]]
    assume(value is not None)  # where a text may stand, that of a file is one
    name = "part.md" if isinstance(value, str) else "part.json"
    holder[path[-1]] = {"$file": name}
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder), name, (value if isinstance(value, str) else json.dumps(value)).encode())
        put(Path(folder), "a.json", json.dumps(data).encode())
        linter = Linter(Options(today="2026-11-20"), Project(folder))
        judged = linter.judged(read(f"{folder}/a.json", Path(folder, "a.json").read_bytes()))
    errors = [finding for finding in judged.findings if finding.severity == "error"]
    event(f"{type(value).__name__}: {'refused' if errors else 'taken'}")
    assert judged.root is not None
    if errors:
        assert not isinstance(value, (dict, list)) or all(finding.code.startswith("CS5") for finding in errors)
    else:
        assert judged.root.value == body
