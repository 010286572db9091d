"""Commands run as a user runs them, each with its time and its peak of memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 1800.0  # seconds; a command that takes longer is ended, and its benchmark fails
WRONG = 2  # exit status of a script that lacks something, or whose command failed
_TAIL = 600  # characters of stderr that a failure quotes


class CommandFailed(Exception):
    """A command ended with a status that was not asked for, or ran too long."""


class Missing(Exception):
    """Data or a library that a script needs is not there; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its output, its exit status, seconds by the clock and of processor time, most MiB held."""

    stdout: str
    stderr: str
    status: int
    seconds: float
    processor: float
    peak: float


def contradict(*arguments: str | Path, allowed: Sequence[int] = (0,)) -> Ran:
    """`contradict` of this checkout, by the Python that runs this."""
    return run([sys.executable, "-m", "contradict", *arguments], allowed=allowed)


def script(path: Path, *arguments: str | Path, stdin: Path | None = None, allowed: Sequence[int] = (0,)) -> Ran:
    """A Python file as a program."""
    return run([sys.executable, path, *arguments], stdin=stdin, allowed=allowed)


def run(command: Sequence[str | Path], *, stdin: Path | None = None, allowed: Sequence[int] = (0,)) -> Ran:
    """Runs a command at the root of the checkout. Raises `CommandFailed` for a status that is not `allowed`."""
    words = [str(part) for part in command]
    with (
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
        (stdin or Path(os.devnull)).open("rb") as given,
    ):
        started = time.perf_counter()
        process = subprocess.Popen(words, stdin=given, stdout=stdout, stderr=stderr, cwd=ROOT)  # noqa: S603 (our own)
        guard = threading.Timer(LONGEST, _end, [process.pid])
        guard.start()
        try:
            # wait4 and not wait: it alone tells the memory of this child and not of the largest one so far.
            _, status, usage = os.wait4(process.pid, 0)
        finally:
            guard.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (stdout, stderr):
            file.seek(0)
        printed, said = (file.read().decode("utf-8", "replace") for file in (stdout, stderr))
    if process.returncode not in allowed:
        late = f" after {LONGEST:.0f} s" if process.returncode == -signal.SIGKILL else ""
        raise CommandFailed(f"{' '.join(words)}: exit status {process.returncode}{late}: {said.strip()[-_TAIL:]}")
    scale = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB here
    processor = usage.ru_utime + usage.ru_stime
    return Ran(printed, said, process.returncode, seconds, processor, usage.ru_maxrss * scale / 2**20)


def _end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def as_program(work: Callable[[], None]) -> int:
    """The exit status of a script's work; what it lacks, or what failed, is told in one line."""
    try:
        work()
    except (Missing, CommandFailed) as error:
        print(error, file=sys.stderr)
        return WRONG
    return 0
