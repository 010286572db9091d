"""Agreement beyond chance has the values of the textbooks, and disputes are listed until they are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from contradict.review import Choice, Decision, Present, Standing, Status
from contradict.review.agreement import agreement, disputes

CHOICES = list(Choice)


def standing(finding: str, reviewer: str, choice: Choice | None, status: Status = Status.DECIDED) -> Standing:
    decision = Decision(id=f"{finding}-{reviewer}", at="2024-03-05T12:00:00.000000Z", reviewer=reviewer,
                        finding=finding, decision=choice)  # fmt: skip
    return Standing(finding, status, decision)


def state(answers: Mapping[str, Sequence[Choice | None]], *, settled: Mapping[str, Standing] | None = None) -> Present:
    """The answers of each reviewer to finding 0, 1, 2 and so on; None where there is none."""
    made = {
        (f"f{number:02}", reviewer): standing(f"f{number:02}", reviewer, choice)
        for reviewer, choices in answers.items()
        for number, choice in enumerate(choices)
        if choice is not None
    }
    return Present(made, settled or {}, ())


def coded(row: str) -> list[Choice | None]:
    return [None if mark == "." else CHOICES[int(mark) - 1] for mark in row.split()]


def test_cohens_kappa_of_a_table_of_fifty() -> None:
    """Of 50, both say yes to 20 and no to 15: they agree on 0.7 where chance would bring 0.5 (kappa 0.4)."""
    yes, no = Choice.CONTRADICTION, Choice.UNRELATED
    told = agreement(state({"Kari": [yes] * 25 + [no] * 25, "Ola": [yes] * 20 + [no] * 5 + [yes] * 10 + [no] * 15}))
    assert told.name == "Cohen's kappa"
    assert told.value == pytest.approx(0.4)
    assert (told.shared, told.alike) == (50, 35)


def test_krippendorffs_alpha_of_his_own_example() -> None:
    """Four coders, twelve units, gaps (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011): 0.743."""
    told = agreement(
        state(
            {
                "A": coded("1 2 3 3 2 1 4 1 2 . . ."),
                "B": coded("1 2 3 3 2 2 4 1 2 5 . 3"),
                "C": coded(". 3 3 3 2 3 4 2 2 5 1 ."),
                "D": coded("1 2 3 3 2 4 4 1 2 5 1 ."),
            }
        )
    )
    assert told.name == "Krippendorff's alpha"
    assert told.value == pytest.approx(0.743, abs=0.0005)
    assert told.shared == 11
    assert told.reviewers == {"A": 9, "B": 11, "C": 10, "D": 11}


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"Kari": [Choice.UPDATE]},
        {"Kari": [Choice.UPDATE, None], "Ola": [None, Choice.UPDATE]},
        {"Kari": [Choice.UPDATE] * 3, "Ola": [Choice.UPDATE] * 3},
        {"Kari": [Choice.UPDATE] * 3, "Ola": [Choice.UPDATE] * 3, "Eva": [Choice.UPDATE] * 3},
    ],
)
def test_where_no_coefficient_is_defined_none_is_given(answers: Mapping[str, Sequence[Choice | None]]) -> None:
    assert agreement(state(answers)).value is None


def test_two_who_share_findings_have_a_kappa_though_a_third_decided_others() -> None:
    one, other = Choice.UPDATE, Choice.UNRELATED
    told = agreement(state({"Kari": [one, other, None], "Ola": [one, other, None], "Eva": [None, None, one]}))
    assert (told.name, told.value) == ("Cohen's kappa", 1.0)
    assert told.reviewers["Eva"] == 1


def test_a_decision_that_a_change_has_put_in_question_does_not_count() -> None:
    made = {
        ("f1", "Kari"): standing("f1", "Kari", Choice.UPDATE, Status.CHANGED),
        ("f1", "Ola"): standing("f1", "Ola", Choice.UNRELATED),
    }
    assert agreement(Present(made, {}, ())).shared == 0
    assert disputes(Present(made, {}, ())) == []


def test_disputes_are_the_findings_decided_differently_settled_ones_last() -> None:
    one, other = Choice.UPDATE, Choice.UNRELATED
    settled = {"f00": standing("f00", "Eva", other)}
    told = disputes(state({"Kari": [one, one, one], "Ola": [other, one, other]}, settled=settled))
    assert [(dispute.finding, dispute.settled is not None) for dispute in told] == [("f02", False), ("f00", True)]
    assert {name: each.decision.decision for name, each in told[0].standings.items()} == {"Kari": one, "Ola": other}
