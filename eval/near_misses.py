"""How well conflicts are told from near misses and the same told anew, by the judge alone and by the head of claims.

    python eval/near_misses.py [--nli MODEL]

The invented sentences are those of `models/near_misses.jsonl` and `models/rewrites.jsonl` that the carried judge did
not learn from. Its head did: what that is worth is told by pairs of news (`models/train_claim_head.py`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from contradict.claim_verdicts import CLASSES, evidence_rows, load_claim_head
from contradict.nli import BUNDLED, EntailmentJudge, load_judge
from contradict.types import Inference, Pair, Relation

MODELS = Path(__file__).resolve().parents[1] / "models"
sys.path.insert(0, str(MODELS))

import claim_rows  # noqa: E402 - lies beside the models
from train_claim_head import answers  # noqa: E402

ITEMS = 800  # rewritten sentences, of some 2,200: as many pairs as there are of near misses
AGAINST = {Relation.AGREEMENT: "the same told anew", Relation.UNRELATED: "what only looks like it"}


def conflicts(pairs: Sequence[Pair], judge: EntailmentJudge) -> dict[str, np.ndarray]:
    """The probability (pairs,) of a conflict by the judge alone, both orders averaged, and by the head on top of it."""
    head = load_claim_head()
    both = answers(pairs, judge)
    weighed = head.probabilities(evidence_rows(pairs, both, judge, head.features))
    return {
        "judge alone": (both.given + both.turned)[:, Inference.CONTRADICTION] / 2,
        "with its head": weighed[:, CLASSES.index(Relation.CONTRADICTION)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--nli", default=BUNDLED, help="a sentence-transformers CrossEncoder in place of the carried one"
    )
    judge, head = load_judge(parser.parse_args().nli), load_claim_head()
    sets = {
        "near misses": list(claim_rows.near_misses(MODELS / "near_misses.jsonl")),
        "rewrites": list(claim_rows.rewrites(MODELS / "rewrites.jsonl"))[: 5 * ITEMS],
    }
    for name, rows in sets.items():
        relation = np.array([row.relation for row in rows])
        for way, found in conflicts([row.pair for row in rows], judge).items():
            called = found >= (0.5 if way == "judge alone" else head.threshold)
            true = relation == Relation.CONTRADICTION
            print(f"{name}, {way}: {called[true].mean():.1%} of {true.sum()} conflicts called")
            for other, words in AGAINST.items():
                own = relation == other
                area = roc_auc_score(true[true | own], found[true | own])
                print(f"    against {words}: AUC {area:.3f}, {called[own].mean():.1%} of {own.sum()} called")


if __name__ == "__main__":
    main()
