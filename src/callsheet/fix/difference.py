"""What fixes change, as a unified diff in which no credential shows."""

from __future__ import annotations

from difflib import unified_diff

from callsheet.said import harmless
from callsheet.source.document import read
from callsheet.source.secret import secret_spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def unified(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """The lines of the diff. A credential in one is masked, and then nobody can apply it."""
    lines = unified_diff(_lines(path, before), _lines(path, after), path, path)
    for line in lines:
        if line.endswith("\n"):
            yield line
        elif line.endswith("\r"):
            yield line[:-1] + "\n"
        else:
            yield f"{line}\n\\ No newline at end of file\n"


def _lines(path: str, raw: bytes) -> list[str]:
    document = read(path, raw)
    text = document.text
    if document.root is not None:
        text.secrets = tuple(span for other, span in secret_spans(document.root) if other is text)
    found: list[str] = []
    for number in range(1, len(text.starts) + 1):
        start, end = text.bounds(number)
        stop = text.starts[number] if number < len(text.starts) else len(text.content)
        if stop > start:
            shown = "\t".join(map(harmless, text.masked(number).split("\t")))
            found.append(shown + text.content[end:stop])
    return found
