"""Whether what stands beside two claims says that they are of two things (`contradict.pairs`)."""

from __future__ import annotations

from datetime import date

import pytest

from contradict.claims import read_document
from contradict.pairs import answered
from contradict.types import Claim, Document, Kind, TimeSpan

DAY = date(2021, 6, 6)


def dates(text: str, *, of: str, published: date = DAY) -> list[Claim]:
    document = Document(id=of, path=of, text=text, date=TimeSpan(published, published))
    return [claim for claim in read_document(document) if claim.kind is Kind.DATE]


CEREMONY = "Reyes was at the 14 March ceremony on 12 May."


@pytest.mark.parametrize(
    ("one", "other", "is_answered"),
    [
        (CEREMONY, CEREMONY, True),  # the one day of the first against the other day of the second
        ("Reyes came on 14 March and left on 12 May.", "Reyes came to the port on 12 May.", False),
        ("Reyes came to the port on 14 March.", "Reyes came to the port on 15 March.", False),
        ("Reyes came on 12 May.", "On 12 May, the minutes say, Reyes came: 12 May.", False),  # they agree
    ],
)
def test_two_days_that_both_sentences_give_are_of_two_things(one: str, other: str, is_answered: bool) -> None:
    beside, others = dates(one, of="one"), dates(other, of="other")
    assert answered(beside[0], others[-1], beside, others) is is_answered


def test_a_sentence_printed_twice_agrees_with_itself() -> None:
    beside, others = dates(CEREMONY, of="one"), dates(CEREMONY, of="other")
    assert not any(answered(a, b, beside, others) for a, b in zip(beside, others, strict=True))


def test_a_day_that_both_sentences_write_is_one_day_though_they_are_of_two_years() -> None:
    text = "Reyes was at the 9/11 ceremony on 12 May."
    beside, others = dates(text, of="one"), dates(text, of="other", published=date(2018, 6, 6))
    assert beside[1].time != others[1].time
    assert answered(beside[0], others[1], beside, others)
