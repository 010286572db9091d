"""Comparison of figures: what agrees, what is apart, on which scale, and what the time between them makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contradict.claims import read_claims
from contradict.compare import (
    Comparison,
    Course,
    Outcome,
    central,
    comparable,
    compare,
    course,
    course_in_time,
    days_between,
    rounds,
    rule,
    scale_of,
    untold,
)
from contradict.figures import read_figures
from contradict.types import Claim, Document, Figure, Relation, Sentence, TimeSpan

EQUAL, HOLDS, APART = Outcome.EQUAL, Outcome.HOLDS, Outcome.APART


def figure(text: str) -> Figure:
    """The one figure of a phrase."""
    found = read_figures(text)
    assert len(found) == 1, f"{text}: {[each.surface for each in found]}"
    return found[0]


def outcome(one: str, other: str) -> Outcome | None:
    compared = compare(figure(one), figure(other))
    return compared.outcome if compared is not None else None


def claim(text: str, *, day: date | None = None) -> Claim:
    """The first claim with a figure that a sentence of an article of that day makes."""
    document = Document(id=text, path="", text=text, date=TimeSpan(day, day) if day else None)
    found, _ = read_claims(Sentence(document, 0, 0, len(text)))
    return next(each for each in found if each.figure is not None)


# Values


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # exact
        ("43 boats sank", "43 boats sank", EQUAL),
        ("43 boats sank", "44 boats sank", APART),
        ("a dozen boats sank", "12 boats sank", EQUAL),
        ("a dozen boats sank", "13 boats sank", HOLDS),
        ("two dozen boats sank", "22 boats sank", HOLDS),
        ("a dozen boats sank", "14 boats sank", APART),
        ("a dozen boats sank", "two dozen boats sank", APART),
        ("1.2 million boats", "1,200,000 boats", EQUAL),
        ("0 boats sank", "0 boats sank", EQUAL),
        ("0 boats sank", "5 boats sank", APART),
        # approximations: within a tenth of each other
        ("almost 7,000 boats sank", "6,950 boats sank", HOLDS),
        ("nearly 7,000 boats sank", "7,300 boats sank", HOLDS),
        ("nearly 7,000 boats sank", "7,900 boats sank", APART),
        ("about 43 boats sank", "46 boats sank", HOLDS),
        ("about 43 boats sank", "51 boats sank", APART),
        # bounds
        ("700 or more boats sank", "500 boats sank", APART),
        ("700 or more boats sank", "760 boats sank", HOLDS),
        ("700 or more boats sank", "900 boats sank", HOLDS),
        ("more than 4,000 boats sank", "4,269 boats sank", HOLDS),
        ("more than 4,000 boats sank", "3,000 boats sank", APART),
        ("just over 600 boats sank", "604 boats sank", HOLDS),
        ("up to 200 boats sank", "180 boats sank", HOLDS),
        ("up to 200 boats sank", "231 boats sank", APART),
        ("fewer than 43 boats sank", "35 boats sank", HOLDS),
        ("fewer than 43 boats sank", "61 boats sank", APART),
        # two estimates: a bound allows much, an editor no more than a third
        ("at least 50,000 boats sank", "up to 200,000 boats sank", APART),
        ("700 or more boats sank", "1,400 boats sank", APART),
        ("at least 40 boats sank", "at least 42 boats sank", HOLDS),
        ("at least 40 boats sank", "at least 61 boats sank", APART),
        ("at least 40 boats sank", "more than 40 boats sank", HOLDS),
        # ranges
        ("between 300 and 450 boats sank", "400 boats sank", HOLDS),
        ("between 300 and 450 boats sank", "375 boats sank", HOLDS),
        ("between 300 and 450 boats sank", "300 boats sank", HOLDS),
        ("between 300 and 450 boats sank", "450 boats sank", HOLDS),
        ("between 300 and 450 boats sank", "555 boats sank", APART),
        ("between 300 and 450 boats sank", "between 400 and 500 boats sank", HOLDS),
        ("between 300 and 450 boats sank", "between 600 and 900 boats sank", APART),
        ("between 3 and 9 tonnes of rice", "3.2 tonnes of rice", HOLDS),
        ("between 2% and 9% of the cows", "2.5% of the cows", HOLDS),
        ("between $2 million and $9 million", "$2.5 million", HOLDS),
        # moves between two levels hold at the later one
        ("output fell from 900 to 640 tonnes", "output was 640 tonnes", EQUAL),
        ("output fell from 900 to 640 tonnes", "output was 901 tonnes", APART),
        ("stocks fell from 900 to 640 boats", "stocks were 720 boats", APART),
        ("stocks fell from 900 to 640 boats", "stocks fell from 900 to 500 boats", APART),
        # shares
        ("half of the boats sank", "50% of the boats sank", EQUAL),
        ("a third of the boats sank", "33% of the boats sank", HOLDS),
        ("two-thirds of the boats sank", "67% of the boats sank", HOLDS),
        ("a third of the boats sank", "45% of the boats sank", APART),
        # the side of nought
        ("a low of -5 degrees Celsius", "5 degrees Celsius", APART),
        ("about -5 degrees Celsius", "5 degrees Celsius", APART),
        ("about -5 degrees Celsius", "-5.2 degrees Celsius", HOLDS),
    ],
)
def test_two_figures_are_equal_or_one_holds_for_the_other_or_they_are_apart(
    one: str, other: str, expected: Outcome
) -> None:
    assert outcome(one, other) is expected
    assert outcome(other, one) is expected


@pytest.mark.parametrize(
    ("vague", "other", "expected"),
    [
        ("dozens of boats sank", "61 boats sank", HOLDS),
        ("dozens of boats sank", "5 boats sank", APART),
        ("dozens of boats sank", "90,000 boats sank", APART),
        ("hundreds of boats sank", "305 boats sank", HOLDS),
        ("hundreds of boats sank", "43 boats sank", APART),
        ("thousands of boats sank", "11,675 boats sank", HOLDS),
        ("thousands of boats sank", "400,000 boats sank", APART),
        ("several hundred boats sank", "405 boats sank", HOLDS),
        ("several hundred boats sank", "155 boats sank", APART),
        ("hundreds of boats sank", "hundreds of thousands of boats sank", APART),
    ],
)
def test_a_vague_count_is_firm_below_and_loose_above(vague: str, other: str, expected: Outcome) -> None:
    compared = compare(figure(vague), figure(other))
    assert compared is not None
    assert (compared.outcome, compared.vague) == (expected, True)


def test_a_comparison_tells_how_far_and_which_way() -> None:
    compared = compare(figure("20 boats sank"), figure("50 boats sank"))
    assert compared == Comparison(APART, Decimal("2.5"), rises=True)
    compared = compare(figure("50 boats sank"), figure("20 boats sank"))
    assert compared == Comparison(APART, Decimal("2.5"), rises=False)
    compared = compare(figure("50 boats sank"), figure("50 boats sank"))
    assert compared == Comparison(EQUAL, Decimal(1), rises=None)


# Scales


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("90 minutes passed", "1.5 hours passed", EQUAL),
        ("90 minutes passed", "2 hours passed", APART),
        ("5 tonnes of rice", "5,000 kg of rice", EQUAL),
        ("62 miles of road", "100 km of road", HOLDS),
        ("60 miles of road", "97 km of road", HOLDS),
        ("60 miles of road", "100 km of road", HOLDS),
        ("60 miles of road", "120 km of road", APART),
        ("20 degrees Celsius", "68 degrees Fahrenheit", EQUAL),
        ("20 degrees Celsius", "80 degrees Fahrenheit", APART),
        ("80 pence was paid", "£0.80 was paid", EQUAL),
        ("$3 million was paid", "US$3 million was paid", EQUAL),
    ],
)
def test_units_of_one_dimension_are_converted(one: str, other: str, expected: Outcome) -> None:
    assert outcome(one, other) is expected
    assert outcome(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$3 million was paid", "3 million euros was paid"),
        ("$3 million was paid", "C$3 million was paid"),
        ("$3 million was paid", "£3 million was paid"),
        ("A$3 million was paid", "C$3 million was paid"),
        ("80 pence was paid", "80 cents was paid"),
    ],
)
def test_currencies_are_never_mixed(one: str, other: str) -> None:
    assert compare(figure(one), figure(other)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5,000 barrels a day", "5,000 barrels"),
        ("5,000 barrels a day", "5,000 barrels a week"),
        ("40 boats sank", "40% of the boats sank"),
        ("40 boats sank", "40 miles of road"),
        ("40 kg of rice", "40 miles of road"),
        ("3 times larger than before", "3 boats sank"),
        ("rents rose 6%", "rents rose to 6%"),
        ("a 43-year-old sailor", "43 boats sank"),
        ("a 43-year-old sailor", "a 44-year-old sailor"),
        ("the 21st boat", "the 22nd boat"),
        ("won 3-1", "won 4-1"),
    ],
)
def test_figures_on_two_scales_or_on_none_are_not_compared(one: str, other: str) -> None:
    assert not comparable(figure(one), figure(other))
    assert compare(figure(one), figure(other)) is None


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("40 boats sank", ""),
        ("40 boats a day", "/day"),
        ("40% of the boats sank", "share"),
        ("half of the boats sank", "share"),
        ("40 miles of road", "length"),
        ("40 km of road", "length"),
        ("40 barrels a day", "volume/day"),
        ("$40 was paid", "money:USD"),
        ("40 US dollars was paid", "money:USD"),
        ("£40 was paid", "money:GBP"),
        ("40 pence was paid", "money:GBP"),
        ("3 times larger than before", "multiple"),
    ],
)
def test_the_scale_of_a_figure(text: str, scale: str) -> None:
    assert scale_of(figure(text)) == scale


def test_a_magnitude_is_on_one_scale_wherever_its_name_stands() -> None:
    assert outcome("a magnitude 6.4 quake", "a 6.4-magnitude quake") is EQUAL
    assert outcome("a quake with a magnitude of 7.1", "a 6.4-magnitude quake") is APART


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rents rose 6%", "rents rose 6%", EQUAL),
        ("rents rose 6%", "rents rose 9%", APART),
        ("rents rose 6%", "rents fell 6%", APART),
        ("rents rose by about 6%", "rents rose by 6.2%", HOLDS),
    ],
)
def test_moves_are_compared_with_moves_and_their_direction_counts(one: str, other: str, expected: Outcome) -> None:
    assert outcome(one, other) is expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40 boats sank", "40"),
        ("more than 40 boats sank", "40"),
        ("between 30 and 50 boats sank", "40"),
        ("3 km of road", "3000"),
        ("40% of the boats sank", "0.4"),
        ("output fell from 900 to 640 kg", "640"),
        ("50 pence was paid", "0.5"),
    ],
)
def test_the_number_that_a_figure_puts_forward(text: str, value: str) -> None:
    assert central(figure(text)) == Decimal(value)


# Rounding


@pytest.mark.parametrize(
    ("coarse", "fine", "expected"),
    [
        ("7,000 boats", "6,950 boats", True),
        ("7,000 boats", "7,049 boats", True),
        ("7,000 boats", "6,480 boats", False),
        ("7,000 boats", "7,600 boats", False),
        ("1.2 million boats", "1,150,000 boats", True),
        ("1.2 million boats", "1,249,000 boats", True),
        ("1.2 million boats", "1,300,000 boats", False),
        ("$2 trillion", "$2.2 trillion", True),
        ("$2 trillion", "$1.85 trillion", True),
        ("$2 trillion", "$2.4 trillion", False),
        ("3 million boats", "2.6 million boats", False),
        ("50 million boats", "55 million boats", False),
        ("8% of the boats", "7.8% of the boats", True),
        ("8% of the boats", "7.4% of the boats", False),
        ("7.8% of the boats", "7.82% of the boats", True),
        ("8% of the boats", "9% of the boats", False),
        ("300 boats", "304 boats", True),
        ("6,950 boats", "7,000 boats", False),
        ("43 boats", "43 boats", False),
        ("7,000 miles", "6,950 km", False),
        ("dozens of boats", "43 boats", False),
    ],
)
def test_a_figure_rounds_one_that_is_written_more_finely(coarse: str, fine: str, expected: bool) -> None:
    assert rounds(figure(coarse), figure(fine)) is expected


@pytest.mark.parametrize(
    ("one", "other"), [("40 boats", "41 boats"), ("20 boats", "21 boats"), ("50 boats", "52 boats")]
)
def test_a_small_count_of_tens_is_exact(one: str, other: str) -> None:
    """The labelling guideline: different exact counts of one day conflict, however small the difference."""
    assert not rounds(figure(one), figure(other))
    assert outcome(one, other) is APART


# Time


RISING = Comparison(APART, Decimal(2), rises=True)
FALLING = Comparison(APART, Decimal(2), rises=False)
SAME = Comparison(EQUAL, Decimal(1), rises=None)
NEAR = Comparison(HOLDS, Decimal("1.05"), rises=True)


@pytest.mark.parametrize(
    ("comparison", "how", "days", "expected"),
    [
        *((SAME, how, days, Relation.AGREEMENT) for how in Course for days in (None, 0, 1, 400)),
        *((NEAR, how, days, Relation.AGREEMENT) for how in Course for days in (None, 0, 1, 400)),
        *(
            (way, how, days, Relation.CONTRADICTION)
            for way in (RISING, FALLING)
            for how in Course
            for days in (None, 0)
        ),
        *((way, Course.FIXED, 30, Relation.CONTRADICTION) for way in (RISING, FALLING)),
        (RISING, Course.RUNNING, 1, Relation.UPDATE),
        (RISING, Course.RUNNING, 400, Relation.UPDATE),
        (FALLING, Course.RUNNING, 1, Relation.CONTRADICTION),
        (FALLING, Course.RUNNING, 400, Relation.CONTRADICTION),
        *(
            (way, how, 9, Relation.UPDATE)
            for way in (RISING, FALLING)
            for how in (Course.STOCK, Course.RATE, Course.OPEN)
        ),
    ],
)
def test_the_rule_of_time(comparison: Comparison, how: Course, days: int | None, expected: Relation) -> None:
    assert rule(comparison, how, days) is expected


DAY, NEXT = (TimeSpan(date(2013, 4, day), date(2013, 4, day)) for day in (23, 24))
WEEK, MONTH = (TimeSpan(date(2013, 4, first), date(2013, 4, last)) for first, last in ((22, 28), (1, 30)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (DAY, None, True),
        (DAY, MONTH, True),
        (WEEK, MONTH, True),
        (None, None, False),
        (DAY, DAY, False),
        (DAY, NEXT, False),
        (DAY, WEEK, False),
        (MONTH, MONTH, False),
        (MONTH, TimeSpan(date(2014, 1, 1), date(2014, 12, 31)), False),
    ],
)
def test_time_is_untold_where_one_is_undated_or_a_period_that_holds_the_other(
    one: TimeSpan | None, other: TimeSpan | None, expected: bool
) -> None:
    a, b = (replace(claim("The storm killed 43 people."), as_of=span) for span in (one, other))
    assert untold(a, b) is expected
    assert untold(b, a) is expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("(Update 3:31 p.m. Cairo) It killed 38. (Update 9 p.m. Cairo) It killed 43.", "It killed 38.", True),
        ("It killed 38. Updated at 3.31 pm It killed 40. UPDATED: 9 p.m. It killed 43.", "It killed 40.", True),
        ("It killed 38. Updated at 3.31 pm It killed 40. UPDATED: 9 p.m. It killed 43.", "It killed 38.", False),
        ("It killed 38. Updated at 3.31 pm", "It killed 38.", False),
        ("Updated at 3.31 pm It killed 38.", "It killed 38.", False),
    ],
)
def test_what_a_live_log_says_may_be_overtaken_within_the_day(text: str, at: str, expected: bool) -> None:
    log = Document("log", "log.txt", text, date=DAY)
    start = text.index(at)
    logged = replace(claim("It killed 38."), sentence=Sentence(log, 0, start, start + len(at)), as_of=DAY)
    other = replace(claim("The storm killed 43 people."), as_of=DAY)
    assert untold(logged, other) is untold(other, logged) is expected
    assert not untold(logged, replace(other, as_of=NEXT))


@pytest.mark.parametrize("way", [RISING, FALLING])
@pytest.mark.parametrize("how", list(Course))
def test_where_time_is_untold_it_may_explain_all_but_what_never_changes(way: Comparison, how: Course) -> None:
    expected = Relation.CONTRADICTION if how is Course.FIXED else Relation.UPDATE
    assert rule(way, how, None, any_day=True) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The storm killed 43 people.", "The storm left 51 people dead.", Course.RUNNING),
        ("The storm injured 43 people.", "The storm left 51 people hurt.", Course.RUNNING),
        ("Doctors confirmed 43 cases of measles.", "Measles infected 51 people.", Course.RUNNING),
        ("Police arrested 43 people.", "Police detained 51 people.", Course.RUNNING),
        ("43 people are missing.", "51 people are missing.", Course.STOCK),
        ("43 people are trapped in the mine.", "51 people are trapped.", Course.STOCK),
        ("43 men are still fighting there.", "51 men are still fighting there.", Course.STOCK),
        ("Unemployment stood at 6%.", "Unemployment stood at 7%.", Course.RATE),
        ("The well loses 43 litres a day.", "The well loses 51 litres a day.", Course.RATE),
        ("The quake had a magnitude of 6.4.", "The quake had a magnitude of 6.1.", Course.FIXED),
        ("The border lies 43 miles away.", "The border lies 51 miles away.", Course.FIXED),
        ("He wants $43 to fence the border 9 miles away.", "He wants $51 for a fence.", Course.OPEN),
        ("The mast is 43 metres tall.", "The mast is 51 metres tall.", Course.OPEN),
    ],
)
def test_how_a_quantity_behaves_over_time(one: str, other: str, expected: Course) -> None:
    assert course(claim(one), claim(other)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The toll stood at 51 dead.", "The death toll was revised down to 43.", Course.STOCK),
        ("The storm killed 51 people.", "The count of the dead has fallen to just 43.", Course.STOCK),
        ("The count of the dead was lowered to 51.", "The storm killed 43 people.", Course.RUNNING),
        ("The party needs 51 votes.", "It needs 43 votes.", Course.STOCK),
        ("The party won 51 votes.", "It won 43 votes.", Course.RUNNING),
    ],
)
def test_a_later_figure_may_tell_that_it_came_down(one: str, other: str, expected: Course) -> None:
    first, second = claim(one, day=date(2023, 6, 1)), claim(other, day=date(2023, 6, 9))
    assert course_in_time(first, second) is expected
    assert course_in_time(claim(one), claim(other)) is course(claim(one), claim(other))


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        (date(2023, 6, 1), date(2023, 6, 1), 0),
        (date(2023, 6, 1), date(2023, 6, 4), 3),
        (date(2023, 6, 4), date(2023, 6, 1), -3),
        (None, date(2023, 6, 1), None),
        (date(2023, 6, 1), None, None),
    ],
)
def test_days_between_two_claims_are_signed(first: date | None, second: date | None, days: int | None) -> None:
    one, other = claim("The storm killed 43 people.", day=first), claim("The storm killed 51 people.", day=second)
    assert days_between(one, other) == days


def test_a_figure_holds_at_its_own_time_and_not_at_that_of_its_article() -> None:
    early = claim("As of 1 March 2023, 43 people had died.", day=date(2023, 3, 20))
    late = claim("43 people had died.", day=date(2023, 3, 4))
    assert days_between(early, late) == 3


# Properties

phrases = st.sampled_from(
    (
        "40|41|0|7,000|6,950|1.2 million|nearly 40|about 7,000|more than 40|up to 40|at least 40|fewer than 40|"
        "between 30 and 50|dozens of|thousands of|several hundred|a dozen|half of the|a third of the|40% of the|"
        "nearly 5% of the|between 5% and 8% of the|40 km of|25 miles of|40 kg of|$40 for|£40 for|80 pence for|"
        "40 euros for|-5 degrees Celsius for|41 degrees Fahrenheit for|from 12 to 40|5 trillion trillion|"
        "12345678901234567890123456789012345678901.5|0.000000000000000000000000000000000000000001|"
        "40 tonnes a day of|40 barrels a day of"
    ).split("|")
)
verbs = st.sampled_from(("", "rose ", "fell ", "rose by ", "rose to "))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    return read_figures(f"stocks {draw(verbs)}{draw(phrases)} boats")[0]


@settings(max_examples=300, deadline=None)
@given(figures(), figures())
def test_a_comparison_never_depends_on_the_order(one: Figure, other: Figure) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there is None) == (back is None) == (not comparable(one, other))
    if there is not None and back is not None:
        assert (there.outcome, there.ratio, there.vague) == (back.outcome, back.ratio, back.vague)
        assert there.rises is None or there.rises is not back.rises


@settings(max_examples=100, deadline=None)
@given(figures())
def test_a_figure_agrees_with_itself(one: Figure) -> None:
    compared = compare(one, one)
    assert compared is None or compared.outcome is EQUAL
