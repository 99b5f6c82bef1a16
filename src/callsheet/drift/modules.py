"""The modules of a package as text, and what a name in one of them stands for. Nothing is imported or run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLUMBING = frozenset({"_types", "_utils", "_models", "_compat"})
"""Modules of the package that only repeat or extend `typing`: what they define is known by its name."""


class Import(NamedTuple):
    """A name that a module takes from another one; `name` is None where it is that module itself."""

    module: tuple[str, ...]
    name: str | None


class Module(NamedTuple):
    """One module: its path from the package on, its file for people, and what it defines or imports, by name."""

    path: tuple[str, ...]
    file: str
    names: dict[str, ast.ClassDef | ast.expr | Import]


class Outside(NamedTuple):
    """A name that is not the package's own: of `typing`, or a builtin."""

    name: str


class Defined(NamedTuple):
    """A class, or the expression that an alias stands for, and the module in which its names are to be read."""

    module: Module
    node: ast.ClassDef | ast.expr


Meaning: TypeAlias = Union[Outside, Defined, Module, None]  # noqa: UP007 - as in `callsheet.shape.shape`


class Modules:
    """The modules of one package, each parsed when it is first asked for."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self._read: dict[tuple[str, ...], Module | None] = {}

    def module(self, path: tuple[str, ...]) -> Module | None:
        """The module at a path within the package, or None. Raises SyntaxError, UnicodeDecodeError, OSError."""
        if path not in self._read:
            self._read[path] = self._parse(path)
        return self._read[path]

    def meaning(
        self, module: Module, name: str, trail: frozenset[tuple[tuple[str, ...], str]] = frozenset()
    ) -> Meaning:
        """What a name stands for in a module, wherever it is imported from; None if nothing says."""
        found = module.names.get(name)
        if found is None:
            return Outside(name) if name not in module.names else None
        if not isinstance(found, Import):
            return Defined(module, found)
        step = (module.path, name)
        if step in trail:
            return None
        if found.module[:1] != (self.package.name,) or found.module[-1] in _PLUMBING:
            return Outside(found.name or name)
        path = found.module[1:]
        if found.name is None:
            return self.module(path)
        home = self.module(path)
        if home is not None and found.name in home.names:
            return self.meaning(home, found.name, trail | {step})
        return self.module((*path, found.name))

    def _parse(self, path: tuple[str, ...]) -> Module | None:
        for file, package in (
            (self.package.joinpath(*path, "__init__.py"), path),
            (self.package.joinpath(*path).with_suffix(".py"), path[:-1]),
        ):
            if file.is_file():
                tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
                names = dict(_names(tree, (self.package.name, *package)))
                return Module(path, file.relative_to(self.package.parent).as_posix(), names)
        return None


def _names(tree: ast.AST, package: tuple[str, ...]) -> Iterator[tuple[str, ast.ClassDef | ast.expr | Import]]:
    """What the statements of a module name; those that stand below an `if` as well."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.ClassDef(name=name):
                yield name, node
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.ImportFrom(module=module, names=aliases, level=level):
                home = package[: len(package) - level + 1] if level else ()
                path = (*home, *(module or "").split(".")) if module else home
                for alias in aliases:
                    yield alias.asname or alias.name, Import(path, alias.name)
            case ast.Import(names=aliases):
                for alias in aliases:
                    path = tuple(alias.name.split("."))
                    yield alias.asname or path[0], Import(path if alias.asname else path[:1], None)
            case ast.If() | ast.Try():
                yield from _names(node, package)
