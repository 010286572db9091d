"""Documents to claims: what worker processes do with the documents of an archive that are new or have changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from contradict.archive.codec import PackedClaims, pack_claims, span_row
from contradict.archive.documents import Entry
from contradict.archive.schema import FILE
from contradict.archive.store import Reading, Store
from contradict.claims import pairable, read_document
from contradict.columns import rows_of_claims
from contradict.documents.furniture import without_recurring
from contradict.matter import clause_of, masked
from contradict.parallel import Workers, lots_of
from contradict.static import quantised, static_encoder
from contradict.types import Claim, Figure

RULES = 6
"""Raised whenever a document is read into other claims than before: archives then read all anew."""
LOT = 16  # documents that a worker is given at once
HELD = 12_000  # documents with their claims that a process holds at once: some 600 MB


@dataclass(frozen=True, slots=True)
class ReadingLot:
    """Documents to read: number, mark, and the keys of the sentences that recur."""

    folder: str
    documents: tuple[tuple[int, bytes, frozenset[int]], ...]


def mark_of(entry: Entry, recurring: frozenset[int]) -> bytes:
    """Equal for documents of which the same claims are read: of all that they hang on."""
    parts = [RULES, entry.digest.hex(), span_row(entry.told.date), entry.id, sorted(recurring), static_encoder().sha256]
    return hashlib.blake2b(json.dumps(parts).encode("utf-8"), digest_size=16).digest()


def read_all(
    folder: Path,
    wanted: Sequence[tuple[int, bytes]],
    recurring: Mapping[int, frozenset[int]],
    workers: Workers,
) -> Iterator[list[Reading]]:
    """The readings of the documents `wanted` (number and mark), lot by lot, in order."""
    lots = (
        ReadingLot(str(folder), tuple((n, mark, recurring.get(n, frozenset())) for n, mark in lot))
        for lot in lots_of(wanted, LOT)
    )
    yield from workers.map(read_lot, lots)


def read_lot(lot: ReadingLot) -> list[Reading]:
    """For a worker: the claims of each document, their rows, and the static vectors of their sentences and clauses."""
    store = reader(lot.folder)
    stated: list[list[Claim]] = []
    for number, _, keys in lot.documents:
        stated.append(read_document(without_recurring(store.document(number), keys)))
    compared = [[at for at, claim in enumerate(claims) if pairable(claim)] for claims in stated]
    flat = [claims[at] for claims, places in zip(stated, compared, strict=True) for at in places]
    figures = figures_of(claim for claims in stated for claim in claims)
    texts = [masked(claim, figures[id(claim.sentence)]) for claim in flat] + [clause_of(claim) for claim in flat]
    halves = quantised(static_encoder().encode(texts))
    vectors = np.hstack([halves[: len(flat)], halves[len(flat) :]])
    rows = rows_of_claims(flat)
    readings, at = [], 0
    for (number, mark, _), claims, chosen in zip(lot.documents, stated, compared, strict=True):
        span = slice(at, at + len(chosen))
        readings.append(
            Reading(
                number, mark, len(chosen), pack_claims(claims, chosen), rows[span].tobytes(), vectors[span].tobytes()
            )
        )
        at += len(chosen)
    return readings


def figures_of(claims: Iterable[Claim]) -> dict[int, list[Figure]]:
    """The figures of each sentence, by the identity of the sentence, as all claims of its document state them."""
    found: dict[int, list[Figure]] = {}
    for claim in claims:
        figures = found.setdefault(id(claim.sentence), [])
        if claim.figure is not None:
            figures.append(claim.figure)
    return found


_READERS: dict[str, tuple[int, Store]] = {}


def reader(folder: str) -> Store:
    """The archive that this process reads, opened once for as long as it is the same file."""
    file = (Path(folder) / FILE).stat().st_ino
    held = _READERS.get(folder)
    if held is None or held[0] != file:
        forget_reader(Path(folder))
        held = _READERS[folder] = file, Store(Path(folder))
    return held[1]


def forget_reader(folder: Path) -> None:
    """Closes what this process reads an archive by."""
    held = _READERS.pop(str(folder), None)
    if held is not None:
        held[1].close()


class Shelf:
    """Documents and their claims as they were read, the last used ones held."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.claims = lru_cache(maxsize=HELD)(self._claims)

    def _claims(self, number: int) -> PackedClaims:
        """The claims of a document: row `first_row + place` is the one at `place` of those compared."""
        return PackedClaims(self._store.payload(number), self._store.document(number))

    def texts(self, number: int, place: int) -> tuple[str, str]:
        """The masked sentence and the masked clause of a claim."""
        claims = self.claims(number)
        claim = claims.compared(place)
        return masked(claim, claims.figures(place)), clause_of(claim)
