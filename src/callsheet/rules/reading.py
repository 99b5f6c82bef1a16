"""CS0xx: what can be wrong with the text of a file before anybody asks what it means."""

from __future__ import annotations

from callsheet.rules.rule import Rule
from callsheet.source import problem

_GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"
_YAML = "YAML 1.2.2 specification"
_JSON = "RFC 8259"

SYNTAX = Rule(
    code=problem.SYNTAX,
    name="invalid-syntax",
    severity="error",
    summary="The file is neither YAML nor JSON.",
    why="Nothing of it can be read, so nothing of it can be checked or sent.",
    source=f"{_YAML}; {_JSON}",
    bad='{"type": "realtime", "model": "gpt-realtime-2.1",}',
    good='{"type": "realtime", "model": "gpt-realtime-2.1"}',
)
DUPLICATE_KEY = Rule(
    code=problem.DUPLICATE_KEY,
    name="duplicate-key",
    severity="error",
    summary="A mapping has the same key twice.",
    why="Readers keep one of the two without a word, and not all of them the same one.",
    source=f"{_YAML}, 3.2.1.1; {_JSON}, 4",
    bad="type: realtime\ninstructions: Be brief.\ninstructions: Be kind.\n",
    good="type: realtime\ninstructions: Be brief and kind.\n",
)
TAB = Rule(
    code=problem.TAB,
    name="tab-indentation",
    severity="error",
    summary="A tab indents a line of YAML.",
    why="YAML forbids it, because a tab has no width that all readers agree on.",
    source=f"{_YAML}, 6.1",
    bad="type: realtime\naudio:\n\toutput: {voice: marin}\n",
    good="type: realtime\naudio:\n  output: {voice: marin}\n",
)
SEVERAL_DOCUMENTS = Rule(
    code=problem.SEVERAL_DOCUMENTS,
    name="several-documents",
    severity="error",
    summary="A file holds more than one YAML document.",
    why="One file is one profile; a second document would go unread.",
    source="callsheet's profile format",
    bad="type: realtime\n---\ntype: transcription\n",
    good=_GOOD,
)
ALIAS = Rule(
    code=problem.ALIAS,
    name="broken-alias",
    severity="error",
    summary="An alias refers to no anchor above it, or to a value that contains it.",
    why="There is nothing that could stand in its place.",
    source=f"{_YAML}, 7.1",
    bad="type: realtime\ninstructions: *greeting\n",
    good="x-greeting: &greeting Be brief.\ntype: realtime\ninstructions: *greeting\n",
)
MERGE_KEY = Rule(
    code=problem.MERGE_KEY,
    name="merge-key-misuse",
    severity="error",
    summary="A merge key `<<` names something other than a mapping.",
    why="Only the keys of a mapping can be merged into a mapping.",
    source="YAML merge key, working draft 2005-01-18",
    bad="type: realtime\naudio:\n  output:\n    <<: marin\n",
    good="x-voice: &voice {voice: marin}\ntype: realtime\naudio:\n  output:\n    <<: *voice\n",
)
TAG = Rule(
    code=problem.TAG,
    name="object-tag",
    severity="error",
    summary="A YAML tag asks for an object that is no JSON data.",
    why="A request carries JSON. Tags that build objects are also how a file makes a reader run code.",
    source=f"{_YAML}, 10.3",
    bad="type: realtime\ninstructions: !!python/name:os.system\n",
    good="type: realtime\ninstructions: !!str 42\n",
)
ENCODING = Rule(
    code=problem.ENCODING,
    name="not-utf-8",
    severity="error",
    summary="The file is not UTF-8.",
    why="The API takes UTF-8; guessing the encoding would put wrong letters into the instructions.",
    source=f"{_JSON}, 8.1",
    bad="\udcfftype: realtime\n",
    good="type: realtime\ninstructions: Grüß Gott.\n",
)
NOT_A_JSON_NUMBER = Rule(
    code=problem.NOT_A_JSON_NUMBER,
    name="not-a-json-number",
    severity="error",
    summary="A number that JSON does not have: NaN, an infinity, or one too long to hold.",
    why="The body could not be written as JSON, or would change on its way.",
    source=f"{_JSON}, 6",
    bad="type: realtime\naudio: {output: {speed: .inf}}\n",
    good="type: realtime\naudio: {output: {speed: 1.5}}\n",
)
TOO_MANY_DECIMALS = Rule(
    code=problem.TOO_MANY_DECIMALS,
    name="too-many-decimals",
    severity="error",
    summary=f"A number is written with more than {problem.MAX_DECIMALS} decimals.",
    why="The service refuses the literal with `max decimal places exceeded`. Programs write such numbers for 0.6.",
    source="observed error message of the service",
    bad="type: realtime\naudio: {output: {speed: 0.59999999999999998}}\n",
    good="type: realtime\naudio: {output: {speed: 0.6}}\n",
)
SURROGATE = Rule(
    code=problem.SURROGATE,
    name="lone-surrogate",
    severity="error",
    summary="A text holds one half of a surrogate pair.",
    why="It is no character, and UTF-8 cannot carry it.",
    source=f"{_JSON}, 8.2",
    bad='{"type": "realtime", "instructions": "\\ud83d"}',
    good='{"type": "realtime", "instructions": "\\ud83d\\ude00"}',
)
TOO_DEEP = Rule(
    code=problem.TOO_DEEP,
    name="nested-too-deep",
    severity="error",
    summary=f"The file is nested deeper than {problem.MAX_DEPTH} levels.",
    why="No session comes near it; such a file is a mistake or an attack.",
    source="callsheet's profile format",
    bad=lambda: "type: realtime\nx-deep: " + "[" * 70 + "]" * 70 + "\n",
    good="type: realtime\nx-deep: [[[[[]]]]]\n",
)
TOO_LARGE = Rule(
    code=problem.TOO_LARGE,
    name="file-too-large",
    severity="error",
    summary=f"The file is larger than {problem.MAX_BYTES // 1024:,} KiB.",
    why="No session comes near it; it is probably another file.",
    source="callsheet's profile format",
    bad=lambda: "type: realtime\ninstructions: " + "a" * problem.MAX_BYTES + "\n",
    good=_GOOD,
)
ALIAS_BOMB = Rule(
    code=problem.ALIAS_BOMB,
    name="too-many-values",
    severity="error",
    summary=f"The file holds more than {problem.MAX_NODES:,} values once its aliases are written out.",
    why="A few lines of aliases of aliases can grow to gigabytes.",
    source="callsheet's profile format",
    bad=lambda: (
        "type: realtime\nx-a0: &a0 [1, 1]\n" + "".join(f"x-a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
    ),
    good="x-a: &a [1, 1]\nx-b: [*a, *a]\ntype: realtime\n",
)
EMPTY = Rule(
    code=problem.EMPTY,
    name="empty-file",
    severity="error",
    summary="The file holds no profile.",
    why="There is nothing in it to check or to send.",
    source="callsheet's profile format",
    bad="# nothing yet\n",
    good=_GOOD,
)
NOT_A_MAPPING = Rule(
    code=problem.NOT_A_MAPPING,
    name="not-a-mapping",
    severity="error",
    summary="The top level of the file is a list or a single value.",
    why="A session is a mapping of settings.",
    source="callsheet's profile format",
    bad="- type: realtime\n",
    good=_GOOD,
)
KEY_NOT_TEXT = Rule(
    code=problem.KEY_NOT_TEXT,
    name="key-not-text",
    severity="error",
    summary="A key is a number, a truth value, null, a list or a mapping.",
    why="Keys of JSON objects are text; programs turn others into text in different ways.",
    source=f"{_JSON}, 4",
    bad="type: realtime\ntools:\n  - {type: function, name: dial, parameters: {type: object, properties: {1: {}}}}\n",
    good='type: realtime\ntools:\n  - {type: function, name: dial, parameters: {type: object, properties: {"1": {}}}}\n',
)
