"""Sentences with a denial or an opposite taken back, and what is made of the answers about them."""

from __future__ import annotations

import time

import numpy as np
import pytest
from claim_cases import Told, claim
from hypothesis import given
from hypothesis import strategies as st

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
        ("She has n't landed and can't.", ["She has landed and can't.", "She has n't landed and can."]),
        ("The fort is no longer held.", ["The fort is still held."]),
        ("The yard denied that it was sold.", ["The yard confirmed that it was sold."]),
        ("Talks have yet to open.", ["Talks have managed to open."]),
        ("The mayor has yet to be named.", ["The mayor has already been named."]),
        ("The yard stopped short of a ban.", ["The yard went as far as a ban."]),
        ("Neither Ane Holm nor Kai Dahl was hurt.", ["both Ane Holm and Kai Dahl was hurt."]),
        ("The mayor said no to the deal.", ["The mayor said yes to the deal."]),
        # what denies nothing, or nothing that can be taken back
        ("No doubt the fort fell not only to them.", []),
        ("No, the fort fell in the no-fly zone.", []),
        ("They asked whether or not the fort fell.", []),
        ("The fort fell.", []),
    ],
)
def test_each_denial_is_taken_back_by_itself(text: str, found: list[str]) -> None:
    assert list(affirmed(text)) == found


@pytest.mark.parametrize(("denial", "instead"), sorted({**DENIALS, **DENYING_PHRASES}.items()))
def test_whatever_denies_can_be_taken_back(denial: str, instead: str) -> None:
    assert next(affirmed(f"It was {denial} that the fort fell.")) == " ".join(
        f"It was {instead} that the fort fell.".split()
    )


def test_the_first_denials_of_both_sides_are_taken_back() -> None:
    one, other = "He never left, nor did he call, nor write.", "He did not leave."
    assert taken_back(claim("It is said that " + one), claim("It is said that " + other)) == [
        ("It is said that He left, nor did he call, nor write.", "It is said that " + other),
        ("It is said that He never left, and did he call, nor write.", "It is said that " + other),
        ("It is said that He did leave.", "It is said that " + one),
    ]


def test_an_opposite_is_exchanged_on_either_side() -> None:
    one, other = "The bank raised its rate.", "Its rate was lowered by the bank."
    assert taken_back(claim(one), claim(other)) == [
        ("The bank lowered its rate.", other),
        ("Its rate was raised by the bank.", one),
    ]


def test_all_opposites_are_exchanged_at_once() -> None:
    changed = taken_back(
        claim("Troops left before dawn as prices went up."), claim("They left after dawn, prices down.")
    )
    assert changed[0][0] == "Troops left after dawn as prices went down."
    assert changed[1][0] == "They left before dawn, prices up."


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


@given(st.permutations([(UNSURE, SURE), (SURE, OPPOSED), (OPPOSED, SURE), (UNSURE, UNSURE)]))
def test_in_which_order_it_was_asked_about_is_nothing(
    answers: list[tuple[tuple[float, ...], tuple[float, ...]]],
) -> None:
    a, b = claim("The envoy never landed, nor did she call."), claim("The envoy landed at noon.")
    first = claim_evidence(a, b, given=OPPOSED, turned=OPPOSED, taken_back=answers)
    assert first == claim_evidence(a, b, given=OPPOSED, turned=OPPOSED, taken_back=sorted(answers))


@pytest.mark.parametrize("unit", ["not ", "neither nor ", "n't ", "up down ", "no longer "])
def test_hostile_text_takes_no_time(unit: str) -> None:
    a, b = claim("The mine is shut. " + unit * 16 + "it"), claim("The mine is open. " + unit * 17 + "it")
    started = time.perf_counter()
    taken_back(a, b)
    assert time.perf_counter() - started < 2
