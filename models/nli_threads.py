"""How many threads a training may take of a machine that others use, too."""

from __future__ import annotations

import os
import time

import torch


class Threads:
    """Two threads while both cores are free, else one: a thread that waits for its turn holds up the other."""

    def __init__(self) -> None:
        self.count = 1
        torch.set_num_threads(1)
        self.since = self._clocks()

    @staticmethod
    def _clocks() -> tuple[float, float, float]:
        with open("/proc/stat", encoding="ascii") as lines:
            idle = int(lines.readline().split()[4]) / os.sysconf("SC_CLK_TCK")
        return time.perf_counter(), time.process_time(), idle

    def adapt(self) -> None:
        """Call after each step; looks back over some seconds of wall, own and idle time."""
        wall, own, idle = (now - then for now, then in zip(self._clocks(), self.since, strict=True))
        if wall < (4 if self.count == 2 else 8):
            return
        wanted = (2 if own / wall > 1.75 else 1) if self.count == 2 else (2 if idle / wall > 0.6 else 1)
        if wanted != self.count:
            self.count = wanted
            torch.set_num_threads(wanted)
        self.since = self._clocks()
