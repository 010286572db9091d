"""Trains the head of claims without figures and writes it as JSON.

    python models/train_claim_head.py --news ../shared/data/news/allsides.jsonl.xz [-o models/claim_head.json]

Positive and agreeing rows: every fourth item of `rewrites.jsonl`, which the entailment judge was not trained on: a
sentence and its conflicting rewrite, its faithful and its conflicting rewrite, a sentence and its faithful one; its
neutral companion is unrelated. Unrelated rows besides: the pairs of real sentences that a scan would ask the judge
about, in a seeded choice of days. Contradictions are so rare among those (one in some hundreds, by reading) that all
are taken for none. What differs between invented and real rows for other reasons is no feature: dates, outlets,
context.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from contradict.assertions import read_assertion
from contradict.claim_pairs import related
from contradict.claim_verdicts import CLASSES, SUSPECT, rows_of
from contradict.documents import document_from_text
from contradict.isodates import read_iso
from contradict.nli import EntailmentJudge, Inference, load_judge
from contradict.sentences import read_sentences
from contradict.types import Claim, Document, Pair, Relation, Sentence, TimeSpan

HERE = Path(__file__).resolve().parent
FEATURES = """entailment_most entailment_least neutral_most neutral_least contradiction_most contradiction_least
topic_overlap topic_covered names_shared names_overlap names_alone clash_negation clash_opposite clash_figure clash_date
clash_place figures_shared figures_alone denials_differ open_differs open own_view""".split()
THRESHOLD = 0.9  # calls at most 3 of claims_dev contradictions; main() prints what other thresholds find
ARTICLES = 1000
QUIET = 2500  # real pairs that the judge is not suspicious of, beside all that it is
DAY = TimeSpan(date(2020, 1, 1), date(2020, 1, 1))


def held_out(path: Path) -> Iterator[tuple[str, str, Relation]]:
    """Text pairs with their relation, of the items that the judge was not trained on."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if number % 4 != 3:
            continue
        item = json.loads(line)
        yield item["text"], item["conflict"], Relation.CONTRADICTION
        yield item["faithful"], item["conflict"], Relation.CONTRADICTION
        yield item["text"], item["faithful"], Relation.AGREEMENT
        yield item["text"], item["neutral"], Relation.UNRELATED
        yield item["faithful"], item["neutral"], Relation.UNRELATED


def invented(path: Path) -> tuple[list[Pair], list[Relation]]:
    pairs, labels = [], []
    for number, (a, b, relation) in enumerate(held_out(path)):
        sides = [_claim(text, f"{number}/{side}") for side, text in (("a", a), ("b", b))]
        if sides[0] is not None and sides[1] is not None:
            pairs.append(Pair(sides[0], sides[1], 0.0, 0.0))
            labels.append(relation)
    return pairs, labels


def _claim(text: str, name: str) -> Claim | None:
    return read_assertion(Sentence(Document(id=name, path=name, text=text, date=DAY), 0, 0, len(text)))


def real(news: Path, *, seed: int) -> list[Pair]:
    """The pairs of real sentences that a scan of all articles of some days would ask about."""
    by_day: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            by_day[record.get("date") or ""].append(record)
    days = sorted(by_day)
    random.Random(seed).shuffle(days)
    claims: list[Claim] = []
    count = 0
    for day in days:
        if count >= ARTICLES:
            break
        for record in by_day[day]:
            count += 1
            claims += _claims(record)
    print(f"{count} articles, {len(claims)} claims", file=sys.stderr)
    return list(related(claims).pairs)


def _claims(record: dict[str, Any]) -> Iterator[Claim]:
    try:
        published = read_iso(record["date"])
    except ValueError:
        return
    document = document_from_text(record["text"], path="news", id=record["id"], source=record["source"], date=published)
    for sentence in read_sentences(document):
        claim = read_assertion(sentence)
        if claim is not None:
            yield claim


def answers(pairs: Sequence[Pair], judge: EntailmentJudge) -> tuple[np.ndarray, np.ndarray]:
    texts = [(pair.a.sentence.text, pair.b.sentence.text) for pair in pairs]
    return judge.judge(texts), judge.judge([(b, a) for a, b in texts])


def suspicious(pairs: Sequence[Pair], judge: EntailmentJudge, *, seed: int) -> tuple[list[Pair], np.ndarray]:
    """The pairs that the judge suspects, and some that it does not, with the weight of each: what it stands for."""
    given = judge.judge([(pair.a.sentence.text, pair.b.sentence.text) for pair in pairs])
    doubt = given[:, Inference.CONTRADICTION] >= SUSPECT
    quiet = np.flatnonzero(~doubt)
    chosen = np.random.default_rng(seed).permutation(quiet)[:QUIET]
    kept = np.sort(np.concatenate([np.flatnonzero(doubt), chosen]))
    print(f"{len(pairs)} real pairs, {int(doubt.sum())} of them suspected", file=sys.stderr)
    return [pairs[i] for i in kept], np.where(doubt[kept], 1.0, len(quiet) / max(len(chosen), 1))


def fit(rows: np.ndarray, target: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=0.3, max_iter=2000).fit((rows - mean) / scale, target, sample_weight=weight)
    return {
        "features": FEATURES,
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "weights": model.coef_.round(6).tolist(),
        "bias": model.intercept_.round(6).tolist(),
        "threshold": THRESHOLD,
    }


def probabilities(head: dict[str, Any], rows: np.ndarray) -> np.ndarray:
    logits = (rows - np.array(head["mean"])) / np.array(head["scale"]) @ np.array(head["weights"]).T + head["bias"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--rewrites", type=Path, default=HERE / "rewrites.jsonl")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "claim_head.json")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--real-weight", type=float, default=0.3, help="of all real rows against all invented ones")
    arguments = parser.parse_args()
    judge = load_judge()
    pairs, labels = invented(arguments.rewrites)
    others, weight = suspicious(real(arguments.news, seed=arguments.seed), judge, seed=arguments.seed)
    rows = np.vstack([rows_of(part, *answers(part, judge), FEATURES) for part in (pairs, others)])
    target = np.array([CLASSES.index(label) for label in labels] + [CLASSES.index(Relation.UNRELATED)] * len(others))
    weights = np.concatenate([np.ones(len(pairs)), weight * arguments.real_weight * len(pairs) / weight.sum()])
    report(rows, target, weights, invented=len(pairs))
    arguments.output.write_text(json.dumps(fit(rows, target, weights)) + "\n", encoding="utf-8")


def report(rows: np.ndarray, target: np.ndarray, weight: np.ndarray, *, invented: int) -> None:
    """Prints, by five-fold cross-validation, what each threshold finds and what it falsely calls a contradiction."""
    fold = np.arange(len(rows)) // 5 % 5  # the five pairs of one item stay together
    shares = np.zeros(len(rows))
    for k in range(5):
        shares[fold == k] = probabilities(fit(rows[fold != k], target[fold != k], weight[fold != k]), rows[fold == k])[
            :, 0
        ]
    own = np.arange(len(rows)) < invented
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        called = shares >= threshold
        print(
            f"threshold {threshold}: conflicts {called[own & (target == 0)].mean():.3f}"
            f"  faithful {called[own & (target == 1)].mean():.3f}  companions {called[own & (target == 2)].mean():.3f}"
            f"  real pairs {called[~own].sum()} of {(~own).sum()}"
        )


if __name__ == "__main__":
    main()
