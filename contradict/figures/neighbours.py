"""What the figures of one sentence take over from each other: hedge and move of a restatement, the noun of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contradict.figures.hedges import bounds
from contradict.figures.phrases import EVENT_PARTICIPLES
from contradict.figures.units import dimension
from contradict.types import Figure, Hedge, Role

# Between a figure and its restatement: " (", " of water (", ", or ".
_RESTATES = re.compile(r"(?:\s+\S{1,20}){0,2}(?:\s?\(|,?\s?\bor\s)")
_LISTS = re.compile(r",|\band\b|\bto\b|\bfrom\b|;")
_SENTENCE_END = re.compile(r"[.:?!]\s")
_OWNER = re.compile(
    r"^(?:\S{1,40}\s){0,2}[A-Z]\S{0,40}['’]s\s(?=\S)"
)  # of "Togo's output", what another figure has of its own
_MOST_APART = 60  # characters between two figures of a list


def restated(figures: Sequence[Figure], text: str) -> list[Figure]:
    """The figures, each restatement in another unit with the hedge and the move of the figure before it.

    "more than 100 kilometres (60 miles)", "lost 190 points, or 0.6%". Where one is the other converted they are per the
    same too: "100 barrels (4,200 gallons) a day".
    """
    result: list[Figure] = []
    for figure in figures:
        if result and _is_restatement(result[-1], figure, text):
            figure = replace(_restatement(result[-1], figure), counted=result[-1].counted or figure.counted)
            if dimension(result[-1].unit) == dimension(figure.unit):
                per = result[-1].per or figure.per
                result[-1], figure = replace(result[-1], per=per), replace(figure, per=per)
        result.append(figure)
    return result


def _is_restatement(before: Figure, figure: Figure, text: str) -> bool:
    if figure.hedge is not Hedge.EXACT or figure.change is not None or before.unit == figure.unit:
        return False
    return _RESTATES.fullmatch(text, before.end, figure.start) is not None


def _restatement(before: Figure, figure: Figure) -> Figure:
    if figure.value is None:
        return replace(figure, change=before.change)
    low, high = bounds(figure.value, figure.value, before.hedge)
    return replace(figure, hedge=before.hedge, low=low, high=high, change=before.change)


def share_nouns(figures: Sequence[Figure], text: str) -> list[Figure]:
    """The figures, those of a list with the noun that one of them names: "Poland 31 people, Canada 6, the US 5"."""
    result = list(figures)
    for i, figure in enumerate(result):
        if figure.role in (Role.COUNT, Role.PERCENT) and figure.counted is None:
            near = [result[j] for j in (i - 1, i + 1) if 0 <= j < len(result)]
            counted = next((other.counted for other in near if _shares_noun(figure, other, text)), None)
            result[i] = replace(figure, counted=_OWNER.sub("", counted) if counted else None)
    return result


def _shares_noun(figure: Figure, other: Figure, text: str) -> bool:
    alike = other.role is figure.role or (figure.role, other.role) == (Role.COUNT, Role.BARE)
    if not alike or not other.counted or other.unit != figure.unit or other.counted in EVENT_PARTICIPLES:
        return False
    between = text[min(other.end, figure.end) : max(other.start, figure.start)]
    if len(between) >= _MOST_APART or _SENTENCE_END.search(between):
        return False
    return _LISTS.search(between) is not None
