"""Train the gate: two small forests that tell on numbers alone which pairs the full line never lists.

    python train_gate.py first              # some 10 minutes on two cores; writes gate.npz
    python train_gate.py second ARCHIVE     # adds the closer look, from pairs that an archive judged behind the first

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
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from train_head import arrays

from contradict.archive import Archive, Rules
from contradict.archive.judging import cosines_of, quantised
from contradict.archive.pairing import Table, load_table, pair
from contradict.archive.reading import Shelf
from contradict.archive.store import Store
from contradict.columns import DATE
from contradict.encoders import load_encoder
from contradict.forest import Forest
from contradict.gate import FEATURES, features, possible
from contradict.gate import cosines_of as static_cosines
from contradict.matter import clause_of, masked
from contradict.pairs import answered
from contradict.parallel import Workers
from contradict.types import LISTED, Pair
from contradict.verdicts import judge_pairs, load_head

HERE = Path(__file__).resolve().parent
NEWS = HERE.parent.parent / "shared" / "data" / "news"
HELD_BACK_DAYS = (date(2020, 3, 1).toordinal(), date(2020, 5, 31).toordinal())  # what recall is measured on
MONTHS = ("2013-04", "2014-09", "2016-10", "2018-05", "2019-10", "2020-01", "2020-06")
SEED = 7
TREES, LEAF, DEPTH = 24, 20, 12
DRAWN = 0.35  # share of the pairs that are judged
MOST = 400_000  # pairs that are not listed, drawn at random
ROUNDS = 200  # trees of the closer look
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
        print(pair(store, load_table(store), count=Rules().neighbours, within=False, gate=None), file=sys.stderr)


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


def first(output: Path) -> None:
    """The first look, on pairs of articles read for it."""
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
    told(forest.predict_proba(rows[seen][held])[:, 1], listed[seen][held])
    named = {f"listed_{field}": array for field, array in arrays(forest).items()}
    np.savez_compressed(output, features=np.array(FEATURES), lines=lines_of(static, cosines), **named)


def second(folder: Path, output: Path) -> None:
    """The closer look, on what the first let through in an archive and the full line then judged."""
    with Store(folder) as store:
        table = load_table(store)
        pairs = np.concatenate([np.frombuffer(lot, "<i4").reshape(-1, 2) for _, lot in store.lots(judged=True)])
        keys = {frozenset((one, other)) for one, other, _ in store.verdicts()}
    listed = np.array([frozenset(pair) in keys for pair in pairs.tolist()])
    places = table.place[pairs].astype(np.int64)
    one, other = places.min(axis=1), places.max(axis=1)
    days = table.claims.rows["published"][np.stack([one, other])]
    held_back = ((days >= HELD_BACK_DAYS[0]) & (days <= HELD_BACK_DAYS[1])).any(axis=0)
    dates = table.claims.rows["flags"][one] & DATE > 0
    used = np.flatnonzero((places >= 0).all(axis=1) & ~held_back & ~dates)
    one, other, listed = one[used], other[used], listed[used]
    rows = features(table.claims, one, other)
    print(f"{len(listed)} pairs, {listed.sum()} listed", file=sys.stderr)
    held = np.random.default_rng(SEED).random(len(listed)) < 0.2
    forest = HistGradientBoostingClassifier(
        max_iter=ROUNDS, learning_rate=0.1, max_leaf_nodes=31, class_weight={0: 1.0, 1: 4 * WEIGHT},
        early_stopping=False, random_state=SEED,
    )  # fmt: skip
    forest.fit(rows[~held], listed[~held])
    boosted = boosted_arrays(forest)
    told(Forest(**boosted).shares(rows[held])[:, 0], listed[held])
    with np.load(output) as before:
        kept = {name: before[name] for name in before if not name.startswith("closer_")}
    np.savez_compressed(output, **kept, **{f"closer_{field}": array for field, array in boosted.items()})


def boosted_arrays(model: HistGradientBoostingClassifier) -> dict[str, np.ndarray]:
    """The trees of a boosted model end to end, as a `Forest` has them: the value of a leaf is what it adds to the
    log-odds, so that a forest's share is their mean."""
    parts: dict[str, list[np.ndarray]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots, start = [], 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(start)
        parts["feature"].append(np.where(leaf, -1, nodes["feature_idx"]).astype(np.int32))
        parts["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]).astype(np.float32))
        for side in ("left", "right"):
            parts[side].append(np.where(leaf, 0, nodes[side].astype(np.int64) + start).astype(np.int32))
        parts["value"].append(nodes["value"].astype(np.float32)[:, None])
        start += len(nodes)
    return {name: np.concatenate(found) for name, found in parts.items()} | {"roots": np.array(roots, dtype=np.int32)}


def told(shares: np.ndarray, listed: np.ndarray) -> None:
    """What is kept of the listed pairs, and what of the others then passes."""
    for recall in (0.9995, 0.999, 0.998, 0.995, 0.99, 0.98):
        share = np.quantile(shares[listed], 1 - recall)
        print(f"from {share:.5f}: keeps {recall} of the listed, {(shares[~listed] >= share).mean():.4f} of the others")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("first", "second"))
    parser.add_argument("archive", type=Path, nargs="?", help="for the second: an archive of news, judged")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "gate.npz")
    arguments = parser.parse_args()
    if arguments.step == "first":
        first(arguments.output)
    else:
        second(arguments.archive, arguments.output)
    print(f"{arguments.output}: {arguments.output.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
