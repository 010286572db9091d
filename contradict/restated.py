"""A hypothesis in the figures of its premise, so that an entailment network need not compare numbers.

A network that reads words in pieces is a poor judge of which of two numbers is the larger, and BERT's pieces are the
least exact of all that were tried (Wallace, Wang, Li, Singh and Gardner 2019, "Do NLP Models Know Numbers? Probing
Numeracy in Embeddings"). It knows well what "not" does. So a figure of the hypothesis that the nearest comparable one
of the premise bears out is told as the premise has it; where a bound of either rules the other out, "not" and the
figure of the premise stand in its place; what is left open stays as it is. "At least 10,000 were hurt" is read as
"16,527 were hurt" beside "16,527 people were hurt", and as "not 9,400 were hurt" beside "9,400 people were hurt".
Whether both count one thing is for the network to see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import islice

from contradict.compare import base_bounds, central, comparable, counted_stem, is_comparable, rounds
from contradict.figures import read_figures
from contradict.types import Figure, Hedge

MOST_FIGURES = 12  # of one text that are looked at; longer rows of figures are tables
TIMES = 3  # as large or small: without a noun in common, figures further apart are of two things
CLEAR = Decimal("1.5")  # how many times as far another figure has to be to be left aside
# Where another "not" would be one too many, or say something else.
_DENIED = re.compile(
    r"\b(?:not|never|no|none|nobody|nor|neither|without|hardly|if|unless|whether)\b|n['’]t\b", re.IGNORECASE
)
_DETERMINED = re.compile(r"\b(?:the|an?|its|his|her|their|our|my|this|that|these|those)\s+\Z", re.IGNORECASE)
_INFINITE = Decimal("Infinity")

_Bound = tuple[Decimal, int]
"""A bound and on which side of it the interval begins or ends: 1 above, -1 below, 0 where it counts itself."""


class Standing(Enum):
    """What a premise says of a figure of its hypothesis."""

    HOLDS = auto()
    FAILS = auto()
    OPEN = auto()


def restated(premise: str, hypothesis: str) -> str:
    """The hypothesis with the figures of the premise in the place of those that they bear out, or with "not" in the
    place of bounds that they rule out; other words stay as they are."""
    theirs = [figure for figure in _figures(premise) if figure.moved_from is None]
    parts, end = [], 0
    for figure in _figures(hypothesis) if theirs else ():
        standing, other = _told(figure, theirs)
        if other is None or standing is Standing.OPEN or figure.start < end:
            continue
        fails = standing is Standing.FAILS
        if fails and (
            _seen(figure, other) or _DENIED.search(hypothesis, 0, figure.start) or _bound_up(hypothesis, figure)
        ):
            continue
        parts += [hypothesis[end : figure.start], "not " if fails else "", premise[other.start : other.end]]
        end = figure.end
    return "".join([*parts, hypothesis[end:]])


def _seen(figure: Figure, other: Figure) -> bool:
    """Whether two figures are numbers without a hedge: that they differ is plain."""
    return figure.hedge is other.hedge is Hedge.EXACT


def _bound_up(text: str, figure: Figure) -> bool:
    """Whether "not" cannot stand before a figure: "the more than 300 miners", "a more than 40-foot wall"."""
    return text[figure.end : figure.end + 1] == "-" or _DETERMINED.search(text, 0, figure.start) is not None


@lru_cache(maxsize=8192)  # a text is asked about once for each of its neighbours, and in both orders
def _figures(text: str) -> tuple[Figure, ...]:
    figures = (figure for figure in read_figures(text) if is_comparable(figure) and central(figure) is not None)
    return tuple(islice(figures, MOST_FIGURES))


def _told(figure: Figure, others: Sequence[Figure]) -> tuple[Standing, Figure | None]:
    """What the nearest in size says of the other text's figures on the same scale, of the same noun or else of its
    size, and which that is; open where one about as near says otherwise."""
    fit = [(other, _ratio(other, figure)) for other in others if comparable(other, figure)]
    fit = [(other, ratio) for other, ratio in fit if other.change is figure.change]
    named = [(other, ratio) for other, ratio in fit if counted_stem(other) == counted_stem(figure) != ""]
    near = named or [(other, ratio) for other, ratio in fit if ratio <= TIMES]
    if not near:
        return Standing.OPEN, None
    nearest, least = min(near, key=lambda each: each[1])
    told = {_stands(other, figure) for other, ratio in near if ratio <= least * CLEAR}
    return (told.pop() if len(told) == 1 else Standing.OPEN), nearest


def _ratio(one: Figure, other: Figure) -> Decimal:
    """How many times as large the larger of two figures is, at least 1."""
    small, large = sorted(abs(central(figure) or Decimal(0)) for figure in (one, other))
    return large / small if small else Decimal(1) if not large else _INFINITE


def _stands(premise: Figure, hypothesis: Figure) -> Standing:
    """Whether what a figure of the premise leaves possible lies within what one of the hypothesis does, or apart."""
    exact = premise.hedge is hypothesis.hedge is Hedge.EXACT
    if exact and premise.value != hypothesis.value and (rounds(hypothesis, premise) or rounds(premise, hypothesis)):
        return Standing.OPEN
    (low, high), (least, most) = _interval(premise), _interval(hypothesis)
    if high < least or most < low:
        return Standing.FAILS
    if premise.hedge is Hedge.ABOUT:
        low = high = (central(premise) or Decimal(0), 0)  # "about 300" is more than 290
    return Standing.HOLDS if least <= low and high <= most else Standing.OPEN


def _interval(figure: Figure) -> tuple[_Bound, _Bound]:
    """The first and the last value that a figure leaves possible."""
    low, high = base_bounds(figure)
    return (
        (-_INFINITE, 0) if low is None else (low, int(figure.hedge is Hedge.ABOVE)),
        (_INFINITE, 0) if high is None else (high, -int(figure.hedge is Hedge.BELOW)),
    )
