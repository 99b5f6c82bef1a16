"""`callsheet new`: every starter lints clean, explains itself, and is at home in somebody else's repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from callsheet.cli import main
from callsheet.lint import Linter
from callsheet.project import Project
from callsheet.shape.kind import KINDS
from callsheet.starter import DEFAULT, Starter, named, starter, starters

STARTERS = starters()
PROFILES = Path(__file__).parent.parent / "profiles"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("one", STARTERS, ids=lambda one: one.name)
def test_a_starter_lints_clean(one: Starter) -> None:
    if one.base is not None:
        Path(one.base).write_text(starter(named(one.base)).content, encoding="utf-8")
    assert main(["new", one.name, "--output", "it.yaml"]) == 0
    assert Linter(project=Project(None)).file("it.yaml", Path("it.yaml").read_bytes()) == []


@pytest.mark.parametrize("one", STARTERS, ids=lambda one: one.name)
def test_a_starter_names_a_schema_that_can_be_had(one: Starter) -> None:
    lines = one.content.splitlines()
    assert lines[0] == f"# yaml-language-server: $schema=./{one.schema}"
    assert lines[1].endswith(f"callsheet schema {one.kind} --profile > {one.schema}")
    assert one.kind in KINDS
    assert ".." not in one.content.split("\n\n")[0]


@pytest.mark.parametrize("one", STARTERS, ids=lambda one: one.name)
def test_a_starter_explains_itself(one: Starter) -> None:
    assert one.purpose.endswith(".")
    assert one.content.count("#") > 4


def test_every_example_in_yaml_is_a_starter() -> None:
    assert {named(path.name) for path in PROFILES.glob("*.yaml")} == {one.name for one in STARTERS}


def test_the_default_is_a_phone_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new"]) == 0
    assert capsys.readouterr().out == starter(DEFAULT).content
    assert DEFAULT == "sip"


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [one.name for one in STARTERS]


def test_an_unknown_template(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "pager"]) == 2
    assert "there is no template `pager`; there are sip, browser" in capsys.readouterr().err
    assert main(["new", "phone.yaml"]) == 2
    assert capsys.readouterr().err.endswith("`phone.yaml`; write --output before the name of a file\n")


def test_a_file_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    Path("it.yaml").write_text("mine\n", encoding="utf-8")
    assert main(["new", "--output", "it.yaml"]) == 2
    assert Path("it.yaml").read_text(encoding="utf-8") == "mine\n"
    assert "it.yaml is there already" in capsys.readouterr().err
    assert main(["new", "--output", "it.yaml", "--force"]) == 0
    assert Path("it.yaml").read_text(encoding="utf-8") == starter(DEFAULT).content


def test_a_variant_says_where_its_base_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "variant", "--output", "it.yaml"]) == 0
    assert "callsheet new base --output hotel-base.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--list", "sip"], ["--force"], ["--output", "no/such/folder/it.yaml"]])
def test_a_wrong_call(words: list[str]) -> None:
    assert main(["new", *words]) == 2


def test_lint_does_not_load_it() -> None:
    code = (
        "import sys; from callsheet.cli import main; main(['lint', sys.argv[1]]); "
        "sys.exit(any('migrate' in name or 'starter' in name for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(PROFILES / "text-only.yaml")], check=False, capture_output=True
    )
    assert done.returncode == 0
