"""What a run pays for before it reads a profile: everything that `lint` of a valid file imports is named here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

CALLSHEET = """
    callsheet batch.check batch.checked batch.inputs batch.sweep batch.work batch
    cli cli.argument cli.configured cli.lint cli.output cli.progress cli.shortcut
    config config.choice config.configuration config.file
    content diagnostic directives discover
    facts facts.key facts.model facts.shutdown facts.transcription_model facts.voice
    judge judge.apply judge.recognise judge.walk
    lint linters named_tuple nearest patch pointer predicate project redact report report.run
    rules rules.audio rules.beta rules.call rules.composing rules.json_schema rules.lifecycle rules.mcp rules.model
    rules.parameter rules.prompt rules.reading rules.rule rules.secret rules.sending rules.shape rules.subject
    rules.suppressing rules.tool rules.transcription
    shape shape.configuration shape.data shape.directive shape.frozen shape.kind shape.say shape.shape
    source source.document source.node source.plain source.problem source.scalar source.simple source.text
    version
"""
"""Rooms and modules of callsheet. A new area of rules belongs here; think twice about anything else."""

OTHERS = """
    __future__ collections copyreg datetime enum functools gc itertools json keyword math operator re reprlib
    sre_compile sre_constants sre_parse struct types warnings bisect
"""
"""Packages of others, all from the standard library. A profile in seldom YAML needs `yaml` besides."""


def imported(code: str, folder: Path) -> set[str]:
    """The names of all modules that some code imports, in a fresh interpreter."""
    script = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*(set(sys.modules) - before))"
    environment = {**os.environ, "CALLSHEET_CACHE_DIR": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("name", ["sip-concierge.yaml", "function-tools.json"])
def test_all_that_lint_of_a_valid_file_imports(name: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "profiles" / name, tmp_path)
    run = f"from callsheet.cli import main; assert main(['lint', '-q', '--no-cache', {name!r}]) == 0"
    found = imported(run, tmp_path)
    ours = {module.removeprefix("callsheet.") for module in found if module.partition(".")[0] == "callsheet"}
    others = {module.partition(".")[0] for module in found} - {"callsheet"}
    assert ours - set(CALLSHEET.split()) == set()
    assert {other for other in others if not other.startswith("_")} - set(OTHERS.split()) == set()
    assert "judge.walk" in ours
    assert f"source.{'simple' if name.endswith('.yaml') else 'plain'}" in ours


def test_seldom_yaml_needs_its_reader(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("type: &type realtime\n", encoding="utf-8")
    assert "yaml" in imported("from callsheet.cli import main; assert main(['lint', '-q', 'a.yaml']) == 0", tmp_path)


def test_importing_callsheet_imports_next_to_nothing(tmp_path: Path) -> None:
    assert imported("import callsheet", tmp_path) <= {"callsheet", "callsheet.version", "__future__"}
