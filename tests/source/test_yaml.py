"""YAML, case by case: what reads clean (the tables are in `cases`), and what is found in what does not."""

from __future__ import annotations

from sys import float_info
from typing import TYPE_CHECKING, Any

import pytest
from cases import CLEAN, SCALARS
from reading import by_libyaml, check_usable, found, node_at, span_of, strict, where, yaml

from callsheet.source.document import read, read_text
from callsheet.source.node import UNREADABLE
from callsheet.source.text import Text

if TYPE_CHECKING:
    from reading import Found

    from callsheet.source.document import Document

GONE: Any = object()
"""The data of a document that could not be read to its end."""

NO = UNREADABLE

FAULTS: dict[str, list[tuple[str | bytes, list[Found], Any]]] = {
    "numbers that JSON does not have": [
        ("a: .inf", [("CS009", ".inf", "1:4")], {"a": NO}),
        ("a: -.INF", [("CS009", "-.INF", "1:4")], {"a": NO}),
        ("a: +.Inf", [("CS009", "+.Inf", "1:4")], {"a": NO}),
        ("a: .nan", [("CS009", ".nan", "1:4")], {"a": NO}),
        ("a: .NaN", [("CS009", ".NaN", "1:4")], {"a": NO}),
        ("a: 1e400", [("CS009", "1e400", "1:4")], {"a": NO}),
        ("a: -1e400", [("CS009", "-1e400", "1:4")], {"a": NO}),
        ("a: [1, .inf, 2]\nb: .nan", [("CS009", ".inf", "1:8"), ("CS009", ".nan", "2:4")], {"a": [1, NO, 2], "b": NO}),
        (".nan: 1\nb: 2", [("CS009", ".nan", "1:1")], {"b": 2}),
        ("a: !!float .inf", [("CS009", "!!float .inf", "1:4")], {"a": NO}),
    ],
    "numbers that no double holds": [
        (f"a: {'9' * 309}", [("CS009", "9" * 309, "1:4")], {"a": NO}),
        (f"a: {int(float_info.max) + 1}", [("CS009", str(int(float_info.max) + 1), "1:4")], {"a": NO}),
        (f"a: -{'1' * 5000}", [("CS009", "-" + "1" * 5000, "1:4")], {"a": NO}),
        (f"a: 0x1{'0' * 256}", [("CS009", "0x1" + "0" * 256, "1:4")], {"a": NO}),
        (f"a: 0x{'f' * 5000}", [("CS009", "0x" + "f" * 5000, "1:4")], {"a": NO}),
        (f"a: 0o{'7' * 5000}", [("CS009", "0o" + "7" * 5000, "1:4")], {"a": NO}),
        (f"a: 0.{'1' * 400}", [("CS009", "0." + "1" * 400, "1:4")], {"a": NO}),
    ],
    "numbers with more than 16 decimals": [
        ("a: 0.12345678901234567", [("CS010", "0.12345678901234567", "1:4")], {"a": NO}),
        ("a: -.12345678901234567", [("CS010", "-.12345678901234567", "1:4")], {"a": NO}),
        ("a: 1.00000000000000000e5", [("CS010", "1.00000000000000000e5", "1:4")], {"a": NO}),
        ("a: {b: [0.30000000000000004]}", [("CS010", "0.30000000000000004", "1:9")], {"a": {"b": [NO]}}),
    ],
    "duplicate keys": [
        ("a: 1\nb: 2\na: 3", [("CS002", "a", "3:1")], {"a": 3, "b": 2}),
        ("a: 1\na: 2\na: 3", [("CS002", "a", "2:1"), ("CS002", "a", "3:1")], {"a": 3}),
        ("a:\n  b: 1\n  b: 2", [("CS002", "b", "3:3")], {"a": {"b": 2}}),
        ("{a: 1, a: 2}", [("CS002", "a", "1:8")], {"a": 2}),
        ("a: {b: 1, 'b': 2}", [("CS002", "'b'", "1:11")], {"a": {"b": 2}}),
        ('a: 1\n"\\x61": 2', [("CS002", '"\\x61"', "2:1")], {"a": 2}),
        ("a: 1\r\n\r\na: 2", [("CS002", "a", "3:1")], {"a": 2}),
        ("a: 1\ra: 2", [("CS002", "a", "2:1")], {"a": 2}),
        ("? a\n? a", [("CS002", "a", "2:3")], {"a": None}),
        ("? 'a\n  b'\n: 1\na b: 2", [("CS002", "a b", "4:1")], {"a b": 2}),
        ("a: &x b\nb: 1\n*x : 2", [("CS002", "*x", "3:1")], {"a": "b", "b": 2}),
        ("a\u2028b: 1\na\u2028b: 2", [("CS002", "a\u2028b", "2:1")], {"a\u2028b": 2}),
        ("\U0001f600: {x: 1, x: 2}", [("CS002", "x", "1:11")], {"\U0001f600": {"x": 2}}),
        ("\ufeffa: 1\na: 2", [("CS002", "a", "2:1")], {"a": 2}),
    ],
    "tabs in the indentation": [
        ("\ta: 1", [("CS003", "\t", "1:1")], GONE),
        ("a:\n\tb: 1", [("CS003", "\t", "2:1")], GONE),
        ("a:\n  b: 1\n\tc: 2", [("CS003", "\t", "3:1")], GONE),
        ("a:\n  b: 1\n \tc: 2", [("CS003", "\t", "3:2")], GONE),
        ("a:\n- b\n\t- c", [("CS003", "\t", "3:1")], GONE),
        ("a:\r\n\tb: 1", [("CS003", "\t", "2:1")], GONE),
        ("a: b\n\tc", [("CS003", "\t", "2:1")], GONE),
        ("a: |\n\tx", [("CS003", "\t", "2:1")], GONE),
        ("a: >\n\tx", [("CS003", "\t", "2:1")], GONE),
        ("-\t- a", [("CS003", "\t", "1:2")], GONE),
        # YAML 1.2 takes this one; libyaml does not, and neither did YAML 1.1.
        ("a: |\n  \tx", [("CS003", "\t", "2:3")], GONE),
    ],
    "several documents": [
        ("a: 1\n---\nb: 2", [("CS004", "---", "2:1")], {"a": 1}),
        ("a: 1\n---\n", [("CS004", "---", "2:1")], {"a": 1}),
        ("a: 1\n--- {b: 2}", [("CS004", "---", "2:1")], {"a": 1}),
        ("a: 1\n...\n---\nb: 2", [("CS004", "---", "3:1")], {"a": 1}),
        ("a: 1\n...\n%YAML 1.2\n---\nb: 2", [("CS004", "---", "4:1")], {"a": 1}),
        ("a: 1\r\n---\r\nb: [", [("CS004", "---", "2:1")], {"a": 1}),
        ("a: 1\n---\n---\n", [("CS004", "---", "2:1")], {"a": 1}),
        ("---\n---\na: 1", [("CS004", "---", "2:1"), ("CS015", "", "1:1")], GONE),
        ("a: 1\n...\nb: 2", [("CS001", "b", "3:1")], GONE),
        ("{a: 1}\nb", [("CS001", "b", "2:1")], GONE),
    ],
    "aliases without an anchor, or inside it": [
        ("a: *x", [("CS005", "*x", "1:4")], {"a": NO}),
        ("a: *x\nb: &x 1", [("CS005", "*x", "1:4")], {"a": NO, "b": 1}),
        ("a: &x [*x]", [("CS005", "*x", "1:8")], {"a": [NO]}),
        ("a: &x {b: *x}\nc: *x", [("CS005", "*x", "1:11")], {"a": {"b": NO}, "c": {"b": NO}}),
        ("a: &x\n  b: {c: *x}", [("CS005", "*x", "2:10")], {"a": {"b": {"c": NO}}}),
        ("&x\na: *x", [("CS005", "*x", "2:4")], {"a": NO}),
        ("*x : 1\nb: 2", [("CS005", "*x", "1:1")], {"b": 2}),
        ("*x", [("CS005", "*x", "1:1"), ("CS016", "*x", "1:1")], GONE),
        ("a: *", [("CS001", "*", "1:4")], GONE),
        ("a: **bold**", [("CS001", "*", "1:5")], GONE),
        ("a: & b", [("CS001", " ", "1:5")], GONE),
        ("a: &x *x", [("CS001", "*", "1:7")], GONE),
        ("a: &x &y z", [("CS001", "&", "1:7")], GONE),
    ],
    "merge keys that merge nothing, or stand twice": [
        ("a:\n  <<: 1", [("CS006", "1", "2:7")], {"a": {}}),
        ("<<: x\na: 1", [("CS006", "x", "1:5")], {"a": 1}),
        ("b:\n  <<:\n", [("CS006", "", "2:6")], {"b": {}}),
        ("a: &x 1\nb:\n  <<: *x", [("CS006", "*x", "3:7")], {"a": 1, "b": {}}),
        ("a: &x [1]\nb:\n  <<: *x", [("CS006", "*x", "3:7")], {"a": [1], "b": {}}),
        ("b:\n  <<: [{a: 1}, 2, [{}]]", [("CS006", "2", "2:16"), ("CS006", "[{}]", "2:19")], {"b": {"a": 1}}),
        ("a: &x 1\nb:\n  <<: [{c: 1}, *x]", [("CS006", "[{c: 1}, *x]", "3:7")], {"a": 1, "b": {"c": 1}}),
        ("b:\n  <<: *y", [("CS005", "*y", "2:7")], {"b": {}}),
        ("b:\n  <<: [*y, {c: 1}]", [("CS005", "*y", "2:8")], {"b": {"c": 1}}),
        (
            "x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz:\n  <<: *x\n  <<: *y",
            [("CS002", "<<", "5:3")],
            {"x": {"a": 1}, "y": {"a": 2, "b": 2}, "z": {"a": 1, "b": 2}},
        ),
        ("a:\n  <<: {b: 1}\n  '<<': 2\n  <<: {}", [("CS002", "<<", "4:3")], {"a": {"b": 1, "<<": 2}}),
    ],
    "tags that make objects": [
        ("a: !foo b", [("CS007", "!foo", "1:4")], {"a": NO}),
        ("a: !foo [1]", [("CS007", "!foo", "1:4")], {"a": [1]}),
        ("a: !foo\n  b: 1", [("CS007", "!foo", "1:4")], {"a": {"b": 1}}),
        ("a: !foo\nb: 1", [("CS007", "!foo", "1:4")], {"a": NO, "b": 1}),
        ("a: !foo |\n  x\nb: 1", [("CS007", "!foo", "1:4")], {"a": NO, "b": 1}),
        ("!foo\na: 1", [("CS007", "!foo", "1:1")], {"a": 1}),
        ("!foo x: 1\nb: 2", [("CS007", "!foo", "1:1")], {"b": 2}),
        ("a: &x !foo z", [("CS007", "!foo", "1:7")], {"a": NO}),
        ("a: !foo &x z\nb: *x", [("CS007", "!foo", "1:4")], {"a": NO, "b": NO}),
        ("a: !<x,y> z", [("CS007", "!<x,y>", "1:4")], {"a": NO}),
        ("a: !!python/object:os.system {b: 1}", [("CS007", "!!python/object:os.system", "1:4")], {"a": {"b": 1}}),
        ("a: !!binary aGk=", [("CS007", "!!binary", "1:4")], {"a": NO}),
        ("a: !!timestamp 2001-01-01", [("CS007", "!!timestamp", "1:4")], {"a": NO}),
        ("a: !!merge <<", [("CS007", "!!merge", "1:4")], {"a": NO}),
        ("a: !!set {b}", [("CS007", "!!set", "1:4")], {"a": {"b": None}}),
        ("a: !!omap [b: 1]", [("CS007", "!!omap", "1:4")], {"a": [{"b": 1}]}),
        ("%TAG !e! tag:e.org:\n---\na: !e!x y", [("CS007", "!e!x", "3:4")], {"a": NO}),
    ],
    "tags that say what is not so": [
        ("a: !!int x", [("CS007", "!!int x", "1:4")], {"a": NO}),
        ("a: !!int 1.5", [("CS007", "!!int 1.5", "1:4")], {"a": NO}),
        ("a: !!int true", [("CS007", "!!int true", "1:4")], {"a": NO}),
        ("a: !!float x", [("CS007", "!!float x", "1:4")], {"a": NO}),
        ("a: !!bool yes", [("CS007", "!!bool yes", "1:4")], {"a": NO}),
        ("a: !!null x", [("CS007", "!!null x", "1:4")], {"a": NO}),
        ("a: !!map x", [("CS007", "!!map", "1:4")], {"a": NO}),
        ("a: !!map [1]", [("CS007", "!!map", "1:4")], {"a": [1]}),
        ("a: !!seq {b: 1}", [("CS007", "!!seq", "1:4")], {"a": {"b": 1}}),
        ("a: !!str [1]", [("CS007", "!!str", "1:4")], {"a": [1]}),
    ],
    "tags that are none": [
        ("a: !e!x y", [("CS001", "!", "1:4")], GONE),
        ("a: !x! y", [("CS001", " ", "1:7")], GONE),
        ("a: !<x y", [("CS001", " ", "1:7")], GONE),
        ("a: hey! 100%\nb: !%ED%A0%80 x", [("CS007", "!%ED%A0%80", "2:4")], GONE),
        ("%TAG !e! tag:%ED%A0%80\n---\na: !e!x y", [("CS007", "%TAG !e! tag:%ED%A0%80", "1:1")], GONE),
    ],
    "directives": [
        ("%YAML 1.3\n---\na: 1", [("CS001", "%", "1:1")], GONE),
        ("%YAML 2.0\n---\na: 1", [("CS001", "%", "1:1")], GONE),
        ("%YAML 1.2\n%YAML 1.2\n---\na: 1", [("CS001", "%", "2:1")], GONE),
        ("%YAML 1.2\na: 1", [("CS001", "a", "2:1")], GONE),
        ("%FOO x\n---\na: 1", [("CS001", " ", "1:5")], GONE),
        ("%", [("CS001", "%", "1:1")], GONE),
    ],
    "keys that are not text": [
        ("1: a", [("CS017", "1", "1:1")], {"1": "a"}),
        ("1.5: a", [("CS017", "1.5", "1:1")], {"1.5": "a"}),
        ("true: a", [("CS017", "true", "1:1")], {"true": "a"}),
        ("null:", [("CS017", "null", "1:1")], {"null": None}),
        ("~: a", [("CS017", "~", "1:1")], {"~": "a"}),
        ("? \n: a", [("CS017", "", "1:2")], {"": "a"}),
        ("[a]: b\nc: 1", [("CS017", "[a]", "1:1")], {"c": 1}),
        ("{a: 1}: b\nc: 1", [("CS017", "{a: 1}", "1:1")], {"c": 1}),
        ("? - a\n: b", [("CS017", "- a", "1:3")], {}),
        ("a: {1: b, '1': c}", [("CS017", "1", "1:5"), ("CS002", "'1'", "1:11")], {"a": {"1": "c"}}),
        ("012: a\n12: b", [("CS017", "012", "1:1"), ("CS017", "12", "2:1")], {"012": "a", "12": "b"}),
        ("&x 1: a", [("CS017", "&x 1", "1:1")], {"1": "a"}),
        ("!!int 1: a", [("CS017", "!!int 1", "1:1")], {"1": "a"}),
        ("a: &x 1\n*x : b", [("CS017", "*x", "2:1")], {"a": 1, "1": "b"}),
        ("a: &x [1]\n*x : b", [("CS017", "*x", "2:1")], {"a": [1]}),
        # YAML 1.2 takes a block mapping's entry without a key; libyaml does not.
        (": a", [("CS001", ":", "1:1")], GONE),
    ],
    "nothing in the file": [
        ("", [("CS015", "", "1:1")], GONE),
        ("\n", [("CS015", "", "1:1")], GONE),
        (" \r\n\t", [("CS015", "", "1:1")], GONE),
        ("\u00a0", [("CS015", "", "1:1")], GONE),
        ("\ufeff", [("CS015", "", "1:1")], GONE),
        ("# c", [("CS015", "", "1:1")], GONE),
        ("---", [("CS015", "", "1:1")], GONE),
        ("---\n...\n", [("CS015", "", "1:1")], GONE),
        ("--- # c\n", [("CS015", "", "1:1")], GONE),
    ],
    "a top level that is no mapping": [
        ("- a", [("CS016", "- a", "1:1")], GONE),
        ("- a\n- b\n\n# c\n", [("CS016", "- a\n- b", "1:1")], GONE),
        ("[a: 1]\n", [("CS016", "[a: 1]", "1:1")], GONE),
        ("a b\nc\n", [("CS016", "a b\nc", "1:1")], GONE),
        ("'a: 1'", [("CS016", "'a: 1'", "1:1")], GONE),
        ("|\n  x\n\n", [("CS016", "|\n  x", "1:1")], GONE),
        ("--- ~", [("CS016", "~", "1:5")], GONE),
        ("1", [("CS016", "1", "1:1")], GONE),
        ("&x", [("CS016", "&x", "1:1")], GONE),
        ("!!str", [("CS016", "!!str", "1:1")], GONE),
        (".inf", [("CS009", ".inf", "1:1"), ("CS016", ".inf", "1:1")], GONE),
    ],
    "bytes that are not UTF-8": [
        (b"a: \xff", [("CS008", "\ufffd", "1:4")], GONE),
        (b"a: 1\nb: \xe9\n", [("CS008", "\ufffd", "2:4")], GONE),
        (b"a: \xf0\x9f\x98\x80 \xc3", [("CS008", "\ufffd", "1:6")], GONE),
        (b"a: \xed\xa0\x80", [("CS008", "\ufffd", "1:4")], GONE),
        (b"a: \xf5\x80\x80\x80", [("CS008", "\ufffd", "1:4")], GONE),
        (b"\xef\xbb", [("CS008", "\ufffd", "1:1")], GONE),
        (b"\xef\xbb\xbfa: \xff", [("CS008", "\ufffd", "1:4")], GONE),
        ("\ufeffa: 1".encode("utf-16-le"), [("CS008", "", "1:1")], GONE),
        ("\ufeffa: 1".encode("utf-16-be"), [("CS008", "", "1:1")], GONE),
        ("a: 1".encode("utf-16-le"), [("CS001", "\0", "1:2")], GONE),
        ("\ufeff\ufeffa: 1\nb: 2", [("CS008", "\ufeff", "1:1")], GONE),
    ],
    "control characters": [
        ("a: \x01", [("CS001", "\x01", "1:4")], GONE),
        ("a: '\x7f'", [("CS001", "\x7f", "1:5")], GONE),
        ("a: \x80", [("CS001", "\x80", "1:4")], GONE),
        ("a: \ufffe", [("CS001", "\ufffe", "1:4")], GONE),
        ("a: x\n# \U0001f600\x08", [("CS001", "\x08", "2:4")], GONE),
        ("a: \u0085\u0085\u2028\x1b", [("CS001", "\x1b", "1:7")], GONE),
    ],
    "escapes": [
        ('a: "\\ud800"', [("CS011", "\\ud800", "1:5")], GONE),
        ('a: "x\\uDFFF"', [("CS011", "\\uDFFF", "1:6")], GONE),
        ('a: "\\ud83dx"', [("CS011", "\\ud83d", "1:5")], GONE),
        ('a: "\\ude00\\ud83d"', [("CS011", "\\ude00", "1:5")], GONE),
        ('a: "\\ud83d\\ude00"', [("CS011", "\\ud83d\\ude00", "1:5")], GONE),
        ('a: "\\U0000d800"', [("CS011", "\\U0000d800", "1:5")], GONE),
        ('"\\ud800": 1', [("CS011", "\\ud800", "1:2")], GONE),
        ('a: "\\U00110000"', [("CS001", "0", "1:7")], GONE),
        ('a: "\\q"', [("CS001", "\\", "1:5")], GONE),
        ('a: "\\x4"', [("CS001", "4", "1:7")], GONE),
    ],
    "brackets and quotation marks that are left open": [
        ("a: [1, 2", [("CS001", "[", "1:4")], GONE),
        ("a: {b: 1\n\n", [("CS001", "{", "1:4")], GONE),
        ("a: 'x\nb: 1\n", [("CS001", "'", "1:4")], GONE),
        ('a: "x\n  y', [("CS001", '"', "1:4")], GONE),
        ("a: [1}", [("CS001", "}", "1:6")], GONE),
        ("a: {b: 1]", [("CS001", "]", "1:9")], GONE),
        ("a: [b, c\nd: 1\n", [("CS001", ":", "2:2")], GONE),
        ("a: ]", [("CS001", "]", "1:4")], GONE),
        ("a: [,]", [("CS001", ",", "1:5")], GONE),
        ("a: 'x\n---\n'", [("CS001", "-", "2:1")], GONE),
    ],
    "lines that do not fit": [
        ("a: b: c", [("CS001", ":", "1:5")], GONE),
        ("a: 1\nb 2  # c\n\nd: 3", [("CS001", "b 2", "2:1")], GONE),
        ("a: 1\nb 2", [("CS001", "b 2", "2:1")], GONE),
        ("\U0001f600: b: c", [("CS001", ":", "1:5")], GONE),
        ("a: 1\n  b: 2", [("CS001", ":", "2:4")], GONE),
        ("a:\n  b: 1\n c: 2", [("CS001", "c", "3:2")], GONE),
        ("a: 1\nb", [("CS001", "b", "2:1")], GONE),
        ("a:1\nb: 2", [("CS001", ":", "2:2")], GONE),
        ("a: 1\n- b", [("CS001", "-", "2:1")], GONE),
        ("a:\n- b\nc\n", [("CS001", "c", "3:1")], GONE),
        ("a: - b", [("CS001", "-", "1:4")], GONE),
        ("a: ? b", [("CS001", "?", "1:4")], GONE),
    ],
    "text that needs quotation marks": [
        ("a: @x", [("CS001", "@", "1:4")], GONE),
        # YAML 1.2 takes the next three; libyaml does not.
        ("a: [:x]", [("CS001", ":", "1:5")], GONE),
        ("a: {b:}", [("CS001", ":", "1:6")], GONE),
        ("a: [b:?]", [("CS001", ":", "1:6")], GONE),
        ("a: `x`", [("CS001", "`", "1:4")], GONE),
        ("a: %x", [("CS001", "%", "1:4")], GONE),
        ("a: 'it's'", [("CS001", "s", "1:8")], GONE),
        ('a: "b" c', [("CS001", "c", "1:8")], GONE),
        ("a: |x", [("CS001", "x", "1:5")], GONE),
        ("a: , b", [("CS001", ",", "1:4")], GONE),
        ("a: *x y", [("CS005", "*x", "1:4"), ("CS001", "y", "1:7")], GONE),
    ],
    "more than 64 levels": [
        (f"a: {'[' * 64}{']' * 64}", [("CS012", "[", "1:67")], GONE),
        ("{a: " * 65, [("CS012", "{", "1:257")], GONE),
        ("- " * 65, [("CS012", "-", "1:129")], GONE),
        ("? " * 65, [("CS012", "?", "1:129")], GONE),
        ("".join(" " * level + "a:\n" for level in range(65)), [("CS012", "a", "65:65")], GONE),
        (f"a: &x {'[' * 40}{']' * 40}\nb: {'[' * 24}*x", [("CS012", "*x", "2:28")], GONE),
        (f"a: &x {'[' * 63}{']' * 63}\nb: &y [*x]\nc: [*y]", [("CS012", "*x", "2:8")], GONE),
    ],
}


def flat(groups: dict[str, Any]) -> list[Any]:
    """The cases of all groups, with ids that name the group."""
    return [
        pytest.param(*case, id=f"{group}-{index}")
        for group, cases in groups.items()
        for index, case in enumerate(cases.items() if isinstance(cases, dict) else cases)
    ]


def clean(document: Document, data: Any) -> None:
    assert found(document) == []
    assert strict(document.data) == strict(data)
    check_usable(document)


@pytest.mark.parametrize(("raw", "value"), flat(SCALARS))
def test_scalars(raw: str, value: Any) -> None:
    clean(yaml(f"a: {raw}\n"), {"a": value})
    clean(yaml(f"a: {raw}\r\nb: 1\r\n"), {"a": value, "b": 1})
    clean(yaml(f"a: {raw}\rb: 1\r"), {"a": value, "b": 1})
    clean(yaml(f"a: {raw}"), {"a": value})


@pytest.mark.parametrize(("raw", "value"), flat(SCALARS))
def test_a_scalar_is_where_it_is_written(raw: str, value: Any) -> None:
    document = yaml(f"\U0001f600: [x]\na:   {raw}  # c\n")
    node = node_at(document, "a")
    if raw:
        assert where(document.text, node.span) == (raw, "2:6")
    else:
        assert where(document.text, node.span) == ("", "2:3")
    assert strict(node.value) == strict(value)


@pytest.mark.parametrize(("content", "data"), flat(CLEAN))
def test_documents(content: str, data: Any) -> None:
    clean(yaml(content), data)


@pytest.mark.parametrize(("content", "findings", "data"), flat(FAULTS))
def test_faults(content: str | bytes, findings: list[Found], data: Any) -> None:
    document = yaml(content)
    assert found(document) == findings
    assert (document.root is None) == (data is GONE)
    if data is not GONE:
        assert strict(document.data) == strict(data)
    check_usable(document)


SPANS: dict[str, list[tuple[str, tuple[str | int, ...], str, str]]] = {
    "text blocks end where their text does": [
        ("a: |\n  x\n\n\nb: 1", ("a",), "|\n  x", "1:4"),
        ("a: |+\n  x\n\n\nb: 1", ("a",), "|+\n  x\n\n", "1:4"),
        ("a: |+\n\n\nb: 1", ("a",), "|+\n\n", "1:4"),
        ("a: |-\n\n\nb: 1", ("a",), "|-", "1:4"),
        ("a: |\n  x\n     \n\nb: 1", ("a",), "|\n  x\n     ", "1:4"),
        ("a: |\n  x\n  \u00a0\n\nb: 1", ("a",), "|\n  x\n  \u00a0", "1:4"),
        ("a: |2\n     \n\nb: 1", ("a",), "|2\n     ", "1:4"),
        ("a: |  # c\n  x\n# d\nb: 1", ("a",), "|  # c\n  x", "1:4"),
        ("a: !!str |\n  x\n\nb: 1", ("a",), "!!str |\n  x", "1:4"),
        ("a: >\r\n  x\r\n  y  \r\n\r\nb: 1", ("a",), ">\r\n  x\r\n  y  ", "1:4"),
        ("a:\n- |\n  x\n\n- 1", ("a", 0), "|\n  x", "2:3"),
    ],
    "block collections run from their first key to their last value": [
        ("a:\n  b: 1\n  c: 2 # d\n\n# e\nf: 3", ("a",), "b: 1\n  c: 2", "2:3"),
        ("a:\n- 1\n- - 2\n\nb: 3", ("a",), "- 1\n- - 2", "2:1"),
        ("a:\n- 1\n- - 2\n\nb: 3", ("a", 1), "- 2", "3:3"),
        ("a:\n  b: |\n    x\n\n\nc: 1", ("a",), "b: |\n    x", "2:3"),
        ("a: &x\n  b: 1\nc: 2", ("a",), "&x\n  b: 1", "1:4"),
        ("a:\n  b:\nc: 2", ("a",), "b:", "2:3"),
        ("a:\n  ? b\nc: 2", ("a",), "? b", "2:3"),
        ("a:\n  -\n\nc: 2", ("a",), "-", "2:3"),
        ("a: &x 1\nb:\n  c: *x\n\nd: 1", ("b",), "c: *x", "3:3"),
        ("a: &x 1\nb:\n- [1]\n- *x\n\nd: 1", ("b",), "- [1]\n- *x", "3:1"),
    ],
    "flow collections run from bracket to bracket": [
        ("a: [1, {b: 2} ] # c", ("a",), "[1, {b: 2} ]", "1:4"),
        ("a: [1, {b: 2} ] # c", ("a", 1), "{b: 2}", "1:8"),
        ("a: !!map {\n b: 2\n}\nc: 1", ("a",), "!!map {\n b: 2\n}", "1:4"),
        ("a: [b: 1 # c\n  , c]", ("a", 0), "b: 1", "1:5"),
        ("a: [b:  , c]", ("a", 0), "b:", "1:5"),
        ("a: [? b : [1] , c]", ("a", 0), "? b : [1]", "1:5"),
    ],
    "what is left out is after its colon": [
        ("a:   # c\nb: 1", ("a",), "", "1:3"),
        ("{a: \n\n, b: 1}", ("a",), "", "1:4"),
        ("{? a  # :\n: # c\n}", ("a",), "", "2:2"),
        ("{a , b}", ("a",), "", "1:3"),
        ("? a # b : c\n\nd: 1", ("a",), "", "1:4"),
        ("a:\n- # c\n- 1", ("a", 0), "", "2:2"),
    ],
    "an alias stands at its anchor": [
        ("a: &x [1]\nb: *x", ("b",), "&x [1]", "1:4"),
        ("a: &x [1]\nb: *x", ("b", 0), "1", "1:8"),
        ("a: &x {c: 1}\nb:\n  <<: *x", ("b", "c"), "1", "1:11"),
    ],
    "columns are code points, lines are those of editors": [
        ("\U0001f600: {e\u0301: \U0001f600\U0001f600, b: 1}", ("\U0001f600", "b"), "1", "1:16"),
        ("a: x\u2028y\u0085z\nb: 1", ("b",), "1", "2:4"),
        ("a: 1\r\n\r\nb: 1", ("b",), "1", "3:4"),
        ("a: 1\r\rb: 1", ("b",), "1", "3:4"),
        ("\ufeffa: 1", ("a",), "1", "1:4"),
        ('a: "x\u2028\n y"', ("a",), '"x\u2028\n y"', "1:4"),
    ],
}


@pytest.mark.parametrize(("content", "path", "covered", "at"), flat(SPANS))
def test_spans(content: str, path: tuple[str | int, ...], covered: str, at: str) -> None:
    document = yaml(content)
    assert found(document) == []
    assert where(document.text, node_at(document, *path).span) == (covered, at)


@pytest.mark.parametrize(
    ("content", "path", "key", "covered", "at"),
    [
        ("a: {b: 1}", ("a",), "b", "b", "1:5"),
        ("  'a' : 1", (), "a", "'a'", "1:3"),
        ("? a\n: 1", (), "a", "a", "1:3"),
        ("a: 1\n&x b: 2", (), "b", "&x b", "2:1"),
        ('"\\U0001F600": 1', (), "\U0001f600", '"\\U0001F600"', "1:1"),
        ("a: &x b\n*x : 2", (), "b", "*x", "2:1"),
        ("x: &x {a: 1}\ny:\n  <<: *x", ("y",), "a", "a", "1:8"),
        ("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2", ("y",), "a", "a", "4:3"),
        ("a: 1\na: 2", (), "a", "a", "2:1"),
        ("1: a", (), "1", "1", "1:1"),
    ],
)
def test_keys_are_where_they_are_written(
    content: str, path: tuple[str | int, ...], key: str, covered: str, at: str
) -> None:
    document = yaml(content)
    keys = node_at(document, *path).keys
    assert keys is not None
    text, start, end = keys[key]
    assert where(text, type(node_at(document).span)(start, end)) == (covered, at)


def test_64_levels_are_read() -> None:
    clean(yaml(f"a: {'[' * 63}{']' * 63}"), {"a": nested(63)})
    clean(yaml(f"a: &x {'[' * 40}{']' * 40}\nb: {'[' * 23}*x{']' * 23}"), {"a": nested(40), "b": nested(63)})
    document = yaml("".join(" " * level + "a:\n" for level in range(64)))
    assert found(document) == []


def nested(levels: int) -> list[Any]:
    return [nested(levels - 1)] if levels > 1 else []


def test_the_sentence_about_a_duplicate_names_the_line_of_the_first() -> None:
    fault = yaml("a: 1\n\nb: 2\na: 3").faults[0]
    assert "`a`" in fault.message
    assert fault.help is not None
    assert "line 1" in fault.help


def test_the_sentence_about_decimals_proposes_a_number_that_reads_clean() -> None:
    help_ = yaml("a: 0.30000000000000004").faults[0].help
    assert help_ == "write 0.3"
    clean(yaml(f"a: {help_.removeprefix('write ')}"), {"a": 0.3})


def test_the_sentence_about_a_surrogate_pair_names_the_character() -> None:
    assert "\U0001f600" in (yaml('a: "\\ud83d\\ude00"').faults[0].help or "")


def test_faults_that_leave_the_rest_readable_are_all_found() -> None:
    document = yaml("a: .inf\nb: 1\nb: !foo x\n1: *y\nc:\n  <<: 2\n  d: 0.12345678901234567\n---\nz: [")
    assert [code for code, _, _ in found(document)] == [
        "CS009",
        "CS007",
        "CS002",
        "CS005",
        "CS017",
        "CS006",
        "CS010",
        "CS004",
    ]
    assert strict(document.data) == strict({"a": NO, "b": NO, "1": NO, "c": {"d": NO}})


def test_a_file_over_a_mebibyte_is_not_read() -> None:
    at_limit = b"a: " + b"x" * (1024 * 1024 - 3)
    clean(yaml(at_limit), {"a": "x" * (1024 * 1024 - 3)})
    document = yaml(at_limit + b"x")
    assert found(document) == [("CS013", "", "1:1")]
    assert document.root is None
    document = yaml(b"# \xf0\x9f\x98\x80" * 1024 * 1024)
    assert found(document) == [("CS013", "", "1:1")]


def test_the_limit_on_size_can_be_raised_and_lowered() -> None:
    assert found(read("a.yaml", b"a: 12", max_bytes=4)) == [("CS013", "", "1:1")]
    clean(read("a.yaml", b"a: 12", max_bytes=5), {"a": 12})
    clean(read("a.yaml", b"# " + b"x" * 2**20 + b"\na: 1", max_bytes=2**21), {"a": 1})


@pytest.mark.parametrize(
    ("path", "raw", "codes"),
    [
        ("a.yaml", b'{"a": 1,}', []),
        ("a.yml", b'{"a": 1,}', []),
        ("a.json", b'{"a": 1,}', ["CS001"]),
        ("a.json", b"a: 1", ["CS001"]),
        ("a", b'{"a": 1,}', ["CS001"]),
        ("a", b' \n{ "a": 1,}', ["CS001"]),
        ("a", b"{}", []),
        ("a", b"{a: 1,}", []),
        ("a", b"a: 1", []),
        ("-", b'["a",]', ["CS016"]),
    ],
)
def test_what_is_held_to_json(path: str, raw: bytes, codes: list[str]) -> None:
    assert [code for code, _, _ in found(read(path, raw))] == codes


@pytest.mark.parametrize(("path", "code"), [("a.yaml", "CS011"), ("a.json", "CS011")])
def test_a_text_that_a_program_decoded_may_hold_half_a_surrogate(path: str, code: str) -> None:
    document = read_text(Text(path, '{"a": "x\ud800"}'))
    assert [fault.code for fault in document.faults] == [code]
    assert span_of(document.faults[0].place).start in (6, 8)


def test_a_node_knows_its_text_and_its_children() -> None:
    document = yaml("a: {b: [1, x]}\nc: 2")
    assert document.root is not None
    assert [path for path, _ in document.root.walk()] == [
        (),
        ("a",),
        ("a", "b"),
        ("a", "b", 0),
        ("a", "b", 1),
        ("c",),
    ]
    assert all(node.text is document.text for _, node in document.root.walk())
    assert document.root.child("z") is None
    assert document.root.child(0) is None
    items = node_at(document, "a", "b")
    assert items.child(2) is None
    assert items.child(-1) is None
    assert items.child("0") is None
    assert node_at(document, "c").child("x") is None


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_half_of_a_surrogate_pair_that_a_program_gave(code: int) -> None:
    document = read_text(Text("a.yaml", f"a: '{chr(code)}'\n"))
    assert found(document) == [("CS011", chr(code), "1:5")]


@pytest.mark.parametrize(
    ("content", "values"),
    [
        ("a: 1", 3),
        ("a: [1, 2]\nb: {c: 3}", 9),
        ("a: &x [1, 2]\nb: *x", 9),
        ("a: &x {y: 1}\nb: &z [*x, *x]\nc: *z", 21),
        ("a: &x 1\nb: [*x, *x]", 7),
    ],
)
def test_what_aliases_name_counts_each_time(monkeypatch: pytest.MonkeyPatch, content: str, values: int) -> None:
    """Keys count as well."""
    for most, codes in ((values, []), (values - 1, ["CS014"])):
        monkeypatch.setattr("callsheet.source.problem.MAX_NODES", most)
        assert [fault.code for fault in by_libyaml(Text("a.yaml", content)).faults] == codes
