"""How the statements of one matter stand to each other: which agree, and which stand alone against the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contradict.arithmetic.totals import adds_up
from contradict.compare import Comparison, Course, compare, course, days_between, rule, untold
from contradict.types import Claim, Relation

MOST = 400  # statements of one matter that are set against each other, each with each
NEAR = 1  # days within which two statements of a moving quantity are held to each other; further apart, time explains
LEAST_AGAINST = 2  # sources that must agree with each other for a statement to stand alone against them


@dataclass(frozen=True, slots=True)
class Standing:
    """The group of agreeing statements that one belongs to, numbered from 1, and whether it stands alone."""

    group: int | None = None
    alone: bool = False


def standings(claims: Sequence[Claim]) -> list[Standing]:
    """Where each statement of one matter stands, in the order given; nothing is told of more than `MOST`.

    Statements of one group all agree with each other. One stands alone where every statement of the same moment from
    another source conflicts with it and at least two of these, of two sources, agree with each other: a toll that rose
    since is an update, and versions of an article, one outlet, or one agency behind several outlets are one source.
    """
    if len(claims) > MOST:
        return [Standing()] * len(claims)
    relation = _relations(claims)
    groups = _groups(len(claims), relation)
    sources = [source_of(claim) for claim in claims]
    return [Standing(groups[i], _alone(i, sources, groups, relation)) for i in range(len(claims))]


def source_of(claim: Claim) -> str:
    """Whoever stands behind a statement: the agency it came through, else the outlet, else the article it is of."""
    document = claim.document
    via = claim.speaker.via if claim.speaker is not None else None
    return (via or document.source or document.version_of or document.id).casefold()


Relations = Callable[[int, int], Relation | None]


def _relations(claims: Sequence[Claim]) -> Relations:
    """The relation of two of the claims, by their figures or dates and by when they hold; None where nothing tells it.

    An agreement holds across any time; a conflict only of one moment, or where the quantity does not move.
    """
    known: dict[tuple[int, int], Relation | None] = {}
    told = [_told(claim) for claim in claims]
    compared: dict[tuple[Told, Told], Comparison | None] = {}  # a matter has many statements of few figures

    def relation(i: int, j: int) -> Relation | None:
        key = (min(i, j), max(i, j))
        if key not in known:
            known[key] = related(*key)
        return known[key]

    def related(i: int, j: int) -> Relation | None:
        a, b = claims[i], claims[j]
        if a.time is not None and b.time is not None:
            return Relation.AGREEMENT if a.time.span.overlaps(b.time.span) else Relation.CONTRADICTION
        if a.figure is None or b.figure is None:
            return None
        days = days_between(a, b)
        if days is not None and days < 0:
            i, j, a, b, days = j, i, b, a, -days
        pair = told[i], told[j]
        if pair not in compared:
            compared[pair] = compare(a.stated, b.stated)
        comparison = compared[pair]
        return None if comparison is None else _relation(a, b, comparison, days)

    return relation


Told = tuple[object, ...]


def _told(claim: Claim) -> Told:
    """All of a figure that a comparison looks at."""
    figure = claim.figure
    if figure is None:
        return ()
    bounds = figure.value, figure.low, figure.high, figure.moved_from
    return *bounds, figure.hedge, figure.role, figure.change, figure.unit, figure.per, figure.surface


def _relation(a: Claim, b: Claim, comparison: Comparison, days: int | None) -> Relation | None:
    """The relation of two figures in time, `days` after one another."""
    how = course(a, b)
    found = rule(comparison, how, days)
    if found is Relation.AGREEMENT or adds_up(a, b):
        return Relation.AGREEMENT
    near = how is Course.FIXED or (days is not None and days <= NEAR and not untold(a, b))
    return found if near and _of_one_scope(a, b) else None


def _of_one_scope(a: Claim, b: Claim) -> bool:
    """Whether two figures that pairs have joined may be held to each other: not a part, a place or a day's new ones."""
    one, other = a.matter, b.matter
    if one.placed and other.placed and not one.places & other.places:
        return False
    return one.part == other.part and one.categories == other.categories


def _groups(count: int, relation: Relations) -> list[int]:
    """Each statement in the first group with all of which it agrees."""
    groups: list[list[int]] = []
    numbers = []
    for i in range(count):
        fitting = (n for n, group in enumerate(groups) if all(relation(i, j) is Relation.AGREEMENT for j in group))
        number = next(fitting, len(groups))
        if number == len(groups):
            groups.append([])
        groups[number].append(i)
        numbers.append(number + 1)
    return numbers


def _alone(i: int, sources: Sequence[str], groups: Sequence[int], relation: Relations) -> bool:
    against: dict[int, set[str]] = defaultdict(set)
    for j, source in enumerate(sources):
        if source == sources[i]:
            continue
        found = relation(i, j)
        if found is Relation.AGREEMENT:
            return False
        if found is Relation.CONTRADICTION:
            against[groups[j]].add(source)
    return any(len(agreeing) >= LEAST_AGAINST for agreeing in against.values())
