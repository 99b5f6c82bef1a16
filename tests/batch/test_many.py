"""Many files: one process or several, with the cache or without it, the same is said of them, in the same order."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from callsheet.batch import cache as cache_module
from callsheet.batch import check, pool, work
from callsheet.batch.cache import Cache
from callsheet.cli import main
from callsheet.source.document import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from callsheet.source.document import Document

    Lint = Callable[..., str]

GOOD = "type: realtime\nmodel: gpt-realtime-2.1\ninstructions: Line {0}.\n"
WRONG = "type: realtime\nmodel: gpt-realtime-2.1\naudio: {{output: {{speed: {0}.5}}}}\n"
OTHER = "services: {{line: {0}}}\n"
BROKEN = "type: realtime\nmodel: [{0}\n"
BASE = "audio: {{output: {{voice: marin, speed: {0}}}}}\n"
CHILD = "$extends: ./f{0:03}.yaml\ntype: realtime\ninstructions: {{$file: prompt.md}}\n"
COUNT = work.MANY + 150


def fill(folder: Path, seed: int = 7) -> None:
    """A folder with more files than one process checks, of every sort."""
    rng = random.Random(seed)  # noqa: S311 - the same files each time
    kinds = [GOOD] * 6 + [WRONG, OTHER, BROKEN, BASE]
    (folder / "prompt.md").write_text("Be brief.\n")
    bases = [0]
    for number in range(COUNT):
        kind = rng.choice([*kinds, CHILD])
        if kind is BASE:
            bases.append(number)
        text = kind.format(rng.choice(bases) if kind is CHILD else number % 3)
        (folder / f"f{number:03}.yaml").write_text(text)


def run(folder: Path, *words: str, cache: Path | None = None) -> tuple[int, str, str]:
    environment = {**os.environ, "CALLSHEET_CACHE_DIR": str(cache or folder / ".cache")}
    command = [sys.executable, "-m", "callsheet", "lint", "--output-format", "concise", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_one_process_or_several_cold_or_warm(tmp_path: Path) -> None:
    fill(tmp_path)
    alone = run(tmp_path, "--no-cache", "--jobs", "1")
    assert alone[0] == 1
    assert alone[1].count("CS105") > 10
    assert not (tmp_path / ".cache").exists()
    assert run(tmp_path, "--no-cache", "--jobs", "3") == alone
    assert run(tmp_path, "--jobs", "2") == alone  # cold
    assert len(list((tmp_path / ".cache").iterdir())) == 1
    assert run(tmp_path, "--jobs", "2") == alone  # warm
    assert run(tmp_path, "--jobs", "1") == alone
    assert run(tmp_path, "--jobs", "1", cache=tmp_path / "other") == alone


def test_machine_formats_are_whole_with_several_processes(tmp_path: Path) -> None:
    fill(tmp_path)
    assert run(tmp_path, "--output-format", "json", "--jobs", "1") == run(
        tmp_path, "--output-format", "json", "--jobs", "2"
    )


def test_what_a_process_raises_is_told_once(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "a.yaml").write_text(GOOD.format(1))
    (tmp_path / "late" / "callsheet.toml").write_text("nothing = 1\n")
    status, _, err = run(tmp_path, "--jobs", "2")
    assert status == 2
    assert err.startswith("callsheet: late/callsheet.toml:1: there is no key `nothing`; its keys are `include`, ")
    assert err.count("\n") == 1


@pytest.mark.skipif(not pool.CAN_COPY, reason="there is one process only")
def test_a_process_that_is_lost_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pool, "processes", lambda: 2)
    own = os.getpid()

    def lost(name: str, raw: bytes) -> Document:
        if os.getpid() != own and "f200" in name:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(name, raw)

    monkeypatch.setattr(check, "read", lost)
    assert main(["lint", "--no-cache", "--jobs", "3"]) == 2
    _, err = capsys.readouterr()
    assert err == "callsheet: a process was ended before its work was done; if memory is short, try --jobs 1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_interrupt_ends_all_processes_quietly(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.yaml").write_text(
            GOOD.format(number) + f"tools: [{'{type: function, name: a}, ' * 200}]\n"
        )
    command = [sys.executable, "-m", "callsheet", "lint", "--no-cache", "--jobs", "2", "-q"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.read(1)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")
    assert all_gone(process.pid)


def all_gone(group: int) -> bool:
    """Whether every process of a group ends, within some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    """Runs `callsheet lint` in one process, with a cache from two files on; gives what it found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(work, "MANY", 2)
    monkeypatch.setenv("CALLSHEET_CACHE_DIR", str(tmp_path / ".cache"))

    def run(*words: str) -> str:
        main(["lint", "--output-format", "concise", "--jobs", "1", *words])
        return capsys.readouterr().out

    return run


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read as profiles, that is, not looked up."""
    names: list[str] = []

    def noted(name: str, raw: bytes) -> Document:
        names.append(name)
        return read(name, raw)

    monkeypatch.setattr(check, "read", noted)
    return names


def test_a_file_that_was_fine_is_looked_up(lint: Lint, reads: list[str], tmp_path: Path) -> None:
    texts = {"a": GOOD.format(1), "b": GOOD.format(2), "c": OTHER.format(1), "d": WRONG.format(2), "e": CHILD.format(0)}
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    (tmp_path / "f000.yaml").write_text("$partial: true\nmodel: gpt-realtime-2.1\n")
    (tmp_path / "prompt.md").write_text("Be brief.\n")
    cold = lint()
    assert [name[0] for name in reads] == ["a", "b", "c", "d", "e", "f"]
    reads.clear()
    assert lint() == cold
    assert reads == ["d.yaml", "f000.yaml"]  # one has a finding, the other is no whole session


@pytest.mark.parametrize(
    "change",
    [
        lambda here: (here / "base.yaml").write_text("model: gpt-realtime-2.1\nspeed: 1\n"),
        lambda here: (here / "prompt.md").write_text("Call sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH\n"),
        lambda here: (here / "prompt.md").unlink(),
        lambda here: (here / "callsheet.toml").write_text('target = "azure-preview"\n'),
        lambda here: ((here / "away").mkdir(), (here / "prompt.md").rename(here / "away" / "prompt.md")),
        lambda here: ((here / "prompt.md").unlink(), (here / "prompt.md").symlink_to("/etc/hostname")),
    ],
    ids=["base", "prompt", "gone", "configuration", "moved", "link"],
)
def test_whatever_a_profile_depends_on_counts(lint: Lint, tmp_path: Path, change: Callable[[Path], object]) -> None:
    (tmp_path / "base.yaml").write_text("model: gpt-realtime-2.1\n")
    (tmp_path / "prompt.md").write_text("Be brief.\n")
    text = "$extends: base.yaml\ntype: realtime\ninstructions: {$file: prompt.md}\n"
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "b.yaml").write_text(text + "# another\n")
    assert lint() == lint() == ""
    change(tmp_path)
    warm = lint()
    assert warm == lint("--no-cache") != ""


def test_the_name_that_standard_input_goes_by_counts(
    lint: Lint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.format(1))

    def piped(name: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# YAML\n" + GOOD.format(2).encode())))
        return lint("-", "a.yaml", "--stdin-filename", name)

    assert piped("b.yaml") == piped("b.yaml") == ""
    assert "CS001 JSON has no comments" in piped("b.json")


def test_the_day_counts(lint: Lint, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(
            f"type: realtime\nmodel: gpt-4o-realtime-preview\ninstructions: {name}\n"
        )
    assert lint("--today", "2025-01-01") == lint("--today", "2025-01-01") == ""
    assert "CS602" in lint("--today", "2026-11-20")


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:20],
        lambda _raw: b"",
        lambda raw: raw[:40] + bytes([raw[40] ^ 1]) + raw[41:],
        lambda raw: raw + b"more",
        lambda raw: raw[::-1],
    ],
)
def test_a_cache_that_was_harmed_counts_as_empty(
    lint: Lint, reads: list[str], tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text(GOOD.format(name))
    lint()
    (file,) = (tmp_path / ".cache").iterdir()
    file.write_bytes(harm(file.read_bytes()))
    reads.clear()
    assert lint() == ""
    assert len(reads) == 3
    reads.clear()
    assert lint() == ""
    assert reads == []


def test_a_cache_that_cannot_be_written_is_none(lint: Lint, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(WRONG.format(2))
        (tmp_path / f"{name}2.yaml").write_text(GOOD.format(name))
    (tmp_path / ".cache").write_text("a file where a folder should be")
    assert lint().count("CS105") == 2


def test_what_nobody_uses_goes(lint: Lint, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(GOOD.format(name))
    lint()
    (first,) = (tmp_path / ".cache").iterdir()
    long_ago = time.time() - 30 * 86_400
    os.utime(first, (long_ago, long_ago))
    other = tmp_path / ".cache" / "of-somebody-else"
    other.write_text("")
    os.utime(other, (long_ago, long_ago))
    lint("--today", "2026-01-01")
    assert first not in list((tmp_path / ".cache").iterdir())
    assert other.exists()


def test_too_many_verdicts_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_MOST", 3)
    old, new = ({bytes([number]) * 16: cache_module.Verdict(profile=True)} for number in (1, 2))
    Cache(str(tmp_path), "2026-01-01", None).save({**old, bytes(16): cache_module.Verdict(profile=False)})
    Cache(str(tmp_path), "2026-01-01", None).save({**new, bytes([7]) * 16: cache_module.Verdict(profile=True)})
    assert Cache(str(tmp_path), "2026-01-01", None).verdicts.keys() == {bytes([2]) * 16, bytes([7]) * 16}


def test_two_runs_at_once_leave_a_whole_cache(tmp_path: Path) -> None:
    fill(tmp_path)
    environment = {**os.environ, "CALLSHEET_CACHE_DIR": str(tmp_path / ".cache")}
    command = [sys.executable, "-m", "callsheet", "lint", "--output-format", "concise", "--jobs", "2"]
    both = [subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    first = {process.communicate(timeout=120)[0] for process in both}
    assert len(first) == 1
    assert [file.suffix for file in (tmp_path / ".cache").iterdir()] == [".verdicts"]
    assert run(tmp_path)[1].encode() in first
