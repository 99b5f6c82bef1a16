"""Whatever stands in a file, a document comes out: findings or data, never an exception, and not after minutes."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import check_usable, found, json_, yaml
from writing import DATA, RANDOMS

from callsheet.source.document import read
from callsheet.source.problem import MAX_BYTES, MAX_NODES
from callsheet.testing.yaml import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

MANY = settings(max_examples=4 * settings().max_examples)
ANY = st.characters(exclude_categories=["Cs"])
ENDS = st.sampled_from((".yaml", ".json", ""))
PIECES = (
    "\n", "\r", "\t", " ", "  ", "\n  ", "\n\t", ": ", ":", "- ", "-", "? ", "?", ",", "[", "]", "{", "}", "#", " #",
    "&x", "&x1 ", "*x", "*x1", "!", "!!", "!!int ", "!!str ", "!<", "!%ff", "!%ED%A0%80 ", "!e!x ", "<<: ", "<<",
    "|", "|+\n", "|2\n", ">", ">-\n", "'", '"', "\\", "\\u", "\\ud800", "\\ude00", "\\x", "@", "`", "~",
    "%", "%YAML 1.2\n", "%TAG ! x\n", "---", "---\n", "\n---\n", "...", "\n...\n", "//", "/*",
    "\ufeff", "\0", "\x1b", "\x7f", "\u0085", "\u2028", "\ufffe", "\ue000", "\U0001f600",
    ".inf", ".nan", "NaN", "-Infinity", "1e999", "0x", "0x1F", "0.12345678901234567890", "true", "null", "a", "a: 1\n",
)  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), st.sampled_from(PIECES)), min_size=1, max_size=5)


def edited(content: str, edits: list[tuple[float, int, str]]) -> bytes:
    """The content with some of its text replaced."""
    for place, length, piece in edits:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + length :]
    return content.encode()


@given(st.binary(max_size=200), ENDS)
def test_random_bytes(raw: bytes, end: str) -> None:
    check_usable(read("a" + end, raw))


@given(st.text(ANY, max_size=60), ENDS)
def test_random_text(content: str, end: str) -> None:
    check_usable(read("a" + end, content.encode()))


@MANY
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), ENDS)
def test_pieces_of_yaml_and_json(content: str, end: str) -> None:
    check_usable(read("a" + end, content.encode()))


@MANY
@given(DATA, RANDOMS, EDITS)
def test_yaml_with_mistakes(data: dict[str, Any], random: Random, edits: list[tuple[float, int, str]]) -> None:
    check_usable(yaml(edited(Writer(random).document(data), edits)))


@MANY
@given(DATA, st.sampled_from((None, 2)), st.booleans(), EDITS)
def test_json_with_mistakes(
    data: dict[str, Any],
    indent: int | None,
    escape: bool,  # noqa: FBT001
    edits: list[tuple[float, int, str]],
) -> None:
    raw = edited(json.dumps(data, indent=indent, ensure_ascii=escape), edits)
    check_usable(json_(raw))
    check_usable(yaml(raw))


@given(DATA, RANDOMS, st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=3))
def test_yaml_with_broken_bytes(data: dict[str, Any], random: Random, broken: list[tuple[float, int]]) -> None:
    raw = bytearray(Writer(random).document(data).encode())
    for place, byte in broken:
        raw[int(place * (len(raw) - 1))] = byte
    check_usable(yaml(bytes(raw)))


def bomb(levels: int, width: int) -> str:
    """Aliases of aliases: short as text, endless when written out."""
    lines = [f"a0: &a0 [{', '.join('x' * width)}]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]" for level in range(1, levels)]
    return "\n".join(lines)


def tower(levels: int, each: int) -> str:
    """Aliases inside aliases: shallow as text, without a floor when written out."""
    lines = ["a0: &a0 []"]
    lines += [f"a{level}: &a{level} {'[' * each}*a{level - 1}{']' * each}" for level in range(1, levels)]
    return "\n".join(lines)


def fill(piece: str, size: int = MAX_BYTES) -> str:
    """A file of one piece, over and over."""
    return piece * (size // len(piece.encode()))


def numbered(template: str) -> str:
    """As many lines as a file may have, each with a number of its own."""
    lines: list[str] = []
    size = 0
    while True:
        line = template.replace("N", f"{len(lines):x}")
        size += len(line.encode())
        if size > MAX_BYTES - 20:
            return "".join(lines)
        lines.append(line)


YAML: dict[str, tuple[Callable[[], str], list[str] | None]] = {
    "opening brackets": (lambda: "[" * 100_000, ["CS012"]),
    "opening brackets on lines of their own": (lambda: "[\n" * 100_000, ["CS012"]),
    "opening braces": (lambda: "{" * 100_000, ["CS012"]),
    "braces and keys": (lambda: "{a: " * 100_000, ["CS012"]),
    "keys that are braces": (lambda: "{? " * 100_000, ["CS012"]),
    "dashes": (lambda: "- " * 100_000, ["CS012"]),
    "question marks": (lambda: "? " * 100_000, ["CS012"]),
    "colons": (lambda: ": " * 100_000, None),
    "a mapping in a mapping": (lambda: "".join(" " * level + "a:\n" for level in range(1000)), ["CS012"]),
    "lists on lines of their own": (lambda: "".join(" " * level + "-\n" for level in range(1000)), ["CS012"]),
    "closing brackets": (lambda: "]" * 100_000, ["CS001"]),
    "a number of 5,000 digits": (lambda: "a: " + "1" * 5000, ["CS009"]),
    "a number of a mebibyte": (lambda: "a: " + "1" * (MAX_BYTES - 3), ["CS009"]),
    "a hexadecimal number of a mebibyte": (lambda: "a: 0x" + "f" * (MAX_BYTES - 5), ["CS009"]),
    "a fraction of a mebibyte": (lambda: "a: 0." + "1" * (MAX_BYTES - 5), ["CS009"]),
    "an exponent of 5,000 digits": (lambda: "a: 1e" + "1" * 5000, ["CS009"]),
    "an alias bomb": (lambda: bomb(10, 10), ["CS014"]),
    "a wide alias bomb": (lambda: bomb(3, 1000), ["CS014"]),
    "an alias bomb of merge keys": (
        lambda: "a0: &a0 {x: 1}\n" + "".join(
            f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}\n" for level in range(1, 12)
        ),
        ["CS014"],
    ),
    "a tower of aliases": (lambda: tower(50, 60), ["CS012"]),
    "a tower of aliases, a step at a time": (lambda: tower(300, 1), ["CS012"]),
    "an alias over and over": (lambda: "a: &a 1\nb: [" + "*a," * 200_000 + "]", ["CS014"]),
    "merge keys over and over": (lambda: "a: &a {}\nb:\n" + "  <<: *a\n" * 60_000, None),
    "a merge of many": (lambda: "a: &a {}\nb:\n  <<: [" + "*a," * 90_000 + "]", []),
    "a plain line of a mebibyte": (lambda: "a: " + "x" * (MAX_BYTES - 3), []),
    "words of a mebibyte": (lambda: "a: " + "x " * (MAX_BYTES // 2 - 3), []),
    "a quoted line of a mebibyte": (lambda: 'a: "' + "x" * (MAX_BYTES - 5) + '"', []),
    "escapes of a mebibyte": (lambda: 'a: "' + "\\n" * (MAX_BYTES // 2 - 5) + '"', []),
    "a key of a mebibyte": (lambda: "x" * (MAX_BYTES - 3) + ": 1", ["CS001"]),
    "a text block of many lines": (lambda: "a: |\n" + "  x\n" * 200_000, []),
    "a text block of empty lines": (lambda: "a: |+\n" + "\n" * 1_000_000, []),
    "a text block of blank lines": (lambda: "a: |1+\n" + "  \n" * 300_000, []),
    "a folded block of many lines": (lambda: "a: >\n" + "  x\n" * 200_000, []),
    "a million short keys": (lambda: numbered("N:\n"), None),
    "short keys that are text": (lambda: numbered("xN:\n"), ["CS014"]),
    "short keys in one line": (lambda: "{" + numbered("xN,") + "}", ["CS014"]),
    "one key over and over": (lambda: fill("a: 1\n"), None),
    "short items": (lambda: fill("- \n"), ["CS014"]),
    "empty lists": (lambda: "a: [" + fill("[],", MAX_BYTES - 5) + "]", ["CS014"]),
    "anchors": (lambda: "a:\n" + numbered("- &N\n"), ["CS014"]),
    "indentation of a mebibyte": (lambda: " " * (MAX_BYTES - 4) + "a: 1", []),
    "a value far to the right": (lambda: "a:" + " " * (MAX_BYTES - 4) + "1", []),
    "line breaks": (lambda: "\n" * (MAX_BYTES - 4) + "a: 1", []),
    "carriage returns": (lambda: "\r" * (MAX_BYTES - 4) + "a: 1", []),
    "comments": (lambda: fill("#\n", MAX_BYTES - 4) + "a: 1", []),
    "comments before a colon": (lambda: "{? a " + fill("# : # :\n", MAX_BYTES - 20) + "}", []),
    "one comment of a mebibyte": (lambda: "a: 1 #" + "#" * (MAX_BYTES - 6), []),
    "only comments": (lambda: fill("# x\n"), ["CS015"]),
    "U+2028 over and over": (lambda: "a: x" + fill("\u2028", MAX_BYTES - 6), []),
    "every private character": (
        lambda: "a: x\u2028\u0085" + "x" * 900_000 + "".join(map(chr, range(0xE000, 0xF900))),
        None,
    ),
    "documents": (lambda: fill("---\n"), ["CS004", "CS015"]),
    "ends of documents": (lambda: fill("...\n"), None),
    "directives": (lambda: fill("%YAML 1.2\n"), ["CS001"]),
    "tag directives": (lambda: numbered("%TAG !N! x\n") + "---\na: 1", ["CS007"]),
    "a tag of a mebibyte": (lambda: "a: !" + "x" * (MAX_BYTES - 4), ["CS007"]),
    "a tag of percent signs": (lambda: "a: !" + fill("%ff", MAX_BYTES - 8), None),
    "an anchor of a mebibyte": (lambda: "a: &" + "x" * (MAX_BYTES - 4), []),
    "ampersands": (lambda: "a: " + "&" * 1_000_000, ["CS001"]),
    "asterisks": (lambda: "a: " + "*" * 1_000_000, ["CS001"]),
    "exclamation marks": (lambda: "a: " + "!" * 1_000_000, None),
    "quotation marks": (lambda: "a: " + "'" * 1_000_001, ["CS001"]),
    "backslashes": (lambda: 'a: "' + "\\" * 1_000_001, ["CS001"]),
    "tabs": (lambda: "\t" * 1_000_000 + "a: 1", ["CS003"]),
    "nulls": (lambda: "\0" * 1_000_000, ["CS001"]),
    "byte-order marks": (lambda: fill("\ufeff"), ["CS008"]),
    "spaces": (lambda: " " * 1_000_000, ["CS015"]),
}  # fmt: skip
"""Files that are made to hurt, with the codes of what is found; None where there is more to it."""

JSON: dict[str, tuple[Callable[[], str], list[str] | None]] = {
    "opening brackets": (lambda: "[" * 100_000, ["CS012"]),
    "objects in objects": (lambda: '{"a":' * 100_000, ["CS012"]),
    "a number of 5,000 digits": (lambda: '{"a": ' + "1" * 5000 + "}", ["CS009"]),
    "a number of a mebibyte": (lambda: '{"a": ' + "1" * 1_000_000 + "}", ["CS009"]),
    "a word of a mebibyte": (lambda: '{"a": ' + "x" * 1_000_000 + "}", ["CS001"]),
    "a text of a mebibyte": (lambda: '{"a": "' + "x" * 1_000_000 + '"}', []),
    "escapes of a mebibyte": (lambda: '{"a": "' + "\\u0041" * 170_000 + '"}', []),
    "a text that is never closed": (lambda: '{"a": "' + "x" * 1_000_000, ["CS001"]),
    "backslashes": (lambda: '{"a": "' + "\\" * 1_000_001, ["CS001"]),
    "short keys": (lambda: "{" + ",".join(f'"{number:x}":1' for number in range(90_000)) + "}", []),
    "one key over and over": (lambda: "{" + ",".join(['"a":1'] * 90_000) + "}", None),
    "short items": (lambda: '{"a":[' + "1," * 500_000 + "1]}", ["CS014"]),
    "as many items as may be": (lambda: '{"a":[' + ",".join("1" * (MAX_NODES - 2)) + "]}", []),
    "space": (lambda: " " * 1_000_000 + "{}", []),
    "line breaks": (lambda: "{" + "\r\n" * 500_000 + "}", []),
    "commas": (lambda: "[" + "," * 1_000_000, ["CS001"]),
    "minus signs": (lambda: '{"a": ' + "-" * 1_000_000, ["CS001"]),
    "surrogates": (lambda: '{"a": "' + "\\ud800" * 170_000 + '"}', ["CS011"]),
}


def cases(files: dict[str, tuple[Callable[[], str], list[str] | None]]) -> list[Any]:
    return [pytest.param(make, codes, id=name) for name, (make, codes) in files.items()]


@pytest.mark.parametrize(("make", "codes"), cases(YAML))
def test_yaml_that_is_made_to_hurt(make: Callable[[], str], codes: list[str] | None) -> None:
    hurt(yaml, make().encode(), codes)


@pytest.mark.parametrize(("make", "codes"), cases(JSON))
def test_json_that_is_made_to_hurt(make: Callable[[], str], codes: list[str] | None) -> None:
    hurt(json_, make().encode(), codes)


def hurt(read_: Callable[[bytes], Any], raw: bytes, codes: list[str] | None) -> None:
    assert len(raw) <= MAX_BYTES
    before = time.process_time()
    document = read_(raw)
    check_usable(document)
    assert time.process_time() - before < 60
    if codes is not None:
        assert [code for code, _, _ in found(document)] == codes
