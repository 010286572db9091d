"""Time expressions of news text: what days they stand for, and how they bear on the figures beside them."""

from contradict.times.bearing import as_of, event_time, report_time
from contradict.times.reading import read_times

__all__ = ["as_of", "event_time", "read_times", "report_time"]
