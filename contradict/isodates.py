"""ISO 8601 dates as options, settings and pair files state them; the inverse of `str(TimeSpan)`."""

from __future__ import annotations

import calendar
import re
from datetime import date

from contradict.types import TimeSpan

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}[0-9:.,+Z-]{0,24})?)?)?", re.ASCII)


def read_iso(text: str) -> TimeSpan:
    """`2023-06-30`, `2023-06`, `2023`, `2023-06-30T12:00:00Z` (the day is kept) or `2023-03-01/2023-04-30`.

    Raises `ValueError` for anything else, a day that no calendar has included.
    """
    first, slash, last = text.strip().partition("/")
    span = _read_one(first)
    if not slash:
        return span
    end = _read_one(last).end
    if end < span.start:
        raise ValueError(f"{text!r} ends before it begins")
    return TimeSpan(span.start, end)


def _read_one(text: str) -> TimeSpan:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date")
    year, month, day = match.groups()
    if day is not None:
        moment = date(int(year), int(month), int(day))
        return TimeSpan(moment, moment)
    if month is not None:
        first = date(int(year), int(month), 1)
        return TimeSpan(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
    return TimeSpan(date(int(year), 1, 1), date(int(year), 12, 31))
