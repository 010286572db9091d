"""Spans of time, and how a sentence speaks of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Anchor(StrEnum):
    """How a time expression bears on what the sentence states."""

    ON = "on"
    SINCE = "since"
    UNTIL = "until"
    AS_OF = "as-of"


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """A closed interval of days; its length is its precision, so "June 2023" is thirty days and no day is guessed."""

    start: date
    end: date

    def __str__(self) -> str:
        """ISO 8601: `2023-06-30`, `2023-06`, `2023`, or an interval `2023-03-01/2023-04-30`."""
        first, last = self.start, self.end
        if first == last:
            return first.isoformat()
        following = date.fromordinal(last.toordinal() + 1) if last < date.max else last
        if first.day == 1 and following.day == 1:
            if (first.year, first.month) == (last.year, last.month):
                return f"{first:%Y-%m}"
            if first.month == 1 and following.month == 1 and first.year == last.year:
                return f"{first:%Y}"
        return f"{first.isoformat()}/{last.isoformat()}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def overlaps(self, other: TimeSpan) -> bool:
        return self.start <= other.end and other.start <= self.end

    def gap(self, other: TimeSpan) -> int:
        """Days between the two intervals; 0 where they overlap."""
        if self.overlaps(other):
            return 0
        return (max(self.start, other.start) - min(self.end, other.end)).days


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression in a sentence, resolved against the publication date where it needs one."""

    start: int
    end: int
    surface: str
    span: TimeSpan
    anchor: Anchor
