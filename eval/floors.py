"""Floors: the least (or, for seconds and mistakes, the most) that a measure may come to before a run fails.

`floors.toml` has a table for each measure, `[benchmark."measure"]`, with

- `floor` where more is better, `ceiling` where less is;
- `measured`, `date`, `machine`: what it was set from;
- `aim`: what is wanted in the end; it decides nothing.

`eval/run.py --pin` raises floors to what was measured and never lowers one. Whoever lowers one by hand adds a row to
`[[lowered]]` with `benchmark`, `measure`, `from`, `to`, `date` and `why`; tests/test_floors.py holds the file to that.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")
LOWERED = "lowered"
_LOWERED_FIELDS = ("benchmark", "measure", "from", "to", "date", "why")
_HEADER = """\
# What every measure of eval/run.py must keep to; eval/floors.py says what the fields mean.
# Raised by `python eval/run.py --pin`. Never lowered silently: a lower floor needs its row in [[lowered]].
"""


class Better(StrEnum):
    """Which way a measure gets better; a measure without one has no floor."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Standing(StrEnum):
    """How a measure stands to its floor."""

    HOLDS = "holds"
    BROKEN = "BROKEN"
    NO_FLOOR = "no floor"
    NOT_HELD = "not held here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number of a benchmark, with the room (`slack`, in the unit of the value) that a floor set from it leaves.

    A `timed` one hangs on the machine: its floor holds only on the machine that it was set on.
    """

    name: str
    value: float
    better: Better
    slack: float = 0.0
    digits: int = 3
    unit: str = ""
    detail: str = ""
    timed: bool = False

    def shown(self, value: float) -> str:
        return f"{value:,.{self.digits}f}{' ' * bool(self.unit)}{self.unit}"

    @property
    def bound(self) -> float:
        """The floor or ceiling that this value would set."""
        room = -self.slack if self.better is Better.HIGHER else self.slack
        return round(self.value + room, self.digits)


@dataclass(frozen=True, slots=True)
class Floor:
    """What a measure must keep to; `least` for a floor, `most` for a ceiling, None where only an aim is stated."""

    least: float | None = None
    most: float | None = None
    aim: float | None = None
    measured: float | None = None
    date: date | None = None
    machine: str = ""

    @property
    def bound(self) -> float | None:
        return self.least if self.least is not None else self.most

    def standing(self, measure: Measure, *, machine: str) -> Standing:
        if self.bound is None:
            return Standing.NO_FLOOR
        if measure.timed and self.machine != machine:
            return Standing.NOT_HELD
        value = round(measure.value, measure.digits)
        if self.least is not None and value < self.least or self.most is not None and value > self.most:
            return Standing.BROKEN
        return Standing.HOLDS

    def meets_aim(self, measure: Measure) -> bool | None:
        """Whether the measure has reached its aim; None without an aim."""
        if self.aim is None:
            return None
        value = round(measure.value, measure.digits)
        return value <= self.aim if measure.better is Better.LOWER else value >= self.aim


Key = tuple[str, str]
"""A benchmark and one of its measures."""


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors by benchmark and measure, and those that were lowered, as the file has them."""

    floors: Mapping[Key, Floor]
    lowered: Sequence[Mapping[str, Any]] = ()

    def of(self, benchmark: str, measure: str) -> Floor:
        return self.floors.get((benchmark, measure), Floor())

    def missing(self, benchmark: str, measured: Sequence[str]) -> list[str]:
        """Measures of a benchmark that have a floor and were not measured: a floor must not vanish with its measure."""
        return [
            name
            for (each, name), floor in self.floors.items()
            if each == benchmark and floor.bound is not None and name not in measured
        ]


def read_floors(path: Path) -> Floors:
    """The floors of a file. Raises `ValueError` for a field that is not known."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    lowered = tables.pop(LOWERED, [])
    for row in lowered:
        if set(row) != set(_LOWERED_FIELDS):
            raise ValueError(f"{path}: a row of [[lowered]] has the fields {', '.join(_LOWERED_FIELDS)}, not {row}")
    return Floors(
        {
            (benchmark, measure): _floor(fields, f"{path}: [{benchmark}.{measure}]")
            for benchmark, measures in tables.items()
            for measure, fields in measures.items()
        },
        lowered,
    )


def _floor(fields: Mapping[str, Any], where: str) -> Floor:
    unknown = set(fields) - {"floor", "ceiling", "aim", "measured", "date", "machine"}
    if unknown or {"floor", "ceiling"} <= set(fields):
        raise ValueError(f"{where}: one of floor and ceiling, and aim, measured, date, machine; not {fields}")
    return Floor(
        least=fields.get("floor"),
        most=fields.get("ceiling"),
        aim=fields.get("aim"),
        measured=fields.get("measured"),
        date=fields.get("date"),
        machine=fields.get("machine", ""),
    )


def raised(
    floors: Floors, results: Mapping[str, Sequence[Measure]], *, today: date, machine: str
) -> tuple[Floors, list[str]]:
    """The floors with those that `results` exceed set anew, and a line for each one set."""
    pinned, said = dict(floors.floors), []
    for benchmark, measures in results.items():
        for measure in measures:
            old = floors.of(benchmark, measure.name)
            if measure.better is Better.NEITHER or not _is_better(measure, old, machine=machine):
                continue
            higher = measure.better is Better.HIGHER
            pinned[benchmark, measure.name] = Floor(
                least=measure.bound if higher else None,
                most=None if higher else measure.bound,
                aim=old.aim,
                measured=round(measure.value, measure.digits),
                date=today,
                machine=machine,
            )
            before = "none" if old.bound is None else measure.shown(old.bound)
            said.append(f"{benchmark} {measure.name}: {before} -> {measure.shown(measure.bound)}")
    return Floors(pinned, floors.lowered), said


def _is_better(measure: Measure, floor: Floor, *, machine: str) -> bool:
    """Whether the bound that a measure sets is stricter than the one that stands, on the machine where that was set."""
    if floor.bound is None:
        return True
    if measure.timed and floor.machine != machine:
        return False
    return measure.bound > floor.bound if measure.better is Better.HIGHER else measure.bound < floor.bound


def as_toml(floors: Floors) -> str:
    """The text of the file, benchmarks in the order they came, measures in theirs."""
    blocks = [_HEADER]
    for (benchmark, measure), floor in sorted(floors.floors.items(), key=lambda item: _order(floors, item[0])):
        lines = [f"[{benchmark}.{json.dumps(measure)}]"]
        fields = {
            "floor": floor.least,
            "ceiling": floor.most,
            "aim": floor.aim,
            "measured": floor.measured,
            "date": floor.date,
            "machine": floor.machine or None,
        }
        lines += [f"{name} = {_value(value)}" for name, value in fields.items() if value is not None]
        blocks.append("\n".join(lines) + "\n")
    blocks += [
        "\n".join(["[[lowered]]", *(f"{name} = {_value(row[name])}" for name in _LOWERED_FIELDS)]) + "\n"
        for row in floors.lowered
    ]
    return "\n".join(blocks)


def _order(floors: Floors, key: Key) -> int:
    """By where a benchmark came first, so that its measures stand together."""
    return [benchmark for benchmark, _ in floors.floors].index(key[0])


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
