"""What a scan's stages do in a second, beside the best that this machine could do of the same.

    python eval/limits_scan.py --articles 4000
    python eval/limits_scan.py --kept DIR       # the first scan of grow_archive.py --keep DIR

`contradict archive scan` reads, pairs and judges the articles as a process of its own; its run.json has the seconds of
each stage, its archive the work: characters, products of vectors, tokens. What takes more than a tenth of the time is
set beside a bound that is measured here right after:

- reading claims: one pass of a compiled expression over the same text, all words found and nothing made of them, on all
  cores: no reader in Python comes below that;
- pairing: the products of whole numbers that all claims of a block need with each other, each pair once, at the rate at
  which all cores multiply bytes in one large product;
- judging: the tokens of the texts that were encoded, at the rate of the encoder alone; and the encoder's products of
  bytes at the rate of that large product.

Of what grow_archive.py kept, the few articles that came later count as work, too: a third of a percent.

Writes results/limits.md.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from commands import as_program
from grow_archive import ARCHIVE, FIRST, REPORT
from machine import about, machine
from news_sample import add_sample_arguments, sample_of, write_sample
from run_log import RESULTS, seconds_words, table
from scanned import finished, ran, read_run, stages_of

from contradict.archive.pairing import Table, load_table
from contradict.archive.reading import Shelf
from contradict.archive.store import Store
from contradict.candidates import once
from contradict.encoders import load_encoder
from contradict.onnx import load_tokenizer, read_facts
from contradict.products import MOST, load_products

SIZE = 4000
TABLE = "limits.md"
MOST_TEXTS = 6000  # encoded to time the encoder
LEAST_SHARE = 0.1  # of the time, from which a stage is told of
WORD = re.compile(r"\w+")
# Multiplications and additions of MiniLM for a token: six layers, four square products of 384 and two of 384 by 1536.
ENCODER_OPS = 2 * 6 * (4 * 384**2 + 2 * 384 * 1536)


@dataclass(frozen=True, slots=True)
class Bound:
    """A stage's work, counted in `unit`, and how much of that a second the machine can do at best."""

    stage: str
    what: str
    unit: str
    work: float
    best: float


def product_rate(cores: int) -> float:
    """Operations a second in products of bytes, a thread for each core."""
    random = np.random.default_rng(1)
    rows, turned = (random.integers(-MOST, MOST + 1, size).astype(np.int8) for size in ((1024, 512), (512, 4096)))
    multiply = load_products()
    multiply(rows, turned)
    times = 20 * cores
    with ThreadPoolExecutor(cores) as pool:
        seconds = _timed(lambda: list(pool.map(lambda _: multiply(rows, turned).shape, range(times))))
    return float(2 * rows.size * turned.shape[1] * times / seconds)


def words_rate(text: str, cores: int) -> float:
    """Characters a second in which all words of a text are found, a process for each core."""
    with get_context("spawn").Pool(cores) as pool:
        pool.map(_words, [""] * cores)
        seconds = _timed(lambda: pool.map(_words, [text] * cores, chunksize=1))
    return cores * len(text) / seconds


def _words(text: str) -> int:
    return len(WORD.findall(text))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def products(found: Table) -> float:
    """Operations of the products of all claims of a block with each other, each pair once."""
    rows = found.claims.rows[once(found.claims.rows)]
    _, sizes = np.unique(rows["block"], return_counts=True)
    return float((sizes.astype(np.float64) ** 2).sum() * found.claims.vectors.shape[1])


def encoded_texts(store: Store, found: Table) -> list[str]:
    """The masked sentences and clauses of all claims that the encoder was asked about."""
    rows = np.array(sorted(store.refined(found.row.tolist())), dtype=np.int64)
    shelf = Shelf(store)
    texts: set[str] = set()
    for document, place in zip(
        *(each.tolist() for each in found.within(found.place[rows].astype(np.int64))), strict=True
    ):
        texts.update(shelf.texts(document, place))
    return sorted(texts)


def bounds(archive: Path, articles: Path, cores: int) -> list[Bound]:
    """The bounds of the stages, by the archive that the scan has made."""
    with Store(archive) as store:
        found = load_table(store)
        texts = encoded_texts(store, found)
    tokenizer = load_tokenizer(read_facts("minilm.json", weights="minilm.onnx", tokenizer="nli/tokenizer.json"))
    lengths = np.array([len(each) for each in tokenizer.encode_batch(texts)])
    drawn = np.random.default_rng(1).permutation(len(texts))[:MOST_TEXTS]
    encoder = load_encoder(threads=cores)
    encoder.encode(texts[:64])
    seconds = _timed(lambda: encoder.encode([texts[number] for number in drawn]))
    rate = product_rate(cores)
    text = "\n".join(json.loads(line)["text"] for line in articles.read_text(encoding="utf-8").splitlines()[:1000])
    total = sum(len(json.loads(line)["text"]) for line in articles.open(encoding="utf-8"))
    tokens = float(lengths.sum())
    return [
        Bound("extract", "characters, against finding their words", "million characters", total / 1e6,
              words_rate(text, cores) / 1e6),
        Bound("pair", "products of bytes", "GOP", products(found) / 1e9, rate / 1e9),
        Bound("judge", f"tokens of {len(texts):,} texts encoded, against the encoder alone", "thousand tokens",
              tokens / 1e3, lengths[drawn].sum() / seconds / 1e3),
        Bound("judge", "products of bytes within the encoder", "GOP", tokens * ENCODER_OPS / 1e9, rate / 1e9),
    ]  # fmt: skip


def as_markdown(about_run: dict[str, str], sample: str, seconds: dict[str, float], found: Sequence[Bound]) -> str:
    whole = sum(seconds.values())
    rows = [
        [
            bound.stage,
            seconds_words(seconds[bound.stage]),
            f"{seconds[bound.stage] / whole:.0%}",
            bound.what,
            f"{bound.work:,.0f} {bound.unit}",
            f"{bound.work / seconds[bound.stage]:,.1f}",
            f"{bound.best:,.1f}",
            f"{bound.work / bound.best / seconds[bound.stage]:.0%}",
        ]
        for bound in found
        if seconds[bound.stage] > LEAST_SHARE * whole
    ]
    others = ", ".join(f"{stage} {seconds_words(each)}" for stage, each in seconds.items())
    heads = ["stage", "seconds", "of the time", "what", "work", "a second", "at best", "of the best"]
    return "\n".join(
        [
            "# What limits a scan",
            "",
            "Made by `python eval/limits_scan.py`, whose docstring says what the bounds are.",
            "",
            f"- sample: {sample}",
            *(f"- {name}: {about_run[name]}" for name in ("date", "commit", "machine", "load at the start")),
            f"- all stages, seconds: {others}",
            "",
            *table(heads, rows, left=1),
            "",
        ]
    )


def kept_stages(report: Path) -> dict[str, float]:
    """Seconds of each stage of a scan that ended earlier, and what is left of the time from its start to its end.

    The report tells its end, and is written after it: to write it takes further time, which is not told here.
    """
    run = read_run(report)
    started, ended = (datetime.fromisoformat(run[name]) for name in ("started", "finished"))
    return stages_of(run, (ended - started).total_seconds())


def measure(arguments: argparse.Namespace) -> None:
    where, cores = about(machine()), len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="limits-") as name:
        if arguments.kept is not None:
            folder, report = arguments.kept, arguments.kept / REPORT
            sample = "the archive that grow_archive.py kept"
            stages = kept_stages(report)
        else:
            folder, chosen = Path(name), sample_of(arguments, size=SIZE)
            sample = chosen.words
            write_sample(folder / FIRST, chosen)
            usage = ran("archive", "scan", ARCHIVE, FIRST, cwd=folder)
            stages = finished(usage, folder / ARCHIVE / "report").stages
        found = bounds(folder / ARCHIVE, folder / FIRST, cores)
    text = as_markdown(where, sample, stages, found)
    (arguments.out / TABLE).write_text(text, encoding="utf-8")
    print(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_sample_arguments(parser, size=SIZE)
    parser.add_argument("--kept", type=Path, metavar="DIR", help="kept by grow_archive.py: its first scan")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where results go")
    arguments = parser.parse_args()
    return as_program(lambda: measure(arguments))


if __name__ == "__main__":
    sys.exit(main())
