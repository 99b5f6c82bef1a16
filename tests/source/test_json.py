"""JSON, case by case: what reads clean, and a finding with its place for each liberty that people take."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from reading import check_usable, found, json_, node_at, strict, where

from callsheet.source.document import placed
from callsheet.source.node import UNREADABLE
from callsheet.source.text import Text

if TYPE_CHECKING:
    from reading import Found

GONE: Any = object()
"""The data of a document that could not be read to its end."""

NO = UNREADABLE

CLEAN: dict[str, list[str]] = {
    "literals": ["true", "false", "null"],
    "numbers": [
        "0", "-0", "1", "-1", "10", "1.5", "-1.5", "0.5", "1e3", "1E3", "1e+3", "1e-3", "1.5e3", "1e308", "1e-400",
        "0.1234567890123456", "123456789012345678901234567890", "9" * 308,
    ],
    "text": [
        '""', '"a"', '" a "', '"\\" \\\\ \\/ \\b \\f \\n \\r \\t"', '"\\u0041\\u00e9\\u2028"', '"\\ud83d\\ude00"',
        '"\\uD83D\\uDE00"', '"\U0001f600"', '"\u00e9"', '"\u2028\u2029\u0085"', '"\x7f\x80\ufffe\uffff\ufeff"',
        '"\\u0000"', '"// /* # \'"', '"\\ufffe"', '"\\\\ud800"',
    ],
    "collections": [
        "[]", "{}", "[[], {}]", "[1, 2]", '{"a": {"b": [1]}}', '{"": 1}', '{"\\n": 1, "\\u00e9": 2}',
        "[1,\t2\r\n,\r3\n]", "[ ]", "{ }", "[" * 62 + "]" * 62,
    ],
}  # fmt: skip

FAULTS: dict[str, list[tuple[str | bytes, list[Found], Any]]] = {
    "commas": [
        ('{"a": 1,}', [("CS001", ",", "1:8")], GONE),
        ('{"a": [1, 2,\n]}', [("CS001", ",", "1:12")], GONE),
        ('{"a": 1 "b": 2}', [("CS001", '"', "1:9")], GONE),
        ('{"a": 1\n"b": 2}', [("CS001", '"', "2:1")], GONE),
        ('{"a": [1 2]}', [("CS001", "2", "1:10")], GONE),
        ('{"a": [1,, 2]}', [("CS001", ",", "1:10")], GONE),
        ('{, "a": 1}', [("CS001", ",", "1:2")], GONE),
        ("[,]", [("CS001", ",", "1:2")], GONE),
        ('{"a": 1; "b": 2}', [("CS001", ";", "1:8")], GONE),
    ],
    "brackets": [
        ('{"a": 1', [("CS001", "{", "1:1")], GONE),
        ('{"a": [1, 2\n', [("CS001", "[", "1:7")], GONE),
        ('{"a": [1}', [("CS001", "}", "1:9")], GONE),
        ('{"a": {]}', [("CS001", "]", "1:8")], GONE),
        ("{", [("CS001", "", "1:2")], GONE),
        ("[", [("CS001", "", "1:2")], GONE),
        ("}", [("CS001", "}", "1:1")], GONE),
        ('{"a": ]}', [("CS001", "]", "1:7")], GONE),
    ],
    "colons": [
        ('{"a" 1}', [("CS001", "1", "1:6")], GONE),
        ('{"a"}', [("CS001", "}", "1:5")], GONE),
        ('{"a"', [("CS001", "", "1:5")], GONE),
        ('{"a": }', [("CS001", "}", "1:7")], GONE),
        ('{"a":', [("CS001", "", "1:6")], GONE),
        ('{"a": : 1}', [("CS001", ":", "1:7")], GONE),
        ('{"a" = 1}', [("CS001", "=", "1:6")], GONE),
    ],
    "quotation marks": [
        ("{'a': 1}", [("CS001", "'", "1:2")], GONE),
        ("{\"a\": 'b'}", [("CS001", "'", "1:7")], GONE),
        ("{a: 1}", [("CS001", "a", "1:2")], GONE),
        ('{"a": 1, bcd_1: 2}', [("CS001", "bcd_1", "1:10")], GONE),
        ('{"a": abc}', [("CS001", "abc", "1:7")], GONE),
        ('{"a": "b}', [("CS001", '"', "1:7")], GONE),
        ('{"a', [("CS001", '"', "1:2")], GONE),
        ('{"a": "b\\"}', [("CS001", '"', "1:7")], GONE),
        ('{"a": "b\\', [("CS001", '"', "1:7")], GONE),
        ('{"a": \u201cb\u201d}', [("CS001", "\u201c", "1:7")], GONE),
        ("{1: 2}", [("CS001", "1", "1:2")], GONE),
        ("{[1]: 2}", [("CS001", "[", "1:2")], GONE),
        ("{null: 2}", [("CS001", "null", "1:2")], GONE),
    ],
    "comments": [
        ('{"a": 1} // b', [("CS001", "/", "1:10")], GONE),
        ('// b\n{"a": 1}', [("CS001", "//", "1:1")], GONE),
        ('{"a": /* b */ 1}', [("CS001", "/*", "1:7")], GONE),
        ('{\n  // b\n  "a": 1}', [("CS001", "//", "2:3")], GONE),
        ('{"a": 1 // b\n}', [("CS001", "//", "1:9")], GONE),
        ('{"a": 1 # b\n}', [("CS001", "#", "1:9")], GONE),
        ("{# b\n}", [("CS001", "#", "1:2")], GONE),
        ('# b\n{"a": 1}', [("CS001", "#", "1:1")], GONE),
    ],
    "words of other languages": [
        ('{"a": True}', [("CS001", "True", "1:7")], GONE),
        ('{"a": None}', [("CS001", "None", "1:7")], GONE),
        ('{"a": undefined}', [("CS001", "undefined", "1:7")], GONE),
        ('{"a": nullx}', [("CS001", "nullx", "1:7")], GONE),
        ('{"a": tru}', [("CS001", "tru", "1:7")], GONE),
        ('{"a": -x}', [("CS001", "-x", "1:7")], GONE),
        ('{"a": -}', [("CS001", "-", "1:7")], GONE),
        ('{"a": ...}', [("CS001", ".", "1:7")], GONE),
    ],
    "numbers that are written otherwise": [
        *(
            (f'{{"a": {number}}}', [("CS001", number, "1:7")], GONE)
            for number in (
                "01", "-01", "+1", ".5", "-.5", "1.", "1.e3", "1e", "1e+", "0x1F", "0o17", "1_000", "1.2.3", "1-2",
                "12ms", "0b1", "-1x",
            )
        ),
        ('{"a": 1,000}', [("CS001", "0", "1:9")], GONE),
        ('{"a": \u0663}', [("CS001", "\u0663", "1:7")], GONE),
    ],
    "numbers that JSON does not have": [
        ('{"a": NaN}', [("CS009", "NaN", "1:7")], {"a": NO}),
        ('{"a": [Infinity, -Infinity, +Infinity, -NaN]}', [
            ("CS009", "Infinity", "1:8"), ("CS009", "-Infinity", "1:18"), ("CS009", "+Infinity", "1:29"),
            ("CS009", "-NaN", "1:40"),
        ], {"a": [NO] * 4}),
        ('{"a": 1e400, "b": 1}', [("CS009", "1e400", "1:7")], {"a": NO, "b": 1}),
        (f'{{"a": {"9" * 309}}}', [("CS009", "9" * 309, "1:7")], {"a": NO}),
        (f'{{"a": -{"9" * 5000}}}', [("CS009", "-" + "9" * 5000, "1:7")], {"a": NO}),
    ],
    "numbers with more than 16 decimals": [
        ('{"a": 0.30000000000000004}', [("CS010", "0.30000000000000004", "1:7")], {"a": NO}),
        ('{"a": 1.00000000000000000e-5}', [("CS010", "1.00000000000000000e-5", "1:7")], {"a": NO}),
    ],
    "escapes and line breaks inside text": [
        ('{"a": "b\nc"}', [("CS001", "\n", "1:9")], GONE),
        ('{"a": "b\tc"}', [("CS001", "\t", "1:9")], GONE),
        ('{"a": "b\r\nc"}', [("CS001", "\r", "1:9")], GONE),
        ('{"a": "\0"}', [("CS001", "\0", "1:8")], GONE),
        ('{"a": "b\\c"}', [("CS001", "\\", "1:9")], GONE),
        ('{"a": "C:\\Users"}', [("CS001", "\\", "1:10")], GONE),
        ('{"a": "\\x41"}', [("CS001", "\\", "1:8")], GONE),
        ('{"a": "it\\\'s"}', [("CS001", "\\", "1:10")], GONE),
        ('{"a\\q": 1}', [("CS001", "\\", "1:4")], GONE),
    ],
    "half a surrogate pair": [
        ('{"a": "\\ud800"}', [("CS011", '"\\ud800"', "1:7")], {"a": NO}),
        ('{"a": "\\uDFFF", "b": 1}', [("CS011", '"\\uDFFF"', "1:7")], {"a": NO, "b": 1}),
        ('{"a": "\\ude00\\ud83d"}', [("CS011", '"\\ude00\\ud83d"', "1:7")], {"a": NO}),
        ('{"a": "\\ud83d \\ude00"}', [("CS011", '"\\ud83d \\ude00"', "1:7")], {"a": NO}),
        ('{"\\ud800": 1, "b": 1}', [("CS011", '"\\ud800"', "1:2")], {"b": 1}),
    ],
    "duplicate keys": [
        ('{"a": 1, "a": 2}', [("CS002", '"a"', "1:10")], {"a": 2}),
        ('{"a": 1,\r\n"\\u0061": 2}', [("CS002", '"\\u0061"', "2:1")], {"a": 2}),
        ('{"b": [{"a": 1, "a": 2, "a": 3}]}', [("CS002", '"a"', "1:17"), ("CS002", '"a"', "1:25")], {"b": [{"a": 3}]}),
        ('{"\U0001f600": 1, "\\ud83d\\ude00": 2}', [("CS002", '"\\ud83d\\ude00"', "1:10")], {"\U0001f600": 2}),
    ],
    "more than one document": [
        ('{"a": 1} {"b": 2}', [("CS001", "{", "1:10")], GONE),
        ('{"a": 1}\n{"b": 2}\n', [("CS001", "{", "2:1")], GONE),
        ('{"a": 1}}', [("CS001", "}", "1:9")], GONE),
        ('{"a": 1},', [("CS001", ",", "1:9")], GONE),
        ('{"a": 1}\0', [("CS001", "\0", "1:9")], GONE),
        ('{"a": 1}\u00a0', [("CS001", "\u00a0", "1:9")], GONE),
    ],
    "space that JSON does not have": [
        ("\u00a0{}", [("CS001", "\u00a0", "1:1")], GONE),
        ("{\u2028}", [("CS001", "\u2028", "1:2")], GONE),
        ("[1\x0c]", [("CS001", "\x0c", "1:3")], GONE),
    ],
    "nothing in the file": [
        ("", [("CS015", "", "1:1")], GONE),
        (" \r\n\t", [("CS015", "", "1:1")], GONE),
        ("\ufeff", [("CS015", "", "1:1")], GONE),
    ],
    "a top level that is no object": [
        ("[]", [("CS016", "[]", "1:1")], GONE),
        (' [{"a": 1}] ', [("CS016", '[{"a": 1}]', "1:2")], GONE),
        ('"a"', [("CS016", '"a"', "1:1")], GONE),
        ("1", [("CS016", "1", "1:1")], GONE),
        ("\nnull\n", [("CS016", "null", "2:1")], GONE),
    ],
    "bytes that are not UTF-8": [
        (b'{"a": "\xff"}', [("CS008", "\ufffd", "1:8")], GONE),
        (b'\xef\xbb\xbf{"a": "\xff"}', [("CS008", "\ufffd", "1:8")], GONE),
        (b'{"a": "\xed\xa0\x80"}', [("CS008", "\ufffd", "1:8")], GONE),
        ('\ufeff{"a": 1}'.encode("utf-16-le"), [("CS008", "", "1:1")], GONE),
        ('\ufeff\ufeff{"a": 1}', [("CS008", "\ufeff", "1:1")], GONE),
    ],
    "more than 64 levels": [
        (f'{{"a": {"[" * 64}{"]" * 64}}}', [("CS012", "[", "1:70")], GONE),
        ('{"a":' * 65, [("CS012", "{", "1:321")], GONE),
        ("[" * 100_000, [("CS012", "[", "1:65")], GONE),
    ],
}  # fmt: skip


def flat(groups: dict[str, Any]) -> list[Any]:
    """The cases of all groups, with ids that name the group."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), id=f"{group}-{index}")
        for group, cases in groups.items()
        for index, case in enumerate(cases)
    ]


@pytest.mark.parametrize("raw", flat(CLEAN))
def test_values(raw: str) -> None:
    document = json_(f'{{"a": {raw}}}')
    assert found(document) == []
    assert strict(document.data) == strict(json.loads(f'{{"a": {raw}}}'))
    assert where(document.text, node_at(document, "a").span) == (raw, "1:7")
    check_usable(document)


@pytest.mark.parametrize("raw", flat(CLEAN))
def test_values_with_space_and_line_ends_around_them(raw: str) -> None:
    document = json_(f'\ufeff \r\n{{\t"b":[\r1 , {raw}\t]\n}}\r\n')
    assert found(document) == []
    assert strict(document.data) == strict({"b": [1, json.loads(raw)]})
    assert where(document.text, node_at(document, "b", 1).span) == (raw, "3:5")
    assert where(document.text, node_at(document, "b").span) == (f"[\r1 , {raw}\t]", "2:7")


@pytest.mark.parametrize(("content", "findings", "data"), flat(FAULTS))
def test_faults(content: str | bytes, findings: list[Found], data: Any) -> None:
    document = json_(content)
    assert found(document) == findings
    assert (document.root is None) == (data is GONE)
    if data is not GONE:
        assert strict(document.data) == strict(data)
    check_usable(document)


@pytest.mark.parametrize("escape", ['"\\u12"', '"\\u12G4"', '"\\u"', '"\\uD83D\\u12"'])
def test_an_escape_that_is_cut_short_is_found_where_it_is(escape: str) -> None:
    document = json_(f'{{"a": {escape}}}')
    [(code, _, at)] = found(document)
    assert code == "CS001"
    # Versions of Python disagree by a character or two about the offset.
    assert 7 < int(at.removeprefix("1:")) <= 7 + len(escape)


def test_the_sentences_say_what_to_write() -> None:
    helps = {
        '{"a": True}': "true",
        '{"a": None}': "null",
        "{a: 1}": '"a"',
        '{"a": b}': '"b"',
        '{"a": 1,}': "remove this comma",
        '{"a": "C:\\Users"}': r"\\",
        '{"a": "b\nc"}': r"\n",
    }
    for content, words in helps.items():
        assert words in (json_(content).faults[0].help or "")


def test_64_levels_are_read() -> None:
    assert found(json_('{"a":' * 63 + "{}" + "}" * 63)) == []


def test_keys_are_where_they_are_written() -> None:
    document = json_('{"a": 1,\n "\\u0062" : {"c": 2}}')
    root = node_at(document)
    assert root.keys is not None
    assert {key: document.text.content[start:end] for key, (_, start, end) in root.keys.items()} == {
        "a": '"a"',
        "b": '"\\u0062"',
    }
    inner = node_at(document, "b").keys
    assert inner is not None
    assert inner["c"] == (document.text, 22, 25)


@pytest.mark.parametrize(("most", "at"), [(4, None), (3, ("2", "1:11")), (2, ("1", "1:8")), (1, ("[", "1:7"))])
def test_there_are_so_many_values_and_no_more(
    monkeypatch: pytest.MonkeyPatch, most: int, at: tuple[str, str] | None
) -> None:
    monkeypatch.setattr("callsheet.source.problem.MAX_NODES", most)
    assert found(placed(Text("a.json", '{"a": [1, 2]}'))) == ([] if at is None else [("CS014", *at)])
