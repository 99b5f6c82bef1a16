"""A profile on a terminal: readable at 80 columns, with and without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.column import clipped, one_line, padded, width, wrapped
from callsheet.said import harmless
from callsheet.setting import value_of
from callsheet.show.bar import columns
from callsheet.show.words import left_of, origin_of, sections, size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from callsheet.setting import Setting
    from callsheet.show.view import Budget, Part, PartName, Tool, View

    Paint: TypeAlias = Callable[[str, str], str]

_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_WIDTH = 80
_INDENT = "  "
_BAR = 72
_MARKS: dict[PartName, tuple[str, str]] = {
    "instructions": ("i", "\x1b[34m"),
    "tools": ("t", "\x1b[36m"),
    "kept": ("=", "\x1b[32m"),
    "conversation": ("-", "\x1b[32m"),
    "unused": (".", "\x1b[2m"),
    "answer": ("#", "\x1b[35m"),
}
"""Each part of the context: its character, and its colour."""
_KEY, _VALUE, _ORIGIN = 34, 22, 17
"""The columns of the table of settings."""
_DATE = 12


def render(view: View, *, color: bool = False) -> str:
    """The whole page, without the findings, which stand before it."""
    paint: Paint = (lambda text, code: f"{code}{text}{_OFF}") if color else (lambda text, _code: text)
    blocks = [_heading(view, paint)]
    if view.turns is not None:
        blocks.append(_block("Turn detection", wrapped(view.turns, _WIDTH, _INDENT), paint))
    if view.budget is not None:
        blocks.append(_block(f"Context of {one_line(view.budget.model)}", _context(view.budget, paint), paint))
    elif view.no_budget is not None:
        blocks.append(_block("Context", wrapped(view.no_budget, _WIDTH, _INDENT), paint))
    if view.tools:
        blocks.append(_block("Tools", _tools(view), paint))
    if view.settings:
        blocks.append(_block("Settings", _settings(view.settings, "session", view.path, paint), paint))
    if view.envelope:
        blocks.append(_block("Beside the session", _settings(view.envelope, "body", view.path, paint), paint))
    if view.dates:
        blocks.append(_block("Dates", _dates(view), paint))
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _heading(view: View, paint: Paint) -> list[str]:
    lines = [paint(harmless(view.path), _BOLD)]
    where = "" if view.target == "openai" else f", on {view.target}"
    lines.append(f"{view.title}{where}" if view.title else "Nobody can tell what this is; nothing more can be shown.")
    return lines


def _block(title: str, lines: Iterable[str], paint: Paint) -> list[str]:
    return [paint(title, _BOLD), *lines]


def _context(budget: Budget, paint: Paint) -> Iterator[str]:
    parts = budget.parts
    bar = "".join(
        paint(_MARKS[part.name][0] * count, _MARKS[part.name][1])
        for part, count in zip(parts, columns([part.tokens for part in parts], _BAR), strict=True)
    )
    yield f"{_INDENT}[{bar}]"
    for part in parts:
        yield _legend(part, budget, paint)
    yield f"{_INDENT}  {padded('The whole window', 40)}{budget.window:>11,} tokens"
    yield ""
    yield from wrapped(
        f"About {budget.scale / _BAR:,.0f} tokens to a column; what is less takes one. "
        "Estimates are by the number of letters.",
        _WIDTH,
        _INDENT,
    )
    for note in budget.notes:
        yield from wrapped(note, _WIDTH, _INDENT)


def _legend(part: Part, budget: Budget, paint: Paint) -> str:
    mark, color = _MARKS[part.name]
    tokens = f"{'~' if part.is_estimate else ''}{part.tokens:,}"
    share = part.tokens / budget.scale
    said = f"{share:.0%}" if share >= 0.01 or not part.tokens else "<1%"  # noqa: PLR2004 - a percent
    note = "  estimate" if part.is_estimate else ""
    return f"{_INDENT}{paint(mark, color)} {padded(part.title, 40)}{tokens:>11} tokens {said:>5}{note}"


def _tools(view: View) -> Iterator[str]:
    if view.tool_choice is not None:
        yield from wrapped(view.tool_choice, _WIDTH, _INDENT)
    for tool in view.tools:
        head = one_line(tool.name)
        yield f"{_INDENT}{clipped(f'{head}  {_arguments(tool)}', _WIDTH - len(_INDENT))}"
        if tool.description:
            yield f"{_INDENT * 2}{clipped(one_line(tool.description), _WIDTH - 2 * len(_INDENT))}"
        for fact in tool.facts:
            yield from wrapped(fact, _WIDTH, _INDENT * 2)


def _arguments(tool: Tool) -> str:
    """What is said of a tool in brackets."""
    if tool.type == "mcp":
        return "(MCP server)"
    if tool.parameters is None:
        return f"({tool.type})"
    if not tool.parameters:
        return "(no parameters)"
    needed = f", {tool.required} required" if tool.required else ""
    return f"({tool.parameters} parameter{'s' * (tool.parameters != 1)}{needed})"


def _settings(settings: Sequence[Setting], top: str, path: str, paint: Paint) -> Iterator[str]:
    for title, rows in sections(settings, top):
        yield f"{_INDENT}{harmless(title)}"
        for name, setting in rows:
            yield from _row(name, setting, path, paint)


def _row(name: str, setting: Setting, path: str, paint: Paint) -> Iterator[str]:
    """One setting; what does not fit between its neighbours moves to a line of its own."""
    key = padded(harmless(name), _KEY)
    value = one_line(value_of(setting))
    origin = one_line(origin_of(setting, path))
    size = size_of(setting)
    if size is not None:
        value = f'"{clipped(value, _VALUE - 2)}"'
    is_sentence = not setting.is_set and width(value) > _VALUE
    beside = width(origin) <= _ORIGIN and not is_sentence
    if beside:
        line = f"{_INDENT * 2}{key} {padded(value, _VALUE)} {origin}"
    else:
        room = _WIDTH - len(_INDENT) * 2 - _KEY - 1
        line = f"{_INDENT * 2}{key} {clipped(value, room)}"
    below = [] if beside else [f"by {origin}" if is_sentence else f"from {origin}"]
    lines = [line, *(f"{_INDENT * 2}{' ' * _KEY} {more}" for more in (*below, *([] if size is None else [size])))]
    yield from lines if setting.is_set else (paint(one, _DIM) for one in lines)


def _dates(view: View) -> Iterator[str]:
    column = _DATE if any(date.date for date in view.dates) else 0
    for date in view.dates:
        left = left_of(date)
        said = f"{one_line(date.what)}{f' ({left})' if left else ''}."
        for number, line in enumerate(wrapped(said, _WIDTH - len(_INDENT) - column)):
            yield f"{_INDENT}{padded(date.date or '' if not number else '', column)}{line}"
