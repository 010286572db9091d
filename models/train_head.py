"""Trains the verdict head on labelled pairs of sentences and writes it as plain arrays.

    python models/train_head.py ../shared/gold/pairs_train.jsonl --listed models/listed_labels.jsonl \\
        --news ../shared/data/news/allsides.jsonl.xz [-o models/verdict_head.npz]
    ... --cross-validate

A labelled pair of sentences holds many pairs of figures. The one that the labellers named carries the label; in an
unrelated pair of sentences every pair of figures is unrelated; the rest are left out, for nobody said what they are.
To them come pairs that an earlier head had listed in a scan and that were then read and labelled in one pass
(`listed_labels.jsonl`: ids and offsets into the news set, no text), for what a scan meets is not what was chosen for
labelling. Two forests of extremely randomised trees (Geurts, Ernst and Wehenkel 2006): `same` tells one matter from
two, `relation` what holds within one matter. Of the models tried (logistic regression, gradient boosting, one forest
over four classes; five folds over topics) this pair was the best on rows that it had not seen; `--cross-validate`
prints its figures.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from contradict.claims import pairable, read_document
from contradict.compare import Comparison, compare
from contradict.documents import document_from_text
from contradict.encoders import load_encoder
from contradict.evidence import evidence
from contradict.isodates import read_iso
from contradict.judging import read_pair
from contradict.pairs import answered, encode_claims
from contradict.pipeline import JudgeRow, passage_claims
from contradict.types import Claim, Pair, Relation
from contradict.verdicts import in_time

CLASSES = (Relation.CONTRADICTION, Relation.UPDATE, Relation.AGREEMENT)
TREES = 300
LEAF = 3  # fewest rows in a leaf
SHARE = 0.4  # share of the features that a split looks at
UNSURE = 0.5  # weight of a row that its labeller was not sure of
# Weight of the second lot of listed pairs, most of them unrelated by the way they were drawn; 0, 0.25, 0.5 and 1 were
# tried on pairs_dev: 0.761, 0.772, 0.781 and 0.764 F1 of differing, two refits of one setting lying 0.01 apart.
SECOND_LOT = 0.5
FOLDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One pair of figures: which row it came from, its evidence, and its relation (None where nobody said)."""

    row: int
    pair: Pair
    comparison: Comparison
    relation: Relation | None


def read_gold(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def examples(gold: Sequence[dict[str, Any]], encoder: Any) -> list[Example]:
    """All comparable pairs of figures of the labelled pairs of sentences, with their similarities."""
    rows = [read_pair(record, record["id"]) for record in gold]
    sides = [(_claims(row, "a"), _claims(row, "b")) for row in rows]
    claims = [claim for pair in sides for side in pair for claim in side]
    vectors = encode_claims(claims, encoder)
    index = {id(claim): i for i, claim in enumerate(claims)}
    found = []
    for number, (record, (first, second)) in enumerate(zip(gold, sides, strict=True)):
        for a in first:
            for b in second:
                if answered(a, b, first, second):
                    continue
                pair = in_time(Pair(a, b, *vectors.similarity(index[id(a)], index[id(b)])))
                comparison = compare(pair.a.stated, pair.b.stated)
                if comparison is not None:
                    found.append(Example(number, pair, comparison, _label(record, a, b)))
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
    for record in _records(news):
        if record["id"] in wanted:
            document = document_from_text(
                record["text"],
                path=str(news),
                id=record["id"],
                title=record.get("title", ""),
                source=record.get("source", ""),
                date=read_iso(record["date"]),
                url=record.get("url", ""),
            )
            for claim in read_document(document):
                if claim.figure is not None and pairable(claim):
                    claims[document.id, claim.sentence.start + claim.figure.start] = claim
    known = [label for label in labels if all(_place(label[side]) in claims for side in ("a", "b"))]
    print(f"{len(known)} of {len(labels)} listed pairs found again", file=sys.stderr)
    sides = [claims[_place(label[side])] for label in known for side in ("a", "b")]
    vectors = encode_claims(sides, encoder)
    found = []
    for i, label in enumerate(known):
        pair = in_time(Pair(sides[2 * i], sides[2 * i + 1], *vectors.similarity(2 * i, 2 * i + 1)))
        comparison = compare(pair.a.stated, pair.b.stated)
        if comparison is not None:
            found.append(Example(first_row + i, pair, comparison, Relation(label["relation"])))
    return found


def _place(side: dict[str, Any]) -> tuple[str, int]:
    return side["document"], side["start"]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


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
    share = [part * (SECOND_LOT if row.get("lot") == 2 else 1.0) for part, row in zip(share, gold, strict=True)]
    return np.array([share[e.row] / count[e.row] ** 0.5 for e in found])


def fit(rows: np.ndarray, found: Sequence[Example], weight: np.ndarray) -> tuple[Any, Any]:
    """The two forests, fitted on the examples that have a label."""
    from sklearn.ensemble import ExtraTreesClassifier

    def forest() -> Any:
        return ExtraTreesClassifier(TREES, min_samples_leaf=LEAF, max_features=SHARE, random_state=7, n_jobs=-1)

    labelled = np.array([e.relation is not None for e in found])
    one = np.array([e.relation in CLASSES for e in found])
    same = forest().fit(rows[labelled], one[labelled].astype(int), sample_weight=weight[labelled])
    within = labelled & one
    target = np.array([CLASSES.index(e.relation) if e.relation in CLASSES else -1 for e in found])
    relation = forest().fit(rows[within], target[within], sample_weight=weight[within])
    return same, relation


def arrays(forest: Any) -> dict[str, np.ndarray]:
    """A scikit-learn forest as the arrays that `contradict.forest.Forest` holds."""
    parts: dict[str, list[np.ndarray]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots, offset = [], 0
    for estimator in forest.estimators_:
        tree = estimator.tree_
        roots.append(offset)
        inner = tree.children_left >= 0
        shares = tree.value[:, 0, :] / tree.value[:, 0, :].sum(axis=1, keepdims=True)
        # Thresholds go down to the next float32, so that `<=` on float32 rows decides as scikit-learn did.
        parts["feature"].append(np.where(inner, tree.feature, -1).astype(np.int32))
        parts["threshold"].append(_down(tree.threshold))
        parts["left"].append(np.where(inner, tree.children_left + offset, 0).astype(np.int32))
        parts["right"].append(np.where(inner, tree.children_right + offset, 0).astype(np.int32))
        parts["value"].append(shares.astype(np.float32))
        offset += tree.node_count
    joined = {name: np.concatenate(chunks) for name, chunks in parts.items()}
    return {**joined, "roots": np.array(roots, dtype=np.int32)}


def _down(thresholds: np.ndarray) -> np.ndarray:
    near = thresholds.astype(np.float32)
    return np.where(near > thresholds, np.nextafter(near, np.float32(-np.inf)), near).astype(np.float32)


def folds(gold: Sequence[dict[str, Any]]) -> Iterator[set[int]]:
    """Five parts of the rows, no topic in two of them."""
    topics = sorted({record["topic"] for record in gold})
    for fold in range(FOLDS):
        mine = {topic for i, topic in enumerate(topics) if i % FOLDS == fold}
        yield {i for i, record in enumerate(gold) if record["topic"] in mine}


def cross_validate(
    gold: Sequence[dict[str, Any]], found: Sequence[Example], rows: np.ndarray, weight: np.ndarray
) -> None:
    """Prints the area under the curve of `same` and of differing, on rows of topics that were not trained on."""
    from sklearn.metrics import roc_auc_score

    same = np.zeros(len(found))
    differs = np.zeros(len(found))
    for held in folds(gold):
        out = np.array([e.row in held for e in found])
        kept = [e for e, left in zip(found, out, strict=True) if not left]
        first, second = fit(rows[~out], kept, weight[~out])
        same[out] = first.predict_proba(rows[out])[:, 1]
        differs[out] = same[out] * second.predict_proba(rows[out])[:, :2].sum(axis=1)
    labelled = np.array([e.relation is not None for e in found])
    one = np.array([e.relation in CLASSES for e in found])
    listed = np.array([e.relation in CLASSES[:2] for e in found])
    print(f"AUC one matter {roc_auc_score(one[labelled], same[labelled]):.3f}")
    print(f"AUC differs    {roc_auc_score(listed[labelled], differs[labelled]):.3f}")


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
        gold += [{**label, "topic": f"listed/{i % FOLDS}"} for i, label in enumerate(labels)]
    rows, names = table(found)
    weight = weights(gold, found)
    labelled = sum(e.relation is not None for e in found)
    print(f"{len(gold)} rows, {len(found)} pairs of figures, {labelled} of them labelled", file=sys.stderr)
    if arguments.cross_validate:
        cross_validate(gold, found, rows, weight)
        return
    same, relation = fit(rows, found, weight)
    named = {
        f"{name}_{field}": array
        for name, forest in (("same", same), ("relation", relation))
        for field, array in arrays(forest).items()
    }
    np.savez_compressed(arguments.output, features=np.array(names), **named)
    print(f"{arguments.output}: {arguments.output.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
