"""Where the comments of a text stand."""

from __future__ import annotations

import re

from callsheet.named_tuple import NamedTuple
from callsheet.source import yaml_place
from callsheet.source.document import is_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.source.text import Text

_COMMENT = re.compile(r"(?<![^\s])#[^\r\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")


class Comment(NamedTuple):
    """One comment, from its `#` to the end of its line, without blanks at its end."""

    start: int
    end: int
    content: str


def comments(text: Text) -> list[Comment]:
    """Every comment of a text that can be read, in order. JSON has none."""
    if is_json(text) or "#" not in text.content:
        return []
    content = text.content
    found: list[Comment] = []
    at = 0
    for start, end in _scalars(content):
        found += _between(content, at, start)
        header = _HEADER.match(content, start, end)
        if header:
            found.append(_comment(header.start(1), header[1]))
        at = max(at, end)
    return [*found, *_between(content, at, len(content))]


def _between(content: str, start: int, end: int) -> Iterator[Comment]:
    for match in _COMMENT.finditer(content, start, end):
        yield _comment(match.start(), match[0])


def _comment(start: int, content: str) -> Comment:
    bare = content.rstrip()
    return Comment(start, start + len(bare), bare)


def _scalars(content: str) -> Iterator[tuple[int, int]]:
    """Where the scalars of a YAML text stand, in which no comment begins."""
    import yaml
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs leave it out

    hidden, _ = yaml_place.hide_old_breaks(content)
    parser: Any = CParser(hidden)
    while (token := parser.get_token()) is not None:
        if isinstance(token, yaml.ScalarToken):
            yield token.start_mark.index, token.end_mark.index
    parser.dispose()
