"""`contradict scan` run as a whole process, and what its report says."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands import ROOT
from process import Usage, measured

OUTSIDE = "outside the stages"
"""What a run takes besides the stages that it times: starting, reading, loading models, writing the report."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A finished scan: what it took, its run.json, and the folder of its report."""

    usage: Usage
    run: dict[str, Any]
    folder: Path

    @property
    def stages(self) -> dict[str, float]:
        """Seconds of each stage as the run tells them, and what is left of the whole."""
        return stages_of(self.run, self.usage.seconds)

    @property
    def pairs(self) -> int:
        return int(self.run["pairs"])

    @property
    def findings(self) -> int:
        return sum(self.run["findings"].values())


def stages_of(run: dict[str, Any], whole: float) -> dict[str, float]:
    """Seconds of each stage as a run.json tells them, and what is left of the `whole`."""
    told = {name: float(seconds) for name, seconds in run["seconds"].items()}
    return told | {OUTSIDE: round(max(whole - sum(told.values()), 0.0), 3)}


def read_run(folder: Path) -> dict[str, Any]:
    """The run.json of the report in a folder."""
    run: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return run


def scan(articles: Path, folder: Path, *, options: Sequence[str] = (), checkout: Path = ROOT) -> Scanned:
    """Scans a file of articles by the `contradict` of a checkout, into a folder. Raises `CommandFailed`."""
    usage = ran("scan", str(articles), "-o", str(folder), *options, cwd=checkout, checkout=checkout)
    return finished(usage, folder)


def ran(*words: str, cwd: Path, checkout: Path = ROOT) -> Usage:
    """Any command of the `contradict` of a checkout, run in a folder without its progress. Raises `CommandFailed`."""
    command = [sys.executable, "-m", "contradict", *words, "--quiet"]
    return measured(command, cwd=cwd, environment={"PYTHONPATH": str(checkout)})


def finished(usage: Usage, folder: Path) -> Scanned:
    """The scan whose report lies in a folder."""
    return Scanned(usage, read_run(folder), folder)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
