"""Old or new, never half: killed while it writes its cache, a full disk, files that change, two runs at once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from callsheet.batch.cache import Cache, Verdict
from callsheet.cli import main
from killing import kill_at_each_step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOUNT, UMOUNT = shutil.which("mount") or "", shutil.which("umount") or ""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs signals, limits and links")

NOTES = "".join(f"# note {number} of somebody who has much to say\n" for number in range(400))
FLAT = f"{NOTES}model: gpt-realtime-2.1\nvoice: marin  # nice\ninput_audio_format: g711_ulaw\n"
WRONG = f"{NOTES}type: realtime\nmodel: gpt-realtime-2.1\naudio: {{input: {{format: g711_ulaw}}}}  # from the PBX\n"
BASE = "# the base\ntype: realtime\nmodel: gpt-realtime-2.1\naudio: {input: {format: g711_ulaw}}  # from the PBX\n"
CHILD = (
    "$extends: ./base.yaml\n# marketing says so\nvoice: marin\ntools: [{type: function, name: dial, strict: true}]\n"
)
FILES = {"flat.yaml": FLAT, "wrong.yaml": WRONG}
OLD = '{"an": "older report"}\n'
COMMANDS = {
    "lint --no-cache --fix wrong.yaml": "wrong.yaml cannot be written: {}; nothing in it was changed",
    "migrate --write flat.yaml": "flat.yaml cannot be written: {}; nothing in it was changed",
    "lint --no-cache --output-format sarif --output-file report wrong.yaml": "cannot write report: {}",
    "lint --no-cache --output-format json=report wrong.yaml": "cannot write report: {}",
    "show wrong.yaml --format html --output report": "cannot write report: {}",
    "new --force --output report": "cannot write report: {}",
}
"""Commands that write a file of more than a few blocks, and what is said where the disk is full."""


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "CALLSHEET_CACHE_DIR": str(folder / ".cache"), "PYTHONDONTWRITEBYTECODE": "1"}


# Killed.


def test_a_cache_that_was_not_written_to_the_end_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    old = {bytes([number]) * 16: Verdict(profile=True) for number in range(40)}
    for number in range(40):
        (tmp_path / str(number)).mkdir()
        Cache(str(tmp_path / str(number)), "2026-11-20", None).save(old)
    code = (
        "from callsheet.batch.cache import Cache, Verdict\ncache = Cache('.', '2026-11-20', None)\n"
        "cache.save({bytes([n]) * 16: Verdict(profile=False) for n in range(100, 200)})\nstatus = 0"
    )
    steps = kill_at_each_step(code, tmp_path)
    assert 3 < steps < 40
    new = Cache(str(tmp_path / "0"), "2026-11-20", None).verdicts
    assert len(new) == 140
    seen = []
    for number in range(1, steps + 1):
        seen.append(Cache(str(tmp_path / str(number)), "2026-11-20", None).verdicts)
        assert seen[-1] in (old, new)
    assert old in seen
    assert new in seen


@pytest.mark.parametrize("damage", [lambda raw: raw[:-1], lambda raw: raw[:40], lambda raw: raw[:0], lambda raw: raw + b"x",
                                    lambda raw: raw[:60] + bytes([raw[60] ^ 1]) + raw[61:]])  # fmt: skip
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, damage: object) -> None:
    Cache(str(tmp_path), "2026-11-20", None).save({bytes(16): Verdict(profile=True), bytes([1]) * 16: Verdict(False)})
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]  # one of the functions above
    assert Cache(str(tmp_path), "2026-11-20", None).verdicts == {}


# A full disk.


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with files on it, and hardly a block that is free."""
    place = tmp_path / "disk"
    place.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not MOUNT:
        pytest.skip("only root can mount a disk; the test with a limit of the file size runs for all")
    mounted = subprocess.run(
        [MOUNT, "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        lay(place)
        with suppress(OSError), (place / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        yield place
    finally:
        subprocess.run([UMOUNT, "-l", str(place)], check=True)


def lay(place: Path) -> None:
    (place / ".git").mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    (place / "report").write_text(OLD, encoding="utf-8")


def check(place: Path, done: subprocess.CompletedProcess[str], says: str) -> None:
    assert done.returncode == 2, (done.stdout[-500:], done.stderr)
    assert f"callsheet: {says}" in done.stderr.splitlines()
    assert "Traceback" not in done.stderr
    assert {name: (place / name).read_text(encoding="utf-8") for name in FILES} == FILES
    assert (place / "report").read_text(encoding="utf-8") == OLD
    assert {path.name for path in place.iterdir()} <= {".git", "report", "filler", *FILES}


@pytest.mark.parametrize("line", COMMANDS)
def test_on_a_full_disk_each_file_stays_as_it_was(full: Path, line: str) -> None:
    command = [sys.executable, "-m", "callsheet", *line.split()]
    done = subprocess.run(command, cwd=full, capture_output=True, text=True, env=environment(full), check=False)
    check(full, done, COMMANDS[line].format("No space left on device"))


_LIMITED = """
import resource, sys
from callsheet.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("line", COMMANDS)
def test_beyond_the_limit_of_the_size_of_files_each_stays_as_it_was(tmp_path: Path, line: str) -> None:
    lay(tmp_path)
    command = [sys.executable, "-c", _LIMITED, *line.split()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment(tmp_path), check=False)
    check(tmp_path, done, COMMANDS[line].format("File too large"))


def test_a_cache_for_which_there_is_no_room_is_none(full: Path) -> None:
    cache = Cache(str(full / "cache"), "2026-11-20", None)
    cache.save({number.to_bytes(16, "big"): Verdict(profile=True) for number in range(5000)})
    assert not (full / "cache").exists() or list((full / "cache").iterdir()) == []
    assert Cache(str(full / "cache"), "2026-11-20", None).verdicts == {}


# Others at the same files.


def new_texts(folder: Path, *texts: str) -> list[str]:
    """What `--fix` makes of some texts."""
    made = []
    for number, text in enumerate(texts):
        file = folder / f"alone{number}.yaml"
        file.write_text(text, encoding="utf-8")
        main(["lint", "--no-cache", "--fix", "-q", str(file)])
        made.append(file.read_text(encoding="utf-8"))
        file.unlink()
    return made


def test_a_file_that_somebody_else_goes_on_changing_is_always_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [WRONG, WRONG.replace("2.1", "2"), BASE]
    known = {*texts, *new_texts(tmp_path, *texts)}
    assert len(known) == 6
    file = tmp_path / "a.yaml"
    file.write_text(texts[0], encoding="utf-8")
    over = threading.Event()
    torn: list[str] = []

    def change() -> None:
        number = 0
        while not over.is_set():
            number += 1
            beside = tmp_path / "beside"
            beside.write_text(texts[number % 3], encoding="utf-8")
            beside.replace(file)
            seen = file.read_text(encoding="utf-8")
            torn.extend([seen] if seen not in known else [])

    other = threading.Thread(target=change)
    other.start()
    try:
        statuses = {main(["lint", "--no-cache", "--fix", "-q", str(file)]) for _ in range(60)}
    finally:
        over.set()
        other.join()
    said = capsys.readouterr()
    assert not torn
    assert file.read_text(encoding="utf-8") in known
    assert statuses <= {0, 1, 2}
    assert "mistake in callsheet" not in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml"]


def test_several_runs_at_once_on_the_same_files(tmp_path: Path) -> None:
    texts = {"base.yaml": BASE, "child.yaml": CHILD}
    (tmp_path / ".git").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    line = [
        sys.executable,
        "-m",
        "callsheet",
        "lint",
        "--fix",
        "--unsafe-fixes",
        "--no-cache",
        "base.yaml",
        "child.yaml",
    ]
    runs = [
        subprocess.Popen(line, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    said = [run.communicate(timeout=120) for run in runs]
    assert {run.returncode for run in runs} <= {0, 1, 2}
    assert not [err for _, err in said if "Traceback" in err or "mistake in callsheet" in err]
    for run, (_, err) in zip(runs, said, strict=True):
        assert run.returncode != 2 or "has changed since it was read; run it again" in err, err
    both = {name: (tmp_path / name).read_text(encoding="utf-8") for name in texts}
    assert subprocess.run(line, cwd=tmp_path, capture_output=True, check=False).returncode in {0, 1}
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in texts} == both
    assert all(both[name] != text for name, text in texts.items())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "base.yaml", "child.yaml"]


def test_reports_of_several_runs_are_each_whole(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BASE + "".join(f"x{number}: 1\n" for number in range(300)), encoding="utf-8")
    line = [sys.executable, "-m", "callsheet", "lint", "--no-cache", "--output-format", "json=report", "a.yaml"]
    runs = [subprocess.Popen(line, cwd=tmp_path, stderr=subprocess.DEVNULL) for _ in range(4)]
    while any(run.poll() is None for run in runs):
        if (tmp_path / "report").exists():
            json.loads((tmp_path / "report").read_text(encoding="utf-8"))
    assert len(json.loads((tmp_path / "report").read_text(encoding="utf-8"))["findings"]) > 300
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "report"]
