"""How far reviewers agree beyond chance, and where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contradict.review.records import Choice
from contradict.review.state import Present, Standing, Status


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient over the findings that two reviewers or more decided; None where it is not defined.

    `name` is the coefficient's: Cohen's kappa for two reviewers, Krippendorff's alpha for more. It is not defined where
    nothing was decided by two, or where all of it was decided alike (no other answer was ever given).
    """

    name: str
    value: float | None
    reviewers: Mapping[str, int]
    shared: int
    alike: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A finding that reviewers decided differently, their standings by name, and the decision that settles it."""

    finding: str
    standings: Mapping[str, Standing]
    settled: Standing | None


def agreement(state: Present) -> Agreement:
    """The agreement of all reviewers; unsure is an answer like the others."""
    choices = _choices(state)
    shared = {finding: by for finding, by in choices.items() if len(by) >= 2}
    alike = sum(len(set(by.values())) == 1 for by in shared.values())
    decided = {name: sum(name in by for by in choices.values()) for name in state.reviewers()}
    reviewers = sorted({name for by in shared.values() for name in by})
    name = "Krippendorff's alpha" if len(reviewers) > 2 else "Cohen's kappa"
    value = None
    if len({choice for by in shared.values() for choice in by.values()}) > 1:
        if len(reviewers) == 2:
            value = _kappa([[by[reviewer] for by in shared.values()] for reviewer in reviewers])
        else:
            value = _alpha(shared)
    return Agreement(name=name, value=value, reviewers=decided, shared=len(shared), alike=alike)


def disputes(state: Present) -> list[Dispute]:
    """The findings decided differently, those not settled yet first."""
    found = [
        Dispute(finding, {name: state.standings[finding, name] for name in by}, state.settled.get(finding))
        for finding, by in _choices(state).items()
        if len(set(by.values())) > 1
    ]
    return sorted(found, key=lambda dispute: (dispute.settled is not None, dispute.finding))


def _choices(state: Present) -> dict[str, dict[str, Choice]]:
    """What each reviewer decided of each finding; decisions that a change has put in question do not count."""
    choices: dict[str, dict[str, Choice]] = {}
    for (finding, reviewer), standing in state.standings.items():
        if standing.status is Status.DECIDED and standing.decision.decision is not None:
            choices.setdefault(finding, {})[reviewer] = standing.decision.decision
    return choices


def _kappa(answers: Sequence[Sequence[Choice]]) -> float:
    from sklearn.metrics import cohen_kappa_score

    one, other = ([choice.value for choice in each] for each in answers)
    return float(cohen_kappa_score(one, other))


def _alpha(shared: Mapping[str, Mapping[str, Choice]]) -> float:
    """Nominal, and with gaps: not every reviewer need have decided every finding."""
    from nltk.metrics.agreement import AnnotationTask

    rows = [(name, finding, choice.value) for finding, by in shared.items() for name, choice in by.items()]
    return float(AnnotationTask(rows).alpha())
