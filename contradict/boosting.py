"""Boosted trees that ask all rows the same question at each level, so that whole columns are answered at once.

Such trees are called oblivious (Kohavi 1994; the trees of CatBoost). One of depth 6 costs a row six comparisons and one
look-up, without a step that hangs on the one before: some twenty times less than to walk down a tree of its kind.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from contradict.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_LEVELS = 8  # the number of a leaf is a byte
CREDITED = 256  # rows whose entries are credited at once: each is asked about once for every feature
PARTS = ("feature", "border", "value")  # of trees in a file


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
        total, added = np.zeros(rows, np.float32), np.empty(rows, np.float32)
        leaf, bit, place = np.empty(rows, np.uint8), np.empty(rows, np.uint8), np.empty(rows, np.intp)
        above = bit.view(np.bool_)
        for features, borders, values in zip(self.feature.tolist(), self.border, self.value, strict=True):
            leaf.fill(0)
            for feature, border in zip(reversed(features), borders[::-1], strict=True):
                np.greater(columns[feature], border, out=above)
                np.add(leaf, leaf, out=leaf)  # a shift of bytes takes ten times as long, a product twice
                np.bitwise_or(leaf, bit, out=leaf)
            np.copyto(place, leaf)
            np.take(values, place, out=added, mode="clip")  # none lies beyond; without a mode `out` is copied
            total += added
        return total

    def credits(self, rows: NDArray[np.float32], usual: NDArray[np.float32]) -> NDArray[np.float32]:
        """(rows, features) what each entry of a row adds to its sum over what the `usual` entry in its place would."""
        features = len(usual)
        credit = np.empty((len(rows), features), dtype=np.float32)
        for start in range(0, len(rows), CREDITED):
            block = rows[start : start + CREDITED]
            changed = np.repeat(block.T[:, :, None], features + 1, axis=2)
            each = np.arange(features)
            changed[each, :, each] = usual[:, None]
            sums = self.sums(changed.reshape(features, -1)).reshape(len(block), features + 1)
            credit[start : start + CREDITED] = sums[:, -1:] - sums[:, :-1]
        return credit

    def sound(self, features: int) -> bool:
        """Whether its arrays fit each other, and a row of so many features."""
        if self.feature.ndim != 2:
            return False
        trees, levels = self.feature.shape
        return bool(
            trees > 0
            and 0 < levels <= MOST_LEVELS
            and self.border.shape == (trees, levels)
            and self.value.shape == (trees, 2**levels)
            and ((self.feature >= 0) & (self.feature < features)).all()
            and np.isfinite(self.value).all()
        )


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """What a file of boosted trees holds: the trees by name, the features that they read, and arrays beside them."""

    trees: dict[str, Boosted]
    features: tuple[str, ...]
    arrays: dict[str, NDArray[np.float32]]


def load_trained(path: Path, names: tuple[str, ...], *, arrays: tuple[str, ...] = ()) -> Trained:
    """The trees called `names` in a file of numbers and text (`.npz`, without pickle), and the arrays beside them.

    Raises `ModelError` where the file is missing or damaged, lacks one, or its trees do not hold together.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            features = tuple(str(name) for name in held["features"])
            trees = {name: Boosted(*(held[f"{name}_{part}"] for part in PARTS)) for name in names}
            beside = {name: held[name] for name in arrays}
        if not all(each.sound(len(features)) for each in trees.values()):
            raise ValueError("its trees do not hold together")
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(f"{path}: cannot be read as boosted trees ({error}); install contradict again") from error
    return Trained(trees, features, beside)


def save_trained(
    path: Path, trees: Mapping[str, Boosted], features: Sequence[str], **arrays: NDArray[np.float32]
) -> None:
    """Writes what `load_trained` reads."""
    parts = {f"{name}_{part}": getattr(each, part) for name, each in trees.items() for part in PARTS}
    held: dict[str, Any] = {"features": np.array(features), **parts, **arrays}
    np.savez_compressed(path, **held)
