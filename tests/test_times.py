"""Times are read with their precision and their bearing; what only looks like one is left alone."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contradict.times import as_of, event_time, read_times, report_time
from contradict.types import Anchor, TimeSpan

WEDNESDAY = TimeSpan(date(2012, 8, 15), date(2012, 8, 15))
"""The day of publication in these tests, a Wednesday."""


def spans(text: str, published: TimeSpan | None = WEDNESDAY, context: TimeSpan | None = None) -> list[str]:
    return [str(mention.span) for mention in read_times(text, published=published, context=context)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("The dam broke on 12 January 2010.", "2010-01-12"),
        ("The dam broke on January 12 2010.", "2010-01-12"),
        ("The dam broke on Jan. 12, 2010.", "2010-01-12"),
        ("The dam broke on the 12th of January, 2010.", "2010-01-12"),
        ("The dam broke on Tuesday, January 12th, 2010.", "2010-01-12"),
        ("Logged Thu May 21, 2009 2:32 pm EDT", "2009-05-21"),
        ("Filed 2010-01-12 by the desk", "2010-01-12"),
        ("Filed 20220801 by the desk", "2022-08-01"),
        ("Filed 13/01/2010 by the desk", "2010-01-13"),
        ("Filed 1/26/11 by the desk", "2011-01-26"),
        ("Filed 13.01.2010 by the desk", "2010-01-13"),
        ("It rained in January 2010.", "2010-01"),
        ("It rained in Sept. of 2011.", "2011-09"),
        ("It rained in 2009.", "2009"),
        ("The 2004 tsunami was worse.", "2004"),
        ("It rained from March-April 2011.", "2011-03-01/2011-04-30"),
        ("They met between March 3 and April 5, 2011.", "2011-03-03/2011-04-05"),
        ("They met on July 18-21, 2009.", "2009-07-18/2009-07-21"),
        ("They met on 12-15 January 2010.", "2010-01-12/2010-01-15"),
        ("They met from November to March 2012.", "2011-11-01/2012-03-31"),
        ("They fought from 1999 to 2005.", "1999-01-01/2005-12-31"),
        ("They played the 2008-09 season.", "2008-01-01/2009-12-31"),
        ("They prospered in the 1990s.", "1990-01-01/1999-12-31"),
        ("They prospered in the late 1990s.", "1997-01-01/1999-12-31"),
        ("They prospered in the '80s.", "1980-01-01/1989-12-31"),
        ("They prospered in the 19th century.", "1801-01-01/1900-12-31"),
        ("It was dry in the summer of 2012.", "2012-06-01/2012-08-31"),
        ("Sales rose in Q3 2012.", "2012-07-01/2012-09-30"),
        ("Sales rose in the third quarter of 2012.", "2012-07-01/2012-09-30"),
        ("Sales rose in the first half of 2011.", "2011-01-01/2011-06-30"),
        ("Sales rose in FY2012.", "2012"),
        ("Prices fell at the end of 2010.", "2010-12"),
        ("Prices fell in mid-2010.", "2010-05-01/2010-08-31"),
        ("Security changed after 9/11 for good.", "2001-09-11"),
    ],
)
def test_a_time_that_names_its_year_needs_no_publication_date(text: str, span: str) -> None:
    assert spans(text, published=None) == [span]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Shops closed today.", "2012-08-15"),
        ("Shops closed yesterday.", "2012-08-14"),
        ("Shops will close tomorrow.", "2012-08-16"),
        ("Shops closed overnight.", "2012-08-14/2012-08-15"),
        ("Shops closed last night.", "2012-08-14"),
        ("Shops closed on Friday.", "2012-08-10"),
        ("Shops closed on Wednesday.", "2012-08-15"),
        ("Shops closed last Wednesday.", "2012-08-08"),
        ("Shops will close on Friday.", "2012-08-17"),
        ("Shops close next Friday.", "2012-08-17"),
        ("Tuesday's storm closed shops.", "2012-08-14"),
        ("Shops closed over the weekend.", "2012-08-11/2012-08-12"),
        ("Shops closed this week.", "2012-08-13/2012-08-19"),
        ("Shops closed on Monday of last week.", "2012-08-06"),
        ("Shops closed last month.", "2012-07"),
        ("Shops closed earlier this month.", "2012-08-01/2012-08-15"),
        ("Shops closed last year.", "2011"),
        ("Shops closed early last year.", "2011-01-01/2011-04-30"),
        ("Shops closed two weeks ago.", "2012-07-30/2012-08-05"),
        ("Shops closed three days ago.", "2012-08-12"),
        ("Shops closed twenty-five years ago.", "1987"),
        ("Shops closed a few months ago.", "2012-03-01/2012-06-30"),
        ("Shops closed in the past 24 hours.", "2012-08-14/2012-08-15"),
        ("Shops closed over the last two years.", "2010-08-15/2012-08-15"),
        ("Shops close over the next decade.", "2012-08-15/2022-08-15"),
        ("Shops closed in January.", "2012-01"),
        ("Shops closed in October.", "2011-10"),
        ("Shops will close in October.", "2012-10"),
        ("Shops closed last March.", "2012-03"),
        ("Shops closed in March of last year.", "2011-03"),
        ("Shops closed on December 3.", "2011-12-03"),
        ("Shops close August 20.", "2012-08-20"),
        ("The shops got a rescue plan Friday.", "2012-08-10"),
        ("The shops plan a sale on Friday.", "2012-08-17"),
        ("Shops closed this summer.", "2012-06-01/2012-08-31"),
        ("Shops closed in the second quarter.", "2012-04-01/2012-06-30"),
        ("Shops closed a year earlier.", "2011"),
        ("Shops closed at the start of the year.", "2012-01"),
        ("Shops closed on New Year's Day.", "2012-01-01"),
    ],
)
def test_a_relative_time_is_read_against_publication_and_left_out_without_it(text: str, span: str) -> None:
    assert spans(text) == [span]
    assert spans(text, published=None) == []


def test_a_weekday_beside_a_date_settles_its_year() -> None:
    assert spans("It fell on Monday, December 12.") == ["2011-12-12"]
    assert spans("It opened on Saturday, October 6.") == ["2012-10-06"]
    assert spans("It opened on October 6.") == ["2011-10-06"]


def test_a_weekday_that_fits_no_near_year_is_let_go() -> None:
    assert spans("It fell on Saturday, September 18.") == ["2011-09-18"]


def test_an_article_dated_to_a_month_gives_days_no_finer_than_that_allows() -> None:
    june = TimeSpan(date(2012, 6, 1), date(2012, 6, 30))
    assert spans("Shops closed yesterday.", published=june) == ["2012-05-31/2012-06-29"]
    assert spans("Shops closed on 3 May 2012.", published=june) == ["2012-05-03"]
    assert spans("Shops closed last month.", published=june) == ["2012-05"]


def test_a_time_that_the_text_tells_of_settles_years_and_next_days() -> None:
    told = TimeSpan(date(1939, 9, 1), date(1939, 9, 1))
    assert spans("On September 17 they crossed the border.", context=told) == ["1939-09-17"]
    assert spans("The next day they crossed it again.", context=told) == ["1939-09-02"]
    assert spans("The next day they crossed it again.") == []
    assert spans("Output was 7% in June against 9% a year earlier.") == ["2012-06", "2011-06"]


def test_a_year_at_the_end_of_a_list_is_shared() -> None:
    assert spans("They met on May 2 and June 7, 2009.") == ["2009-05-02", "2009-06-07"]


@pytest.mark.parametrize(
    ("text", "anchor", "span"),
    [
        ("4,000 since February 24", Anchor.SINCE, "2012-02-24"),
        ("4,000 after March 1", Anchor.SINCE, "2012-03-01"),
        ("4,000 from May 2011 onwards", Anchor.SINCE, "2011-05"),
        ("4,000 until May 2011", Anchor.UNTIL, "2011-05"),
        ("4,000 through June", Anchor.UNTIL, "2012-06"),
        ("4,000 before 2011", Anchor.UNTIL, "2011"),
        ("4,000 by Tuesday", Anchor.AS_OF, "2012-08-14"),
        ("As of late Tuesday 4,000", Anchor.AS_OF, "2012-08-14"),
        ("4,000 as at 31 March 2012", Anchor.AS_OF, "2012-03-31"),
        ("by the end of 2010 it was 4,000", Anchor.AS_OF, "2010-12"),
        ("halfway through 2009 it was 4,000", Anchor.ON, "2009"),
        ("4,000 in June", Anchor.ON, "2012-06"),
    ],
)
def test_the_word_before_a_time_is_its_anchor(text: str, anchor: Anchor, span: str) -> None:
    (mention,) = read_times(text, published=WEDNESDAY)
    assert (mention.anchor, str(mention.span)) == (anchor, span)


@pytest.mark.parametrize(
    "text",
    [
        "It may rain, and they march on.",
        "The sun sat low and he wed in the fall of the king.",
        "Theresa May said she would stay.",
        "April Ryan asked; August Wilson wrote.",
        "The march on the capital drew a second wind.",
        "They opened in 2000 homes and 1987 people came.",
        "It cost $2010 and 2,009 pounds.",
        "Shops close on Sundays.",
        "The Sunday Times and Black Friday did well.",
        "We walked for three weeks after 18 months of a three-day week.",
        "It ended half a century ago, or two and a half years ago.",
        "Three days after the vote it rained.",
        "He is on page 2010 of room 1999.",
        "The winger scored in the third quarter, his second touchdown.",
        "They spent the last years of it in debt.",
        "Filed 12/01/2010 by the desk.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert read_times(text, published=WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "figure", "span"),
    [
        ("As of June 30, 4,845 had been killed in fights that began in May.", "4,845", "2012-06-30"),
        ("Some 4,845 had been killed by Tuesday.", "4,845", "2012-08-14"),
        ("Since February 24 a total of 11,675 have arrived.", "11,675", None),
        ("The quake killed 230 people.", "230", None),
        ("Output was 700 in 2009 and 950 in 2010.", "700", "2009"),
        ("Output was 700 in 2009 and 950 in 2010.", "950", "2010"),
        ("In 2010 it made 950, while 700 left in 2011.", "950", "2010"),
        ("In 2010 it made 950, while 700 left in 2011.", "700", "2011"),
        ("The January 12 quake killed 230,000 people.", "230,000", None),
        ("The ministry said on Monday that 2,741 were fighting.", "2,741", "2012-08-13"),
        ("It killed 15 people on Saturday, police said on Monday.", "15", "2012-08-11"),
        ("In the past 24 hours 12 patients died.", "12", "2012-08-14/2012-08-15"),
        ("Rebels took 12 towns; in 2010 it was lost.", "12", None),
        ("It has killed 40 sailors since the lighthouse was built in 1871.", "40", None),
        ("The nurses who trained in 2010 were paid $900.", "$900", None),
        ("The mill said that its output in 2010 was 40 tonnes.", "40", "2010"),
        ("The nurses who trained there were paid $900 in 2010.", "$900", "2010"),
    ],
)
def test_a_figure_stands_as_of_what_its_clause_says(text: str, figure: str, span: str | None) -> None:
    start = text.index(figure)
    found = as_of(read_times(text, published=WEDNESDAY), start, start + len(figure), text=text)
    assert (str(found) if found else None) == span


def test_the_time_of_an_event_is_told_from_the_time_of_its_report() -> None:
    text = "It killed 15 people on Saturday, police said on Monday."
    mentions = read_times(text, published=WEDNESDAY)
    assert str(event_time(mentions, WEDNESDAY, text=text)) == "2012-08-11"
    assert str(report_time(mentions, text=text)) == "2012-08-13"


def test_a_plan_is_no_event_where_the_sentence_has_one() -> None:
    text = "The vote will be held on Friday after the bill failed; it passed on Monday."
    assert str(event_time(read_times(text, published=WEDNESDAY), WEDNESDAY, text=text)) == "2012-08-13"


_WORDS = (
    "in on since by as of the last next past two 3 12 30 99 2010 2,010 1999 January May March Mon Friday Fridays 's "
    "week weeks month year years ago early late mid - – / , . ( ) and to between from end quarter Q3 FY 9/11 "
    "2010-01-12 20220801 12/13/2011 31/02/2011 1990s summer winter today tomorrow that same day earlier said 0000 9999"
).split()
_TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join))
_DAYS = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max, date(2012, 2, 29)]))


@given(_TEXTS, _DAYS, _DAYS)
@example("99 centuries ago in 9999 and 1 century earlier", date.min, date.max)
def test_reading_never_fails_and_its_offsets_hold(text: str, day: date | None, told: date | None) -> None:
    published = TimeSpan(day, day) if day else None
    mentions = read_times(text, published=published, context=TimeSpan(told, told) if told else None)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.span.start <= mention.span.end
        end = mention.end
        as_of(mentions, mention.start, mention.end, text=text)
    event_time(mentions, published, text=text)


@pytest.mark.parametrize(
    "part",
    ["in ", "1/", "9", "by May ", "Monday ", "a ", "the last ", " ", "1999-", "since 2010 ", "12:", "the next 3 "],
)
def test_hostile_text_is_read_in_linear_time(part: str) -> None:
    text = (part * 100_000)[:100_000]
    began = time.process_time()
    read_times(text, published=WEDNESDAY)
    assert time.process_time() - began < 5
