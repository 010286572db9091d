"""Claims to pairs: the neighbours of every claim kept up to date, and new pairs written down to be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from contradict.archive.ordering import by_topic
from contradict.archive.store import Store
from contradict.candidates import KINDS, Claims, Neighbours, once, pair_keys, split_keys, update_neighbours
from contradict.gate import Gate
from contradict.neighbours import EMPTY, LOWEST, NONE, Nearest, key_of, number_of, product_of, within_runs
from contradict.parallel import lots_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOT = 4096  # pairs judged at once
CHECKED = 20_000  # claims whose neighbours are looked through at once
LOTS = 100  # lots looked through at once
LISTS = 5000  # lists of neighbours unpacked at once


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
    neighbours, before = _kept(store, table, count, active)
    was = before & active
    stale = was & _lost(store, table, count, active, was=int(was.sum()))
    fresh, turned = active & ~was, (before != active) | stale
    for nearest in neighbours.kinds:
        nearest.forget(turned)
    update_neighbours(
        neighbours, table.claims, active=active, fresh=fresh, emptied=stale, within=within, threads=threads
    )
    keys = pair_keys(neighbours, new=fresh | stale)
    met = len(keys)
    keys = keys[~_judged(store, table, keys)]
    with store.transaction():
        store.put_neighbours(_packed(table, neighbours, turned))
        store.put_compared(_marks(table, neighbours, active, turned), int(active.sum()))
        del neighbours
        if gate is not None:
            keys = keys[gate.passes(table.claims, keys, threads=threads)]
        one, other = split_keys(keys)
        order = by_topic(table.claims.owners, table.claims.vectors, one, other)
        store.add_lots(lots_of_pairs(table, one[order], other[order]))
    return Paired(int(active.sum()), int(len(active) - active.sum()), met, len(keys))


def lots_of_pairs(table: Table, one: NDArray[np.int64], other: NDArray[np.int64]) -> Iterator[bytes]:
    """Pairs of claims by their places as lots to judge, in the order given."""
    pairs = np.stack([table.row[one], table.row[other]], axis=1).astype("<i4")
    return (pairs[at : at + LOT].tobytes() for at in range(0, len(pairs), LOT))


def are_pairs(
    store: Store, table: Table, count: int, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """(pairs,) whether one claim of each pair is a neighbour of the other now, by their places."""
    mine, theirs, number = np.concatenate([one, other]), np.concatenate([other, one]), np.tile(np.arange(len(one)), 2)
    order = np.argsort(mine, kind="stable")
    mine, theirs, number = mine[order], theirs[order], number[order]
    found = np.zeros(len(one), dtype=bool)
    claims, first = np.unique(mine, return_index=True)
    ends = np.append(first, len(mine))
    for start in range(0, len(claims), CHECKED):
        here = claims[start : start + CHECKED]
        span = slice(ends[start], ends[start + len(here)])
        for kind in range(KINDS):
            near = number_of(_lists(store, table, count, kind, here))
            open_ = np.flatnonzero(~found[number[span]]) + span.start
            met = (near[np.searchsorted(here, mine[open_])] == theirs[open_, None]).any(axis=1)
            found[number[open_[met]]] = True
    return found


def kept_keys(store: Store, table: Table, *, count: int) -> NDArray[np.int64]:
    """The pairs that met, as `candidates.pair_keys` has them, by the neighbours that are kept, `count` of each kind."""
    return pair_keys(_kept(store, table, count, once(table.claims.rows))[0])


def _kept(store: Store, table: Table, count: int, active: NDArray[np.bool_]) -> tuple[Neighbours, NDArray[np.bool_]]:
    """The neighbours as they were kept, by place, each fetched when it is asked for, without those that are not
    `active`, compared, any more; and which claims were compared."""
    before = np.zeros(len(table.row), dtype=bool)
    least = np.full((KINDS, len(table.row)), LOWEST, dtype=np.int32)
    starts = dict(zip(table.documents.tolist(), table.starts.tolist(), strict=True))
    for document, packed in store.compared():
        if document in starts:
            marks = np.frombuffer(packed, dtype="<i4").reshape(-1, 1 + KINDS)
            span = slice(starts[document], starts[document] + len(marks))
            before[span], least[:, span] = marks[:, 0] > 0, marks[:, 1:].T
    kinds = (
        Nearest(len(before), count, least=least[kind], fetch=partial(_lists, store, table, count, kind, usable=active))
        for kind in range(KINDS)
    )
    return Neighbours(*kinds), before


def _lists(
    store: Store,
    table: Table,
    count: int,
    kind: int,
    claims: NDArray[np.int64],
    *,
    usable: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """(claims, count) the keys of the neighbours of one kind, as they were kept; only of those that are `usable`."""
    found = np.full((len(claims), count), EMPTY, dtype=np.int64)
    numbers = table.row[claims] * KINDS + kind
    order = np.argsort(numbers)
    ascending = numbers[order]
    for lot in lots_of(store.neighbours(ascending.tolist()), LISTS):
        sizes, entries = _unpacked(packed for _, packed in lot)
        at = np.repeat(order[np.searchsorted(ascending, [number for number, _ in lot])], sizes)
        slot = within_runs(sizes)
        place = table.place[entries[:, 0]].astype(np.int64)
        found[at, slot] = np.where(place == NONE, EMPTY, key_of(place, entries[:, 1]))
        if usable is not None and len(gone := np.flatnonzero(~usable[place])):
            found[at[gone], slot[gone]] = EMPTY
            shorter = np.unique(at[gone])
            found[shorter] = np.sort(found[shorter], axis=1)[:, ::-1]
    return found


def _lost(store: Store, table: Table, count: int, active: NDArray[np.bool_], *, was: int) -> NDArray[np.bool_]:
    """(claims,) which have lost a neighbour that nothing takes the place of: it was removed or read anew, or it is not
    `active`, compared, any more.

    None has where as many as were compared, `was`, still are: then nothing is looked through.
    """
    lost = np.zeros(len(table.row), dtype=bool)
    if was == int(store.meta("compared") or 0):
        return lost
    usable = np.append(active, False)  # the last stands for a place that is gone
    twin = np.append(_twins(table.claims, active), NONE)
    owners = table.claims.owners
    for lot in lots_of(store.neighbours(), LISTS):
        sizes, entries = _unpacked(packed for _, packed in lot)
        place = table.place[entries[:, 0]]
        gone = np.flatnonzero(~usable[place])
        number = np.repeat(np.arange(len(lot)), sizes)[gone]
        of = table.place[np.array([each for each, _ in lot]) // KINDS][number]
        gone, number, of = gone[of != NONE], number[of != NONE], of[of != NONE]
        other = twin[place[gone]]
        last = entries[np.cumsum(sizes)[number] - 1, 1]
        full = sizes[number] == count  # else all that are near enough are in it
        replaced = (other != NONE) & (owners[other] != owners[of]) & (~full | (entries[gone, 1] > last))
        lost[of[~replaced]] = True
    return lost


def _twins(claims: Claims, active: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(claims,) of each that is not compared the one that stands for its statement, if it meets the others alike.

    That one then comes into each list that the other was in: it is as near to everyone.
    """
    stands = np.flatnonzero(active)
    stands = stands[np.argsort(claims.rows["statement"][stands], kind="stable")]
    others = np.flatnonzero(~active)
    wanted = claims.rows["statement"][others]
    found = stands[np.minimum(np.searchsorted(claims.rows["statement"][stands], wanted), len(stands) - 1)]
    alike = np.logical_and.reduce(
        [claims.rows[name][found] == claims.rows[name][others] for name in ("statement", "block", "head", "event")]
    ) & (claims.vectors[found] == claims.vectors[others]).all(axis=1)
    twin = np.full(len(active), NONE, dtype=np.int64)
    twin[others[alike]] = found[alike]
    return twin


def _unpacked(lists: Iterable[bytes]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """How many neighbours each list has, and the rows and products of all, one under the other."""
    packed = list(lists)
    sizes = np.array([len(each) for each in packed], dtype=np.int64) // 8
    return sizes, np.frombuffer(b"".join(packed), dtype="<i4").reshape(-1, 2)


def _packed(table: Table, neighbours: Neighbours, turned: NDArray[np.bool_]) -> Iterator[tuple[int, memoryview]]:
    """The lists that have changed, or may have, by their numbers: of each neighbour its row and the product."""
    for kind, nearest in enumerate(neighbours.kinds):
        changed = np.flatnonzero(nearest.moved | turned)
        for start in range(0, len(changed), LISTS):
            claims = changed[start : start + LISTS]
            key = nearest.keys(claims)
            number = number_of(key)
            there = number != NONE
            entries = np.stack([table.row[number[there]], product_of(key[there])], axis=1).astype("<i4")
            flat, ends = memoryview(entries.tobytes()), (8 * np.cumsum(there.sum(axis=1))).tolist()
            for row, first, end in zip(table.row[claims].tolist(), [0, *ends], ends, strict=False):
                yield row * KINDS + kind, flat[first:end]


def _marks(
    table: Table, neighbours: Neighbours, active: NDArray[np.bool_], turned: NDArray[np.bool_]
) -> Iterator[tuple[int, bytes]]:
    """Of each document in which anything has changed: for each claim whether it is compared, and the product of the
    last neighbour of each kind."""
    changed = np.logical_or.reduce([turned, *(nearest.moved for nearest in neighbours.kinds)])
    marks = np.stack([active, *(nearest.least for nearest in neighbours.kinds)], axis=1).astype("<i4")
    behind = np.append(0, np.cumsum(changed))
    for document, start, claims in zip(
        table.documents.tolist(), table.starts.tolist(), table.counts.tolist(), strict=True
    ):
        if behind[start + claims] > behind[start]:
            yield document, marks[start : start + claims].tobytes()


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
