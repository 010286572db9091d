"""Candidate pairs: claims of different documents that may be about one matter.

Claims meet only on one scale (unit, currency, what it is per). There each meets its nearest neighbours by the masked
sentence and the masked clause, and its nearest among those with the same thing counted, and with the same events: a
gate of similarity alone loses pairs that say the same in other words, and a block alone drowns in its own size.

The neighbours of each claim are kept, so that claims which come later are set against all others, and nothing else is
done again: what is found is the same as if all had come at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contradict.columns import DATE
from contradict.neighbours import NONE, Nearest, Search, key_of, number_of, products_of
from contradict.static import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNIT = 2 * SCALE * SCALE  # the product of a claim's vector, sentence and clause, with itself; so a mean cosine of 1
FLOOR = 0.30  # mean static cosine; under it lie 4 in 1,000 of the pairs that the full line lists
DATE_FLOOR = 0.60  # two sentences that date one event are near in words; below it no date pair was worth reading
REACH = 7  # static neighbours that a claim keeps for each that is listed: eval/results/recall.md
KINDS = 3  # of neighbours: those of `Neighbours`
SMALL = 48  # claims of a group whose pairs are all written down; a larger one is searched in tiles
ROWS = 20_000  # claims whose pairs are written down at once
ENTRIES = 2_000_000  # of such pairs held at once


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """All claims that pairing knows of, in the order of their documents: `rows` (claims,) of `contradict.columns.ROW`,
    `vectors` (claims, dimensions) int8, sentence then clause, `owners` (claims,) ascending numbers of documents."""

    rows: NDArray[np.void]
    vectors: NDArray[np.int8]
    owners: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Whom each claim meets: in its block, among those that count the same, among those of the same events."""

    block: Nearest
    head: Nearest
    event: Nearest

    @staticmethod
    def none(claims: int, count: int) -> Neighbours:
        return Neighbours(*(Nearest(claims, count) for _ in range(KINDS)))

    @property
    def kinds(self) -> tuple[Nearest, Nearest, Nearest]:
        return self.block, self.head, self.event


def once(rows: NDArray[np.void]) -> NDArray[np.bool_]:
    """(claims,) whether a claim stands for its statement: of an equal sentence printed again only the earliest does."""
    order = np.lexsort((np.arange(len(rows)), rows["published"], rows["statement"]))
    first = np.ones(len(rows), dtype=bool)
    first[1:] = rows["statement"][order][1:] != rows["statement"][order][:-1]
    chosen = np.zeros(len(rows), dtype=bool)
    chosen[order[first]] = True
    return chosen


def update_neighbours(
    neighbours: Neighbours,
    claims: Claims,
    *,
    active: NDArray[np.bool_],
    fresh: NDArray[np.bool_],
    emptied: NDArray[np.bool_],
    within: bool = False,
    threads: int = 1,
) -> None:
    """Takes the claims that are `fresh` into everyone's neighbours, and finds those of the fresh and the `emptied`.

    All three are (claims,) and tell of each claim whether it is compared at all, whether it was not compared before,
    and whether its neighbours were thrown away since one of them is gone. `within` lets claims of one document meet.
    The number of `threads` changes nothing but the time.
    """
    owners = np.arange(len(claims.owners), dtype=np.int32) if within else claims.owners
    dated = claims.rows["flags"] & DATE > 0
    whole = Claims(claims.rows, claims.vectors, owners)
    block = claims.rows["block"]
    pool = ThreadPoolExecutor(threads) if threads > 1 else None
    for nearest, key, floor in (
        (neighbours.block, block, FLOOR),
        (neighbours.head, _joined(block, claims.rows["head"]), 0.0),
        (neighbours.event, _joined(block, claims.rows["event"]), 0.0),
    ):
        for dates in (False, True):
            least = round((DATE_FLOOR if dates else floor) * UNIT)
            here = active & (key != 0) & (dated == dates)
            _update(
                nearest, whole, key, here, fresh=fresh & here, sought=(fresh | emptied) & here, floor=least, pool=pool
            )
    if pool is not None:
        pool.shutdown()


def _joined(block: NDArray[np.uint64], part: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One key of two hashes, 0 where the second is 0."""
    mixed = block * np.uint64(0x9E3779B97F4A7C15) ^ part
    return np.where(part == 0, np.uint64(0), mixed | np.uint64(1))


def _update(
    nearest: Nearest,
    claims: Claims,
    key: NDArray[np.uint64],
    here: NDArray[np.bool_],
    *,
    fresh: NDArray[np.bool_],
    sought: NDArray[np.bool_],
    floor: int,
    pool: ThreadPoolExecutor | None,
) -> None:
    """Each group of one key in turn, the small ones together."""
    members = np.flatnonzero(here)
    members = members[np.argsort(key[members], kind="stable")]
    if not len(members):
        return
    starts = np.concatenate([[0], np.flatnonzero(np.diff(key[members])) + 1])
    sizes = np.diff(np.append(starts, len(members)))
    moved = np.add.reduceat((fresh | sought)[members].astype(np.int64), starts) > 0
    for start, size in zip(starts[moved & (sizes > SMALL)], sizes[moved & (sizes > SMALL)], strict=True):
        group = np.sort(members[start : start + size])
        new, rest, again = group[fresh[group]], group[~fresh[group]], group[sought[group] & ~fresh[group]]
        search = Search(nearest, claims.vectors, claims.owners, floor, pool)
        search.meet_all(new)
        search.meet(new, rest, mutual=True)
        search.meet(again, rest, mutual=False)
    for one, other in _pairs_of_small(members, starts, sizes, moved & (sizes <= SMALL)):
        wanted = (sought[one] | fresh[other]) & (claims.owners[one] != claims.owners[other])
        one, other = one[wanted], other[wanted]
        products = products_of(claims.vectors, one, other).sum(axis=1, dtype=np.int32)
        near = products >= floor
        nearest.put(one[near], key_of(other[near], products[near]))


def _pairs_of_small(
    members: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64], chosen: NDArray[np.bool_]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The ordered pairs of different members of each chosen group, groups of one size together, none in two lots."""
    for size in np.unique(sizes[chosen & (sizes > 1)]):
        one, other = np.nonzero(~np.eye(size, dtype=bool))
        groups = starts[chosen & (sizes == size)]
        step = max(ENTRIES // len(one), 1)
        for at in range(0, len(groups), step):
            first = groups[at : at + step, None]
            yield members[first + one].ravel(), members[first + other].ravel()


def pair_keys(neighbours: Neighbours, *, new: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """The pairs in which one is a neighbour of the other, each once, as `one << 32 | other`, one < other, ascending.

    Where `new` (claims,) is given, of what was taken in alone, and only those pairs in which a claim is new: of others
    none was taken in that had not met before. Memory is that of the neighbours, each once more.
    """
    found = []
    for nearest in neighbours.kinds:
        rows = np.arange(len(nearest.moved)) if new is None else np.flatnonzero(nearest.moved)
        found += [_keys_of(nearest, rows[start : start + ROWS], new) for start in range(0, len(rows), ROWS)]
    keys = np.concatenate([np.empty(0, dtype=np.int64), *found])
    found.clear()
    keys.sort()
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def _keys_of(nearest: Nearest, rows: NDArray[np.int64], new: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    number = number_of(nearest.keys(rows))
    row, slot = np.nonzero(number != NONE)
    mine, theirs = rows[row], number[row, slot]
    if new is not None:
        either = new[mine] | new[theirs]
        mine, theirs = mine[either], theirs[either]
    return np.minimum(mine, theirs) << 32 | np.maximum(mine, theirs)


def split_keys(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The two numbers of each key."""
    return keys >> 32, keys & 0xFFFFFFFF


def among_nearest(
    one: NDArray[np.int64], other: NDArray[np.int64], near: NDArray[np.int64], *, count: int
) -> NDArray[np.bool_]:
    """(pairs,) whether one claim of a pair is among the `count` nearest of the other, of all that it is paired with.

    Of two that are equally near the lower number is nearer.
    """
    pairs = np.tile(np.arange(len(one)), 2)
    mine, theirs, nearness = np.concatenate([one, other]), np.concatenate([other, one]), np.tile(near, 2)
    order = np.lexsort((theirs, -nearness, mine))
    starts = np.flatnonzero(np.append(True, mine[order][1:] != mine[order][:-1])) if len(order) else order
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    kept = np.zeros(len(one), dtype=bool)
    kept[pairs[order[place < count]]] = True
    return kept


def kept_pairs(
    claims: Claims, one: NDArray[np.int64], other: NDArray[np.int64], near: NDArray[np.int64], *, count: int
) -> NDArray[np.bool_]:
    """(pairs,) which of the judged pairs may be listed: those with one claim among the `count` nearest of the other, of
    all it was judged with, of those that count the same, or of those of the same events; `near` is by the encoder.

    Forty reports of one toll would else make 780 pairs.
    """
    kept = among_nearest(one, other, near, count=count)
    for key in ("head", "event"):
        mine = claims.rows[key][one]
        shared = np.flatnonzero((mine != 0) & (mine == claims.rows[key][other]))
        kept[shared] |= among_nearest(one[shared], other[shared], near[shared], count=count)
    return kept
