"""Parts and wholes that stand apart: in several sentences of one article, or in two articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from contradict.arithmetic.lists import read_lists
from contradict.arithmetic.rows import Row
from contradict.arithmetic.sums import check_sum, everyone
from contradict.arithmetic.words import is_generic
from contradict.compare import moment
from contradict.matter import generic
from contradict.types import Check, Claim, Hedge, Role

MAX_VALUES = 12  # of one noun in one article of which all sums are tried: 781 sums of two to four
MOST_ADDENDS = 4
BY_CHANCE = 100  # a sum counts where the whole is so many times the number of sums tried: met by chance in 1 of 100
LEAST_DIGITS = 3  # of a figure that takes part: "400" and "20" sum to something by chance
MOST_DAYS = 7  # between a whole in one article and its parts in another


def noun_groups(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """The counts of one article by the stem of the noun counted, each telling number once, exact before hedged."""
    groups: dict[str, dict[Decimal, Claim]] = defaultdict(dict)
    for claim in claims:
        figure = claim.figure
        if figure is None or figure.value is None or figure.role is not Role.COUNT or figure.per or figure.change:
            continue
        if generic(claim.matter.head) or not _telling(figure.value):
            continue
        held = groups[claim.matter.head].get(figure.value)
        if held is None or (held.stated.hedge is not Hedge.EXACT and figure.hedge is Hedge.EXACT):
            groups[claim.matter.head][figure.value] = claim
    return {head: list(values.values()) for head, values in groups.items()}


def _telling(value: Decimal) -> bool:
    """Whether a number has so many digits before its zeros that no sum meets it by chance."""
    return value == value.to_integral_value() and len(value.normalize().as_tuple().digits) >= LEAST_DIGITS


def sums_in_article(claims: Sequence[Claim]) -> Iterator[Check | None]:
    """Telling counts of one noun of which some sum exactly to another; None for a noun with too many to try.

    Only what holds: no word says that these parts are all, so a sum that misses is no contradiction.
    """
    for members in noun_groups(claims).values():
        if len(members) > MAX_VALUES:
            yield None
            continue
        by_value = {claim.stated.value: [claim] for claim in members}
        for parts, whole in _exact(members, by_value, tried=_tried(len(members))):
            if len({claim.sentence.start for claim in (*parts, whole)}) > 1:
                yield check_sum(parts, whole, under=False, over=False)


def _exact(
    members: Sequence[Claim], wholes: Mapping[Decimal | None, Sequence[Claim]], *, tried: int
) -> Iterator[tuple[tuple[Claim, ...], Claim]]:
    """Members that sum to a whole, and the first claim of that; only sums too large to be met by chance."""
    for size in range(2, MOST_ADDENDS + 1):
        for parts in combinations(members, size):
            total = sum((part.stated.value or Decimal(0) for part in parts), Decimal(0))
            found = wholes.get(total)
            if found and total >= BY_CHANCE * tried:
                yield parts, found[0]


def _tried(count: int) -> int:
    """How many sums of two to four there are of so many figures."""
    return sum(1 for size in range(2, MOST_ADDENDS + 1) for _ in combinations(range(count), size))


class Across:
    """Takes articles one by one, holds of each what another may be set against, and does the sums at the end."""

    def __init__(self) -> None:
        self._groups: list[dict[str, list[Claim]]] = []
        self._wholes: dict[str, dict[Decimal | None, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        self._everyone: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        self._parts: list[tuple[tuple[object, ...], list[Claim]]] = []

    def take(self, claims: Sequence[Claim], rows: Sequence[Row]) -> None:
        """One article: its claims, and its sentences with figures."""
        groups = noun_groups(claims)
        self._groups.append(groups)
        for head, members in groups.items():
            for claim in members:
                self._wholes[head][claim.stated.value].append(claim)
        for row in rows:
            for claim in row.claims:
                if (key := _key(claim)) is not None and is_generic(claim) and not claim.matter.categories:
                    self._everyone[key].append(claim)
            for parts in read_lists(row):
                items = [item.claim for item in parts.items]
                key = next((key for key in map(_key, reversed(items)) if key is not None), None)
                if everyone(parts) and key is not None:
                    self._parts.append((key, items))

    def checks(self) -> Iterator[Check]:
        """What holds or fails across the articles taken, in their order."""
        for groups in self._groups:
            for head, members in groups.items():
                if 2 <= len(members) <= MAX_VALUES:
                    yield from _across(members, self._wholes[head])
        for key, items in self._parts:
            yield from _against(items, self._everyone.get(key, ()))


def _across(members: Sequence[Claim], wholes: dict[Decimal | None, list[Claim]]) -> Iterator[Check]:
    """Parts in one article that sum exactly to a telling count in another, of one noun, event and place, a week apart.

    Where several articles state the whole, the first stands for them; only what holds, as within one article.
    """
    own = {claim.stated.value for claim in members}
    others = len(wholes) - len(own)  # the article's own values are among the wholes
    for parts, first in _exact(members, wholes, tried=_tried(len(members)) * others):
        value = first.stated.value
        fitting = (
            [claim for claim in wholes[value] if all(_fits(part, claim) for part in parts)] if value not in own else []
        )
        if fitting and (check := check_sum(parts, fitting[0], under=False, over=False)) is not None:
            yield check


def _fits(part: Claim, whole: Claim) -> bool:
    """Whether two articles may count the same: no other event, a place or name in common, within a week."""
    one, other = part.matter, whole.matter
    if one.events and other.events and not one.events & other.events:
        return False
    days = _days(part, whole)
    return days is not None and days <= MOST_DAYS and bool(one.context & other.context)


def _days(a: Claim, b: Claim) -> int | None:
    first, second = moment(a), moment(b)
    return None if first is None or second is None else first.gap(second)


# Everyone by groups in one article, the whole in another


def _against(items: Sequence[Claim], wholes: Sequence[Claim]) -> Iterator[Check]:
    """ "Seven men and five women died in Peru" in one article, "13 people died in Peru" in another of the same day.

    Event and place must be named at the figures themselves and be the same, the wording of the parts leave nobody out.
    """
    for whole in _first_of_each_value(wholes):
        if whole.document.id != items[0].document.id:
            check = check_sum(items, whole, under=True, over=True)
            if check is not None:
                yield check


def _key(claim: Claim) -> tuple[object, ...] | None:
    """What a whole in another article must share with the parts: event, place, day; None where one is not said."""
    matter, when = claim.matter, moment(claim)
    if not matter.events or not matter.sure or not matter.placed or when is None or when.days > 1 or matter.part:
        return None
    if claim.stated.role is not Role.COUNT or claim.stated.hedge is not Hedge.EXACT or claim.stated.change:
        return None
    return matter.events, matter.places, when


def _first_of_each_value(claims: Sequence[Claim]) -> list[Claim]:
    return list({claim.stated.value: claim for claim in reversed(claims)}.values())
