"""Data to write down, and ruamel.yaml to do it, with styles of its own for every value.

What people write and emitters do not comes from `callsheet.testing.yaml`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

if TYPE_CHECKING:
    from random import Random

_TRICKY = (
    "on", "yes", "~", "null", "True", "012", "0o17", "0x1F", "1_000", "1e3", ".5", "+1", "-.inf", ".nan", "<<", "=", "",
    "!x", "&x", "*x", "- a", "? a", ": a", "a: b", "a #b", "#a", "%a", "@a", "`a", "[a", "]", "{a", "}", "a,b", "|",
    ">", "'", '"', "\\", "---", "...", "--- a", "2001-01-01", "1:30",
    " a", "a ", "a\n", "a\n\n", "\n", "\na", " \n", "a\n b\n", "  a\nb", "a\n \n", "\ta", "a\tb", "a\n\tb\n",
    "a\u2028b", "\u0085", "a \u2029\nb", "\ufeff", "a\u00a0", "\u00a0\n", "\ue000\u2028", "\U0001f600", "e\u0301",
    "Speak slowly.\nBe kind.\n", "one two three four five six",
)  # fmt: skip
_CHARACTERS = st.one_of(
    st.sampled_from(" \n#:-?[]{},&*!|>'\"%@`\\~=<01.e+_xy\u0085\u2028\u00a0\U0001f600"),
    st.characters(exclude_categories=("Cs", "Cc")),
)
TEXTS = st.one_of(st.sampled_from(_TRICKY), st.text("abc xyz", max_size=40), st.text(_CHARACTERS, max_size=12))
KEYS = st.one_of(st.text("abcxyz_", min_size=1, max_size=8), st.sampled_from(_TRICKY), st.text(_CHARACTERS, max_size=8))
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: round(number, 6)),
    TEXTS,
    TEXTS,
)


def _values(depth: int) -> st.SearchStrategy[Any]:
    if depth == 0:
        return _LEAVES
    below = _values(depth - 1)
    return st.one_of(_LEAVES, st.lists(below, max_size=5), st.dictionaries(KEYS, below, max_size=5))


DATA = st.dictionaries(KEYS, _values(4), max_size=8)
"""JSON objects, nested up to five deep."""

RANDOMS = st.randoms(use_true_random=False)


def styled(data: Any, random: Random) -> str:
    """The data as ruamel.yaml writes it, in random styles."""
    yaml: Any = YAML()
    yaml.width = random.choice((20, 80, 4096))
    yaml.allow_unicode = random.random() < 0.8
    yaml.explicit_start = random.random() < 0.2
    yaml.explicit_end = random.random() < 0.1
    sequence = random.choice((2, 4, 5))
    yaml.indent(mapping=random.choice((2, 4)), sequence=sequence, offset=random.choice((0, sequence - 2)))
    yaml.line_break = random.choice(("\n", "\r\n"))
    out = io.StringIO(newline="")
    yaml.dump(_in_styles(data, random), out)
    return out.getvalue()


def _in_styles(value: Any, random: Random) -> Any:
    if isinstance(value, str):
        styles = (str, str, SingleQuotedScalarString, DoubleQuotedScalarString, LiteralScalarString, FoldedScalarString)
        return random.choice(styles)(value)
    if isinstance(value, dict):
        mapping = CommentedMap((key, _in_styles(child, random)) for key, child in value.items())
        (mapping.fa.set_flow_style if random.random() < 0.3 else mapping.fa.set_block_style)()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(_in_styles(child, random) for child in value)
        (sequence.fa.set_flow_style if random.random() < 0.3 else sequence.fa.set_block_style)()
        return sequence
    return value
