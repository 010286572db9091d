"""Charges and pleas of not guilty both stand; a verdict against a plea may not."""

from __future__ import annotations

import pytest

from contradict.pleas import charge_and_plea

CHARGES = (
    "Prosecutors charged the mayor with taking bribes from two builders.",
    "The mayor has been indicted by a grand jury in Tarn.",
    "He faces three counts of fraud at the county court.",
    "They accuse the mayor and his wife of hiding the money.",
    "The mayor is on trial over the missing funds.",
)
PLEAS = (
    "The mayor pleaded not guilty to all counts on Monday.",
    'He entered a plea of "not guilty" at the county court.',
    "The mayor denies the charges.",
    "He has maintained his innocence ever since the arrest.",
    "Holm denied any wrongdoing and went home.",
)


@pytest.mark.parametrize("charge", CHARGES)
@pytest.mark.parametrize("plea", PLEAS)
def test_a_charge_and_a_plea_both_stand(charge: str, plea: str) -> None:
    assert charge_and_plea(charge, plea)
    assert charge_and_plea(plea, charge)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mayor pleaded guilty to fraud on Monday.", "The mayor pleaded not guilty to fraud on Monday."),
        ("The mayor, charged with fraud, was convicted on Friday.", "The mayor pleaded not guilty to fraud."),
        ("The charges against the mayor were dropped.", "The mayor denies the charges."),
        ("The mayor took bribes from two builders.", "The mayor denies any wrongdoing."),
        ("The mayor denies the charges of fraud.", "The mayor pleaded not guilty to fraud."),
        ("The mayor is charged with fraud.", "The treasurer is charged with fraud."),
        ("The mayor was indicted for fraud.", "Prosecutors denied that any charges had been filed."),
        ("The mayor is charged with fraud.", "A judge rejected the charges on Friday."),
        ("The mayor is charged with fraud.", "The mayor denied that the bridge was closed."),
    ],
)
def test_what_is_more_or_less_than_a_charge_and_a_plea_is_judged(one: str, other: str) -> None:
    assert not charge_and_plea(one, other)
    assert not charge_and_plea(other, one)


def test_a_long_text_takes_no_long_time() -> None:
    assert not charge_and_plea("charged with " * 5_000 + "convicted", "deny " * 20_000)
