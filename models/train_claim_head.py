"""Trains the head of claims without figures and writes it as JSON.

    python models/train_claim_head.py --news ../shared/data/news/allsides.jsonl.xz \\
        --labelled ../shared/gold/pairs_train.jsonl [-o models/claim_head.json]

What it learns from stands in `claim_rows.py`. Boosted trees tell whether two claims are about one matter, from all that
is known of them: to a regression real sentences on neighbouring matters look like conflicts. Two logistic regressions
tell the rest: of one matter, whether they differ, from which way the judge leans and from denials and opposites; and,
of claims with something in another's place, whether that is a conflict, from all of it. What differs between invented
and real rows for other reasons is no feature: outlets, how much of the wording a conflict keeps, and of dates only
whether the two are of two days, which makes a rival likelier to be none (another day's number is another number).

What it is worth in a scan is told by pairs that scans had listed, or nearly, and that were read (`claim_labels.jsonl`):
it learns from those of lots 6 and 7, and nothing from those of lot 3.
Needs `catboost`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from claim_rows import (
    MEASURED,
    OF_HEAD,
    Row,
    altered,
    asked_about,
    labelled,
    listed,
    near_misses,
    retold,
    rewrites,
    untold_by_figures,
    weeks_measured,
)

from contradict.boosting import PARTS
from contradict.calibration import Scaling, scaling_of
from contradict.claim_verdicts import CLASSES, RIVALS, SUSPECT, ClaimHead, evidence_rows, part_of
from contradict.nli import BothOrders, EntailmentJudge, judge_both, load_judge
from contradict.types import Inference, Pair, Relation

HERE = Path(__file__).resolve().parent
SHARED = """neutral_most neutral_least covered_most covered_least words_shared matched names_shared names_overlap
names_alone rivals_apart topic_overlap shorter""".split()
DIFFERS = """contradiction_most contradiction_least entailment_most entailment_least denied_most denied_least
matched_numbers matched_names under_denial denials_differ clash_negation opposed opposed_near""".split()
PLACED = """neutral_most neutral_least contradiction_most contradiction_least denied_most denied_least covered_most
covered_least words_shared matched matched_numbers matched_names names_shared names_alone rivals_apart shorter rival_one
rival_sole rival_near rival_person rival_place rival_date rival_year rival_figure rival_rank mended_entailment
mended_gain mended_relief other_day""".split()
FEATURES = sorted({RIVALS, *SHARED, *DIFFERS, *PLACED})
TREES, LEVELS, RATE, LEAF_PENALTY = 300, 4, 0.06, 10  # of the matter
# calls 2 of the 81 faithful rewrites of planted_dev conflicts, and none of the 119 pairs of claims_dev
THRESHOLD = 0.61
RIVAL_WEIGHT = 2.0  # of all conflicts with rivals against all other rows with them
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
ARTICLES = 600  # of which all related pairs are taken for unrelated
QUIET = 2500  # real pairs that the judge is not suspicious of, beside all that it is
REAL_WEIGHT = 0.3  # of all unlabelled rows against all rewrites
LABELLED_WEIGHT = 3.0  # of a labelled pair of news against a rewrite: the only rows of which both sides are real
SEED = 5
PENALTY = 0.3  # C of the regressions
FOLDS = 5
LABELLED = ("labelled", "listed")  # pairs of news that were read
SOURCES = ("rewrites", "near misses", "retold", "altered", *LABELLED)
CONFLICT, AGREEMENT, UNRELATED = (CLASSES.index(relation) for relation in CLASSES)


def answers(pairs: Sequence[Pair], judge: EntailmentJudge) -> BothOrders:
    return judge_both(judge, [(pair.a.sentence.text, pair.b.sentence.text) for pair in pairs])


def suspicious(pairs: Sequence[Pair], judge: EntailmentJudge, *, total: float, seed: int) -> list[Row]:
    """The pairs that the judge suspects, and some that it does not, each weighing what it stands for."""
    given = judge.judge([(pair.a.sentence.text, pair.b.sentence.text) for pair in pairs])
    doubt = given[:, Inference.CONTRADICTION] >= SUSPECT
    quiet = np.flatnonzero(~doubt)
    chosen = np.random.default_rng(seed).permutation(quiet)[:QUIET]
    kept = np.sort(np.concatenate([np.flatnonzero(doubt), chosen]))
    print(f"{len(pairs)} real pairs, {int(doubt.sum())} of them suspected", file=sys.stderr)
    weight = np.where(doubt[kept], 1.0, len(quiet) / max(len(chosen), 1))
    weight *= total / weight.sum()
    return [Row("news", f"news {i}", pairs[i], Relation.UNRELATED, float(w)) for i, w in zip(kept, weight, strict=True)]


def columns(names: Sequence[str]) -> list[int]:
    return [FEATURES.index(name) for name in names]


def fit(rows: np.ndarray, target: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """The three parts, as the file holds them.

    Of rows with rivals, what conflicts weigh against the rest is set: how often a rival is a conflict hangs on where
    the rows come from, and most of these are pairs of two matters.
    """
    one, rivals = target != UNRELATED, rows[:, FEATURES.index(RIVALS)] > 0
    conflict = target == CONFLICT
    lift = RIVAL_WEIGHT * weight[rivals & ~conflict].sum() / weight[rivals & conflict].sum()
    return {
        "matter": _trees(FEATURES, rows, one, weight),
        "differs": _fit(DIFFERS, rows[one], conflict[one], weight[one]),
        "rivals": _fit(PLACED, rows[rivals], conflict[rivals], (weight * np.where(conflict, lift, 1.0))[rivals]),
    }


def _fit(names: list[str], rows: np.ndarray, target: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    part = rows[:, columns(names)]
    mean, scale = part.mean(axis=0), part.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit((part - mean) / scale, target, sample_weight=weight)
    return {
        "features": names,
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "weights": model.coef_[0].round(6).tolist(),
        "bias": round(float(model.intercept_[0]), 6),
    }


def _trees(names: list[str], rows: np.ndarray, target: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    from boosted import boosted_of
    from catboost import CatBoostClassifier

    model = CatBoostClassifier(
        iterations=TREES, depth=LEVELS, learning_rate=RATE, l2_leaf_reg=LEAF_PENALTY, random_seed=SEED,
        thread_count=1, verbose=False, allow_writing_files=False,
    )  # fmt: skip
    trees = boosted_of(model.fit(rows[:, columns(names)], target.astype(int), sample_weight=weight))
    borders = np.minimum(trees.border, np.finfo(np.float32).max)  # JSON has no infinity
    arrays = (trees.feature, borders, trees.value.round(6))
    return {"features": names, "trees": {name: array.tolist() for name, array in zip(PARTS, arrays, strict=True)}}


def head_of(held: dict[str, Any]) -> ClaimHead:
    """The head that a file of these contents holds."""
    parts = (part_of(held[name]) for name in ("matter", "differs", "rivals"))
    return ClaimHead(*parts, threshold=THRESHOLD, met=Scaling(), sha256="")


def probabilities(head: ClaimHead, rows: np.ndarray) -> np.ndarray:
    """(rows, classes) for rows of the evidence in the order of `FEATURES`."""
    return head.probabilities(rows[:, columns(head.features)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--listed", type=Path, default=HERE / "claim_labels.jsonl")
    parser.add_argument("--rewrites", type=Path, default=HERE / "rewrites.jsonl")
    parser.add_argument("--near-misses", type=Path, default=HERE / "near_misses.jsonl")
    parser.add_argument("--retold", type=Path, default=HERE / "retold.jsonl")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "claim_head.json")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    arguments = parser.parse_args()
    judge = load_judge()
    invented = list(rewrites(arguments.rewrites))
    rows = [*invented, *labelled(arguments.labelled)]
    rows += list(altered(rows, seed=arguments.seed))
    rows += [*near_misses(arguments.near_misses), *retold(arguments.retold, arguments.news)]
    measured = weeks_measured(arguments.listed, arguments.news)
    asked = asked_about(arguments.news, articles=ARTICLES, seed=arguments.seed, without=measured)
    rows += suspicious(asked, judge, total=REAL_WEIGHT * len(invented), seed=arguments.seed)
    rows += untold_by_figures(list(listed(arguments.listed, arguments.news, lots=OF_HEAD)))
    found, target, weight = _table(rows, judge)
    shares = across(rows, found, target, weight)
    report(rows, shares, target)
    in_scans = np.array([row.source == "listed" for row in rows])
    met = scaling_of(shares[in_scans, CONFLICT].tolist(), target[in_scans] == CONFLICT)
    if met is None:
        raise SystemExit("the pairs of scans that were read run against the head: their probabilities tell nothing")
    head = fit(found, target, weight) | {"threshold": arguments.threshold, "met": asdict(met)}
    arguments.output.write_text(json.dumps(head) + "\n", encoding="utf-8")
    read = untold_by_figures(list(listed(arguments.listed, arguments.news, lots=MEASURED)))
    found, target, _ = _table(read, judge)
    report_read(probabilities(head_of(head), found)[:, CONFLICT], target == CONFLICT, met)


def _table(rows: Sequence[Row], judge: EntailmentJudge) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The evidence, class and weight of each row."""
    pairs = [row.pair for row in rows]
    target = np.array([CLASSES.index(row.relation) for row in rows])
    weight = np.array([row.weight * (LABELLED_WEIGHT if row.source in LABELLED else 1.0) for row in rows])
    return evidence_rows(pairs, answers(pairs, judge), judge, FEATURES), target, weight


def report_read(conflict: np.ndarray, true: np.ndarray, met: Scaling) -> None:
    """Prints what the head is worth on pairs of scans that were read, none of which it learned from."""
    for threshold in THRESHOLDS:
        taken = conflict >= threshold
        said = sum(met(float(share)) for share in conflict[taken])
        print(
            f"read, threshold {threshold}: {int((taken & true).sum())} of {int(taken.sum())} taken are conflicts,"
            f" {said:.1f} by their probabilities"
        )
    print(f"({int(true.sum())} of {len(true)} are, but for those that a scan lists for their figures)")


def across(rows: Sequence[Row], found: np.ndarray, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(rows, classes) what heads say of each that did not learn from its item."""
    fold = np.array([crc32(row.item.encode()) % FOLDS for row in rows])
    shares = np.zeros((len(rows), len(CLASSES)))
    for k in range(FOLDS):
        out = fold == k
        shares[out] = probabilities(head_of(fit(found[~out], target[~out], weight[~out])), found[out])
    return shares


def report(rows: Sequence[Row], shares: np.ndarray, target: np.ndarray) -> None:
    """Prints, by cross-validation over items, how well each question is answered and what each threshold finds."""
    from sklearn.metrics import roc_auc_score

    source = np.array([row.source for row in rows])
    called = shares[:, CONFLICT]
    for name in SOURCES:
        for other in (AGREEMENT, UNRELATED):
            own = (source == name) & ((target == CONFLICT) | (target == other))
            auc = roc_auc_score(target[own] == CONFLICT, called[own])
            print(f"{name}: conflict against {CLASSES[other]}: AUC {auc:.3f}")
    for threshold in THRESHOLDS:
        parts = [f"threshold {threshold}:"]
        for name in SOURCES:
            taken = [called[(source == name) & (target == label)] >= threshold for label in range(len(CLASSES))]
            parts.append(f"{name} " + " ".join(f"{part.mean():.3f}" for part in taken))
        news = called[source == "news"] >= threshold
        print("  ".join([*parts, f"news {news.sum()} of {len(news)}"]))
    print("(of conflicts, of the same in other words, of other matters)")


if __name__ == "__main__":
    main()
