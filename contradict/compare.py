"""Compares figures and dates: pure functions over intervals, hedges, units and time.

The rulings are those of the labelling guideline: a rounding agrees with what it rounds, hedged figures within a tenth
of each other
agree, a bound holds for what it bounds, central estimates more than a third apart do not agree whatever their bounds
allow.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from contradict.cues import says_lowered, says_needed
from contradict.figures.units import dimension, to_base
from contradict.lexicon import RUNNING, STOCK, stem
from contradict.times.logs import in_log
from contradict.types import Claim, Figure, Hedge, Relation, Role, TimeSpan

NEAR = Decimal("0.1")  # guideline: hedged figures within a tenth of each other agree
FAR = Decimal(4) / 3  # guideline: central estimates more than a third apart are two estimates
ROUNDED = Decimal("0.05")  # a count that ends in zeros may stand for what lies within a twentieth
SCALES = tuple(Decimal(10) ** power for power in (12, 9, 6))
MOMENT = 7  # days; a longer span is a period, and a figure for one holds on no certain day of it
CONVERTED = Decimal("0.04")  # "60 miles" for 100 km: a converted figure is rounded once more
COMPARABLE = frozenset({Role.COUNT, Role.MEASURE, Role.MONEY, Role.PERCENT, Role.MULTIPLE})
_PERIOD_NAMES = {"second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "annum", "decade"}


class Outcome(StrEnum):
    """How the values of two comparable figures stand to each other."""

    EQUAL = "equal"
    HOLDS = "holds"
    APART = "apart"


class Course(StrEnum):
    """How a quantity behaves over time, which decides what a later, different figure means."""

    RUNNING = "running"
    STOCK = "stock"
    RATE = "rate"
    FIXED = "fixed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The values of two figures set against each other; `ratio` is the larger central value over the smaller (None for
    0),
    `vague` tells that one is a vague count."""

    outcome: Outcome
    ratio: Decimal | None
    rises: bool | None
    vague: bool = False


def scale_of(figure: Figure) -> str:
    """What a figure can be compared with: its dimension or currency with what it is per; a count's is empty."""
    if figure.role is Role.PERCENT:
        base = "share"
    elif figure.unit is None:
        base = "" if figure.role is not Role.MULTIPLE else "multiple"
    else:
        kind = dimension(figure.unit) or "money"
        base = f"money:{_currency(figure.unit)}" if kind.startswith("money") else kind
    return f"{base}/{figure.per}" if figure.per in _PERIOD_NAMES else base


def _currency(unit: str) -> str:
    """The currency of a unit of money; "$" alone is taken for the US dollar, as news does."""
    return {"$": "USD", "pence": "GBP", "cent": "USD"}.get(unit, unit)


def comparable(a: Figure, b: Figure) -> bool:
    """Whether two figures measure on one scale: unit, currency, what it is per, level or move."""
    if a.role not in COMPARABLE or b.role not in COMPARABLE:
        return False
    return scale_of(a) == scale_of(b) and is_move(a) == is_move(b)


def is_comparable(figure: Figure) -> bool:
    """Whether a figure is ever compared: ages, ranks, scores and a bare "one" are read and kept out.

    So is a span of time that is of nothing: it only says when, or how long something went on ("three weeks later").
    """
    return figure.role in COMPARABLE and (figure.counted is not None or dimension(figure.unit) != "duration")


def counted_stem(figure: Figure) -> str:
    """The stem of the noun that a figure counts, empty where it counts none: "injured miners" and "miner" are one."""
    return stem(figure.counted.lower().split()[-1]) if figure.counted else ""


def is_move(figure: Figure) -> bool:
    """Whether the figure states by how much something moved and not a level."""
    return figure.change is not None and figure.moved_from is None


def compare(a: Figure, b: Figure) -> Comparison | None:
    """The comparison of two figures on one scale, `a` taken as the earlier; None where they cannot be compared."""
    if not comparable(a, b):
        return None
    if is_move(a) and a.change != b.change:
        return Comparison(Outcome.APART, None, None)
    (low_a, high_a, middle_a), (low_b, high_b, middle_b) = _measured(a), _measured(b)
    if middle_a is None or middle_b is None:
        return None
    small, large = sorted((abs(middle_a), abs(middle_b)))
    ratio = large / small if small and (middle_a > 0) == (middle_b > 0) else None
    rises = middle_b > middle_a if middle_a != middle_b else None
    outcome = _outcome(a, b, (low_a, high_a, middle_a), (low_b, high_b, middle_b), ratio, a.unit != b.unit)
    return Comparison(outcome, ratio, rises, vague=is_vague(a) or is_vague(b))


@lru_cache(maxsize=16_384)  # a figure is set against many others
def _measured(figure: Figure) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """The bounds of a figure and the number that it puts forward, in base units."""
    low, high = base_bounds(figure)
    return low, high, _central(figure, low, high)


_Span = tuple[Decimal | None, Decimal | None, Decimal]


def _outcome(a: Figure, b: Figure, one: _Span, other: _Span, ratio: Decimal | None, converted: bool) -> Outcome:
    if one == other and a.hedge is b.hedge:
        return Outcome.EQUAL
    if ratio is None:
        return Outcome.APART if one[2] != other[2] else Outcome.EQUAL
    if is_vague(a) or is_vague(b):
        return Outcome.HOLDS if _vaguely(a, b, one, other) else Outcome.APART
    hedged = a.hedge is not Hedge.EXACT or b.hedge is not Hedge.EXACT
    if hedged and ratio <= 1 + NEAR:
        return Outcome.HOLDS
    if converted and ratio <= 1 + (NEAR if hedged else CONVERTED):
        return Outcome.HOLDS
    if rounds(a, b) or rounds(b, a):
        return Outcome.HOLDS
    if not _disjoint(one, other) and ratio <= FAR:
        return Outcome.HOLDS
    if a.value is None and one[0] is not None and one[1] is not None and one[0] <= other[2] <= one[1]:
        return Outcome.HOLDS
    if b.value is None and other[0] is not None and other[1] is not None and other[0] <= one[2] <= other[1]:
        return Outcome.HOLDS
    return Outcome.APART


def is_vague(figure: Figure) -> bool:
    """Whether the figure is a vague count ("dozens", "hundreds of thousands")."""
    return (
        figure.value is None
        and figure.low is not None
        and figure.high is not None
        and not any(c.isdigit() for c in figure.surface)
    )


def _vaguely(a: Figure, b: Figure, one: _Span, other: _Span) -> bool:
    """Whether a vague count allows the other figure: only its lower end is firm ("thousands" for 11,675)."""
    if is_vague(a) and is_vague(b):
        return not _disjoint(one, other)
    vague, exact = (one, other) if is_vague(a) else (other, one)
    return vague[0] is not None and vague[1] is not None and vague[0] <= exact[2] <= 10 * vague[1]


def _disjoint(one: _Span, other: _Span) -> bool:
    """Whether no value satisfies both figures, their hedges taken into account."""
    return (one[1] is not None and other[0] is not None and one[1] < other[0]) or (
        other[1] is not None and one[0] is not None and other[1] < one[0]
    )


def rounds(coarse: Figure, fine: Figure) -> bool:
    """Whether `coarse` is `fine` rounded to the last place that `coarse` writes ("7,000" for 6,950, "8%" for 7.8%).

    Trailing zeros of a whole number may be exact, so they count as rounding only within a twentieth (`ROUNDED`); whole
    millions, billions and trillions are told as such, and stand for what rounds to them within a tenth ("$2 trillion"
    for $2.2 trillion), as dozens do ("a dozen" for 13).
    """
    if coarse.value is None or fine.value is None or coarse.unit != fine.unit:
        return False
    off = abs(coarse.value - fine.value)
    if _in_dozens(coarse) and not _in_dozens(fine):
        return off <= abs(coarse.value) * NEAR
    place = _last_place(coarse.value)
    if place <= _last_place(fine.value):
        return False
    if off > place / 2:
        return False
    if place < 1 or (place == 1 and _last_place(fine.value) < 1):
        return True
    scale = next((scale for scale in SCALES if scale <= abs(coarse.value)), None)
    if scale is not None and place >= scale > _last_place(fine.value) and off <= scale / 2:
        return off <= abs(coarse.value) * NEAR
    return abs(coarse.value) >= 100 and off <= abs(fine.value) * ROUNDED


def _in_dozens(figure: Figure) -> bool:
    """Whether a count is told in dozens ("a dozen", "two dozen")."""
    return figure.surface.lower().endswith("dozen")


def _last_place(value: Decimal) -> Decimal:
    """The size of the last non-zero place: 1000 for 7,000, 0.1 for 7.8, 1 for 26."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def base_bounds(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of the level that a figure states, in base units; None where it is open."""
    low, high = figure.level
    return tuple(None if bound is None else in_base(bound, figure) for bound in (low, high))  # type: ignore[return-value]


def in_base(value: Decimal, figure: Figure) -> Decimal:
    """`value` in the base unit of its dimension; counts and money as they are, pence and cents in the whole unit."""
    if figure.role is Role.PERCENT:
        return value / 100 if figure.unit == "%" else value
    if figure.unit in ("pence", "cent"):
        return value / 100
    converted = to_base(value, figure.unit) if figure.unit else None
    return value if converted is None else converted


def _central(figure: Figure, low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """The number that a figure puts forward: the one written, else the middle of its range."""
    if figure.moved_from is None and figure.value is not None:
        return in_base(figure.value, figure)
    if low is not None and high is not None:
        return (low + high) / 2
    return low if low is not None else high


def central(figure: Figure) -> Decimal | None:
    """The number that a figure puts forward, in base units."""
    return _measured(figure)[2]


def course(a: Claim, b: Claim) -> Course:
    """How the quantity of two claims about one matter behaves over time."""
    figure = a.figure
    if figure is None:
        return Course.OPEN
    events = (a.matter.events & b.matter.events) or (a.matter.events | b.matter.events)
    if _is_fixed(figure, events):
        return Course.FIXED
    if figure.role is Role.PERCENT or figure.per or events & {"price", "growth"}:
        return Course.RATE
    if events & STOCK:
        return Course.STOCK
    if events & RUNNING:
        return Course.RUNNING
    return Course.OPEN


def _is_fixed(figure: Figure, events: Set[str]) -> bool:
    """Whether the quantity is the same whenever it is told: a distance, the magnitude of a quake, the rate of a leak.

    What is counted, paid or shared at a distance is not.
    """
    if "distance" in events and dimension(figure.unit) == "length":
        return True
    if "earthquake" in events and figure.role is not Role.MONEY:
        return True
    return figure.unit == "magnitude" or ("leak" in events and figure.per is not None)


def course_in_time(a: Claim, b: Claim) -> Course:
    """The same of two claims of which `a` is the earlier: what the later one says has come down, or says of votes that
    are needed, is no total that only grows."""
    how = course(a, b)
    if how is not Course.RUNNING or not days_between(a, b):
        return how
    needed = "votes" in a.matter.events | b.matter.events and says_needed(b)
    return Course.STOCK if needed or says_lowered(b) else how


def moment(claim: Claim) -> TimeSpan | None:
    """When the claim's figure holds: its as-of time, else the publication date of its article."""
    return claim.as_of or claim.document.date


def same_source(a: Claim, b: Claim) -> bool:
    """Whether both claims stand in articles of one known outlet."""
    return bool(a.document.source) and a.document.source == b.document.source


def days_between(a: Claim, b: Claim) -> int | None:
    """Days from the moment of `a` to that of `b`, negative where `b` is earlier; None where either has none."""
    first, second = moment(a), moment(b)
    if first is None or second is None:
        return None
    gap = first.gap(second)
    return gap if second.start >= first.start else -gap


def first_printed(a: Claim, b: Claim) -> date | None:
    """The day on which the first of two articles was printed; None where either has none."""
    one, other = a.document.date, b.document.date
    return min(one.start, other.start) if one is not None and other is not None else None


def untold(a: Claim, b: Claim) -> bool:
    """Whether nothing tells how far apart the moments of two claims lie: only one of them has one, or they overlap and
    are not the same, and one is a whole period ("in 2013" against 23 April 2013), or they are of one day and one stands
    in a live log, which goes on all day.

    Where neither has one, nothing tells of time at all, and they are taken for reports of one day.
    """
    first, second = moment(a), moment(b)
    if first is None or second is None:
        return first is not second
    if first == second:
        return in_log(a.sentence) or in_log(b.sentence)
    return first.overlaps(second) and max(first.days, second.days) > MOMENT


def time_may_explain(a: Claim, b: Claim) -> bool:
    """Whether two claims are of different times, or may be."""
    return bool(days_between(a, b)) or untold(a, b)


def rule(comparison: Comparison, how: Course, days: int | None, *, any_day: bool = False) -> Relation:
    """What the guideline says of two figures about one matter, `days` (0 or more) after one another in the order
    compared. Where `any_day` says that nothing tells how many they are (`untold`), the guideline has no ruling: what
    readers found among pairs that scans had listed decides.

    | values | course | time | relation |
    | --- | --- | --- | --- |
    | equal, or one holds for the other | any | any | agreement |
    | apart | any | the same day, or neither dated | contradiction |
    | apart | fixed | any | contradiction |
    | apart | running, stock, rate, open | untold | update |
    | apart | running | later, higher | update |
    | apart | running | later, lower | contradiction |
    | apart | stock, rate, open | later | update |
    """
    if comparison.outcome is not Outcome.APART:
        return Relation.AGREEMENT
    if how is Course.FIXED or not (days or any_day):
        return Relation.CONTRADICTION
    if any_day:
        return Relation.UPDATE
    if how is Course.RUNNING and comparison.rises is False:
        return Relation.CONTRADICTION
    return Relation.UPDATE
