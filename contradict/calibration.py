"""The final head refitted on people's decisions: its four probabilities mapped onto four that hold where people looked.

Three scalings after Platt (1999), one for each choice that `contradict.verdicts.decide` makes: whether the two differ,
how they differ, and whether two that do not differ agree. Each maps a share p onto that whose log-odds are slope times
those of p, plus bias, and leaves 0 and 1, which stand for rules, as they are; for six numbers in all, some tens of
decisions are enough.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from contradict.compare import compare
from contradict.errors import InputError, ModelError
from contradict.reasons import reason
from contradict.types import LISTED, Kind, Probabilities, Relation, Verdict
from contradict.verdicts import decide, load_head

FORMAT, VERSION = "contradict-calibration", 1
LEAST = 50  # decisions from which a calibration is made at all
LEAST_EACH = 10  # of them on each side of a choice, or that choice stays as it is
FOLDS = 5
_C = 10.0  # inverse strength of the penalty on the slope: bounds it where a few decisions can be parted without error
_SLOPES = (0.1, 10.0)
_EDGE = 1e-6  # a probability nearer to 0 or 1 than its records print counts as this near
_PLACES = 6


@dataclass(frozen=True, slots=True)
class Scaling:
    """One choice between two: the log-odds times `slope`, plus `bias`."""

    slope: float = 1.0
    bias: float = 0.0

    def __call__(self, share: float) -> float:
        if share <= 0.0 or share >= 1.0:
            return min(max(share, 0.0), 1.0)
        odds = self.slope * _logit(share) + self.bias
        return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))


@dataclass(frozen=True, slots=True)
class Calibration:
    """A mapping of probabilities, the head that it was made for (its SHA-256), and on how many decisions."""

    differs: Scaling
    contradiction: Scaling
    agreement: Scaling
    head: str
    decisions: int

    @property
    def sha256(self) -> str:
        """Of the mapping as it is written; stands in the run record."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode("utf-8")).hexdigest()

    def __call__(self, given: Probabilities) -> Probabilities:
        """The probabilities as people's decisions have them; they sum to what they summed to, which is 1."""
        differ, rest = given.contradiction + given.update, given.agreement + given.unrelated
        total = differ + rest
        if total <= 0:
            return given
        differs = self.differs(differ / total)
        contradiction = self.contradiction(given.contradiction / differ) if differ > 0 else 0.0
        agreement = self.agreement(given.agreement / rest) if rest > 0 else 0.0
        return Probabilities(
            contradiction=differs * contradiction,
            update=differs * (1 - contradiction),
            agreement=(1 - differs) * agreement,
            unrelated=(1 - differs) * (1 - agreement),
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """A calibration and what speaks for it: log-loss of the labels before, and after by cross-validation.

    `kept` names the choices that stay as they are, each with the reason.
    """

    calibration: Calibration
    before: float
    after: float
    kept: tuple[str, ...]


def fit(given: Sequence[Probabilities], labels: Sequence[Relation], *, head: str) -> Fit:
    """The calibration on labelled probabilities of one head. Raises `InputError` where there are too few."""
    if len(labels) < LEAST:
        raise InputError(
            f"{len(labels)} decisions that can be used are too few to calibrate on; it takes {LEAST} at least"
        )
    scalings, kept = _fitted(given, labels, least=LEAST_EACH)
    if len(kept) == len(scalings):
        raise InputError(f"the decisions are too one-sided to calibrate on: {'; '.join(kept)}")
    return Fit(
        calibration=_calibration(scalings, head=head, decisions=len(labels)),
        before=_loss(given, labels),
        after=_loss(_held_out(given, labels), labels),
        kept=tuple(kept),
    )


def recalibrated(verdict: Verdict, calibration: Calibration | None) -> Verdict:
    """A verdict on figures, which alone the head judges, with its probabilities mapped, and decided anew; without a
    calibration the verdict as it is."""
    if calibration is None or verdict.pair.a.kind is not Kind.FIGURE or verdict.pair.b.kind is not Kind.FIGURE:
        return verdict
    probabilities = calibration(verdict.probabilities)
    relation = decide(probabilities)
    if relation is verdict.relation:
        return replace(verdict, probabilities=probabilities)
    a, b = verdict.pair.a, verdict.pair.b
    comparison = compare(a.stated, b.stated)
    return replace(
        verdict,
        probabilities=probabilities,
        relation=relation,
        kind=Kind.FIGURE if relation in LISTED else Kind.NONE,
        reason=reason(a, b, relation, comparison, same_speaker=verdict.same_speaker),
    )


def write_calibration(found: Fit, path: Path) -> None:
    """Writes the file that `scan --calibration` reads. Raises `SettingError` where it cannot."""
    from contradict.report.escaping import json_page
    from contradict.report.files import write_together

    record = {
        "format": FORMAT,
        "version": VERSION,
        "calibration": asdict(found.calibration),
        "sha256": found.calibration.sha256,
        "log_loss": {"before": round(found.before, _PLACES), "after": round(found.after, _PLACES)},
        "kept": list(found.kept),
    }
    write_together(path.parent, {path.name: [json_page(record), "\n"]})


def load_calibration(name: str | None) -> Calibration | None:
    """The calibration of a file for the head that the package carries; None where none is named."""
    return read_calibration(Path(name), head=load_head().sha256) if name is not None else None


def read_calibration(path: Path, *, head: str) -> Calibration:
    """The calibration of a file. Raises `ModelError` where it is damaged, or was made for another head than `head`."""
    try:
        record = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); make one with contradict calibrate") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path}: not JSON ({error}); make it anew with contradict calibrate") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise ModelError(f"{path}: no calibration; make one with contradict calibrate")
    if record.get("version") != VERSION:
        raise ModelError(f"{path}: a calibration of format {record.get('version')}, this version knows {VERSION}")
    try:
        held = record["calibration"]
        scalings = [Scaling(float(held[name]["slope"]), float(held[name]["bias"])) for name in _CHOICES]
        found = _calibration(scalings, head=str(held["head"]), decisions=int(held["decisions"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: damaged ({error}); make it anew with contradict calibrate") from error
    if found.sha256 != record.get("sha256") or not all(is_sane(each) for each in scalings):
        raise ModelError(f"{path}: damaged (not the sha256 that it states); make it anew with contradict calibrate")
    if found.head != head:
        raise ModelError(f"{path}: made for another verdict head; scan again, then make it anew")
    return found


_CHOICES = {
    "differs": (LISTED, frozenset(Relation)),
    "contradiction": (frozenset({Relation.CONTRADICTION}), LISTED),
    "agreement": (frozenset({Relation.AGREEMENT}), frozenset(Relation) - LISTED),
}
"""For each choice the relations that it is for, and those that it is among."""


def _fitted(
    given: Sequence[Probabilities], labels: Sequence[Relation], *, least: int
) -> tuple[list[Scaling], list[str]]:
    scalings, kept = [], []
    for name, (wanted, among) in _CHOICES.items():
        shares, answers = [], []
        for probabilities, label in zip(given, labels, strict=True):
            share = _share(probabilities, wanted, among)
            if label in among and share is not None and 0 < share < 1:
                shares.append(share)
                answers.append(label in wanted)
        scaling = scaling_of(shares, answers) if min(sum(answers), len(answers) - sum(answers)) >= least else None
        if scaling is None:
            there = f"{sum(answers)} decisions for and {len(answers) - sum(answers)} against"
            kept.append(f"{name} stays as it is ({there}; it takes {least} of each, and that they follow the head)")
        scalings.append(scaling or Scaling())
    return scalings, kept


def _calibration(scalings: Sequence[Scaling], *, head: str, decisions: int) -> Calibration:
    """From the scalings in the order of the choices."""
    differs, contradiction, agreement = scalings
    return Calibration(differs, contradiction, agreement, head, decisions)


def scaling_of(shares: Sequence[float], answers: Sequence[bool]) -> Scaling | None:
    """The likeliest scaling; None where the decisions run against the head, which no calibration mends."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_C, max_iter=1000).fit([[_logit(share)] for share in shares], list(answers))
    slope, bias = float(model.coef_[0, 0]), float(model.intercept_[0])
    if slope < _SLOPES[0]:
        return None
    return Scaling(round(min(slope, _SLOPES[1]), _PLACES), round(bias, _PLACES))


def _held_out(given: Sequence[Probabilities], labels: Sequence[Relation]) -> list[Probabilities]:
    """Each as a calibration maps it that has not seen it."""
    mapped = list(given)
    for fold in range(FOLDS):
        seen = [i for i in range(len(labels)) if i % FOLDS != fold]
        scalings, _ = _fitted([given[i] for i in seen], [labels[i] for i in seen], least=2)
        calibration = _calibration(scalings, head="", decisions=len(seen))
        for i in range(fold, len(labels), FOLDS):
            mapped[i] = calibration(given[i])
    return mapped


def _loss(given: Sequence[Probabilities], labels: Sequence[Relation]) -> float:
    shares = [float(getattr(each, label.value)) for each, label in zip(given, labels, strict=True)]
    return -math.fsum(math.log(max(share, _EDGE)) for share in shares) / len(shares)


def _share(given: Probabilities, wanted: frozenset[Relation], among: frozenset[Relation]) -> float | None:
    total = math.fsum(getattr(given, relation.value) for relation in among)
    return math.fsum(getattr(given, relation.value) for relation in wanted) / total if total > 0 else None


def is_sane(scaling: Scaling) -> bool:
    """Whether a scaling keeps the order, and is of finite numbers."""
    return 0 < scaling.slope <= _SLOPES[1] and math.isfinite(scaling.bias)


def _logit(share: float) -> float:
    share = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(share / (1 - share))
