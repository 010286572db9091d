"""Claims to pairs: the neighbours of every claim kept up to date, and new pairs written down to be judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contradict.archive.store import Store
from contradict.candidates import Claims, Neighbours, once, pair_keys, split_keys, update_neighbours
from contradict.gate import Gate
from contradict.neighbours import EMPTY, NONE, key_of, number_of, product_of
from contradict.parallel import lots_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOT = 4096  # pairs judged at once
KINDS = 3  # of neighbours
CHECKED = 50_000  # pairs looked up at once
LOTS = 100  # lots looked through at once
LISTS = 500  # documents whose lists of neighbours are unpacked at once


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """All claims of an archive by their places in the order of documents, and the numbers by which they are stored.

    `documents`, `first_rows` and `counts` are one a document; `row` (claims,) is the stored number of each claim,
    `place` (rows,) the place of each stored number, `NONE` for one that is gone.
    """

    documents: NDArray[np.int64]
    first_rows: NDArray[np.int64]
    counts: NDArray[np.int64]
    claims: Claims
    row: NDArray[np.int64]
    place: NDArray[np.int32]

    @property
    def starts(self) -> NDArray[np.int64]:
        """The place of the first claim of each document."""
        return np.concatenate([[0], np.cumsum(self.counts)[:-1]]).astype(np.int64) if len(self.counts) else self.counts

    def within(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The document of each claim, and its place among the document's claims."""
        filled = np.flatnonzero(self.counts)  # a document without claims has no claim at its start
        at = filled[np.searchsorted(self.starts[filled], places, side="right") - 1]
        return self.documents[at], places - self.starts[at]


@dataclass(frozen=True, slots=True)
class Paired:
    """How many claims are compared, how many print others again, how many pairs were met and how many are to judge."""

    claims: int
    repeated: int
    pairs: int
    to_judge: int


def load_table(store: Store) -> Table:
    """All claims, as pairing sees them."""
    documents, first_rows, counts, rows, vectors = store.columns()
    place = np.full(int(store.meta("next row") or 0), NONE, dtype=np.int32)  # of the rows of what is gone, too
    starts = np.cumsum(counts) - counts
    row = np.repeat(first_rows - starts, counts) + np.arange(len(rows))
    place[row] = np.arange(len(rows), dtype=np.int32)
    claims = Claims(rows, vectors, np.repeat(documents, counts).astype(np.int32))
    return Table(documents, first_rows, counts, claims, row, place)


def pair(store: Store, table: Table, *, count: int, within: bool, gate: Gate | None, threads: int = 1) -> Paired:
    """Brings the neighbours up to date in one transaction, with the lots of pairs that are to be judged.

    `count` is how many neighbours of each kind a claim keeps; without a `gate` every pair is judged.
    """
    active = once(table.claims.rows)
    neighbours, before, lost = _load(store, table, count, active)
    was = before & active
    stale = lost & was
    for nearest in neighbours.kinds:
        nearest.forget(~was | stale)
    update_neighbours(
        neighbours, table.claims, active=active, fresh=active & ~was, emptied=stale, within=within, threads=threads
    )
    moved = (before != active) | stale
    for nearest in neighbours.kinds:
        moved |= nearest.moved
    keys = pair_keys(neighbours, np.flatnonzero(moved))
    met = len(keys)
    keys = keys[~_judged(store, table, keys)]
    with store.transaction():
        store.put_neighbours(_pack(table, neighbours, active, moved))
        del neighbours
        if gate is not None:
            keys = keys[gate.passes(table.claims, keys, threads=threads)]
        one, other = split_keys(keys)
        # Pairs on one thing counted, or one event, lie together: whoever reads them meets the same documents again.
        order = np.lexsort((table.claims.rows["event"][one], table.claims.rows["noun"][one]))
        pairs = np.stack([table.row[one[order]], table.row[other[order]]], axis=1).astype("<i4")
        store.add_lots(pairs[at : at + LOT].tobytes() for at in range(0, len(pairs), LOT))
    return Paired(int(active.sum()), int(len(active) - active.sum()), met, len(keys))


def are_pairs(
    store: Store, table: Table, count: int, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """(pairs,) whether one claim of each pair is a neighbour of the other now, by their places."""
    neighbours, _, _ = _load(store, table, count, np.ones(len(table.row), dtype=bool))
    found = np.zeros(len(one), dtype=bool)
    for start in range(0, len(one), CHECKED):
        span = slice(start, start + CHECKED)
        for nearest in neighbours.kinds:
            for mine, theirs in ((one[span], other[span]), (other[span], one[span])):
                found[span] |= (number_of(nearest.key[mine]) == theirs[:, None]).any(axis=1)
    return found


def kept_keys(store: Store, table: Table, *, count: int) -> NDArray[np.int64]:
    """The pairs that met, as `candidates.pair_keys` has them, by the neighbours that are kept, `count` of each kind."""
    neighbours, _, _ = _load(store, table, count, once(table.claims.rows))
    return pair_keys(neighbours)


def _load(
    store: Store, table: Table, count: int, active: NDArray[np.bool_]
) -> tuple[Neighbours, NDArray[np.bool_], NDArray[np.bool_]]:
    """The neighbours as they were kept, by place; which claims had been compared; and which of them have lost one.

    A neighbour is lost that was removed or read anew, or that is not `active`, compared, any more.
    """
    neighbours = Neighbours.none(len(table.row), count)
    before, lost = np.zeros(len(table.row), dtype=bool), np.zeros(len(table.row), dtype=bool)
    spans = {
        document: (start, claims)
        for document, start, claims in zip(
            table.documents.tolist(), table.starts.tolist(), table.counts.tolist(), strict=True
        )
        if claims
    }
    usable = np.append(active, False)  # the last stands for a place that is gone
    lists = ((*spans[document], packed) for document, packed in store.neighbours() if document in spans)
    for lot in lots_of(lists, LISTS):
        marks, rows, products = zip(*(_unpacked(packed, claims) for _, claims, packed in lot), strict=True)
        claims = np.concatenate([np.arange(start, start + each) for start, each, _ in lot])
        mark, place = np.concatenate(marks), table.place[np.concatenate(rows)]
        before[claims] = mark[:, 0] > 0
        there = np.arange(count) < mark[:, 1:, None]  # (claims, kinds, neighbours), in the order of the lists
        key = np.full(there.shape, EMPTY, dtype=np.int64)
        key[there] = key_of(place, np.concatenate(products))
        for number, nearest in enumerate(neighbours.kinds):
            nearest.key[claims] = key[:, number]
        gone = np.flatnonzero(~usable[place])
        if len(gone):
            lost[claims[np.searchsorted(np.cumsum(mark[:, 1:].sum(axis=1)), gone, side="right")]] = True
    return neighbours, before, lost


def _unpacked(packed: bytes, claims: int) -> tuple[NDArray[np.uint16], NDArray[np.int32], NDArray[np.int32]]:
    """What `_pack` made of a document with so many claims: their marks, and the rows and products of all neighbours."""
    marks = np.frombuffer(packed, dtype="<u2", count=claims * (1 + KINDS)).reshape(claims, -1)
    rows, products = np.frombuffer(packed, dtype="<i4", offset=marks.nbytes).reshape(2, -1)
    return marks, rows, products


def _pack(
    table: Table, neighbours: Neighbours, active: NDArray[np.bool_], moved: NDArray[np.bool_]
) -> Iterator[tuple[int, bytes]]:
    """The neighbours of each document with a claim that moved: for each claim whether it is compared and how many
    neighbours of each kind it has, then their rows, then the products."""
    for document, start, claims in zip(
        table.documents.tolist(), table.starts.tolist(), table.counts.tolist(), strict=True
    ):
        span = slice(start, start + claims)
        if not moved[span].any():
            continue
        key = np.stack([nearest.key[span] for nearest in neighbours.kinds], axis=1)
        number = number_of(key)
        there = number != NONE
        marks = np.hstack([active[span, None], there.sum(axis=2)]).astype("<u2")
        rows, products = table.row[number[there]], product_of(key[there])
        yield document, marks.tobytes() + rows.astype("<i4").tobytes() + products.astype("<i4").tobytes()


def _judged(store: Store, table: Table, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(keys,) whether a pair is judged already or waits for it; `keys` ascend."""
    known = np.zeros(len(keys), dtype=bool)
    for lots in lots_of(store.lots(), LOTS):
        places = table.place[np.concatenate([np.frombuffer(pairs, dtype="<i4") for _, pairs in lots])].reshape(-1, 2)
        alive = places[(places >= 0).all(axis=1)].astype(np.int64)
        key = alive.min(axis=1) << 32 | alive.max(axis=1)
        at = np.searchsorted(keys, key)
        here = at < len(keys)
        at, key = at[here], key[here]
        known[at[keys[at] == key]] = True
    return known
