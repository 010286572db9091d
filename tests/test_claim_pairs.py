"""Which claims are asked about: sentences on one event, the nearest first, within a budget, none twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from claim_cases import claim

from contradict import claim_pairs
from contradict.claim_pairs import NEIGHBOURS, REPRINT, related, without_furniture
from contradict.types import Claim

STRIKE = "Pilots of Orvik Air walked out over pay at dawn on Monday."
STRIKE_TOLD = "Orvik Air said its pilots never walked out over their pay."
WRECK = "The trawler Solveig sank off Hasle in heavy seas."
WRECK_TOLD = "In heavy seas off Hasle the trawler Solveig stayed afloat."
OTHERS = [
    "A choir of miners sang for the queen in Tarnow.",
    "Wheat from Kenya was sold below its cost last autumn.",
    "The old library of Lyon keeps maps of the coast.",
]


def met(claims: Sequence[Claim], **options: bool | int) -> set[frozenset[str]]:
    found = related(claims, **options)  # type: ignore[arg-type]  # the options are those of the function
    return {frozenset((pair.a.sentence.text, pair.b.sentence.text)) for pair in found.pairs}


def told(*texts: str, on: int | None = 0) -> list[Claim]:
    return [claim(text, on=on) for text in texts]


# Which meet


def test_sentences_on_one_event_meet_and_strangers_do_not() -> None:
    claims = told(STRIKE, WRECK, *OTHERS, WRECK_TOLD, STRIKE_TOLD)
    assert met(claims) == {frozenset((STRIKE, STRIKE_TOLD)), frozenset((WRECK, WRECK_TOLD))}


def test_sentences_without_a_name_or_place_in_common_do_not_meet() -> None:
    assert met(told("The crew walked out over pay at dawn.", "At dawn the crew walked out again.")) == set()


@pytest.mark.parametrize(("later", "meet"), [(0, True), (45, True), (46, False), (-46, False), (None, True)])
def test_articles_far_apart_in_time_do_not_meet(later: int | None, meet: bool) -> None:
    claims = [claim(STRIKE, on=0), claim(STRIKE_TOLD, on=later)]
    assert bool(met(claims)) is meet
    assert bool(met(claims[::-1])) is meet


def test_sentences_of_one_article_meet_only_when_asked() -> None:
    claims = [claim(text, document="one") for text in (STRIKE, STRIKE_TOLD)]
    assert met(claims) == set()
    assert met(claims, within=True) == {frozenset((STRIKE, STRIKE_TOLD))}


# Reprints

PRINTED = "Pilots of Orvik Air were paid in full before the walkout at dawn, the union said."


@pytest.mark.parametrize(
    ("again", "meet"),
    [
        (PRINTED, False),
        (PRINTED.replace("Pilots", "The pilots"), False),
        (PRINTED.replace("were paid", "were not paid"), True),
        (PRINTED.replace("before", "after"), True),
    ],
)
def test_a_reprint_is_no_pair_unless_it_says_the_contrary(again: str, meet: bool) -> None:
    claims = [claim(PRINTED, document="first"), claim(again, document="again"), *told(*OTHERS)]
    assert bool(met(claims)) is meet
    if meet:
        assert related(claims).pairs[0].similarity >= REPRINT


def test_what_has_other_words_is_no_reprint_however_near_it_is() -> None:
    first = "Two children, Ane and Tor, were born in Hasle and then the family moved to Orvik, where they fished."
    again = (
        "By the time that the family moved to Orvik, where they fished, four children were born in Hasle, Ane and Tor."
    )
    claims = [claim(first, document="first"), claim(again, document="again"), *told(*OTHERS)]
    (pair,) = related(claims).pairs
    assert pair.similarity >= REPRINT


def test_reprints_do_not_take_the_place_of_what_differs() -> None:
    reprints = [claim(STRIKE, document=f"copy {number}") for number in range(3 * NEIGHBOURS)]
    assert met([*reprints, *told(STRIKE_TOLD, *OTHERS)]) == {frozenset((STRIKE, STRIKE_TOLD))}


# How many


def test_the_budget_keeps_the_nearest_and_counts_the_rest() -> None:
    claims = told(STRIKE, WRECK, *OTHERS, WRECK_TOLD, STRIKE_TOLD)
    whole = related(claims)
    assert whole.left_out == 0
    assert len(whole.pairs) == 2
    for budget in range(len(whole.pairs) + 1):
        part = related(claims, budget=budget)
        assert [id(pair.a) for pair in part.pairs] == [id(pair.a) for pair in whole.pairs[:budget]]
        assert part.left_out == len(whole.pairs) - budget


GOODS = "barley copper herring timber wool amber salt".split()


def test_two_that_are_nearest_to_each_other_come_before_what_is_nearest_to_one_alone() -> None:
    hub = f"Norway sold {', '.join(GOODS)} to them."
    spokes = [f"Norway kept {one} {other}, they said." for one, other in pairwise(GOODS)]
    far = ["The trawler Solveig sank off Hasle in heavy seas.", "Solveig was towed to Hasle by three other trawlers."]
    found = related(told(hub, *spokes, *far)).pairs
    (at,) = [number for number, pair in enumerate(found) if pair.a.sentence.text == far[0]]
    assert at < NEIGHBOURS
    assert any(pair.similarity > found[at].similarity for pair in found[at + 1 :])


def crowd(size: int, *, seed: int = 4) -> list[Claim]:
    """Claims of random words of one place, so that any two may meet."""
    choose = np.random.default_rng(seed)
    words = ["".join(letters) for letters in choose.choice(list("bdfgklmnprst"), (120, 6))]
    return [
        claim(
            f"In Norway the {' '.join(choose.choice(words, 8))} was seen.",
            document=f"{number}",
            on=number % 60 or None,
        )
        for number in range(size)
    ]


def test_a_claim_brings_no_more_pairs_than_it_has_neighbours() -> None:
    claims = crowd(150)
    found = related(claims).pairs
    assert len({frozenset((id(pair.a), id(pair.b))) for pair in found}) == len(found)
    assert len(claims) < len(found) <= NEIGHBOURS * len(claims)


def test_the_same_claims_give_the_same_pairs_in_any_number_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = crowd(150)

    def pairs() -> list[tuple[str, str, float]]:
        return [(pair.a.key, pair.b.key, pair.similarity) for pair in related(claims).pairs]

    whole = pairs()
    assert pairs() == whole
    monkeypatch.setattr(claim_pairs, "CELLS", 7 * len(claims))
    assert pairs() == whole
    monkeypatch.setattr(claim_pairs, "CELLS", 1)
    assert pairs() == whole


# Too little


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [STRIKE],
        ["It was what they said it was.", "They were not the ones who were there."],  # no word but common ones
        ["那 么 a b 么 这 d", "么 那 b a 么 f g"],
    ],
)
def test_too_little_to_compare_gives_no_pairs(texts: list[str]) -> None:
    found = related(told(*texts))
    assert (found.pairs, found.left_out) == ((), 0)


# Furniture

SIGNED = "{day} at 11:44 pm | Reply Orvik Air welcomes a lively debate as long as you follow the rules of the house."


def test_what_many_pages_print_with_another_date_is_furniture() -> None:
    days = ("January 30, 2011", "February 2, 2011", "Monday", "May 11, 2012")
    signed = [claim(SIGNED.format(day=day), document=day) for day in days]
    claims = [*told(STRIKE), *signed, *told(STRIKE_TOLD)]
    assert without_furniture(claims) == [claims[0], claims[-1]]
    fewer = [each for each in claims if each is not signed[0]]
    assert without_furniture(fewer) == fewer


def test_one_document_does_not_make_furniture_by_saying_it_again() -> None:
    claims = [claim(SIGNED.format(day=f"May {day}"), document="one") for day in range(1, 9)]
    assert without_furniture(claims) == claims


def test_sentences_that_only_one_page_prints_are_kept() -> None:
    claims = told(STRIKE, WRECK, *OTHERS)
    assert without_furniture(claims) == claims
    assert without_furniture([]) == []
