"""Claims as rows of numbers: what pairing needs of hundreds of thousands of them at once, without their words.

A row tells which claims can meet (block, what is counted, place), which sentence is printed again, and what speaks for
and against one matter as far as numbers and bits can hold it. Sets of words are kept as Bloom filters: the share of
common bits stands for their overlap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from contradict.compare import base_bounds, central, is_move, is_vague, moment, scale_of
from contradict.cues import says_forecast, says_period
from contradict.evidence import is_delta, is_duration
from contradict.lexicon import CATEGORY_GROUPS, EVENT_OF
from contradict.matter import generic
from contradict.types import Change, Claim, Hedge, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROW = np.dtype(
    [
        ("block", "<u8"),  # claims of one block are on one scale
        ("head", "<u8"),  # hash of head noun and place, 0 where the noun tells nothing
        ("event", "<u8"),  # hash of events and place, 0 where there are none
        ("statement", "<u8"),  # equal for a sentence and mark printed again
        ("noun", "<u8"),  # hash of the head noun, 0 where there is none
        ("events", "<u8"),  # a bit for each event
        ("categories", "<u8"),  # a bit for each category
        ("topics", "<u8", (2,)),  # Bloom filters of sets of words
        ("clause", "<u8"),
        ("words", "<u8"),
        ("names", "<u8"),
        ("context", "<u8"),
        ("places", "<u8"),
        ("low", "<f8"),  # of the level, in base units; infinite where it is open
        ("high", "<f8"),
        ("value", "<f8"),  # the number put forward; nan where there is none
        ("published", "<i4"),  # ordinal of the first day, `LATE` where unknown
        ("first", "<i4"),  # ordinals of the days that the claim holds of, 0 where unknown
        ("last", "<i4"),
        ("hedge", "u1"),
        ("role", "u1"),
        ("move", "u1"),  # 0: a level, 1: up, 2: down
        ("flags", "<u2"),
    ]
)
LATE = date.max.toordinal()
SURE, AS_OF, VAGUE, DELTA, DURATION, DATE, PART, PLACED, GENERIC, FORECAST, PERIOD, EXACT = (
    1 << bit for bit in range(12)
)
_EVENTS = {name: 1 << bit for bit, name in enumerate(sorted(set(EVENT_OF.values())))}
_CATEGORIES = {
    name: 1 << bit
    for bit, name in enumerate(
        sorted(
            {f"{group}:{name}" for group, members in CATEGORY_GROUPS.items() for name in members.values()}
            | {"novelty:earlier"}
        )
    )
}
_HEDGES = {hedge: number for number, hedge in enumerate(Hedge)}
_ROLES = {role: number for number, role in enumerate(Role)}


def event_bits(names: Iterable[str]) -> int:
    """The bits of these events in a row."""
    return sum(_EVENTS[name] for name in set(names))


def category_bits(names: Iterable[str]) -> int:
    """The bits of these categories in a row."""
    return sum(_CATEGORIES[name] for name in set(names))


def group_bits(group: str) -> int:
    """The bits of all categories of a group."""
    return category_bits(name for name in _CATEGORIES if name.startswith(f"{group}:"))


def rows_of_claims(claims: Sequence[Claim]) -> NDArray[np.void]:
    """(claims,) of `ROW`."""
    rows = np.zeros(len(claims), dtype=ROW)
    for number, claim in enumerate(claims):
        rows[number] = _row(claim)
    return rows


def _row(claim: Claim) -> tuple[object, ...]:
    matter, figure, mark = claim.matter, claim.figure, claim.figure or claim.time
    place = ",".join(sorted(matter.places)[:1])
    events = "+".join(sorted(matter.events))
    text = " ".join(claim.sentence.text.split())
    published, when = claim.document.date, moment(claim)
    low, high = base_bounds(figure) if figure is not None else (None, None)
    value = central(figure) if figure is not None else None
    return (
        _hash("date" if figure is None else f"figure:{scale_of(figure)}"),
        0 if generic(matter.head) else _hash(f"{matter.head}@{place}"),
        _hash(f"{events}@{place}") if events else 0,
        _hash(f"{text}\x1f{mark.start if mark else 0}\x1f{claim.kind}"),
        _hash(matter.head) if matter.head else 0,
        event_bits(matter.events),
        category_bits(matter.categories),
        (_bloom(matter.topics), _bloom(matter.topics, turn=1)),
        _bloom(matter.clause),
        _bloom(matter.words),
        _bloom(matter.names),
        _bloom(matter.context),
        _bloom(matter.places),
        -np.inf if low is None else float(low),
        np.inf if high is None else float(high),
        np.nan if value is None else float(value),
        published.start.toordinal() if published is not None else LATE,
        when.start.toordinal() if when is not None else 0,
        when.end.toordinal() if when is not None else 0,
        _HEDGES[figure.hedge] if figure is not None else 0,
        _ROLES[figure.role] if figure is not None else len(_ROLES),
        _move(claim),
        _flags(claim),
    )


def _move(claim: Claim) -> int:
    figure = claim.figure
    if figure is None or not is_move(figure):
        return 0
    return 1 if figure.change is Change.UP else 2


def _flags(claim: Claim) -> int:
    matter, figure = claim.matter, claim.figure
    return (
        SURE * matter.sure
        | AS_OF * (claim.as_of is not None)
        | VAGUE * (figure is not None and is_vague(figure))
        | DELTA * is_delta(matter)
        | DURATION * is_duration(claim)
        | DATE * (figure is None)
        | PART * matter.part
        | PLACED * matter.placed
        | GENERIC * generic(matter.head)
        | FORECAST * (figure is not None and says_forecast(claim))
        | PERIOD * (figure is not None and says_period(claim))
        | EXACT * (figure is not None and figure.hedge is Hedge.EXACT)
    )


@lru_cache(maxsize=100_000)
def _hash(text: str) -> int:
    """Sixty-four bits of a text, never 0."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little") or 1


def _bloom(words: Iterable[str], *, turn: int = 0) -> int:
    """One bit of 64 for each word; another turn takes another bit of the word's hash."""
    bits = 0
    for word in words:
        bits |= 1 << (_hash(word) >> (6 * turn) & 63)
    return bits
