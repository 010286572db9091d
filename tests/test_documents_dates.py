"""Publication dates: what a field, an address or a stamp states is read with its precision; nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from contradict.documents import document_from_text, parse_date
from contradict.documents.dates import DayOrder, is_ambiguous, order_shown, url_date

LATER = "The ferry sank at noon and forty people were brought ashore, the harbour master said."


def dated(text: str, *, url: str = "") -> str:
    return str(document_from_text(text, path="a.txt", id="a", url=url).date)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04T23:30:00-05:00", "2021-03-04"),
        ("2021-03-04 08:15", "2021-03-04"),
        ("2021/3/4", "2021-03-04"),
        ("20210304", "2021-03-04"),
        ("20210304T081500Z", "2021-03-04"),
        (20210304, "2021-03-04"),
        ("4 March 2021", "2021-03-04"),
        ("4th of March, 2021", "2021-03-04"),
        ("Mar. 4, 2021", "2021-03-04"),
        ("Thursday, March 4, 2021, 8:15 p.m.", "2021-03-04"),
        ("Thu, 04 Mar 2021 08:15:00 GMT", "2021-03-04"),
        ("Thu Mar  4 08:15:00 UTC 2021", "2021-03-04"),
        ("04-Mar-2021", "2021-03-04"),
        ("4.3.2021", "2021-03-04"),
        ("23/03/2021", "2021-03-23"),
        ("3/23/21", "2021-03-23"),
        ("5/5/2021", "2021-05-05"),
        (1614816000, "2021-03-04"),
        ("1614816000000", "2021-03-04"),
        (datetime(2021, 3, 4, 23, 59, tzinfo=UTC), "2021-03-04"),
        (date(2021, 3, 4), "2021-03-04"),
        ("2021-03", "2021-03"),
        ("March 2021", "2021-03"),
        ("2021", "2021"),
        (2021, "2021"),
    ],
)
def test_a_date_field_is_read_as_precisely_as_it_is_written(value: object, expected: str) -> None:
    assert str(parse_date(value)) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "yesterday",
        "Tuesday",
        "12 March",
        "04/03/2021",
        "2021-13-04",
        "30 February 2021",
        "0001-11-30",
        12,
        3.5,
        True,
        float("nan"),
        float("inf"),
        10**30,
        "9" * 40,
        ["2021-03-04"],
        "version 20.21.3",
        "20 items",
    ],
)
def test_what_is_no_certain_date_is_none(value: object) -> None:
    assert parse_date(value) is None


def test_the_order_of_day_and_month_is_settled_by_other_dates_of_the_file() -> None:
    assert is_ambiguous("04/03/2021")
    assert not is_ambiguous("04/23/2021")
    assert order_shown("04/23/2021") == {DayOrder.MONTH_FIRST}
    assert order_shown("23/04/2021") == {DayOrder.DAY_FIRST}
    assert order_shown("04/03/2021") == set()
    assert str(parse_date("04/03/2021", order=DayOrder.DAY_FIRST)) == "2021-03-04"
    assert str(parse_date("04/03/2021", order=DayOrder.MONTH_FIRST)) == "2021-04-03"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2010/01/13/quake", "2010-01-13"),
        ("https://news.example/news/2012/dec/6/pigs-fly/", "2012-12-06"),
        ("https://news.example/world/2010-01-13-quake.html", "2010-01-13"),
        ("https://news.example/20100113/quake", "2010-01-13"),
        ("https://news.example/2010/01/quake-of-the-century", "2010-01"),
        ("https://news.example/story/2019/02/15/budget/2880754002/", "2019-02-15"),
        ("https://news.example/quake?date=2010/01/13/", "None"),
        ("https://news.example/2010/13/45/quake", "None"),
        ("https://news.example/item/2010123456", "None"),
        ("https://2010-01-13.example/quake", "None"),
        ("https://news.example/", "None"),
        ("", "None"),
    ],
)
def test_an_address_gives_the_date_in_its_path(url: str, expected: str) -> None:
    assert str(url_date(url)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Ferry sinks in harbour\n20210304\nhttps://news.example/ferry\n{LATER}", "2021-03-04"),
        (f"Ferry sinks in harbour\nPublished: 4 March 2021, 8:15 pm GMT\n{LATER}", "2021-03-04"),
        (f" date 2021-03-04 {LATER}\n\n{LATER}", "2021-03-04"),
        (f"{LATER}\n\nSource link : x\n\nPublish date : 2021-03-04 03:00:00\n\nExit mobile version", "2021-03-04"),
        (f"March 4, 2021 | By Ann Lee {LATER}", "2021-03-04"),
        (f"OSLO | Thu Mar 4, 2021 12:51 am GMT OSLO (Reuters) - {LATER}", "2021-03-04"),
        (f"Thursday, March 4, 2021; 4:30 PM {LATER}", "2021-03-04"),
        (f"Ferry sinks in the harbour Thursday 4 March 2021 15.39 GMT {LATER}", "2021-03-04"),
        (f"4 March 2021 Last updated at 14:59 GMT {LATER}", "2021-03-04"),
        (f"Ann Lee | 11:50 UK time, Thursday, 4 March 2021 {LATER}", "2021-03-04"),
        (f"{LATER}\nThis article was first published on 4 March 2021.", "2021-03-04"),
    ],
)
def test_the_stamps_of_a_text_date_it(text: str, expected: str) -> None:
    assert dated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        LATER,
        f"OSLO, March 4 (Reuters) - {LATER}",
        f"The ferry sank on Thursday 4 March 2021 in the harbour. {LATER}",
        f"The bridge fell on January 12, 2010, at 4:53 pm, the inquiry heard. {LATER}",
        "\n".join(f"{LATER} Boat {n} was the first to reach it." for n in range(8)) + "\nMarch 4, 2021\nBoats arrived.",
        f"More posts 16:10 UK time, Wednesday, 8 July 2009 Another 08:55 UK time, Thursday, 2 July 2009 {LATER}",
        f"{LATER}\nHer book was published on January 17, 2017, in Oslo.",
    ],
)
def test_a_date_that_the_text_speaks_of_does_not_date_it(text: str) -> None:
    assert dated(text) == "None"


def test_an_address_with_a_day_goes_before_a_stamp_and_a_stamp_before_a_month() -> None:
    stamped = f"Ferry sinks in harbour\n20210305\n{LATER}"

    assert dated(stamped, url="https://news.example/2021/03/04/ferry") == "2021-03-04"
    assert dated(stamped, url="https://news.example/2021/03/ferry") == "2021-03-05"
    assert dated(LATER, url="https://news.example/2021/03/ferry") == "2021-03"
