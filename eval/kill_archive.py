"""Kills an archive at random moments while it is built, and fills its disk; is the result that of an undisturbed run?

    python eval/kill_archive.py                         # 50 kills, about a quarter of an hour on two cores
    python eval/kill_archive.py --kills 10 --articles 100

Articles are drawn from the news on two events in ../shared. `contradict archive add` runs as a process of its own and
is killed (SIGKILL, with its workers left to end by themselves) and begun again; one that ends before its kill has its
archive compared, and begins from nothing. The disk is a tmpfs that is too small, and is made larger when the command
has given up; it needs root. Compared are `findings.jsonl` and `pairs.jsonl`, byte for byte. Prints a table, and writes
it to `results/kills.json`.
"""

# ruff: noqa: S603, S607  # commands of our own, and mount

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from machine import about, machine

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news"
RESULTS = ROOT / "eval" / "results" / "kills.json"
COMMAND = [sys.executable, "-m", "contradict"]
SEED = 20
SIZES = (0.2, 0.5, 0.8, 1.1)  # of the disk, as shares of what the archive comes to


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one way of building the archive."""

    run: str
    disturbed: int
    stages: dict[str, int]  # how many of the disturbances came in which
    archives: int  # that were built through to the end and compared
    seconds: float
    same_findings: bool
    same_pairs: bool
    told: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args(arguments)
    sources = [NEWS / f"{name}.jsonl.xz" for name in ("haiti", "h1n1")]
    missing = [str(source) for source in sources if not source.is_file()]
    if missing:
        print(f"kill_archive: {', '.join(missing)}: not there; nothing to build an archive of")
        return 2
    run = about(machine())
    with tempfile.TemporaryDirectory(prefix="contradict-kills-") as name:
        place = Path(name)
        write_sample(sources, place / "news.jsonl", given.articles)
        started = time.monotonic()
        add(place, "undisturbed", given.jobs)
        seconds = time.monotonic() - started
        whole = scanned(place / "undisturbed")
        rows = [Row("undisturbed", 0, {}, 1, seconds, True, True)]
        print_rows(rows)
        rows.append(killed(place, whole, kills=given.kills, jobs=given.jobs, usual=seconds))
        print_rows(rows[-1:])
        rows += filled(place, whole, jobs=given.jobs)
        print_rows(rows[-1:])
    record = {
        "run": run,
        "articles": given.articles,
        "jobs": given.jobs,
        "findings": whole["findings.jsonl"][1],
        "pairs": whole["pairs.jsonl"][1],
        "rows": [asdict(row) for row in rows],
    }
    RESULTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return 0 if all(row.same_findings and row.same_pairs for row in rows) else 1


def write_sample(sources: Sequence[Path], target: Path, count: int) -> None:
    """A seeded sample of the articles, in the order of their files."""
    lines = []
    for source in sources:
        with lzma.open(source, "rt", encoding="utf-8") as file:
            lines += [line if line.endswith("\n") else f"{line}\n" for line in file if line.strip()]
    chosen = sorted(random.Random(SEED).sample(range(len(lines)), min(count, len(lines))))  # noqa: S311  # no secret
    target.write_text("".join(lines[number] for number in chosen), encoding="utf-8")


def start(place: Path, archive: str | Path, jobs: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "archive", "add", str(archive), "news.jsonl", "--quiet", "--jobs", str(jobs)],
        cwd=place, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def add(place: Path, archive: str | Path, jobs: int) -> None:
    process = start(place, archive, jobs)
    _, told = process.communicate()
    if process.returncode:
        raise SystemExit(f"kill_archive: an undisturbed run failed: {told}")


def scanned(archive: Path) -> dict[str, tuple[str, int]]:
    """The digest of the data files of a scan of an archive, and how many lines each has."""
    subprocess.run(
        [*COMMAND, "archive", "scan", str(archive), "--quiet", "--top", "0", "-o", f"{archive}-report"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    found = {}
    for name in ("findings.jsonl", "pairs.jsonl"):
        data = Path(f"{archive}-report", name).read_bytes()
        found[name] = hashlib.sha256(data).hexdigest(), data.count(b"\n")
    return found


def status_of(archive: Path) -> dict[str, int]:
    """What `archive status` says; no articles where there is no archive yet."""
    done = subprocess.run(
        [*COMMAND, "archive", "status", str(archive), "--json"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found: dict[str, int] = json.loads(done.stdout) if done.returncode == 0 else {"articles": 0}
    return found


def stage_of(archive: Path, articles: int) -> str:
    """What an archive of so many articles was at when it was cut off."""
    status = status_of(archive)
    if status["articles"] < articles:
        return "taking in"
    if status["to_read"]:
        return "reading"
    return "judging" if status["to_judge"] else "pairing, or done"


def row_of(run: str, archive: Path, whole: dict[str, tuple[str, int]], **rest: object) -> Row:
    found = scanned(archive)
    same = {name: found[name] == whole[name] for name in whole}
    return Row(run, same_findings=same["findings.jsonl"], same_pairs=same["pairs.jsonl"], **rest)  # type: ignore[arg-type]


def killed(place: Path, whole: dict[str, tuple[str, int]], *, kills: int, jobs: int, usual: float) -> Row:
    """Kills the command at moments up to what it usually takes; a run that ends before its kill is begun anew."""
    moments = random.Random(SEED)  # noqa: S311  # no secret
    archive = place / "killed"
    started = time.monotonic()
    stages: Counter[str] = Counter()
    results: list[Row] = []
    articles = status_of(place / "undisturbed")["articles"]  # some records hold none that is compared
    while True:
        process = start(place, archive, jobs)
        if stages.total() == kills:
            process.wait()
        try:
            process.wait(moments.uniform(0.02, 0.9) * usual)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            stages[stage_of(archive, articles)] += 1
            continue
        _, told = process.communicate()
        if process.returncode:
            raise SystemExit(f"kill_archive: after {stages.total()} kills the command failed by itself: {told}")
        results.append(
            row_of(
                "killed", archive, whole, disturbed=stages.total(), stages=dict(stages), archives=len(results) + 1,
                seconds=time.monotonic() - started,
            )
        )  # fmt: skip
        if stages.total() == kills:
            return replace(
                results[-1],
                same_findings=all(row.same_findings for row in results),
                same_pairs=all(row.same_pairs for row in results),
            )
        shutil.rmtree(archive)


def filled(place: Path, whole: dict[str, tuple[str, int]], *, jobs: int) -> list[Row]:
    """Builds the archive on a disk that is too small, and is made larger each time that the command has given up."""
    size = sum(path.stat().st_size for path in (place / "undisturbed").glob("archive.sqlite*"))
    disk = place / "disk"
    disk.mkdir()
    started = time.monotonic()
    lines: list[str] = []
    stages: Counter[str] = Counter()
    articles = status_of(place / "undisturbed")["articles"]  # some records hold none that is compared
    with tmpfs(disk, int(SIZES[0] * size)) as mounted:
        if not mounted:
            print("kill_archive: no tmpfs can be mounted here (that takes root): the full disk is left out")
            return []
        for share in (*SIZES, 8.0):
            resize(disk, int(share * size))
            process = start(place, disk / "archive", jobs)
            _, told = process.communicate()
            if process.returncode == 0:
                break
            if process.returncode != 2 or told.count("\n") != 1:
                raise SystemExit(f"kill_archive: a full disk is not told in one line: {told}")
            lines.append(told.strip())
            stages[stage_of(disk / "archive", articles)] += 1
        shutil.copytree(disk / "archive", place / "filled")
    return [
        row_of(
            "disk full", place / "filled", whole, disturbed=len(lines), stages=dict(stages), archives=1,
            seconds=time.monotonic() - started, told=lines[0] if lines else "",
        )
    ]  # fmt: skip


@contextmanager
def tmpfs(folder: Path, size: int) -> Iterator[bool]:
    """A file system in memory of so many bytes; False where none can be had."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)


def resize(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


def print_rows(rows: Sequence[Row]) -> None:
    for row in rows:
        met = f" ({', '.join(f'{count} {stage}' for stage, count in sorted(row.stages.items()))})" if row.stages else ""
        same = "the same" if row.same_findings and row.same_pairs else "DIFFERENT"
        print(
            f"{row.run:<12} {row.disturbed:>4} times{met}; {row.archives} built, {same} findings and pairs; "
            f"{row.seconds:.0f} s",
            flush=True,
        )
        if row.told:
            print(f"{'':<12} said: {row.told}")


if __name__ == "__main__":
    sys.exit(main())
