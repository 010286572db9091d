"""Time mentions of a sentence: expressions joined to ranges, given their tense and anchor, and resolved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contradict.times.grammar import find_expressions
from contradict.times.patterns import Expression, Shape
from contradict.times.resolve import Frame, Tense, resolve
from contradict.times.spans import narrow
from contradict.times.words import FUTURE, PAST
from contradict.types import Anchor, TimeMention, TimeSpan

_PART = re.compile(
    r"\b(?P<part>early|mid|late|earlier|later|so\sfar|(?:the\s)?(?P<tip>start|beginning|end|middle|close|turn)\sof)"
    r"(?:\s?-\s?|\s{1,2}(?:(?:in|on|of)\s{1,2})?(?:the\s{1,2})?)\Z",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"\b(?P<word>as\s(?:of|at)|since|until|till|thru|through|by|before|after|prior\sto|up\sto|ahead\sof|following|from"
    r"|starting|beginning|effective)\s{1,2}(?:(?:about|around|at\sleast|in|on|the|it\swas)\s{1,2}){0,2}\Z",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r",?\s(?:on(?=\s?[,.;)]|$)|onwards?\b|forward\b)", re.IGNORECASE)
_HALFWAY = re.compile(r"\b(?:half|mid|part)way\s\Z|\b(?:run|runs|go|goes|ran|went|day)\s\Z", re.IGNORECASE)
_ANCHORS = {
    "since": Anchor.SINCE,
    "after": Anchor.SINCE,
    "following": Anchor.SINCE,
    "starting": Anchor.SINCE,
    "beginning": Anchor.SINCE,
    "effective": Anchor.SINCE,
    "until": Anchor.UNTIL,
    "till": Anchor.UNTIL,
    "through": Anchor.UNTIL,
    "thru": Anchor.UNTIL,
    "before": Anchor.UNTIL,
    "prior to": Anchor.UNTIL,
    "up to": Anchor.UNTIL,
    "ahead of": Anchor.UNTIL,
    "as of": Anchor.AS_OF,
    "as at": Anchor.AS_OF,
    "by": Anchor.AS_OF,
}

_DATES = frozenset({Shape.ISO, Shape.COMPACT, Shape.NUMERIC, Shape.DAY_MONTH, Shape.MONTH_DAY, Shape.HOLIDAY})
_RANGES = (_DATES, {Shape.MONTH}, {Shape.YEAR}, {Shape.WEEKDAY}, {Shape.DECADE}, {Shape.QUARTER}, {Shape.SEASON})
_JOIN = re.compile(r"\s?[-–—]\s?|\s(?:to|through|thru|until|till)\s", re.IGNORECASE)
_AND = re.compile(r"\sand\s|\sor\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?\Z", re.IGNORECASE)
_YEARLESS = frozenset({Shape.DAY_MONTH, Shape.MONTH_DAY, Shape.MONTH, Shape.HOLIDAY, Shape.QUARTER, Shape.SEASON})
_TENSELESS = _YEARLESS | {Shape.WEEKDAY, Shape.DAY_WORD}
_LEAN_ON_TEXT = frozenset({Shape.EARLIER, Shape.DEICTIC})
_TENSE_REACH = 160
_AFTER_HANDICAP = 15
"""Characters by which a sign of tense after a time must be nearer than one before it to be the one that counts."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """An expression with the word that narrows it ("early", "the end of"), or two of them that make a range."""

    first: Expression
    start: int
    part: str = ""
    year: int | None = None
    last: _Phrase | None = None

    @property
    def end(self) -> int:
        return self.last.end if self.last is not None else self.first.end


def read_times(
    text: str, *, published: TimeSpan | None = None, context: TimeSpan | None = None
) -> tuple[TimeMention, ...]:
    """The times that a sentence names, in order, none overlapping another.

    `published` is what "today" and "last month" are read against; without it they are left out, as are days and months
    without a year. `context` is the time that the text is telling of, where a caller knows it: it settles the year of a
    date without one and what "the next day" follows. The conventions are those of `resolve`.
    """
    expressions = find_expressions(text)
    if not expressions:
        return ()
    signs = _Signs(text)
    mentions: list[TimeMention] = []
    told = context
    for phrase in _joined(text, [_phrase(text, expression) for expression in expressions]):
        span = _span(phrase, published=published, context=context, told=told, signs=signs)
        if span is None:
            continue
        surface = text[phrase.start : phrase.end]
        mentions.append(TimeMention(phrase.start, phrase.end, surface, span, _anchor(text, phrase)))
        told = span
    return tuple(mentions)


def _phrase(text: str, expression: Expression) -> _Phrase:
    window = max(0, expression.start - 24)
    part = _PART.search(text, window, expression.start)
    if part is None or expression.shape in (Shape.AGO, Shape.PERIOD, Shape.EDGE):
        return _Phrase(expression, expression.start)
    word = re.sub(r"\s+", " ", (part["tip"] or part["part"]).lower())
    return _Phrase(expression, part.start(), part=word)


def _joined(text: str, phrases: Sequence[_Phrase]) -> Iterator[_Phrase]:
    """The phrases with ranges ("from 3 to 5 May") made one and the year of a list ("1 May and 3 June 2012") shared."""
    shared = _share_years(text, phrases)
    index = 0
    while index < len(shared):
        phrase = shared[index]
        follower = shared[index + 1] if index + 1 < len(shared) else None
        if follower is not None and _is_range(text, phrase, follower):
            yield replace(phrase, last=follower)
            index += 2
        else:
            yield phrase
            index += 1


def _share_years(text: str, phrases: Sequence[_Phrase]) -> list[_Phrase]:
    shared = list(phrases)
    for index in range(len(shared) - 2, -1, -1):
        left, right = shared[index], shared[index + 1]
        gap = text[left.end : right.start]
        if not _same_grain(left, right) or _has_year(left.first) or len(gap) > 12:
            continue
        if _JOIN.fullmatch(gap) or _AND.fullmatch(gap):
            year = right.first.groups.get("year")
            shared[index] = replace(left, year=int(year) if year else right.year)
    return shared


def _has_year(expression: Expression) -> bool:
    return expression.shape not in _YEARLESS or bool(expression.groups.get("year") or expression.groups.get("yearref"))


def _same_grain(left: _Phrase, right: _Phrase) -> bool:
    return any(left.first.shape in grain and right.first.shape in grain for grain in _RANGES)


def _is_range(text: str, left: _Phrase, right: _Phrase) -> bool:
    gap = text[left.end : right.start]
    if len(gap) > 12 or not _same_grain(left, right):
        return False
    if _JOIN.fullmatch(gap):
        return True
    return _AND.fullmatch(gap) is not None and _BETWEEN.search(text, max(0, left.start - 16), left.start) is not None


def _span(
    phrase: _Phrase, *, published: TimeSpan | None, context: TimeSpan | None, told: TimeSpan | None, signs: _Signs
) -> TimeSpan | None:
    """The span of a phrase over all days of publication that are possible: precise only as far as these agree."""
    shape = phrase.first.shape
    frame = Frame(
        day=None,
        context=told if shape in _LEAN_ON_TEXT else context if shape in _YEARLESS else None,
        tense=signs.tense(phrase.start, phrase.end) if shape in _TENSELESS and published is not None else "unknown",
    )
    if published is None:
        return _one(phrase, frame)
    spans = [_one(phrase, replace(frame, day=day)) for day in sorted({published.start, published.end})]
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return None
    return TimeSpan(min(span.start for span in known), max(span.end for span in known))


def _one(phrase: _Phrase, frame: Frame) -> TimeSpan | None:
    if phrase.last is None:
        return _narrowed(phrase, replace(frame, year=phrase.year))
    last = _narrowed(phrase.last, replace(frame, year=phrase.last.year))
    if last is None:
        return None
    first = _narrowed(phrase, replace(frame, year=phrase.year))
    if first is not None and first.start > last.end:
        first = _before(phrase, last, frame)
    return TimeSpan(first.start, last.end) if first is not None and first.start <= last.end else last


def _before(phrase: _Phrase, last: TimeSpan, frame: Frame) -> TimeSpan | None:
    """The start of a range over the end of a year or a week ("November to March 2012", "Friday to Monday")."""
    if phrase.first.shape is Shape.WEEKDAY:
        return _narrowed(phrase, replace(frame, day=last.end, tense="past"))
    return _narrowed(phrase, replace(frame, year=last.end.year - 1)) if last.end.year > 1 else None


def _narrowed(phrase: _Phrase, frame: Frame) -> TimeSpan | None:
    span = resolve(phrase.first, frame)
    return narrow(span, phrase.part, frame.day) if span is not None and phrase.part else span


def _anchor(text: str, phrase: _Phrase) -> Anchor:
    found = _ANCHOR.search(text, max(0, phrase.start - 32), phrase.start)
    if found is None or phrase.last is not None:
        return Anchor.ON
    word = re.sub(r"\s+", " ", found["word"].lower())
    if word == "from":
        return Anchor.SINCE if _ONWARDS.match(text, phrase.end) else Anchor.ON
    if word in ("through", "by") and _HALFWAY.search(text, max(0, found.start() - 10), found.start()):
        return Anchor.ON
    return _ANCHORS[word]


class _Signs:
    """Where a sentence speaks of what is to come and where of what was, found once and only if asked for."""

    __slots__ = ("_marks", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks: list[tuple[int, int, Tense]] | None = None

    def tense(self, start: int, end: int) -> Tense:
        """The tense of the nearest sign within reach of a time, one before it being preferred."""
        if self._marks is None:
            self._marks = self._find()
        index = bisect_left(self._marks, (start,))
        before = self._marks[index - 1] if index else None
        after = next((mark for mark in self._marks[index : index + 2] if mark[0] >= end), None)
        left = start - before[1] if before is not None else _TENSE_REACH + 1
        right = after[0] - end + _AFTER_HANDICAP if after is not None else _TENSE_REACH + 1
        if before is not None and left <= min(right, _TENSE_REACH):
            return before[2]
        return after[2] if after is not None and right <= _TENSE_REACH else "unknown"

    def _find(self) -> list[tuple[int, int, Tense]]:
        ahead: list[tuple[int, int, Tense]] = [(*match.span(), "ahead") for match in FUTURE.finditer(self._text)]
        covered = {position for start, end, _ in ahead for position in range(start, end)}
        past: list[tuple[int, int, Tense]] = [(*match.span(), "past") for match in PAST.finditer(self._text)]
        return sorted(ahead + [mark for mark in past if mark[0] not in covered])
