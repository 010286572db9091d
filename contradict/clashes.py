"""Where two claims clash: the denial, the opposite word, the other name, place, date or figure, each side in its words.

Seen side by side these are signs, not proof: two sentences on two events clash in all of them. They tell the reader
what an entailment judge saw, and the head how much of it is on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from contradict.compare import Outcome, compare
from contradict.figures import read_figures
from contradict.figures.tokens import Token, tokenise
from contradict.lexicon import stem
from contradict.opposites import DENIALS, DENYING_PHRASES, NO_DENIALS, OPPOSITES
from contradict.times import read_times
from contradict.types import Claim, Figure, TimeMention, TimeSpan

MOST_WORDS = 5  # of a denial as shown
PRECISE_DAYS = 31  # a date named to the month can clash with another; "in recent years" cannot
MOST_FIGURES = 6  # of one sentence that are compared with the other's

_NO_NAMES = DENIALS | OPPOSITES.keys()  # "Nobody" and "Most" open a sentence and look like names
_PHRASES = tuple(tuple(phrase.split()) for phrase in DENYING_PHRASES)


class ClashKind(StrEnum):
    NEGATION = "negation"
    OPPOSITE = "opposite"
    NAME = "name"
    PLACE = "place"
    DATE = "date"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Clash:
    """One difference between two claims; a side is empty where it merely lacks what the other has."""

    kind: ClashKind
    a: str
    b: str


def clashes(a: Claim, b: Claim) -> tuple[Clash, ...]:
    """All differences of two claims that may make them contradict, the most telling kind first."""
    return (*_opposites(a, b), *_negations(a, b), *_figures(a, b), *_dates(a, b), *_places(a, b), *_names(a, b))


def contrary(a: Claim, b: Claim) -> bool:
    """Whether one claim denies what the other does not, or has a word whose opposite stands in the other."""
    return bool(_negations(a, b) or _opposites(a, b))


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[str, ...]:
    """The denying words of a text, each with the few words that follow it; "not only" and "no doubt" deny nothing."""
    tokens = [token for token in tokenise(text) if token.kind == "word"]
    found = []
    at = 0
    while at < len(tokens):
        size = _denial_at(tokens, at)
        if size:
            end = min(at + MOST_WORDS, len(tokens))
            found.append(" ".join(text[tokens[at].start : tokens[end - 1].end].split()))
        at += size or 1
    return tuple(found)


def _denial_at(tokens: list[Token], at: int) -> int:
    """How many words the denial that begins at a word has; 0 where none does."""
    low = tokens[at].low
    if at + 1 < len(tokens) and (low, tokens[at + 1].low) in NO_DENIALS:
        return 0
    if low in DENIALS or low.endswith("n't"):
        return 1
    for phrase in _PHRASES:
        if low == phrase[0] and tuple(token.low for token in tokens[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _negations(a: Claim, b: Claim) -> list[Clash]:
    one, other = denials(a.sentence.text), denials(b.sentence.text)
    if len(one) % 2 == len(other) % 2:
        return []
    return [Clash(ClashKind.NEGATION, one[0] if one else "", other[0] if other else "")]


def _opposites(a: Claim, b: Claim) -> list[Clash]:
    """Words of one side whose opposite stands in the other, where neither side has both."""
    one, other = _words(a.sentence.text), _words(b.sentence.text)
    return [
        Clash(ClashKind.OPPOSITE, word, opposite)
        for word in sorted(one & OPPOSITES.keys())
        for opposite in sorted(OPPOSITES[word] & other)
        if word not in other and opposite not in one
    ]


def _figures(a: Claim, b: Claim) -> list[Clash]:
    """Figures of one noun that are apart, each in one clash, where neither agrees with any figure of the other side."""
    mine, theirs = (figures_of(claim.sentence.text)[:MOST_FIGURES] for claim in (a, b))
    outcomes = {
        (i, j): comparison.outcome
        for i, figure in enumerate(mine)
        for j, other in enumerate(theirs)
        if _one_thing(figure, other) and (comparison := compare(figure, other)) is not None
    }
    agreeing = [places for places, outcome in outcomes.items() if outcome is not Outcome.APART]
    used = {i for i, _ in agreeing}, {j for _, j in agreeing}
    found = []
    for i, j in outcomes:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            found.append(Clash(ClashKind.FIGURE, mine[i].surface, theirs[j].surface))
    return found


def _one_thing(one: Figure, other: Figure) -> bool:
    if one.unit or other.unit:
        return one.unit == other.unit
    heads = [figure.counted.lower().split()[-1] if figure.counted else "" for figure in (one, other)]
    return bool(heads[0]) and stem(heads[0]) == stem(heads[1])


def _dates(a: Claim, b: Claim) -> list[Clash]:
    one, other = _precise(a), _precise(b)
    if not one or not other or any(x.span.overlaps(y.span) for x in one for y in other):
        return []
    return [Clash(ClashKind.DATE, one[0].surface, other[0].surface)]


def _precise(claim: Claim) -> list[TimeMention]:
    return [t for t in times_of(claim.sentence.text, claim.document.date) if t.span.days <= PRECISE_DAYS]


def _places(a: Claim, b: Claim) -> list[Clash]:
    return _apart(ClashKind.PLACE, a.matter.places, b.matter.places)


def _names(a: Claim, b: Claim) -> list[Clash]:
    return _apart(ClashKind.NAME, a.matter.names - _NO_NAMES, b.matter.names - _NO_NAMES)


def _apart(kind: ClashKind, one: frozenset[str], other: frozenset[str]) -> list[Clash]:
    mine, theirs = sorted(one - other), sorted(other - one)
    return [Clash(kind, mine[0], theirs[0])] if mine and theirs else []


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.lower()))


@lru_cache(maxsize=4096)
def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text; the same text is asked for once a neighbour."""
    return tuple(read_figures(text))


@lru_cache(maxsize=4096)
def times_of(text: str, published: TimeSpan | None) -> tuple[TimeMention, ...]:
    return tuple(read_times(text, published=published))
