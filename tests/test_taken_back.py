"""Sentences with a denial or an opposite taken back, and what is made of the answers about them."""

from __future__ import annotations

import numpy as np
import pytest
from claim_cases import Told, claim

from contradict.claim_evidence import claim_evidence
from contradict.claim_verdicts import evidence_rows
from contradict.denials import affirmed
from contradict.opposites import DENIALS, DENYING_PHRASES
from contradict.taken_back import taken_back
from contradict.types import Pair

SURE, UNSURE, OPPOSED = (0.9, 0.1, 0.0), (0.1, 0.8, 0.1), (0.0, 0.1, 0.9)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The envoy did not land.", ["The envoy did land."]),
        (
            "The envoy has n't landed and can't.",
            ["The envoy has landed and can't.", "The envoy has n't landed and can."],
        ),
        ("The fort is no longer held.", ["The fort is still held."]),
        ("The yard denied that it was sold.", ["The yard confirmed that it was sold."]),
        ("Talks have yet to open.", ["Talks have managed to open."]),
        ("No doubt the fort fell not only to them.", []),
        ("The fort fell.", []),
    ],
)
def test_each_denial_is_taken_back_by_itself(text: str, found: list[str]) -> None:
    assert list(affirmed(text)) == found


@pytest.mark.parametrize("denial", sorted({*DENIALS, *DENYING_PHRASES} - {"no part"}))
def test_whatever_denies_can_be_taken_back(denial: str) -> None:
    changed = list(affirmed(f"It was {denial} that the fort fell."))
    assert changed
    assert denial not in changed[0].split()


def test_an_opposite_is_exchanged_on_either_side() -> None:
    one, other = "The bank raised its rate.", "Its rate was lowered by the bank."
    assert taken_back(claim(one), claim(other)) == [
        ("The bank lowered its rate.", other),
        ("Its rate was raised by the bank.", one),
    ]


def test_of_what_can_be_taken_back_that_counts_after_which_one_follows_from_the_other() -> None:
    a, b = claim("The envoy never landed, nor did she call."), claim("The envoy landed at noon.")
    found = claim_evidence(a, b, given=OPPOSED, turned=OPPOSED, taken_back=[(UNSURE, UNSURE), (UNSURE, SURE)])
    assert found["taken_back_entailment"] == SURE[0]
    assert found["taken_back_gain"] == SURE[0] - OPPOSED[0]
    assert found["taken_back_relief"] == OPPOSED[2] - UNSURE[2]
    nothing = claim_evidence(a, b, given=OPPOSED, turned=OPPOSED)
    assert not any(value for name, value in nothing.items() if name.startswith("taken_back"))


def test_the_judge_is_asked_about_it_in_both_orders_where_the_head_wants_to_know() -> None:
    a, b = "The envoy did not land at noon.", "At noon the envoy had landed."
    told = Told()
    evidence_rows(
        [Pair(claim(a), claim(b), 0.0, 0.0)], np.array([UNSURE]), np.array([UNSURE]), told, ["contradiction_most"]
    )
    assert told.asked == []
    evidence_rows(
        [Pair(claim(a), claim(b), 0.0, 0.0)], np.array([UNSURE]), np.array([UNSURE]), told, ["taken_back_gain"]
    )
    assert told.asked == [("The envoy did land at noon.", b), (b, "The envoy did land at noon.")]
