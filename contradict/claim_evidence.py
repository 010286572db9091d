"""What speaks for and against two claims contradicting each other, as named numbers for the claim head."""

from __future__ import annotations

import math
from collections.abc import Sequence

from contradict.alignment import Alignment, align
from contradict.clashes import denials, negations
from contradict.compare import days_between
from contradict.evidence import overlap
from contradict.mentions import MentionKind
from contradict.types import Claim, Inference, Matter

MOST_SHARED = 10  # words, beyond which more say no more
_LEAST = 1e-3  # of a judge's answer, so that its logarithm is finite
_NUMBERS = frozenset((MentionKind.DATE, MentionKind.YEAR, MentionKind.FIGURE, MentionKind.RANK))

EVIDENCE = frozenset(
    """entailment_most entailment_least neutral_most neutral_least contradiction_most contradiction_least
    denied_most denied_least topic_overlap names_shared names_overlap names_alone
    covered_most covered_least words_shared matched matched_numbers matched_names rivals_apart rival_any rival_one
    rival_sole rival_near rival_person rival_name rival_place rival_date rival_year rival_figure rival_rank
    mended_entailment mended_gain mended_relief under_denial opposed opposed_near
    clash_negation denials_differ shorter other_day""".split()
)
"""The names of all there is."""


def claim_evidence(
    a: Claim,
    b: Claim,
    *,
    given: Sequence[float],
    turned: Sequence[float],
    mended: tuple[Sequence[float], Sequence[float]] | None = None,
    alignment: Alignment | None = None,
) -> dict[str, float]:
    """Named evidence about two claims; `given` and `turned` are the judge's answers in both orders (3 each, as in
    `Inference`), `mended` those where the hypothesis has what the premise has in the place of its rivals; `alignment`
    is that of the two where it is known already. Every entry reads the same when the sides are swapped.
    """
    one, other = a.matter, b.matter
    alignment = alignment or align(a, b)
    denied = len(denials(a.sentence.text)), len(denials(b.sentence.text))
    return {
        **_judged(given, turned),
        **_mended(given, turned, mended),
        **_aligned(alignment),
        "topic_overlap": overlap(one.topics, other.topics),
        "names_shared": float(min(len(_all(one) & _all(other)), 5)),
        "names_overlap": overlap(_all(one), _all(other)),
        "names_alone": float(min(len(_all(one) - _all(other)), len(_all(other) - _all(one)), 4)),
        "clash_negation": float(len(negations(a, b))),
        "denials_differ": float(abs(denied[0] - denied[1])),
        "shorter": float(min(len(one.topics), len(other.topics))),
        "other_day": float(bool(days_between(a, b))),
    }


def _judged(given: Sequence[float], turned: Sequence[float]) -> dict[str, float]:
    found = {}
    for inference in Inference:
        both = float(given[inference]), float(turned[inference])
        name = inference.name.lower()
        found[f"{name}_most"], found[f"{name}_least"] = max(both), min(both)
    odds = [
        math.log((order[Inference.CONTRADICTION] + _LEAST) / (order[Inference.ENTAILMENT] + _LEAST))
        for order in (given, turned)
    ]  # of a denial against a consequence: what is left of the judge's word where both are known to be about one matter
    return found | {"denied_most": max(odds), "denied_least": min(odds)}


def _mended(
    given: Sequence[float], turned: Sequence[float], mended: tuple[Sequence[float], Sequence[float]] | None
) -> dict[str, float]:
    """How much better one follows from the other once the rivals are the same: then they are all that differs."""
    if mended is None:
        return {"mended_entailment": 0.0, "mended_gain": 0.0, "mended_relief": 0.0}

    def most(answers: tuple[Sequence[float], Sequence[float]], inference: Inference) -> float:
        return max(float(order[inference]) for order in answers)

    entailment, before = most(mended, Inference.ENTAILMENT), most((given, turned), Inference.ENTAILMENT)
    contradiction = most((given, turned), Inference.CONTRADICTION) - most(mended, Inference.CONTRADICTION)
    return {"mended_entailment": entailment, "mended_gain": entailment - before, "mended_relief": contradiction}


def _aligned(found: Alignment) -> dict[str, float]:
    """What the two sentences share, and what stands in each other's place where they do not."""
    matched = found.matched
    numbers = sum(kind in _NUMBERS for kind in matched)
    placed = [rivals for rivals in found.rivals if rivals.placed]
    telling = found.telling
    around = [rivals.shared / max(min(len(rivals.a.near), len(rivals.b.near)), 1) for rivals in telling]
    return {
        "covered_most": max(found.covered),
        "covered_least": min(found.covered),
        "words_shared": float(min(found.shared, MOST_SHARED)),
        "matched": float(min(len(matched), 6)),
        "matched_numbers": float(min(numbers, 4)),
        "matched_names": float(min(len(matched) - numbers, 4)),
        "rivals_apart": float(min(len(found.rivals) - len(placed), 4)),
        "rival_any": float(bool(telling)),
        "rival_one": float(len(telling) == 1),
        "rival_sole": float(any(rivals.kind not in matched for rivals in telling)),
        "rival_near": max(around, default=0.0),
        **{f"rival_{kind}": float(any(rivals.kind is kind for rivals in placed)) for kind in MentionKind},
        "under_denial": float(min(found.denied, 3)),
        "opposed": float(bool(found.opposed)),
        "opposed_near": float(min(max(found.opposed, default=0), 3)),
    }


def _all(matter: Matter) -> frozenset[str]:
    return matter.names | matter.places
