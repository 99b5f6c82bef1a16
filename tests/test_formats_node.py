"""SARIF held to its published schema and to GitHub's ingestion rules, and commands to what `@actions/core` prints.

Needs Node and packages from npm; CALLSHEET_NODE_MODULES names the folder that holds them (`.ci/run` sets it).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft4Validator

from callsheet.report import renderer
from callsheet.report.place import Places
from callsheet.report.run import Run
from callsheet.said import harmless, one_line, said, valid
from findings import every_kind
from test_formats import runs

MODULES = Path(os.environ.get("CALLSHEET_NODE_MODULES", "node_modules"))
SCHEMA = MODULES / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
MULTITOOL = MODULES / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
CORE = MODULES / "@actions" / "core" / "lib" / "core.js"
TOLD = """
import(process.argv[1]).then(core => {
  for (const {level, message, properties} of JSON.parse(require("fs").readFileSync(0, "utf8")))
    core[level](message, properties);
});
"""


def missing(file: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not file.exists() or shutil.which("node") is None, reason=f"CALLSHEET_NODE_MODULES names no folder with {file}"
    )


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def rendered(form: str, run: Run) -> str:
    return "".join(renderer(form)(run))


@missing(SCHEMA)
def test_sarif_has_the_published_shape(schema: Draft4Validator) -> None:
    schema.validate(json.loads(rendered("sarif", every_kind())))
    schema.validate(json.loads(rendered("sarif", Run([], 0))))
    wrong = json.loads(rendered("sarif", every_kind()))
    wrong["runs"][0]["results"][0]["level"] = "info"
    assert not schema.is_valid(wrong)


@missing(SCHEMA)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(runs())
def test_any_sarif_has_the_published_shape(schema: Draft4Validator, run: Run) -> None:
    schema.validate(json.loads(rendered("sarif", run)))


@missing(MULTITOOL)
def test_sarif_obeys_the_rules_of_sarif_and_of_code_scanning(tmp_path: Path) -> None:
    log, found = tmp_path / "log.sarif", tmp_path / "found.sarif"
    log.write_text(rendered("sarif", every_kind()), encoding="utf-8")
    assert complaints(log, found) <= {
        "SARIF2005",  # informationUri: there is no public address to name
        "SARIF2006",  # the schema was not reachable: nothing is, from a test
    }
    log.write_text(log.read_text(encoding="utf-8").replace('"startLine": 3', '"startLine": 0'), encoding="utf-8")
    assert complaints(log, found) - {"SARIF2005", "SARIF2006"}


def complaints(log: Path, found: Path) -> set[str]:
    """The rules that the validator of SARIF's makers says are broken; what is only a note is left out."""
    words = ["validate", str(log), "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--log", "ForceOverwrite"]
    subprocess.run([MULTITOOL, *words, "--output", str(found)], capture_output=True, timeout=120, check=False)
    runs_: list[dict[str, Any]] = json.loads(found.read_text(encoding="utf-8-sig"))["runs"]
    return {result["ruleId"] for run in runs_ for result in run["results"]}


@missing(CORE)
def test_commands_are_those_of_the_toolkit() -> None:
    run = every_kind()
    places = Places()
    calls = []
    for finding in run.findings:
        start, end = finding.location, finding.end_location
        properties = {
            "title": f"callsheet ({finding.code})",
            "file": valid(places.path(finding.path)),
            "startLine": start.line,
            "endLine": end.line,
        }
        if start.line == end.line:
            properties |= {"startColumn": start.column, "endColumn": end.column}
        help_ = [] if finding.help is None else [f"help: {harmless(said(finding, finding.help))}"]
        level = "notice" if finding.severity == "info" else finding.severity
        calls.append({"level": level, "message": "\n".join((one_line(finding), *help_)), "properties": properties})
    done = subprocess.run(
        ["node", "-e", TOLD, str(CORE.resolve())],  # noqa: S607 - whichever Node the machine has
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=True,
    )
    assert rendered("github", run) == done.stdout
