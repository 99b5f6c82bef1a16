"""Work in several processes: what comes back, in which order, and that nobody is left behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.batch import pool
from callsheet.batch.pool import LostProcessError, processes, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not pool.CAN_COPY, reason="there is one process only")
OPEN = Path("/proc/self/fd")
"""What a process holds open, where the system tells."""


@pytest.fixture
def statuses(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, int]]:
    """The processes that were started, with how each ended; in the end, all have been waited for."""
    started: list[int] = []
    ended: dict[int, int] = {}
    fork, waitpid = os.fork, os.waitpid

    def start() -> int:
        child = fork()
        started.append(child)
        return child

    def wait(child: int, options: int) -> tuple[int, int]:
        done, status = waitpid(child, options)
        ended[child] = os.waitstatus_to_exitcode(status)
        return done, status

    monkeypatch.setattr(os, "fork", start)
    monkeypatch.setattr(os, "waitpid", wait)
    yield ended
    for child in started:
        with pytest.raises(ChildProcessError):
            waitpid(child, os.WNOHANG)


@pytest.mark.parametrize("count", [1, 2, 3, 7])
@pytest.mark.parametrize("items", [[], [1], list(range(6))], ids=len)
def test_what_comes_back_keeps_its_order(statuses: dict[int, int], items: list[int], count: int) -> None:
    own = os.getpid()
    found = list(spread(lambda item: (item * 2, os.getpid()), items, count))
    assert [result for result, _ in found] == [item * 2 for item in items]
    assert len({process for _, process in found}) == min(count, len(items))
    assert own not in {process for _, process in found}
    assert list(statuses.values()) == [0] * count


@pytest.mark.usefixtures("statuses")
def test_a_large_result_is_whole() -> None:
    assert list(spread(lambda item: b"x" * item, [0, 70_000, 3_000_000], 2)) == [b"", b"x" * 70_000, b"x" * 3_000_000]


def test_what_is_raised_is_raised_here_when_its_turn_comes(statuses: dict[int, int]) -> None:
    def work(item: int) -> int:
        if item == 2:
            raise ValueError("two")
        return item

    found = spread(work, range(4), 2)
    assert [next(found), next(found)] == [0, 1]
    with pytest.raises(ValueError, match=r"^two$"):
        next(found)
    assert len(statuses) == 2


def test_a_process_that_is_lost_is_told(statuses: dict[int, int]) -> None:
    def work(item: int) -> int:
        if item == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    found = spread(work, range(4), 2)
    assert next(found) == 0
    with pytest.raises(LostProcessError, match=r"^a process was ended before its work was done; "):
        next(found)
    assert -signal.SIGKILL in statuses.values()


def test_all_are_waited_for_if_nobody_wants_the_rest(statuses: dict[int, int]) -> None:
    def work(item: int) -> Any:
        time.sleep(0.2 * (item > 1))
        return item

    found = spread(work, range(60), 2)
    assert next(found) == 0
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(statuses.values()) == [1, 1]


@pytest.mark.skipif(not OPEN.is_dir(), reason="the system does not tell what a process holds open")
@pytest.mark.usefixtures("statuses")
def test_no_process_holds_open_what_another_one_writes_to() -> None:
    assert len(set(spread(lambda _: len(list(OPEN.iterdir())), range(4), 4))) == 1


@pytest.mark.parametrize(("usable", "count"), [(1, 1), (2, 2), (8, 8), (9, 8), (64, 8)])
def test_as_many_processes_as_help(monkeypatch: pytest.MonkeyPatch, usable: int, count: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(usable)), raising=False)
    assert processes() == count
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: usable)
    assert processes() == count
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processes() == 1
    monkeypatch.setattr(pool, "CAN_COPY", False)
    assert processes() == 1
