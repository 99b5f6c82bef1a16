"""Work spread over processes: each is a copy of this one, takes its part of the work, and sends back what it found.

A copy has everything that is loaded already, which is why it pays off soon (`work` says from how many files on);
`multiprocessing` alone takes longer to import than a hundred files to check. Where a system cannot copy processes,
there is one.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, BinaryIO, NoReturn

CAN_COPY = hasattr(os, "fork")
_MOST = 8
"""Processes that are started by themselves."""
_LENGTH = 8


class LostProcessError(Exception):
    """A process ended before its work was done; its text says what to do."""

    def __init__(self) -> None:
        super().__init__("a process was ended before its work was done; if memory is short, try --jobs 1")


def processes() -> int:
    """How many processes this machine runs at once, as far as that helps."""
    if not CAN_COPY:
        return 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST)


def spread(work: Callable[[Any], Any], items: Sequence[Any], count: int) -> Iterator[Any]:
    """What the work makes of each item, in their order; it is best if they take about as long as one another.

    Raises what the work raised in another process, and LostProcessError.
    """
    import pickle  # noqa: F401 - so that no process has to do it by itself

    sys.stdout.flush()
    sys.stderr.flush()
    pipes: list[BinaryIO] = []
    children: list[int] = []
    try:
        for index in range(count):
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(reading)
                for pipe in pipes:  # else the others would not notice that nobody reads what they write
                    pipe.close()
                _child(work, items[index::count], writing)
            os.close(writing)
            children.append(child)
            pipes.append(open(reading, "rb"))  # noqa: SIM115 - all are closed in the end
        for number in range(len(items)):
            yield _received(pipes[number % count])
    finally:
        for pipe in pipes:
            pipe.close()
        for child in children:
            _end(child)


def _child(work: Callable[[Any], Any], items: Sequence[Any], writing: int) -> NoReturn:
    """Do the work on some items, and leave. Whoever reads gets what is raised as well."""
    import pickle

    status = 1
    try:
        with open(writing, "wb") as pipe:
            for item in items:
                try:
                    result: Any = (True, work(item))
                except Exception as error:  # noqa: BLE001 - it is raised again where the work is wanted
                    result = (False, error)
                raw = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
                pipe.write(len(raw).to_bytes(_LENGTH, "big") + raw)
                pipe.flush()
        status = 0
    except (BrokenPipeError, KeyboardInterrupt):  # nobody reads on
        pass
    finally:
        os._exit(status)


def _received(pipe: BinaryIO) -> Any:
    import pickle

    head = pipe.read(_LENGTH)
    size = int.from_bytes(head, "big")
    raw = pipe.read(size)
    if len(head) < _LENGTH or len(raw) < size:
        raise LostProcessError
    done, result = pickle.loads(raw)  # noqa: S301 - from a copy of this process
    if not done:
        raise result
    return result


def _end(child: int) -> None:
    """Wait for a process, which ends as soon as nobody reads what it writes."""
    while True:
        try:
            os.waitpid(child, 0)
        except InterruptedError:
            continue
        except ChildProcessError:
            pass
        return
