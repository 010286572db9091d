"""How the times of a sentence bear on it: as of when a figure stands, when the event was, when it was reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contradict.types import Anchor, TimeMention, TimeSpan

_BREAK = re.compile(
    r";|:\s|[.!?]\s|\s[-–—]{1,2}\s|\s(?:while|whereas|but|although|though|compared|versus|because|who|which|whose)\b"
    r"|\b(?:up|down)\sfrom\b",
    re.IGNORECASE,
)
"""Where one clause ends and another begins."""

_LIGHT_BREAK = re.compile(r",|\b(?:and|to|from|with|that|when|as)\b", re.IGNORECASE)
_LIGHT_COST = 25
"""Characters that a comma or a joining word counts for in the distance of a time from a figure."""

_REPORT_BEFORE = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|stated|added|warned|acknowledged|claimed|disclosed|wrote|tweeted"
    r"|released|published|statement|report|press\sconference|news\sconference|briefing|interview|reporters)\b"
    r"(?:(?!\b(?:that|is|are|was|were|has|have|had|will|would|he|she|it|they)\b)[^,;:.0-9]){0,40}\Z",
    re.IGNORECASE,
)
_REPORT_AFTER = re.compile(
    r"(?:\s\w{2,12}ly)?\s(?:said|told|announced|reported|confirmed|stated|acknowledged|warned|claimed)\b", re.IGNORECASE
)
_DETERMINER = re.compile(r"\b(?:the|a|an|this|that|its|his|her|their|['’]s)\s(?:\w{2,12}\s){0,2}\Z", re.IGNORECASE)
_FREE_AFTER = frozenset(
    "and or but to in at on of for from by with when as after before that it he she they the a an who which while was "
    "were is are has have had will would so than because since until about with".split()
)


def as_of(mentions: Sequence[TimeMention], figure_start: int, figure_end: int, *, text: str) -> TimeSpan | None:
    """As of when the figure at these offsets of `text` stands; None where the sentence does not say.

    An explicit "as of June 30" or "by Tuesday" in the figure's clause, or opening the sentence, wins; then the nearest
    time in the figure's clause; then an explicit one elsewhere in the sentence. "Since X" and "after X" say when a
    count began and not how far it runs, nor does the date of what the count runs from ("since it was built in 1871");
    a date that only names an event ("the January 12 quake") says neither.
    """
    near: list[tuple[float, TimeMention]] = []
    explicit: list[tuple[float, TimeMention]] = []
    for mention in mentions:
        if mention.anchor is Anchor.SINCE or _overlaps(mention, figure_start, figure_end):
            continue
        if _FROM.search(text, figure_end, mention.start) or _is_aside(text, mention, figure_start):
            continue
        distance = _distance(text, mention, figure_start, figure_end)
        if mention.anchor is Anchor.AS_OF:
            leads = not text[: mention.start].strip() or len(text[: mention.start].split()) <= 3
            explicit.append((min(distance, _FAR) if leads else distance, mention))
        elif distance < _FAR and not _names_event(text, mention):
            near.append((distance + (_FAR / 2 if _is_report(text, mention) else 0), mention))
    for candidates in ([pair for pair in explicit if pair[0] <= _FAR], near, explicit):
        if candidates:
            return min(candidates, key=lambda pair: pair[0])[1].span
    return None


_FAR = 1e6
_FROM = re.compile(r"\bsince\b[^.;:]{0,80}\Z", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which)\s[^,.;:]{0,80}\Z", re.IGNORECASE)
_MAIN_VERB = re.compile(r"\s(?:was|were|is|are|has|have|had|will)\b")


def _is_aside(text: str, mention: TimeMention, figure_start: int) -> bool:
    """Whether the time ends a relative clause before the figure: "the men who left in 2010 were paid $900"."""
    if mention.start > figure_start or _MAIN_VERB.match(text, mention.end) is None:
        return False
    return _RELATIVE.search(text, max(0, mention.start - 90), mention.start) is not None


def event_time(mentions: Iterable[TimeMention], published: TimeSpan | None = None, *, text: str) -> TimeSpan | None:
    """When what the sentence tells of happened: its first time that is no time of a report, no start and no end.

    Times wholly after publication are plans and are passed over, unless the sentence has no other.
    """
    events = [mention for mention in mentions if mention.anchor is Anchor.ON and not _is_report(text, mention)]
    past = [mention for mention in events if published is None or mention.span.start <= published.end]
    chosen = past or events
    return chosen[0].span if chosen else None


def report_time(mentions: Iterable[TimeMention], *, text: str) -> TimeSpan | None:
    """When the sentence says that it was said or reported ("the ministry said on Monday")."""
    return next((mention.span for mention in mentions if _is_report(text, mention)), None)


def _overlaps(mention: TimeMention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


def _distance(text: str, mention: TimeMention, start: int, end: int) -> float:
    """Characters between time and figure, joining words counted in; beyond `_FAR` when a clause ends between them."""
    after = mention.start >= end
    between = text[end : mention.start] if after else text[mention.end : start]
    cost = len(between) + _LIGHT_COST * len(_LIGHT_BREAK.findall(between)) + (0 if after else 1)
    return cost + (2 * _FAR if _BREAK.search(between) else 0)


def _is_report(text: str, mention: TimeMention) -> bool:
    if mention.anchor is not Anchor.ON:
        return False
    if _REPORT_AFTER.match(text, mention.end):
        return True
    return _REPORT_BEFORE.search(text, max(0, mention.start - 70), mention.start) is not None


def _names_event(text: str, mention: TimeMention) -> bool:
    """Whether the time is an adjective before a noun: "Tuesday's attack", "the 2004 tsunami", "the May 3 vote"."""
    if re.match(r"['’]s?\s", text[mention.end : mention.end + 3]):
        return True
    following = re.match(r"\s([a-z]\w*|[A-Z]\w+)", text[mention.end : mention.end + 24])
    if following is None or following[1] in _FREE_AFTER:
        return False
    return _DETERMINER.search(text, max(0, mention.start - 30), mention.start) is not None
