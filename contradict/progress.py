"""How a long run tells how far it is: one line per stage, on stderr, and only where a person is looking."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress(Protocol):
    """Told of every stage as it begins, moves on and ends.

    `with progress.stage("claims", total=40): progress.advance()`
    """

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Progress]:
        """Opens a stage of `total` steps, None where the number is not known; stages do not nest."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Moves the open stage on."""
        ...


class Silent:
    """Says nothing: for libraries, pipes and `--quiet`."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Self]:
        yield self

    def advance(self, steps: int = 1) -> None:
        return


class Bar:
    """Draws a bar per stage on stderr and leaves it there with its time when the stage has ended."""

    def __init__(self) -> None:
        self._open: tuple[Bars, TaskID] | None = None

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Self]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=Console(stderr=True)) as bars:
            self._open = bars, bars.add_task(name, total=total)
            try:
                yield self
            finally:
                self._open = None

    def advance(self, steps: int = 1) -> None:
        if self._open is not None:
            bars, task = self._open
            bars.advance(task, steps)


def progress_on_stderr(*, quiet: bool = False) -> Progress:
    """Bars where stderr is a terminal and `quiet` is not asked for, else silence."""
    return Silent() if quiet or not sys.stderr.isatty() else Bar()


class Clock:
    """Seconds spent in each stage: `with clock("claims"): ...`, the same name again adds to it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started
