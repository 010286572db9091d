"""Whether an article also prints, somewhere, the figure that another article sets against one of its own.

Whoever prints both "$5 billion" and "$5.7 billion" most often means two things by them: of 5,639 pairs that a scan had
listed and that readers labelled, 0.47 differ on one matter where neither article prints the other's figure, 0.31 where
one does, 0.12 where both do. A figure with one digit other than zero is printed by chance, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from contradict.columns import EXACT, VAGUE
from contradict.compare import base_bounds, central, is_comparable, is_vague, scale_of
from contradict.types import Claim, Figure, Hedge, Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

Stated = tuple[str, Decimal]
"""A scale, and the number put forward on it in base units."""

_TURN, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # odd, so that products lose nothing


def stated(figures: Iterable[Figure]) -> frozenset[Stated]:
    """What the figures of an article state that can be compared; a range and a vague count put no number forward."""
    found = ((scale_of(figure), central(figure)) for figure in figures if is_comparable(figure) and _is_number(figure))
    return frozenset((scale, number) for scale, number in found if number is not None)


def stated_by(claims: Iterable[Claim]) -> frozenset[Stated]:
    """What the claims of an article state in figures."""
    return stated(claim.figure for claim in claims if claim.figure is not None)


def _is_number(figure: Figure) -> bool:
    low, high = base_bounds(figure)
    return not is_vague(figure) and (figure.hedge is not Hedge.EXACT or low == high)


def with_printed(pair: Pair, in_a: Set[Stated], in_b: Set[Stated]) -> Pair:
    """The pair with what is known of both articles, whose figures state `in_a` and `in_b`."""
    a, b = (claim.figure for claim in (pair.a, pair.b))
    if a is None or b is None or pair.a.document.id == pair.b.document.id:
        return pair
    one, other = stated([a]), stated([b])
    if one == other:  # each prints its own
        return pair
    return replace(pair, printed=(bool(other) and other <= in_a, bool(one) and one <= in_b))


def is_round(claim: Claim) -> bool:
    """Whether the number of a claim, as it is written, has no more than one digit other than zero, as 5 and 300."""
    number = claim.figure.value if claim.figure is not None else None
    return number is not None and len(number.normalize().as_tuple().digits) == 1


class PrintedRows:
    """The same for claims as rows of numbers (`columns.ROW`); `owners` (claims,) is the document of each."""

    def __init__(self, rows: NDArray[np.void], owners: NDArray[np.int32]) -> None:
        self._rows, self._owners = rows, owners
        flags, low, high = rows["flags"], rows["low"], rows["high"]
        spread = (flags & VAGUE != 0) | ((flags & EXACT != 0) & (low != high))
        self._value = np.where(spread, np.nan, rows["value"])
        self._known = np.unique(_keys(owners, rows["block"], self._value))

    def of(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        """(pairs, 2): whether the document of the one claim prints the other's figure, and the other way round."""
        value = self._value
        apart = (self._owners[one] != self._owners[other]) & (value[one] != value[other])
        return np.stack([apart & self._prints(one, other), apart & self._prints(other, one)], axis=1)

    def _prints(self, reader: NDArray[np.int64], of: NDArray[np.int64]) -> NDArray[np.bool_]:
        keys = _keys(self._owners[reader], self._rows["block"][of], self._value[of])
        at = np.searchsorted(self._known, keys).clip(max=len(self._known) - 1)
        return np.asarray((self._known[at] == keys) & ~np.isnan(self._value[of]))


def _keys(owners: NDArray[np.int32], blocks: NDArray[np.uint64], values: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Sixty-four bits of a document, a scale and a number."""
    numbers = np.ascontiguousarray(values).view(np.uint64)
    mixed = (blocks ^ (numbers * _SHIFT)) * _TURN
    mixed ^= mixed >> np.uint64(29)
    return np.asarray(mixed ^ (owners.astype(np.uint64) * _SHIFT))
