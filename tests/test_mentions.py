"""What a sentence names, and of what kind it is taken to be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from claim_cases import day

from contradict.figures.tokens import tokenise
from contradict.mentions import MentionKind, read_mentions, same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The envoy met Ane Holm in Kenya.", ["person Ane Holm", "place Kenya"]),
        ("Mr Holm met Senator Dahl at the Orvik Bank.", ["person Holm", "person Dahl", "name Orvik Bank"]),
        ("On Friday 12 boats left for the 3rd time.", ["date Friday", "figure 12", "rank 3rd"]),
        ("A fourth boat sank in May 2020.", ["rank fourth", "date May 2020"]),
        ("Russian troops held the fort of the WHO.", ["place Russian", "name WHO"]),
        # the first word is capital as it comes first, and so are words that no one is called
        ("Critics fled the town.", []),
        ("Nobody saw it, I said, but Most of them did.", []),
        ("The fort fell in 2019.", ["year 2019"]),
        # a span of years is neither a day nor a year
        ("The fort fell in the 1990s.", []),
        ("", []),
    ],
)
def test_mentions_are_read_with_their_kinds(text: str, found: list[str]) -> None:
    mentions = read_mentions(text, tokenise(text), day(0))
    assert [f"{mention.kind} {mention.surface}" for mention in mentions] == found


def test_a_mention_stands_where_it_says() -> None:
    text = "Mr  Ane  Holm flew from  New York to Kenya on 3 March 2021 for the 4th time with 12 aides."
    mentions = read_mentions(text, tokenise(text), day(0))
    assert len(mentions) == 6
    assert all(text[mention.start : mention.end] == mention.surface for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    ("one", "other", "later", "expected"),
    [
        ("They met on Friday.", "They met on Friday.", 1, True),  # printed on both sides of midnight
        ("They met on Friday.", "They met on Friday.", 20, False),
        ("They met on Friday.", "They met on Tuesday.", 0, False),
        ("They met on Friday.", "They met last week.", 2, True),
        ("They met on 9 April 2021.", "They met on Friday.", 0, True),
        ("They met on 9 April 2021.", "They met on Thursday.", 0, False),
        ("They met on September 11.", "They met on September 11.", 250, True),  # taken for two years
        ("They met on September 11.", "They met on September 12.", 250, False),
        ("They met today.", "They met today.", 6, False),
        ("They met on 9 April 2021.", "They met on 16 April 2021.", 0, False),
        ("They met on 3 March 2021.", "They met on 4 March 2021.", 0, False),
        ("They met on 3 March 2021.", "They met in March 2021.", 0, True),
    ],
)
def test_days_of_the_week_may_be_one_though_they_are_taken_for_two(
    one: str, other: str, later: int, expected: bool
) -> None:
    a, b = (
        next(each for each in read_mentions(text, tokenise(text), day(on)) if each.kind is MentionKind.DATE)
        for text, on in ((one, 0), (other, later))
    )
    assert same(a, b) is expected
    assert same(b, a) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("They met in Osnabrck.", "They met in Osnabruck.", True),  # what is left of "ü"
        ("They met Tor Hansen.", "They met Tor Hanson.", True),  # one name is the same
        ("They met Ole Hansen.", "They met Tor Jansen.", False),
        ("They met Frances Holm.", "They met Francis Berg.", False),
        ("They met Ole Johnson.", "They met Tor Johnston.", False),
        ("They met Michael Holm.", "They met Michaela Berg.", False),
        ("They met in Holm A320neo.", "They met in Berg A321neo.", False),
    ],
)
def test_a_long_name_may_have_lost_a_vowel(one: str, other: str, expected: bool) -> None:
    a, b = (
        next(
            each
            for each in read_mentions(text, tokenise(text), day(0))
            if each.kind in (MentionKind.PERSON, MentionKind.NAME, MentionKind.PLACE)
        )
        for text in (one, other)
    )
    assert same(a, b) is expected
    assert same(b, a) is expected
