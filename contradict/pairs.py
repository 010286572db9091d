"""What is asked of a pair of claims whatever brought them together: their cosines, and whether they are answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contradict.matter import clause_of, masked
from contradict.types import Claim, Pair, TimeMention

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contradict.encoders import Encoder


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Unit vectors of every claim's masked sentence and masked clause, (claims, dimensions) float32."""

    sentence: NDArray[np.float32]
    clause: NDArray[np.float32]

    def similarity(self, i: int, j: int) -> tuple[float, float]:
        return float(self.sentence[i] @ self.sentence[j]), float(self.clause[i] @ self.clause[j])


def encode_claims(claims: Sequence[Claim], encoder: Encoder, *, on_progress: object = None) -> Vectors:
    """The vectors of the claims, each different text encoded once."""
    texts = [masked(claim) for claim in claims] + [clause_of(claim) for claim in claims]
    vectors = encoder.encode(texts, on_progress=on_progress)  # type: ignore[arg-type]
    return Vectors(vectors[: len(claims)], vectors[len(claims) :])


def pairs_of(sides: Sequence[tuple[Sequence[Claim], Sequence[Claim]]], encoder: Encoder) -> Iterator[list[Pair]]:
    """For each two sentences, given as the claims of both, the pairs of claims of one kind that nothing beside them
    answers, with the encoder's cosines; the texts of all are encoded together."""
    claims = list({id(claim): claim for one, other in sides for met in _meeting(one, other) for claim in met}.values())
    vectors = encode_claims(claims, encoder)
    place = {id(claim): at for at, claim in enumerate(claims)}
    for one, other in sides:
        yield [Pair(a, b, *vectors.similarity(place[id(a)], place[id(b)])) for a, b in _meeting(one, other)]


def _meeting(one: Sequence[Claim], other: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    return ((a, b) for a in one for b in other if a.kind is b.kind and not answered(a, b, one, other))


def codes(keys: Sequence[str]) -> NDArray[np.int64]:
    """The keys as numbers, -1 for an empty one."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(key, len(known)) if key else -1 for key in keys], dtype=np.int64)


def answered(a: Claim, b: Claim, beside_a: Sequence[Claim], beside_b: Sequence[Claim]) -> bool:
    """Whether what stands beside two claims in their sentences says that they are of two things.

    Another figure of one sentence says of the same thing just what the other sentence says: two sentences that both
    tell of 12 dead and one of them of 30 as well do not differ on the 12. Or both sentences give both dates, or
    write them: a "ceremony for 9/11 on September 11", printed in two years, is not of two days.
    """
    others_a = [x for x in beside_a if x is not a and x is not b]
    others_b = [y for y in beside_b if y is not a and y is not b]
    if a.time is None or b.time is None:
        return any(_same(x, b) for x in others_a) or any(_same(a, y) for y in others_b)
    return a.time.span != b.time.span and _gives(others_a, b.time) and _gives(others_b, a.time)


def _gives(claims: Sequence[Claim], time: TimeMention) -> bool:
    found = [claim.time for claim in claims if claim.time is not None]
    return any(each.span == time.span or each.surface == time.surface for each in found)


def _same(one: Claim, other: Claim) -> bool:
    x, y = one.figure, other.figure
    return (
        x is not None
        and y is not None
        and (x.unit, x.per, x.change) == (y.unit, y.per, y.change)
        and ((x.low, x.high) == (y.low, y.high) if x.value is None or y.value is None else x.value == y.value)
        and (one.matter.head == other.matter.head or bool(one.matter.events & other.matter.events))
    )
