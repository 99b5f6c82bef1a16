"""A mutant before its tests: in a copy of the repository, in a process of its own.

A process that has loaded pytest, hypothesis and the validators forks for each mutant, and the fork loads callsheet:
several times as fast as a Python for each.
"""

from __future__ import annotations

import importlib
import math
import os
import resource
import shutil
import signal
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from area import Area
    from mutation import Mutation

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".hypothesis", ".*_cache", "__pycache__", "build", "dist")
_ARGUMENTS = ("-x", "-q", "--tb=no", "-p", "no:cacheprovider")
_ENVIRONMENT = {"HYPOTHESIS_PROFILE": "mutants", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
_MEMORY = 4 << 30
"""Bytes that a mutant may take, before it is as good as killed."""
_LONGEST = 600
"""Seconds of work after which it ends by itself, if nobody is there any more to end it."""
_PATIENCE = 4
_GRACE = 10
"""A mutant has as many times the seconds that its tests take without it, and so many seconds besides."""


class Mutant(NamedTuple):
    """A mutation of a file, which is named from the root of the repository."""

    file: str
    mutation: Mutation
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.mutation.line}: {self.mutation}"


class Trial:
    """A copy of the repository in which mutants are tried, one after the other; `seconds` is what each group takes."""

    def __init__(self, copy: Path, seconds: dict[tuple[str, ...], float]) -> None:
        self.copy = copy
        self.seconds = seconds

    @classmethod
    def begun(cls, root: Path, copy: Path, area: Area) -> Trial:
        """The first copy. The tests run there once without a mutant, for their seconds and for the bytecode.

        :raises SystemExit: They do not pass.
        """
        shutil.copytree(root, copy, ignore=LEFT_OUT, symlinks=True)
        trial = cls(copy, dict.fromkeys(area.tests, math.inf))
        for group in area.tests:
            began = time.monotonic()
            if trial._run(group, bytecode=True) != 0:
                raise SystemExit(f"mutants: these do not pass as it is: {' '.join(group)}")
            trial.seconds[group] = time.monotonic() - began
        return trial

    def another(self) -> Trial:
        """One more copy, beside the first."""
        copy = self.copy.with_name(f"{self.copy.name}-{os.getpid()}")
        return Trial(shutil.copytree(self.copy, copy, symlinks=True), self.seconds)

    def of(self, mutant: Mutant) -> str:
        """What becomes of a mutant: "killed", "timed out" or "survived"."""
        file = self.copy / mutant.file
        source, before = file.read_bytes(), file.stat()
        file.write_bytes(mutant.mutation.of(source))
        os.utime(file, (before.st_atime, before.st_mtime + 1000))  # by its time, Python knows bytecode that is stale
        try:
            for group in self.seconds:
                status = self._run(group)
                if status != 0:
                    return "timed out" if status is None else "killed"
        finally:
            file.write_bytes(source)
            os.utime(file, (before.st_atime, before.st_mtime))
        return "survived"

    def _run(self, group: tuple[str, ...], *, bytecode: bool = False) -> int | None:
        """How tests end: 0 if they pass, None if they were not done in time."""
        child = os.fork()
        if child == 0:
            self._become(group, bytecode=bytecode)
        ends = time.monotonic() + _PATIENCE * self.seconds[group] + _GRACE
        while time.monotonic() < ends:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return status
            time.sleep(0.01)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return None

    def _become(self, group: tuple[str, ...], *, bytecode: bool) -> None:
        """The process that runs the tests; it does not come back."""
        code = 1
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))  # a browser reserves more than it takes
            resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nowhere, stream)
            os.chdir(self.copy)
            os.environ.update(_ENVIRONMENT, PYTHONPATH=str(self.copy / "src"))
            if not bytecode:
                os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
                sys.dont_write_bytecode = True
            sys.path.insert(0, str(self.copy / "src"))
            import pytest

            code = int(pytest.main([*_ARGUMENTS, *group]))
        finally:
            os._exit(code)


def preload() -> None:
    """What most tests need and no mutant changes is loaded, for all forks to come."""
    for name in ("pytest", "hypothesis.strategies", "jsonschema", "jsonschema_rs", "pydantic", "yaml", "ruamel.yaml"):
        importlib.import_module(name)


_TRIALS: list[Trial] = []
"""The one of this process, if it is a worker."""


def enter(first: Trial) -> None:
    """Give a worker a copy of its own."""
    _TRIALS.append(first.another())


def outcome(mutant: Mutant) -> str:
    """What becomes of a mutant in the copy of this worker."""
    return _TRIALS[0].of(mutant)
