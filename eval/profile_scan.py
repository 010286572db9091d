"""Where a scan spends its time: the functions that take longest, by their own time and with all that they call.

    python eval/profile_scan.py --articles 500 --jobs 1

`contradict scan` runs under cProfile in this process, on the first N articles of the shuffle that the other benchmarks
take. Only this process and its main thread are seen: with --jobs 1 a scan that has worker processes does everything
here. cProfile makes many small calls look slower than they are: read the order, take the seconds from bench_scan.py.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from commands import ROOT, CommandFailed, as_program
from machine import about, machine
from news_sample import add_sample_arguments, sample_of, write_sample
from run_log import RESULTS, table

SIZE = 500
FUNCTIONS = 25  # in each table
TABLE = "profile.md"
PACKAGE = "contradict/"


@dataclass(frozen=True, slots=True)
class Spent:
    """A function: how often it was called, seconds in it alone, seconds in it and in what it called."""

    name: str
    calls: int
    own: float
    whole: float


def spent(profile: cProfile.Profile) -> list[Spent]:
    """All functions of a profile."""
    statistics: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    statistics = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    return [Spent(named(*function), calls, own, whole) for function, (_, calls, own, whole, _) in statistics.items()]


def named(file: str, line: int, function: str) -> str:
    """A function by its module, as near as a path tells: `contradict/claims.py:41 read_claims`."""
    if file in ("", "~"):
        return function.strip("<>").replace("built-in method ", "").replace("method ", "")
    path = Path(file)
    if "site-packages" in path.parts:
        place = Path(*path.parts[path.parts.index("site-packages") + 1 :])
    else:
        place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.name)
    return f"{place}:{line} {function}"


def as_markdown(functions: Sequence[Spent], *, heading: Sequence[str], most: int) -> str:
    """Two tables: all functions by their own time, those of the package by all that they call."""
    whole = sum(function.own for function in functions)
    by_own = sorted(functions, key=lambda each: (-each.own, each.name))
    by_whole = sorted(functions, key=lambda each: (-each.whole, each.name))
    package = [each for each in by_whole if each.name.startswith(PACKAGE)]
    lines = ["# Where a scan spends its time", "", *heading, f"- {whole:,.1f} s under the profiler"]
    for title, order in (("By own time", by_own), ("Of the package, with all that they call", package)):
        rows = [[f"`{each.name}`", f"{each.calls:,}", *_seconds(each, whole)] for each in order[:most]]
        lines += ["", f"## {title}", "", *table(["function", "calls", "own, s", "share", "with calls, s"], rows)]
    return "\n".join(lines) + "\n"


def _seconds(each: Spent, whole: float) -> list[str]:
    return [f"{each.own:.2f}", f"{each.own / (whole or 1):.1%}", f"{each.whole:.2f}"]


def profiled(articles: Path, report: Path, *, options: Sequence[str]) -> cProfile.Profile:
    """The profile of a scan in this process. Raises `CommandFailed` where it ends with another status than 0."""
    from contradict.cli import main as contradict

    profile = cProfile.Profile()
    with redirect_stdout(io.StringIO()):
        status = profile.runcall(contradict, ["scan", str(articles), "-o", str(report), "--quiet", *options])
    if status:
        raise CommandFailed(f"contradict scan {articles}: exit status {status}")
    return profile


def measure(arguments: argparse.Namespace) -> None:
    sample = sample_of(arguments, size=SIZE)
    options = [*(["--jobs", str(arguments.jobs)] if arguments.jobs is not None else []), *arguments.options]
    where = about(machine())
    with tempfile.TemporaryDirectory(prefix="profile-scan-") as work:
        articles = Path(work) / "articles.jsonl"
        write_sample(articles, sample)
        profile = profiled(articles, Path(work) / "report", options=options)
    heading = [
        "Made by `python eval/profile_scan.py`; [README](../README.md) says what is measured.",
        "",
        *(f"- {name}: {where[name]}" for name in ("date", "commit", "machine", "load at the start")),
        f"- {sample.words}; options `{' '.join(options) or 'none'}`",
    ]
    text = as_markdown(spent(profile), heading=heading, most=arguments.functions)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / TABLE).write_text(text, encoding="utf-8")
    print(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_sample_arguments(parser, size=SIZE, period=True)
    parser.add_argument("--jobs", type=int, metavar="N", help="of the scan: 1 keeps all of it in this process")
    parser.add_argument("--functions", type=int, default=FUNCTIONS, help="in each table (%(default)s)")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where the table goes")
    parser.add_argument("options", nargs="*", metavar="-- OPTION", help="further options of the scan")
    arguments = parser.parse_args()
    return as_program(lambda: measure(arguments))


if __name__ == "__main__":
    sys.exit(main())
