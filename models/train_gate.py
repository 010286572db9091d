"""Train the gate: a small forest that tells on numbers alone which pairs the full line never lists.

    python train_gate.py        # some 10 minutes on two cores; writes gate.npz

It learns from the full line itself, on unlabelled news: of every candidate pair, whether the verdict head lists it with
the encoder's own cosines. Months that `eval/` measures on are left out.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from train_head import arrays

from contradict.archive import Archive, Rules
from contradict.archive.judging import cosines_of, quantised, static_cosines
from contradict.archive.pairing import Table, load_table, pair
from contradict.archive.reading import Shelf
from contradict.archive.store import Store
from contradict.columns import DATE
from contradict.encoders import load_encoder
from contradict.gate import FEATURES, features, possible
from contradict.matter import clause_of, masked
from contradict.pairs import answered
from contradict.parallel import Workers
from contradict.types import LISTED, Pair
from contradict.verdicts import judge_pairs, load_head

HERE = Path(__file__).resolve().parent
NEWS = HERE.parent.parent / "shared" / "data" / "news"
HELD_BACK = ("2020-03", "2020-04", "2020-05")  # what eval/recall_scan.py measures on
MONTHS = ("2013-04", "2014-09", "2016-10", "2018-05", "2019-10", "2020-01", "2020-06")
SEED = 7
TREES, LEAF, DEPTH = 24, 20, 12
DRAWN = 0.35  # share of the pairs that are judged
MOST = 400_000  # pairs that are not listed, drawn at random
WEIGHT = 5.0  # of a listed pair against one that is not


def articles() -> Iterator[str]:
    """Lines of the archives: the chosen months, and the two sets on single events."""
    with lzma.open(NEWS / "allsides.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if (json.loads(line)["date"] or "").startswith(MONTHS):
                yield line
    for name in ("haiti", "h1n1"):
        with lzma.open(NEWS / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            yield from lines


def read(folder: Path, workers: Workers) -> None:
    """The articles into an archive in `folder`, every pair of neighbours written down to be judged."""
    news = folder / "news.jsonl"
    news.write_text("".join(articles()), encoding="utf-8")
    with Archive(folder / "archive", writable=True, rules=Rules()) as archive:
        archive.add([str(news)], workers=workers)
        archive.read(workers=workers)
    with Store(folder / "archive", writable=True) as store:
        print(pair(store, count=Rules().neighbours, within=False, gate=None), file=sys.stderr)


def judged(store: Store, table: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Both claims of every pair of figures that no rule forbids, whether the full line lists it, the static cosines and
    those of the encoder."""
    pairs = np.concatenate([np.frombuffer(lot, dtype="<i4").reshape(-1, 2) for _, lot in store.lots()])
    places = table.place[pairs].astype(np.int64)
    one, other = places.min(axis=1), places.max(axis=1)
    open_ = possible(table.claims.rows, one, other) & (table.claims.rows["flags"][one] & DATE == 0)
    drawn = np.random.default_rng(SEED).random(len(one)) < DRAWN
    one, other = one[open_ & drawn], other[open_ & drawn]
    shelf = Shelf(store)
    claims = [
        shelf.claims(number).compared(place)
        for number, count in zip(table.documents.tolist(), table.counts.tolist(), strict=True)
        for place in range(count)
    ]
    vectors = quantised(load_encoder().encode([masked(c) for c in claims] + [clause_of(c) for c in claims]))
    vectors = np.hstack([vectors[: len(claims)], vectors[len(claims) :]])
    cosines = cosines_of(vectors, one, other)
    beside: dict[object, list[int]] = {}
    for number, claim in enumerate(claims):
        beside.setdefault(id(claim.sentence), []).append(number)
    neighbours = [[claims[at] for at in beside[id(claim.sentence)]] for claim in claims]
    places_of = {id(claim): number for number, claim in enumerate(claims)}
    todo = (
        Pair(claims[i], claims[j], *cosine)
        for i, j, cosine in zip(one.tolist(), other.tolist(), cosines.tolist(), strict=True)
        if not answered(claims[i], claims[j], neighbours[i], neighbours[j])
    )
    found = set()
    for verdict in judge_pairs(todo, load_head(), keep=LISTED):
        found.add(frozenset((places_of[id(verdict.pair.a)], places_of[id(verdict.pair.b)])))
    listed = np.array([frozenset(each) in found for each in zip(one.tolist(), other.tolist(), strict=True)])
    return one, other, listed, static_cosines(table.claims, one, other), cosines


def lines_of(static: np.ndarray, cosines: np.ndarray) -> np.ndarray:
    """(2, 3): slope, height and spread of the encoder's cosines over the static ones, of sentences and clauses."""
    rows = []
    for column in range(2):
        slope, height = np.polyfit(static[:, column], cosines[:, column], 1)
        rows.append([slope, height, np.std(cosines[:, column] - slope * static[:, column] - height)])
    return np.array(rows, dtype=np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=HERE / "gate.npz")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Workers(0) as workers:
        folder = Path(name)
        read(folder, workers)
        with Store(folder / "archive") as store:
            table = load_table(store)
            one, other, listed, static, cosines = judged(store, table)
            rows = features(table.claims, one, other)
    print(f"{len(listed)} pairs, {listed.sum()} listed", file=sys.stderr)
    rng = np.random.default_rng(SEED)
    unlisted = np.flatnonzero(~listed)
    seen = np.concatenate([np.flatnonzero(listed), rng.choice(unlisted, min(MOST, len(unlisted)), replace=False)])
    held = rng.random(len(seen)) < 0.2  # of pairs, not of topics: only to read the threshold by; eval/ measures
    forest = ExtraTreesClassifier(
        TREES, min_samples_leaf=LEAF, max_depth=DEPTH, max_features=None, class_weight={0: 1.0, 1: WEIGHT},
        random_state=SEED, n_jobs=2,
    )  # fmt: skip
    forest.fit(rows[seen][~held], listed[seen][~held])
    shares = forest.predict_proba(rows[seen][held])[:, 1]
    truth = listed[seen][held]
    for share in (0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12):
        kept = shares >= share
        print(f"{share}: keeps {kept[truth].mean():.4f} of the listed, {kept[~truth].mean():.4f} of the others")
    named = {f"listed_{field}": array for field, array in arrays(forest).items()}
    np.savez_compressed(arguments.output, features=np.array(FEATURES), lines=lines_of(static, cosines), **named)
    print(f"{arguments.output}: {arguments.output.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
