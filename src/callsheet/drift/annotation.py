"""Annotations of Python types, read as text, as shapes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from callsheet.drift.modules import Defined, Module, Modules, Outside
from callsheet.drift.upstream import Complaint, Unread, unite
from callsheet.shape.shape import Choice, Entries, Field, Flag, Free, Items, Number, Record, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_ANYTHING = Free(anything=True)
_PLAIN: dict[str, Shape] = {
    "str": Text(),
    "int": Number(whole=True),
    "float": Number(),
    "bool": Flag(),
    "object": _ANYTHING,
    "Any": _ANYTHING,
    "list": Items(_ANYTHING),
    "dict": Free(),
}
_LISTS = frozenset({"List", "list", "Iterable", "Sequence", "SequenceNotStr", "Collection"})
_MAPPINGS = frozenset({"Dict", "dict", "Mapping", "MutableMapping"})
_MARKS = frozenset({"Required", "NotRequired", "ReadOnly", "Annotated"})


class _Read(NamedTuple):
    """What an annotation says: a shape, None where it is nothing but null, and whether null is taken as well."""

    shape: Shape | None
    null: bool = False


class Reader:
    """Turns annotations into shapes. `open` are the types that are being read, so that a circle ends."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.complaints: list[Complaint] = []
        self.open: list[ast.AST] = []

    def body(self, place: str) -> Shape | None:
        """The shape of a type, by its full name within the package; None where there is no such type."""
        *path, name = place.split(".")
        try:
            module = self.modules.module(tuple(path))
            if module is None or name not in module.names:
                return None
            return self._read(ast.Name(name), module).shape
        except (SyntaxError, ValueError, IndexError, OSError, RecursionError, MemoryError) as error:
            self.complaints.append(Complaint(place, f"cannot be read: {_why(error)}"))
            return Unread(anything=True)

    def _read(self, node: ast.expr, module: Module) -> _Read:
        match node:
            case ast.Constant(value=None):
                return _Read(None, null=True)
            case ast.Constant(value=str() as text):
                return self._read(ast.parse(text, mode="eval").body, module)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self._union((left, right), module)
            case ast.Subscript(value=value, slice=within):
                meaning = self._meaning(value, module)
                arguments = list(within.elts) if isinstance(within, ast.Tuple) else [within]
                if isinstance(meaning, Outside):
                    return self._generic(meaning.name, arguments, node, module)
            case ast.Name() | ast.Attribute():
                meaning = self._meaning(node, module)
                if isinstance(meaning, Outside) and meaning.name in _PLAIN:
                    return _Read(_PLAIN[meaning.name])
                if isinstance(meaning, Defined):
                    return self._defined(meaning)
        return _Read(self._complain(node, module, f"`{ast.unparse(node)[:80]}` is no type that callsheet knows"))

    def _meaning(self, node: ast.expr, module: Module) -> Outside | Defined | Module | None:
        match node:
            case ast.Name(id=name):
                return self.modules.meaning(module, name)
            case ast.Attribute(value=value, attr=name):
                home = self._meaning(value, module)
                if isinstance(home, Module):
                    return self.modules.meaning(home, name) if name in home.names else None
                return Outside(name) if isinstance(home, Outside) else None
        return None

    def _generic(self, word: str, arguments: list[ast.expr], node: ast.expr, module: Module) -> _Read:
        if word in _MARKS:
            return self._read(arguments[0], module)
        if word == "Optional":
            return self._read(arguments[0], module)._replace(null=True)
        if word == "Union":
            return self._union(arguments, module)
        if word == "Literal":
            return self._literal(arguments, node, module)
        if word in _LISTS:
            return _Read(Items(self._inner(arguments[0], module)))
        if word in _MAPPINGS and len(arguments) == 2:  # noqa: PLR2004 - keys and values
            inner = self._inner(arguments[1], module)
            return _Read(Free() if inner == _ANYTHING else Entries(inner))
        return _Read(self._complain(node, module, f"`{word}[…]` is no type that callsheet knows"))

    def _union(self, members: Iterable[ast.expr], module: Module) -> _Read:
        nodes = list(members)
        read = [self._read(node, module) for node in nodes]
        shapes = [shape for shape, _ in read if shape is not None]
        null = any(null for _, null in read)
        if not shapes:
            return _Read(None, null)
        return _Read(unite(shapes, lambda what: self._complain(nodes[-1], module, what)), null)

    def _literal(self, arguments: list[ast.expr], node: ast.expr, module: Module) -> _Read:
        values: list[Any] = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
        if len(values) < len(arguments):
            return _Read(self._complain(node, module, f"`{ast.unparse(node)[:80]}` holds more than plain values"))
        by_type: dict[type, list[Any]] = {}
        for value in values:
            by_type.setdefault(type(value), []).append(value)
        if not by_type.keys() <= {str, int, bool, type(None)}:
            return _Read(self._complain(node, module, f"`{ast.unparse(node)[:80]}` holds more than words and numbers"))
        null = by_type.pop(type(None), None) is not None
        shapes: list[Shape] = [Flag() if kind is bool else Choice(tuple(some)) for kind, some in by_type.items()]
        return _Read(unite(shapes, lambda what: self._complain(node, module, what)) if shapes else None, null)

    def _inner(self, node: ast.expr, module: Module) -> Shape:
        """The shape of what stands in a list or a mapping."""
        shape, null = self._read(node, module)
        if null:
            return self._complain(node, module, "null inside a list or a mapping")
        return self._complain(node, module, "a list or mapping of nothing") if shape is None else shape

    def _defined(self, meaning: Defined) -> _Read:
        """What a class or an alias stands for."""
        node, module = meaning.node, meaning.module
        if node in self.open:
            return _Read(self._complain(node, module, "a type within itself"))
        self.open.append(node)
        try:
            if isinstance(node, ast.ClassDef):
                fields = self._fields(node, module)
                return _Read(Unread(anything=True) if fields is None else Record(node.name, fields))
            if (form := self._functional(node, module)) is not None:
                return _Read(Record("", form))
            return self._read(node, module)
        finally:
            self.open.pop()

    def _fields(self, node: ast.ClassDef, module: Module) -> dict[str, Field] | None:
        """The fields of a class that is a TypedDict, those of its bases first; None where it is something else."""
        fields: dict[str, Field] = {}
        for base in node.bases:
            meaning = self._meaning(base, module)
            if meaning == Outside("TypedDict"):
                continue
            inherited = self._defined(meaning).shape if isinstance(meaning, Defined) else None
            if not isinstance(inherited, Record):
                self._complain(node, module, f"the class {node.name} is no TypedDict")
                return None
            fields |= inherited.fields
        if not node.bases:
            self._complain(node, module, f"the class {node.name} is no TypedDict")
            return None
        total = _total(node.keywords)
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                key, field = self._field(statement.target.id, statement.annotation, module, total=total)
                fields[key] = field
        return fields

    def _functional(self, node: ast.expr, module: Module) -> dict[str, Field] | None:
        """The fields of `TypedDict("Name", {…})`, which is how keys are written that are no names in Python."""
        match node:
            case ast.Call(func=func, args=[_, ast.Dict(keys=keys, values=values)], keywords=keywords):
                if self._meaning(func, module) == Outside("TypedDict"):
                    total = _total(keywords)
                    named = [
                        (key.value, value)
                        for key, value in zip(keys, values, strict=True)
                        if isinstance(key, ast.Constant)
                    ]
                    return dict(self._field(str(key), value, module, total=total) for key, value in named)
        return None

    def _field(self, key: str, annotation: ast.expr, module: Module, *, total: bool) -> tuple[str, Field]:
        required, node = total, annotation
        while isinstance(node, ast.Subscript):
            meaning = self._meaning(node.value, module)
            word = meaning.name if isinstance(meaning, Outside) else None
            if word not in _MARKS:
                break
            arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            if word in {"Required", "NotRequired"}:
                required = word == "Required"
            key = next(filter(None, map(_alias, arguments[1:])), key)
            node = arguments[0]
        shape, null = self._read(node, module)
        if shape is None:
            shape = self._complain(node, module, f"`{key}` can be nothing but null")
        return key, Field(shape, required=required, null="yes" if null else "no")

    def _complain(self, node: ast.AST | None, module: Module, what: str) -> Unread:
        line = getattr(node, "lineno", None)
        self.complaints.append(Complaint(module.file if line is None else f"{module.file}:{line}", what))
        return Unread(anything=True)


def _why(error: Exception) -> str:
    """Why a type cannot be read, in words."""
    match error:
        case SyntaxError(lineno=int() as line):
            return f"line {line} of its module is no Python"
        case RecursionError() | MemoryError():
            return "its types are nested too deep"
        case UnicodeDecodeError():
            return "its module is not UTF-8"
        case OSError(strerror=str() as reason):
            return reason
    return "its module is no Python"


def _total(keywords: list[ast.keyword]) -> bool:
    """Whether a TypedDict requires the keys that say nothing of it."""
    return not any(
        keyword.arg == "total" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in keywords
    )


def _alias(mark: ast.expr) -> str | None:
    """The name on the wire, where a mark such as `PropertyInfo(alias="from")` says another."""
    match mark:
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "alias" and isinstance(keyword.value, ast.Constant):
                    return str(keyword.value.value)
    return None
