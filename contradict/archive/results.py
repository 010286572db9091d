"""What an archive says of its documents: the verdicts on their pairs, their claims, and what they said before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from contradict.archive.codec import PackedClaims
from contradict.archive.judging import unpack_verdict
from contradict.archive.pairing import Table, are_pairs, load_table
from contradict.archive.rules import Rules
from contradict.archive.store import Store
from contradict.candidates import REACH, kept_pairs
from contradict.types import Claim, Document, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray


def verdicts_of(
    store: Store, rules: Rules, documents: Sequence[Document], *, touching: Set[str] | None = None
) -> list[Verdict]:
    """The verdicts on the pairs there are now, on claims of the `documents` of the collection.

    Only on pairs with one of the documents whose ids are in `touching`, where that is given.
    """
    table = load_table(store)
    known_as = {document.id for document in documents}
    told = {number: own for number, own, _, _ in store.names() if own in known_as}
    rows = np.array(list(store.judged()), dtype=np.int64).reshape(-1, 4)  # one, other, near, whether listed
    places = table.place[rows[:, :2]].astype(np.int64)
    alive = (places >= 0).all(axis=1)
    if len(told) < len(table.documents):  # some were read, and are copies or gone by now
        owners = table.claims.owners[places]
        alive &= np.isin(owners, np.fromiter(told, dtype=np.int64, count=len(told))).all(axis=1)
    rows, places = rows[alive], places[alive]
    met = are_pairs(store, table, rules.neighbours * REACH, places[:, 0], places[:, 1])
    rows, places = rows[met], places[met]
    kept = kept_pairs(table.claims, places[:, 0], places[:, 1], rows[:, 2], count=rules.neighbours)
    kept &= rows[:, 3] > 0
    spans = None
    if touching is not None:  # chosen among all pairs, so that it is what a whole scan has of them
        spans = _spans(table, told, touching)
        touched = np.array([number for number, own in told.items() if own in touching], dtype=np.int64)
        kept &= np.isin(table.claims.owners[places], touched).any(axis=1)
    rows, places = rows[kept], places[kept]
    records = {(one, other): record for one, other, record in store.verdicts(spans)}
    claims = _claims(store, table.within(np.unique(places)), documents)
    one, other = (list(zip(*(each.tolist() for each in table.within(side)), strict=True)) for side in places.T)
    return [
        unpack_verdict(records[row[0], row[1]], claims[a], claims[b])
        for row, a, b in zip(rows.tolist(), one, other, strict=True)
    ]


def _spans(table: Table, told: Mapping[int, str], touching: Set[str]) -> list[tuple[int, int]]:
    """The rows of the claims of these documents: first, behind the last."""
    return sorted(
        (first, first + count)
        for number, first, count in zip(
            table.documents.tolist(), table.first_rows.tolist(), table.counts.tolist(), strict=True
        )
        if told.get(number) in touching
    )


def _claims(
    store: Store, places: tuple[NDArray[np.int64], NDArray[np.int64]], documents: Sequence[Document]
) -> dict[tuple[int, int], Claim]:
    """The claims at these places, by document and place; of a document only those that are asked for are held."""
    by_id = {document.id: document for document in documents}
    id_of = {number: own for number, own, _, _ in store.names()}
    wanted: dict[int, list[int]] = {}
    for number, place in zip(*(each.tolist() for each in places), strict=True):
        wanted.setdefault(number, []).append(place)
    claims: dict[tuple[int, int], Claim] = {}
    for number, here in wanted.items():
        packed = PackedClaims(store.payload(number), by_id[id_of[number]])
        claims |= {(number, place): packed.compared(place) for place in here}
    return claims


def stated(store: Store, of: Callable[[int, str], Document | None]) -> Iterator[list[Claim]]:
    """All claims of each document that was read and that `of` gives by its number and id, figures of every role
    included."""
    read = store.marks()
    for number, own, _, _ in store.names():
        if number in read and (document := of(number, own)) is not None:
            yield PackedClaims(store.payload(number), document).all()


def revised(store: Store, documents: Sequence[Document]) -> Iterator[tuple[Document, Document, Document]]:
    """Each of the `documents` of the collection that said something else before, what it said, and what it said next.

    Oldest first; what an article said before has its id with `@1`, `@2` and so on behind it.
    """
    by_id = {document.id: document for document in documents}
    id_of = {number: own for number, own, _, _ in store.names()}
    for number, group in groupby(store.revisions(), key=lambda revision: revision[0]):
        article = by_id.get(id_of[number])
        if article is not None:
            for before, after in pairwise([*(document for _, document in group), article]):
                yield article, before, after
