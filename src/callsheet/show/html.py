"""A profile as one page: to be opened, sent round and printed, without any network."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.said import harmless, said
from callsheet.setting import value_of
from callsheet.show.words import left_of, origin_of, sections, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.diagnostic import Finding
    from callsheet.setting import Setting
    from callsheet.show.view import Budget, Date, Tool, View

STYLE = Path(__file__).with_name("page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""Nothing is fetched and no script runs, whatever a profile says."""
_QUOTED = re.compile("`([^`]+)`")
_LONG = 96
"""A longer value is folded away behind its beginning."""


def render(view: View) -> str:
    """The page."""
    return "\n".join(_page(view)) + "\n"


def _page(view: View) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<link rel="icon" href="data:,">'
    yield f"<title>{_safe(view.path)} - callsheet</title>"
    yield f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>"
    yield "</head>"
    yield "<body>"
    yield from _header(view)
    yield "<main>"
    for parts in (_findings(view), _turns(view), _context(view), _tools(view), _settings(view), _dates(view)):
        yield from parts
    yield "</main>"
    yield f"<footer><p>Made by callsheet on {_safe(view.today)}. Nothing here was asked of the API.</p></footer>"
    yield "</body>"
    yield "</html>"


def _header(view: View) -> Iterator[str]:
    folder, _, name = view.path.rpartition("/")
    where = "" if view.target == "openai" else f" on {view.target}"
    yield "<header>"
    if folder:
        yield f'<p class="folder">{_text(folder)}/</p>'
    yield f"<h1>{_text(name)}</h1>"
    yield f'<p class="kind">{_safe(view.title + where) if view.title else "Nobody can tell what this is."}</p>'
    facts = list(_facts(view))
    if facts:
        yield "<dl>"
        yield from (f"<div><dt>{_safe(term)}</dt><dd>{_text(value)}</dd></div>" for term, value in facts)
        yield "</dl>"
    yield "</header>"


def _facts(view: View) -> Iterator[tuple[str, str]]:
    """What one wants to know first."""
    values = {setting.name: setting for setting in view.settings}
    for term, name in (
        ("Model", "model"), ("Transcription", "audio.input.transcription.model"), ("Voice", "audio.output.voice"),
        ("Voice", "audio.output.voice.id"), ("Language", "audio.output.language"),
        ("Answers in", "output_modalities"),
    ):  # fmt: skip
        if name in values and values[name].value is not None:
            yield term, value_of(values[name])
    if view.tools:
        yield "Tools", str(len(view.tools))
    ends = [date for date in view.dates if date.days is not None]
    if ends:
        first = min(ends, key=lambda date: date.date or "")
        yield "Next shutdown", f"{first.date}, {left_of(first)}"


def _section(title: str, name: str, lines: Iterator[str]) -> Iterator[str]:
    yield f'<section aria-labelledby="{name}">'
    yield f'<h2 id="{name}">{_safe(title)}</h2>'
    yield from lines
    yield "</section>"


def _findings(view: View) -> Iterator[str]:
    if view.findings:
        yield from _section("Findings", "findings", _listed(view.findings))


def _listed(findings: Sequence[Finding]) -> Iterator[str]:
    yield '<ul class="findings">'
    for finding in findings:
        line, column = finding.location
        yield f'<li class="{finding.severity}">'
        yield f"<p><strong>{finding.severity} {finding.code}</strong> {_sentence(said(finding, finding.message))}</p>"
        yield f'<p class="place">{_text(finding.path)}:{line}:{column}</p>'
        if finding.help is not None:
            yield f'<p class="help">{_sentence(said(finding, finding.help))}</p>'
        yield "</li>"
    yield "</ul>"


def _turns(view: View) -> Iterator[str]:
    if view.turns is not None:
        yield from _section("Turn detection", "turns", iter([f"<p>{_sentence(view.turns)}</p>"]))


def _context(view: View) -> Iterator[str]:
    if view.budget is not None:
        yield from _section("Context", "context", _drawn(view.budget))
    elif view.no_budget is not None:
        yield from _section("Context", "context", iter([f"<p>{_sentence(view.no_budget)}</p>"]))


def _drawn(budget: Budget) -> Iterator[str]:
    """The bar, which a table repeats in figures for whoever does not see it."""
    yield f"<p>{budget.window:,} tokens of <code>{_text(budget.model)}</code>, drawn to scale.</p>"
    yield '<div class="bar" aria-hidden="true">'
    yield from (
        f'<span class="{part.name}" style="flex-grow:{part.tokens}" title="{_safe(part.title)}"></span>'
        for part in budget.parts
    )
    yield "</div>"
    yield '<table class="legend">'
    yield '<thead><tr><th scope="col">Part</th><th scope="col">Tokens</th><th scope="col">Share</th></tr></thead>'
    yield "<tbody>"
    for part in budget.parts:
        estimate = " <small>estimate</small>" if part.is_estimate else ""
        share = part.tokens / budget.scale
        shown = f"{share:.0%}" if share >= 0.01 else "&lt;1%"  # noqa: PLR2004 - a percent
        yield (
            f'<tr><th scope="row"><span class="swatch {part.name}"></span>{_safe(part.title)}{estimate}</th>'
            f"<td>{'about ' if part.is_estimate else ''}{part.tokens:,}</td><td>{shown}</td></tr>"
        )
    yield "</tbody>"
    yield "</table>"
    yield '<ul class="notes">'
    yield "<li>Estimates are by the number of letters; the service counts for itself.</li>"
    yield from (f"<li>{_sentence(note)}</li>" for note in budget.notes)
    yield "</ul>"


def _tools(view: View) -> Iterator[str]:
    if view.tools:
        yield from _section("Tools", "tools", _each_tool(view))


def _each_tool(view: View) -> Iterator[str]:
    if view.tool_choice is not None:
        yield f"<p>{_sentence(view.tool_choice)}</p>"
    yield '<ul class="tools">'
    for tool in view.tools:
        yield f"<li><h3><code>{_text(tool.name)}</code> <small>{_safe(_what(tool))}</small></h3>"
        if tool.description:
            yield f"<p>{_text(tool.description)}</p>"
        if tool.facts:
            yield "<ul>"
            yield from (f"<li>{_sentence(fact)}</li>" for fact in tool.facts)
            yield "</ul>"
        yield "</li>"
    yield "</ul>"


def _what(tool: Tool) -> str:
    if tool.type == "mcp":
        return "MCP server"
    if not tool.parameters:
        return "no parameters" if tool.type == "function" else tool.type
    needed = f", {tool.required} required" if tool.required else ""
    return f"{tool.parameters} parameter{'s' * (tool.parameters != 1)}{needed}"


def _settings(view: View) -> Iterator[str]:
    if view.settings:
        yield from _section("Settings", "settings", _tables(view.settings, "session", view.path))
    if view.envelope:
        yield from _section("Beside the session", "envelope", _tables(view.envelope, "body", view.path))


def _tables(settings: Sequence[Setting], top: str, path: str) -> Iterator[str]:
    for title, rows in sections(settings, top):
        yield '<div class="wide">'
        yield f'<table class="settings"><caption>{_text(title)}</caption>'
        yield '<thead><tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">From</th></tr></thead>'
        yield "<tbody>"
        for name, setting in rows:
            value, whole = _value(setting)
            yield (
                f'<tr class="{setting.origin}"><th scope="row"><code>{_breakable(name)}</code></th>'
                f"<td>{value}</td><td>{_breakable(origin_of(setting, path))}</td></tr>"
            )
            if whole is not None:
                yield f'<tr class="whole"><td colspan="3">{whole}</td></tr>'
        yield "</tbody>"
        yield "</table>"
        yield "</div>"


def _value(setting: Setting) -> tuple[str, str | None]:
    """A value for its column, and all of it for the width of the page if only its beginning is shown there."""
    text = value_of(setting)
    if len(text) <= _LONG and "\n" not in text:
        return _text(text), None
    head = " ".join(text[: _LONG * 2].split())[:_LONG].rstrip()
    size = size_of(setting)
    note = f" <small>{_safe(size)}</small>" if size else ""
    whole = f"<details><summary>The whole text</summary><pre>{_lines(text)}</pre></details>"
    return f"{_text(head)}…{note}", whole


def _dates(view: View) -> Iterator[str]:
    if view.dates:
        yield from _section("Dates", "dates", _days(view.dates))


def _days(dates: Sequence[Date]) -> Iterator[str]:
    yield '<ul class="dates">'
    for date in dates:
        day = f'<time datetime="{_safe(date.date)}">{_safe(date.date)}</time> ' if date.date else ""
        left = f" <small>{left_of(date)}</small>" if date.days is not None else ""
        yield f"<li>{day}<span>{_sentence(date.what)}.{left}</span></li>"
    yield "</ul>"


def _safe(text: str) -> str:
    """Text of any origin on one line, without a letter that means something to HTML or turns a line round."""
    return escape(harmless(text).encode("utf-8", "backslashreplace").decode("utf-8"))


def _text(text: str) -> str:
    """Text that somebody wrote, kept apart from its neighbours whichever way its script runs."""
    return f"<bdi>{_safe(text)}</bdi>"


def _sentence(text: str) -> str:
    """A sentence of callsheet's own, in which names stand in backticks; what it quotes is safe all the same."""
    quoted = _QUOTED.sub(r"<code>\1</code>", _safe(text))
    return f"<bdi>{quoted}</bdi>"


def _lines(text: str) -> str:
    """Such a text with its lines."""
    return "\n".join(_text(line) for line in text.rstrip("\n").replace("\r\n", "\n").split("\n"))


def _breakable(name: str) -> str:
    """A dotted name that may go on in the next line after each dot and underscore."""
    return _text(name).replace(".", ".<wbr>").replace("_", "_<wbr>").replace("/<wbr>", "/")
