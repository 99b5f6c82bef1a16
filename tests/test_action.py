"""The action for GitHub: its scripts run with bash, as the runner runs them, and tools for actions look at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FILE = ROOT / "action.yml"
ACTION = yaml.safe_load(FILE.read_text(encoding="utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}
PROGRAM = Path(sys.executable).with_name("callsheet")

GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"
BAD = "type: realtime\nmodel: gpt-realtime-2.1\naudio: {output: {speed: 2.0}}\n"
NO_NETWORK = re.compile(r"No matching distribution found|Failed to establish a new connection|name resolution")

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


class Ran(NamedTuple):
    """What a step left behind."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


def step(name: str, workspace: Path, outputs: dict[str, str] | None = None, /, **inputs: str) -> Ran:
    """Run one step as the runner does: its expressions become values of the environment, and no more."""
    runner = workspace.parent / "runner"
    runner.mkdir(exist_ok=True)
    said = {key: value.get("default", "") for key, value in ACTION["inputs"].items()} | {
        key.replace("_", "-"): value for key, value in inputs.items()
    }
    known = {f"inputs.{key}": value for key, value in said.items()} | (outputs or {})
    environment = {
        key: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: known[match[1]], value)
        for key, value in STEPS[name]["env"].items()
    }
    files = {variable: runner / variable.lower() for variable in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    (runner / "script.sh").write_text(STEPS[name]["run"], encoding="utf-8")
    assert STEPS[name]["shell"] == "bash"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(runner / "script.sh")],  # noqa: S607 - as the runner does
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "CALLSHEET_"))},
            **environment,
            **{key: str(file) for key, file in files.items()},
            "RUNNER_TEMP": str(runner),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(workspace),
        },
    )
    lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    return Ran(
        done.returncode,
        done.stdout,
        dict(line.split("=", 1) for line in lines),
        files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"),
    )


def lint(workspace: Path, **inputs: str) -> Ran:
    return step("lint", workspace, {"steps.install.outputs.program": str(PROGRAM)}, **inputs)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / "profiles").mkdir(parents=True)
    (folder / "profiles" / "good.yaml").write_text(GOOD, encoding="utf-8")
    return folder


def test_a_good_profile_passes_and_the_summary_says_so(workspace: Path) -> None:
    ran = lint(workspace)
    assert (ran.status, ran.outputs) == (0, {"status": "0"})
    assert ran.log == "All is well in 1 file.\n"
    assert ran.summary == "### callsheet\n\n    All is well in 1 file.\n\n"


def test_a_bad_one_becomes_an_annotation_and_stands_in_the_summary(workspace: Path) -> None:
    (workspace / "profiles" / "für 'Öl'.yaml").write_text(BAD, encoding="utf-8")
    ran = lint(workspace)
    assert (ran.status, ran.outputs) == (1, {"status": "1"})
    command, _, properties = ran.log.split("::")[1].partition(" ")
    assert command == "error"
    assert {"file=profiles/für 'Öl'.yaml", "line=3", "col=25"} <= set(properties.split(","))
    assert "\n    error[CS105]: `audio.output.speed` is 2.0" in ran.summary
    assert ran.summary.endswith(
        "    1 error in 2 files. `callsheet lint --diff --unsafe-fixes` shows what can be mended.\n\n"
    )


def test_paths_and_flags_are_words_and_nothing_in_them_is_run(workspace: Path) -> None:
    hostile = "a b; touch owned; $(touch owned) `touch owned` --strict.yaml"
    (workspace / hostile).write_text("type: realtime\ntemperature: 0.8\n", encoding="utf-8")
    (workspace / "-q.yaml").write_text(GOOD, encoding="utf-8")
    assert lint(workspace, paths=f"{hostile}\n\n-q.yaml").status == 0
    ran = lint(workspace, paths=f"{hostile}\n-q.yaml\n", args="--strict\n--ignore\nCS101, CS102\n")
    assert (ran.status, ran.log.count("::warning")) == (1, 1)
    assert "1 warning in 2 files." in ran.log
    assert not list(workspace.rglob("owned"))


def test_what_is_in_a_profile_stays_code_in_the_summary(workspace: Path) -> None:
    (workspace / "a.yaml").write_text(GOOD + "'```</code><h1>': x\n", encoding="utf-8")
    ran = lint(workspace)
    assert ran.status == 1
    _, _, *lines = ran.summary.splitlines()
    assert all(line.startswith("    ") for line in lines if line)


@pytest.mark.parametrize(("folder", "place"), [(".", "./out.sarif"), ("services/phone", "services/phone/out.sarif")])
def test_a_file_for_code_scanning_is_written_and_named(workspace: Path, folder: str, place: str) -> None:
    there = workspace / folder / "profiles"
    there.mkdir(parents=True, exist_ok=True)
    (there / "bad.yaml").write_text(BAD, encoding="utf-8")
    ran = lint(workspace, sarif="out.sarif", working_directory=folder)
    assert ran.outputs == {"status": "1", "sarif": place}
    data = json.loads((workspace / place).read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in data["runs"][0]["results"]] == ["CS105"]


def test_without_a_file_for_code_scanning_none_is_named_and_an_old_one_does_not_stay(workspace: Path) -> None:
    (workspace / "out.sarif").write_text("of yesterday")
    ran = lint(workspace, sarif="out.sarif", args="--select\nnonsense")
    assert ran.outputs == {"status": "2"}
    assert "nonsense" in ran.summary
    assert not (workspace / "out.sarif").exists()


def test_a_folder_that_is_not_there_fails(workspace: Path) -> None:
    assert lint(workspace, working_directory="nowhere").status == 2


def test_it_is_installed_at_its_own_revision(workspace: Path) -> None:
    ran = step("install", workspace)
    if NO_NETWORK.search(ran.log):
        pytest.skip("pip finds no packages here")
    assert ran.status == 0, ran.log
    done = subprocess.run([ran.outputs["program"], "--version"], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("callsheet ")


@pytest.mark.parametrize("version", ["1.2.0 --pre", "1.2.0;echo", "-r", "x @ file:///a", "1\n2", "$(echo 1)"])
def test_a_release_is_a_number_and_nothing_else(workspace: Path, version: str) -> None:
    ran = step("install", workspace, version=version)
    assert (ran.status, ran.outputs) == (2, {})
    assert ran.log == "::error::the input version is a number of a release, such as 1.2.0\n"


def test_a_release_is_asked_for_by_its_number(workspace: Path) -> None:
    ran = step("install", workspace, version="0.0.0.dev1")
    assert ran.status != 0
    assert "callsheet==0.0.0.dev1" in ran.log


def test_no_expression_stands_in_a_script() -> None:
    assert [name for name, one in STEPS.items() if "${{" in one["run"]] == []


def test_every_input_is_used_and_every_expression_names_something() -> None:
    text = FILE.read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{\{ (.*?) \}\}", text))
    assert {name.removeprefix("inputs.") for name in used if name.startswith("inputs.")} == set(ACTION["inputs"])
    written = {
        f"steps.{name}.outputs.{output}"
        for name, one in STEPS.items()
        for output in re.findall(r'echo "(\w+)=.*>> "\$GITHUB_OUTPUT"', one["run"])
    }
    assert {name for name in used if name.startswith("steps.")} == written
    assert {output["value"] for output in ACTION["outputs"].values()} <= {f"${{{{ {name} }}}}" for name in written}


# The tools that look at actions.


def program(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"needs {name}")
    return found


def zizmor(file: Path) -> list[dict[str, Any]]:
    command = [program("zizmor"), "--offline", "--no-config", "--persona", "auditor", "--format", "json", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    findings: list[dict[str, Any]] = json.loads(done.stdout)
    return findings


def test_zizmor_has_no_complaint() -> None:
    assert zizmor(FILE) == []


def test_zizmor_would_complain(tmp_path: Path) -> None:
    wrong = tmp_path / "action.yml"
    wrong.write_text(
        FILE.read_text(encoding="utf-8").replace('cd -- "$FOLDER"', 'cd -- "${{ inputs.working-directory }}"'),
        encoding="utf-8",
    )
    assert {finding["ident"] for finding in zizmor(wrong)} == {"template-injection"}


@pytest.mark.parametrize("name", STEPS)
def test_shellcheck_has_no_complaint(name: str, tmp_path: Path) -> None:
    script = tmp_path / "script.sh"
    script.write_text(f"#!/bin/bash\nset -eo pipefail\n{STEPS[name]['run']}", encoding="utf-8")
    done = subprocess.run([program("shellcheck"), str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
