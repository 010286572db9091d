"""Candidate pairs: claims of different documents that may be about one matter.

Claims meet only on one scale (unit, currency, what it is per). There each meets its nearest neighbours by the masked
sentence and the
masked clause, and its nearest among those with the same thing counted: a gate of similarity alone loses pairs that say
the
same in other words, and a block alone drowns in its own size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contradict.compare import scale_of
from contradict.matter import clause_of, generic, masked
from contradict.types import Claim, Kind, Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contradict.encoders import Encoder

FLOOR = 0.30  # mean cosine under which nothing on the labelled figure pairs is related: eval/results/pairs.md
DATE_FLOOR = 0.72  # two sentences that date one event are near in words; below it no date pair was worth reading
CHUNK = 512  # rows of similarities held at once


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


def candidates(claims: Sequence[Claim], vectors: Vectors, *, neighbours: int, within: bool = False) -> Iterator[Pair]:
    """Pairs that may be about one matter, each once, in a fixed order; memory grows with the claims alone."""
    blocks: dict[str, list[int]] = defaultdict(list)
    beside: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for i, claim in enumerate(claims):
        blocks[_block(claim)].append(i)
        beside[_sentence(claim)].append(claim)
    for name in sorted(blocks):
        seen: set[tuple[int, int]] = set()
        members = np.array(blocks[name])
        for i, j in _neighbours(claims, vectors, members, neighbours=neighbours, within=within):
            key = (min(i, j), max(i, j))
            if key in seen:
                continue
            seen.add(key)
            a, b = claims[key[0]], claims[key[1]]
            if not answered(a, b, beside[_sentence(a)], beside[_sentence(b)]):
                yield Pair(a, b, *vectors.similarity(*key))


def _sentence(claim: Claim) -> tuple[str, int]:
    return claim.document.id, claim.sentence.start


def _block(claim: Claim) -> str:
    return "date" if claim.figure is None else f"figure:{scale_of(claim.figure)}"


def _neighbours(
    claims: Sequence[Claim], vectors: Vectors, members: NDArray[np.int64], *, neighbours: int, within: bool
) -> Iterator[tuple[int, int]]:
    """The nearest neighbours of each member in its block, and the nearest among those with the same thing counted."""
    sentence, clause = vectors.sentence[members], vectors.clause[members]
    owners = codes([claims[i].document.id for i in members])
    groups = (
        [codes(keys) for keys in zip(*(_counted_keys(claims[i]) for i in members), strict=True)] if len(members) else []
    )
    floor = DATE_FLOOR if claims[members[0]].kind is Kind.DATE else FLOOR
    for start in range(0, len(members), CHUNK):
        rows = slice(start, min(start + CHUNK, len(members)))
        near = (sentence[rows] @ sentence.T + clause[rows] @ clause.T) * np.float32(0.5)
        near[np.arange(near.shape[0]), np.arange(start, rows.stop)] = -1
        if not within:
            near[owners[rows, None] == owners[None, :]] = -1
        yield from _top(near, members, start, neighbours, floor)
        for group in groups:
            alike = (group[rows, None] == group[None, :]) & (group[rows, None] >= 0)
            beside = np.where(alike, near, np.float32(-1)).astype(np.float32, copy=False)
            yield from _top(beside, members, start, neighbours, 0.0 if floor == FLOOR else floor)


def _top(
    near: NDArray[np.float32], members: NDArray[np.int64], start: int, count: int, floor: float
) -> Iterator[tuple[int, int]]:
    """The `count` largest of each row at or above `floor`; ties fall to the earlier claim."""
    count = min(count, near.shape[1])
    columns = (
        np.argsort(-near, axis=1, kind="stable")[:, :count] if near.shape[1] <= 4 * count else _partial(near, count)
    )
    for row in range(near.shape[0]):
        for column in columns[row]:
            if near[row, column] >= floor and near[row, column] > -1:
                yield int(members[start + row]), int(members[column])


def _partial(near: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Columns of the largest of each row, in no order but always the same set for the same input."""
    return np.sort(np.argpartition(-near, count - 1, axis=1)[:, :count], axis=1)


def _counted_keys(claim: Claim) -> tuple[str, str]:
    """Two keys under which claims meet: head noun with place, event with place; empty where unknown."""
    place = ",".join(sorted(claim.matter.places)[:1])
    head = "" if generic(claim.matter.head) else f"{claim.matter.head}@{place}"
    events = "+".join(sorted(claim.matter.events))
    return head, f"{events}@{place}" if events else ""


def codes(keys: Sequence[str]) -> NDArray[np.int64]:
    """The keys as numbers, -1 for an empty one."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(key, len(known)) if key else -1 for key in keys], dtype=np.int64)


def answered(a: Claim, b: Claim, beside_a: Sequence[Claim], beside_b: Sequence[Claim]) -> bool:
    """Whether another figure of one sentence says of the same thing just what the other sentence says.

    Two sentences that both tell of 12 dead and one of them of 30 as well do not differ on the 12.
    """
    others_a = [x for x in beside_a if x is not a and x is not b]
    others_b = [y for y in beside_b if y is not a and y is not b]
    return any(_same(x, b) for x in others_a) or any(_same(a, y) for y in others_b)


def _same(one: Claim, other: Claim) -> bool:
    x, y = one.figure, other.figure
    return (
        x is not None
        and y is not None
        and (x.unit, x.per, x.change) == (y.unit, y.per, y.change)
        and ((x.low, x.high) == (y.low, y.high) if x.value is None or y.value is None else x.value == y.value)
        and (one.matter.head == other.matter.head or bool(one.matter.events & other.matter.events))
    )
