"""What is read of a file, a pipe or standard input: all of it, up to where it is known to be too large."""

from __future__ import annotations

import io
import os
import sys
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from callsheet.content import STDIN, content
from callsheet.source.problem import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path

ONCE = 65_536
AROUND = (-1, 0, 1)
SIZES = [0, *(at + by for at in (ONCE, 3 * ONCE, MAX_BYTES, MAX_BYTES + ONCE) for by in AROUND)]


def raw(size: int) -> bytes:
    return (b"0123456789\n" * (size // 11 + 1))[:size]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(raw(size))
    opened: list[int] = []
    closed: list[int] = []
    own_open, own_close = os.open, os.close

    def open_(name: str, flags: int) -> int:
        opened.append(own_open(name, flags))
        return opened[-1]

    def close(descriptor: int) -> None:
        closed.append(descriptor)
        own_close(descriptor)

    with monkeypatch.context() as watched:
        watched.setattr(os, "open", open_)
        watched.setattr(os, "close", close)
        read = content(str(path))
    assert read == raw(size)[: MAX_BYTES + 1]
    assert closed == opened


@pytest.mark.parametrize("size", SIZES)
def test_standard_input_of_any_size(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw(size))))
    assert content(STDIN) == raw(size)[: MAX_BYTES + 1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def write() -> None:
        with path.open("wb", buffering=0) as pipe:
            for piece in (b"type: ", b"real", b"time\n", raw(ONCE)):
                pipe.write(piece)

    writer = Thread(target=write)
    writer.start()
    try:
        assert content(str(path)) == b"type: realtime\n" + raw(ONCE)
    finally:
        writer.join()


def test_what_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileNotFoundError) as gone:
        content(str(tmp_path / "gone.yaml"))
    assert gone.value.filename == str(tmp_path / "gone.yaml")
    with pytest.raises(IsADirectoryError) as folder:
        content(str(tmp_path))
    assert (folder.value.filename, folder.value.strerror) == (str(tmp_path), "Is a directory")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(OSError, match="it is closed") as closed:
        content(STDIN)
    assert closed.value.filename == "standard input"
