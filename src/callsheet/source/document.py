"""Bytes to document: what a file holds, or everything that is wrong with its text."""

from __future__ import annotations

from callsheet.diagnostic import Fault, Span
from callsheet.source import problem
from callsheet.source.problem import ReadError
from callsheet.source.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from callsheet.source.node import Node

_BOM = b"\xef\xbb\xbf"
_MARK = "\ufeff"
_OTHER_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class Document:
    """One text, read: its plain JSON data, or None where it could not be read, and the faults of the text itself.

    A text in which nothing is wrong is read for its data alone; for its places it is read again, by whoever asks first.
    """

    __slots__ = ("_root", "data", "faults", "is_placed", "text")

    def __init__(self, text: Text, data: Any, faults: tuple[Fault, ...] = (), root: Node | None = None) -> None:
        self.text = text
        self.data = data
        self.faults = faults
        self._root = root
        self.is_placed = root is not None or data is None
        """Whether the places have been read. A run that finds nothing never needs them."""

    @property
    def root(self) -> Node | None:
        """The top node, with the place of every value; None where the text could not be read."""
        if not self.is_placed:
            self._root = _parse(self.text, [])
            self.is_placed = True
        return self._root


def read(path: str, raw: bytes, *, max_bytes: int = problem.MAX_BYTES, mapping: bool = True) -> Document:
    """Read the bytes of one file. What the file is follows from the path's ending, else from the text.

    A profile is a `mapping`; a part of one may be anything.
    """
    try:
        content = _decode(raw, max_bytes)
    except ReadError as error:
        text = Text(path, raw.removeprefix(_BOM)[:max_bytes].decode("utf-8", "replace"))
        return Document(text, None, (_fault(error),))
    return read_text(Text(path, content), mapping=mapping)


def read_text(text: Text, *, mapping: bool = True) -> Document:
    """Read a text that is decoded already."""
    data = _plain(text) if mapping else None
    return placed(text, mapping=mapping) if data is None else Document(text, data)


def read_data(data: Any) -> Document:
    """Read what a program holds, as the indented JSON that it makes. Raises TypeError where it makes none."""
    import json

    try:
        content = json.dumps(data, indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        why = "it holds itself, or goes far too deep, or has a number with thousands of digits"
        raise TypeError(f"no JSON can be made of this: {why}") from None
    return read_text(Text("<data>.json", content))


def placed(text: Text, *, mapping: bool = True) -> Document:
    """Read a text with the places of everything in it, and with all that is wrong with it."""
    faults: list[ReadError] = []
    root: Node | None = None
    try:
        root = _parse(text, faults)
        if mapping and not isinstance(root.value, dict):
            faults.append(_not_a_mapping(root))
            root = None
    except ReadError as error:
        faults.append(error)
    return Document(text, None if root is None else root.value, tuple(map(_fault, faults)), root)


def _plain(text: Text) -> dict[str, Any] | None:
    """The data alone, of a text that is as plain as most are; None for another."""
    if text.content[:1] == _MARK:
        return None
    if is_json(text):
        from callsheet.source.plain import json_data

        return json_data(text.content)
    from callsheet.source.simple import simple_data

    data = simple_data(text.content)
    if data is not None:
        return data
    from callsheet.source.plain import yaml_data

    return yaml_data(text.content)


def _parse(text: Text, faults: list[ReadError]) -> Node:
    if not text.content.strip():
        raise problem.empty("the file is empty")
    if text.content[0] == _MARK:  # libyaml would pass over it and count every offset after it wrong
        raise ReadError(problem.ENCODING, "a second byte-order mark", 0, 1, "save the file as UTF-8 without any")
    if is_json(text):
        from callsheet.source.json import parse

        return parse(text, faults)
    from callsheet.source.simple_place import simple_root

    root = simple_root(text)
    if root is not None:
        return root
    from callsheet.source.yaml import parse as parse_yaml

    return parse_yaml(text, faults)


def is_json(text: Text) -> bool:
    """Whether to hold the text to JSON: by its ending, or where there is none, by a brace and a quoted key."""
    if text.path.endswith(".json"):
        return True
    if text.path.endswith((".yaml", ".yml")):
        return False
    content = text.content.lstrip()
    return content[:1] == "{" and content[1:].lstrip()[:1] in {'"', "}"}


def _decode(raw: bytes, max_bytes: int) -> str:
    if len(raw) > max_bytes:
        raise ReadError(
            problem.TOO_LARGE,
            f"the file is larger than {max_bytes:,} bytes, and no session comes near that",
            0,
            0,
            "is this the right file?",
        )
    raw = raw.removeprefix(_BOM)
    other = _OTHER_BOMS.get(raw[:2])
    if other:
        raise ReadError(problem.ENCODING, f"the file is {other}; the API takes UTF-8", 0, 0, "save it as UTF-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        at = len(raw[: error.start].decode("utf-8"))
        raise ReadError(
            problem.ENCODING,
            f"the byte 0x{raw[error.start]:02x} is not UTF-8",
            at,
            at + 1,
            "save the file as UTF-8",
        ) from None


def _not_a_mapping(root: Node) -> ReadError:
    kind = "a list" if isinstance(root.value, list) else "a single value"
    return ReadError(
        problem.NOT_A_MAPPING,
        f"a profile is a mapping of settings, and this is {kind}",
        root.start,
        root.end,
        "start with `type: realtime`",
    )


def _fault(error: ReadError) -> Fault:
    return Fault(error.code, error.message, Span(error.start, error.end), error.help)
