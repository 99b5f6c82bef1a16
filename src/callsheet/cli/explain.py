"""Explain a rule: what it says, why, who says so, with examples that are wrong and right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from callsheet.cli import FINE, usage
from callsheet.rules import RULES
from callsheet.rules.page import data, text

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EPILOG = """examples:
  callsheet explain CS203                        the page of a rule
  callsheet explain pcm-rate                     the same, by its name
  callsheet explain --all --output-format json   every rule, for programs

exit status: 0 done, 2 usage, such as a rule that there is not"""


def arguments(parser: ArgumentParser) -> None:
    """The flags of the command."""
    parser.add_argument("rule", nargs="?", metavar="CODE", help="the code or the name of a rule")
    parser.add_argument("--all", action="store_true", help="every rule")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")


def run(options: Namespace) -> int:
    """Print the page, or all of them."""
    if options.all == (options.rule is not None):
        return usage("name one rule, or say --all")
    word = options.rule or ""
    rules = [rule for rule in RULES.values() if options.all or rule.code == word.upper() or rule.name == word.lower()]
    if not rules:
        from callsheet.selection import code_of

        try:
            prefix = code_of(word)
        except ValueError as error:
            return usage(str(error))
        several = next(code for code in RULES if code.startswith(prefix))
        return usage(f"`{word}` stands for several rules; name one, such as {several}")
    if options.output_format == "json":
        print(json.dumps([data(rule) for rule in rules] if options.all else data(rules[0]), indent=2))
    else:
        print("\n".join(text(rule) for rule in rules), end="")
    return FINE
