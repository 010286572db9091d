"""A list in one sentence against its total in another: "20 children and six adults" against "26 people".

The two figures differ, and no editor has to choose: one report counts by groups what the other counts at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from contradict.arithmetic.intervals import plain
from contradict.arithmetic.lists import read_lists
from contradict.arithmetic.rows import COUNTS, Row, read_rows
from contradict.claims import read_claims
from contradict.figures import read_figures
from contradict.matter import generic
from contradict.types import Claim, Document, Figure, Role, Sentence

MOST_ITEMS = 6  # of a list that is summed
MOST_FIGURES = 12  # of a sentence; of more, too many sums are met by chance

_INCLUDING = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom))\b", re.IGNORECASE)
_ENDS = re.compile(_INCLUDING.pattern + r"(?: \w+)?$", re.IGNORECASE)


def adds_up(a: Claim, b: Claim) -> str:
    """In words, how the figure of one claim follows from what is listed beside the other's; empty where it does not.

    Either the items of a list sum to it exactly, or it is what is left of a figure without what that one "includes".
    """
    one, other = a.figure, b.figure
    if one is None or other is None or one.value is None or other.value is None or one.value == other.value:
        return ""
    if _kind(one) != _kind(other) or one.role not in COUNTS:
        return ""
    if one.value > other.value:
        return adds_up(b, a)
    return _summed(a.sentence.text, one, other.value, b.matter.head) or _left(b.sentence.text, other, one.value)


def _kind(figure: Figure) -> tuple[object, ...]:
    return figure.unit, figure.per, figure.change


@lru_cache(maxsize=4096)
def _summed(text: str, part: Figure, total: Decimal, counted: str) -> str:
    """How a list with the figure `part` in this sentence comes to the total of what is `counted`."""
    if not _may_sum(_read(text), part, total):
        return ""
    for row in _rows(text):
        for parts in read_lists(row):
            claims = [item.claim for item in parts.items]
            values = [claim.stated.value for claim in claims if claim.stated.value is not None]
            if parts.ones or len(values) != len(claims) or sum(values) != total:
                continue
            if any(claim.stated.start == part.start for claim in claims) and _of_all(claims, counted):
                named = [plain(value, part.unit) for value in values]
                return f"{', '.join(named[:-1])} and {named[-1]} make {plain(total, part.unit)}"
    return ""


def _may_sum(figures: Sequence[Figure], part: Figure, total: Decimal) -> bool:
    """Whether some of the figures sum to the total with this one: quickly told, and seldom so."""
    others = [each.value for each in figures if each.value and each.start != part.start and _kind(each) == _kind(part)]
    if len(others) >= MOST_FIGURES or part.value is None:
        return False
    return any(
        part.value + sum(chosen) == total
        for size in range(1, min(len(others), MOST_ITEMS - 1) + 1)
        for chosen in combinations(others, size)
    )


def _of_all(items: Sequence[Claim], counted: str) -> bool:
    """Whether a total of what is `counted` may be that of all items: not of one group alone ("32 soldiers and three
    civilians" are not 35 soldiers), nor of the dead and the injured together."""
    if items[0].stated.role is Role.MONEY:
        return True
    heads = {claim.matter.head for claim in items}
    if len(heads) > 1 and counted in heads and not generic(counted):
        return False
    events = [claim.matter.events for claim in items if claim.matter.events]
    return not events or bool(frozenset.intersection(*events))


@lru_cache(maxsize=4096)
def _left(text: str, whole: Figure, rest: Decimal) -> str:
    """How the figure `whole` in this sentence comes to the rest without the one that it is said to include."""
    if not _INCLUDING.search(text):
        return ""
    for row in _rows(text):
        for at in range(len(row.claims) - 1):
            figure, included = row.figure(at), row.figure(at + 1)
            if figure.start != whole.start or figure.value is None or included.value is None:
                continue
            if figure.value - included.value == rest and _ENDS.search(row.after(at)) and row.alike(at, at + 1):
                named = [plain(value, whole.unit) for value in (figure.value, included.value, rest)]
                return f"{named[0]} without {named[1]} make {named[2]}"
    return ""


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Figure, ...]:
    return read_figures(text)


def _rows(text: str) -> list[Row]:
    sentence = Sentence(Document(id="", path="", text=text), 0, 0, len(text))
    return read_rows(read_claims(sentence)[0])[0]
