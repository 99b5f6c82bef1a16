"""A rule and a field as Markdown, for hovering."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from callsheet.redact import mask_keys
from callsheet.rules import RULES
from callsheet.rules.page import markdown
from callsheet.said import said
from callsheet.shape.say import expected

if TYPE_CHECKING:
    from callsheet.diagnostic import Finding
    from callsheet.shape.shape import Field, Shape


def finding_page(finding: Finding) -> str:
    """What is wrong, what to do, and the rule with its reason and its examples."""
    lines = [f"**{said(finding, finding.message)}**"]
    if finding.help is not None:
        lines.append(said(finding, finding.help))
    return "\n\n".join((*lines, "---", markdown(RULES[finding.code]).removeprefix("#")))


def field_page(name: str, field: Field) -> str:
    """What a field is for, what it takes, what counts where it is left out, and since when there is one."""
    null = {"no": "", "yes": ", or null", "unproven": ", or null (not proven)"}[field.null]
    facts = [f"Takes {expected(field.shape)}{null}"]
    if field.required:
        facts.append("required")
    if field.default is not None:
        facts.append(f"unset: {code(field.default)}")
    dates = f"Since {field.since}" + (f", its bounds since {field.bounded}" if field.bounded else "")
    lines = [f"**{mask_keys(name)}**", field.doc, "; ".join(facts) + "."]
    if field.since:
        lines.append(f"{dates}.")
    if field.examples:
        lines.append("For example:\n\n```yaml\n" + "\n".join(map(_yaml, field.examples)) + "\n```")
    return "\n\n".join(filter(None, lines))


def entry_page(name: str, shape: Shape) -> str:
    """What an entry of a list takes."""
    return f"**{mask_keys(name)}**\n\nTakes {expected(shape)}."


def code(value: Any) -> str:
    """A value in backticks."""
    return f"`{_yaml(value)}`"


def _yaml(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
