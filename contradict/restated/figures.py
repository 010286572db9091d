"""What the figures of a premise say of those of its hypothesis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter

from contradict.compare import base_bounds, central, comparable, counted_stem, is_comparable, is_vague, rounds
from contradict.figures import figures_of
from contradict.restated.changes import CLEAR, Change, Standing
from contradict.types import Figure, Hedge, Role
from contradict.worded import counterparts

MOST_FIGURES = 12  # of one text that are looked at; longer rows of figures are tables
TIMES = 3  # as large or small: without a noun in common, figures further apart are of two things
# Where "not" cannot stand.
_DETERMINED = re.compile(r"\b(?:the|an?|its|his|her|their|our|my|this|that|these|those)\s+\Z", re.IGNORECASE)
# What says of whom something is told, and not how many there are: "children under 12", "firms with more than 50".
_RESTRICTED = re.compile(
    r"\b(?:with|earning|making|aged|those|people|children|adults|boys|girls|men|women|voters)\s+\Z", re.IGNORECASE
)
_INFINITE = Decimal("Infinity")
_BOUNDS = frozenset((Hedge.ABOVE, Hedge.AT_LEAST, Hedge.BELOW, Hedge.AT_MOST))
_APPROACHED = frozenset((Hedge.ABOVE, Hedge.BELOW, Hedge.ABOUT))  # by what is told; "at least" leaves more open

_Bound = tuple[Decimal, int]
"""A bound and on which side of it the interval begins or ends: 1 above, -1 below, 0 where it counts itself."""


def changes(premise: str, hypothesis: str) -> Iterator[Change]:
    """The figures of the premise that stand for those of the hypothesis, in order."""
    theirs = [figure for figure in figures_in(premise) if _is_number(figure) and figure.moved_from is None]
    if not theirs:
        return
    placed = dict(counterparts(hypothesis, figures_in(hypothesis), premise, figures_in(premise)))
    for figure in figures_in(hypothesis):
        if not _is_number(figure):
            continue
        other = placed.get(figure)
        standing, other = _in_its_place(figure, theirs, other) if other is not None else _of_its_kind(figure, theirs)
        if other is None or standing is Standing.UNTOLD:
            continue
        if standing is Standing.FAILS and (_both_exact(figure, other) or _bound_up(hypothesis, figure)):
            continue  # that two numbers differ is plain
        if standing is not Standing.HOLDS and _RESTRICTED.search(hypothesis, 0, figure.start):
            continue
        yield Change(figure.start, figure.end, premise[other.start : other.end], standing)


def _both_exact(figure: Figure, other: Figure) -> bool:
    return figure.hedge is other.hedge is Hedge.EXACT


def _is_number(figure: Figure) -> bool:
    """Whether a figure is one number, be it a bound, or a vague count; ranges and scores are two."""
    return (figure.value is not None or is_vague(figure)) and figure.role is not Role.SCORE


def _bound_up(text: str, figure: Figure) -> bool:
    """Whether "not" cannot stand before a figure: "the more than 300 miners", "a more than 40-foot wall"."""
    return text[figure.end : figure.end + 1] == "-" or _DETERMINED.search(text, 0, figure.start) is not None


def figures_in(text: str) -> tuple[Figure, ...]:
    """The first figures of a text, of every role."""
    return figures_of(text)[:MOST_FIGURES]


_kind = attrgetter("role", "unit", "per", "change")

_Told = tuple[Standing, Figure | None]
"""What the premise says of a figure, and by which of its own."""


def _in_its_place(figure: Figure, theirs: Sequence[Figure], placed: Figure) -> _Told:
    """What is told by the one in its place, where the words around both are the same, be it an age or a rank."""
    if placed not in theirs or _kind(figure) != _kind(placed):
        return Standing.UNTOLD, None
    return _stands(placed, figure), placed


def _of_its_kind(figure: Figure, theirs: Sequence[Figure]) -> _Told:
    """What is told by the nearest in size of those on its scale that count the same noun, or are of its size; untold
    where one about as near says otherwise, and where it is little more than a guess which one is meant."""
    if not is_comparable(figure):
        return Standing.UNTOLD, None
    fit = [other for other in theirs if is_comparable(other) and comparable(other, figure)]
    apart = [(other, _ratio(other, figure)) for other in fit if other.change is figure.change]
    named = [each for each in apart if counted_stem(each[0]) == counted_stem(figure) != ""]
    near = named or [each for each in apart if each[1] <= TIMES]
    if not near:
        return Standing.UNTOLD, None
    nearest, least = min(near, key=lambda each: each[1])
    told = {_stands(other, figure) for other, ratio in near if ratio <= least * CLEAR}
    standing = told.pop() if len(told) == 1 else Standing.UNTOLD
    if standing is Standing.OPEN:
        return Standing.UNTOLD, None
    if standing is Standing.FAILS and ((len(fit) > 1 and not named) or figure.hedge is Hedge.EXACT):
        return Standing.UNTOLD, None
    return standing, nearest


def _ratio(one: Figure, other: Figure) -> Decimal:
    """How many times as large the larger of two figures is, at least 1."""
    small, large = sorted(abs(central(figure) or Decimal(0)) for figure in (one, other))
    return large / small if small else Decimal(1) if not large else _INFINITE


def _stands(premise: Figure, hypothesis: Figure) -> Standing:
    """Whether what a figure of the premise leaves possible lies within what one of the hypothesis does, or apart.

    A bound says more than logic allows it to: had more than 200 been hurt, nobody would tell of "more than 100" (the
    maxim of quantity, Grice 1975). So one bound tells of another by its number; a number that a bound allows is open.
    """
    exact = _both_exact(premise, hypothesis)
    if exact and premise.value != hypothesis.value and (rounds(hypothesis, premise) or rounds(premise, hypothesis)):
        return Standing.UNTOLD
    (low, high), (least, most) = _interval(premise), _interval(hypothesis)
    if high < least or most < low:
        loose = is_vague(premise) or is_vague(hypothesis)  # "dozens" may be more than a hundred
        return Standing.UNTOLD if loose else Standing.FAILS
    if premise.hedge is Hedge.ABOUT:
        low = high = (central(premise) or Decimal(0), 0)  # "about 300" is more than 290
    if least <= low and high <= most:
        return Standing.HOLDS
    if premise.hedge in _BOUNDS and hypothesis.hedge is Hedge.EXACT:
        return Standing.OPEN if premise.value != hypothesis.value else Standing.UNTOLD
    if premise.hedge in _APPROACHED and hypothesis.hedge in _BOUNDS:
        told = (central(premise) or Decimal(0), 0)
        return Standing.HOLDS if least <= told <= most else Standing.FAILS
    return Standing.UNTOLD


def _interval(figure: Figure) -> tuple[_Bound, _Bound]:
    """The first and the last value that a figure leaves possible."""
    low, high = base_bounds(figure)
    return (
        (-_INFINITE, 0) if low is None else (low, int(figure.hedge is Hedge.ABOVE)),
        (_INFINITE, 0) if high is None else (high, -int(figure.hedge is Hedge.BELOW)),
    )
