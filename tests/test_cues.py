"""Cues around a figure: needs, levels that came down, conversions in parentheses."""

from __future__ import annotations

import pytest

from contradict.claims import read_claims
from contradict.cues import converts, says_lowered, says_needed
from contradict.types import Claim, Document, Sentence


def claims(text: str) -> list[Claim]:
    return read_claims(Sentence(Document(id="", path="", text=text), 0, 0, len(text)))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port cost $5bn (£4bn) to build.", [False, True]),
        ("They walked 60 miles (about 97 km) to the sea.", [False, True]),
        ("The port ($5bn) opened in May.", [False]),
        ("Two ports (at a cost of $5bn) opened.", [False, False]),
        ("The port has 12 cranes (40 were planned).", [False, False]),
        ("It made most in 2012 ($50bn), and in 2013 ($60bn).", [False, False]),
    ],
)
def test_a_figure_in_parentheses_says_another_once_more_in_its_own_unit(text: str, expected: list[bool]) -> None:
    assert [converts(each) for each in claims(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana needs 90 delegates.", True),
        ("The party needs to pick up at least 23 seats.", True),
        ("The bill fell short of 60 votes.", True),
        ("They were unable to get 60 votes.", True),
        ("He lacked the 218 votes needed.", True),
        ("They want the 1,237 delegates Ana needs.", True),
        ("It takes the 60-vote threshold.", True),
        ("Ana has 90 delegates.", False),
        ("The bill passed with 60 votes.", False),
        ("They managed to get 60 votes.", False),
        ("The needy in 90 towns were fed.", False),
        ("He passed the 2,383 delegates needed with 2,497.", False),
        ("She won 304 votes to win the chair.", False),
    ],
)
def test_votes_are_needed_or_there(text: str, expected: bool) -> None:
    assert says_needed(claims(text)[-1]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lead has shrunk to just 43 votes.", True),
        ("The toll was revised down to 43.", True),
        ("The count was put at 43.", False),
        ("The toll rose to 43.", False),
        ("Prices fell when 43 people came to town.", False),
        ("A crane that fell at Mecca killed 43 people.", False),
        ("Bombs dropped at dawn killed 43 people.", False),
    ],
)
def test_a_figure_is_said_to_have_come_down(text: str, expected: bool) -> None:
    assert says_lowered(claims(text)[-1]) is expected
