"""libyaml's errors in the words of somebody who wants to mend the file."""

from __future__ import annotations

import re

from yaml.reader import ReaderError

from callsheet.source import problem
from callsheet.source.problem import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml import YAMLError

    from callsheet.source.text import Text

_FOREIGN = "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SURROGATE = r"\\(?:u|U0000)([dD][89a-fA-F][0-9a-fA-F]{2})"
_LOW = "dc00"
_HALF = "half of a surrogate pair, which no UTF-8 message can carry"
_BROKEN_TAG = r"![^\s%]*%[89a-fA-F][^\s,\[\]{}]*|%TAG[^\r\n]*%[89a-fA-F][^\r\n]*"
_NO_COLON = "could not find expected ':'"

_SENTENCES: tuple[tuple[str, str, str | None], ...] = (
    (
        "mapping values are not allowed",
        "a colon where no key can stand",
        "quote the text if the colon belongs to it; otherwise look at the indentation, and for a missing colon above",
    ),
    (_NO_COLON, "this line has no colon after its key", "write `key: value`"),
    (
        "did not find expected key",
        "this line does not fit the mapping around it",
        "indent it like its neighbours, and quote text that holds quotes or starts with a special character",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list around it",
        "start it with `- ` at the same indentation as the entries above",
    ),
    (
        "did not find expected ',' or '}'",
        "`,` or `}` is missing",
        "is every `{` closed, with a comma between its entries?",
    ),
    (
        "did not find expected ',' or ']'",
        "`,` or `]` is missing",
        "is every `[` closed, with a comma between its entries?",
    ),
    ("did not find expected node content", "a value is expected here", None),
    (
        "block sequence entries are not allowed",
        "a list entry where none can stand",
        "start the list on a line of its own",
    ),
    ("block mapping entries are not allowed", "a key where none can stand", "start the mapping on a line of its own"),
    ("found unexpected end of stream", "a quotation mark is never closed", "close it, or write a text block with `|`"),
    (
        "found unknown escape character",
        "an escape that YAML does not have",
        r"write \\ for a backslash, or use single quotes",
    ),
    ("invalid Unicode character escape", "an escape that names no character", "write the character itself"),
    ("cannot start any token", "text cannot start with this character", "quote the text"),
    (
        "found unexpected ':'",
        "inside brackets, a colon with no space after it",
        "write `key: value`, or quote the text",
    ),
    ("found undefined tag handle", "a tag whose handle is not defined", "write plain data without the tag"),
    ("found unknown directive name", "a directive that YAML does not have", "remove this line"),
    (
        "found incompatible YAML document",
        "this version of YAML is not known",
        "remove the `%YAML` line: profiles are YAML 1.2",
    ),
    ("did not find expected <document start>", "text after the end of the document", "one file holds one profile"),
)


def explain(error: YAMLError, text: Text) -> ReadError:
    """The error as a fault with its place."""
    if isinstance(error, ReaderError):
        return foreign_character(text)
    mark = getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", None) or "the text cannot be read")
    at = min(mark.index if mark is not None else 0, len(text.content))
    end = min(at + 1, len(text.content))
    if "tab character" in said or text.content[at : at + 1] == "\t":
        return ReadError(
            problem.TAB, "a tab in the indentation, where YAML takes spaces only", at, end, "replace it with spaces"
        )
    if "nesting depth" in said:  # libyaml, which reads ahead, has a limit of its own since 0.2.6
        return problem.too_deep(at, end)
    if "Unicode character escape" in said and (half := re.match(_SURROGATE, text.content[max(at - 2, 0) :])):
        return _surrogate(half, max(at - 2, 0))
    context_mark = getattr(error, "context_mark", None)
    opened = ""
    if context_mark is not None and context_mark.index < at:
        if said.endswith(_NO_COLON):  # libyaml notices it on a line further down
            at = context_mark.index
            end = at + len(text.content[at:].splitlines()[0].partition(" #")[0].rstrip())
        elif not text.content[at:].strip():  # the text ended: what was opened is what was never closed
            at, end = context_mark.index, context_mark.index + 1
        elif (line := text.location(context_mark.index).line) != text.location(at).line:
            opened = f" (what it belongs to starts on line {line})"
    for start, message, help_ in _SENTENCES:
        if said.startswith(start) or start in said:
            return ReadError(problem.SYNTAX, message + opened, at, end, help_)
    return ReadError(problem.SYNTAX, f"this is not YAML: {said}{opened}", at, end)


def foreign_character(text: Text) -> ReadError:
    """The fault for the first character that YAML has no place for; libyaml says where in bytes, if at all."""
    match = re.search(_FOREIGN, text.content)
    if not match:
        return ReadError(problem.SYNTAX, "a character that cannot stand in YAML", 0, 0)
    if "\ud800" <= match[0] <= "\udfff":
        return ReadError(problem.SURROGATE, _HALF, *match.span(), "write the character itself")
    shown = f"the control character U+{ord(match[0]):04X}"
    return ReadError(problem.SYNTAX, f"{shown} cannot stand in YAML", *match.span(), "remove it")


def broken_tag(text: Text) -> ReadError:
    """The fault for a tag whose percent signs spell bytes that are no text."""
    match = re.search(_BROKEN_TAG, text.content)
    start, end = match.span() if match else (0, 0)
    return ReadError(problem.TAG, "a tag that is not UTF-8", start, end, "write plain data without the tag")


def _surrogate(half: re.Match[str], at: int) -> ReadError:
    other = re.match(_SURROGATE, half.string[half.end() :])
    if other is None or not half[1].lower() < _LOW <= other[1].lower():
        return ReadError(problem.SURROGATE, _HALF, at, at + half.end(), "write the character itself")
    character = bytes.fromhex(half[1] + other[1]).decode("utf-16-be")
    return ReadError(
        problem.SURROGATE,
        "two halves of a surrogate pair: JSON writes a character like this, YAML does not",
        at,
        at + half.end() + other.end(),
        f"write {character} itself, or keep the profile in a .json file",
    )
