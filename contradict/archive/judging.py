"""Pairs to verdicts, each step on what the cheaper one before it could not settle.

Workers read the pairs in words and weigh all evidence with the highest cosines that the encoder may well come to: what
is not listed even so is settled. The encoder is asked about the claims of the rest, each once, and workers then give
the verdicts with its cosines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from contradict.archive.pairing import Table
from contradict.archive.reading import Shelf, reader
from contradict.archive.store import Store
from contradict.encoders import Encoder
from contradict.gate import Gate
from contradict.neighbours import products_of
from contradict.pairs import answered
from contradict.parallel import Workers
from contradict.printed import PrintedRows
from contradict.progress import Progress
from contradict.types import Claim, Kind, Pair, Probabilities, Relation, Verdict
from contradict.verdicts import compared, judge_compared, judge_dates, load_head, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

WAVE = 64  # lots that are judged and committed together: 262,144 pairs
REMEMBERED = 400_000  # texts whose vectors are held: some 200 MB
SCALE = 400  # of the encoder's vectors: the cosines of 384 dimensions err by 0.001 on average
MARGIN = 0.75  # of what speaks against it, that differing must reach to be asked about: models/README.md

Place = tuple[int, int]
"""A claim: the number of its document, and its place among the claims of that."""


@dataclass(frozen=True, slots=True, eq=False)
class PairLot:
    """Pairs for a worker: `places` (pairs, 4) documents and places of both claims, `cosines` (pairs, 2) of sentences
    and clauses, `printed` (pairs, 2) whether the article of each prints the other's figure, `rows` (pairs, features)
    the evidence on them where it is known, and the relations that are wanted."""

    folder: str
    places: NDArray[np.int64]
    cosines: NDArray[np.float32]
    printed: NDArray[np.bool_]
    keep: frozenset[Relation]
    rows: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """What of a lot is to be judged: `kept` the numbers of the pairs, `rows` their evidence, and the masked sentence
    and the masked clause of every claim in them."""

    kept: NDArray[np.int64]
    rows: NDArray[np.float32]
    texts: dict[Place, tuple[str, str]]


def judge_lots(
    store: Store,
    table: Table,
    encoder: Encoder,
    *,
    gate: Gate | None,
    keep: frozenset[Relation],
    workers: Workers,
    progress: Progress,
) -> Iterator[dict[str, int]]:
    """Judges all lots that wait, wave by wave, each committed with its verdicts; yields what each wave came to.

    Without a `gate` every pair that can be compared goes to the encoder.
    """
    refiner = _Refiner(store, table, encoder)
    prints = PrintedRows(table.claims.rows, table.claims.owners)
    waiting = iter(store.lots(judged=False))
    while wave := list(islice(waiting, WAVE)):
        rows = np.concatenate([np.frombuffer(pairs, dtype="<i4").reshape(-1, 2) for _, pairs in wave]).astype(np.int64)
        found = table.place[rows].astype(np.int64)
        alive = (found >= 0).all(axis=1)  # read anew or removed since
        one, other = found[alive].min(axis=1), found[alive].max(axis=1)
        places = np.stack([*table.within(one), *table.within(other)], axis=1)
        high = _highest(gate, table, one, other, threads=workers.jobs)
        printed = prints.of(one, other)
        left, evidence, texts = _screen_all(
            store, places, high, printed, work=screen_nothing if gate is None else screen, keep=keep, workers=workers
        )
        vectors, asked = refiner.vectors(texts)
        one, other = one[left], other[left]
        cosines = _cosines(vectors, table.row[one], table.row[other])
        near = np.rint(cosines.sum(axis=1, dtype=np.float64) * SCALE**2).astype(np.int64)
        records = dict(_conclude_all(store, places[left], cosines, printed[left], evidence, keep=keep, workers=workers))
        with store.transaction():
            store.put_verdicts(
                (
                    int(table.row[one[number]]),
                    int(table.row[other[number]]),
                    int(near[number]),
                    records.get(number, b""),
                )
                for number in range(len(left))
            )
            store.set_judged(number for number, _ in wave)
        progress.advance(len(wave))
        yield {"pairs read": len(places), "pairs judged": len(left), "texts encoded": asked, "listed": len(records)}


def _highest(
    gate: Gate | None, table: Table, one: NDArray[np.int64], other: NDArray[np.int64], *, threads: int
) -> NDArray[np.float32]:
    """(pairs, 2): the highest cosines that the encoder may well come to; 1 where nothing foretells them."""
    if gate is None:
        return np.ones((len(one), 2), dtype=np.float32)
    return gate.highest(table.claims, one, other, threads=threads)


def _screen_all(
    store: Store,
    places: NDArray[np.int64],
    high: NDArray[np.float32],
    printed: NDArray[np.bool_],
    *,
    work: Callable[[PairLot], Screened],
    keep: frozenset[Relation],
    workers: Workers,
) -> tuple[NDArray[np.int64], NDArray[np.float32], dict[Place, tuple[str, str]]]:
    """The numbers of the pairs that are left, their evidence, and the texts of the claims in them."""
    spans = _shares(len(places), workers)
    lots = (PairLot(str(store.folder), places[span], high[span], printed[span], keep) for span in spans)
    left: list[NDArray[np.int64]] = []
    rows: list[NDArray[np.float32]] = []
    texts: dict[Place, tuple[str, str]] = {}
    for span, screened in zip(spans, workers.map(work, lots), strict=True):
        left.append(span.start + screened.kept)
        rows.append(screened.rows)
        texts |= screened.texts
    if not left:
        return np.empty(0, dtype=np.int64), np.empty((0, len(load_head().features)), dtype=np.float32), {}
    return np.concatenate(left), np.concatenate(rows), texts


SHARE = 8192  # pairs that a worker is given at once, if there are so many for each


def _shares(pairs: int, workers: Workers) -> list[slice]:
    """The pairs in shares for workers: large ones are done in less time, yet none should be without."""
    size = max(min(SHARE, pairs // (4 * workers.jobs)), 1)
    return [slice(at, at + size) for at in range(0, pairs, size)]


def screen(lot: PairLot) -> Screened:
    """For a worker: the pairs that may be listed if the cosines are as high as the lot has them."""
    return _screen(lot, least=MARGIN)


def screen_nothing(lot: PairLot) -> Screened:
    """For a worker: the pairs that can be compared."""
    return _screen(lot, least=0.0)


def _screen(lot: PairLot, *, least: float) -> Screened:
    head, shelf = load_head(), _shelf(lot.folder)
    found = compared(_pairs(lot, shelf))
    dates = [number for number, pair in found.dates if not least or judge_dates(pair) is not None]
    rows = found.rows(head.features)
    kept = [
        at
        for at, (pair, shares) in enumerate(zip(found.figures, head.probabilities(rows, least=least), strict=True))
        if _may_differ(weigh(shares, *pair)[0], least)
    ]
    numbers = np.array([*dates, *(found.numbers[at] for at in kept)], dtype=np.int64)
    blank = np.zeros((len(dates), len(head.features)), dtype=np.float32)
    order = np.argsort(numbers, kind="stable")
    texts = {}
    for number in numbers:
        for document, place in lot.places[number].reshape(2, 2).tolist():
            if (document, place) not in texts:
                texts[document, place] = shelf.texts(document, place)
    return Screened(numbers[order], np.concatenate([blank, rows[kept]])[order], texts)


def _may_differ(probabilities: Probabilities, least: float) -> bool:
    differ = probabilities.contradiction + probabilities.update
    return differ >= least * max(probabilities.agreement, probabilities.unrelated)


def _pairs(lot: PairLot, shelf: Shelf) -> Iterator[tuple[int, Pair]]:
    """The pairs of a lot with their numbers, but for those that what stands beside them answers."""
    told = zip(lot.places.tolist(), _all_pairs(lot, shelf), strict=True)
    for number, ((document_a, place_a, document_b, place_b), pair) in enumerate(told):
        beside = shelf.claims(document_a).beside(place_a), shelf.claims(document_b).beside(place_b)
        if not answered(pair.a, pair.b, *beside):
            yield number, pair


def _all_pairs(lot: PairLot, shelf: Shelf) -> Iterator[Pair]:
    told = zip(lot.places.tolist(), lot.cosines.tolist(), lot.printed.tolist(), strict=True)
    for (document_a, place_a, document_b, place_b), (sentence, clause), (in_a, in_b) in told:
        a, b = shelf.claims(document_a).compared(place_a), shelf.claims(document_b).compared(place_b)
        yield Pair(a, b, sentence, clause, (in_a, in_b))


class _Refiner:
    """The encoder's vectors of claims: those known from before, and those of texts that this run has met already."""

    def __init__(self, store: Store, table: Table, encoder: Encoder) -> None:
        self._store, self._encoder = store, encoder
        self._first_rows = dict(zip(table.documents.tolist(), table.first_rows.tolist(), strict=True))
        self._met: dict[str, bytes] = {}

    def vectors(self, texts: dict[Place, tuple[str, str]]) -> tuple[dict[int, NDArray[np.int8]], int]:
        """The vectors of claims by their rows, sentence then clause, and how many texts the encoder was asked about."""
        rows = {place: self._first_rows[place[0]] + place[1] for place in texts}
        known = self._store.refined(sorted(rows.values()))
        wanted = sorted(place for place, row in rows.items() if row not in known)
        asked = self._encode({text for place in wanted for text in texts[place]})
        new = {rows[place]: b"".join(self._met[text] for text in texts[place]) for place in wanted}
        with self._store.transaction():
            self._store.put_refined(new.items())
        return {row: np.frombuffer(data, dtype=np.int8) for row, data in (new | known).items()}, asked

    def _encode(self, texts: set[str]) -> int:
        """Has the vectors of these texts among those met; how many the encoder was asked about."""
        new = sorted(texts - self._met.keys())
        if len(self._met) + len(new) > REMEMBERED:
            self._met.clear()
            new = sorted(texts)
        self._met.update(zip(new, (vector.tobytes() for vector in quantised(self._encoder.encode(new))), strict=True))
        return len(new)


def quantised(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Unit vectors as whole numbers, so that their cosines are the same however and whenever they are worked out."""
    return np.asarray(np.clip(np.rint(vectors * np.float32(SCALE)), -127, 127), dtype=np.int8)


def cosines_of(vectors: NDArray[np.int8], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    """(pairs, 2): the cosines of the sentences and of the clauses of claims, by the encoder's vectors of both, (claims,
    dimensions), sentence then clause."""
    return products_of(vectors, one, other).astype(np.float32) / np.float32(SCALE**2)


def _cosines(
    vectors: dict[int, NDArray[np.int8]], one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.float32]:
    """(pairs, 2): the encoder's cosines of claims by their rows."""
    if not len(one):
        return np.empty((0, 2), dtype=np.float32)
    known = np.array(sorted(vectors))
    flat = np.stack([vectors[row] for row in known.tolist()])
    return cosines_of(flat, np.searchsorted(known, one), np.searchsorted(known, other))


def _conclude_all(
    store: Store,
    places: NDArray[np.int64],
    cosines: NDArray[np.float32],
    printed: NDArray[np.bool_],
    rows: NDArray[np.float32],
    *,
    keep: frozenset[Relation],
    workers: Workers,
) -> Iterator[tuple[int, bytes]]:
    spans = _shares(len(places), workers)
    lots = (PairLot(str(store.folder), places[span], cosines[span], printed[span], keep, rows[span]) for span in spans)
    for span, records in zip(spans, workers.map(conclude, lots), strict=True):
        for number, record in records:
            yield span.start + number, record


def conclude(lot: PairLot) -> list[tuple[int, bytes]]:
    """For a worker: the numbers of the pairs with a wanted verdict, and the verdict as bytes."""
    head = load_head()
    pairs = list(_all_pairs(lot, _shelf(lot.folder)))
    found = compared(enumerate(pairs))
    rows = lot.rows[list(found.numbers)] if lot.rows is not None else found.rows(head.features)
    rows[:, head.features.index("sentence_similarity")] = [pair.similarity for pair, _ in found.figures]
    rows[:, head.features.index("clause_similarity")] = [pair.clause_similarity for pair, _ in found.figures]
    verdicts = judge_compared(found, rows, head, keep=lot.keep)
    return [
        (number, pack_verdict(verdict, turned=verdict.pair.a is not pairs[number].a))
        for number, verdict in verdicts.items()
    ]


def pack_verdict(verdict: Verdict, *, turned: bool) -> bytes:
    """A verdict as bytes; `turned` says that its first claim is the second of the pair as it is stored."""
    told = verdict.probabilities
    return json.dumps(
        [
            int(turned),
            verdict.pair.similarity,
            verdict.pair.clause_similarity,
            verdict.relation.value,
            verdict.kind.value,
            [told.contradiction, told.update, told.agreement, told.unrelated],
            verdict.reason,
            verdict.matter,
            verdict.same_speaker,
            verdict.same_source,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8", "surrogatepass")


def unpack_verdict(record: bytes, one: Claim, other: Claim) -> Verdict:
    """The verdict of a stored pair."""
    turned, sentence, clause, relation, kind, shares, reason, matter, speaker, source = json.loads(
        record.decode("utf-8", "surrogatepass")
    )
    a, b = (other, one) if turned else (one, other)
    return Verdict(
        pair=Pair(a, b, sentence, clause),
        relation=Relation(relation),
        kind=Kind(kind),
        probabilities=Probabilities(*shares),
        reason=reason,
        matter=matter,
        same_speaker=speaker,
        same_source=source,
    )


_SHELVES: dict[tuple[int, str | None], Shelf] = {}


def _shelf(folder: str) -> Shelf:
    """What this process holds of an archive, until documents are read anew."""
    store = reader(folder)
    held = id(store), store.meta("next row")
    if held not in _SHELVES:
        _SHELVES.clear()  # the store itself goes with it, so that no other has its id
        _SHELVES[held] = Shelf(store)
    return _SHELVES[held]
