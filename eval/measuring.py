"""What the benchmarks have in common: where their data lie, and how what they ran becomes measures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from commands import Ran, contradict
from floors import Better, Measure

ROOM = 0.02
"""How far below the measured share a floor is set: room for another machine's arithmetic, and for trading a little of
one measure against more of another."""
ROOM_FOUND = 0.1
"""The share of what was found that may be missing: a better reading of figures now and then moves one."""
ROOM_TIMED = 0.4
"""The share of a measured time by which another run on the same machine may be slower."""
ROOM_MEMORY = 0.2
WITH_CLAIMS = ("--nli", "bundled")

SHARE = partial(Measure, better=Better.HIGHER, slack=ROOM)
LOW_SHARE = partial(Measure, better=Better.LOWER, slack=ROOM)
FAULTS = partial(Measure, better=Better.LOWER, digits=0)
FOUND = partial(Measure, better=Better.HIGHER, digits=0)
COUNT = partial(Measure, better=Better.NEITHER, digits=0)


class Skip(Exception):
    """Why a benchmark cannot run here."""


class ScorerChanged(Exception):
    """A scorer printed something else than is read here."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of data and scorers beside the checkout, and one to work in."""

    shared: Path
    work: Path

    def data(self, name: str) -> Path:
        """A file of the shared folder. Raises `Skip` where it is not there."""
        path = self.shared / name
        if not path.exists():
            raise Skip(f"{name} of the shared folder is not there")
        return path

    def tool(self, name: str) -> Path:
        return self.data(f"tools/{name}")

    def kept(self, name: str, text: str) -> Path:
        """A file in the working folder with this text."""
        path = self.work / name
        path.write_text(text, encoding="utf-8")
        return path


Benchmark = Callable[[Place], Sequence[Measure]]


def scan_into(folder: Path, *arguments: str | Path) -> Ran:
    """A scan of these articles, its report in `folder`."""
    return contradict("scan", *arguments, "-o", folder, "--quiet")


def answers_of(place: Place, pairs: str, name: str, *options: str) -> Path:
    """The answers of `contradict judge`, as a file."""
    asked = place.kept(f"{name}.jsonl", pairs)
    return place.kept(f"{name}-judged.jsonl", contradict("judge", asked, *options).stdout)


def unlabelled(gold: Path) -> str:
    """The pairs of a labelled file without any label, so that none can be read."""
    return "".join(json.dumps({name: row[name] for name in ("id", "a", "b")}) + "\n" for row in json_lines(gold))


def cost_of(ran: Ran) -> list[Measure]:
    """What a command took: time by the clock, processor time, memory."""
    memory = Measure(
        name="peak memory", value=ran.peak, better=Better.LOWER, slack=ROOM_MEMORY * ran.peak, digits=0, unit="MiB"
    )
    clock = Measure(name="time", value=ran.seconds, better=Better.NEITHER, digits=1, unit="s")
    return [clock, in_seconds("processor time", ran.processor), memory]


def in_seconds(name: str, value: float, *, digits: int = 1, detail: str = "") -> Measure:
    return Measure(
        name=name,
        value=value,
        better=Better.LOWER,
        slack=ROOM_TIMED * value,
        digits=digits,
        unit="s",
        detail=detail,
        timed=True,
    )


def per_second(name: str, value: float, detail: str) -> Measure:
    return Measure(
        name=name,
        value=value,
        better=Better.HIGHER,
        slack=ROOM_TIMED * value,
        digits=0,
        unit="/s",
        detail=detail,
        timed=True,
    )


def numbers_in(pattern: str, scored: str) -> list[float]:
    """The numbers of the one line that a pattern describes. Raises `ScorerChanged` where there is none."""
    match = re.search(pattern, scored, re.MULTILINE)
    if match is None:
        raise ScorerChanged(f"no line like {pattern!r} in: {scored[-400:]}")
    return [float(group) for group in match.groups()]


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
