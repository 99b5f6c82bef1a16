"""What becomes of files when a process is killed at any step in which it touches the disk."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_KILLER = """
import builtins, io, os, pathlib, signal, sys  # before Python 3.11, pathlib takes what it finds when it is imported
folder, code = sys.argv[1:]
at = calls = 0

def step():
    global calls
    calls += 1
    if calls == at:
        os.kill(os.getpid(), signal.SIGKILL)

class Halting(io.FileIO):
    def write(self, data):
        step()
        done = super().write(bytes(data)[: max(1, len(data) // 2)])
        step()
        return done

def hook(event, arguments):
    if event in {"os.rename", "os.remove", "os.chmod", "os.chown", "os.truncate", "os.link", "os.symlink"}:
        step()

def opening(real):
    def call(file, mode="r", *arguments, **named):
        if "b" in mode and set(mode) & set("wax+"):
            step()
            return io.BufferedWriter(Halting(file, mode.replace("b", "")))
        return real(file, mode, *arguments, **named)
    return call

def fsync(descriptor, real=os.fsync):
    step()
    real(descriptor)
    step()

builtins.open, io.open, os.fdopen, os.fsync = opening(open), opening(io.open), opening(os.fdopen), fsync
sys.addaudithook(hook)

def run(name):
    os.chdir(os.path.join(folder, name))
    said = {}
    exec(code, said)
    return said["status"]

status = run("0")
print("steps:", calls, flush=True)
for number in range(1, calls + 1):
    child = os.fork()
    if not child:
        at, calls = number, 0
        os._exit(run(str(number)))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
sys.exit(status)
"""
"""Runs some code whole, and then again and again in a folder of its own, until the first, second, third … step in which
it touches what is on the disk; there it dies."""


def kill_at_each_step(code: str, folder: Path) -> int:
    """Run some code, which sets `status`, in the folder `0`, and kill it at its step n in the folder `n`.

    The folders have to be there. Returns the number of steps.
    """
    line = [sys.executable, "-B", "-c", _KILLER, str(folder), code]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return int(done.stdout.rpartition("steps: ")[2])
