"""How well the judge does on labelled pairs: per relation, as a confusion table, and how far its probabilities hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contradict.errors import InputError
from contradict.types import LISTED, Probabilities, Relation

BINS = 10
_PLACES = 4
_RELATIONS = tuple(Relation)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one answer; `labelled` and `judged`: how often it was right, how often given."""

    precision: float
    recall: float
    f1: float
    labelled: int
    judged: int


@dataclass(frozen=True, slots=True)
class Bin:
    """The pairs whose probability lies from `low` up to `high`: their mean probability and the share that held."""

    low: float
    high: float
    count: int
    confidence: float
    share: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Reliability of a probability: `error` is the expected calibration error over its ten bins of equal width."""

    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`differs` joins contradiction and update; `confusion[labelled][judged]` counts pairs; `auc` is of differing.

    `calibration_differs` is of the score that the report shows (that the two differ), `calibration_relation` of the
    probability given to the relation that was judged. `auc` is None where all pairs differ or none does.
    """

    pairs: int
    accuracy: float
    macro_f1: float
    relations: Mapping[Relation, Score]
    differs: Score
    auc: float | None
    confusion: Mapping[Relation, Mapping[Relation, int]]
    calibration_differs: Calibration
    calibration_relation: Calibration

    def record(self) -> dict[str, object]:
        """As JSON: shares rounded to four places, bins without pairs left out."""
        return {
            "pairs": self.pairs,
            "accuracy": _rounded(self.accuracy),
            "macro_f1": _rounded(self.macro_f1),
            "relations": {relation.value: _score_record(score) for relation, score in self.relations.items()},
            "differs": _score_record(self.differs) | {"auc": None if self.auc is None else _rounded(self.auc)},
            "confusion": {
                labelled.value: {judged.value: count for judged, count in row.items()}
                for labelled, row in self.confusion.items()
            },
            "calibration": {
                "differs": _calibration_record(self.calibration_differs),
                "relation": _calibration_record(self.calibration_relation),
            },
        }


def read_label(record: Mapping[str, object], where: str) -> tuple[Relation, int]:
    """The relation of a labelled pair and how sure its labeller was (1 to 3; 3 where it does not say).

    Raises `InputError`; `where` names the line in its message.
    """
    relation, sure = record.get("relation"), record.get("sure", 3)
    if relation not in _RELATIONS:
        raise InputError(f"{where}: 'relation' is {relation!r}; label the pair as one of {', '.join(_RELATIONS)}")
    if isinstance(sure, bool) or not isinstance(sure, int):
        raise InputError(f"{where}: 'sure' is {sure!r}; give 1, 2 or 3, or leave it out")
    return Relation(str(relation)), sure


def evaluate(
    labels: Sequence[Relation], judged: Sequence[Relation], probabilities: Sequence[Probabilities]
) -> Evaluation:
    """Scores answers against labels, all in one order. Raises `InputError` where there is no label."""
    from sklearn.metrics import accuracy_score, confusion_matrix, roc_auc_score

    if not labels:
        raise InputError("there is no labelled pair to evaluate on; give a file with some, or a lower --sure")
    counts = confusion_matrix(list(labels), list(judged), labels=list(_RELATIONS)).tolist()
    confusion = {label: dict(zip(_RELATIONS, row, strict=True)) for label, row in zip(_RELATIONS, counts, strict=True)}
    differ = [label in LISTED for label in labels]
    differing = [p.contradiction + p.update for p in probabilities]
    scores = {relation: _score(labels, judged, frozenset({relation})) for relation in _RELATIONS}
    return Evaluation(
        pairs=len(labels),
        accuracy=float(accuracy_score(list(labels), list(judged))),
        macro_f1=sum(score.f1 for score in scores.values()) / len(scores),
        relations=scores,
        differs=_score(labels, judged, LISTED),
        auc=float(roc_auc_score(differ, differing)) if len(set(differ)) == 2 else None,
        confusion=confusion,
        calibration_differs=calibrate(differing, differ),
        calibration_relation=calibrate(
            [float(getattr(p, relation)) for p, relation in zip(probabilities, judged, strict=True)],
            [label is relation for label, relation in zip(labels, judged, strict=True)],
        ),
    )


def calibrate(probabilities: Sequence[float], outcomes: Sequence[bool], *, bins: int = BINS) -> Calibration:
    """Expected calibration error (Naeini et al., 2015): the gap between mean probability and share of outcomes in each
    of `bins` bins of equal width, weighted by how many probabilities fall into it. Empty bins are left out.
    """
    filled: dict[int, list[tuple[float, bool]]] = {}
    for probability, outcome in zip(probabilities, outcomes, strict=True):
        place = min(int(probability * bins), bins - 1)  # 1.0 belongs to the last bin
        filled.setdefault(place, []).append((probability, outcome))
    table = tuple(
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            count=len(members),
            confidence=math.fsum(probability for probability, _ in members) / len(members),
            share=sum(outcome for _, outcome in members) / len(members),
        )
        for place, members in sorted(filled.items())
    )
    total = sum(row.count for row in table)
    error = math.fsum(row.count * abs(row.confidence - row.share) for row in table) / total if total else 0.0
    return Calibration(error=error, bins=table)


def _score(labels: Sequence[Relation], judged: Sequence[Relation], positive: frozenset[Relation]) -> Score:
    from sklearn.metrics import precision_recall_fscore_support

    truth = [label in positive for label in labels]
    answers = [answer in positive for answer in judged]
    precision, recall, f1, _ = precision_recall_fscore_support(truth, answers, average="binary", zero_division=0.0)
    return Score(float(precision), float(recall), float(f1), labelled=sum(truth), judged=sum(answers))


def _rounded(value: float) -> float:
    return round(value, _PLACES)


def _score_record(score: Score) -> dict[str, object]:
    return {
        "precision": _rounded(score.precision),
        "recall": _rounded(score.recall),
        "f1": _rounded(score.f1),
        "labelled": score.labelled,
        "judged": score.judged,
    }


def _calibration_record(calibration: Calibration) -> dict[str, object]:
    return {
        "expected_calibration_error": _rounded(calibration.error),
        "bins": [
            {
                "low": _rounded(row.low),
                "high": _rounded(row.high),
                "pairs": row.count,
                "probability": _rounded(row.confidence),
                "share": _rounded(row.share),
            }
            for row in calibration.bins
        ],
    }
