"""What the words right around a figure say of it: forecast, period, need, a level that came down, a conversion."""

from __future__ import annotations

import re
from functools import lru_cache

from contradict.types import Claim, Role

BEFORE, AFTER = 60, 40  # characters on each side of a figure that are looked at

_FORECAST = re.compile(
    r"\b(?:could|may|might|would|will|expect\w*|forecast\w*|predict\w*|project\w*|estimat\w*|plan\w*|fear\w*|warn\w*|if|propos\w*|aim\w*|target\w*|threat\w*)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:per|daily|overnight|a (?:day|week|month|year)|so far|since|to date|in total|ever|record"
    r"|in (?:a|one|the (?:past|last)) (?:single )?(?:day|24 hours|week|month|year))\b",
    re.IGNORECASE,
)
# That so many are needed, by rule or to win: before the figure, and after it.
_NEEDED_BEFORE = re.compile(
    r"\b(?:need(?:s|ed)?|requir(?:es?|ed|ing)|threshold of|necessary"
    r"|(?:unable|fail(?:s|ed)?|cannot|can't|could not|couldn't|struggl\w+|hop(?:es?|ed|ing)) (?:to )?"
    r"(?:get|reach|win|find|muster|gather|garner|secure))(?: (?!(?:with|by|than|and|but)\b)[\w'’-]+){0,5} ?$",
    re.IGNORECASE,
)
_NEEDED_AFTER = re.compile(
    r"[\w-]*(?: (?!(?:and|but|while)\b)[\w'’-]+){0,3}? (?:needed|required|necessary|thresholds?"
    r"|(?:he|she|it|they|we|you|[A-Z]\w+) (?:needs?|requires?))\b|-\w+ threshold\b"
)
_SHORT_OF = ("short of", "shy of")  # a part of the figure, as its hedge
# "has shrunk to just", "was revised down to": that it stood higher before.
_LOWERED = re.compile(
    r"\b(?:shr[aiu]nk|narrowed|fell|fallen|dropped|declined|revised|lowered|reduced|cut|trimmed|slashed|downgraded|eased|slipped"
    r"|dwindled|pared|scaled)(?: (?:down|back))? to(?: (?:just|only|about|some|a mere))? ?$",
    re.IGNORECASE,
)
# "by the end of 2013", "since 2011": that the figure is of all up to then, or from then on.
_BY_THEN = re.compile(
    r"\b(?:by|until|till|as of|since|through)(?: the (?:end|start|middle|beginning) of)?(?: \w+)?"
    r" (?:1[5-9]|20)\d\d\b",
    re.IGNORECASE,
)
# "$5bn (£4bn)", "60 miles (about 97 km)": from the end of one figure to the next.
_CONVERTS = re.compile(
    r"(?:[$£€¥]\s?\d[\d.,]*\s?(?:m|mn|bn|tn|million|billion|trillion)?|\b(?:dollars|euros|pounds|yen|yuan|rupees|rubles)"
    r"|\d[ -]?(?:km|kilomet\w+|miles?|feet|ft|met\w+|inches|kg|pounds|tons?|tonnes?|acres|hectares|degrees))"
    r" ?\((?:(?:about|around|some|nearly|roughly|almost|or) )?$",
    re.IGNORECASE,
)


def says_forecast(claim: Claim) -> bool:
    """Whether the words around the claim's figure speak of what is not yet, or not sure."""
    return _around(_FORECAST, claim)


def says_period(claim: Claim) -> bool:
    """Whether the words around the claim's figure name a period that it is counted over."""
    return _around(_PERIOD, claim)


def says_needed(claim: Claim) -> bool:
    """Whether so many votes, seats or the like are said to be needed, and not to be there."""
    figure, text = claim.stated, claim.sentence.text
    after = _NEEDED_AFTER.match(text, figure.end, figure.end + AFTER)
    return _before(_NEEDED_BEFORE, claim) or after is not None or figure.surface.lower().startswith(_SHORT_OF)


def says_by_then(claim: Claim) -> bool:
    """Whether the sentence speaks of a year up to which, or from which on, things are counted."""
    text = claim.sentence.text
    return _found(_BY_THEN, text, 0, len(text))


def says_lowered(claim: Claim) -> bool:
    """Whether the claim itself says that its figure came down, so that it is no total that only grows."""
    return _before(_LOWERED, claim)


def converts(claim: Claim) -> bool:
    """Whether the figure only gives in parentheses what the one before it says in another unit or currency."""
    figure = claim.figure
    if figure is None or figure.unit is None or figure.role not in (Role.MONEY, Role.MEASURE):
        return False
    return _before(_CONVERTS, claim)


def _around(pattern: re.Pattern[str], claim: Claim) -> bool:
    figure = claim.stated
    return _found(pattern, claim.sentence.text, max(figure.start - BEFORE, 0), figure.end + AFTER)


def _before(pattern: re.Pattern[str], claim: Claim) -> bool:
    start = claim.stated.start
    return _found(pattern, claim.sentence.text, max(start - BEFORE, 0), start)


@lru_cache(maxsize=50_000)  # a claim meets many others, one after another
def _found(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return bool(pattern.search(text, start, end))
