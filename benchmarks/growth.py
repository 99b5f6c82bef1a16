"""How `lint` of one file grows with what is in it.

    python benchmarks/growth.py [NAME …]

Each row is one kind of content, in sizes that double up to a mebibyte: kilobytes, findings, and the processor time of
reading, judging and reporting in full. Twice the file should take twice the time; the last column says how many times
longer the last doubling took.
"""

from __future__ import annotations

import sys
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from callsheet.lint import Linter
from callsheet.report import renderer
from callsheet.report.run import Run
from callsheet.source.document import read
from callsheet.source.problem import MAX_BYTES
from measure import machine, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SIZES = tuple(100 * 2**step for step in range(6))
BEST_OF = 3

_TOP = "type: realtime\n"
_FUNCTION = (
    "- type: function\n  name: tool_{0}\n  description: Look a guest up, by name.\n  parameters:\n"
    "    type: object\n    properties: {{name: {{type: string}}, room: {{type: integer}}}}\n    required: [name]\n"
)
_SERVER = (
    "- type: mcp\n  server_label: crm_{0}\n  server_url: https://crm{0}.example.com/mcp\n"
    "  authorization: {{$env: CRM_TOKEN}}\n  allowed_tools: [find, book]\n"
)


def _tools(template: str) -> Callable[[int], str]:
    return lambda count: _TOP + "tools:\n" + "".join(map(template.format, range(count)))


def _lines(line: str, each: int, top: str = _TOP) -> Callable[[int], str]:
    return lambda count: top + "".join(map(line.format, range(count * each)))


def _json_in_one_line(count: int) -> str:
    tools = ",".join(f'{{"type":"function","name":"t{number}","strict":true}}' for number in range(count * 3))
    return f'{{"type":"realtime","tools":[{tools}]}}'


_ONE_SCHEMA = _TOP + "tools:\n- type: function\n  name: find\n  parameters:\n    type: object\n    properties:\n"
CONTENTS: dict[str, Callable[[int], str]] = {
    "instructions": _lines("  Never promise a table, and be kind.\n", 6, _TOP + "instructions: |\n"),
    "function tools": _tools(_FUNCTION),
    "MCP servers": _tools(_SERVER),
    "one tool, many parameters": _lines("      p{0}: {{type: string, description: A word}}\n", 4, _ONE_SCHEMA),
    "nested lists": _lines("  - " + "[" * 60 + "{0}" + "]" * 60 + "\n", 1, _TOP + "x-notes:\n"),
    "aliases": _lines("- {{<<: *a, name: t{0}}}\n", 6, _TOP + "x-a: &a {type: function}\ntools:\n"),
    "findings: unknown keys": _lines("key_{0}: 1\n", 3),
    "findings: a key in each tool": _tools(_FUNCTION + "  strict: true\n"),
    "findings: the same name": _tools(_FUNCTION.replace("{0}", "x")),
    "findings: wrong schemas": _tools(_FUNCTION.replace("string", "str")),
    "findings: the same key": _lines("voice: marin\n", 3),
    "findings: JSON in one line": _json_in_one_line,
}


class Point(NamedTuple):
    """One size: bytes, findings, and the milliseconds that it took to tell them."""

    size: int
    findings: int
    took: float


def once(content: str) -> Point:
    """A text, read, judged and reported."""
    raw = content.encode()
    path = "a.json" if content.startswith("{") else "a.yaml"
    linter = Linter()
    start = process_time()
    findings = linter.document(read(path, raw))
    for _ in renderer("full")(Run(findings, 1)):
        pass
    return Point(len(raw), len(findings), (process_time() - start) * 1000)


def measured(names: Iterable[str]) -> Iterator[tuple[str, list[Point]]]:
    """For each kind of content, what each size took at best."""
    for name in names:
        texts = filter(lambda text: len(text.encode()) <= MAX_BYTES, map(CONTENTS[name], SIZES))
        yield name, [min((once(text) for _ in range(BEST_OF)), key=lambda point: point.took) for text in texts]


def rows(lines: Mapping[str, Sequence[Point]]) -> list[list[str]]:
    """The rows of a table."""
    found = [["", *(f"{size // SIZES[0]} x" for size in SIZES), "last doubling"]]
    for name, points in lines.items():
        cells = [f"{point.size // 1024} K, {point.findings}: {point.took:.0f} ms" for point in points]
        ratio = f"{points[-1].took / points[-2].took:.2f}"
        found.append([name, *cells, *[""] * (len(SIZES) - len(cells)), ratio])
    return found


def main() -> None:
    """Print the table."""
    print(machine())
    print(f"\n{table(rows(dict(measured(sys.argv[1:] or CONTENTS))))}")


if __name__ == "__main__":
    main()
