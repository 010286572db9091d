"""What speaks for and against two claims being about one matter, as named numbers for the verdict's head."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from contradict.compare import Comparison, Course, Outcome, central, course, days_between, moment, rule, same_source
from contradict.cues import says_by_then, says_forecast, says_needed, says_period
from contradict.figures.units import dimension
from contradict.lexicon import EXCLUSIVE
from contradict.matter import generic, same_kind
from contradict.places import WORLD, contains, country_of, is_state
from contradict.speakers import same_speaker
from contradict.types import Claim, Hedge, Matter, Relation, Role

if TYPE_CHECKING:
    from collections.abc import Set


def evidence(a: Claim, b: Claim, comparison: Comparison, *, sentence: float, clause: float) -> dict[str, float]:
    """Named evidence about two figure claims, `a` the earlier; `sentence` and `clause` are cosines of the masked texts.

    Symmetric but for time: every entry reads the same when sides of equal date are swapped.
    """
    one, other = a.matter, b.matter
    figure_a, figure_b = a.stated, b.stated
    days = days_between(a, b)
    how = course(a, b)
    ratio = min(float(comparison.ratio), 1e6) if comparison.ratio is not None else 1e6
    said = rule(comparison, how, None if days is None else abs(days))  # as the head has learned it: untold is one day
    big = max(abs(float(central(figure_a) or 0)), abs(float(central(figure_b) or 0)), 1e-9)
    both_heads = bool(one.head and other.head) and not (generic(one.head) or generic(other.head))
    same = same_speaker(a.speaker, b.speaker)
    return {
        "sentence_similarity": sentence,
        "clause_similarity": clause,
        "head_same": float(bool(one.head) and same_kind(one.head, other.head)),
        "head_differs": float(both_heads and _other_heads(one, other)),
        "head_generic": float(generic(one.head)) + float(generic(other.head)),
        "counted_overlap": overlap(one.words, other.words),
        "events_shared": float(bool(one.events & other.events)),
        "events_sure": float(one.sure and other.sure and bool(one.events & other.events & EXCLUSIVE)),
        "events_clash": float(bool(one.events) and bool(other.events) and not one.events & other.events),
        "events_one_sided": float(bool(one.events) != bool(other.events)),
        "clause_overlap": overlap(one.clause, other.clause),
        "topic_overlap": overlap(one.topics, other.topics),
        "context_overlap": overlap(one.context, other.context),
        "places_contained": float(containing(one.places, other.places)),
        "names_overlap": overlap(one.names, other.names),
        "names_shared": float(min(len(one.names & other.names), 4)),
        "places_shared": float(bool(one.places & other.places)),
        "places_clash": float(_places_clash(one.places, other.places) and one.placed and other.placed),
        "places_differ": float(_places_clash(one.places, other.places)),
        "places_one_sided": float(bool(one.places) != bool(other.places)),
        "category_clash": float(sum(_clash(one.categories, other.categories, name) for name in ("certainty", "sort"))),
        "category_one_sided": float(len(one.categories ^ other.categories)),
        "novelty_differs": float(_group(one.categories, "novelty") != _group(other.categories, "novelty")),
        "part_differs": float(one.part != other.part),
        "part_both": float(one.part and other.part),
        "role_percent": float(figure_a.role is Role.PERCENT),
        "role_money": float(figure_a.role is Role.MONEY),
        "role_measure": float(figure_a.role is Role.MEASURE),
        "duration": float(is_duration(a)),
        "delta_differs": float(is_delta(one) != is_delta(other)),
        "unit_same": float(figure_a.unit == figure_b.unit),
        "moves": float(figure_a.change is not None or figure_b.change is not None),
        "equal": float(comparison.outcome is Outcome.EQUAL),
        "holds": float(comparison.outcome is Outcome.HOLDS),
        "apart": float(comparison.outcome is Outcome.APART),
        "log_ratio": min(math.log(ratio), 5.0),
        "far_ratio": float(ratio > 4),
        "log_size": math.log10(1 + big),
        "small": float(big < 13 and figure_a.role is Role.COUNT),
        "round_equal": float(comparison.outcome is Outcome.EQUAL and _plain(figure_a.value) and _plain(figure_b.value)),
        "hedged": float((figure_a.hedge is not Hedge.EXACT) + (figure_b.hedge is not Hedge.EXACT)),
        "bound_up_to": float(sum(figure.hedge in (Hedge.AT_MOST, Hedge.BELOW) for figure in (figure_a, figure_b))),
        "vague": float((figure_a.value is None) + (figure_b.value is None)),
        "forecast_differs": float(says_forecast(a) != says_forecast(b)),
        "period_differs": float(says_period(a) != says_period(b)),
        "days": math.log1p(abs(days)) if days is not None else 0.0,
        "same_day": float(days == 0),
        "next_day": float(days is not None and abs(days) == 1),
        "undated": float(days is None),
        "later_higher": float(comparison.rises is True and days is not None and days > 0),
        "later_lower": float(comparison.rises is False and days is not None and days > 0),
        "running": float(how is Course.RUNNING),
        "stock": float(how is Course.STOCK),
        "rate": float(how is Course.RATE),
        "fixed": float(how is Course.FIXED),
        "rule_contradiction": float(said is Relation.CONTRADICTION),
        "rule_update": float(said is Relation.UPDATE),
        "same_speaker": float(same is True),
        "other_speaker": float(same is False),
        "same_source": float(same_source(a, b)),
        "as_of_given": float((a.as_of is not None) + (b.as_of is not None)),
    }  # fmt: skip


def veto(a: Claim, b: Claim, *, sentence: float) -> str:
    """In words, why two claims cannot be about one matter whatever else they share; empty where nothing forbids it.

    `sentence` is the cosine of their masked sentences.

    The labelling guideline: another category, another place or another scope is another matter.
    """
    one, other = a.matter, b.matter
    mine, theirs = one.events & EXCLUSIVE, other.events & EXCLUSIVE
    if one.sure and other.sure and mine and theirs and not mine & theirs:
        return "different kinds of event"
    if one.placed and other.placed and mine and theirs and _far_apart(one.places, other.places):
        return "different places"
    if one.places and other.places and _other_states(one.places, other.places):
        return "different places"
    if one.placed and other.placed and mine and theirs and (_part_of(a, b) or _part_of(b, a)):
        return "a place against what it is a part of"
    if _clash(one.categories, other.categories, "certainty"):
        return "different categories"
    if is_delta(one) != is_delta(other) or (is_delta(one) and days_between(a, b) != 0):
        return "what is new against a total"
    if ("novelty:earlier" in one.categories) != ("novelty:earlier" in other.categories):
        return "an earlier level against the later one"
    if _another_time(a, b) or _another_period(a, b):
        return "different times"
    if "votes" in one.events | other.events and says_needed(a) != says_needed(b):
        return "what is needed against what there is"
    if is_duration(a) and not one.events & other.events & {"sentence"} and sentence < STRONG:
        return "different spans of time"
    return ""


STRONG = 0.8  # cosine of two masked sentences that say nearly the same


def is_delta(matter: Matter) -> bool:
    """Whether the figure counts what came on top of an earlier count ("another 48", "5 new cases")."""
    return "novelty:new" in matter.categories and "novelty:total" not in matter.categories


def _another_time(a: Claim, b: Claim) -> bool:
    """Whether one figure is said to be of a time more than a year before the other's, and so of another event."""
    if a.as_of is None and b.as_of is None:
        return False
    first, second = moment(a), moment(b)
    return (
        first is not None
        and second is not None
        and first.gap(second) > 366
        and course(a, b) in (Course.RUNNING, Course.STOCK, Course.OPEN)
    )


def _another_period(a: Claim, b: Claim) -> bool:
    """Whether two counts are of two years or more, each with its own ("in 2013" against "in 2014"): of what happened in
    them, and not of what had come together or was there by then."""
    first, second = a.as_of, b.as_of
    return (
        first is not None
        and second is not None
        and min(first.days, second.days) >= YEAR
        and not first.overlaps(second)
        and a.stated.role is b.stated.role is Role.COUNT
        and course(a, b) in (Course.RUNNING, Course.OPEN)
        and not (says_by_then(a) or says_by_then(b))
    )


YEAR = 365  # days


def is_duration(claim: Claim) -> bool:
    """Whether the figure is a span of time."""
    return claim.figure is not None and dimension(claim.figure.unit) == "duration" and claim.figure.role is Role.MEASURE


def _part_of(inner: Claim, outer: Claim) -> bool:
    """Whether one figure is of places within those of the other and no larger: part and whole, which both stand.

    Of a list of places only towns count as named one by one: a country beside them may be whose people are counted.
    """
    places, wholes = inner.matter.places, outer.matter.places
    lies_in = not places & wholes and all(any(contains(whole, place) for whole in wholes) for place in places)
    one_of = places < wholes and all(country_of(place) not in (None, place) for place in wholes)
    if not (lies_in or one_of):
        return False
    part, total = central(inner.stated), central(outer.stated)
    return part is not None and total is not None and part <= total


def _far_apart(one: Set[str], other: Set[str]) -> bool:
    """Whether no place of one side is, or shares a country with, one of the other; the world shares none."""
    return not any(
        x == y
        or (
            WORLD not in (x, y)
            and country_of(x) is not None
            and country_of(x) == country_of(y)
            and not (x == country_of(x) and y == country_of(y))
        )
        for x in one
        for y in other
    )


def _other_states(one: Set[str], other: Set[str]) -> bool:
    """Whether both sides name states of the United States alone, and share none."""
    return not one & other and all(map(is_state, one | other))


def _other_heads(one: Matter, other: Matter) -> bool:
    """Whether neither side's head noun is told by the other side, nor of one class of event with it."""
    return not (same_kind(one.head, other.head) or one.head in other.words or other.head in one.words)


def overlap(one: Set[str], other: Set[str]) -> float:
    """Dice coefficient of two sets, 0 where either is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _places_clash(one: Set[str], other: Set[str]) -> bool:
    """Whether both sides name places and share none."""
    return bool(one) and bool(other) and not one & other


def containing(one: Set[str], other: Set[str]) -> bool:
    """Whether a place of one side lies in a place of the other."""
    return any(contains(x, y) or contains(y, x) for x in one for y in other)


@lru_cache(maxsize=10_000)  # few kinds of claims have other ones
def _group(categories: frozenset[str], group: str) -> frozenset[str]:
    return frozenset(c for c in categories if c.startswith(f"{group}:"))


def _clash(one: frozenset[str], other: frozenset[str], group: str) -> bool:
    """Whether both sides name a category of the group and none is shared: confirmed against suspected."""
    mine, theirs = _group(one, group), _group(other, group)
    return bool(mine) and bool(theirs) and not mine & theirs


def _plain(value: object) -> bool:
    """Whether a value is a small or round number, which two matters may well share by chance."""
    text = str(value)
    return len(text.rstrip("0").replace(".", "")) <= 1
