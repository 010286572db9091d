"""Decisions as labelled pairs: what a person decided of a finding is the label of the pair that stands for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contradict.review.records import Choice, Decision
from contradict.review.state import live
from contradict.types import Probabilities, Relation


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with the relation that reviewers gave it; `pair` as `judge` reads pairs, with the tool's answer."""

    pair: Mapping[str, Any]
    relation: Relation

    @property
    def probabilities(self) -> Probabilities | None:
        """What the tool made of the pair when it was decided on; None where the record does not say."""
        shares = self.pair.get("probabilities")
        try:
            return Probabilities(**{each.value: float(shares[each.value]) for each in Relation})  # type: ignore[index]
        except (KeyError, TypeError, ValueError):
            return None


def is_decision(record: Mapping[str, object]) -> bool:
    """Whether a line of JSON is a decision and not a labelled pair."""
    return "decision" in record and "reviewer" in record and "relation" in record


def labelled_pairs(log: Iterable[Decision]) -> tuple[list[Labelled], Counter[str]]:
    """The pairs on which the decisions agree, each once in the order of their ids, and why others are left out.

    A pair has the label that settles it, else the one that most reviewers gave it.
    """
    left_out: Counter[str] = Counter()
    by_pair: dict[str, dict[str, Decision]] = {}
    settled: dict[str, Decision] = {}
    for decision in live(log):
        if decision.decision is None:
            continue
        if decision.pair is None or not isinstance(decision.pair.get("id"), str):
            left_out["the record carries no pair"] += 1
        elif decision.settles:
            settled[decision.pair["id"]] = decision
        else:
            by_pair.setdefault(decision.pair["id"], {})[decision.reviewer] = decision
    labelled = []
    for name in sorted(by_pair.keys() | settled.keys()):
        chosen = settled.get(name) or _majority(list(by_pair[name].values()))
        if chosen is None:
            left_out["reviewers disagree, and nobody has settled it"] += 1
        elif chosen.decision is Choice.UNSURE or chosen.decision is None:
            left_out["unsure"] += 1
        else:
            labelled.append(Labelled(chosen.pair or {}, Relation(chosen.decision.value)))
    return labelled, left_out


def _majority(decisions: Sequence[Decision]) -> Decision | None:
    """The latest decision for what most decided; None where two answers have as many."""
    (choice, most), *others = Counter(each.decision for each in decisions).most_common()
    if others and others[0][1] == most:
        return None
    return max((each for each in decisions if each.decision is choice), key=lambda each: each.at)
