"""What the figures of a premise say of those of its hypothesis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from contradict.compare import base_bounds, central, comparable, counted_stem, is_comparable, rounds
from contradict.figures import read_figures
from contradict.restated.changes import Change, Standing
from contradict.types import Figure, Hedge
from contradict.worded import counterparts

MOST_FIGURES = 12  # of one text that are looked at; longer rows of figures are tables
TIMES = 3  # as large or small: without a noun in common, figures further apart are of two things
CLEAR = Decimal("1.5")  # how many times as far another figure has to be to be left aside
# Where "not" cannot stand.
_DETERMINED = re.compile(r"\b(?:the|an?|its|his|her|their|our|my|this|that|these|those)\s+\Z", re.IGNORECASE)
_INFINITE = Decimal("Infinity")
_BOUNDS = frozenset((Hedge.ABOVE, Hedge.AT_LEAST, Hedge.BELOW, Hedge.AT_MOST))
_APPROACHED = frozenset((Hedge.ABOVE, Hedge.BELOW, Hedge.ABOUT))  # by what is told; "at least" leaves more open

_Bound = tuple[Decimal, int]
"""A bound and on which side of it the interval begins or ends: 1 above, -1 below, 0 where it counts itself."""


def changes(premise: str, hypothesis: str) -> Iterator[Change]:
    """The figures of the premise that stand for those of the hypothesis, in order; none in the place of another."""
    theirs = [figure for figure in _figures(premise) if figure.moved_from is None and central(figure) is not None]
    placed = dict(counterparts(hypothesis, _figures(hypothesis), premise, _figures(premise))) if theirs else {}
    for figure in _figures(hypothesis) if theirs else ():
        standing, other = _told(figure, theirs, placed.get(figure))
        if other is None or standing is Standing.UNTOLD:
            continue
        if standing is Standing.FAILS and (_seen(figure, other) or _bound_up(hypothesis, figure)):
            continue
        yield Change(figure.start, figure.end, premise[other.start : other.end], standing)


def _seen(figure: Figure, other: Figure) -> bool:
    """Whether two figures are numbers without a hedge: that they differ is plain."""
    return figure.hedge is other.hedge is Hedge.EXACT


def _bound_up(text: str, figure: Figure) -> bool:
    """Whether "not" cannot stand before a figure: "the more than 300 miners", "a more than 40-foot wall"."""
    return text[figure.end : figure.end + 1] == "-" or _DETERMINED.search(text, 0, figure.start) is not None


@lru_cache(maxsize=8192)  # a text is asked about once for each of its neighbours, and in both orders
def _figures(text: str) -> tuple[Figure, ...]:
    """The first figures of a text, of every role."""
    return tuple(islice(read_figures(text), MOST_FIGURES))


def _told(figure: Figure, theirs: Sequence[Figure], placed: Figure | None) -> tuple[Standing, Figure | None]:
    """What the premise says of a figure, and by which of its own; untold where one about as near says otherwise.

    Of two texts that are the same but for their figures, it is the one in its place; else the nearest in size of those
    on its scale that count the same noun, or are of its size.
    """
    near = _of_its_place(figure, theirs, placed) if placed is not None else _of_its_kind(figure, theirs)
    if not near:
        return Standing.UNTOLD, None
    nearest, least = min(near, key=lambda each: each[1])
    told = {_stands(other, figure) for other, ratio in near if ratio <= least * CLEAR}
    return (told.pop() if len(told) == 1 else Standing.UNTOLD), nearest


_Near = list[tuple[Figure, Decimal]]
"""Figures that one may be told by, and how many times as large or small each is."""


def _of_its_place(figure: Figure, theirs: Sequence[Figure], placed: Figure) -> _Near:
    """The one in its place, be it an age or a rank, if it is of the same kind and unit."""
    kinds = ((each.role, each.unit, each.per, each.change) for each in (figure, placed))
    same = placed in theirs and central(figure) is not None and next(kinds) == next(kinds)
    return [(placed, _ratio(placed, figure))] if same else []


def _of_its_kind(figure: Figure, theirs: Sequence[Figure]) -> _Near:
    if not is_comparable(figure) or central(figure) is None:
        return []
    fit = [other for other in theirs if is_comparable(other) and comparable(other, figure)]
    apart = [(other, _ratio(other, figure)) for other in fit if other.change is figure.change]
    named = [each for each in apart if counted_stem(each[0]) == counted_stem(figure) != ""]
    return named or [each for each in apart if each[1] <= TIMES]


def _ratio(one: Figure, other: Figure) -> Decimal:
    """How many times as large the larger of two figures is, at least 1."""
    small, large = sorted(abs(central(figure) or Decimal(0)) for figure in (one, other))
    return large / small if small else Decimal(1) if not large else _INFINITE


def _stands(premise: Figure, hypothesis: Figure) -> Standing:
    """Whether what a figure of the premise leaves possible lies within what one of the hypothesis does, or apart.

    A bound says more than logic allows it to: had more than 200 been hurt, nobody would tell of "more than 100" (the
    maxim of quantity, Grice 1975). So one bound tells of another by its number; a number that a bound allows is open.
    """
    exact = premise.hedge is hypothesis.hedge is Hedge.EXACT
    if exact and premise.value != hypothesis.value and (rounds(hypothesis, premise) or rounds(premise, hypothesis)):
        return Standing.UNTOLD
    (low, high), (least, most) = _interval(premise), _interval(hypothesis)
    if high < least or most < low:
        return Standing.FAILS
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
