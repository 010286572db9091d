"""Whether an article also prints the figure that another sets against its own, and what that weighs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.claims import pairable, read_document
from contradict.columns import rows_of_claims
from contradict.isodates import read_iso
from contradict.printed import PrintedRows, is_round, stated_by, with_printed
from contradict.types import Claim, Document, Pair
from contradict.verdicts import PRINTED, in_time, judge_pairs, load_head

LINES = (
    "The storm killed 43 people in Peru.",
    "The storm killed 57 people in Peru.",
    "The mayor wanted $5.7 million for the bridge.",
    "The mayor wanted $5 million for the bridge.",
    "The council sold 57 boats.",
    "The road is 57 km long.",
    "Between 40 and 74 houses burned down.",
    "About 57 people were hurt in Peru.",
    "Hundreds of goats and some 550 sheep drowned.",
    "The toll rose from 43 to 57.",
)


def article(name: str, *lines: str, day: str = "") -> list[Claim]:
    document = Document(id=name, path="", text=" ".join(lines), date=read_iso(day) if day else None)
    return [claim for claim in read_document(document) if pairable(claim)]


def printed(one: list[Claim], other: list[Claim]) -> tuple[bool, bool]:
    """Of the first claims of two articles."""
    return with_printed(Pair(one[0], other[0], 0.9, 0.9), stated_by(one), stated_by(other)).printed


def test_the_figure_of_the_other_article_is_found_wherever_it_stands() -> None:
    one, other = article("one", LINES[0], LINES[1]), article("two", LINES[1])
    assert printed(one, other) == (True, False)
    assert printed(other, one) == (False, True)
    assert printed(one, article("two", LINES[1], LINES[0])) == (True, True)


@pytest.mark.parametrize("line", [LINES[2], LINES[5], LINES[6], "The storm killed 570 people in Peru."])
def test_another_scale_a_range_and_another_number_are_another_figure(line: str) -> None:
    assert printed(article("one", LINES[0], line), article("two", LINES[1])) == (False, False)


def test_equal_figures_and_one_article_tell_nothing() -> None:
    assert printed(article("one", LINES[0]), article("two", LINES[0])) == (False, False)
    claims = article("one", LINES[0], LINES[1])
    pair = Pair(claims[0], claims[1], 0.9, 0.9)
    assert with_printed(pair, stated_by(claims), stated_by(claims)).printed == (False, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [("3", True), ("300", True), ("$5 billion", True), ("0.5%", True), ("57", False), ("$5.7 billion", False)],
)
def test_a_round_number_has_one_digit(text: str, told: bool) -> None:
    (claim,) = (claim for claim in article("one", f"The mayor paid {text} for the bridge.") if claim.figure)
    assert is_round(claim) is told


@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.lists(st.sampled_from(LINES), min_size=1, max_size=4)
)
def test_rows_tell_the_same_as_words(first: list[str], second: list[str]) -> None:
    one, other = article("one", *first), article("two", *second)
    claims = [*one, *other]
    owners = np.array([0] * len(one) + [1] * len(other), dtype=np.int32)
    rows = PrintedRows(rows_of_claims(claims), owners)
    numbers = [(i, j) for i in range(len(claims)) for j in range(len(claims)) if _figures(claims[i], claims[j])]
    found = rows.of(
        np.array([i for i, _ in numbers], dtype=np.int64), np.array([j for _, j in numbers], dtype=np.int64)
    )
    told = {True: stated_by(one), False: stated_by(other)}
    for (i, j), seen in zip(numbers, found.tolist(), strict=True):
        pair = Pair(claims[i], claims[j], 0.9, 0.9)
        assert tuple(seen) == with_printed(pair, told[i < len(one)], told[j < len(one)]).printed


def _figures(*claims: Claim) -> bool:
    return all(claim.figure is not None for claim in claims)


def test_rows_of_no_claims_are_asked_about_nothing() -> None:
    none = np.array([], dtype=np.int64)
    assert PrintedRows(rows_of_claims([]), none.astype(np.int32)).of(none, none).shape == (0, 2)


# What it weighs


def judged(pair: Pair) -> tuple[float, str]:
    """What speaks for a difference, and the reason."""
    (verdict,) = judge_pairs([pair], load_head())
    told = verdict.probabilities
    return told.contradiction + told.update, verdict.reason


def pair_of(first: str, second: str) -> Pair:
    return Pair(article("one", first)[0], article("two", second)[0], 0.9, 0.9)


def test_a_figure_that_the_other_article_prints_speaks_for_two_matters() -> None:
    pair = pair_of(LINES[0], LINES[1])
    plain, once, both = (
        judged(replace(pair, printed=printed)) for printed in ((False, False), (True, False), (True, True))
    )
    assert plain[0] > once[0] > both[0]
    assert PRINTED in both[1]
    assert PRINTED not in plain[1] + once[1]


def test_a_round_figure_speaks_less_for_it() -> None:
    def left(first: str, second: str) -> float:
        pair = pair_of(first, second)
        return judged(replace(pair, printed=(True, False)))[0] / judged(pair)[0]

    assert left(LINES[2], LINES[3]) > left(LINES[3], LINES[2])


def test_what_is_known_of_both_articles_is_turned_with_the_pair() -> None:
    late, early = article("late", LINES[0], day="2020-02-01"), article("early", LINES[1], day="2020-01-01")
    turned = in_time(Pair(late[0], early[0], 0.9, 0.8, (True, False)))
    assert (turned.a.document.id, turned.similarity, turned.printed) == ("early", 0.9, (False, True))
