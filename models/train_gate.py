"""Train the gate: two looks of boosted trees that tell on numbers alone which pairs the full line never lists.

    python train_gate.py first             # the first look alone, which then stands for both; some 10 minutes
    contradict archive add ARCHIVE ../../shared/data/news/allsides.jsonl.xz
    python train_gate.py gather ARCHIVE    # of the pairs that met there a share judged, in place of what was judged
    python train_gate.py second ARCHIVE    # both looks, from that archive; a minute

It learns from the full line itself, on unlabelled news: of candidate pairs, whether the verdict head lists them with
the encoder's own cosines. Months that `eval/` measures on are left out. Needs `catboost` besides what the package
needs.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from boosted import boosted_of
from news_texts import HELD_BACK

from contradict.archive import Archive, Rules
from contradict.archive.judging import cosines_of, judge_lots, quantised
from contradict.archive.ordering import by_topic
from contradict.archive.pairing import Table, kept_keys, load_table, lots_of_pairs, pair
from contradict.archive.reading import Shelf
from contradict.archive.store import Store
from contradict.boosting import Boosted, save_trained
from contradict.candidates import REACH, split_keys
from contradict.columns import DATE
from contradict.encoders import load_encoder
from contradict.gate import FEATURES, TREES, features, load_gate, possible
from contradict.matter import clause_of, masked
from contradict.pairs import answered
from contradict.parallel import Workers
from contradict.progress import Silent
from contradict.types import LISTED, Pair
from contradict.verdicts import judge_pairs, load_head

HERE = Path(__file__).resolve().parent
NEWS = HERE.parent.parent / "shared" / "data" / "news"
MONTHS = ("2013-04", "2014-09", "2016-10", "2018-05", "2019-10", "2020-01", "2020-06")
SEED = 7
DRAWN = 0.35  # share of the pairs of those months that are judged
JUDGED = 0.4  # share of the pairs that met in all articles, of which those that the first look lets through are judged
MET = 3_000_000  # pairs drawn of all that met


@dataclass(frozen=True, slots=True)
class Look:
    """How a look is learned, and the share of the listed pairs that it is to keep."""

    trees: int
    depth: int
    rate: float
    keeps: float


FIRST, CLOSER = Look(48, 6, 0.3, 0.9998), Look(1000, 8, 0.08, 0.9997)
COSINES = Look(400, 6, 0.1, 0.975)  # here the share of the cosines that lie below the highest expected


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


def judged(store: Store, table: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Both claims of every pair of figures that no rule forbids, whether the full line lists it, and the encoder's
    cosines."""
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
    return one, other, listed, cosines


def foretold(columns: np.ndarray, cosines: np.ndarray) -> tuple[Boosted, float]:
    """Trees that foretell the encoder's cosines, from four fifths of the pairs, and how far the rest lie above."""
    from catboost import CatBoostRegressor

    held = np.random.default_rng(SEED).random(len(cosines)) < 0.2
    model = CatBoostRegressor(
        iterations=COSINES.trees, depth=COSINES.depth, learning_rate=COSINES.rate, bootstrap_type="No",
        random_seed=SEED, verbose=False, allow_writing_files=False,
    )  # fmt: skip
    model.fit(columns[:, ~held].T, cosines[~held])
    trees = boosted_of(model)
    above = cosines[held] - trees.sums(columns[:, held])
    print(
        f"cosines: spread {np.std(above):.3f}, {COSINES.keeps} lie below {np.quantile(above, COSINES.keeps):.3f} above"
    )
    return trees, float(np.quantile(above, COSINES.keeps))


def first(output: Path) -> None:
    """The first look, on pairs of articles read for it."""
    with tempfile.TemporaryDirectory() as name, Workers(0) as workers:
        folder = Path(name)
        read(folder, workers)
        with Store(folder / "archive") as store:
            table = load_table(store)
            one, other, listed, cosines = judged(store, table)
            columns = features(table.claims, one, other)
    look, least = fitted(columns, listed, FIRST)
    sentence, clause = (foretold(columns, part) for part in cosines.T)
    save(output, (look, look, sentence[0], clause[0]), (least, -np.inf), (sentence[1], clause[1]))


def gather(folder: Path) -> None:
    """Of all pairs that met in an archive, a share of those that the first look lets through, judged by the full line.

    What was judged in it before is forgotten, and whoever scans it next judges it anew: but a share is judged after
    this.
    """
    gate = replace(load_gate(), least=np.array([load_gate().least[0], -np.inf], dtype=np.float32))
    with Archive(folder, writable=True, rules=Rules()), Workers(0) as workers, Store(folder, writable=True) as store:
        table = load_table(store)
        met = kept_keys(store, table, count=Rules().neighbours * REACH)
        random = np.random.default_rng(SEED)
        drawn = met[random.random(len(met)) < JUDGED]
        passed = drawn[gate.passes(table.claims, drawn, threads=workers.jobs)]
        print(f"{len(met)} pairs met, {len(passed)} of {len(drawn)} drawn are to judge", file=sys.stderr)
        one, other = split_keys(passed)
        order = by_topic(table.claims.owners, table.claims.vectors, one, other)
        with store.transaction():
            store.clear(("lots", "verdicts"))
            store.set_meta("models", "")
            store.add_lots(lots_of_pairs(table, one[order], other[order]))
        for wave in judge_lots(
            store, table, load_encoder(), gate=gate, keep=LISTED, workers=workers, progress=Silent()
        ):
            print(wave, file=sys.stderr, flush=True)


def second(folder: Path, output: Path) -> None:
    """Both looks: the archive judged a share of what the first lets through; what that refuses counts as not listed."""
    gate = load_gate()  # has to be the one that `gather` used
    with Store(folder) as store:
        table = load_table(store)
        pairs = np.concatenate([np.frombuffer(lot, "<i4").reshape(-1, 2) for _, lot in store.lots(judged=True)])
        known = {frozenset((one, other)) for one, other, _ in store.verdicts()}
        met = kept_keys(store, table, count=Rules().neighbours * REACH)
        columns, cosines = refined(store, table)
    sentence, clause = (foretold(columns, part) for part in cosines.T)
    listed = np.array([frozenset(pair) in known for pair in pairs.tolist()])
    places = table.place[pairs].astype(np.int64)
    one, other = places.min(axis=1), places.max(axis=1)
    used = usable(table, one, other)
    near, listed = features(table.claims, one[used], other[used]), listed[used]
    drawn = np.sort(np.random.default_rng(SEED).choice(met, min(len(met), MET), replace=False))
    one, other = split_keys(drawn)
    used = usable(table, one, other) & possible(table.claims.rows, one, other)
    far = features(table.claims, one[used], other[used])
    passed = gate.first.sums(far) >= gate.least[0]
    print(f"{len(listed)} pairs judged, {listed.sum()} listed; {passed.mean():.4f} of the others pass", file=sys.stderr)
    columns = np.hstack([near, far[:, ~passed]])
    listed = np.append(listed, np.zeros(columns.shape[1] - len(listed), dtype=bool))
    weights = np.ones(len(listed))
    weights[: near.shape[1]] = passed.sum() / near.shape[1]
    look, least = fitted(columns, listed, FIRST, weights=weights)
    open_ = look.sums(columns) >= least
    closer, least_closer = fitted(columns[:, open_], listed[open_], CLOSER, weights=weights[open_])
    save(output, (look, closer, sentence[0], clause[0]), (least, least_closer), (sentence[1], clause[1]))


def refined(store: Store, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """The features of all pairs that the encoder was asked about, and its cosines of them."""
    pairs = np.array([(one, other) for one, other, _, _ in store.judged()])
    places = table.place[pairs].astype(np.int64)
    one, other = places.min(axis=1), places.max(axis=1)
    used = usable(table, one, other, dates=True)
    one, other = one[used], other[used]
    rows = np.unique(np.concatenate([table.row[one], table.row[other]]))
    known = store.refined(rows.tolist())
    vectors = np.stack([np.frombuffer(known[row], dtype=np.int8) for row in rows.tolist()])
    cosines = cosines_of(vectors, *(np.searchsorted(rows, table.row[side]) for side in (one, other)))
    return features(table.claims, one, other), cosines


def usable(table: Table, one: np.ndarray, other: np.ndarray, *, dates: bool = False) -> np.ndarray:
    """(pairs,) which are of figures, or of `dates` too, of claims there still are, and of no month held back."""
    days = table.claims.rows["published"][np.stack([one, other])]
    first, last = (day.toordinal() for day in HELD_BACK)
    held_back = ((days >= first) & (days <= last)).any(axis=0)
    return (one >= 0) & ~held_back & (dates | (table.claims.rows["flags"][one] & DATE == 0))


def fitted(
    columns: np.ndarray, listed: np.ndarray, look: Look, *, weights: np.ndarray | None = None
) -> tuple[Boosted, float]:
    """A look learned from four fifths of the pairs, and the log-odds that keep its share of the listed of the rest."""
    from catboost import CatBoostClassifier

    held = np.random.default_rng(SEED).random(len(listed)) < 0.2
    model = CatBoostClassifier(
        iterations=look.trees, depth=look.depth, learning_rate=look.rate, bootstrap_type="No", border_count=254,
        random_seed=SEED, verbose=False, allow_writing_files=False,
    )  # fmt: skip
    weights = np.ones(len(listed)) if weights is None else weights
    model.fit(columns[:, ~held].T, listed[~held], sample_weight=weights[~held])
    trees = boosted_of(model)
    odds = trees.sums(columns[:, held])
    of_others = weights[held] * ~listed[held]
    for keeps in sorted({0.9998, 0.9995, 0.999, 0.998, 0.995, 0.99, 0.98, look.keeps}, reverse=True):
        least = np.quantile(odds[listed[held]], 1 - keeps)
        others = of_others[odds >= least].sum() / of_others.sum()
        print(f"{look.trees} trees, from {least:.3f}: {keeps} of the listed, {others:.4f} of the others")
    return trees, float(np.quantile(odds[listed[held]], 1 - look.keeps))


def save(
    output: Path, trees: tuple[Boosted, Boosted, Boosted, Boosted], least: tuple[float, float],
    slack: tuple[float, float],
) -> None:  # fmt: skip
    named = dict(zip(TREES, trees, strict=True))
    save_trained(output, named, FEATURES, least=np.array(least, np.float32), slack=np.array(slack, np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("first", "gather", "second"))
    parser.add_argument("archive", type=Path, nargs="?", help="made by `contradict archive add`")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "gate.npz")
    arguments = parser.parse_args()
    if arguments.step == "first":
        first(arguments.output)
    elif arguments.archive is None:
        parser.error("name the archive")
    elif arguments.step == "gather":
        gather(arguments.archive)
    else:
        second(arguments.archive, arguments.output)


if __name__ == "__main__":
    main()
