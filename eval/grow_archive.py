"""An archive of very many articles: how long it takes to make, to scan, and to add some more to it.

    python eval/grow_archive.py                            # the whole set, of which the last 100 come later
    python eval/grow_archive.py --articles 4000 --later 50

Four commands, each a whole process as a user starts it: `archive add` of all articles but the last few of the shuffle,
`archive scan`, `archive add` of those few, and `archive scan` again, which has to write the report of all anew. Each is
told with its seconds, processor time and peak memory. `--keep DIR` keeps the archive. Adds to results/archive.json, and
writes results/archive.md from the latest run of every sample.
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
from run_log import RESULTS, Run, append_run, latest, read_runs, seconds_words, table
from scanned import finished, ran

RUNS, TABLE = "archive.json", "archive.md"
LATER = 100
ARCHIVE = "archive"


def as_markdown(runs: Sequence[Run]) -> str:
    """The latest run of every sample as tables."""
    lines = [
        "# An archive that grows",
        "",
        "Made by `python eval/grow_archive.py`; memory is of all processes together.",
    ]
    for run in runs:
        told = ", ".join(f"{name} {seconds_words(seconds)}" for name, seconds in run["stages"].items())
        rows = [
            [step["step"], seconds_words(step["seconds"]), seconds_words(step["processor"]), f"{step['peak_mib']:,.0f}"]
            for step in run["steps"]
        ]
        lines += [
            "",
            f"## {run['sample']}",
            "",
            *(f"- {name}: {run[name]}" for name in ("date", "commit", "machine", "load at the start")),
            f"- what the first `archive add` said: {run['said'][0]}",
            f"- what the second said: {run['said'][1]}",
            f"- {run['pairs']:,} pairs listed in {run['findings']:,} findings; {run['bytes']:,} bytes on disk",
            f"- stages of the last scan, seconds: {told}",
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
        (folder / "first.jsonl").write_bytes(b"".join(lines[: -arguments.later]))
        (folder / "later.jsonl").write_bytes(b"".join(lines[-arguments.later :]))
        steps, said = [], []
        for step, words in (
            (f"add {count - arguments.later:,} articles", ["add", ARCHIVE, "first.jsonl"]),
            ("scan", ["scan", ARCHIVE]),
            (f"add {arguments.later:,} more", ["add", ARCHIVE, "later.jsonl"]),
            ("scan again", ["scan", ARCHIVE]),
        ):
            usage = ran("archive", *words, cwd=folder)
            steps.append({"step": step, **usage.record()})
            print(f"{step}: {usage.seconds:.1f} s, {usage.peak:,.0f} MiB {usage.memory}", flush=True)
            if words[0] == "add":
                said.append(usage.stdout.strip().splitlines()[-1])
                print(said[-1], flush=True)
        scanned = finished(usage, folder / ARCHIVE / "report")
        size = sum(file.stat().st_size for file in (folder / ARCHIVE).glob("archive.sqlite*"))
    append_run(
        arguments.out / RUNS,
        {
            **where, "sample": sample.words, "later": arguments.later, "steps": steps, "said": said,
            "stages": scanned.stages, "pairs": scanned.pairs, "findings": scanned.findings, "bytes": size,
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
