"""Charges and pleas of not guilty both stand; a verdict against a plea may not."""

from __future__ import annotations

import pytest

from contradict.pleas import both_stand

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
    "The mayor denies aggravated fraud.",
)


@pytest.mark.parametrize("charge", CHARGES)
@pytest.mark.parametrize("plea", PLEAS)
def test_a_charge_and_a_plea_both_stand(charge: str, plea: str) -> None:
    assert both_stand(charge, plea)
    assert both_stand(plea, charge)


def test_a_plea_that_is_told_twice_stands_twice() -> None:
    assert both_stand("Holm denied two offences of battery.", "Holm pleaded not guilty to three charges.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mayor pleaded guilty to fraud on Monday.", "The mayor pleaded not guilty to fraud on Monday."),
        ("The mayor, charged with fraud, was convicted on Friday.", "The mayor pleaded not guilty to fraud."),
        ("The charges against the mayor were dropped.", "The mayor denies the charges."),
        ("The mayor took bribes from two builders.", "The mayor denies any wrongdoing."),
        ("The mayor denies the charges of fraud.", "The mayor, who pleaded not guilty to fraud, was acquitted."),
        ("The mayor is charged with fraud.", "The treasurer is charged with fraud."),
        ("The mayor did not deny the charges.", "The mayor denied the charges."),
        ("The mayor, charged with fraud, was granted bail.", "A judge denied bail in the fraud case."),
        ("The mayor, who denies wrongdoing, was in Oslo.", "The mayor, who denies wrongdoing, was in Orvik."),
        ("The ministry alleged that rifles were sold.", "The ministry denied assault rifles were sold."),
        ("The mayor was indicted for fraud.", "Prosecutors denied that any charges had been filed."),
        ("The mayor is charged with fraud.", "A judge rejected the charges on Friday."),
        ("The mayor is charged with fraud.", "The mayor denied that the bridge was closed."),
    ],
)
def test_what_is_more_or_less_than_a_charge_and_a_plea_is_judged(one: str, other: str) -> None:
    assert not both_stand(one, other)
    assert not both_stand(other, one)


def test_a_long_text_takes_no_long_time() -> None:
    assert not both_stand("charged with " * 5_000 + "convicted", "deny " * 20_000)
