"""Exact nearest neighbours of many vectors, in bounded memory and the same on every machine.

Vectors are whole numbers of one byte, so a cosine is a sum of products of whole numbers below 2^24: float32 holds each
of them exactly, whatever the order of summing, the number of threads, or the tiles that a search was cut into. What was
found before can therefore be kept, and only new rows searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE_ROWS, TILE_COLUMNS = 1024, 8192  # of the products held at once: 32 MB
PRODUCTS = 16_384  # pairs whose vectors are held at once
MOST_ENTERING = 0.02  # share of a tile that may enter before its own largest are looked for first; by timing
NONE = -1  # the number of a neighbour that is not there


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The nearest neighbours of each row, the nearest first: `number` (rows, count) int32, `NONE` where there are
    fewer, and `product` (rows, count) int32, the sums of products; `moved` (rows,) tells whether any were taken in."""

    number: NDArray[np.int32]
    product: NDArray[np.int32]
    moved: NDArray[np.bool_]

    @staticmethod
    def empty(rows: int, count: int) -> Nearest:
        number = np.full((rows, count), NONE, dtype=np.int32)
        return Nearest(number, np.full((rows, count), LEAST, dtype=np.int32), np.zeros(rows, dtype=bool))


LEAST = np.iinfo(np.int32).min


def meet_all(
    nearest: Nearest, vectors: NDArray[np.int8], members: NDArray[np.int64], *, owners: NDArray[np.int32], floor: int
) -> None:
    """Takes each of the claims `members` into the neighbours of each other one, in place; each product is made once.

    As `meet` otherwise.
    """
    for start in range(0, len(members), TILE_COLUMNS):
        here = members[start : start + TILE_COLUMNS]
        for top in range(0, len(here), TILE_ROWS):
            rows = here[top : top + TILE_ROWS]
            meet(nearest, vectors, rows, rows, owners=owners, floor=floor, mutual=False)
            meet(nearest, vectors, rows, here[top + TILE_ROWS :], owners=owners, floor=floor, mutual=True)
        meet(nearest, vectors, members[:start], here, owners=owners, floor=floor, mutual=True)


def meet(
    nearest: Nearest,
    vectors: NDArray[np.int8],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    *,
    owners: NDArray[np.int32],
    floor: int,
    mutual: bool,
) -> None:
    """Takes the claims `columns` into the neighbours of the claims `rows`, and the other way if `mutual`, in place.

    Both are ascending row numbers of `vectors` (claims, dimensions), of whole numbers whose products sum to less than
    2^24. Two of one owner are no neighbours, nor are two whose product is under `floor`; `owners` (claims,) ascends. No
    claim may be taken in twice. Of equal products the lower number is nearer.
    """
    for left in range(0, len(columns), TILE_COLUMNS):
        beside = columns[left : left + TILE_COLUMNS]
        turned = vectors[beside].astype(np.float32).T
        for top in range(0, len(rows), TILE_ROWS):
            here = rows[top : top + TILE_ROWS]
            products = vectors[here].astype(np.float32) @ turned
            _forbid(products, owners[here], owners[beside])
            _take(nearest, here, beside, products, floor, axis=1)
            if mutual:
                _take(nearest, beside, here, products, floor, axis=0)


def _forbid(products: NDArray[np.float32], owners: NDArray[np.int32], others: NDArray[np.int32]) -> None:
    """Marks the products of one owner's rows and columns, in place; `others` is ascending, so they lie side by side."""
    first, last = np.searchsorted(others, owners, side="left"), np.searchsorted(others, owners, side="right")
    for row in np.flatnonzero(first < last):
        products[row, first[row] : last[row]] = LEAST


def _take(
    nearest: Nearest,
    claims: NDArray[np.int64],
    others: NDArray[np.int64],
    products: NDArray[np.float32],
    floor: int,
    *,
    axis: int,
) -> None:
    """Puts the products of a tile that are among the largest of their claim into its neighbours: `claims` are the rows
    of the tile and `others` its columns where `axis` is 1, else the other way round."""
    count, turn = nearest.number.shape[1], (slice(None), None) if axis else (None, slice(None))
    least = np.maximum(nearest.product[claims, -1], floor).astype(np.float32)
    enters = products >= least[turn]
    many = int(np.count_nonzero(enters))
    if not many:
        return
    if many > MOST_ENTERING * enters.size:  # none below the largest `count` of the tile itself can stay
        at = max(len(others) - count, 0)
        cut = np.partition(products, at, axis=axis).take(at, axis=axis)
        enters = products >= np.maximum(least, cut)[turn]
    row, column = np.divmod(np.flatnonzero(enters), products.shape[1])
    found = products[row, column].astype(np.int32)
    mine, theirs = (row, column) if axis else (column, row)
    insert(nearest, claims[mine], others[theirs], found)


def insert(nearest: Nearest, rows: NDArray[np.int64], columns: NDArray[np.int64], products: NDArray[np.int32]) -> None:
    """Takes the claims `columns`, one for each of `rows`, into the neighbours of those, in place."""
    if not len(rows):
        return
    count = nearest.number.shape[1]
    where, slot = np.unique(rows, return_inverse=True)
    held = nearest.number[where] != NONE
    slots = np.concatenate([np.nonzero(held)[0], slot])
    numbers = np.concatenate([nearest.number[where][held], columns])
    values = np.concatenate([nearest.product[where][held], products])
    order = np.lexsort((numbers, -values.astype(np.int64), slots))
    slots, numbers, values = slots[order], numbers[order], values[order]
    starts = np.concatenate([[0], np.flatnonzero(slots[1:] != slots[:-1]) + 1])
    place = np.arange(len(slots)) - np.repeat(starts, np.diff(np.append(starts, len(slots))))
    kept = place < count
    number = np.full((len(where), count), NONE, dtype=np.int32)
    product = np.full((len(where), count), LEAST, dtype=np.int32)
    number[slots[kept], place[kept]], product[slots[kept], place[kept]] = numbers[kept], values[kept]
    nearest.moved[where] |= (number != nearest.number[where]).any(axis=1)
    nearest.number[where], nearest.product[where] = number, product


def products_of(
    vectors: NDArray[np.int8], one: NDArray[np.int64], other: NDArray[np.int64], part: slice = slice(None)
) -> NDArray[np.int32]:
    """The product of each of the claims `one` with that of `other` at its place, over the dimensions `part`."""
    found = np.empty(len(one), dtype=np.int32)
    for start in range(0, len(one), PRODUCTS):
        span = slice(start, start + PRODUCTS)
        left, right = (vectors[side[span], part].astype(np.float32) for side in (one, other))
        found[span] = np.einsum("ij,ij->i", left, right)
    return found
