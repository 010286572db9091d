"""Calendar intervals: months, years, weeks and parts of them, and days moved along the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from contradict.types import TimeSpan


def month_span(year: int, month: int) -> TimeSpan:
    """A calendar month."""
    return TimeSpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def year_span(first: int, last: int | None = None) -> TimeSpan:
    """Whole calendar years, `last` included."""
    return TimeSpan(date(first, 1, 1), date(last or first, 12, 31))


def months_span(year: int, month: int, count: int) -> TimeSpan:
    """`count` calendar months from a month that may lie outside 1 to 12."""
    first = divmod(year * 12 + month - 1, 12)
    last = divmod(year * 12 + month + count - 2, 12)
    return TimeSpan(date(first[0], first[1] + 1, 1), month_span(last[0], last[1] + 1).end)


def day_span(when: date) -> TimeSpan:
    """One day."""
    return TimeSpan(when, when)


def shifted(when: date, days: int) -> date:
    """A day moved by so many days."""
    return when + timedelta(days=days)


def unit_span(unit: str, day: date, steps: int) -> TimeSpan:
    """The calendar unit that holds `day`, moved by `steps` of that unit."""
    match unit:
        case "week" | "fortnight":
            monday = shifted(day, -day.weekday() + 7 * steps * (2 if unit == "fortnight" else 1))
            return TimeSpan(monday, shifted(monday, 6))
        case "weekend":
            saturday = shifted(day, 5 - day.weekday() + 7 * steps)
            return TimeSpan(saturday, shifted(saturday, 1))
        case "month":
            return months_span(day.year, day.month + steps, 1)
        case "quarter":
            return months_span(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * steps, 3)
        case "year":
            return year_span(day.year + steps)
        case "decade":
            first = day.year // 10 * 10 + 10 * steps
            return year_span(first, first + 9)
        case "century" | "centurie":
            first = (day.year - 1) // 100 * 100 + 1 + 100 * steps
            return year_span(first, first + 99)
        case "second" | "minute" | "hour":
            return TimeSpan(shifted(day, -(-steps // (24 if unit == "hour" else 1440))), day)
    return day_span(shifted(day, steps))


_DAYS_PER = {"day": 1, "night": 1, "weekend": 7, "week": 7, "fortnight": 14}
_MONTHS_PER = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "centurie": 1200}


def move(day: date, unit: str, steps: int) -> date:
    """A day moved by so many units; a day that the month does not have becomes its last."""
    if unit in _MONTHS_PER:
        year, month = divmod(day.year * 12 + day.month - 1 + steps * _MONTHS_PER[unit], 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    if unit in _DAYS_PER:
        return shifted(day, steps * _DAYS_PER[unit])
    hours = steps if unit == "hour" else 0
    return shifted(day, hours // 24 if hours < 0 else -(-hours // 24))


def narrow(span: TimeSpan, part: str, day: date | None) -> TimeSpan:
    """The part of a span that "early", "mid", "late", "start", "end", "earlier", "later" or "so far" names."""
    if part in ("earlier", "so far") and day is not None and span.start <= day <= span.end:
        return TimeSpan(span.start, day)
    if part == "later" and day is not None and span.start <= day <= span.end:
        return TimeSpan(day, span.end)
    if span.days == 1 or part in ("earlier", "later", "so far"):
        return span
    if part in ("start", "beginning", "end", "close", "turn"):
        return _tip(span, last=part in ("end", "close"))
    return _third(span, {"early": 0, "mid": 1, "middle": 1, "late": 2}[part])


def _third(span: TimeSpan, index: int) -> TimeSpan:
    if span.days > 3000:
        years = span.end.year - span.start.year + 1
        first = span.start.year + (years * index + (2 if index else 0)) // 3
        last = span.start.year + (years * (index + 1) + 2) // 3 - 1
        return year_span(first, min(last, span.end.year))
    if span.days > 360:
        return months_span(span.start.year, span.start.month + 4 * index, 4)
    size = span.days / 3
    start = shifted(span.start, round(size * index))
    return TimeSpan(start, span.end if index == 2 else shifted(span.start, round(size * (index + 1)) - 1))


def _tip(span: TimeSpan, *, last: bool) -> TimeSpan:
    year, month = (span.end.year, span.end.month) if last else (span.start.year, span.start.month)
    if span.days > 3000:
        return year_span(year)
    if span.days > 80:
        return month_span(year, month)
    days = 7 if span.days > 20 else min(2, span.days)
    if last:
        return TimeSpan(shifted(span.end, 1 - days), span.end)
    return TimeSpan(span.start, shifted(span.start, days - 1))
