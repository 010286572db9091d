"""Where two claims clash: the denial, the opposite word, the other name, place, date or figure, each side in its words.

Seen side by side these are signs, not proof: two sentences on two events clash in all of them. They tell the reader
what an entailment judge saw, and the head how much of it is on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from contradict.alignment import Alignment, align
from contradict.compare import Outcome, compare, counted_stem
from contradict.denials import denials_in
from contradict.figures import figures_of
from contradict.figures.tokens import tokenise
from contradict.mentions import MentionKind
from contradict.opposites import OPPOSITES
from contradict.types import Claim, Figure

MOST_WORDS = 5  # of a denial as shown
MOST_FIGURES = 6  # of one sentence that are compared with the other's


class ClashKind(StrEnum):
    NEGATION = "negation"
    OPPOSITE = "opposite"
    NAME = "name"
    PLACE = "place"
    DATE = "date"
    YEAR = "year"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Clash:
    """One difference between two claims; a side is empty where it merely lacks what the other has."""

    kind: ClashKind
    a: str
    b: str


def clashes(a: Claim, b: Claim, *, alignment: Alignment | None = None) -> tuple[Clash, ...]:
    """All differences of two claims that may make them contradict, the most telling kind first.

    `alignment` is theirs where it is known already.
    """
    return (*_opposites(a, b), *negations(a, b), *_figures(a, b), *_rivals(alignment or align(a, b)))


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[str, ...]:
    """The denying words of a text, each with the few words that follow it; "not only" and "no doubt" deny nothing."""
    tokens = [token for token in tokenise(text) if token.kind != "mark"]
    found = []
    for start, _ in denials_in(tokens):
        end = min(start + MOST_WORDS, len(tokens))
        found.append(" ".join(text[tokens[start].start : tokens[end - 1].end].split()))
    return tuple(found)


def negations(a: Claim, b: Claim) -> list[Clash]:
    """The denials of two claims of which only one ends up denying."""
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
    return counted_stem(one) == counted_stem(other) != ""


_SHOWN = {
    MentionKind.RANK: ClashKind.FIGURE,
    MentionKind.DATE: ClashKind.DATE,
    MentionKind.YEAR: ClashKind.YEAR,
    MentionKind.PLACE: ClashKind.PLACE,
    MentionKind.PERSON: ClashKind.NAME,
    MentionKind.NAME: ClashKind.NAME,
}


def _rivals(alignment: Alignment) -> list[Clash]:
    """Ranks, dates, places and names that stand in each other's place, where a word around them agrees."""
    return [
        Clash(shown, rivals.a.surface, rivals.b.surface)
        for kind, shown in _SHOWN.items()
        for rivals in alignment.rivals
        if rivals.kind is kind and rivals.placed
    ]


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.lower()))
