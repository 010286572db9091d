"""An archive of very many articles: how long it takes to make, to scan, and to add some more to it.

    python eval/grow_archive.py                            # the whole set, of which the last 100 come later
    python eval/grow_archive.py --articles 4000 --later 50

Three commands, each a whole process as a user starts it: `archive scan` of all articles but the last few of the
shuffle, which makes the archive, compares all with all and writes the report; `archive add` of those few; and `archive
scan` again, which has to write the report of all anew. Each is told with its seconds, processor time and peak memory.
`--keep DIR` keeps the archive and the report of the first scan, which limits_scan.py can set beside what this machine
can do. Adds to results/archive.json, and writes results/archive.md from the latest run of every sample.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from commands import as_program
from machine import about, machine
from news_sample import add_sample_arguments, sample_of, write_sample
from process import Usage
from run_log import RESULTS, Run, append_run, latest, read_runs, seconds_words, table
from scanned import finished, ran

RUNS, TABLE = "archive.json", "archive.md"
LATER = 100
ARCHIVE, FIRST, REPORT = "archive", "first.jsonl", "first"


def as_markdown(runs: Sequence[Run]) -> str:
    """The latest run of every sample as tables."""
    lines = [
        "# An archive that grows",
        "",
        "Made by `python eval/grow_archive.py`; memory is of all processes together.",
    ]
    for run in runs:
        rows = [
            [step["step"], seconds_words(step["seconds"]), seconds_words(step["processor"]), f"{step['peak_mib']:,.0f}"]
            for step in run["steps"]
        ]
        lines += [
            "",
            f"## {run['sample']}",
            "",
            *(f"- {name}: {run[name]}" for name in ("date", "commit", "machine", "load at the start")),
            f"- what `archive add` said: {run['said']}",
            f"- {run['pairs']:,} pairs listed in {run['findings']:,} findings; {run['bytes']:,} bytes on disk",
            f"- counts of the first scan: {', '.join(f'{count:,} {name}' for name, count in run['counts'].items())}",
            *(
                f"- stages of the {which} scan, seconds: "
                + ", ".join(f"{name} {seconds_words(seconds)}" for name, seconds in stages.items())
                for which, stages in zip(("first", "last"), run["stages"], strict=True)
            ),
            "",
            *table(["step", "seconds", "processor seconds", "peak MiB"], rows),
        ]
    return "\n".join(lines) + "\n"


def measure(arguments: argparse.Namespace) -> None:
    sample = sample_of(arguments, size=None)
    where = about(machine())
    keeping = nullcontext(str(arguments.keep)) if arguments.keep else tempfile.TemporaryDirectory(prefix="archive-")
    with keeping as name:
        folder = Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        count = write_sample(folder / "all.jsonl", sample)
        lines = (folder / "all.jsonl").read_bytes().splitlines(keepends=True)
        (folder / "all.jsonl").unlink()
        (folder / FIRST).write_bytes(b"".join(lines[: -arguments.later]))
        (folder / "later.jsonl").write_bytes(b"".join(lines[-arguments.later :]))
        steps = []

        def timed(step: str, *words: str) -> Usage:
            usage = ran("archive", *words, cwd=folder)
            steps.append({"step": step, **usage.record()})
            print(f"{step}: {usage.seconds:.1f} s, {usage.peak:,.0f} MiB {usage.memory}", flush=True)
            return usage

        first = timed(f"scan of {count - arguments.later:,} articles", "scan", ARCHIVE, FIRST, "-o", REPORT)
        said = timed(f"add {arguments.later:,} more", "add", ARCHIVE, "later.jsonl").stdout.strip().splitlines()[-1]
        last = timed("scan again", "scan", ARCHIVE)
        scans = [finished(first, folder / REPORT), finished(last, folder / ARCHIVE / "report")]
        size = sum(file.stat().st_size for file in (folder / ARCHIVE).glob("archive.sqlite*"))
    append_run(
        arguments.out / RUNS,
        {
            **where, "sample": sample.words, "later": arguments.later, "steps": steps, "said": said,
            "stages": [scan.stages for scan in scans], "counts": scans[0].run["counts"], "pairs": scans[1].pairs,
            "findings": scans[1].findings, "bytes": size,
        },
    )  # fmt: skip
    text = as_markdown(latest(read_runs(arguments.out / RUNS), "sample"))
    (arguments.out / TABLE).write_text(text, encoding="utf-8")
    print(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_sample_arguments(parser, size=None)
    parser.add_argument("--later", type=int, default=LATER, metavar="N", help="come later (%(default)s)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the archive there")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where results go")
    arguments = parser.parse_args()
    return as_program(lambda: measure(arguments))


if __name__ == "__main__":
    sys.exit(main())
