"""Documents to claims: what worker processes do with the documents of an archive that are new or have changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from contradict.archive.codec import pack_claims, span_row, unpack_claims
from contradict.archive.store import Entry, Reading, Store
from contradict.claims import pairable, read_document
from contradict.columns import rows_of_claims
from contradict.documents.furniture import without_recurring
from contradict.matter import clause_of, masked
from contradict.parallel import Workers, lots_of
from contradict.static import load_static_encoder, quantised
from contradict.types import Claim, Figure

RULES = 1
"""Raised whenever a document is read into other claims than before: archives then read all anew."""
LOT = 16  # documents that a worker is given at once
HELD = 4096  # documents with their claims that a process holds at once


@dataclass(frozen=True, slots=True)
class ReadingLot:
    """Documents to read: number, mark, and the keys of the sentences that recur."""

    folder: str
    documents: tuple[tuple[int, bytes, frozenset[int]], ...]


def mark_of(entry: Entry, recurring: frozenset[int]) -> bytes:
    """Equal for documents of which the same claims are read: of all that they hang on."""
    parts = [RULES, entry.digest.hex(), span_row(entry.told.date), entry.id, sorted(recurring), encoder_mark()]
    return hashlib.blake2b(json.dumps(parts).encode("utf-8"), digest_size=16).digest()


@lru_cache(maxsize=1)
def encoder_mark() -> str:
    return load_static_encoder().sha256


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
    compared = [[claim for claim in claims if pairable(claim)] for claims in stated]
    flat = [claim for claims in compared for claim in claims]
    figures = figures_of(claim for claims in stated for claim in claims)
    texts = [masked(claim, figures[id(claim.sentence)]) for claim in flat] + [clause_of(claim) for claim in flat]
    halves = quantised(load_static_encoder().encode(texts))
    vectors = np.hstack([halves[: len(flat)], halves[len(flat) :]])
    rows = rows_of_claims(flat)
    readings, at = [], 0
    for (number, mark, _), claims, chosen in zip(lot.documents, stated, compared, strict=True):
        span = slice(at, at + len(chosen))
        readings.append(
            Reading(number, mark, len(chosen), pack_claims(claims), rows[span].tobytes(), vectors[span].tobytes())
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


@lru_cache(maxsize=2)
def reader(folder: str) -> Store:
    """The archive that this process reads, opened once."""
    return Store(Path(folder))


class Shelf:
    """Documents and their claims as they were read, the last used ones held."""

    def __init__(self, store: Store) -> None:
        self.document = lru_cache(maxsize=HELD)(store.document)
        self._store = store
        self.stated = lru_cache(maxsize=HELD)(self._stated)
        self.claims = lru_cache(maxsize=HELD)(self._claims)
        self.figures = lru_cache(maxsize=HELD)(self._figures)

    def _stated(self, number: int) -> list[Claim]:
        """All claims of a document, in the order of its text."""
        return unpack_claims(self._store.payload(number), self.document(number))

    def _claims(self, number: int) -> list[Claim]:
        """The claims of a document that are compared: row `first_row + place` is the one at `place`."""
        return [claim for claim in self.stated(number) if pairable(claim)]

    def _figures(self, number: int) -> dict[int, list[Figure]]:
        """The figures of each sentence of a document, by the identity of the sentence."""
        return figures_of(self.stated(number))

    def texts(self, number: int, place: int) -> tuple[str, str]:
        """The masked sentence and the masked clause of a claim."""
        claim = self.claims(number)[place]
        return masked(claim, self.figures(number)[id(claim.sentence)]), clause_of(claim)
