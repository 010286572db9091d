"""Runs the benchmarks and holds every measure to its floor.

    python eval/run.py                                all, into eval/results/table.md and table.json
    python eval/run.py --only seeds pairs_dev         some of them, printed alone
    python eval/run.py --pin                          and raise the floors that were exceeded

A benchmark whose data are not there is skipped with its reason. Exit status 1 when a floor is broken or a benchmark
fails, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import BENCHMARKS
from commands import ROOT, CommandFailed
from floors import FLOORS, Better, Floor, Floors, Measure, Standing, as_toml, raised, read_floors
from machine import about, machine
from measuring import Place, ScorerChanged, Skip

RESULTS = ROOT / "eval" / "results" / "table.md"


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark came to: its measures, or why it was skipped or failed."""

    name: str
    measures: Sequence[Measure] = ()
    skipped: str = ""
    failed: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one run, the floors they are held to, and where and when it ran."""

    results: Sequence[Result]
    floors: Floors
    machine: str
    about: Mapping[str, str]
    timing: bool = True

    def standing(self, result: Result, measure: Measure) -> Standing:
        floor = self.floors.of(result.name, measure.name)
        if measure.timed and not self.timing and floor.bound is not None:
            return Standing.NOT_HELD
        return floor.standing(measure, machine=self.machine)

    @property
    def faults(self) -> list[str]:
        """Everything that makes the run fail, a line each."""
        faults = [f"{result.name}: failed: {result.failed}" for result in self.results if result.failed]
        for result in self.results:
            for measure in result.measures:
                if self.standing(result, measure) is Standing.BROKEN:
                    floor = self.floors.of(result.name, measure.name)
                    side = "below its floor" if floor.least is not None else "above its ceiling"
                    faults.append(
                        f"{result.name}: {measure.name}: {measure.shown(measure.value)} is {side} of "
                        f"{measure.shown(floor.bound or 0)}" + f" ({measure.detail})" * bool(measure.detail)
                    )
            if result.measures:
                missing = self.floors.missing(result.name, [measure.name for measure in result.measures])
                faults += [f"{result.name}: {name}: has a floor and was not measured" for name in missing]
        return faults


def measured(name: str, place: Place) -> Result:
    """One benchmark, run in a folder of its own."""
    started = time.perf_counter()
    own = Place(place.shared, place.work / name)
    own.work.mkdir()
    try:
        measures = BENCHMARKS[name](own)
    except Skip as reason:
        return Result(name, skipped=str(reason))
    except (CommandFailed, ScorerChanged) as error:
        return Result(name, failed=str(error))
    return Result(name, measures, seconds=time.perf_counter() - started)


def as_markdown(run: Run) -> str:
    """The run as one table."""
    lines = ["# Results", "", "Made by `python eval/run.py`; [README](../README.md) says what is measured.", ""]
    lines += [f"- {name}: {value}" for name, value in run.about.items()]
    lines += [
        "",
        "| benchmark | measure | result | floor | | aim | detail |",
        "| --- | --- | ---: | ---: | --- | --- | --- |",
    ]
    for result in run.results:
        if not result.measures:
            why = f"skipped: {result.skipped}" if result.skipped else "FAILED"
            lines.append(f"| {result.name} | {_cell(why)} | | | | | {_cell(result.failed)} |")
        for number, measure in enumerate(result.measures):
            lines.append(_row(result.name if number == 0 else "", measure, run, result))
    return "\n".join([*lines, "", *run.faults, *_summed(run)]) + "\n"


def _summed(run: Run) -> list[str]:
    """How many measures stand how to their floors, a line for each way."""
    standings = Counter(run.standing(result, measure) for result in run.results for measure in result.measures)
    said = {Standing.HOLDS: "hold", Standing.BROKEN: "are broken", Standing.NOT_HELD: "are of time and not held here"}
    return [f"{standings[standing]} floors {verb}." for standing, verb in said.items() if standings[standing]]


def _row(name: str, measure: Measure, run: Run, result: Result) -> str:
    floor = run.floors.of(result.name, measure.name)
    met = floor.meets_aim(measure)
    aim = "" if floor.aim is None else f"{measure.shown(floor.aim)} {'met' if met else '**short**'}"
    cells = [
        name,
        measure.name,
        measure.shown(measure.value),
        _bound(floor, measure),
        "" if measure.better is Better.NEITHER else str(run.standing(result, measure)),
        aim,
        measure.detail,
    ]
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _bound(floor: Floor, measure: Measure) -> str:
    if floor.bound is None:
        return ""
    return f"{'≥' if floor.least is not None else '≤'} {measure.shown(floor.bound)}"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def as_record(run: Run) -> dict[str, object]:
    """The run as JSON."""
    return {
        **run.about,
        "benchmarks": {
            result.name: {
                "seconds": round(result.seconds, 1),
                "skipped": result.skipped or None,
                "failed": result.failed or None,
                "measures": {
                    measure.name: {
                        "value": round(measure.value, 6),
                        "unit": measure.unit,
                        "floor": run.floors.of(result.name, measure.name).bound,
                        "aim": run.floors.of(result.name, measure.name).aim,
                        "better": measure.better,
                        "standing": run.standing(result, measure),
                        "detail": measure.detail,
                    }
                    for measure in result.measures
                },
            }
            for result in run.results
        },
        "faults": run.faults,
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=_epilog()
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", metavar="DIR", help="data and scorers")
    parser.add_argument("--only", nargs="+", choices=list(BENCHMARKS), metavar="NAME", help="only these benchmarks")
    parser.add_argument("-o", "--output", type=Path, metavar="TABLE.md", help="where the table goes; .json beside it")
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE", help="other floors than floors.toml")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the reports and answers, in a new folder")
    parser.add_argument("--no-timing", action="store_true", help="hold no floor of time: the machine has other work")
    parser.add_argument("--pin", action="store_true", help="raise the floors that were exceeded; none is lowered")
    arguments = parser.parse_args()
    try:
        floors = read_floors(arguments.floors)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    if arguments.keep is not None and arguments.keep.exists():
        parser.error(f"--keep: {arguments.keep} is there already; name a new folder")
    output = arguments.output or (None if arguments.only else RESULTS)

    on = machine()
    described = about(on)
    with tempfile.TemporaryDirectory() as temporary:
        work = arguments.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        results = []
        for name in arguments.only or BENCHMARKS:
            print(name, file=sys.stderr, flush=True)
            results.append(measured(name, Place(arguments.shared.resolve(), work.resolve())))
    done = Run(results, floors, on, described, timing=not arguments.no_timing)
    table = as_markdown(done)
    print(table)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(table, encoding="utf-8")
        output.with_suffix(".json").write_text(
            json.dumps(as_record(done), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    if arguments.pin:
        _pin(done, arguments.floors)
    for fault in done.faults:
        print(fault, file=sys.stderr)
    return 1 if done.faults else 0


def _pin(done: Run, path: Path) -> None:
    measures = {result.name: result.measures for result in done.results}
    floors, said = raised(
        done.floors, measures, today=date.fromisoformat(done.about["date"][:10]), machine=done.machine
    )
    path.write_text(as_toml(floors), encoding="utf-8")
    print("\n".join(said or ["no floor is raised"]), file=sys.stderr)


def _epilog() -> str:
    width = max(map(len, BENCHMARKS))
    return "benchmarks:\n" + "\n".join(
        f"  {name:{width}}  {(each.__doc__ or '').strip()}" for name, each in BENCHMARKS.items()
    )


if __name__ == "__main__":
    sys.exit(main())
