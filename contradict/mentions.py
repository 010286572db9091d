"""What a sentence names: persons, places, days, years, figures and ranks, each with the words that stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from contradict.compare import Comparison, Outcome, compare
from contradict.figures import figures_of
from contradict.figures.tokens import Token
from contradict.lexicon import FUNCTION_WORDS
from contradict.opposites import OPPOSITES
from contradict.places import canonical_place, contains, is_place, normal_name
from contradict.speakers.words import TITLES
from contradict.times import read_times
from contradict.times.patterns import MONTH, WEEKDAY
from contradict.times.words import WEEKDAYS
from contradict.types import Figure, Role, TimeSpan

PRECISE_DAYS = 31  # a date named to the month can clash with another; "in recent years" cannot
WEEK = 7  # days
LONGEST_NAME = 5  # words
LONG_NAME = 7  # letters from which one of them may be a slip
PERSON_WORDS = (2, 3)  # of a person named without a title

_RANKS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_RANK_IN_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)\b")
_NEVER_NAMES = OPPOSITES.keys() | set(
    """i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mondays tuesdays wednesdays thursdays fridays saturdays sundays""".split()
)  # days are read as times; "Nobody" and "Most" open a sentence and look like names
_BODIES = re.compile(
    r"\b(?:party|police|ministry|office|agency|university|college|school|hospital|bank|court|council|committee|congress"
    r"|parliament|senate|house|army|department|company|corp|inc|group|union|association|fund|news|times|post|street"
    r"|square|airport|park|club|united|city|state|national|international|day|war|cup|act|center|centre)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b{WEEKDAY}\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b{MONTH}", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")  # as news has them
_LOOSELY = re.compile(r"\b(?:last|past|this|next|previous) (?:week|weekend)\b", re.IGNORECASE)


class MentionKind(StrEnum):
    """What a mention names; only mentions of one kind can stand in each other's place."""

    PERSON = "person"
    NAME = "name"
    PLACE = "place"
    DATE = "date"
    YEAR = "year"
    FIGURE = "figure"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, day or number of a sentence: what it is known by, and the content words next to it."""

    kind: MentionKind
    start: int
    surface: str
    known: frozenset[str] = frozenset()
    figure: Figure | None = None
    span: TimeSpan | None = None
    near: frozenset[str] = frozenset()

    @property
    def end(self) -> int:
        return self.start + len(self.surface)

    def beside(self, words: Sequence[str]) -> Mention:
        return replace(self, near=frozenset(words))


def read_mentions(text: str, tokens: Sequence[Token], published: TimeSpan | None) -> list[Mention]:
    """The mentions of a sentence in its order, none within another."""
    found: list[Mention] = []
    for mention in (*_dates(text, published), *_figures(text), *_ranks(text, tokens), *_names(text, tokens)):
        if not any(mention.start < held.end and held.start < mention.end for held in found):
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def same(one: Mention, other: Mention) -> bool:
    """Whether the other mention may be of what the one names: a name and its part, a city and its country, a day and
    its week. A year is known where a day of it is named, but no day where only its year is.
    """
    if one.figure is not None and other.figure is not None:
        comparison = _compared(one, other)
        return comparison is not None and comparison.outcome is not Outcome.APART
    if one.span is not None and other.span is not None:
        if one.kind is not other.kind:
            return one.kind is MentionKind.YEAR and one.span.overlaps(other.span)
        return one.span.overlaps(other.span) or _loosely_one(one, other) or _told_alike(one, other)
    if one.kind is other.kind is MentionKind.PLACE:
        return any(contains(x, y) or contains(y, x) for x in one.known for y in other.known)
    if MentionKind.RANK in (one.kind, other.kind) and one.kind is not other.kind:
        return False
    if one.known & other.known or one.surface == _initials(other) or other.surface == _initials(one):
        return True
    return one.kind is not MentionKind.RANK and any(_spelt_alike(x, y) for x in one.known for y in other.known)


def _spelt_alike(one: str, other: str) -> bool:
    """Whether one of two long names is the other less a vowel within it: "Osnabrck" is what is left of "Osnabrück"
    where its umlaut was lost."""
    short, long = sorted((one, other), key=len)
    if len(short) < LONG_NAME or len(long) != len(short) + 1:
        return False
    at = next((k for k, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return 0 < at < len(short) and long[at] in "aeiou" and short[at:] == long[at + 1 :]


def _loosely_one(one: Mention, other: Mention) -> bool:
    """Whether two days may be one since they are told by their place in the week: reports on both sides of midnight say
    "Friday" of one day, and it is taken for two a week apart; "Monday" may be the 14th; "last week" is any of two."""
    if one.span is None or other.span is None or one.span.gap(other.span) > WEEK:
        return False
    (said, falls), (other_said, other_falls) = _weekdays(one), _weekdays(other)
    weekday = said & (other_said | other_falls) or other_said & falls
    return bool(weekday) or any(_LOOSELY.search(mention.surface) for mention in (one, other))


def _told_alike(one: Mention, other: Mention) -> bool:
    """Whether two days have one name with a month in it: "September 11" is of one year, whichever it is taken for."""
    return one.surface.lower() == other.surface.lower() and _MONTH.search(one.surface) is not None


def _weekdays(mention: Mention) -> tuple[set[int], set[int]]:
    """The days of the week that a mention names, and the one on which its day falls; Monday is 0."""
    said = {WEEKDAYS[day[:3].lower()] for day in _WEEKDAY.findall(mention.surface)}
    span = mention.span
    return said, {span.start.weekday()} if span is not None and span.days == 1 else set()


def rival(one: Mention, other: Mention) -> bool:
    """Whether two mentions that are not the same can stand in each other's place: figures must be on one scale."""
    if one.kind is not other.kind:
        return False
    return one.figure is None or ((held := _compared(one, other)) is not None and held.outcome is Outcome.APART)


def _compared(one: Mention, other: Mention) -> Comparison | None:
    return compare(one.figure, other.figure) if one.figure is not None and other.figure is not None else None


def _initials(mention: Mention) -> str:
    words = mention.surface.split()
    return "".join(word[0] for word in words) if len(words) > 1 else " "


def _dates(text: str, published: TimeSpan | None) -> Iterator[Mention]:
    for time in read_times(text, published=published):
        surface = text[time.start : time.end]
        kind = MentionKind.YEAR if _YEAR.fullmatch(surface) else MentionKind.DATE
        if kind is MentionKind.YEAR or time.span.days <= PRECISE_DAYS:
            yield Mention(kind, time.start, surface, span=time.span)


def _figures(text: str) -> Iterator[Mention]:
    for figure in figures_of(text):
        if figure.role is not Role.ORDINAL:
            yield Mention(MentionKind.FIGURE, figure.start, text[figure.start : figure.end], figure=figure)


def _ranks(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """ "The third rationale", "the 7th meeting"."""
    for token in tokens:
        digits = _RANK_IN_DIGITS.match(text, token.start) if token.kind == "number" else None
        number = int(digits[1]) if digits else _RANKS.get(token.low)
        if number is not None:
            surface = digits.group() if digits else token.text
            yield Mention(MentionKind.RANK, token.start, surface, frozenset({str(number)}))


def _names(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """Places, persons and other names; a single word that opens the sentence is none unless it is a place."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and end - at < LONGEST_NAME and _may_name(tokens[end]):
            end += 1
        if end == at:
            at += 1
            continue
        size = next((n for n in range(end - at, 0, -1) if is_place(_phrase(tokens[at : at + n]))), 0)
        if size:
            known = frozenset({canonical_place(_phrase(tokens[at : at + size]))})
            surface = text[tokens[at].start : tokens[at + size - 1].end]
            yield Mention(MentionKind.PLACE, tokens[at].start, surface, known)
            at += size
            continue
        stop = next((k for k in range(at + 1, end) if is_place(tokens[k].text)), end)
        if (mention := _named(text, tokens, at, stop)) is not None:
            yield mention
        at = stop


def _named(text: str, tokens: Sequence[Token], at: int, stop: int) -> Mention | None:
    """The name that a run of capitals is, its title left out; None for a word that is capital as it comes first."""
    titled = at > 0 and _titles(tokens[at - 1])
    while at < stop and _titles(tokens[at]):
        titled, at = True, at + 1
    run = tokens[at:stop]
    if not run or (at == 0 and len(run) == 1 and not run[0].text.isupper()):
        return None
    surface = text[run[0].start : run[-1].end]
    person = (titled or len(run) in PERSON_WORDS) and not _BODIES.search(surface) and not run[0].text.isupper()
    known = frozenset(normal_name(token.text) for token in run)
    return Mention(MentionKind.PERSON if person else MentionKind.NAME, run[0].start, surface, known)


def _titles(token: Token) -> bool:
    return normal_name(token.text) in TITLES


def _may_name(token: Token) -> bool:
    if token.kind != "word" or not token.capital or token.low in _NEVER_NAMES:
        return False
    return token.low not in FUNCTION_WORDS or (token.text.isupper() and len(token.text) > 1)


def _phrase(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)
