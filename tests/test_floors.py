"""The modules stand in floors, and nothing imports from a floor above its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "src" / "callsheet"
FLOORS = (
    (
        "words",
        {
            "version",
            "named_tuple",
            "pointer",
            "predicate",
            "patch",
            "diagnostic",
            "redact",
            "nearest",
            "said",
            "column",
        },
    ),
    ("text", {"source"}),
    ("the API", {"models", "facts", "shape"}),
    ("judgement", {"rules", "judge", "schema"}),
    (
        "use",
        {
            "directives",
            "project",
            "merge",
            "compose",
            "template",
            "request",
            "loaded",
            "selection",
            "lint",
            "pin",
            "content",
            "config",
            "suppression",
            "linters",
            "batch",
            "fix",
            "migrate",
            "starter",
            "discover",
            "drift",
            "testing",
            "sender",
            "patience",
            "answer",
            "refusal",
            "unsaid",
            "connection",
            "resolved",
            "setting",
            "overlay",
            "reference",
            "contrast",
        },
    ),
    ("faces", {"report", "render", "show", "lsp", "cli", "__main__", "__init__"}),
)
FLOOR = {room: number for number, (_, rooms) in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: Path) -> str:
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """The rooms that a module imports from when it runs; what only mypy reads is free."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module == "callsheet":
            names = [f"callsheet.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("callsheet."))
        yield from imports(node)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_it_imports_from_its_own_floor_or_below(module: Path) -> None:
    own = FLOOR[room(module)]
    above = {other for other in imports(ast.parse(module.read_text(encoding="utf-8"))) if FLOOR.get(other, own) > own}
    assert not above


def test_every_room_has_a_floor() -> None:
    assert {room(module) for module in MODULES} <= FLOOR.keys()


def test_the_map_shows_every_room_on_its_floor() -> None:
    contributing = (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = contributing.partition("| floor | rooms | what is there |")[2].partition("\n\n")[0]
    floor = ""
    shown: set[tuple[str, str]] = set()
    for name, rooms in re.findall(r"^\| ([\w ]*?) ?\| (.+?) \|", table, re.MULTILINE):
        floor = name or floor
        shown |= {(floor, one) for one in re.findall(r"`(\w+)/?`", rooms)}
    assert shown == {(name, one) for name, rooms in FLOORS for one in rooms if not one.startswith("__")}


def test_the_walk_sees_imports() -> None:
    tree = ast.parse(
        "from callsheet.lint import check\nimport callsheet.report\ndef f():\n from callsheet import rules\n"
    )
    assert list(imports(tree)) == ["lint", "report", "rules"]
