"""Worker processes that do one function on many lots, the results in the order of the lots whatever their number."""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self, TypeVar

from contradict.errors import ContradictError

Lot = TypeVar("Lot")
Result = TypeVar("Result")

AHEAD = 3  # lots given out for each worker: enough that none waits, few enough that memory stays bounded
WATCH = 1.0  # seconds between two looks of a worker at whether its parent still lives
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1") | {
    "TOKENIZERS_PARALLELISM": "false"
}


class Workers:
    """At most `jobs` processes, started when they are first needed; with one job all is done in this process.

    The processes are spawned, so that none inherits a thread or an open file: a program that asks for more than one
    job must be importable without running (`if __name__ == "__main__":`), as the command line is.
    """

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs or cores()
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[BaseProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            if kind is not None:  # nobody waits for what they are at
                for process in self._processes:
                    process.terminate()
            self._pool, self._processes = None, []

    def rest(self) -> None:
        """Ends the processes, and with them all that they hold; they start anew when they are needed again."""
        self.__exit__(None, None, None)

    def map(self, function: Callable[[Lot], Result], lots: Iterable[Lot]) -> Iterator[Result]:
        """The results of `function` on each lot, in order. `function` and the lots must be picklable.

        Raises `ContradictError` where a worker is killed, and whatever `function` raises.
        """
        waiting = iter(lots)
        first = list(islice(waiting, 2))
        if self.jobs == 1 or len(first) < 2:  # one lot: a process takes longer to start
            yield from map(function, chain(first, waiting))
            return
        pool = self._started()
        running: deque[Future[Result]] = deque()
        try:
            for lot in chain(first, waiting):
                with _told_of_kills():
                    running.append(pool.submit(function, lot))
                if len(running) >= AHEAD * self.jobs:
                    yield _result(running.popleft())
            while running:
                yield _result(running.popleft())
        finally:
            for future in running:
                future.cancel()

    @property
    def running(self) -> bool:
        """Whether processes were started already."""
        return self._pool is not None

    def beside(self, function: Callable[[Lot], Result], lot: Lot) -> Callable[[], Result]:
        """Has a worker do `function` on one lot while this process goes on; the call of what is given back waits for
        the result. Raises as `map`."""
        pool = self._started()
        with _told_of_kills():
            begun = pool.submit(function, lot)
        return lambda: _result(begun)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            before = {name: os.environ.get(name) for name in _ONE_THREAD}
            others = set(multiprocessing.active_children())
            os.environ.update(_ONE_THREAD)  # what a library reads when it is loaded, which is before any code of ours
            try:
                self._pool = ProcessPoolExecutor(
                    self.jobs, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
                )
                with _told_of_kills():
                    list(self._pool.map(abs, range(self.jobs)))  # starts them all while the environment is set
                self._processes = [each for each in multiprocessing.active_children() if each not in others]
            finally:
                for name, value in before.items():
                    if value is None:
                        os.environ.pop(name)
                    else:
                        os.environ[name] = value
        return self._pool


def _result(future: Future[Result]) -> Result:
    with _told_of_kills():
        return future.result()


@contextmanager
def _told_of_kills() -> Iterator[None]:
    """Raises `ContradictError` where a worker is found killed."""
    try:
        yield
    except BrokenProcessPool as error:
        raise ContradictError(
            "a worker process was killed, perhaps for want of memory; run again with fewer --jobs"
        ) from error


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect_seldom() -> None:
    """Has Python look for unreachable cycles among new objects alone, and seldom.

    Claims by the hundred thousand are long-lived and free of cycles; to walk them all again and again takes up to half
    of the time in which they are unpacked.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100_000)


def _begin(parent: int) -> None:
    """A worker leaves an interrupt to its parent, and ends when the parent has ended without a word."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    atexit.register(os._exit, 0)  # to take apart all that it holds would take seconds


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)


def lots_of(items: Iterable[Lot], size: int) -> Iterator[list[Lot]]:
    """The items in lots of `size`, in order; the last may be smaller."""
    waiting = iter(items)
    while lot := list(islice(waiting, size)):
        yield lot
