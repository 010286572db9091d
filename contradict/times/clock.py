"""Spans of clock times and of dates, for readers of figures that must keep their digits out."""

from __future__ import annotations

import re

from contradict.times.grammar import find_expressions
from contradict.times.patterns import Shape

_ZONE = (
    r"(?:gmt|utc|bst|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|jst|ist|aest|et|pt|ct"
    r"|uk\stime|local(?:\stime)?|hours|hrs|z)\b"
)
_HALF_DAY = r"(?:[ap]\.\s?m\.|[ap]m\b)"
_HOUR = r"(?:[01]?[0-9]|2[0-4])"
_MINUTES = r"[:.h][0-5][0-9](?:[:.][0-5][0-9])?"
_HOUR_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CLOCK = re.compile(
    r"(?<![\w$£€.,:/-])(?:"
    rf"{_HOUR}(?:{_MINUTES})?(?:\s?(?:-|–|—|to|and)\s?{_HOUR}(?:{_MINUTES})?)?\s?{_HALF_DAY}(?:,?\s\(?{_ZONE}\)?)?"
    rf"|{_HOUR}:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]|\.[0-9]|\s?%)"
    rf"(?:\s?(?:-|–|—|to)\s?{_HOUR}:[0-5][0-9](?![0-9]))?(?:\s\(?{_ZONE}\)?)?"
    rf"|(?:[01][0-9]|2[0-4])[:.]?[0-5][0-9]\s?\(?{_ZONE}\)?(?:\s\({_ZONE}\))?"
    r"|(?:[01][0-9]|2[0-3])[0-5][0-9](?=:\s{1,2}[A-Z])"
    r"|0[0-9][0-5][0-9](?![0-9]|[.,][0-9]|-[0-9])"
    rf"|(?:{_HOUR}|{_HOUR_WORD})\so['’]clock\b"
    rf"|(?:half|(?:a\s)?quarter|(?:[1-5]?[0-9]|five|ten|twenty)\sminutes)\s(?:past|to)\s{_HOUR_WORD}\b"
    r"|(?:midnight|noon)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\s*(?:[01][0-9]|2[0-3])[0-5][0-9](?=:?\s{1,2}[A-Z“\"'‘])")
_COUNTS_IN_THEM = frozenset({Shape.AGO, Shape.EARLIER, Shape.PERIOD})


def clock_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where clock times stand ("1653 GMT", "5 o'clock", "12:51 am BST"), the hour that opens a log entry among them."""
    spans = [match.span() for match in _CLOCK.finditer(text)]
    leading = _LEADING.match(text)
    if leading is not None and not any(start < leading.end() for start, _ in spans):
        first = leading.end() - 4
        if not 1900 <= int(text[first : leading.end()]) <= 2059:
            spans.insert(0, (first, leading.end()))
    return tuple(spans)


def date_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where dates, years and other times without a duration stand, resolved or not ("12/01/2010", "the 1990s").

    "Two weeks ago" and "the past 24 hours" are not among them: their numbers are quantities too.
    """
    return tuple((found.start, found.end) for found in find_expressions(text) if found.shape not in _COUNTS_IN_THEM)
