"""Reads the API's documents as they were published: which parameters an operation lists, and its code samples.

Each has a notation of its own. What is read comes in the notation of `callsheet.shape.table`, so that it can be held
against rows; a parameter that no row has keeps the path that it would have.
"""

from __future__ import annotations

import ast
import re
import shlex
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from callsheet.shape.table import Row

KINDS = {
    "/realtime/calls": "call",
    "/realtime/calls/{call_id}/accept": "realtime",
    "/realtime/calls/{call_id}/refer": "refer",
    "/realtime/calls/{call_id}/reject": "reject",
    "/realtime/calls/{call_id}/hangup": None,
    "/realtime/client_secrets": "client-secret",
    "/realtime/sessions": "realtime-beta",
    "/realtime/transcription_sessions": "transcription-beta",
}
"""The kind of body that an endpoint takes; None is no body."""
IN_PATH = frozenset({"call_id", "callID", "call-id"})
"""Parameters that stand in the address, by their names in the documents."""


class Listed(NamedTuple):
    """A parameter as a document lists it.

    `required` is None where the document does not say. `values` are the words and numbers that are named, and `more`
    counts those that are not; `null` is whether null is named. `default` is as it is written, None where none is.
    """

    path: str
    required: bool | None
    values: tuple[Any, ...] = ()
    more: int = 0
    null: bool = False
    default: str | None = None


class Operation(NamedTuple):
    """One operation: its endpoint, and its piece of the document."""

    endpoint: str
    text: str

    @property
    def in_path(self) -> bool:
        """Whether the document lists the parameter that the address has."""
        return re.search(rf"^ *-\W*({'|'.join(IN_PATH)})\b", self.text, re.MULTILINE) is not None


class Node(NamedTuple):
    """An entry of a list, with the lists in it."""

    text: str
    children: list[Node]


def operations_of(text: str) -> Iterator[Operation]:
    """The operations of a document, in its order."""
    said = r"^(?:\*\*post\*\* `|`POST |\*\*Endpoint:\*\* `)(?:/v1)?(/[\w/{}]+)`"
    found = list(re.finditer(said, text, re.MULTILINE))
    for place, following in zip(found, [*found[1:], None], strict=True):
        yield Operation(place[1], text[place.end() : following.start() if following else len(text)])


def beneath(rows: Collection[str], at: str, tag: str | None) -> str:
    """Where the rows of a part begin: its place, as list, mapping and variant if the rows have it so."""
    for variant in [f"[{tag}]", ""] if tag else [""]:
        for many in ("", "[]", ".*"):
            if any(row.startswith(f"{at}{many}{variant}.") for row in rows):
                return f"{at}{many}{variant}"
    return at


def join(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


_REST = re.compile(r"`(?P<name>\w+)` \((?P<type>[^()]+), (?P<required>required|optional)\)")


def rest(operation: Operation, rows: Collection[str]) -> list[Listed]:
    """The parameters of a REST page: name, type and presence in one line, values at the end of the text."""
    body = operation.text.partition("## Request body")[2].partition("## Responses")[0]
    return list(_rest(tree(body), "", rows))


def _rest(nodes: list[Node], at: str, rows: Collection[str]) -> Iterator[Listed]:
    for node in nodes:
        named = _REST.match(node.text)
        if named is None:  # one of several forms
            tags = [_rest_values(child.text) for child in node.children if child.text.startswith("`type`")]
            yield from _rest(node.children, beneath(rows, at, tags[0][0] if tags and len(tags[0]) == 1 else None), rows)
            continue
        path = join(at, named["name"])
        default = re.search(r"Default: `(.+)`\.$", node.text)
        yield Listed(
            path,
            named["required"] == "required",
            _rest_values(node.text),
            null="null" in named["type"],
            default=default and default[1],
        )
        yield from _rest(node.children, path, rows)


def _rest_values(text: str) -> tuple[Any, ...]:
    found = re.search(r"Enum: (.+)\.$", text)
    values: tuple[Any, ...] = ast.literal_eval(f"({found[1]},)") if found else ()
    return values


def tree(text: str) -> list[Node]:
    """A nested list, with the lines that go on beside the entry that they belong to."""
    roots: list[Node] = []
    open_: list[tuple[int, list[Node]]] = [(-1, roots)]
    for line in text.splitlines():
        entry = re.match(r"( *)- (.+)", line)
        if entry is None:
            if line.strip() and len(open_) > 1:
                _, siblings = open_[-2]
                siblings[-1] = siblings[-1]._replace(text=f"{siblings[-1].text} {line.strip()}")
            continue
        while open_[-1][0] >= len(entry[1]):
            open_.pop()
        node = Node(entry[2], [])
        open_[-1][1].append(node)
        open_.append((len(entry[1]), node.children))
    return roots


_FIELD = re.compile(r"(?P<name>\w+)(?P<optional>\?)?: (?P<type>.+)")


def typescript(operation: Operation, rows: Collection[str]) -> list[Listed]:
    """The parameters of a TypeScript reference: everything in backticks, nested by its indentation."""
    body = operation.text.partition("### Parameters")[2].partition("### Example")[0]
    return list(_typescript(tree(body), "", rows))


def _typescript(nodes: list[Node], at: str, rows: Collection[str]) -> Iterator[Listed]:
    for node in nodes:
        field = _FIELD.fullmatch(_code(node))
        if field is None:
            yield from _typescript(node.children, beneath(rows, at, _tag(node)), rows)
        elif field["name"] == "body":
            yield from _typescript(node.children, at, rows)
        elif field["name"] not in IN_PATH:
            path = join(at, field["name"])
            more = re.search(r"(\d+) more", field["type"])
            values = tuple(dict.fromkeys(_literals(node)))
            if more is not None:
                shown = field["type"].count('"') // 2
                assert len(values) == shown + int(more[1]), f"{path} names {shown} of {len(values)}"
            yield Listed(path, not field["optional"], values, null=field["type"].endswith("| null"))
            yield from _typescript(node.children, path, rows)


def _code(node: Node) -> str:
    found = re.match(r"`([^`]+)`", node.text)
    return found[1] if found else ""


def _literals(node: Node) -> Iterator[Any]:
    """The values of a field: those below it that belong to no field of their own."""
    for child in node.children:
        code = _code(child)
        if re.fullmatch(r'"[^"]*"|\d+', code):
            yield ast.literal_eval(code)
        elif not _FIELD.fullmatch(code) and not any(_FIELD.fullmatch(_code(inner)) for inner in child.children):
            yield from _literals(child)


def _tag(node: Node) -> str | None:
    for child in node.children:
        field = _FIELD.fullmatch(_code(child))
        if field is not None and field["name"] == "type":
            values = list(_literals(child))
            return values[0] if len(values) == 1 else None
    return None


def cli(operation: Operation, rows: Collection[str]) -> list[Listed]:
    """The options of a CLI reference: one level, keys of objects in braces; a list is named in the singular."""
    found: list[Listed] = []
    for name, type_ in re.findall(r"^- `--([\w-]+): (.+)`$", operation.text, re.MULTILINE):
        if name in IN_PATH:
            continue
        key = name.replace("-", "_")
        plurals = [key, f"{key}s", re.sub("y$", "ies", key)]
        path = next((plural for plural in plurals if plural in rows), key)
        more = re.search(r"(\d+) more", type_)
        values = tuple(re.findall(r'"([^"]+)"', type_))
        found.append(Listed(path, not type_.startswith("optional"), values, int(more[1]) if more else 0))
        keys = re.search(r"object \{ (.+?) \}", type_)
        found += [Listed(join(path, inner), required=None) for inner in (keys[1].split(", ") if keys else ())]
    return found


_CLASS = "class "


def python(operation: Operation, rows: Mapping[str, Row]) -> list[Listed]:
    """The parameters of a Python reference whose indentation is lost.

    Where an entry belongs follows from what is open: it is a key of the innermost part that has such a key and has
    not had it yet.
    """
    body = operation.text.partition("### Parameters")[2].partition("### ")[0]
    codes: list[str] = re.findall(r"^ ?- `(.+)`$", body, re.MULTILINE)
    found: dict[str, Listed] = {}
    begun: set[str] = set()
    open_ = [""]
    last = ""
    for index, code in enumerate(codes):
        field = _FIELD.fullmatch(code)
        if code.startswith(_CLASS):
            tag = _tag_ahead(codes[index + 1 :])
            for depth in range(len(open_) - 1, 0, -1):
                variant = beneath(rows, open_[depth], tag)
                if tag is not None and variant.endswith(f"[{tag}]") and variant not in begun:
                    begun.add(variant)
                    open_[depth + 1 :] = [variant]
                    break
        elif field is not None and field["name"] not in IN_PATH:
            paths = [(depth, join(open_[depth], field["name"])) for depth in range(len(open_))]
            fitting = [(depth, path) for depth, path in paths if path in rows and path not in found]
            depth, path = fitting[-1] if fitting else paths[-1]
            optional = field["type"].startswith("Optional[")
            more = re.search(r"(\d+) more", field["type"])
            found[path] = Listed(path, not optional, more=int(more[1]) if more else 0)
            open_[depth + 1 :] = [path]
            last = path
        elif code.startswith("Literal["):  # one of several forms of what is open and has such values
            first = ast.literal_eval(re.split("[,\\]]", code.removeprefix("Literal["))[0])
            last = next(path for path in reversed(open_) if path in rows and first in rows[path].values)
        elif re.fullmatch(r'"[^"]*"|\d+', code):
            found[last] = found[last]._replace(values=(*found[last].values, ast.literal_eval(code)))
    return [_all_named(listed) for listed in found.values()]


def _all_named(listed: Listed) -> Listed:
    """A parameter whose type shows three of its values and counts the rest, once all have been named."""
    if listed.more:
        assert len(listed.values) == listed.more + 3, f"{listed.path} names {listed.values}"
    return listed._replace(more=0)


def _tag_ahead(codes: list[str]) -> str | None:
    """The type of a class, from its fields."""
    for code in codes:
        if code.startswith(_CLASS):
            return None
        found = re.fullmatch(r'type: (?:Optional\[)?Literal\["([^"]+)"\]\]?', code)
        if found:
            return found[1]
    return None


def samples(operation: Operation) -> Iterator[tuple[str, Any]]:
    """The bodies in the code samples of an operation, each with the language of its sample."""
    for language, code in re.findall(r"^```(\w+)\n(.*?)^```", operation.text, re.MULTILINE | re.DOTALL):
        match language:
            case "bash" | "curl":
                yield from (("curl", body) for body in _curl(code))
            case "python":
                yield from (("python", body) for body in _python(code))
            case "typescript" | "javascript":
                yield from (("javascript", body) for body in _javascript(code))
            case "cli":
                yield "cli", _cli(code)


def _flags(code: str) -> Iterator[tuple[str, str]]:
    """Each word of a command with the one that follows it."""
    return pairwise(shlex.split(code.replace("\\\n", " ")))


def _curl(code: str) -> Iterator[Any]:
    form = [value for flag, value in _flags(code) if flag == "-F"]
    if form:
        parts = dict(part.split("=", 1) for part in form)
        yield {"sdp": "v=0\r\n", "session": yaml.safe_load(parts["session"].partition(";type=")[0])}
    for flag, value in _flags(code):
        if flag == "-d":
            yield yaml.safe_load(value)  # which minds no comma too many


def _python(code: str) -> Iterator[Any]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("client.realtime."):
            given = {key.arg: ast.literal_eval(key.value) for key in node.keywords}
            yield {key: value for key, value in given.items() if key not in IN_PATH}


def _javascript(code: str) -> Iterator[Any]:
    for arguments in re.findall(r"client\.realtime\.[\w.]+\((.*)\);", code):
        given = yaml.safe_load(f"[{arguments}]")
        yield next((argument for argument in given if isinstance(argument, dict)), {})


def _cli(code: str) -> Any:
    flags = {flag[2:]: value for flag, value in _flags(code) if flag.startswith("--")}
    return {flag.replace("-", "_"): value for flag, value in flags.items() if flag not in IN_PATH | {"api-key"}}
