"""How long `contradict scan` takes, stage by stage, as the articles grow, and how much memory.

    python eval/bench_scan.py --sizes 1000 2000 4000 8000 16000 all
    python eval/bench_scan.py --sizes 1000 2000 -- --jobs 1           options after -- go to the scan
    python eval/bench_scan.py --sizes 1000 --label before --checkout ../before
    python eval/bench_scan.py --draw                                  table and chart anew, nothing measured

Each size is a whole process, as a user starts it, on the first N articles of a shuffle with a fixed seed. Every result
is added to results/scan.json as soon as it is there, so an interrupted run keeps what it has, and results/scan.md and
scan.svg are written anew from all of them: the latest of every label and size. The stages and their seconds are those
of the run's own run.json; what it takes besides them is "outside the stages". Runs of another label than the one drawn
are its baselines, and so is the straightforward pipeline where compare_scan.py has measured it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from chart import Line, Look, log_log
from commands import ROOT, Missing, as_program
from growth import doublings, exponent
from machine import about, machine
from news_sample import NEWS, SEED, Sample, read_lines, write_sample
from run_log import RESULTS, Run, append_run, latest, read_runs, seconds_words, table
from scanned import Scanned, scan

SIZES = ("1000", "2000", "4000", "8000", "16000", "all")
LABEL = "scan"
TOTAL = "total"
STRAIGHTFORWARD = "straightforward"
ABOUT = ("date", "commit", "machine", "python", "load at the start")
RUNS, TABLE, CHART, COMPARED = "scan.json", "scan.md", "scan.svg", "compare.json"


def as_run(scanned: Scanned, sample: Sample, *, articles: int, label: str, options: Sequence[str]) -> dict[str, Any]:
    """A finished scan as a run of the results."""
    return {
        "label": label,
        "articles": articles,
        "sample": sample.words,
        "options": list(options),
        **scanned.usage.record(),
        "stages": scanned.stages,
        "counts": scanned.run["counts"],
        "pairs": scanned.pairs,
        "findings": scanned.findings,
    }


def stages_of(runs: Sequence[Run]) -> list[str]:
    """The stages of all the runs, in the order of the line."""
    return list(dict.fromkeys(stage for run in runs for stage in run["stages"]))


def as_markdown(runs: Sequence[Run], *, others: Sequence[Run] = ()) -> str:
    """The runs of one label as tables: seconds by stage and size, how they grow, what was counted."""
    last = runs[-1]
    options = f", options `{' '.join(last['options'])}`" if last["options"] else ""
    lines = [
        "# How a scan grows",
        "",
        "Made by `python eval/bench_scan.py`; [README](../README.md) says what is measured. "
        f"Label `{last['label']}`{options}.",
        "",
        *(f"- {name}: {'; '.join(dict.fromkeys(str(run[name]) for run in runs))}" for name in ABOUT),
        f"- the largest sample: {last['sample']}; the others are its beginnings",
        "",
        f"![seconds by articles, for each stage]({CHART})",
        *_seconds_table(runs),
        *(_doublings_table(runs) if len(runs) > 1 else []),
        *_work_table(runs),
        *(_baselines_table(runs, others) if others else []),
    ]
    return "\n".join(lines) + "\n"


def _times(runs: Sequence[Run]) -> dict[str, list[float]]:
    """The seconds of the whole and of every stage, by size; 0 where a run had no such stage."""
    stages = {stage: [float(run["stages"].get(stage, 0)) for run in runs] for stage in stages_of(runs)}
    return {TOTAL: [float(run["seconds"]) for run in runs]} | stages


def _sizes(runs: Sequence[Run]) -> list[float]:
    return [float(run["articles"]) for run in runs]


def _heads(runs: Sequence[Run]) -> list[str]:
    return [f"{run['articles']:,}" for run in runs]


def _seconds_table(runs: Sequence[Run]) -> list[str]:
    sizes = _sizes(runs)
    rows = [
        [stage, *map(seconds_words, taken), _number(exponent(sizes, taken))] for stage, taken in _times(runs).items()
    ]
    return [
        "", "## Seconds by the clock", "",
        "`exponent` is b of seconds = a · articles^b, by least squares of the logarithms: 1 grows with the articles, 2",
        "with their square.", "",
        *table(["stage", *_heads(runs), "exponent"], rows),
    ]  # fmt: skip


def _doublings_table(runs: Sequence[Run]) -> list[str]:
    sizes, heads = _sizes(runs), _heads(runs)
    rows = [[stage, *map(_number, doublings(sizes, taken))] for stage, taken in _times(runs).items()]
    return [
        "", "## Twice the articles", "",
        "By how much twice the articles multiply the time, from one size to the next: 2 is linear, 4 quadratic.", "",
        *table(["stage", *(f"{now} → {then}" for now, then in pairwise(heads))], rows),
    ]  # fmt: skip


def _work_table(runs: Sequence[Run]) -> list[str]:
    names = list(dict.fromkeys(name for run in runs for name in run["counts"] if name != "findings"))
    memory = ", ".join(sorted({str(run["memory"]) for run in runs}))
    rows = [
        ["processor seconds", *(seconds_words(run["processor"]) for run in runs)],
        ["articles a second", *(f"{run['articles'] / run['seconds']:.1f}" for run in runs)],
        ["peak memory, MiB", *(f"{run['peak_mib']:,.0f}" for run in runs)],
        ["largest process, MiB", *(f"{run['largest_mib']:,.0f}" for run in runs)],
        ["pairs listed", *(f"{run['pairs']:,}" for run in runs)],
        ["findings", *(f"{run['findings']:,}" for run in runs)],
        *([name, *(_count(run["counts"].get(name)) for run in runs)] for name in names),
    ]
    return [
        "", "## Work and memory", "",
        f"Peak memory is the {memory} of all processes together (process.py), that of the largest process is resident;",
        "the lines after the findings are the `counts` of run.json.", "",
        *table(["", *_heads(runs)], rows),
    ]  # fmt: skip


def _baselines_table(runs: Sequence[Run], others: Sequence[Run]) -> list[str]:
    own = {run["articles"]: float(run["seconds"]) for run in runs}
    rows = []
    for run in others:
        times = f"{run['seconds'] / own[run['articles']]:.1f}" if run["articles"] in own else ""
        memory = f"{run['peak_mib']:,.0f}"
        rows.append([run["label"], f"{run['articles']:,}", seconds_words(run["seconds"]), memory, times])
    heads = ["", "articles", "seconds", "peak memory, MiB", "times the scan's time"]
    return ["", "## Baselines", "", *table(heads, rows)]


def as_chart(runs: Sequence[Run], *, others: Sequence[Run] = ()) -> str:
    """The runs of one label as lines, and the others' totals dashed."""
    lines = [_line(runs, name, taken) for name, taken in _times(runs).items()]
    for label in dict.fromkeys(run["label"] for run in others):
        own = [run for run in others if run["label"] == label]
        lines.append(_line(own, label, _times(own)[TOTAL], Look.BASELINE))
    return log_log(lines, title="contradict scan: time by number of articles", below="articles")


def _line(runs: Sequence[Run], name: str, taken: Sequence[float], look: Look | None = None) -> Line:
    """A line of the chart, its name with its exponent where it has one."""
    slope = exponent(_sizes(runs), taken)
    look = look or (Look.TOTAL if name == TOTAL else Look.STAGE)
    named = name if slope is None else f"{name} (n^{slope:.2f})"
    return Line(named, list(zip(_sizes(runs), taken, strict=True)), look)


def write_results(folder: Path, *, label: str) -> None:
    """The table and the chart of all that has been measured. Raises `Missing` where there is nothing of the label."""
    measured = latest(read_runs(folder / RUNS), "label", "articles")
    runs = [run for run in measured if run["label"] == label]
    if not runs:
        raise Missing(f"{folder / RUNS}: nothing was measured under the label {label}; measure it, or name another")
    others = [run for run in measured if run["label"] != label]
    others += [
        {"label": STRAIGHTFORWARD, "articles": run["articles"], "stages": {}, **run[STRAIGHTFORWARD]}
        for run in latest(read_runs(folder / COMPARED), "articles")
        if run["sample"] == Sample(articles=run["articles"]).words
        and run[STRAIGHTFORWARD].get("cross-encoded") in (None, run[STRAIGHTFORWARD]["pairs"])  # not stopped
    ]
    (folder / TABLE).write_text(as_markdown(runs, others=others), encoding="utf-8")
    (folder / CHART).write_text(as_chart(runs, others=others), encoding="utf-8")


def measure(arguments: argparse.Namespace) -> None:
    """Measures every size, the smaller first, and writes down each as it ends."""
    lines = read_lines(arguments.data)
    sizes = sorted({len(lines) if size == "all" else int(size) for size in arguments.sizes})
    for size in sizes:
        sample = Sample(source=arguments.data, articles=size, seed=arguments.seed)
        with tempfile.TemporaryDirectory(prefix="bench-scan-") as work:
            articles = Path(work) / "articles.jsonl"
            write_sample(articles, sample, lines=lines)
            folder = arguments.keep / f"{arguments.label}-{size}" if arguments.keep else Path(work) / "report"
            where = about(machine(), checkout=arguments.checkout)
            scanned = scan(articles, folder.absolute(), options=arguments.options, checkout=arguments.checkout)
        run = as_run(scanned, sample, articles=size, label=arguments.label, options=arguments.options)
        append_run(arguments.out / RUNS, {**run, **where})
        write_results(arguments.out, label=arguments.label)
        stages = ", ".join(f"{stage} {seconds_words(seconds)}" for stage, seconds in scanned.stages.items())
        print(
            f"{size:,} articles: {seconds_words(scanned.usage.seconds)} s ({stages}), "
            f"{scanned.usage.peak:,.0f} MiB {scanned.usage.memory}, {scanned.pairs:,} pairs, "
            f"{scanned.findings:,} findings",
            flush=True,
        )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _size(text: str) -> str:
    if text != "all" and not (text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text}: give a number of articles, or all")
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=_size, default=SIZES, metavar="N", help="articles, or all")
    parser.add_argument("--data", type=Path, default=NEWS, metavar="FILE", help=f"articles (usually {NEWS.name})")
    parser.add_argument("--seed", type=int, default=SEED, help="of the shuffle (%(default)s)")
    parser.add_argument("--label", default=LABEL, help="what to call these runs (%(default)s)")
    parser.add_argument("--checkout", type=Path, default=ROOT, metavar="DIR", help="whose contradict (this one's)")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where results go")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the reports there")
    parser.add_argument("--draw", action="store_true", help="only write table and chart of what is measured")
    parser.add_argument("options", nargs="*", metavar="-- OPTION", help="options of the scan")
    arguments = parser.parse_args()
    arguments.checkout = arguments.checkout.resolve()
    if arguments.draw:
        return as_program(lambda: write_results(arguments.out, label=arguments.label))
    return as_program(lambda: measure(arguments))


if __name__ == "__main__":
    sys.exit(main())
