"""Small changes of a program, each of which some test should notice: what there is to change, and by what.

They reach declarations at the top of a module as well as the bodies of functions, since most of callsheet is declared.
Left alone are annotations, assertions, decorators, f-strings, and sentences: what people read is kept in golden files.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Operator: TypeAlias = "type[ast.cmpop | ast.operator]"
Placed: TypeAlias = "ast.expr | ast.stmt | ast.keyword"

_OPERATORS: dict[Operator, tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "/"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
_PAIRS = (
    ("any", "all"),
    ("min", "max"),
    ("startswith", "endswith"),
    ("lower", "upper"),
    ("find", "rfind"),
    ("index", "rindex"),
    ("partition", "rpartition"),
    ("lstrip", "rstrip"),
)
_OTHERS = {name: other for pair in _PAIRS for name, other in (pair, pair[::-1])}
"""A function or a method, and one that takes the same and does something else."""

_CUT = {"split": "rsplit", "rsplit": "split"}
"""Two that differ where they are told how often to cut."""
_SENTENCES = {"summary", "why", "source", "message", "help", "bad", "good", "fixed"}
"""Arguments of a declaration that are there to be read."""
_TYPES = {"cast", "TypeVar", "NamedTuple"}
"""Calls that only mypy reads."""


class Mutation(NamedTuple):
    """A stretch of a source, in bytes, and what stands there instead."""

    line: int
    start: int
    end: int
    before: str
    after: str

    def of(self, source: bytes) -> bytes:
        """The source with the change."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{' '.join(self.before.split())} → {self.after or 'nothing'}"


def mutations(source: bytes) -> list[Mutation]:
    """Each change of a source, in the order of the text."""
    found = dict.fromkeys(_Source(source).below(ast.parse(source), inside=False))
    return sorted(found, key=lambda one: (one.start, one.end))


class _Source:
    def __init__(self, source: bytes) -> None:
        self.bytes = source
        self.lines = [0]
        for line in source.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def below(self, node: ast.AST, *, inside: bool) -> Iterator[Mutation]:
        """The changes of a node and of all below it; `inside` tells what stands in a function."""
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                defaults = [one for one in (*node.args.defaults, *node.args.kw_defaults) if one is not None]
                yield from self.each(defaults, inside=inside)
                yield from self.each(node.body, inside=True)
                return
            case ast.ClassDef():
                yield from self.each(node.body, inside=inside)
                return
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from self.each(node.orelse, inside=inside)
                return
            case ast.Assert() | ast.JoinedStr() | ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
                return
            case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
                return
            case ast.Call(func=ast.Name(id=name)) if name in _TYPES:
                return
            case ast.Assign(targets=[ast.Name(id="__all__" | "__slots__" | "TYPE_CHECKING")]):
                return
            case ast.keyword(arg=name) if name in _SENTENCES:
                return
        yield from self.here(node, inside=inside)
        typed = getattr(node, "annotation", None)
        yield from self.each((one for one in ast.iter_child_nodes(node) if one is not typed), inside=inside)

    def each(self, nodes: Iterable[ast.AST], *, inside: bool) -> Iterator[Mutation]:
        """The changes of several nodes."""
        for node in nodes:
            yield from self.below(node, inside=inside)

    def here(self, node: ast.AST, *, inside: bool) -> Iterator[Mutation]:
        """The changes of a node alone."""
        match node:
            case ast.Compare():
                sides = [node.left, *node.comparators]
                for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
                    yield from self.between(left, right, *_OPERATORS[type(operator)])
            case ast.BoolOp():
                words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
                for left, right in zip(node.values, node.values[1:], strict=False):
                    yield from self.between(left, right, *words)
            case ast.BinOp() if type(node.op) in _OPERATORS:
                yield from self.between(node.left, node.right, *_OPERATORS[type(node.op)])
            case ast.AugAssign() if type(node.op) in _OPERATORS:
                old, new = _OPERATORS[type(node.op)]
                for after in (f"{new}=", "="):
                    yield from self.between(node.target, node.value, f"{old}=", after)
            case ast.UnaryOp(op=ast.Not() | ast.USub()):
                yield self.instead(node, f"({self.text(node.operand)})")
            case ast.Constant():
                yield from self.constant(node)
            case ast.If() | ast.While() | ast.IfExp():
                if not isinstance(node.test, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)):
                    yield self.instead(node.test, f"(not ({self.text(node.test)}))")
            case ast.comprehension():
                yield from (self.instead(condition, "True") for condition in node.ifs)
            case ast.Expr() if inside:
                yields = isinstance(node.value, (ast.Yield, ast.YieldFrom))
                yield self.instead(node, "(yield from ())" if yields else "pass")
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) if inside:
                yield from self.nothing(value)
            case ast.Return(value=ast.expr() as value):
                if not isinstance(value, ast.Constant):
                    yield from self.nothing(value)
            case ast.Lambda():
                yield from self.nothing(node.body)
            case ast.Break():
                yield self.instead(node, "continue")
            case ast.Continue():
                yield self.instead(node, "break")
            case ast.Attribute(attr=name) if name in _OTHERS:
                yield self.method(node, _OTHERS[name])
            case ast.Call():
                if isinstance(node.func, ast.Attribute) and node.func.attr in _CUT and len(node.args) > 1:
                    yield self.method(node.func, _CUT[node.func.attr])
                if isinstance(node.func, ast.Name) and node.func.id in _OTHERS:
                    yield self.instead(node.func, _OTHERS[node.func.id])
                yield from (self.without(keyword) for keyword in node.keywords if _matters(keyword))

    def constant(self, node: ast.Constant) -> Iterator[Mutation]:
        """The changes of a number, a word or a truth."""
        value = node.value
        if isinstance(value, bool):
            yield self.instead(node, str(not value))
        elif isinstance(value, (int, float)):
            yield self.instead(node, repr(value + 1))
        elif isinstance(value, bytes):
            yield self.instead(node, repr(b"XX" + value + b"XX"))
        elif isinstance(value, str) and (not value.strip(" ,\n") or not re.search(r"\s", value)):
            yield self.instead(node, repr(f"XX{value}XX"))

    def method(self, node: ast.Attribute, name: str) -> Mutation:
        """A method instead of another."""
        end = self.place(node)[1]
        return self.put(node.end_lineno or node.lineno, end - len(node.attr), end, name)

    def nothing(self, node: ast.expr) -> Iterator[Mutation]:
        """None instead of a value."""
        if not isinstance(node, ast.Constant) or node.value is not None:
            yield self.instead(node, "None")

    def without(self, keyword: ast.keyword) -> Mutation:
        """A call without one of its named arguments."""
        start, end = self.place(keyword)
        if comma := re.match(rb"\s*,", self.bytes[end:]):
            end += comma.end()
        elif comma := re.search(rb",\s*$", self.bytes[:start]):
            start = comma.start()
        return self.put(keyword.lineno, start, end, "")

    def between(self, left: Placed, right: Placed, before: str, after: str) -> Iterator[Mutation]:
        """An operator that stands between two nodes, instead of another."""
        start, end = self.place(left)[1], self.place(right)[0]
        pattern = r"\s+".join(map(re.escape, before.split()))
        if before[0].isalpha():
            pattern = rf"\b{pattern}\b"
        if found := re.search(pattern.encode(), self.bytes[start:end]):
            line = self.bytes.count(b"\n", 0, start + found.start()) + 1
            yield self.put(line, start + found.start(), start + found.end(), after)

    def instead(self, node: ast.expr | ast.stmt, after: str) -> Mutation:
        """A change of a whole node."""
        return self.put(node.lineno, *self.place(node), after)

    def put(self, line: int, start: int, end: int, after: str) -> Mutation:
        """A change of a stretch."""
        return Mutation(line, start, end, self.bytes[start:end].decode(), after)

    def text(self, node: Placed) -> str:
        """The text of a node."""
        start, end = self.place(node)
        return self.bytes[start:end].decode()

    def place(self, node: Placed) -> tuple[int, int]:
        """Where a node stands, in bytes."""
        start = self.lines[node.lineno - 1] + node.col_offset
        return start, self.lines[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)


def _matters(keyword: ast.keyword) -> bool:
    return keyword.arg is not None and not isinstance(keyword.value, ast.JoinedStr) and keyword.arg not in _SENTENCES
