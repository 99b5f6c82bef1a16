"""What becomes of files that a command changes, when it is killed at any moment and where it may not write."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.cli import main
from callsheet.fix.replace import replace
from killing import kill_at_each_step

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = "# the base\ntype: realtime\nmodel: gpt-realtime-2.1\naudio: {input: {format: g711_ulaw}}  # from the PBX\n"
CHILD = (
    "$extends: ./base.yaml\n# marketing says so\nvoice: marin\ntools: [{type: function, name: dial, strict: true}]\n"
)
FLAT = "# flat\nmodel: gpt-realtime-2.1\nvoice: marin  # nice\ninput_audio_format: g711_ulaw\ntemperature: 0.8\n"
FILES = {"base.yaml": BASE, "child.yaml": CHILD, "flat.yaml": FLAT}
CHANGES = {
    "lint --fix base.yaml child.yaml": {"base.yaml", "child.yaml"},
    "lint --fix --unsafe-fixes child.yaml flat.yaml": {"base.yaml", "child.yaml", "flat.yaml"},
    "migrate --write flat.yaml": {"flat.yaml"},
}
"""Commands, and the files that they change."""

posix = pytest.mark.skipif(os.name == "nt", reason="needs signals, modes and links")


def lay(folder: Path) -> None:
    """The files, one of them behind a link, each with a mode of its own."""
    (folder / ".git").mkdir()
    (folder / "there").mkdir()
    for number, (name, text) in enumerate(FILES.items()):
        (folder / "there" / name).write_text(text)
        (folder / "there" / name).chmod(0o640 + number)
    for name in ("base.yaml", "child.yaml"):
        (folder / "there" / name).rename(folder / name)
    (folder / "flat.yaml").symlink_to("there/flat.yaml")


def contents(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in FILES}


_MOST = 120


@posix
@pytest.mark.parametrize("words", list(map(str.split, CHANGES)), ids=" ".join)
def test_a_command_that_is_killed_leaves_each_file_old_or_new(words: list[str], tmp_path: Path) -> None:
    for number in range(_MOST):
        (tmp_path / str(number)).mkdir()
        lay(tmp_path / str(number))
    steps = kill_at_each_step(f"from callsheet.cli import main\nstatus = main({words!r})", tmp_path)
    new = contents(tmp_path / "0")
    changed = {name for name in FILES if new[name] != FILES[name]}
    assert changed == CHANGES[" ".join(words)]
    assert 8 * len(changed) <= steps < _MOST
    seen = set()
    strays = 0
    for number in range(steps + 1):
        folder = tmp_path / str(number)
        left = contents(folder)
        assert all(text in {FILES[name], new[name]} for name, text in left.items())
        assert (folder / "flat.yaml").is_symlink()
        assert [(folder / name).stat().st_mode & 0o777 for name in FILES] == [0o640, 0o641, 0o642]
        seen |= {(name, text == new[name]) for name, text in left.items() if name in changed}
        others = {path.name for path in folder.rglob("*")} - {".git", "there", *FILES}
        assert all(name.startswith(".callsheet-") for name in others)
        assert number or not others
        strays += len(others)
    assert seen == {(name, is_new) for name in changed for is_new in (False, True)}
    assert strays, "no step was between the making of the new file and its taking the place of the old one"


@posix
def test_a_file_is_on_the_disk_before_it_takes_its_place_and_its_name_is_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    synced: list[tuple[str, bytes]] = []

    def fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        what = "folder" if stat.S_ISDIR(status.st_mode) else f"{status.st_size} bytes"
        synced.append((what, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", fsync)
    replace(str(path), b"old", b"newer")
    assert synced == [("5 bytes", b"old"), ("folder", b"newer")]


def test_what_a_killed_command_left_is_no_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.yaml", ".callsheet-h4x0r"):
        Path(name).write_text(BASE, encoding="utf-8")
    main(["lint", "."])
    assert " in 1 file." in capsys.readouterr().err


_NOBODY = """
import os, sys
from callsheet.cli import main
there, warm, words = sys.argv[1], sys.argv[2], sys.argv[3:]
os.chdir(warm)
for name in ("a.yaml", "b.yaml"):  # the second is missing; so all is loaded while it may be read
    main([*words[:-1], name])
os.chdir(there)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print("now", flush=True)
print("now", file=sys.stderr, flush=True)
sys.exit(main(words))
"""


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that every user may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@posix
@pytest.mark.parametrize("words", [["lint", "--fix", "a.yaml"], ["migrate", "--write", "a.yaml"]], ids=" ".join)
@pytest.mark.parametrize(
    ("what", "mode", "says"),
    [
        ("a.yaml", 0o444, "callsheet: a.yaml is read-only; nothing in it was changed"),
        (".", 0o555, "callsheet: a.yaml cannot be written: Permission denied; nothing in it was changed"),
        ("a.yaml", 0o000, "callsheet: cannot read a.yaml: Permission denied"),
    ],
    ids=["file", "folder", "unreadable"],
)
@pytest.mark.usefixtures("unmeasured")
def test_what_nobody_may_write_stays(
    words: list[str], what: str, mode: int, says: str, common: Path, tmp_path: Path
) -> None:
    text = FLAT if words[0] == "migrate" else BASE
    there = common / "there"
    for folder in (there, tmp_path):
        (folder / ".git").mkdir(parents=True)
        (folder / "a.yaml").write_text(text)
    (there / what).chmod(mode)
    if os.geteuid() == 0:
        for path in (there, there / "a.yaml"):
            os.chown(path, 65534, 65534)
    line = [sys.executable, "-c", _NOBODY, str(there), str(tmp_path), *words]
    done = subprocess.run(line, cwd=common, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr.rpartition("now\n")[2].splitlines()
    assert "Traceback" not in done.stderr
    assert (tmp_path / "a.yaml").read_text() != text
    there.chmod(0o755)
    (there / "a.yaml").chmod(0o644)
    assert (there / "a.yaml").read_text() == text
    assert sorted(path.name for path in there.iterdir()) == [".git", "a.yaml"]
