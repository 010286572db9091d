"""The arithmetic of the documents of an archive, which hangs on no pair: it can be done while those are settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from contradict.archive.reading import reader
from contradict.archive.results import stated
from contradict.arithmetic import Arithmetic, check_arithmetic
from contradict.types import Check, Claim, Document, Term


@dataclass(frozen=True, slots=True)
class CalculationLot:
    """Documents of an archive, by their ids."""

    folder: str
    documents: frozenset[str]


def calculate(lot: CalculationLot) -> Arithmetic:
    """For a worker: the arithmetic of the documents; their claims come in copies."""
    store = reader(lot.folder)
    return check_arithmetic(stated(store, lambda number, own: store.document(number) if own in lot.documents else None))


def said_by(arithmetic: Arithmetic, documents: Mapping[str, Document]) -> Arithmetic:
    """The same of the claims of these `documents`, by id, in the place of copies of them."""

    def own(claim: Claim) -> Claim:
        return replace(claim, sentence=replace(claim.sentence, document=documents[claim.document.id]))

    def checked(check: Check) -> Check:
        return replace(check, terms=tuple(Term(term.role, own(term.claim)) for term in check.terms))

    return replace(arithmetic, checks=tuple(map(checked, arithmetic.checks)))
