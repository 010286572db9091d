"""What the figures of one passage come to in one step of arithmetic, against the one figure of another.

"He had 49 and spent 21" against "28 are left", "eight buses of 45 each" against "360 students": no two of the figures
are the same, and the passages agree. The step is not read from the words, it is tried; how little it is met by chance
says what it is worth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from contradict.arithmetic.intervals import plain
from contradict.arithmetic.rows import read_rows
from contradict.arithmetic.totals import MOST_ITEMS, exact_count, one_event, one_sort, rows_of, values_of
from contradict.arithmetic.words import INCLUDING
from contradict.matter import same_kind
from contradict.types import Claim, Hedge

_SHARED_OUT = re.compile(r"\b(?:each|every|per|apiece|equally|times|twice|average)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\s*(?:\w+\s+){0,2}of (?:them|whom|which|these|those|the \w+)\b", re.IGNORECASE)
# How often the figures of passages of one matter come to each other in one step. A guess, and a low one.
MET = 0.3
# Figures that have nothing to do with each other are of every size alike, so that each value has a chance of one in so
# many times itself (the law of Benford), over the six powers of ten that news counts in.
SIZES = math.log(10**6)
LIKELIEST = 1000.0
MOST_DIGITS = 18  # before the point, or zeros behind it
REACH = 60  # characters after a figure in which it is named what it counts


@dataclass(frozen=True, slots=True)
class Derived:
    """How a figure follows from others, in words, and how much likelier that is of one matter than by chance."""

    words: str
    likelier: float


def derived(a: Sequence[Claim], b: Sequence[Claim]) -> Derived | None:
    """How the one figure that one passage states follows from those of the other; None where it does not, or where
    they count other things. From either side it is the same."""
    one, other = _amounts(a), _amounts(b)
    return _from(one, other) or _from(other, one)


def comes_to(a: Claim, b: Claim) -> Derived | None:
    """The same of the sentences of two claims with one of the two figures among the parts, and the other the whole.

    Few pairs pass a first look at the numbers alone; only of those the sentences are read.
    """
    one, other = exact_count(a), exact_count(b)
    if one is None or other is None or one == other:
        return None
    texts = a.sentence.text, b.sentence.text
    if not (_may_reach(texts[0], a.stated.start, other) or _may_reach(texts[1], b.stated.start, one)):
        return None
    return derived(*([claim for row in rows_of(text) for claim in row.claims] for text in texts))


def _may_reach(text: str, start: int, whole: Decimal) -> bool:
    """Whether the figure at `start` comes to `whole` with one or two others of its sentence, added or taken away."""
    values = values_of(text)
    part = next((value for at, value in values if at == start), None)
    if part is None:
        return False
    others = [value for at, value in values if at != start]
    steps = [each for value in others for each in (value, -value)]
    wanted = {whole - part, part - whole, whole + part, -whole - part}
    return not wanted.isdisjoint(steps) or any(
        x + y in wanted for (i, x), (j, y) in combinations(enumerate(steps), 2) if i // 2 != j // 2
    )


def _from(parts: Sequence[Claim], wholes: Sequence[Claim]) -> Derived | None:
    if len(wholes) != 1 or not 2 <= len(parts) <= MOST_ITEMS:
        return None
    whole = wholes[0]
    steps = [*_sums(parts, whole), *_shares(parts, whole)]
    values = {value for value, _ in steps}
    words = next((words for value, words in steps if _equals(value, whole)), None)
    if words is None:
        return None
    value = _value(whole)
    chance = len(values) / (max(float(value), 1.0) * SIZES)
    return Derived(f"{words} make {plain(value)}", min(MET / chance, LIKELIEST))


def _amounts(claims: Sequence[Claim]) -> list[Claim]:
    """The claims with an exact amount, each figure once, those of a sentence that is a table of figures left out."""
    rows, _ = read_rows(claims)
    return [
        claim
        for row in rows
        for at, claim in enumerate(row.claims)
        if row.alike(at) and claim.stated.hedge is Hedge.EXACT and claim.stated.change is None and _calculable(claim)
    ]


def _calculable(claim: Claim) -> bool:
    """Whether a figure has one value that is not zero and not of more digits than anything that is counted."""
    value = _value(claim)
    return bool(value) and abs(value.adjusted()) <= MOST_DIGITS


def _value(claim: Claim) -> Decimal:
    """The value of a figure, 0 where it has none."""
    return claim.stated.value or Decimal(0)


def _sums(parts: Sequence[Claim], whole: Claim) -> Iterator[tuple[Decimal, str]]:
    """What all parts, or those of the sort that the whole counts, come to when each is added or taken away."""
    of_sort = [part for part in parts if same_kind(part.matter.head, whole.matter.head)]
    for chosen in (parts, of_sort) if 2 <= len(of_sort) < len(parts) else (parts,):
        units = {(claim.stated.unit, claim.stated.per) for claim in (*chosen, whole)}
        named = [part for part in chosen if _names_its_own(part)]
        if len(units) > 1 or not (one_sort(named, whole.matter.head) and one_event(chosen)):
            continue
        values = [_value(part) for part in chosen]
        for signs in product(*((-1,) if _is_within(part) else (1, -1) for part in chosen[1:])):
            yield _signed(values, (1, *signs))


def _is_within(claim: Claim) -> bool:
    """Whether a figure is of those that were counted before it ("12 people, 8 of them children")."""
    text, figure = claim.sentence.text, claim.stated
    before, after = text[max(figure.start - REACH, 0) : figure.start], text[figure.end : figure.end + REACH]
    return bool(_OF_THEM.match(after) or INCLUDING.search(before))


def _names_its_own(claim: Claim) -> bool:
    """Whether the words after a figure name what it counts: "and bought 43 more" counts what was named before."""
    figure = claim.stated
    return bool(figure.counted) and str(figure.counted) in claim.sentence.text[figure.end : figure.end + REACH]


def _signed(values: Sequence[Decimal], signs: Sequence[int]) -> tuple[Decimal, str]:
    """What values add up to, some of them taken away, and how in words; never less than nothing."""
    total = sum((sign * value for sign, value in zip(signs, values, strict=True)), Decimal(0))
    turned = -1 if total < 0 else 1
    added, taken = (
        [plain(value) for sign, value in zip(signs, values, strict=True) if sign * turned == wanted]
        for wanted in (1, -1)
    )
    return abs(total), " less ".join([" plus ".join(added), *taken])


def _shares(parts: Sequence[Claim], whole: Claim) -> Iterator[tuple[Decimal, str]]:
    """What two figures come to as so many of so much each."""
    if len(parts) != 2 or not any(_SHARED_OUT.search(claim.sentence.text) for claim in (parts[0], whole)):
        return
    one, other = map(_value, parts)
    yield one * other, f"{plain(one)} times {plain(other)}"
    yield one / other, f"{plain(one)} divided by {plain(other)}"
    yield other / one, f"{plain(other)} divided by {plain(one)}"


def _equals(value: Decimal, whole: Claim) -> bool:
    """Whether a value is that of the claim, to the decimals that it writes."""
    stated = _value(whole)
    exponent = stated.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return value == stated or (decimals > 0 and abs(value - stated) <= Decimal(1).scaleb(-decimals) / 2)
