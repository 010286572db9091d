"""Candidate pairs of claims without figures: sentences of different documents, near in time and near in meaning.

No judge is asked here. The static encoder tells which sentences tell of one event; of the nearest of a sentence those
stay that share a name or a place with it, and what is all but equal is a reprint unless it has other words, denies it
or clashes with it in more than a name. The entailment judge sees only what is left, first what is nearest to each other
(eval/related_claims.py tells how many planted conflicts meet; were the nearest taken from those that share a name, no
more would, in 26,011 pairs for 20,202).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from contradict.clashes import ClashKind, clashes
from contradict.pairs import codes
from contradict.products import load_products
from contradict.static import SCALE, quantised, static_encoder
from contradict.times.words import MONTH_WORDS, WEEKDAY_WORDS
from contradict.types import Claim, Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEIGHBOURS = 3  # of each sentence; five find no more of the planted conflicts, for more than half as many pairs again
FLOOR = 0.45  # cosine under which two sentences tell of two events
REPRINT = 0.92  # cosine from which a sentence is printed again, but for one that has come to say something else
REWORDED = 0.8  # share of their words that two as near have in common, under which it is another sentence
MOST_REPRINTS = 20  # of one sentence, the nearest, that are looked at for that
DAYS = 45  # between two articles on one event
CELLS = 20_000_000  # products held at once, at most
FURNITURE = 4  # documents from which the words of a sentence are the furniture of a page, whatever date stands in them
FURNITURE_SHARE = 0.5  # of a sentence's runs of words that may be furniture
RUN = 5  # words
_PARTS = re.compile(r"\w+")
_DAYS = MONTH_WORDS | WEEKDAY_WORDS


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """Pairs of related claims, the likeliest first, and how many there would have been beyond the budget."""

    pairs: tuple[Pair, ...]
    left_out: int


def without_furniture(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in order, but for those whose words stand in many documents with another day or number in them: how to
    write to the editor, what a reader's comment is signed with, when a page was last changed."""
    runs = [_runs(claim.sentence.text) for claim in claims]
    if not any(map(len, runs)):
        return list(claims)
    owners = codes([claim.document.id for claim in claims])
    owner = np.repeat(owners, [len(each) for each in runs])
    run, places = np.unique(np.concatenate(runs), return_inverse=True)
    once = np.unique(places.astype(np.int64) * (owners.max() + 1) + owner)
    many = np.bincount(once // (owners.max() + 1), minlength=len(run)) >= FURNITURE
    ends = np.cumsum([len(each) for each in runs])
    shares = [span.mean() if len(span) else 0.0 for span in np.split(many[places], ends[:-1])]
    return [claim for claim, share in zip(claims, shares, strict=True) if share < FURNITURE_SHARE]


def _runs(text: str) -> NDArray[np.uint32]:
    """Hashes of the runs of words of a sentence, days and numbers in it left open."""
    words = ["#" if word[0].isdigit() or word in _DAYS else word for word in _PARTS.findall(text.lower())]
    found = {crc32(" ".join(words[at : at + RUN]).encode("utf-8", "replace")) for at in range(len(words) - RUN + 1)}
    return np.array(sorted(found), dtype=np.uint32)


def related(claims: Sequence[Claim], *, within: bool = False, budget: int | None = None) -> Related:
    """The pairs of claims that may be about one event, at most `budget`, the likeliest first.

    The order is that of the places which two claims have among each other's neighbours, then that of their cosines.
    """
    if len(claims) < 2:
        return Related((), 0)
    row = np.dtype([("one", np.int64), ("other", np.int64), ("place", np.int64), ("near", np.float64)])
    found = np.fromiter(_neighbours(claims, within=within), dtype=row)
    one, other, near = found["one"], found["other"], found["near"]
    _, first, pair = np.unique(one * len(claims) + other, return_index=True, return_inverse=True)
    places = np.full(len(first), 2 * NEIGHBOURS)  # of both sides together; last where a side does not find the other
    np.add.at(places, pair, found["place"] - NEIGHBOURS)
    order = first[np.lexsort((first, -near[first], places))]
    kept = order if budget is None else order[:budget]
    pairs = tuple(
        Pair(claims[i], claims[j], cosine, cosine)
        for i, j, cosine in zip(one[kept].tolist(), other[kept].tolist(), near[kept].tolist(), strict=True)
    )
    return Related(pairs, len(order) - len(kept))


def _neighbours(claims: Sequence[Claim], *, within: bool) -> Iterator[tuple[int, int, int, float]]:
    """The lower and the higher number of two related claims, which neighbour the one is of the other, their cosine.

    Once from each side that finds the other.
    """
    vectors = quantised(static_encoder().encode([claim.sentence.text for claim in claims]))
    published = np.array([_day(claim) for claim in claims])
    order = np.argsort(published, kind="stable")  # of what has no day first: it may meet all others
    vectors, days = vectors[order], published[order]
    owners = codes([claim.document.id for claim in claims])[order]
    marks = [claim.matter.names | claim.matter.places for claim in claims]
    multiply, turned = load_products(), np.ascontiguousarray(vectors.T)
    floor, undated = int(FLOOR * SCALE**2), int(np.searchsorted(days, 1))
    for rows in _chunks(days):
        low = 0 if rows.start < undated else int(np.searchsorted(days, days[rows.start] - DAYS))
        high = len(days) if rows.start < undated else int(np.searchsorted(days, days[rows.stop - 1] + DAYS, "right"))
        columns = np.concatenate([np.arange(min(undated, low)), np.arange(low, high)])
        products = multiply(vectors[rows], turned[:, columns])
        for row, near in zip(range(rows.start, rows.stop), products, strict=True):
            at = np.flatnonzero(near >= floor)
            others = columns[at]
            fit = (others != row) & _near_in_time(days[row], days[others])
            if not within:
                fit &= owners[others] != owners[row]
            i, cosines = int(order[row]), near[at[fit]] / np.float64(SCALE**2)
            for place, (j, cosine) in enumerate(_nearest(claims, i, order[others[fit]], cosines)):
                if marks[i] & marks[j]:
                    yield min(i, j), max(i, j), place, cosine


def _chunks(days: NDArray[np.int64]) -> Iterator[slice]:
    """Runs of rows whose products with all others fit into memory, none with a day and without."""
    undated = int(np.searchsorted(days, 1))
    size = max(CELLS // len(days), 1)
    for first, last in ((0, undated), (undated, len(days))):
        for start in range(first, last, size):
            yield slice(start, min(start + size, last))


def _nearest(
    claims: Sequence[Claim], i: int, columns: NDArray[np.int64], cosines: NDArray[np.float64]
) -> list[tuple[int, float]]:
    """The numbers and cosines of the claims nearest to claim `i`, without those that print it again."""
    order = np.lexsort((columns, -cosines))
    reprints = int(np.count_nonzero(cosines >= REPRINT))
    found = []
    for at in (*order[: min(reprints, MOST_REPRINTS)], *order[reprints : reprints + NEIGHBOURS]):
        j, cosine = int(columns[at]), float(cosines[at])
        if cosine < REPRINT or _reworded(claims[i], claims[j]) or _differs(claims[i], claims[j]):
            found.append((j, cosine))
    return found[:NEIGHBOURS]


def _differs(a: Claim, b: Claim) -> bool:
    """Whether two claims clash in more than a name: reprints name the agency that each has it from."""
    return any(clash.kind is not ClashKind.NAME for clash in clashes(a, b))


def _reworded(a: Claim, b: Claim) -> bool:
    """Whether two claims have too few words in common for the one to be the other printed again."""
    mine, theirs = (claim.matter.topics | claim.matter.names | claim.matter.places for claim in (a, b))
    return len(mine & theirs) < REWORDED * len(mine | theirs)


def _near_in_time(day: int, days: NDArray[np.int64]) -> NDArray[np.bool_]:
    return (days == 0) | (np.abs(days - day) <= DAYS) if day else np.ones(len(days), dtype=bool)


def _day(claim: Claim) -> int:
    """The day on which the article was published, 0 where that is not known."""
    date = claim.document.date
    return date.start.toordinal() if date is not None else 0
