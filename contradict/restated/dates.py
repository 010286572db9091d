"""What the dates of a premise say of the bounds in time that its hypothesis sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice

from contradict.restated.changes import CLEAR, Change, Standing
from contradict.times import read_times
from contradict.times.patterns import MONTH
from contradict.types import Anchor, TimeMention, TimeSpan

MOST_DATES = 12  # of one text that are looked at
HALF = 183  # days; of dates without a year that are further apart either may be the earlier
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DAY = re.compile(rf"\b{MONTH}.*\d|\d.*\b{MONTH}", re.IGNORECASE)
_LEAP = 2000  # into which dates without a year are put
_NOMINAL = TimeSpan(date(_LEAP, 12, 31), date(_LEAP, 12, 31))  # any day: which year they are read into is not used
_BOUND = re.compile(r"\b(?:(?P<before>before|prior to|earlier than)|after|later than)\s+\Z", re.IGNORECASE)
# What makes more of "before" and "after" than a bound: "the day after", "five years before", "on or after".
_LED = re.compile(
    r"\b(?:days?|weeks?|months?|years?|decades?|hours?|shortly|soon|long|just|immediately|right|well|only|even|not"
    r"|or|and|until|till|since|from|through)\s+\Z",
    re.IGNORECASE,
)
# What may follow a date; before another word it is part of a name ("the 2014 World Cup") or no date ("2000 GMT").
_ENDS = re.compile(
    r"\s*(?:[.,;:!?)\]\"'”’]|\Z|(?:and|or|but|in|on|at|by|for|with|of|from|as|when|while|because|due|he|she|it|they|we"
    r"|who|which|that|the|a|an|there|was|were|is|are|has|have|had|will)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*(?:until|till|to|through|thru|[-–—])", re.IGNORECASE)  # the first of two ends


def changes(premise: str, hypothesis: str) -> Iterator[Change]:
    """The dates of the premise that stand for "before" or "after" another in the hypothesis, in order."""
    theirs = [time for time in _dates(premise) if not _GOES_ON.match(premise, time.end)]
    for mention in _dates(hypothesis) if theirs else ():
        bound = _BOUND.search(hypothesis, 0, mention.start)
        if bound is None or _LED.search(hypothesis, 0, bound.start()) or not _ENDS.match(hypothesis, mention.end):
            continue
        standing, other = _told(mention, theirs, before=bound["before"] is not None)
        if other is not None:
            yield Change(bound.start(), mention.end, _as_told(other), standing)


@lru_cache(maxsize=8192)  # a text is asked about once for each of its neighbours, and in both orders
def _dates(text: str) -> tuple[TimeMention, ...]:
    """The calendar dates of a text; days of the week and "last year" hang on when it was printed."""
    times = read_times(text, published=_NOMINAL)
    return tuple(islice((time for time in times if _has_year(time) or _DAY.search(time.surface)), MOST_DATES))


def _has_year(time: TimeMention) -> bool:
    return _YEAR.search(time.surface) is not None


def _told(bound: TimeMention, others: Sequence[TimeMention], *, before: bool) -> tuple[Standing, TimeMention | None]:
    """What the nearest of the other text's dates says of a bound, and which that is; none where one about as near says
    otherwise, or it tells of a time since then or until then."""
    apart = [
        (days, time, span, limit)
        for time in others
        for span, limit in [_of_one_year(time, bound)]
        if (days := abs((span.start - limit.start).days)) <= HALF or (_has_year(time) and _has_year(bound))
    ]
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
    if _has_year(one) and _has_year(other):
        return one.span, other.span
    year = one.span.start.year if _has_year(one) else other.span.start.year if _has_year(other) else _LEAP
    return _in_year(one.span, year), _in_year(other.span, year)


def _in_year(span: TimeSpan, year: int) -> TimeSpan:
    """The span so many years earlier or later that it begins in a year."""
    return TimeSpan(*(_of_year(each, year + each.year - span.start.year) for each in (span.start, span.end)))


def _of_year(day: date, year: int) -> date:
    """The same day of another year; of 29 February the day before where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=day.day - 1)


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
