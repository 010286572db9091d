"""A command measured with all the processes that it starts: time by the clock and of processors, peak of memory.

Memory is the largest sum over the process and its descendants at one moment, looked at several times a second: of their
proportional set size (PSS in /proc/PID/smaps_rollup, which counts a page that n processes share as 1/n of it in each),
or, where the system does not tell that, of their resident set size (/proc/PID/statm), which counts it n times.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from commands import ROOT, CommandFailed

INTERVAL = 0.2  # seconds between two looks at the memory
MOST_OF_A_CORE = 0.02  # the share of one core that looking may take; reading PSS walks the pages of large processes
_TAIL = 600  # characters of stderr that a failure quotes
_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took, and what it printed.

    `seconds` by the clock, `processor` seconds of all its processes, `peak` MiB of them together by `memory` ("PSS" or
    "RSS"), `largest` the most MiB (resident) that one of them ever held.
    """

    seconds: float
    processor: float
    peak: float
    memory: str
    largest: float
    stdout: str
    stderr: str

    def record(self) -> dict[str, object]:
        """The numbers, rounded, for a file of results."""
        return {
            "seconds": round(self.seconds, 2),
            "processor": round(self.processor, 2),
            "peak_mib": round(self.peak, 1),
            "memory": self.memory,
            "largest_mib": round(self.largest, 1),
        }


def measured(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    allowed: Sequence[int] = (0,),
) -> Usage:
    """Runs a command to its end. Raises `CommandFailed` for an exit status that is not `allowed`.

    Whatever it started is ended with it when this is interrupted.
    """
    words = [str(part) for part in command]
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 (our own)
            words,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        with _Watch(process.pid) as watch:
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except BaseException:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                os.wait4(process.pid, 0)
                raise
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (stdout, stderr):
            file.seek(0)
        printed, said = (file.read().decode("utf-8", "replace") for file in (stdout, stderr))
    if process.returncode not in allowed:
        raise CommandFailed(f"{' '.join(words)}: exit status {process.returncode}: {said.strip()[-_TAIL:]}")
    # What the system says in the end counts the memory of whoever started the command until it ran its own program.
    told = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 2**20  # bytes there, KiB here
    largest = watch.largest or told
    # The first counts only processes that were waited for, the second only those that were looked at.
    processor = max(usage.ru_utime + usage.ru_stime, watch.processor)
    return Usage(seconds, processor, max(watch.peak, largest), watch.memory, largest, printed, said)


@dataclass(slots=True)
class _Watch:
    """Looks at a process and its descendants until it is left."""

    root: int
    peak: float = 0.0
    largest: float = 0.0
    memory: str = "RSS"
    _ticks: dict[tuple[int, int], int] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def processor(self) -> float:
        """Processor seconds of all the processes seen, each as it stood at the last look."""
        return sum(self._ticks.values()) / _TICKS

    def __enter__(self) -> _Watch:
        if _PROC.joinpath("self", "statm").exists():
            self.memory = "PSS" if _pss(os.getpid()) is not None else "RSS"
            self._thread = threading.Thread(target=self._look, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            began = time.thread_time()
            tree = _tree(self.root)
            self._ticks.update({(process.id, process.started): process.ticks for process in tree})
            if _command(self.root) == _command(os.getpid()):  # it has still to become the command that was asked for
                pause = 0.001
                continue
            self.largest = max(self.largest, _highest(self.root) / 2**20)
            held = [(_pss if self.memory == "PSS" else _rss)(process.id) for process in tree]
            self.peak = max(self.peak, sum(part or 0 for part in held) / 2**20)
            pause = max(INTERVAL, (time.thread_time() - began) / MOST_OF_A_CORE)


@dataclass(frozen=True, slots=True)
class _Process:
    id: int
    parent: int
    ticks: int
    started: int


def _tree(root: int) -> list[_Process]:
    """A process and all its descendants, as they are now."""
    children: dict[int, list[_Process]] = {}
    found = []
    for entry in os.scandir(_PROC):
        if entry.name.isdigit() and (process := _status(int(entry.name))) is not None:
            children.setdefault(process.parent, []).append(process)
            if process.id == root:
                found.append(process)
    for process in found:  # grows as it is walked
        found += children.get(process.id, [])
    return found


def _status(process: int) -> _Process | None:
    try:
        fields = _PROC.joinpath(str(process), "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return None
    after = fields.rpartition(")")[2].split()  # the name before it may hold anything
    return _Process(process, int(after[1]), int(after[11]) + int(after[12]), int(after[19]))


def _highest(process: int) -> int:
    """The most bytes that a process has held since it runs its own program, 0 where the system does not tell."""
    try:
        lines = _PROC.joinpath(str(process), "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _command(process: int) -> bytes:
    """The command line of a process; that of whoever started it until it runs its own."""
    try:
        return _PROC.joinpath(str(process), "cmdline").read_bytes()
    except OSError:
        return b""


def _pss(process: int) -> int | None:
    """Bytes, None where the process has ended or the system does not tell."""
    try:
        lines = _PROC.joinpath(str(process), "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), None)


def _rss(process: int) -> int | None:
    try:
        return int(_PROC.joinpath(str(process), "statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:
        return None
