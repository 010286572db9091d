"""Exact nearest neighbours against approximate ones: how long they take, and how many of the 20 nearest they find.

    python eval/bench_index.py --vectors static.npy minilm.npy --sizes 10000 20000 40000
    pip install faiss-cpu usearch                                what is not installed is left out, and said

The vectors are the rows of .npy files (float32 or what becomes it), of unit length or brought to it. On a random subset
of each size every vector looks for its nearest others: by float32 products in tiles of numpy, which is exact; by
faiss-cpu, inverted lists, with a few numbers of probes; by usearch, a graph of int8 vectors, with a few breadths of the
search. `recall` is the share of the exact nearest that are among those found; where vectors are equal, either may be
among the exact ones, and that costs a little. All take as many threads as --threads says.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands import Missing, as_program
from machine import about, machine
from run_log import RESULTS, append_run, latest, read_runs, seconds_words, table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZES = (10_000, 20_000, 40_000)
NEAREST = 20
PROBES = (4, 8, 16, 32)  # lists of faiss that a search opens
BREADTHS = (64, 128)  # of usearch, at building and searching
CONNECTIVITY = 16
TRAIN = 40  # vectors of the sample for each list that faiss learns: it asks for 39
TILE = 512  # rows of cosines held at once
SEED = 20
RUNS, TABLE = "index.json", "index.md"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Found:
    """One way to search: seconds to build its index and to search; numbers of the found, (vectors, nearest)."""

    way: str
    build: float
    search: float
    nearest: NDArray[np.int64]


def exact(vectors: NDArray[np.float32], count: int) -> Found:
    """The nearest of every vector by all products, a tile of rows at a time."""
    import numpy as np

    began = time.perf_counter()
    nearest = np.empty((len(vectors), count), dtype=np.int64)
    for start in range(0, len(vectors), TILE):
        near = vectors[start : start + TILE] @ vectors.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -2
        nearest[start : start + TILE] = np.argpartition(-near, count - 1, axis=1)[:, :count]
    return Found("numpy float32, tiles (exact)", 0.0, time.perf_counter() - began, nearest)


def inverted_lists(vectors: NDArray[np.float32], count: int, *, threads: int) -> Iterator[Found]:
    """faiss: as many lists as is usual, four times the root of the number of vectors, by a few numbers of probes."""
    import faiss

    faiss.omp_set_num_threads(threads)
    lists = max(int(4 * len(vectors) ** 0.5), 1)
    lists = min(lists, max(len(vectors) // TRAIN, 1))
    began = time.perf_counter()
    coarse = faiss.IndexFlatIP(vectors.shape[1])
    index: Any = faiss.IndexIVFFlat(coarse, vectors.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[: lists * TRAIN])  # their order is random
    index.add(vectors)
    build = time.perf_counter() - began
    for probes in PROBES:
        if probes <= lists:
            index.nprobe = probes
            began = time.perf_counter()
            _, nearest = index.search(vectors, count + 1)
            search = time.perf_counter() - began
            yield Found(f"faiss IVF{lists}, {probes} probes", build, search, without_self(nearest, count))


def graph(vectors: NDArray[np.float32], count: int, *, threads: int) -> Iterator[Found]:
    """usearch: int8 vectors in a graph, by a few breadths."""
    import numpy as np
    from usearch.index import Index

    for breadth in BREADTHS:
        began = time.perf_counter()
        index = Index(
            ndim=vectors.shape[1],
            metric="cos",
            dtype="i8",
            connectivity=CONNECTIVITY,
            expansion_add=breadth,
            expansion_search=breadth,
        )
        index.add(np.arange(len(vectors)), vectors, threads=threads)
        build = time.perf_counter() - began
        began = time.perf_counter()
        nearest = np.asarray(index.search(vectors, count + 1, threads=threads).keys, dtype=np.int64)
        search = time.perf_counter() - began
        yield Found(f"usearch int8, breadth {breadth}", build, search, without_self(nearest, count))


def without_self(nearest: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The first `count` of each row without the row's own number."""
    import numpy as np

    own = nearest == np.arange(len(nearest))[:, None]
    own[~own.any(axis=1), -1] = True  # not among its own nearest: the last one goes
    return np.asarray(nearest[~own].reshape(len(nearest), -1)[:, :count])


def recall(found: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """The mean share of the right ones of a row that are among the found ones of that row."""
    import numpy as np

    hits = sum(len(np.intersect1d(one, other)) for one, other in zip(found, right, strict=True))
    return hits / right.size


def subset(file: Path, size: int, *, seed: int) -> NDArray[np.float32]:
    """Random rows of a file of vectors, of unit length. Raises `Missing` where it has too few."""
    import numpy as np

    if not file.exists():
        raise Missing(f"{file}: no such file; numpy.save the vectors there")
    vectors = np.load(file, mmap_mode="r")
    if vectors.ndim != 2 or len(vectors) < size:
        raise Missing(f"{file}: {vectors.shape}, and {size:,} vectors were asked for; name fewer with --sizes")
    rows = np.random.default_rng(seed).permutation(len(vectors))[:size]
    taken = np.ascontiguousarray(vectors[rows], dtype=np.float32)
    lengths = np.linalg.norm(taken, axis=1, keepdims=True)
    return np.asarray(taken / np.where(lengths > 0, lengths, 1))


def measure(arguments: argparse.Namespace) -> None:
    ways: dict[str, Callable[..., Iterator[Found]]] = {"faiss": inverted_lists, "usearch": graph}
    for name, package in (("faiss", "faiss-cpu"), ("usearch", "usearch")):
        if importlib.util.find_spec(name) is None:
            del ways[name]
            print(f"left out, since it is not installed: pip install {package}", file=sys.stderr)
    where = about(machine())
    for file in arguments.vectors:
        for size in arguments.sizes:
            vectors = subset(file, size, seed=arguments.seed)
            truth = exact(vectors, arguments.nearest)
            others = (way(vectors, arguments.nearest, threads=arguments.threads) for way in ways.values())
            for found in chain([truth], *others):
                run = {
                    **where,
                    "vectors": file.stem,
                    "dimensions": vectors.shape[1],
                    "size": size,
                    "nearest": arguments.nearest,
                    "threads": arguments.threads,
                    "way": found.way,
                    "build": round(found.build, 3),
                    "search": round(found.search, 3),
                    "recall": round(recall(found.nearest, truth.nearest), 4),
                }
                append_run(arguments.out / RUNS, run)
                print("  ".join(_row(run)), flush=True)
    text = as_markdown(latest(read_runs(arguments.out / RUNS), "vectors", "size", "nearest", "threads", "way"))
    (arguments.out / TABLE).write_text(text, encoding="utf-8")


def as_markdown(runs: Sequence[Any]) -> str:
    """The latest run of every way, by vectors and size."""
    return "\n".join(
        [
            "# Nearest neighbours: exact against approximate",
            "",
            "Made by `python eval/bench_index.py`; [README](../README.md) says what is measured. Every vector looks",
            "for its nearest others among as many; `recall` is the share of the exact ones found.",
            "",
            *(
                f"- {name}: {'; '.join(dict.fromkeys(str(run[name]) for run in runs))}"
                for name in ("date", "commit", "machine", "load at the start")
            ),
            "",
            *table(
                ["vectors", "way", "size", "nearest", "threads", "build, s", "search, s", "recall"],
                [_row(run) for run in runs],
                left=2,
            ),
            "",
        ]
    )


def _row(run: Any) -> list[str]:
    return [
        f"{run['vectors']} ({run['dimensions']})",
        run["way"],
        f"{run['size']:,}",
        str(run["nearest"]),
        str(run["threads"]),
        seconds_words(run["build"]),
        seconds_words(run["search"]),
        f"{run['recall']:.3f}",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", nargs="+", type=Path, required=True, metavar="FILE.npy", help="one set a file")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="vectors of a subset")
    parser.add_argument("--nearest", type=int, default=NEAREST, metavar="K", help="looked for (%(default)s)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="of each way (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the subsets (%(default)s)")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where results go")
    arguments = parser.parse_args()
    os.environ.update(dict.fromkeys(_THREADS, str(arguments.threads)))  # numpy is imported after this
    return as_program(lambda: measure(arguments))


if __name__ == "__main__":
    sys.exit(main())
