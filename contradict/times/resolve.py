"""From an expression to the days it stands for.

Conventions, where English leaves a choice:

* Weeks run from Monday to Sunday; seasons are those of the northern hemisphere, and the winter of 2010 may be either of
  the two that touch 2010, so its span holds both.
* A fiscal year is taken for the calendar year of the same number; "the 19th century" is 1801 to 1900.
* "Two weeks ago" is the calendar week before last, "three years ago" that calendar year: the unit is the precision.
* A month or a weekday without a year is the last one that has begun by the day of publication; with a sign of the
  future beside it, the next one. A date with its day may also lie up to `AHEAD_DAYS` ahead, since papers name the
  days to come that way, and a weekday written beside a date settles the year.
* The start or the end of a year is its first or last month, of a month its first or last week, of a decade its first or
  last year; "early", "mid" and "late" are thirds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contradict.times.patterns import Expression, Groups, Shape
from contradict.times.spans import day_span, month_span, months_span, move, narrow, shifted, unit_span, year_span
from contradict.times.words import HOLIDAYS, MONTHS, SEASON_STARTS, WEEKDAYS, read_number
from contradict.types import TimeSpan

AHEAD_DAYS = 31
"""How far ahead of publication a date without a year may lie with no sign of the future beside it."""

MOST_AHEAD_DAYS = 330
"""A date that passed less than five weeks ago is not the next one, whatever stands beside it."""

Tense = Literal["past", "ahead", "unknown"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against: a day of publication, the time the text tells of, and the tense around it."""

    day: date | None
    context: TimeSpan | None = None
    tense: Tense = "unknown"
    year: int | None = None


def resolve(expression: Expression, frame: Frame) -> TimeSpan | None:
    """The days meant, or None where the frame does not settle them or the calendar does not have them."""
    try:
        return _RESOLVERS[expression.shape](expression.groups, frame)
    except (ValueError, OverflowError):
        return None


def _year_of(text: str) -> int:
    """A year as written, two digits standing for the years from 1950 to 2049."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 50 else 1900)


def _month_of(text: str) -> int:
    return MONTHS[text.lower()[:3]]


def _digits(text: str) -> int:
    return int(re.sub(r"[^0-9]", "", text))


def _second_year(first: int, text: str) -> int:
    """The end of a span of years: "2008-09" and "1999-2005"."""
    year = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    return year if year > first else year + 100


def _relative_year(word: str | None, frame: Frame) -> int | None:
    if not word or frame.day is None:
        return None
    return frame.day.year + {"last": -1, "next": 1}.get(word.lower(), 0)


def _stated_year(groups: Groups, frame: Frame) -> int | None:
    """The year that the expression names, or that a neighbour in the same list names for it."""
    if year := groups.get("year"):
        return _year_of(year)
    return _relative_year(groups.get("yearref"), frame) or frame.year


def _choose_year(
    build: Callable[[int], TimeSpan], frame: Frame, *, ahead: int, fits: Callable[[date], bool]
) -> TimeSpan | None:
    """The year for an expression without one: the nearest to the context, else by tense around publication.

    `fits` is the weekday written beside the date; it wins over the tense, and is dropped where no near year fits it.
    """
    centre = frame.context.start if frame.context is not None else frame.day
    if centre is None:
        return None
    spans = []
    for year in range(max(1, centre.year - 4), min(9999, centre.year + 4) + 1):
        try:
            spans.append(build(year))
        except ValueError:
            continue
    fitting = [span for span in spans if fits(span.start)]
    if frame.context is not None:
        return min(fitting or spans, key=lambda span: (span.gap(frame.context or span), span), default=None)
    near = [span for span in fitting if abs((span.start - centre).days) < 400]
    return _by_tense(near or spans, centre, tense=frame.tense, ahead=ahead)


def _by_tense(spans: list[TimeSpan], day: date, *, tense: Tense, ahead: int) -> TimeSpan | None:
    limit = shifted(day, ahead)
    begun = max((span for span in spans if span.start <= limit), default=None)
    coming = min((span for span in spans if span.end >= day), default=None)
    if coming is not None and (begun is None or (tense == "ahead" and (coming.start - day).days <= MOST_AHEAD_DAYS)):
        return coming
    return begun


def _weekday_test(groups: Groups) -> Callable[[date], bool]:
    name = groups.get("weekday")
    if not name:
        return lambda day: True
    wanted = WEEKDAYS[name.lower()[:3]]
    return lambda day: day.weekday() == wanted


def _dated(groups: Groups, frame: Frame) -> TimeSpan | None:
    """A day of a month, or several days of it."""
    month, first = _month_of(groups["month"] or ""), _digits(groups["day"] or "")
    more = groups.get("day2") or groups.get("day3")
    last = _digits(more) if more else first

    def build(year: int) -> TimeSpan:
        return TimeSpan(date(year, month, first), date(year, month, max(first, last)))

    year = _stated_year(groups, frame)
    return build(year) if year else _choose_year(build, frame, ahead=AHEAD_DAYS, fits=_weekday_test(groups))


def _month(groups: Groups, frame: Frame) -> TimeSpan | None:
    month, rel = _month_of(groups["month"] or ""), (groups.get("rel") or "").lower()
    if year := _stated_year(groups, frame):
        return month_span(year, month)
    if rel.endswith("following"):
        return None
    if not rel or frame.day is None:
        return _choose_year(lambda year: month_span(year, month), frame, ahead=0, fits=lambda day: True)
    spans = [month_span(frame.day.year + step, month) for step in (-1, 0, 1)]
    if rel == "last" or rel.endswith("past"):
        return max(span for span in spans if span.end < frame.day)
    if rel == "next":
        return min(span for span in spans if span.start > frame.day)
    return spans[1]


def _season(groups: Groups, frame: Frame) -> TimeSpan | None:
    name = (groups["season"] or groups["season2"] or "").lower()
    first, rel = SEASON_STARTS[name], (groups["rel"] or "").lower()
    year, through = _stated_year(groups, frame), groups["year2"]
    if year and name == "winter" and not through:
        return months_span(year - 1, first, 15)
    if year:
        return months_span(year, first, 3)
    if frame.day is None:
        return None
    spans = [months_span(frame.day.year + step, first, 3) for step in (-2, -1, 0, 1)]
    if rel == "next":
        return min(span for span in spans if span.start > frame.day)
    if rel == "last" or "previous" in rel or rel.endswith("past"):
        return max(span for span in spans if span.end < frame.day)
    return min(spans, key=lambda span: (span.gap(day_span(frame.day or span.start)), span))


_PART_NUMBER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}


def _year_part(months: int) -> Callable[[Groups, Frame], TimeSpan | None]:
    """A quarter (3 months) or a half (6 months) of a year."""

    def read(groups: Groups, frame: Frame) -> TimeSpan | None:
        number = int(groups["digit"] or 0) or _PART_NUMBER[(groups["word"] or "").lower()]
        year = _year_of(groups["yy"] or "") if groups["yy"] else _stated_year(groups, frame)

        def build(year: int) -> TimeSpan:
            return months_span(year, (number - 1) * months + 1, months)

        if year:
            return build(year)
        return _choose_year(build, frame, ahead=0, fits=lambda day: True)

    return read


def _decade(groups: Groups, frame: Frame) -> TimeSpan | None:
    if word := groups["word"]:
        first = 1920 + 10 * ["twen", "thir", "fort", "fift", "sixt", "seve", "eigh", "nine"].index(word.lower()[:4])
    elif short := groups["short"]:
        first = 1900 + int(short)
    else:
        first = int(groups["decade"] or 0)
    return year_span(first, first + (99 if first % 100 == 0 and first != 2000 else 9))


def _century(groups: Groups, frame: Frame) -> TimeSpan | None:
    last = int(groups["century"] or 0) * 100
    return year_span(last - 99, last)


def _numeric(groups: Groups, frame: Frame) -> TimeSpan | None:
    """Day and month in figures, only where one order alone gives a date."""
    one = int(groups["first"] or 0)
    two = int(groups["second"] or groups["second2"] or groups["second3"] or 0)
    year = _year_of(groups["year"] or groups["year2"] or groups["year3"] or "")
    if one > 12:
        return day_span(date(year, two, one))
    return day_span(date(year, one, two)) if two > 12 or one == two else None


def _iso(groups: Groups, frame: Frame) -> TimeSpan | None:
    month, day = groups.get("month") or groups.get("month2"), groups.get("day") or groups.get("day2")
    return day_span(date(int(groups["year"] or 0), int(month or 0), int(day or 0)))


def _years(groups: Groups, frame: Frame) -> TimeSpan | None:
    first, more = int(groups["year"] or 0), groups.get("year2")
    last = _second_year(first, more) if more else first
    return year_span(first, last) if last - first <= 1000 else None


def _fiscal(groups: Groups, frame: Frame) -> TimeSpan | None:
    return year_span(_year_of(groups["year"] or ""))


def _holiday(groups: Groups, frame: Frame) -> TimeSpan | None:
    name = re.sub(r"\s+", " ", (groups["holiday"] or "").lower().replace("’", "'")).removeprefix("the ")
    month, day = HOLIDAYS[name]
    year = _stated_year(groups, frame)
    if year:
        return day_span(date(year, month, day))
    return _choose_year(lambda year: day_span(date(year, month, day)), frame, ahead=AHEAD_DAYS, fits=lambda when: True)


def _ago(groups: Groups, frame: Frame) -> TimeSpan | None:
    if frame.day is None:
        return None
    least, most = read_number(groups["number"] or "")
    unit = (groups["unit"] or "").lower()
    near, far = unit_span(unit, frame.day, -least), unit_span(unit, frame.day, -most - bool(groups["more"]))
    return TimeSpan(min(near.start, far.start), near.end)


def _earlier(groups: Groups, frame: Frame) -> TimeSpan | None:
    """So many units before what the sentence tells of; only whole years are also read against publication."""
    unit = (groups["unit"] or "year").lower()
    least, most = read_number(groups["number"] or "a")
    if frame.context is not None:
        start, end = frame.context.start, frame.context.end
        last = move(end, unit, -least)
        if unit in ("month", "year") and end == month_span(end.year, end.month).end:
            last = month_span(last.year, last.month).end
        return TimeSpan(move(start, unit, -most), last)
    return unit_span(unit, frame.day, -most) if frame.day is not None and unit == "year" and least == most else None


def _period(groups: Groups, frame: Frame) -> TimeSpan | None:
    if frame.day is None:
        return None
    unit = (groups["unit"] or groups["single"] or "").lower()
    _, most = read_number(groups["number"] or "a")
    if (groups["way"] or groups["way2"] or "").lower() in ("next", "coming"):
        return TimeSpan(frame.day, move(frame.day, unit, most))
    return TimeSpan(move(frame.day, unit, -most), frame.day)


def _steps(rel: str | None) -> int:
    words = (rel or "this").lower()
    if words in ("last", "next"):
        return -1 if words == "last" else 1
    return -1 if words.endswith(("previous", "past")) else 0


def _unit(groups: Groups, frame: Frame) -> TimeSpan | None:
    if frame.day is None:
        return None
    unit, steps = (groups["unit"] or "").lower(), _steps(groups["rel"])
    if unit == "weekend":
        return _weekend(frame.day, steps)
    return unit_span(unit, frame.day, steps)


def _weekend(day: date, steps: int) -> TimeSpan:
    """The weekend that a paper of `day` means: the last one that has begun (-1), this one (0), the next one (1)."""
    this = unit_span("weekend", day, 0)
    if steps > 0:
        return this if this.start > day else unit_span("weekend", day, 1)
    return unit_span("weekend", day, -1) if steps < 0 and this.start > day else this


def _edge(groups: Groups, frame: Frame) -> TimeSpan | None:
    if frame.day is None:
        return None
    whole = unit_span((groups["unit"] or groups["unit2"] or "").lower(), frame.day, 0)
    edge = (groups["edge"] or groups["part"] or "").lower()
    return TimeSpan(frame.day, whole.end) if edge == "rest" else narrow(whole, edge, frame.day)


def _weekday(groups: Groups, frame: Frame) -> TimeSpan | None:
    day = frame.day
    if day is None:
        return None
    wanted, rel = WEEKDAYS[(groups["weekday"] or "").lower()[:3]], (groups["rel"] or "").lower()
    if week := groups["weekref"]:
        return day_span(shifted(unit_span("week", day, _steps(week)).start, wanted))
    if "following" in rel:
        return None
    back = (day.weekday() - wanted) % 7
    if rel == "last" or rel.endswith(("past", "previous")):
        return day_span(shifted(day, -(back or 7)))
    if rel == "next":
        return day_span(shifted(day, 7 - back))
    if (rel.startswith("this") and frame.tense != "past") or frame.tense == "ahead":
        return day_span(shifted(day, (7 - back) % 7))
    return day_span(shifted(day, -back))


def _day_word(groups: Groups, frame: Frame) -> TimeSpan | None:
    day = frame.day
    if day is None:
        return None
    if beyond := groups["beyond"]:
        return day_span(shifted(day, -2 if beyond.lower().startswith("before") else 2))
    if groups["weekend"]:
        return _weekend(day, 0 if frame.tense == "ahead" else -1)
    if night := groups["night"]:
        return TimeSpan(shifted(day, -1), day if night.lower() == "overnight" else shifted(day, -1))
    return day_span(shifted(day, {"yesterday": -1, "tomorrow": 1}.get((groups["word"] or "").lower(), 0)))


def _deictic(groups: Groups, frame: Frame) -> TimeSpan | None:
    """ "The same day", "the next month": read against the time the text tells of, never against publication."""
    if frame.context is None:
        return None
    which = re.sub(r"\s+", " ", (groups["which"] or "").lower())
    unit = (groups["unit"] or "day").lower()
    step = 1 if which.endswith(("next", "following", "after")) else -1 if which.endswith(("previous", "before")) else 0
    first, last = unit_span(unit, frame.context.start, step), unit_span(unit, frame.context.end, step)
    return TimeSpan(first.start, last.end) if first.days >= frame.context.days or first == last else None


def _september_11(groups: Groups, frame: Frame) -> TimeSpan | None:
    return day_span(date(2001, 9, 11))


_RESOLVERS: dict[Shape, Callable[[Groups, Frame], TimeSpan | None]] = {
    Shape.ISO: _iso,
    Shape.COMPACT: _iso,
    Shape.NUMERIC: _numeric,
    Shape.SEPTEMBER_11: _september_11,
    Shape.DAY_MONTH: _dated,
    Shape.MONTH_DAY: _dated,
    Shape.MONTH: _month,
    Shape.SEASON: _season,
    Shape.QUARTER: _year_part(3),
    Shape.HALF: _year_part(6),
    Shape.FISCAL: _fiscal,
    Shape.DECADE: _decade,
    Shape.CENTURY: _century,
    Shape.YEARS: _years,
    Shape.YEAR: _years,
    Shape.HOLIDAY: _holiday,
    Shape.AGO: _ago,
    Shape.EARLIER: _earlier,
    Shape.PERIOD: _period,
    Shape.EDGE: _edge,
    Shape.UNIT: _unit,
    Shape.WEEKDAY: _weekday,
    Shape.DAY_WORD: _day_word,
    Shape.DEICTIC: _deictic,
}
