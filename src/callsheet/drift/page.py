"""A comparison for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from callsheet.said import harmless
from callsheet.shape.directive import LATEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.drift.compare import Comparison, News

VERSION = 1


def text(comparison: Comparison) -> Iterator[str]:
    """The lines that say what is new; none where nothing is."""
    name = comparison.name
    for side, heading in (
        ("theirs", f"{name} has, and callsheet lacks:"),
        ("ours", f"callsheet has, and {name} lacks:"),
        ("both", f"callsheet and {name} say differently:"),
    ):
        lines = list(_lines(news for news in comparison.news if news.side == side))
        if side == "theirs":
            lines += [f"{place}: a body of which callsheet has no kind" for place in comparison.new]
        yield from _block(heading, lines)
    complaints = [f"{where}: {what}" for where, what in comparison.complaints]
    yield from _block(f"{name} has changed its form, and callsheet cannot read:", complaints)


def verbose(comparison: Comparison) -> Iterator[str]:
    """The lines that say which disagreements are held, and why."""
    lines: list[str] = []
    for entry, some in comparison.held:
        lines += (f"{entry.why} ({entry.proof})", *(f"  {line}" for line in _lines(some)))
    yield from _block(f"callsheet and {comparison.name} disagree, on purpose:", lines)


def summary(comparison: Comparison) -> Iterator[str]:
    """What was compared, and how it went, a line each."""
    against = f"callsheet as of {comparison.revision}" if comparison.revision else "the newest callsheet knows"
    found = ", the revision that it fits best" if comparison.guessed else ""
    count = len(comparison.news) + len(comparison.complaints) + len(comparison.new)
    went = "nothing new" if not count else f"{count} unknown difference{'s' if count > 1 else ''}"
    yield harmless(f"{comparison.name} against {against}{found}: {went}.")


def held_count(comparisons: Iterable[Comparison]) -> int:
    """How many disagreements are held, each counted once however many sources have it."""
    said = {
        (news.path, news.aspect, news.name, str(news.theirs))
        for comparison in comparisons
        for _, some in comparison.held
        for news in some
    }
    return len(said)


def dumped(comparisons: Iterable[Comparison]) -> str:
    """All comparisons as JSON, with an escape for each character that a terminal would obey, or could not print."""
    lines = json.dumps(data(comparisons), indent=2, ensure_ascii=False).split("\n")
    return "\n".join(line if line.isprintable() else _ascii(line) for line in lines)


def _ascii(line: str) -> str:
    """A line of JSON in ASCII that can be printed; what is none stands within strings."""
    letters = (letter if letter.isascii() else json.dumps(letter)[1:-1] for letter in line)
    return "".join(letters).replace("\x7f", "\\u007f")


def data(comparisons: Iterable[Comparison]) -> dict[str, Any]:
    """All comparisons as one JSON object, version 1, whose fields do not change."""
    every = list(comparisons)
    return {
        "version": VERSION,
        "clean": all(comparison.clean for comparison in every),
        "comparisons": [
            {
                "source": comparison.source,
                "name": comparison.name,
                "revision": comparison.revision or LATEST,
                "revision_guessed": comparison.guessed,
                "differences": [_difference(news) for news in comparison.news],
                "new_bodies": list(comparison.new),
                "unread": [complaint._asdict() for complaint in comparison.complaints],
                "held": [
                    {"why": entry.why, "proof": entry.proof, "differences": [_difference(news) for news in some]}
                    for entry, some in comparison.held
                ],
            }
            for comparison in every
        ],
    }


def _difference(news: News) -> dict[str, Any]:
    return {
        "side": news.side,
        "path": news.path,
        "aspect": news.aspect,
        "keyword": news.name or None,
        "callsheet": news.ours,
        "upstream": news.theirs,
        "kinds": list(news.kinds),
        "places": list(news.places),
    }


def _block(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield harmless(heading)
        yield from (f"  {harmless(line)}" for line in lines)


def _lines(every: Iterable[News]) -> Iterator[str]:
    """One line for each difference; values that are new at one place share theirs."""
    shared: dict[tuple[Any, ...], list[str]] = {}
    for news in every:
        where = (news.path, "value" if news.aspect == "value" else repr(news), news.side, _where(news))
        shared.setdefault(where, []).append(_what(news))
    for (path, _, _, where), words in shared.items():
        yield f"{path}: {', '.join(words)} ({where})" if path else f"{where}: {', '.join(words)}"


def _where(news: News) -> str:
    kinds = ", ".join(news.kinds)
    return kinds if news.everywhere else f"{kinds}; only in {', '.join(news.places)}"


def _what(news: News) -> str:
    """What differs, in words."""
    one = news.theirs if news.ours is None else news.ours
    match news.aspect:
        case "key":
            return str(one)
        case "variant":
            return f"the object whose `type` is `{one}`"
        case "value":
            return f"`{one}`"
        case "body":
            return f"the whole body ({', '.join(news.places)})"
    words = {"open": "any other text", "bound": news.name, "null": "null", "default": "default"}
    name = words.get(news.aspect, news.aspect)
    if news.side != "both":
        return f"{name} {_said(one)}"
    return f"{name}: callsheet {_said(news.ours)}, they {_said(news.theirs)}"


def _said(value: Any) -> str:
    match value:
        case True:
            return "yes"
        case False:
            return "no"
        case str():
            return value
    return json.dumps(value)
