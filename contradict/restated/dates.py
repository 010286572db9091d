"""What the dates of a premise say of the bounds in time that its hypothesis sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from contradict.restated.changes import Change, Standing
from contradict.times import read_times
from contradict.times.patterns import MONTH
from contradict.types import Anchor, TimeMention, TimeSpan

CLEAR = 1.5  # how many times as far another date has to be to be left aside
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DAY = re.compile(rf"\b{MONTH}.*\d|\d.*\b{MONTH}", re.IGNORECASE)
# Any last day of a year will do: a date without a year is put into that year, and then into that of the other date.
_NOMINAL = TimeSpan(date(2000, 12, 31), date(2000, 12, 31))
_BOUND = re.compile(r"\b(?:(?P<before>before|prior to|earlier than)|after|later than)\s+(?:the\s+)?\Z", re.IGNORECASE)


def changes(premise: str, hypothesis: str) -> Iterator[Change]:
    """The dates of the premise that stand for "before" or "after" another in the hypothesis, in order."""
    for mention in _dates(hypothesis):
        bound = _BOUND.search(hypothesis, 0, mention.start)
        if bound is None:
            continue
        standing, other = _told(mention, _dates(premise), before=bound["before"] is not None)
        if other is not None:
            yield Change(bound.start(), mention.end, _as_told(other), standing)


@lru_cache(maxsize=8192)  # a text is asked about once for each of its neighbours, and in both orders
def _dates(text: str) -> tuple[TimeMention, ...]:
    """The calendar dates of a text; days of the week and "last year" hang on when it was printed."""
    times = read_times(text, published=_NOMINAL)
    return tuple(time for time in times if _has_year(time) or _DAY.search(time.surface))


def _has_year(time: TimeMention) -> bool:
    return _YEAR.search(time.surface) is not None


def _told(bound: TimeMention, others: Sequence[TimeMention], *, before: bool) -> tuple[Standing, TimeMention | None]:
    """What the nearest of the other text's dates says of a bound, and which that is; none where one about as near says
    otherwise, or it tells of a time since then or until then."""
    fit = [(time, *_of_one_year(time, bound)) for time in others]
    apart = [(abs((span.start - limit.start).days), time, span, limit) for time, span, limit in fit]
    if not apart:
        return Standing.UNTOLD, None
    least, nearest, _, _ = min(apart, key=lambda each: each[0])
    told = {
        _stands(span, limit, time.anchor, before=before) for days, time, span, limit in apart if days <= least * CLEAR
    }
    if len(told) > 1 or Standing.UNTOLD in told:
        return Standing.UNTOLD, None
    return told.pop(), nearest


def _of_one_year(one: TimeMention, other: TimeMention) -> tuple[TimeSpan, TimeSpan]:
    """Both spans, one that is told without a year ("24 March") put into that of the other."""
    if _has_year(one) is _has_year(other):
        return one.span, other.span
    if _has_year(other):
        return _in_year(one.span, other.span.start.year), other.span
    return one.span, _in_year(other.span, one.span.start.year)


def _in_year(span: TimeSpan, year: int) -> TimeSpan:
    """The span as many years earlier or later; of 29 February the day before it."""
    first, last = (
        each.replace(year=year + each.year - span.start.year, day=min(each.day, 28) if each.month == 2 else each.day)
        for each in (span.start, span.end)
    )
    return TimeSpan(first, last)


def _stands(span: TimeSpan, bound: TimeSpan, anchor: Anchor, *, before: bool) -> Standing:
    """Whether a span is before or after a bound. What holds as of a day may have held before it."""
    if anchor in (Anchor.SINCE, Anchor.UNTIL):
        return Standing.UNTOLD
    if before:
        if span.end < bound.start:
            return Standing.HOLDS
        fails = span.start >= bound.start and anchor is not Anchor.AS_OF
    else:
        if span.start > bound.end:
            return Standing.HOLDS
        fails = span.end <= bound.end
    return Standing.FAILS if fails else Standing.UNTOLD


def _as_told(time: TimeMention) -> str:
    if time.anchor is Anchor.AS_OF:
        return f"as of {time.surface}"
    return f"{'on' if time.span.days == 1 else 'in'} {time.surface}"
