"""Exact nearest neighbours of many vectors, in bounded memory and the same on every machine.

Vectors are of small whole numbers, so their products are exact, whatever the order of summing, the number of threads,
or the tiles that a search was cut into. What was found before can therefore be kept, and only new rows searched.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contradict.products import load_products

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE_ROWS, TILE_COLUMNS = 1024, 4096  # of the products held at once: 16 MB
PRODUCTS = 2048  # pairs whose vectors are held at once: they stay in the cache
WAITING = 4_000_000  # neighbours found before they are sorted in: fewer cost more sorting, more let too much wait
AHEAD = 16  # tiles that are multiplied while what others let through is sorted in
MOST_ENTERING = 3  # times what a tile can leave in the end, that may enter before its own largest are looked for
NONE = -1  # the number of a neighbour that is not there
_LOW = 0xFFFF_FFFF
EMPTY = np.iinfo(np.int64).min  # the key of a neighbour that is not there
LOWEST = np.iinfo(np.int32).min  # a product under any other


class Nearest:
    """The nearest neighbours of each row, the nearest first, as keys (int64) that descend.

    A key has the sum of products of a neighbour in its upper half and, of its number, what is missing to 2^32 - 1 in
    its lower: of equal products the lower number is nearer. `least` (rows,) int32 is the product of the last of
    `count` neighbours of a row, `moved` (rows,) tells whether any were taken in.
    """

    def __init__(
        self,
        rows: int,
        count: int,
        *,
        least: NDArray[np.int32] | None = None,
        fetch: Callable[[NDArray[np.int64]], NDArray[np.int64]] | None = None,
    ) -> None:
        """Rows without neighbours; or with `fetch`, which has the keys (rows, count) of ascending rows, and `least`.

        A row's keys are fetched, and held, when they are asked for or one more may be taken in: of very many rows that
        few new ones come near, most never are.
        """
        self.count = count
        self.least = np.full(rows, LOWEST, dtype=np.int32) if least is None else least
        self.moved = np.zeros(rows, dtype=bool)
        self._fetch = fetch
        self._slot = np.full(rows, NONE, dtype=np.int32)  # where its keys are held
        self._held = np.empty((0, count), dtype=np.int64)
        self._used = 0

    def keys(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """(rows, count) the keys of the neighbours of these rows, `EMPTY` where there are no more."""
        slots = self._slots(rows)  # first: it may find more room
        return np.asarray(self._held[slots])

    def forget(self, rows: NDArray[np.bool_]) -> None:
        """Leaves these rows without neighbours, (rows,)."""
        forgotten = np.flatnonzero(rows)
        self.least[forgotten] = LOWEST
        absent = self._slot[forgotten] == NONE
        self._held[self._slot[forgotten[~absent]]] = EMPTY
        self._hold(forgotten[absent], EMPTY)

    def _slots(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Where the keys of these rows are held, from now on if they were not."""
        absent = rows[self._slot[rows] == NONE]
        if len(absent):
            absent = np.unique(absent)
            self._hold(absent, EMPTY if self._fetch is None else self._fetch(absent))
        return np.asarray(self._slot[rows])

    def _hold(self, rows: NDArray[np.int64], keys: NDArray[np.int64] | int) -> None:
        needed = self._used + len(rows)
        if needed > len(self._held):
            room = np.empty((max(needed, min(2 * len(self._held), len(self._slot))), self.count), dtype=np.int64)
            room[: self._used] = self._held[: self._used]
            self._held = room
        self._slot[rows] = np.arange(self._used, needed)
        self._held[self._used : needed] = keys
        self._used = needed

    def put(self, rows: NDArray[np.int64], key: NDArray[np.int64]) -> None:
        """Takes in the neighbours of these keys, one for each of `rows`, none of which may be taken in twice."""
        near = product_of(key) >= self.least[rows]
        rows, key = rows[near], key[near]
        slots = self._slots(rows)
        enters = key > self._held[slots, -1]
        rows, key = rows[enters], key[enters]
        order = np.argsort(rows, kind="stable")
        rows, key = rows[order], key[order]
        starts = np.flatnonzero(np.append(True, rows[1:] != rows[:-1])) if len(rows) else np.zeros(0, dtype=np.int64)
        sizes = np.diff(np.append(starts, len(rows)))
        self.moved[rows[starts]] = True
        count = self.count
        while len(starts):  # at most `count` a row at a time, so that one row with very many does not widen all
            taken = np.minimum(sizes, count)
            for part in _parts(taken, count):
                where, more = rows[starts[part]], int(taken[part].max())
                wide = np.full((len(where), count + more), EMPTY, dtype=np.int64)
                wide[:, :count] = self.keys(where)
                slot = within_runs(taken[part])
                row = np.repeat(np.arange(len(where)), taken[part])
                wide[row, count + slot] = key[np.repeat(starts[part], taken[part]) + slot]
                wide.partition(more, axis=1)
                largest = wide[:, more:]
                largest.sort(axis=1)
                self._held[self._slot[where]], self.least[where] = largest[:, ::-1], product_of(largest[:, 0])
            starts, sizes = (starts + taken)[sizes > count], (sizes - taken)[sizes > count]


def key_of(numbers: NDArray[np.int64], products: NDArray[np.int32]) -> NDArray[np.int64]:
    """The keys of neighbours with these numbers and sums of products."""
    return products.astype(np.int64) << 32 | _LOW - numbers.astype(np.int64)


def number_of(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the neighbour of each key, `NONE` where there is none."""
    return np.where(key == EMPTY, NONE, _LOW - (key & _LOW))


def product_of(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of products of the neighbour of each key; of use where there is one."""
    return key >> 32


def within_runs(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 and so on within each of the runs of these sizes, one run after the other."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _parts(taken: NDArray[np.int64], count: int) -> Iterator[slice]:
    """The rows in parts whose neighbours, old and new, are not too many to sort at once."""
    step = max(WAITING // (2 * count), 1)
    return (slice(start, start + step) for start in range(0, len(taken), step))


_Found = tuple["NDArray[np.int64]", "NDArray[np.int64]"]
"""Claims, and the key of the neighbour found for each."""


@dataclass(frozen=True, slots=True, eq=False)
class _Tile:
    """Claims that meet: `columns` are taken into the neighbours of `rows`, and the other way if `mutual`.

    `turned` (dimensions, columns) are the vectors of the columns: many tiles share them.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    turned: NDArray[np.int8]
    mutual: bool


class Search:
    """A search for neighbours among some claims; tiles are multiplied in threads, finds sorted in a lot at a time.

    What a tile lets through hangs on how much was sorted in before, what stays in the end does not.
    """

    def __init__(
        self,
        nearest: Nearest,
        vectors: NDArray[np.int8],
        owners: NDArray[np.int32],
        floor: int,
        pool: ThreadPoolExecutor | None = None,
    ) -> None:
        """`vectors` (claims, dimensions) are of whole numbers as `contradict.products` takes them. Two of one owner are
        no neighbours, nor are two whose product is under `floor`; `owners` (claims,) ascends."""
        self._nearest, self._vectors, self._owners = nearest, vectors, owners
        self._floor, self._pool = floor, pool
        self._multiply = load_products()

    def meet_all(self, members: NDArray[np.int64]) -> None:
        """Takes each of `members`, ascending, into the neighbours of each other one; each product is made once."""
        blocks = [members[start : start + TILE_COLUMNS] for start in range(0, len(members), TILE_COLUMNS)]
        # Those within a block first, each way by itself: of others only near ones are then let through.
        self._run(tile for block in blocks for tile in self._between(block, block, mutual=False))
        self._run(
            tile
            for number, block in enumerate(blocks[1:], start=1)
            for tile in self._between(members[: number * TILE_COLUMNS], block, mutual=True)
        )

    def meet(self, rows: NDArray[np.int64], columns: NDArray[np.int64], *, mutual: bool) -> None:
        """Takes the claims `columns` into the neighbours of the claims `rows`, and the other way if `mutual`.

        Both ascend; no claim may be taken in twice.
        """
        self._run(
            tile
            for left in range(0, len(columns), TILE_COLUMNS)
            for tile in self._between(rows, columns[left : left + TILE_COLUMNS], mutual=mutual)
        )

    def _run(self, tiles: Iterable[_Tile]) -> None:
        waiting: list[_Found] = []
        for found in self._multiplied(tiles):
            waiting += found
            if sum(len(claims) for claims, _ in waiting) > WAITING:
                self._settle(waiting)
        self._settle(waiting)

    def _multiplied(self, tiles: Iterable[_Tile]) -> Iterator[list[_Found]]:
        """What each tile lets through, in order; a few tiles ahead where there is a pool."""
        if self._pool is None:
            yield from map(self._tile, tiles)
            return
        running: deque[Future[list[_Found]]] = deque()
        for tile in tiles:
            running.append(self._pool.submit(self._tile, tile))
            if len(running) > AHEAD:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    def _settle(self, waiting: list[_Found]) -> None:
        if waiting:
            claims, keys = (np.concatenate(part) for part in zip(*waiting, strict=True))
            self._nearest.put(claims, keys)
            waiting.clear()

    def _tile(self, tile: _Tile) -> list[_Found]:
        rows, columns = tile.rows, tile.columns
        products = self._multiply(self._vectors[rows], tile.turned)
        self._forbid(products, rows, columns)
        found = [self._let_through(rows, columns, products, axis=1)]
        if tile.mutual:
            found.append(self._let_through(columns, rows, products, axis=0))
        return found

    def _between(self, rows: NDArray[np.int64], columns: NDArray[np.int64], *, mutual: bool) -> Iterator[_Tile]:
        """The tiles in which the claims `rows` meet the claims `columns`, which are few enough for one."""
        turned = self._turned(columns)
        for top in range(0, len(rows), TILE_ROWS):
            yield _Tile(rows[top : top + TILE_ROWS], columns, turned, mutual)

    def _turned(self, columns: NDArray[np.int64]) -> NDArray[np.int8]:
        return np.ascontiguousarray(self._vectors[columns].T)

    def _forbid(self, products: NDArray[np.int32], rows: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
        """Marks the products of one owner, in place; owners ascend, so that they lie side by side."""
        mine, theirs = self._owners[rows], self._owners[columns]
        first, last = np.searchsorted(theirs, mine, side="left"), np.searchsorted(theirs, mine, side="right")
        for row in np.flatnonzero(first < last):
            products[row, first[row] : last[row]] = LOWEST

    def _let_through(
        self, claims: NDArray[np.int64], others: NDArray[np.int64], products: NDArray[np.int32], *, axis: int
    ) -> _Found:
        """The products of a tile that may be among the largest of their claim: `claims` are the rows of the tile and
        `others` its columns where `axis` is 1, else the other way round."""
        count, turn = self._nearest.count, (slice(None), None) if axis else (None, slice(None))
        least = np.maximum(self._nearest.least[claims], np.int32(self._floor))
        enters = products >= least[turn]
        if int(np.count_nonzero(enters)) > MOST_ENTERING * min(count, len(others)) * len(claims):
            last = max(len(others) - count, 0)  # none below the largest `count` of the tile itself can stay
            cut = np.partition(products, last, axis=axis).take(last, axis=axis)
            enters = products >= np.maximum(least, cut)[turn]
        at = np.flatnonzero(enters)
        if not axis:  # by claims, as `put` wants them in the end: sixteen bits are sorted by counting
            at = at[np.argsort((at % products.shape[1]).astype(np.uint16), kind="stable")]
        row, column = np.divmod(at, products.shape[1])
        mine, theirs = (row, column) if axis else (column, row)
        return claims[mine], key_of(others[theirs], products.ravel().take(at))


def products_of(vectors: NDArray[np.int8], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int32]:
    """(pairs, 2): the products of each of the claims `one` with that of `other` at its place, over the first half of
    the dimensions, the sentence's, and over the second, the clause's."""
    found = np.empty((len(one), 2), dtype=np.int32)
    for start in range(0, len(one), PRODUCTS):
        span = slice(start, start + PRODUCTS)
        left, right = (vectors.take(side[span], axis=0).astype(np.float32) for side in (one, other))
        shape = (len(left), 2, vectors.shape[1] // 2)
        found[span] = np.einsum("ijk,ijk->ij", left.reshape(shape), right.reshape(shape))
    return found
