"""What a file holds, or standard input: as much of it as would be read."""

from __future__ import annotations

import os
import sys

from callsheet.source.problem import MAX_BYTES

STDIN = "-"
"""The path that stands for standard input."""


def content(path: str) -> bytes:
    """The bytes of a file, or of standard input. Raises OSError, with the name of what cannot be read."""
    if path == STDIN:
        if sys.stdin is None:
            raise OSError(0, "it is closed", "standard input")
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    descriptor = os.open(path, _PLAINLY)
    try:
        first = os.read(descriptor, _ONCE)
        if len(first) < _ONCE and _is_regular(descriptor, len(first)):
            return first
        return _rest(descriptor, first)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    finally:
        os.close(descriptor)


_PLAINLY = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_ONCE = 65_536
"""Bytes that are read at a time; nearly every profile is smaller."""


def _is_regular(descriptor: int, size: int) -> bool:
    """Whether a file has no more than what was read of it: a pipe may bring more later."""
    return os.fstat(descriptor).st_size == size


def _rest(descriptor: int, first: bytes) -> bytes:
    read = bytearray(first)
    while len(read) <= MAX_BYTES and (piece := os.read(descriptor, min(_ONCE, MAX_BYTES + 1 - len(read)))):
        read += piece
    return bytes(read)
