"""The hooks for pre-commit, as pre-commit reads and runs them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from identify.identify import tags_from_filename

from callsheet.cli import parser

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}
PACKAGE = ("src", "profiles", "completions", "man", "pyproject.toml", "README.md", "LICENSE", MANIFEST.name)
"""What pip needs of the repository, and pre-commit."""

GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"
BAD = "type: realtime\nmodel: gpt-realtime-2.1\naudio: {output: {speed: 2.0}}\n"
NO_NETWORK = re.compile(r"No matching distribution found|Failed to establish a new connection|name resolution")


def pre_commit(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**ENVIRONMENT, **environment},
    )
    if NO_NETWORK.search(done.stdout):
        pytest.skip("pip finds no packages here")
    return done


ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "CALLSHEET_"))},
    **{f"GIT_{who}_{what}": "test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "NO_COLOR": "1",
}


def test_the_manifest_is_valid() -> None:
    done = pre_commit("validate-manifest", str(MANIFEST), cwd=ROOT)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_an_entry_is_a_command_that_there_is(hook: dict[str, Any]) -> None:
    program, *words = hook["entry"].split()
    assert program == "callsheet"
    assert parser().parse_args([*words, *hook["args"], "-a.yaml", "--fix"]).paths == ["-a.yaml", "--fix"]


HANDED = [
    "profiles/sip-concierge.yaml",
    "profiles/function-tools.json",
    "profiles/german/desk.yml",
    "services/phone/profiles/desk.yaml",
    "callsheet/desk.yaml",
    "desk.realtime.yaml",
    "config/desk.realtime.json",
    "agents/desk.callsheet.yml",
]
NOT_HANDED = [
    ".github/workflows/ci.yaml",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    "docker-compose.yml",
    "package.json",
    "mkdocs.yml",
    "openapi/realtime.yaml",
    "profiles.yaml",
    "profiles.yml",
    "myprofiles/a.yaml",
    "profiles/README.md",
    "profiles/desk.yaml.bak",
    "profiles/run.py",
    "src/callsheet/cli/lint.py",
    "callsheet.toml",
    "realtime.json",
]


@pytest.mark.parametrize("path", [*HANDED, *NOT_HANDED])
@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_which_files_a_hook_is_handed(hook: dict[str, Any], path: str) -> None:
    fits = re.search(hook["files"], path) is not None and bool(tags_from_filename(path) & set(hook["types_or"]))
    assert fits is (path in HANDED)


# For real: pre-commit makes an environment with pip, which takes its time, so it is made once for all but `try-repo`.


class Source(NamedTuple):
    """This repository as it lies here, as one of its own, and where pre-commit keeps the environment made of it."""

    repository: Path
    home: Path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    folder = tmp_path_factory.mktemp("source")
    for name in PACKAGE:
        there = ROOT / name
        if there.is_dir():
            shutil.copytree(there, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(there, folder / name)
    commit(folder)
    return Source(folder, tmp_path_factory.mktemp("home"))


def git(folder: Path, *words: str) -> str:
    program = shutil.which("git")
    if program is None:
        pytest.skip("needs git")
    done = subprocess.run([program, *words], cwd=folder, check=True, capture_output=True, text=True, env=ENVIRONMENT)
    return done.stdout.strip()


def commit(folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")


def project(folder: Path, files: Mapping[str, str], config: str = "") -> Path:
    """A repository with these files."""
    for name, text in {**files, ".pre-commit-config.yaml": config}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    commit(folder)
    return folder


def config(source: Source, hook: str, **keys: Any) -> str:
    repository = {"repo": str(source.repository), "rev": git(source.repository, "rev-parse", "HEAD")}
    return yaml.safe_dump({"repos": [{**repository, "hooks": [{"id": hook, **keys}]}]})


def run(source: Source, folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    given = ("--files", *files) if files else ("--all-files",)
    return pre_commit("run", *given, cwd=folder, PRE_COMMIT_HOME=str(source.home))


def test_try_repo_finds_the_bad_one_and_is_not_handed_the_unrelated(source: Source, tmp_path: Path) -> None:
    files = {
        "profiles/good.yaml": GOOD,
        "profiles/für 'Öl'.yaml": BAD,
        "docker-compose.yml": "services: {}\n",
        ".github/workflows/ci.yaml": "on: push\njobs: {}\n",
        "profiles/notes.md": "# Notes\n",
    }
    folder = project(tmp_path, files)
    done = pre_commit("try-repo", str(source.repository), "callsheet-lint", "--all-files", cwd=folder)
    assert done.returncode == 1, done.stdout
    assert "error[CS105]" in done.stdout
    assert "profiles/für 'Öl'.yaml:3:25" in done.stdout
    assert "1 error in 2 files." in done.stdout


def test_a_good_repository_passes(source: Source, tmp_path: Path) -> None:
    folder = project(tmp_path, {"profiles/good.yaml": GOOD}, config(source, "callsheet-lint"))
    done = run(source, folder)
    assert done.returncode == 0, done.stdout
    assert "callsheet lint" in done.stdout
    assert done.stdout.rstrip().endswith("Passed")


def test_without_a_profile_nothing_runs(source: Source, tmp_path: Path) -> None:
    folder = project(tmp_path, {"docker-compose.yml": "services: {}\n"}, config(source, "callsheet-lint"))
    done = run(source, folder)
    assert done.returncode == 0
    assert "(no files to check)Skipped" in done.stdout


def test_the_fix_hook_mends_and_fails_once(source: Source, tmp_path: Path) -> None:
    wrong = "type: realtime\nmodel: gpt-realtime-2.1\naudio:\n  output: {format: g711_ulaw}  # by phone\n"
    folder = project(tmp_path, {"profiles/a.yaml": wrong}, config(source, "callsheet-fix"))
    done = run(source, folder)
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert (folder / "profiles/a.yaml").read_text(encoding="utf-8") == wrong.replace("g711_ulaw", "{type: audio/pcmu}")
    assert run(source, folder).returncode == 0


def test_files_of_ones_own_are_said_in_the_configuration(source: Source, tmp_path: Path) -> None:
    files = {
        "voice/desk.yaml": BAD,
        "voice/old/desk.yaml": BAD,
        "profiles/other.yaml": BAD,
        "callsheet.toml": 'exclude = ["voice/old/**"]\n',
    }
    folder = project(tmp_path, files, config(source, "callsheet-lint", files="^voice/"))
    done = run(source, folder)
    assert done.returncode == 1
    assert "voice/desk.yaml:3:25" in done.stdout
    assert "1 error in 1 file." in done.stdout


def test_a_base_alone_checks_the_profiles_that_build_on_it(source: Source, tmp_path: Path) -> None:
    files = {
        "profiles/base.yaml": "$partial: true\naudio: {input: {turn_detection: {type: semantic_vad}}}\n",
        "profiles/child.yaml": f"$extends: base.yaml\n{GOOD}"
        "audio: {input: {turn_detection: {silence_duration_ms: 300}}}\n",
        "profiles/other.yaml": GOOD,
    }
    folder = project(tmp_path, files, config(source, "callsheet-lint"))
    done = run(source, folder, "profiles/base.yaml")
    assert done.returncode == 1, done.stdout
    assert "profiles/child.yaml:4" in done.stdout


def test_a_prompt_alone_checks_the_profiles_that_include_it(source: Source, tmp_path: Path) -> None:
    files = {
        "profiles/desk.yaml": f"{BAD}instructions: {{$file: prompts/desk.md}}\n",
        "profiles/prompts/desk.md": "You answer the phone at Hotel Aurora.\n",
        "profiles/prompts/other.md": "Nobody includes this.\n",
    }
    keys = {"files": "^profiles/", "types_or": ["yaml", "json", "markdown", "plain-text"]}
    folder = project(tmp_path, files, config(source, "callsheet-lint", **keys))
    done = run(source, folder, "profiles/prompts/desk.md")
    assert done.returncode == 1, done.stdout
    assert "profiles/desk.yaml:3:25" in done.stdout
    assert run(source, folder, "profiles/prompts/other.md").returncode == 0
