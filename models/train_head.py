"""Trains the verdict head on labelled pairs of sentences and writes it as plain arrays.

    python models/train_head.py ../shared/gold/pairs_train.jsonl --listed models/listed_labels.jsonl \\
        --news ../shared/data/news/allsides.jsonl.xz [-o models/verdict_head.npz]
    ... --cross-validate

A labelled pair of sentences holds many pairs of figures. The one that the labellers named carries the label; in an
unrelated pair of sentences every pair of figures is unrelated; the rest are left out, for nobody said what they are.
To them come pairs that earlier heads had listed in scans and that were then read and labelled
(`listed_labels.jsonl`: ids and offsets into the news set, no text), for what a scan meets is not what was chosen for
labelling. `lot` tells how they were drawn; of the last three, `stands_for` is how many pairs of that scan one stands
for.

Three sets of boosted oblivious trees (CatBoost, which has to be installed for this): `same` tells one matter from two,
`agrees` what agrees within one matter, `contradicts` a contradiction from an update. `--cross-validate` prints how they
do on articles that were not trained on.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from records import read_records

from contradict.boosting import Boosted, save_trained
from contradict.claims import pairable, read_document
from contradict.compare import Comparison, compare
from contradict.documents import document_from_text
from contradict.documents.dates import parse_date
from contradict.encoders import load_encoder
from contradict.evidence import evidence
from contradict.judging import read_pair
from contradict.pairs import encode_claims, pairs_of
from contradict.passages import JudgeRow, passage_claims
from contradict.types import Claim, Pair, Relation
from contradict.verdicts import TREES, in_time

CLASSES = (Relation.CONTRADICTION, Relation.UPDATE, Relation.AGREEMENT)
SHAPES = {"same": (800, 6), "agrees": (300, 4), "contradicts": (300, 4)}  # trees and their levels, by cross-validation
RATE, L2 = 0.03, 6.0  # of boosting
SUBSAMPLE, SHARE = 0.8, 0.4  # of the rows for each tree, of the features for each level
SEEDS = (7, 8, 9)  # each gives trees of its own, which are averaged: one alone wobbles where two relations are even
UNSURE = 0.5  # weight of a row that its labeller was not sure of
LOTS = {2: 0.5, 3: 0.2, 4: 0.2, 5: 0.2}  # weight of pairs of these lots: most are unrelated as they were drawn
DIFFERING = frozenset({3, 4, 5})  # lots of pairs that a head had called differing: they tell nothing of how many agree
FOLDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One pair of figures: which row it came from, its evidence, and its relation (None where nobody said)."""

    row: int
    pair: Pair
    comparison: Comparison
    relation: Relation | None
    lot: int = 0


def read_gold(path: Path) -> list[dict[str, Any]]:
    return list(read_records(path))


def examples(gold: Sequence[dict[str, Any]], encoder: Any) -> list[Example]:
    """All comparable pairs of figures of the labelled pairs of sentences, with their similarities."""
    rows = [read_pair(record, record["id"]) for record in gold]
    sides = [(_claims(row, "a"), _claims(row, "b")) for row in rows]
    found = []
    for number, (record, met) in enumerate(zip(gold, pairs_of(sides, encoder), strict=True)):
        for each in met:
            pair = in_time(each)
            comparison = compare(pair.a.stated, pair.b.stated)
            if comparison is not None:
                found.append(Example(number, pair, comparison, _label(record, each.a, each.b)))
    return found


def _claims(row: JudgeRow, side: str) -> list[Claim]:
    _, claims = passage_claims(row.a if side == "a" else row.b, f"{row.id}/{side}")
    return [claim for claim in claims if claim.figure is not None]


def _label(record: dict[str, Any], a: Claim, b: Claim) -> Relation | None:
    relation = Relation(record["relation"])
    if relation is Relation.UNRELATED:
        return relation
    return relation if _is(a, record["figure_a"]) and _is(b, record["figure_b"]) else None


def _is(claim: Claim, named: str) -> bool:
    """Whether the labeller's words name the claim's figure: digits in common, or words where there are no digits."""
    surface = claim.stated.surface
    digits = set(re.findall(r"\d[\d,.]*\d|\d", named))
    if digits:
        return bool(digits & set(re.findall(r"\d[\d,.]*\d|\d", surface)))
    return bool(named) and (named.lower() in surface.lower() or surface.lower() in named.lower())


def listed_examples(labels: Sequence[dict[str, Any]], news: Path, encoder: Any, *, first_row: int) -> list[Example]:
    """The labelled pairs of figures that a scan had listed, read again from the articles they stand in."""
    wanted = {label[side]["document"] for label in labels for side in ("a", "b")}
    claims = {}
    for record in read_records(news):
        if record["id"] in wanted:
            document = document_from_text(
                record["text"],
                path=str(news),
                id=record["id"],
                title=record.get("title", ""),
                source=record.get("source", ""),
                date=parse_date(record["date"]),
                url=record.get("url", ""),
            )
            for claim in read_document(document):
                if claim.figure is not None and pairable(claim):
                    claims[document.id, claim.sentence.start + claim.figure.start] = claim
    known = [
        (row, label)
        for row, label in enumerate(labels, start=first_row)
        if all(_place(label[side]) in claims for side in ("a", "b"))
    ]
    print(f"{len(known)} of {len(labels)} listed pairs found again", file=sys.stderr)
    sides = [claims[_place(label[side])] for _, label in known for side in ("a", "b")]
    vectors = encode_claims(sides, encoder)
    found = []
    for i, (row, label) in enumerate(known):
        pair = in_time(Pair(sides[2 * i], sides[2 * i + 1], *vectors.similarity(2 * i, 2 * i + 1)))
        comparison = compare(pair.a.stated, pair.b.stated)
        if comparison is not None:
            found.append(Example(row, pair, comparison, Relation(label["relation"]), label["lot"]))
    return found


def _place(side: dict[str, Any]) -> tuple[str, int]:
    return side["document"], side["start"]


def table(found: Sequence[Example]) -> tuple[np.ndarray, tuple[str, ...]]:
    """(examples, features) float32, and the features' names."""
    rows = [
        evidence(e.pair.a, e.pair.b, e.comparison, sentence=e.pair.similarity, clause=e.pair.clause_similarity)
        for e in found
    ]
    names = tuple(rows[0])
    return np.array([[row[name] for name in names] for row in rows], dtype=np.float32), names


def weights(gold: Sequence[dict[str, Any]], found: Sequence[Example]) -> np.ndarray:
    """Many figures in one pair of sentences weigh less each; a row labelled without certainty weighs half."""
    count = np.bincount([e.row for e in found], minlength=len(gold))
    share = [UNSURE if row["sure"] == 1 else 1.0 for row in gold]
    share = [part * LOTS.get(row.get("lot"), 1.0) for part, row in zip(share, gold, strict=True)]
    return np.array([share[e.row] / count[e.row] ** 0.5 for e in found])


def fit(rows: np.ndarray, found: Sequence[Example], weight: np.ndarray) -> dict[str, Boosted]:
    """The three sets of trees by name, each fitted on the examples whose label answers its question."""
    from boosted import boosted_of, mean_of
    from catboost import CatBoostClassifier

    asked, answer = questions(found)
    trees = {}
    for name in TREES:
        here = asked[name]
        rounds, levels = SHAPES[name]
        models = [
            CatBoostClassifier(
                iterations=rounds, depth=levels, learning_rate=RATE, l2_leaf_reg=L2, subsample=SUBSAMPLE, rsm=SHARE,
                bootstrap_type="Bernoulli", random_seed=seed, verbose=0, allow_writing_files=False,
            ).fit(rows[here], answer[name][here], sample_weight=weight[here])
            for seed in SEEDS
        ]  # fmt: skip
        trees[name] = mean_of([boosted_of(model) for model in models])
    return trees


def questions(found: Sequence[Example]) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """For each set of trees, (examples,) of which it is asked, and what the label answers."""
    labelled = np.array([e.relation is not None for e in found])
    same = np.array([e.relation in CLASSES for e in found])
    agrees = np.array([e.relation is Relation.AGREEMENT for e in found])
    contradicts = np.array([e.relation is Relation.CONTRADICTION for e in found])
    fair = np.array([e.lot not in DIFFERING for e in found])
    asked = {"same": labelled, "agrees": same & fair, "contradicts": same & ~agrees}
    return asked, {"same": same, "agrees": agrees, "contradicts": contradicts}


def folds(gold: Sequence[dict[str, Any]]) -> np.ndarray:
    """(rows,) a part of each row, 0 to `FOLDS` - 1: rows that have an article in common, however far, are in one."""
    part: dict[str, str] = {}

    def root(document: str) -> str:
        while part.setdefault(document, document) != document:
            document = part[document]
        return document

    for record in gold:
        part[root(_document(record["a"]))] = root(_document(record["b"]))
    roots = [root(_document(record["a"])) for record in gold]
    sizes, fold = [0] * FOLDS, {}
    for name, count in Counter(roots).most_common():
        fold[name] = sizes.index(min(sizes))
        sizes[fold[name]] += count
    return np.array([fold[name] for name in roots])


def _document(side: dict[str, Any]) -> str:
    return str(side["doc"] if "doc" in side else side["document"])


def cross_validate(
    gold: Sequence[dict[str, Any]], found: Sequence[Example], rows: np.ndarray, weight: np.ndarray
) -> None:
    """Prints the area under the curve of `same` and of differing on articles that were not trained on, by lot, and how
    many of the listed pairs of a lot are right where so many are found."""
    from sklearn.metrics import roc_auc_score

    fold = folds(gold)[[e.row for e in found]]
    same, differs = np.zeros(len(found)), np.zeros(len(found))
    for held in range(FOLDS):
        out = fold == held
        trees = fit(rows[~out], [e for e, left in zip(found, out, strict=True) if not left], weight[~out])
        columns = np.ascontiguousarray(rows[out].T)
        share = {name: 1 / (1 + np.exp(-each.sums(columns))) for name, each in trees.items()}
        same[out], differs[out] = share["same"], share["same"] * (1 - share["agrees"])
    asked, answer = questions(found)
    lots = np.array([e.lot for e in found])
    listed = answer["same"] & ~answer["agrees"]
    for lot in sorted(set(lots.tolist())):
        here = asked["same"] & (lots == lot)
        print(
            f"lot {lot}: {here.sum()} pairs, AUC one matter {roc_auc_score(answer['same'][here], same[here]):.3f}, "
            f"differs {roc_auc_score(listed[here], differs[here]):.3f}"
        )
    shares = np.array([gold[e.row].get("stands_for", 0.0) for e in found])
    for lot in sorted(DIFFERING & set(lots.tolist())):
        here = np.flatnonzero((shares > 0) & (lots == lot))
        order = here[np.argsort(-same[here], kind="stable")]
        right = np.cumsum(shares[order] * answer["same"][order])
        for wanted in (0.1, 0.2, 0.3, 0.5, 0.7):
            at = int(np.searchsorted(right / right[-1], wanted))
            print(
                f"lot {lot}, of one matter, {wanted:.0%} found: {right[at] / shares[order[: at + 1]].sum():.2f} right "
                f"(from a share of {same[order[at]]:.3f} on)"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent / "verdict_head.npz")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--listed", type=Path, help="labels of pairs that a scan listed")
    parser.add_argument("--news", type=Path, help="the news set that --listed points into")
    arguments = parser.parse_args()
    gold = read_gold(arguments.gold)
    encoder = load_encoder()
    found = examples(gold, encoder)
    if arguments.listed:
        labels = read_gold(arguments.listed)
        found += listed_examples(labels, arguments.news, encoder, first_row=len(gold))
        gold += labels
    rows, names = table(found)
    weight = weights(gold, found)
    labelled = sum(e.relation is not None for e in found)
    print(f"{len(gold)} rows, {len(found)} pairs of figures, {labelled} of them labelled", file=sys.stderr)
    if arguments.cross_validate:
        cross_validate(gold, found, rows, weight)
        return
    save_trained(arguments.output, fit(rows, found, weight), names, usual=np.median(rows, axis=0).astype(np.float32))
    print(f"{arguments.output}: {arguments.output.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
