"""`tools/mutants.py`: what it changes, and that it tells a test that notices from one that does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from area import AREAS
from equivalent import EQUIVALENTS, named
from mutants import mutants_of, sample
from mutation import mutations

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("x = 1 < 2 is not 3", ["1 → 2", "< → <=", "2 → 3", "is not → is", "3 → 4"]),
        ("x = a and not b", ["and → or", "not b → (b)"]),
        ("x = -a * b | c", ["-a → (a)", "* → /", "| → &"]),
        ("x = (a) + (b)", ["+ → -"]),
        (
            "x = True, 'word', b'c', 'two words', ', '",
            ["True → False", "'word' → 'XXwordXX'", "b'c' → b'XXcXX'", "', ' → 'XX, XX'"],
        ),
        ("x = f(a, key=1)", [", key=1 → nothing", "1 → 2"]),
        ("x = f(key=a, why='because')", ["key=a, → nothing"]),
        ("x = [a for a in b if a]", ["a → True"]),
        ("x = any(a.startswith(b))", ["any → all", "startswith → endswith"]),
        ("x = a.split(), a.split(b, c)", ["split → rsplit"]),
        ("x = lambda: a", ["a → None"]),
        ("if a: b()", ["a → (not (a))"]),
        ("if TYPE_CHECKING: import a\nelse: b = 1", ["1 → 2"]),
        ("def f(a: int | None = 1) -> b[2]:\n '''3'''\n return a", ["1 → 2", "a → None"]),
        ("def f():\n a = None\n b: int = c\n d += 1", ["c → None", "+= → -=", "+= → =", "1 → 2"]),
        ("def f():\n yield a\n b()", ["yield a → (yield from ())", "b() → pass"]),
        ("while a == b:\n break", ["== → !=", "break → continue"]),
        ("X: TypeAlias = 'a'\n__slots__ = ('b',)\nTYPE_CHECKING = False\nassert 1\nx = cast('c', d), f'{1}'", []),
        ("ä = 'ü', 1", ["'ü' → 'XXüXX'", "1 → 2"]),
    ],
)
def test_what_is_changed(source: str, changes: list[str]) -> None:
    assert [str(one) for one in mutations(source.encode())] == changes


def test_a_change_has_its_line_and_its_place() -> None:
    source = "x = 'ü' + 1\ny = (\n  a\n  == b)\n".encode()
    changed = {one.line: one.of(source).decode() for one in mutations(source)}
    assert changed == {1: "x = 'ü' + 2\ny = (\n  a\n  == b)\n", 4: "x = 'ü' + 1\ny = (\n  a\n  != b)\n"}


PROGRAM = """
    \"\"\"Numbers.\"\"\"


    def larger(one: int, other: int) -> int:
        if one > other:
            return one
        return other


    def endless(count: int) -> int:
        while count > 0:
            count -= 1
        return count


    SECOND = 2
"""
TESTS = """
    from tiny import endless, larger


    def test_larger() -> None:
        assert larger(1, 2) == larger(2, 1) == 2


    def test_endless() -> None:
        assert endless(1) == 0
"""
RUN = """
    import sys
    from pathlib import Path

    import area, equivalent, mutants, trial

    area.AREAS["tiny"] = area.Area(("src/*.py",), (("tests",),))
    equivalent.EQUIVALENTS["src/tiny.py", "if one > other:", "> → >="] = "equal is equal"
    trial._GRACE = 2
    sys.exit(mutants.main(sys.argv[1:], Path.cwd()))
"""


def tried(folder: Path, *words: str) -> tuple[int, list[str]]:
    """How the command ends in a small repository, and the lines that it prints."""
    for name, text in {"src/tiny.py": PROGRAM, "tests/test_tiny.py": TESTS}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    line = [sys.executable, "-c", dedent(RUN), "tiny", *words]
    environment = {"PYTHONPATH": str(ROOT / "tools"), "PATH": ""}
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout.splitlines() + done.stderr.splitlines()


def test_what_no_test_notices_is_told(tmp_path: Path) -> None:
    status, lines = tried(tmp_path, "--jobs", "2")
    assert lines[0] == "src/tiny.py:16: 2 → 3    in `SECOND = 2`"
    assert lines[-1].split() == ["tiny", "10", "10", "6", "2", "1", "1", "88.9", "%"]
    assert status == 1
    assert (tmp_path / "src/tiny.py").read_text(encoding="utf-8") == dedent(PROGRAM).lstrip()


def test_where_enough_are_killed_all_is_well(tmp_path: Path) -> None:
    status, lines = tried(tmp_path, "--at", "src/tiny.py:6", "--at", "src/tiny.py:7")
    assert lines[-1].split() == ["tiny", "2", "2", "2", "0", "0", "0", "100.0", "%"]
    assert status == 0


def test_a_place_without_mutants_is_a_wrong_call(tmp_path: Path) -> None:
    status, lines = tried(tmp_path, "--at", "src/tiny.py:1")
    assert status == 2
    assert lines[-1].endswith("error: tiny has no mutant at src/tiny.py:1")


def test_tests_that_fail_anyhow_are_no_judge(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_broken.py").write_text("def test_it() -> None:\n    raise KeyError\n", encoding="utf-8")
    status, lines = tried(tmp_path)
    assert (status, lines) == (1, ["mutants: these do not pass as it is: tests"])


def test_a_sample_has_some_of_each_file_and_is_the_same_again() -> None:
    mutants = list(mutants_of(ROOT, AREAS["predicates"]))
    chosen = sample(mutants, 0.2, 1)
    assert chosen == sample(mutants, 0.2, 1) != sample(mutants, 0.2, 2)
    assert {one.file for one in chosen} == set(AREAS["predicates"].sources(ROOT))
    assert 0.15 < len(chosen) / len(mutants) < 0.25


def test_every_area_has_its_files_and_its_tests() -> None:
    for area in AREAS.values():
        assert area.sources(ROOT)
        assert all((ROOT / test).exists() for group in area.tests for test in group)


@pytest.mark.parametrize("file", sorted({file for file, _line, _change in EQUIVALENTS}))
def test_what_is_told_as_equivalent_is_still_there(file: str) -> None:
    there = {
        named(mutant) for area in AREAS.values() if file in area.sources(ROOT) for mutant in mutants_of(ROOT, area)
    }
    assert {name for name in EQUIVALENTS if name[0] == file} <= there
