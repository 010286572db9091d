"""Boosted trees that ask all rows the same question at each level, so that whole columns are answered at once.

Such trees are called oblivious (Kohavi 1994; the trees of CatBoost). One of depth 6 costs a row six comparisons and one
look-up, without a step that hangs on the one before: some twenty times less than to walk down a tree of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_LEVELS = 8  # the number of a leaf is a byte


@dataclass(frozen=True, slots=True, eq=False)
class Boosted:
    """Trees whose level `k` asks whether column `feature[tree, k]` lies above `border[tree, k]`: the answers, bit `k`
    of a number, say which `value` the tree adds.

    Shapes: feature (trees, levels) int32, border (trees, levels) float32, value (trees, 2 ** levels) float32.
    """

    feature: NDArray[np.int32]
    border: NDArray[np.float32]
    value: NDArray[np.float32]

    def sums(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """(rows,) the sum over the trees, of `columns` (features, rows); the same whatever rows lie beside a row."""
        columns = np.ascontiguousarray(columns)  # numpy turns what a mask picks from the second axis round
        rows = columns.shape[1]
        total, leaf, bit = np.zeros(rows, np.float32), np.empty(rows, np.uint8), np.empty(rows, np.uint8)
        above = bit.view(np.bool_)
        for features, borders, values in zip(self.feature.tolist(), self.border, self.value, strict=True):
            leaf.fill(0)
            for level, (feature, border) in enumerate(zip(features, borders, strict=True)):
                np.greater(columns[feature], border, out=above)
                np.multiply(bit, 1 << level, out=bit)  # a shift of bytes takes ten times as long
                np.bitwise_or(leaf, bit, out=leaf)
            total += values.take(leaf)
        return total

    def sound(self, features: int) -> bool:
        """Whether its arrays fit each other, and a row of so many features."""
        trees, levels = self.feature.shape
        return bool(
            trees > 0
            and 0 < levels <= MOST_LEVELS
            and self.border.shape == (trees, levels)
            and self.value.shape == (trees, 2**levels)
            and ((self.feature >= 0) & (self.feature < features)).all()
            and np.isfinite(self.value).all()
        )
