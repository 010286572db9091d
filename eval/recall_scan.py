"""What a scan loses against the exact line: the share of the pairs listed by it that the scan lists, too.

    python eval/recall_scan.py --articles 1000
    python eval/recall_scan.py --since 2014-08 --until 2014-08      a month: articles on the same events
    python eval/recall_scan.py --articles 1000 --judged                     and what became of the pairs that are lost
    python eval/recall_scan.py --articles 1000 --stage near=met.tsv -- -j 1 and what a stage let through

The exact line (exact_line.py) gives every claim its vector by the full MiniLM, searches all neighbours exactly and
judges all pairs that meet; it takes long, and its outcome is kept in --cache. A pair is found strictly where the scan
lists the same two statements: document, sentence, and place of the figure or date in it. It is found, too, where the
scan lists two statements equal to them in words, since a sentence that is printed again is compared once, and the scan
may let another printing stand for it. `beyond` is what the scan lists and the exact line does not.

With --judged the articles are scanned once more with --all, and a lost pair either met and was judged otherwise, or
never met. A --stage file has what a stage let through: two statement ids a line (`Claim.statement`), with a tab between
them, or lines of pairs.jsonl where its name ends so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands import ROOT, Missing, as_program
from exact_line import reference
from machine import about, machine
from matching import Key, Listed, listed_of_record, places, relations, shares, unordered
from news_sample import add_sample_arguments, sample_of, write_sample
from run_log import RESULTS, Run, append_run, latest, read_runs, table
from scanned import records, scan

SIZE = 1000
RUNS, TABLE = "recall.json", "recall.md"
CACHE = ROOT / "out" / "exact"
KINDS = ("figure", "date")


def listed_pairs(folder: Path) -> list[Listed]:
    """What a scan lists on figures and dates."""
    return [listed_of_record(record) for record in records(folder / "pairs.jsonl") if record["kind"] in KINDS]


def judged_otherwise(lost: Sequence[Listed], judged: Path) -> dict[str, int]:
    """What the scan with --all says of the lost pairs: its relation, or that they never met."""
    said: dict[Key, str] = {}
    for record in records(judged / "pairs.jsonl"):
        pair = listed_of_record(record)
        for key in pair.keys:
            said.setdefault(key, pair.relation)
    return dict(Counter(next((said[key] for key in pair.keys if key in said), "never met") for pair in lost))


def stage_keys(file: Path) -> list[tuple[Key, ...]]:
    """The pairs that a stage let through. Raises `Missing` where the file is not there, or is none."""
    if not file.exists():
        raise Missing(f"{file}: no such file; write what the stage let through there")
    if file.suffix == ".jsonl":
        return [listed_of_record(record).keys for record in records(file)]
    found: list[tuple[Key, ...]] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        ids = line.split("\t")
        if len(ids) != 2:
            raise Missing(f"{file}:{number}: not two statement ids with a tab between them; write one pair a line")
        found.append((unordered(*ids),))
    return found


def as_markdown(runs: Sequence[Run]) -> str:
    """The latest run of every sample as tables."""
    lines = [
        "# What a scan loses against the exact line",
        "",
        "Made by `python eval/recall_scan.py`; [README](../README.md) says what is measured. `found`: the same two",
        "statements; `or equal in words`: those, or another printing of the same sentences.",
    ]
    for run in runs:
        heads = ["exact pairs", "pairs", "found", "share", "or equal in words", "share"]
        lines += [
            "",
            f"## {run['sample']}",
            "",
            *(f"- {name}: {run[name]}" for name in ("date", "commit", "machine")),
            f"- the scan: {run['scan']['seconds']:,.1f} s, options `{' '.join(run['options']) or 'none'}`; lists "
            f"{run['listed']:,} pairs ({_counted(run['listed by relation'])}), {run['beyond']:,} beyond the exact line "
            f"({_counted(run['beyond by relation'])})",
            *([f"- what became of the lost ones: {_counted(run['lost'])}"] if run.get("lost") else []),
            "",
            *table(heads, [_row(row) for row in run["shares"]]),
        ]
        if run["stages"]:
            rows = [[stage["stage"], f"{stage['pairs']:,}", *_row(stage)[1:]] for stage in run["stages"]]
            lines += ["", *table(["stage", "let through", *heads[1:]], rows)]
    return "\n".join(lines) + "\n"


def measure(arguments: argparse.Namespace) -> None:
    sample = sample_of(arguments, size=SIZE)
    stages = [(name, stage_keys(file)) for name, file in arguments.stage]
    with tempfile.TemporaryDirectory(prefix="recall-scan-") as folder:
        work = Path(folder)
        count = write_sample(work / "articles.jsonl", sample)
        where = about(machine(), checkout=arguments.checkout)
        started = time.perf_counter()

        def told(stage: str) -> None:
            print(f"{time.perf_counter() - started:8.1f} s  {stage}", file=sys.stderr, flush=True)

        wanted = reference(work / "articles.jsonl", arguments.cache, told=told)
        scanned = scan(work / "articles.jsonl", work / "report", options=arguments.options, checkout=arguments.checkout)
        told(f"scan: {scanned.usage.seconds:.1f} s")
        listed = listed_pairs(scanned.folder)
        found = shares(wanted, [pair.keys for pair in listed])
        own = places([pair.keys for pair in listed], [pair.keys for pair in wanted])
        beyond = [pair for pair, place in zip(listed, own, strict=True) if place is None]
        lost: dict[str, int] = {}
        if arguments.judged:
            options = [*arguments.options, "--all"]
            scan(work / "articles.jsonl", work / "judged", options=options, checkout=arguments.checkout)
            at = places([pair.keys for pair in wanted], [pair.keys for pair in listed])
            missed = [pair for pair, place in zip(wanted, at, strict=True) if place is None]
            lost = judged_otherwise(missed, work / "judged")
    run: dict[str, Any] = {
        **where,
        "sample": sample.words,
        "articles": count,
        "options": arguments.options,
        "scan": scanned.usage.record(),
        "exact": len(wanted),
        "listed": len(listed),
        "listed by relation": dict(relations(listed)),
        "beyond": len(beyond),
        "beyond by relation": dict(relations(beyond)),
        "lost": lost,
        "shares": [each.record() for each in found],
        "stages": [
            {"stage": name, "pairs": len(keys), **shares(wanted, keys)[0].record()} for name, keys in stages
        ],
    }  # fmt: skip
    append_run(arguments.out / RUNS, run)
    text = as_markdown(latest(read_runs(arguments.out / RUNS), "sample"))
    (arguments.out / TABLE).write_text(text, encoding="utf-8")
    print(as_markdown([run]))


def _row(row: Run) -> list[str]:
    return [
        str(row["name"]),
        f"{row['of']:,}",
        f"{row['strictly']:,}",
        _share(row["strictly"], row["of"]),
        f"{row['anyhow']:,}",
        _share(row["anyhow"], row["of"]),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else ""


def _counted(counts: Run) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items())) or "none"


def _stage(text: str) -> tuple[str, Path]:
    name, equals, file = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text}: write NAME=FILE")
    return name, Path(file)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_sample_arguments(parser, size=SIZE, period=True)
    parser.add_argument("--judged", action="store_true", help="scan again with --all, to see what became of lost pairs")
    parser.add_argument("--stage", type=_stage, action="append", default=[], metavar="NAME=FILE", help="see above")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help="keeps exact pairs (out/exact)")
    parser.add_argument("--checkout", type=Path, default=ROOT, metavar="DIR", help="whose contradict is scanned with")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where results go")
    parser.add_argument("options", nargs="*", metavar="-- OPTION", help="options of the scan")
    arguments = parser.parse_args()
    arguments.checkout = arguments.checkout.resolve()
    return as_program(lambda: measure(arguments))


if __name__ == "__main__":
    sys.exit(main())
