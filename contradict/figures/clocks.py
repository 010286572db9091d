"""Clock times, whose digits and words count nothing: "5:27 p.m.", "1653 GMT", "half past five", "at 7 at night"."""

from __future__ import annotations

import re

_ZONE = r"(?:GMT|BST|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|CES?T|UTC|[IJ]ST|AEST|Zulu|local\stime|UK\stime)\b"
_HALF = r"(?:[ap]\.\s?m\b\.?|[ap]m\b|[AP]\.\s?M\b\.?|[AP]M\b)"  # of a day
_DIGITS = r"[0-2]\d[0-5]\d"
# The same hour elsewhere or once more, by the clock of 24 hours: "a.m. (1730)", "p.m. ET, 0027 in Egypt".
_AGAIN = rf"(?:(?:\s\(|(?:\s[A-Z]{{2,3}})?,\s){_DIGITS}(?=\)|\s(?:in|on)\s[A-Z]))?"
# Each pattern is linear: bounded repeats, no nested quantifier. The first line names all that one can begin with.
_WRITTEN = re.compile(
    rf"""
    (?= \d | between\s | until\s | till\s | \s[0-2] )
    (?: \b\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?\s?(?:{_HALF}{_AGAIN}|\(?{_ZONE}|hrs?\b|o['’]clock)
    | \b\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d)?(?!\d)
    | \b\d{{1,2}}(?:\s?(?:-|–|to|and)\s?\d{{1,2}}(?:[:.]\d\d)?)?\s?(?:{_HALF}{_AGAIN}|o['’]clock)
    | \b{_DIGITS}(?:\s?\(?{_ZONE}|\s?(?:hours|hrs)\b|h\b)
    | \b{_DIGITS}\s\({_DIGITS}\s{_ZONE}\)
    | \b0\d[0-5]\d\b(?![,.-]\d)
    | \bbetween\s{_DIGITS}\sand\s{_DIGITS}(?=[.,;)]|\s(?:and|on|when|that|local)\b|$)
    | \b(?:until|till)\s{_DIGITS}(?=[.,;)]|$)
    | (?:^|(?<=\n))\s?{_DIGITS}:?\s(?=[A-Z"“'‘])
    )
    """,
    re.VERBOSE,
)
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SPOKEN = re.compile(
    rf"""
    \b(?:half\spast|(?:a\s)?quarter\s(?:past|to)|(?:[1-5]?\d|five|ten|twenty)\sminutes\s(?:past|to))\s{_HOUR}\b
    | \b{_HOUR}\s(?:o['’]clock|{_HALF})
    | \b(?:at|by|until|till|before|after|since|from)\s(?:about\s|around\s)?(?:{_HOUR}|1?\d(?:[:.]\d\d)?)
      \s(?:in\sthe\s(?:early\s)?(?:morning|afternoon|evening)|at\snight)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


# Without any of these the second pattern, which can begin at most words, is not tried.
_SIGNS = (
    " past ",
    "quarter to",
    "minutes to",
    "clock",
    ".m",
    " am",
    " pm",
    "morning",
    "afternoon",
    "evening",
    "at night",
)


def clock_spans(text: str) -> list[tuple[int, int]]:
    """Where clock times stand in `text`, the hour that opens an entry of a log among them; in no order."""
    found = [match.span() for match in _WRITTEN.finditer(text)]
    low = text.lower()
    if any(sign in low for sign in _SIGNS):
        found += [match.span() for match in _SPOKEN.finditer(text)]
    return found
