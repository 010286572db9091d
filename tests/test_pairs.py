"""Whether what stands beside a claim answers what it is compared with (`contradict.pairs`)."""

from __future__ import annotations

from datetime import date

import pytest

from contradict.claims import read_document
from contradict.pairs import answered
from contradict.types import Claim, Document, Kind, TimeSpan

DAY = date(2021, 6, 6)


def dates(text: str, *, of: str) -> list[Claim]:
    document = Document(id=of, path=of, text=text, date=TimeSpan(DAY, DAY))
    return [claim for claim in read_document(document) if claim.kind is Kind.DATE]


@pytest.mark.parametrize(
    ("one", "other", "is_answered"),
    [
        ("Reyes was at the 14 March ceremony on 12 May.", "Reyes was at the 14 March ceremony on 12 May.", True),
        ("Reyes came on 14 March and left on 12 May.", "Reyes came to the port on 12 May.", True),
        ("Reyes came on 14 March and left on 12 May.", "Reyes came to the port on 15 March.", False),
        ("Reyes came to the port on 14 March.", "Reyes came to the port on 15 March.", False),
    ],
)
def test_a_date_that_the_other_sentence_gives_too_answers_for_those_beside_it(
    one: str, other: str, is_answered: bool
) -> None:
    first, *beside = dates(one, of="one")
    last = dates(other, of="other")[-1]
    assert answered(first, last, [first, *beside], dates(other, of="other")) is is_answered
