"""Publication dates: from a field, from an address, from the stamp that a page leaves in a text; else none.

A date is read only where it is written out with its year; its precision is kept ("June 2023" is a month), and nothing
is taken from the clock.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from contradict.types import TimeSpan

FIRST_YEAR, LAST_YEAR = 1500, 2100

_MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{_YEAR}[-/. ](?:[01]?\d)[-/. ](?:[0-3]?\d)|{_DAY}[ -](?:of )?{MONTH}\.?,?[ -]{_YEAR}"
    rf"|{MONTH}\.? {_DAY},? {_YEAR}|[0-3]?\d\.[01]?\d\.{_YEAR})"
)
"""A full date in the forms that cannot be mistaken: 2023-09-05, 5 September 2023, Sept. 5, 2023, 5.9.2023."""
TIME = r"(?:[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d)?(?: ?[ap]\.?m\.?)?|[01]?\d ?[ap]\.?m\.?)"
ZONE = (
    r"(?:GMT|UTC|BST|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|CES?T|IST|JST|HKT|SGT|AES?T|AEDT|MSK|Z|[+-]\d\d:?\d\d"
    r"|UK time|local time)"
)


class DayOrder(StrEnum):
    """Which of the first two numbers of 05/09/2023 is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


_ISO = re.compile(rf"({_YEAR})([-/.]?)(\d\d?)(?:\2(\d\d?))?(?!\d)(?:[T ,].*)?", re.S)
_COMPACT = re.compile(rf"({_YEAR})(\d\d)(\d\d)(?:[T _-]?\d{{2,6}})?Z?")
_DAY_MONTH = re.compile(rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)?[ -](?:of )?({MONTH})\.?,?[ -]({_YEAR})(?!\d)", re.I)
_MONTH_DAY = re.compile(rf"\b({MONTH})\.?[ -](\d\d?)(?:st|nd|rd|th)?,?[ -]({_YEAR})(?!\d)", re.I)
_ASCTIME = re.compile(rf"\b({MONTH})\.? +(\d\d?) \d\d:\d\d(?::\d\d)?(?: \w{{1,5}})? ({_YEAR})\b", re.I)
_MONTH_YEAR = re.compile(rf"({MONTH})\.?,? ({_YEAR})", re.I)
_NUMBERS = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4}|\d\d)(?!\d)(?:[T ,].*)?", re.S)


def day(year: int, month: int, number: int) -> TimeSpan | None:
    """A day as a span; None where the calendar has none such."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return TimeSpan(found, found)


def month(year: int, number: int) -> TimeSpan | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        return None
    return TimeSpan(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def parse_date(value: object, *, order: DayOrder | None = None) -> TimeSpan | None:
    """The date that a field states, as written and in its own time zone; None where none can be read for sure.

    `order` settles 05/09/2023, which is otherwise no date: the day may be either.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return day(value.year, value.month, value.day)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _number(value)
    return _written(" ".join(value[:200].split()), order) if isinstance(value, str) else None


def _number(value: float) -> TimeSpan | None:
    """A year, a compact date, or seconds or milliseconds since 1970."""
    if not abs(value) < 1e14:
        return None
    if value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
        return TimeSpan(date(int(value), 1, 1), date(int(value), 12, 31))
    if value == int(value) and FIRST_YEAR * 10_000 <= value <= (LAST_YEAR + 1) * 10_000:
        return _written(str(int(value)), None)
    seconds = value / 1000 if abs(value) >= 1e11 else value
    if abs(seconds) < 1e8:  # 1973: smaller numbers are no dates
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return day(moment.year, moment.month, moment.day)


def _written(text: str, order: DayOrder | None) -> TimeSpan | None:
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return _number(int(text))
    if re.fullmatch(_YEAR, text):
        return _number(int(text))
    if compact := _COMPACT.fullmatch(text):
        return day(int(compact[1]), int(compact[2]), int(compact[3]))
    if iso := _ISO.fullmatch(text):
        if iso[4]:
            return day(int(iso[1]), int(iso[3]), int(iso[4]))
        return month(int(iso[1]), int(iso[3])) if iso[2] else None
    if named := _DAY_MONTH.search(text):
        return day(int(named[3]), _month_number(named[2]), int(named[1]))
    if (named := _MONTH_DAY.search(text)) or (named := _ASCTIME.search(text)):
        return day(int(named[3]), _month_number(named[1]), int(named[2]))
    if named := _MONTH_YEAR.fullmatch(text):
        return month(int(named[2]), _month_number(named[1]))
    if numbers := _NUMBERS.fullmatch(text):
        return _numbers(numbers, order)
    return None


def _month_number(name: str) -> int:
    return _MONTHS[name.lower()]


def _numbers(found: re.Match[str], order: DayOrder | None) -> TimeSpan | None:
    """Day, month and year as numbers: with dots the day comes first; with others, as the numbers or `order` say."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:  # as POSIX has it
        year += 2000 if year < 69 else 1900
    if first > 12 or found[2] == "." or first == second or order is DayOrder.DAY_FIRST:
        return day(year, second, first)
    if second > 12 or order is DayOrder.MONTH_FIRST:
        return day(year, first, second)
    return None


def order_shown(value: object) -> set[DayOrder]:
    """The order of day and month that a date shows, as 05/23/2023 does: the others of its file will have it too."""
    found = _numeric(value)
    if not found or max(int(found[1]), int(found[3])) <= 12:
        return set()
    return {DayOrder.DAY_FIRST if int(found[1]) > 12 else DayOrder.MONTH_FIRST}


def is_ambiguous(value: object) -> bool:
    """Whether a date is in numbers of which either may be the day: 05/09/2023."""
    found = _numeric(value)
    return found is not None and found[1] != found[3] and max(int(found[1]), int(found[3])) <= 12


def _numeric(value: object) -> re.Match[str] | None:
    found = _NUMBERS.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 60 else None
    return found if found and found[2] != "." else None


_URL_DAY = re.compile(rf"[/_-]({_YEAR})[/_-]?(\d\d?|{MONTH})[/_-]?(\d\d?)(?=[/_.-]|$)", re.I)
_URL_MONTH = re.compile(rf"/({_YEAR})/(\d\d|{MONTH})/", re.I)


def url_date(url: str) -> TimeSpan | None:
    """The date in the path of an address: /2010/01/13/, /2012/dec/16/, /2010-01-13-, /20100113/, month /2010/01/."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url[:500], flags=re.I).partition("?")[0]
    for found in _URL_DAY.finditer(path):
        number = _MONTHS.get(found[2].lower()) or int(found[2])
        if _parted_alike(found[0]) and (span := day(int(found[1]), number, int(found[3]))):
            return span
    for found in _URL_MONTH.finditer(path):
        if span := month(int(found[1]), _MONTHS.get(found[2].lower()) or int(found[2])):
            return span
    return None


def _parted_alike(text: str) -> bool:
    """Whether the parts of a date in an address are all parted or all joined: not `/2010/123`."""
    inner = re.findall(r"[/_-]", text[1:])
    return len(inner) == 2 or (not inner and len(text) == 9)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a text states when it was published, and the date where it is whole."""

    start: int
    end: int
    date: TimeSpan | None


_LABEL = (
    r"(?:(?:date|dated|published|publish date|publication date|date published|posted|first published|last updated"
    r"|updated|last modified|modified|created|issued|released|page last updated)(?: (?:on|at))?\s{0,3}[:|]?\s{0,3})"
)
_MOMENT = (
    rf"(?:{TIME}(?: ?{ZONE})?,? (?:on )?)?(?:{WEEKDAY}[,.]? )?(?:{DATE}|{_YEAR}[01]\d[0-3]\d)"
    rf"(?:(?:[,;]| at| -| \||T|) ?{TIME}(?: ?{ZONE})?)?"
)
_LINE = re.compile(rf"(?P<label>{_LABEL}{{0,2}})(?P<moment>{_MOMENT})(?:\s?[.|])?", re.I)
_EMPTY_LABEL = re.compile(r"(?:publish(?:ed)?|publication|post(?:ed)?|updated|last updated)(?: date| on)? ?:", re.I)
_LEAD = re.compile(rf"\s*(?:{_LABEL}{_MOMENT}|{_MOMENT}(?= ?[|]))(?:\s?[|])?(?=\s)", re.I)
_HEAD = re.compile(
    rf"(?:{WEEKDAY}[,.]? {DATE}[,;]? (?:{TIME}(?: ?{ZONE})?|page [a-z]?\d+)"
    rf"|(?:(?:last updated|aired|posted|published):? )?{DATE}[,:;-]? ?{TIME} ?{ZONE}"
    rf"|{DATE} last updated at {TIME}(?: {ZONE})?|aired {DATE}|{DATE} \| by\b"
    rf"|(?:(?:page )?last updated at )?{TIME}(?: {ZONE})?, {WEEKDAY},? {DATE}(?: {TIME}(?: {ZONE})?)?"
    rf"|{_YEAR} [01]?\d [0-3]?\d {TIME}(?: {ZONE})?)(?!\w)",
    re.I,
)
_START = re.compile(rf"\s*(?:{WEEKDAY}[,.]? {DATE}[;,]? {TIME}(?: ?{ZONE})?|{DATE} \|)", re.I)
_TAIL = re.compile(
    rf"(?:this|the) (?:article|story|post|piece|column|report)\b.{{0,40}}?\b(?:appeared|published|posted)\b.{{0,80}}?"
    rf"(?P<moment>(?:{WEEKDAY},? )?{DATE})",
    re.I,
)
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_INNER = re.compile(rf"{DATE}|{_YEAR}[01]\d[0-3]\d", re.I)

HEAD_LINES, TAIL_LINES = 4, 8
"""Lines at either end of a text, blank ones not counted, on which a date by itself (at the end: labelled) is a stamp.
On 37,554 articles, lines further down or without a label at the end are steps of timelines as often as stamps."""
HEAD = 500
"""Characters at the start of a text in which a full date with weekday and clock time is a stamp."""


def find_stamps(text: str, lines: Sequence[tuple[int, int]]) -> list[Stamp]:
    """The publication stamps of a text whose lines are at `lines`, in order of trust: on lines of their own, at the
    very start, within `HEAD`, in a closing note. Where those within `HEAD` differ (a list of posts) none has a date."""
    inner = list(_inner_stamps(text))
    if len({stamp.date for stamp in inner}) > 1:
        inner = [replace(stamp, date=None) for stamp in inner]
    return [*_line_stamps(text, lines), *_first_stamps(text), *inner, *_closing_stamps(text, lines)]


def _line_stamps(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Stamp]:
    ends = [(span, False) for span in lines[:HEAD_LINES]]
    ends += [(span, True) for span in lines[max(HEAD_LINES, len(lines) - TAIL_LINES) :]]
    for (start, end), labelled in ends:
        found = _LINE.fullmatch(text, start, end) if end - start <= 120 else None
        if found and (found["label"] or not labelled):
            yield Stamp(start, end, _stamp_date(found["moment"]))


def _first_stamps(text: str) -> Iterator[Stamp]:
    for pattern in (_LEAD, _START):
        if found := pattern.match(text, 0, HEAD):
            yield Stamp(found.start(), found.end(), _stamp_date(found[0]))


def _closing_stamps(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Stamp]:
    for start, end in lines[-2:]:
        if end - start <= 400 and (found := _TAIL.match(text, start, end)):
            yield Stamp(found.start(), found.end(), _stamp_date(found["moment"]))


def _inner_stamps(text: str) -> Iterator[Stamp]:
    """The stamps within `HEAD`, looked for around each year only: most texts have none there."""
    at = 0
    for year in _ANY_YEAR.finditer(text, 0, HEAD):
        found = _HEAD.search(text, max(at, year.start() - 80), min(HEAD, year.end() + 60)) if year.end() > at else None
        if found:
            yield Stamp(found.start(), found.end(), _stamp_date(found[0]))
            at = found.end()


def _stamp_date(text: str) -> TimeSpan | None:
    found = _INNER.search(text)
    return parse_date(re.sub(r"(?<=\d) (?=\d\d?\b)", "-", found[0])) if found else None
