"""A rule as a page: for the terminal, for documentation, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.rules.rule import Example, Rule

_LONGEST = 400


def shown(example: Example) -> str:
    """The text of an example; one that is made by a function is cut."""
    text = example() if callable(example) else example
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").rstrip("\n")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def examples(rule: Rule) -> Iterator[tuple[str, str]]:
    """The titles and texts of the examples."""
    yield "Bad", shown(rule.bad)
    if rule.fixed is not None:
        yield "Fixed", shown(rule.fixed)
    if rule.fixed != rule.good:
        yield "Good", shown(rule.good)


def text(rule: Rule) -> str:
    """The page for a terminal."""
    lines = [f"{rule.code} {rule.name} ({rule.severity})", "", rule.summary, "", rule.why, "", f"Source: {rule.source}"]
    if rule.since:
        lines.append(f"Since: {rule.since}")
    for title, example in examples(rule):
        lines += ["", f"{title}:", *(f"    {line}" for line in example.splitlines())]
    return "\n".join(lines) + "\n"


def markdown(rule: Rule) -> str:
    """The section of the documentation."""
    lines = [f"## {rule.code} {rule.name}", "", f"*{rule.severity}* · {rule.summary}", "", rule.why, ""]
    lines.append(f"Source: {rule.source}.".replace("..", "."))
    if rule.since:
        lines[-1] += f" Since {rule.since}."
    for title, example in examples(rule):
        language = "json" if example.startswith("{") else "yaml"
        lines += ["", f"{title}:", "", f"```{language}", *example.splitlines(), "```"]
    return "\n".join(lines) + "\n"


def data(rule: Rule) -> dict[str, Any]:
    """The rule for programs."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "summary": rule.summary,
        "why": rule.why,
        "source": rule.source,
        "since": rule.since or None,
        "kinds": list(rule.kinds),
        "targets": list(rule.targets),
        "in_schema": rule.when is not None and rule.severity == "error",
        "fixable": rule.fixed is not None,
        "bad": shown(rule.bad),
        "good": shown(rule.good),
        "fixed": rule.fixed,
    }
