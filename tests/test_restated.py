"""A hypothesis in the figures and dates of its premise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict import nli
from contradict.onnx import Pair
from contradict.restated import Restated, restated


@pytest.mark.parametrize(
    ("premise", "hypothesis", "told"),
    [
        # figures as they are: the same, written in another way, and others, which are seen to be others
        ("The blast hurt 218 miners.", "218 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt twelve miners.", "12 miners were hurt.", "twelve miners were hurt."),
        ("The yard cost $1.2 million.", "The cost was $1,200,000.", "The cost was $1.2 million."),
        ("The yard cost $1,234,567.", "The cost was $1.2 million.", "The cost was $1.2 million."),
        ("The blast hurt 218 miners.", "217 miners were hurt.", "217 miners were hurt."),
        ("Turnout was 57%.", "Turnout was 58 percent.", "Turnout was 58 percent."),
        # bounds, to the last digit
        ("The blast hurt 218 miners.", "More than 217 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt 218 miners.", "More than 218 miners were hurt.", "not 218 miners were hurt."),
        ("The blast hurt 218 miners.", "At least 218 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt 218 miners.", "Fewer than 218 miners were hurt.", "not 218 miners were hurt."),
        ("The blast hurt 218 miners.", "At most 218 miners were hurt.", "218 miners were hurt."),
        ("The blast hurt 218 miners.", "Under 300 miners were hurt.", "218 miners were hurt."),
        # bounds of the premise
        ("It hurt more than 218 miners.", "More than 200 miners were hurt.", "more than 218 miners were hurt."),
        ("It hurt more than 218 miners.", "More than 300 miners were hurt.", "not more than 218 miners were hurt."),
        ("It hurt more than 218 miners.", "Fewer than 200 miners were hurt.", "not more than 218 miners were hurt."),
        ("It hurt more than 218 miners.", "It hurt 218 miners.", "It hurt not more than 218 miners."),
        ("It hurt more than 218 miners.", "218 miners were hurt.", "218 miners were hurt."),  # maybe others
        ("It hurt at least 218 miners.", "218 miners were hurt.", "218 miners were hurt."),
        ("It hurt at least 218 miners.", "At most 218 miners were hurt.", "At most 218 miners were hurt."),
        ("It hurt fewer than 218 miners.", "At most 218 miners were hurt.", "fewer than 218 miners were hurt."),
        ("It hurt more than 218 miners.", "Fewer than 300 miners were hurt.", "more than 218 miners were hurt."),
        ("It hurt about 220 miners.", "More than 218 miners were hurt.", "about 220 miners were hurt."),
        ("It hurt at least 218 miners.", "More than 300 miners were hurt.", "More than 300 miners were hurt."),
        # two ways of a move, a level that was left, and times of nothing that is told
        ("Prices rose 5%.", "Prices fell less than 3%.", "Prices fell less than 3%."),
        ("Turnout rose from 50% to 57%.", "Turnout was over 55%.", "Turnout was over 55%."),
        ("He was jailed for 10 years.", "He was mayor for more than 12 years.", "He was mayor for more than 12 years."),
        # where "not" cannot stand
        ("It hurt 218 miners.", "It did not hurt at least 300 miners.", "It did not hurt at least 300 miners."),
        ("It hurt 218 miners.", "The more than 300 miners were hurt.", "The more than 300 miners were hurt."),
        # hedges
        ("It hurt about 220 miners.", "It hurt 218 miners.", "It hurt 218 miners."),
        ("It hurt about 300 miners.", "More than 400 miners were hurt.", "not about 300 miners were hurt."),
        ("It hurt about 300 miners.", "More than 290 miners were hurt.", "about 300 miners were hurt."),
        ("It hurt 290 miners.", "About 300 miners were hurt.", "290 miners were hurt."),
        ("It hurt 150 miners.", "About 300 miners were hurt.", "not 150 miners were hurt."),
    ],
)
def test_a_figure_is_told_by_what_the_premise_says_of_it(premise: str, hypothesis: str, told: str) -> None:
    found = restated(premise, hypothesis)
    assert (found.text, found.open) == (told, False)


@pytest.mark.parametrize(
    ("premise", "hypothesis", "told"),
    [
        ("It has 57 reviews and 31 likes.", "It has under 60 reviews.", "It has 57 reviews."),
        ("It has 57 likes and 31 reviews.", "It has over 60 reviews.", "It has not 31 reviews."),  # of one noun
        ("25 were hurt and 57 died.", "More than 50 are dead.", "57 are dead."),  # the nearest
        ("31 were hurt and 40 died.", "More than 35 are dead.", "More than 35 are dead."),  # which one is open
        ("Three of the five men were hurt.", "At least four men were hurt.", "At least four men were hurt."),
        ("Crowds of 31 met.", "Over 12 men held 900 others.", "31 men held 900 others."),
        ("31 were hurt and 57 died.", "Over 9 men held 900 others.", "Over 9 men held 900 others."),  # too far
        ("The yard has 31 cranes.", "The yard cost over $31 million.", "The yard cost over $31 million."),  # the scale
        ("The yard is old.", "The yard has over 31 cranes.", "The yard has over 31 cranes."),
        ("The yard has 31 cranes.", "The yard is old.", "The yard is old."),
    ],
)
def test_of_figures_on_one_scale_the_nearest_of_one_noun_or_size_is_meant(
    premise: str, hypothesis: str, told: str
) -> None:
    found = restated(premise, hypothesis)
    assert (found.text, found.open) == (told, False)


def test_a_number_that_a_bound_in_its_place_allows_is_told_as_the_bound_and_does_not_follow() -> None:
    found = restated("It hurt more than 218 miners.", "It hurt 300 miners.")
    assert (found.text, found.open) == ("It hurt more than 218 miners.", True)
    assert restated("Orvik has at most 9 boats.", "Orvik has 7 boats.").open
    assert not restated("It hurt more than 218 miners.", "The blast hurt 300 miners.").open  # of which is a guess


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        # what is denied, and what holds of all
        ("Holm did not sell 300 boats.", "Holm did not sell more than 200 boats."),
        ("No storm brought winds of 130 mph.", "No storm brought winds of more than 100 mph."),
        ("Holm cannot build 300 boats.", "Holm cannot build fewer than 200 boats."),
        ("The law applies to yards of 60 boats.", "The law applies to yards of more than 50 boats."),
        ("Anyone who sells 60 boats must pay.", "Anyone who sells more than 50 boats must pay."),
        # of whom something is told
        ("Children under 12 sail free.", "Children under 6 sail free."),
        ("Yards with more than 50 boats pay.", "Yards with 60 boats pay."),
        # of which of several
        ("A train of 150 passengers and 6 crew crashed.", "More than 155 people were on the train that crashed."),
        ("Crowds met: 12 soldiers and 30 civilians.", "At least 40 people met."),
        ("More than 200 passengers were hurt, of whom 40 died.", "45 passengers died."),
        # scores and ranges are two numbers
        ("Orvik won 3-1.", "Orvik won 3-0."),
        ("Ages ranged from 20 to 30.", "Ages ranged from 10 to 40."),
        ("It hurt 25 people.", "It hurt between 20 and 30 people."),
        # dozens may be more than a hundred
        ("Dozens of people were hurt.", "More than 100 people were hurt."),
        # names, spans and what is more than a bound
        ("Holm retired in 2016.", "Holm retired before the 2014 World Cup."),
        ("Holm resigned in 2009.", "Holm resigned before the May 2010 election."),
        ("Talks began on March 3.", "Talks began after 2000 GMT on March 3."),
        ("It opened on 4 May 2014.", "It opened the day after 3 May 2014."),
        ("It opened in 2012.", "It opened five years after 2011."),
        ("It opened on 3 May 2014.", "It opened on or before 1 May 2014."),
        ("It ran from 2003 until 2007.", "It ended after 2004."),
        # of which year
        ("It was held on 5 January.", "It was held before 31 December."),
        ("It was held on January 2.", "It was held after December 30, 2010."),
    ],
)
def test_where_it_is_no_more_than_a_guess_nothing_is_restated(premise: str, hypothesis: str) -> None:
    assert restated(premise, hypothesis).text == hypothesis


@pytest.mark.parametrize(
    ("premise", "hypothesis", "told"),
    [
        # the one in its place, however many are nearer, larger or smaller
        ("It made 6, 30 and 8 tonnes.", "It made over 5, 30 and 8 tonnes.", "It made 6, 30 and 8 tonnes."),
        ("A toll of 31 and 57.", "A toll of over 30 and over 56.", "A toll of 31 and 57."),
        ("It has 9 cranes on 2 piers.", "It  has over 3 cranes on 2 PIERS.", "It  has 9 cranes on 2 PIERS."),
        ("It has 900 cranes.", "It has under 3 cranes.", "It has not 900 cranes."),
        # ages and ranks
        ("Holm is 31 years old.", "Holm is over 30 years old.", "Holm is 31 years old."),
        # of another unit
        ("It is 31 feet deep.", "It is over 30 tonnes deep.", "It is over 30 tonnes deep."),
    ],
)
def test_where_the_words_are_the_same_the_figure_in_its_place_is_meant(
    premise: str, hypothesis: str, told: str
) -> None:
    found = restated(premise, hypothesis)
    assert (found.text, found.open) == (told, False)


def test_what_is_left_open_does_not_follow_and_what_is_said_again_does() -> None:
    answers = np.array([[0.7, 0.1, 0.2]] * 4, dtype=np.float32)
    kinds = [Restated(""), Restated("", open=True), Restated("", said=True), Restated("", open=True, said=True)]
    found = nli.allowed(answers, kinds)
    assert found == pytest.approx(np.array([[0.7, 0.1, 0.2], [0.0, 0.8, 0.2], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))


@pytest.mark.parametrize(
    ("premise", "hypothesis", "told"),
    [
        ("It opened in 2011.", "It opened before 2014.", "It opened in 2011."),
        ("It opened in 2016.", "It opened before 2014.", "It opened not in 2016."),
        ("It opened in 2014.", "It opened prior to 2014.", "It opened not in 2014."),
        ("It opened in 2014.", "It opened after 2013.", "It opened in 2014."),
        ("It opened in 2014.", "It opened later than 2014.", "It opened not in 2014."),
        ("It opened on 3 May 2014.", "It opened before June 2014.", "It opened on 3 May 2014."),
        ("It opened on 3 May 2014.", "It opened after 3 May 2014.", "It opened not on 3 May 2014."),
        ("It opened on May 3 , 2014 .", "It opened after May 1 , 2014 .", "It opened on May 3 , 2014 ."),
        # which day of the month, or of which month, is open
        ("It opened in May 2014.", "It opened before 9 May 2014.", "It opened before 9 May 2014."),
        ("It opened in 2014.", "It opened after May 2014.", "It opened after May 2014."),
        # a date without a year is of that of the other
        ("It opened on 3 May.", "It opened before 9 May 2014.", "It opened on 3 May."),
        ("It opened on 29 February 2012.", "It opened after 1 March.", "It opened not on 29 February 2012."),
        ("It opened on 29 February.", "It opened after 28 February 2012.", "It opened on 29 February."),
        ("It opened on 3 May.", "It opened after 9 May.", "It opened not on 3 May."),
        # the nearest
        ("Born in 1980, he left in 2003.", "He was born before 1981.", "He was born in 1980."),
        ("Begun in 1979, it opened in 1983.", "It opened before 1981.", "It opened before 1981."),
        # what held as of a day may have held before it, but did so by every later one
        ("As of 3 May 2014 it had 9 boats.", "Before 3 May 2014 it had 9 boats.", "Before 3 May 2014 it had 9 boats."),
        ("As of 3 May 2014 it had 9 boats.", "Before 9 May 2014 it had 9 boats.", "as of 3 May 2014 it had 9 boats."),
        ("It had run since 2011.", "It had run before 2014.", "It had run before 2014."),
        ("It opened before 2011.", "It opened before 2014.", "It opened before 2014."),
        # what is told by the day of printing, and what is no bound
        ("It opened on Friday.", "It opened before Sunday.", "It opened before Sunday."),
        ("It opened last year.", "It opened before 2014.", "It opened before 2014."),
        ("It opened in 2011.", "It opened in 2014.", "It opened in 2014."),
        ("It opened in 2016.", "It never opened before 2014.", "It never opened before 2014."),
        # with figures
        ("In 2016 it had 9 boats.", "Before 2014 it had over 5 boats.", "not in 2016 it had 9 boats."),
        ("In 2011 it had 9 boats.", "Before 2014 it had over 5 boats.", "in 2011 it had 9 boats."),
    ],
)
def test_a_bound_in_time_is_told_by_the_nearest_date(premise: str, hypothesis: str, told: str) -> None:
    assert restated(premise, hypothesis).text == told


_DATES = st.builds(
    "{} {}".format,
    st.sampled_from(["before", "after", "since", "as of", "on", "prior to", "until", ""]),
    st.sampled_from(
        ["29 February", "29 February 2012", "May 2014", "2014", "1000", "31 December 1999", "May", "Friday"]
    ),
)


@given(st.lists(_DATES, min_size=1, max_size=3), st.lists(_DATES, min_size=1, max_size=3))
def test_of_any_dates_nothing_but_these_is_restated(theirs: list[str], ours: list[str]) -> None:
    premise, hypothesis = (f"Holm left {'; '.join(each)} for Orvik." for each in (theirs, ours))
    told = restated(premise, hypothesis).text
    assert told.startswith("Holm left")
    assert told.endswith("for Orvik.")
    assert told.count(";") == hypothesis.count(";")


_FIGURES = st.builds(
    "{} {} {}".format,
    st.sampled_from(["more than", "at least", "under", "about", "some", "no more than", "", "almost"]),
    st.one_of(st.integers(0, 300), st.integers(10**25, 10**45), st.decimals(0, 100, places=2)),
    st.sampled_from(["miners", "people", "percent", "tonnes", "dollars", "years"]),
)


@given(st.lists(_FIGURES, min_size=1, max_size=3), st.lists(_FIGURES, min_size=1, max_size=3))
def test_of_any_figures_nothing_but_these_is_restated(theirs: list[str], ours: list[str]) -> None:
    premise, hypothesis = (f"Holm counted {'; '.join(each)} in Orvik." for each in (theirs, ours))
    told = restated(premise, hypothesis).text
    assert told.startswith("Holm counted")
    assert told.endswith("in Orvik.")
    assert told.count(";") == hypothesis.count(";")


def test_what_is_said_again_is_known_by_its_words() -> None:
    assert restated("It hurt 218  miners.", "it hurt 218 miners.").said
    assert restated("It hurt 218 miners.", "It hurt more than 200 miners.").said
    assert restated("Nobody was hurt.", "Nobody was hurt.").said
    assert not restated("It hurt 218 miners.", "It hurt 219 miners.").said
    assert not restated("It hurt 218 miners.", "It hurt 218 women.").said


def test_figures_of_any_size_are_set_against_each_other() -> None:
    large = f"It hurt 1{'0' * 45} miners.", f"100001{'0' * 40} miners were hurt."
    assert restated(*large).text == large[1]
    assert restated(*large[::-1]).text == large[0]


def test_the_judge_reads_what_is_restated(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Pair] = []

    class Recorder:
        sha256 = ""

        def __init__(self, *_: object, **__: object) -> None: ...

        def run(self, pairs: list[Pair]) -> tuple[np.ndarray, list[bool]]:
            read.extend(pairs)
            return np.zeros((len(pairs), 3), dtype=np.float32), [False] * len(pairs)

    monkeypatch.setattr(nli, "Network", Recorder)
    nli.OnnxJudge().judge([("It hurt 218 miners.", "More than 217 miners were hurt.")])
    assert read == [("It hurt 218 miners.", "218 miners were hurt.")]
