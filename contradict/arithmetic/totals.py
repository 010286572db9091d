"""A list in one sentence against its total in another: "20 children and six adults" against "26 people".

The two figures differ, and no editor has to choose: one report counts by groups what the other counts at once. Since
it silences a difference, the rule is narrow: a list of exact counts that is closed and whose items are of one place
and day, a total that is exact or a hedge within a tenth, of "including" only what counts of victims leave out at times,
those who did it, and of others just the one that they are other than.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from contradict.arithmetic.intervals import plain
from contradict.arithmetic.lists import Parts, read_lists
from contradict.arithmetic.rows import Row, read_rows
from contradict.arithmetic.words import INCLUDING
from contradict.claims import read_claims
from contradict.compare import NEAR
from contradict.figures import read_figures
from contradict.matter import generic
from contradict.times.patterns import WEEKDAY
from contradict.types import Claim, Document, Figure, Hedge, Role, Sentence

MOST_FIGURES = 12  # of a sentence; of more, too many sums are met by chance
MOST_ITEMS = 6  # of a list that is summed

_DOER = r"(?:gunman|shooter|attacker|assailant|bomber|hijacker|perpetrator|killer|suspect|terrorist|militant|arsonist)"
_DOERS = re.compile(rf"\b(?:gunmen|{_DOER}s?)$", re.IGNORECASE)
# From a figure on: "59 people, including himself", "27 dead, among them the gunman".
_WITH_ONE = re.compile(
    rf"\S+(?: (?!and\b)[^\W\d][\w'’-]*){{0,6}},? (?:including|counting|among them) "
    rf"(?:himself|herself|the (?:\w+ )?{_DOER})(?=[,.;:)]| and\b|\s*$)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r" others?\b", re.IGNORECASE)
# Words beside an item of a list that tie it to a place, a day or a purpose which the other items do not share.
_TIED = re.compile(
    r"\b(?:in|on|at|for|from|by|to|near|outside|inside|around|across|during|since|after|before|when|where|today|yesterday"
    rf"|{WEEKDAY}|last|this|next)\b",
    re.IGNORECASE,
)


Values = tuple[tuple[int, Decimal], ...]
"""Where each figure of a sentence begins, and its value."""


def adds_up(a: Claim, b: Claim) -> str:
    """In words, how the count of one claim follows from what is listed beside the other's; empty where it does not.

    Either the items of a list sum to it, or to what its hedge allows, or it is what is left of a count without the
    doers it "includes" or without the one that all others are other than. From either side it is the same.
    """
    one, other = exact_count(a), exact_count(b)
    if other is not None and (one is None or one > other):  # the list is with the lesser, and its items are exact
        a, b, one, other = b, a, other, one
    if one is None or one == other:
        return ""
    allowed = _allowed(b)
    found = "" if allowed is None else _summed(a.sentence.text, a.stated.start, allowed, b.matter.head)
    if found or other is None:
        return found
    if other - one == 1 and _of_others(a):
        return f"{plain(one)} others and 1 make {plain(other)}"
    return _left(b.sentence.text, b.stated.start, other - one)


def _allowed(claim: Claim) -> tuple[Decimal, Decimal] | None:
    """The least and the most that a total may be where this is what is said of it, a hedge going a tenth its way as the
    guideline has it; None where it counts nothing."""
    figure = claim.figure
    if figure is None or figure.value is None or not _counts(figure):
        return None
    below = figure.hedge in (Hedge.ABOUT, Hedge.BELOW, Hedge.AT_MOST)
    above = figure.hedge in (Hedge.ABOUT, Hedge.ABOVE, Hedge.AT_LEAST)
    least = figure.value + 1 if figure.hedge is Hedge.ABOVE else figure.value * (1 - NEAR * below)
    most = figure.value - 1 if figure.hedge is Hedge.BELOW else figure.value * (1 + NEAR * above)
    return least, most


def exact_count(claim: Claim) -> Decimal | None:
    """What an exact count comes to; None for any other figure."""
    figure = claim.figure
    return figure.value if figure is not None and figure.hedge is Hedge.EXACT and _counts(figure) else None


def _counts(figure: Figure) -> bool:
    """Whether a figure says how many there are, in no unit and as no rate or move."""
    return figure.role in (Role.COUNT, Role.BARE) and not (figure.unit or figure.per or figure.change)


@lru_cache(maxsize=4096)
def _summed(text: str, start: int, allowed: tuple[Decimal, Decimal], counted: str) -> str:
    """How a list with the figure at `start` of this sentence comes to an allowed total of what is `counted`."""
    if not _may_sum(values_of(text), start, allowed):
        return ""
    for row in rows_of(text):
        for parts in read_lists(row):
            claims = [item.claim for item in parts.items]
            values = [value for claim in claims if (value := exact_count(claim)) is not None]
            total = sum(values, Decimal(0))
            if len(values) < len(claims) or not allowed[0] <= total <= allowed[1] or values[0] == total - values[0]:
                continue
            told = one_sort(claims, counted) and one_event(claims)
            if told and _closed(parts) and any(claim.stated.start == start for claim in claims):
                named = [plain(value) for value in values]
                return f"{', '.join(named[:-1])} and {named[-1]} make {plain(total)}"
    return ""


def _may_sum(values: Values, start: int, allowed: tuple[Decimal, Decimal]) -> bool:
    """Whether some of the figures sum to an allowed total with the one at `start`: quickly told, and seldom so."""
    part = next((value for at, value in values if at == start), None)
    others = [value for at, value in values if value and at != start]
    return part is not None and any(
        allowed[0] <= part + sum(chosen) <= allowed[1]
        for size in range(1, min(len(others), MOST_ITEMS - 1) + 1)
        for chosen in combinations(others, size)
    )


def _closed(parts: Parts) -> bool:
    """Whether a list has a number for each of its items, none of them tied to a place or day of its own."""
    tails, leads = (item.tail for item in parts.items[:-1]), (item.lead for item in parts.items[1:])
    return not (parts.ones or parts.more or any(map(_TIED.search, (*tails, *leads))))


def one_sort(items: Sequence[Claim], counted: str) -> bool:
    """Whether a total of what is `counted` may be that of all items: not where it is what one group of them is called
    ("32 soldiers and three civilians" are not 35 soldiers)."""
    heads = {claim.matter.head for claim in items}
    return len(heads) < 2 or counted not in heads or generic(counted)


def one_event(items: Sequence[Claim]) -> bool:
    """Whether nothing tells that the items are of several kinds of event: the dead and the injured together."""
    events = [claim.matter.events for claim in items if claim.matter.events]
    return not events or bool(frozenset.intersection(*events))


def _of_others(claim: Claim) -> bool:
    """Whether a figure leaves one out: "the other 28 members" of 29, "a preacher and eight others". Of 7,705 pairs that
    scans had listed 13 are one apart so, and none of these conflicts."""
    text, stated = claim.sentence.text, claim.stated
    return bool(_OTHERS.match(text, stated.end)) or text[: stated.start].lower().endswith(" other ")


@lru_cache(maxsize=4096)
def _left(text: str, start: int, out: Decimal) -> str:
    """How the figure at `start` of this sentence comes to less by `out`, the doers that it is said to include."""
    if out == 1 and _WITH_ONE.match(text, start):
        return next(
            (f"{plain(value)} without 1 make {plain(value - 1)}" for at, value in values_of(text) if at == start), ""
        )
    if all(value != out for _, value in values_of(text)):
        return ""
    for row in rows_of(text):
        for at in range(len(row.claims) - 1):
            if row.figure(at).start != start or not INCLUDING.search(row.after(at)) or not row.alike(at, at + 1):
                continue
            whole, doers = exact_count(row.claims[at]), row.claims[at + 1]
            if whole is not None and exact_count(doers) == out and _DOERS.search(doers.stated.counted or ""):
                return f"{plain(whole)} without {plain(out)} make {plain(whole - out)}"
    return ""


@lru_cache(maxsize=32_768)  # some megabytes; in no order do the sentences of an archive come back soon
def values_of(text: str) -> Values:
    """The figures of a sentence that have one value, by where they begin; none where it has too many figures."""
    found = read_figures(text)
    if len(found) > MOST_FIGURES:
        return ()
    return tuple((each.start, each.value) for each in found if each.value is not None)


@lru_cache(maxsize=4096)
def rows_of(text: str) -> tuple[Row, ...]:
    """The figures of a sentence that is given as its text alone, as arithmetic reads them."""
    sentence = Sentence(Document(id="", path="", text=text), 0, 0, len(text))
    return tuple(read_rows(read_claims(sentence)[0])[0])
